"""A question handed to a person: every step of it is in the trail once, whoever presses twice."""

from __future__ import annotations

from datetime import datetime

import pytest

from services import handover
from services.errors import NotFound, ServiceError
from services.model import Person, TicketState
from services.rulebook import Rulebook
from services.work import Database, Work
from tests.builders import add_person
from tests.services.harrow import harrow_rules


@pytest.fixture
def rules() -> Rulebook:
    return harrow_rules()


async def expert(work: Work, name: str, key: str = "mash-manager") -> Person:
    person = await add_person(work, name)
    await work.holders.set_keys(person.id, [key])
    return person


async def ask(work: Work, asker: Person, now: datetime, rules: Rulebook) -> int:
    asked = await handover.ask(work, asker, "Who signs it?", topic="consent-to-refer", now=now, rules=rules)
    return asked.ticket.id


async def trail(work: Work, question: int) -> list[tuple[str, int | None]]:
    return [(one.verb, one.actor_id) for one in await work.events.about("question", [question])]


async def test_every_step_of_a_question_is_in_the_trail_once(
    database: Database, now: datetime, rules: Rulebook
) -> None:
    async with database.work() as work:
        alice, eddie, lada = (
            await add_person(work, "Alice"),
            await expert(work, "Eddie"),
            await expert(work, "L", "lado"),
        )
        twice = range(2)
        question = await ask(work, alice, now, rules)
        assert await ask(work, alice, now, rules) == question
        for _ in twice:
            await handover.take(work, eddie, question, now=now, rules=rules)
        for _ in twice:
            await handover.give_back(work, eddie, question, now=now, rules=rules)
        await handover.take(work, eddie, question, now=now, rules=rules)
        await handover.pass_on(work, eddie, question, "allegations", now=now, rules=rules)
        await handover.pass_on(work, lada, question, "allegations", now=now, rules=rules)
        for text, helped in (("Part 3", False), ("Part 4", True)):
            for _ in twice:
                await handover.answer(work, lada, question, text, now=now, rules=rules)
            for _ in twice:
                await handover.say_if_helped(work, alice, question, helped=helped, now=now, rules=rules)
        suggested = {"topic": "consent-to-refer", "phrase": "who signs it", "now": now, "rules": rules}
        new = [await handover.suggest(work, lada, question, **suggested) for _ in twice]  # type: ignore[arg-type]

        assert new == [True, False]
        assert await trail(work, question) == [
            ("asked", alice.id),
            ("took", eddie.id),
            ("gave-back", eddie.id),
            ("took", eddie.id),
            ("gave-back", eddie.id),
            ("passed-on", eddie.id),
            ("took", lada.id),
            ("answered", lada.id),
            ("did-not-help", alice.id),
            ("answered", lada.id),
            ("helped", alice.id),
            ("suggested", lada.id),
        ]


async def test_who_must_hear_of_a_step_is_owed_it_in_the_transaction_of_that_step(
    database: Database, now: datetime, rules: Rulebook
) -> None:
    async with database.work() as work:
        alice, eddie = await add_person(work, "Alice"), await expert(work, "Eddie")
        question = await ask(work, alice, now, rules)

        async def owed(kind: str) -> list[tuple[int, str]]:
            return [(one.person_id, one.step) for one in await work.notices.about(kind, [question])]

        await handover.take(work, eddie, question, now=now, rules=rules)
        assert await owed(handover.TAKEN) == [(alice.id, f"taken-{eddie.id}")]
        for number, helped in ((1, False), (2, True)):
            await handover.answer(work, eddie, question, f"Part {number}", now=now, rules=rules)
            assert (await owed(handover.ANSWERED))[-1] == (alice.id, f"answer-{number}")
            await handover.say_if_helped(work, alice, question, helped=helped, now=now, rules=rules)
            assert await owed(handover.UNHELPED) == [(eddie.id, "unhelped-1")]


async def test_a_question_that_was_withdrawn_stays_so_and_is_passed_to_nobody(
    database: Database, now: datetime, rules: Rulebook
) -> None:
    async with database.work() as work:
        alice, eddie = await add_person(work, "Alice"), await expert(work, "Eddie")
        question = await ask(work, alice, now, rules)
        for _ in range(2):
            await handover.withdraw(work, alice, question, now=now)

        stands = await handover.pass_on(work, eddie, question, "allegations", now=now, rules=rules)

        assert stands.state is TicketState.WITHDRAWN
        assert stands.group_key != "allegations"
        assert await trail(work, question) == [("asked", alice.id), ("withdrew", alice.id)]


async def test_a_question_that_is_freed_from_who_left_was_given_back_by_nobody(
    database: Database, now: datetime, rules: Rulebook
) -> None:
    async with database.work() as work:
        alice, eddie, edna = await add_person(work, "Alice"), await expert(work, "Eddie"), await expert(work, "Edna")
        question = await ask(work, alice, now, rules)
        await handover.take(work, eddie, question, now=now, rules=rules)
        for step in (handover.take, handover.give_back):
            assert (await step(work, edna, question, now=now, rules=rules)).taker_id == eddie.id
        await work.people.change(eddie.id, active=False)

        assert (await handover.take(work, edna, question, now=now, rules=rules)).taker_id == edna.id

        assert await trail(work, question) == [
            ("asked", alice.id),
            ("took", eddie.id),
            ("gave-back", None),
            ("took", edna.id),
        ]


async def test_a_question_goes_to_no_group_that_does_not_exist_and_is_proposed_for_no_such_article(
    database: Database, now: datetime, rules: Rulebook
) -> None:
    async with database.work() as work:
        alice, eddie = await add_person(work, "Alice"), await expert(work, "Eddie")
        question = await ask(work, alice, now, rules)
        await handover.take(work, eddie, question, now=now, rules=rules)

        with pytest.raises(ServiceError, match="group-unknown"):
            await handover.pass_on(work, eddie, question, "nobody", now=now, rules=rules)
        with pytest.raises(ServiceError, match="topic-unknown"):
            await handover.suggest(work, eddie, question, topic="nothing", phrase="", now=now, rules=rules)

        kept = await handover.find_for_expert(work, eddie, question, rules)
        assert (kept.state, kept.taker_id) == (TicketState.TAKEN, eddie.id)


async def test_somebody_elses_question_looks_like_one_that_does_not_exist(
    database: Database, now: datetime, rules: Rulebook
) -> None:
    async with database.work() as work:
        alice, bob = await add_person(work, "Alice"), await add_person(work, "Bob")
        question = await ask(work, alice, now, rules)

        for one in (question, question + 99):
            for step in (
                handover.withdraw(work, bob, one, now=now),
                handover.say_if_helped(work, bob, one, helped=True, now=now, rules=rules),
                handover.take(work, bob, one, now=now, rules=rules),
                handover.answer(work, bob, one, "Nobody", now=now, rules=rules),
            ):
                with pytest.raises(NotFound, match="question-unknown"):
                    await step

        assert (await handover.find_own(work, alice, question)).state is TicketState.OPEN
