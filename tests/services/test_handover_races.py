"""One person takes a question, whatever races. The control takes without the guard and must give it to several."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest
import sqlalchemy as sa

from services import handover, questions
from services.model import GapReason, Person, Ticket, TicketState
from services.rulebook import Rulebook
from services.store.tickets import TicketRows
from services.tables import events, tickets
from services.work import Database
from tests.builders import add_people
from tests.services.harrow import harrow_rules

TAKERS = 12


@pytest.fixture
def rules() -> Rulebook:
    return harrow_rules()


async def _experts(database: Database) -> list[Person]:
    people = await add_people(database, TAKERS + 1)
    async with database.work() as work:
        for person in people[1:]:
            await work.holders.set_keys(person.id, ["mash-manager"])
        await work.commit()
    return people


async def _ask(
    database: Database, person: Person, now: datetime, rules: Rulebook, text: str = "Who signs it?"
) -> Ticket:
    async with database.work() as work:
        opened = await handover.ask(work, person, "Who signs it?", topic="consent-to-refer", now=now, rules=rules)
        await work.commit()
    return opened.ticket


async def _take(database: Database, person: Person, ticket: Ticket, now: datetime, rules: Rulebook) -> Ticket:
    async with database.work() as work:
        taken = await handover.take(work, person, ticket.id, now=now, rules=rules)
        await work.commit()
    return taken


async def _deeds(database: Database, verb: str) -> int:
    async with database.engine.connect() as connection:
        found = await connection.execute(sa.select(sa.func.count()).where(events.c.verb == verb))
        return int(found.scalar_one())


async def test_of_many_who_take_a_question_at_once_one_has_it_and_all_are_told_the_same(
    database: Database, now: datetime, rules: Rulebook
) -> None:
    alice, *experts = await _experts(database)
    ticket = await _ask(database, alice, now, rules)

    seen = await asyncio.gather(*(_take(database, one, ticket, now, rules) for one in experts))

    assert len({one.taker_id for one in seen}) == 1
    assert {one.state for one in seen} == {TicketState.TAKEN}
    assert await _deeds(database, "took") == 1


async def test_of_many_who_answer_at_once_one_answer_is_kept(
    database: Database, now: datetime, rules: Rulebook
) -> None:
    alice, *experts = await _experts(database)
    ticket = await _ask(database, alice, now, rules)

    async def answer(person: Person) -> Ticket:
        async with database.work() as work:
            said = f"So says {person.id}"
            seen = await handover.answer(work, person, ticket.id, said, now=now, rules=rules)
            await work.commit()
        return seen

    await asyncio.gather(*(answer(one) for one in experts))

    async with database.reading() as work:
        kept = await work.tickets.by_id(ticket.id)
    assert kept is not None
    assert (kept.answers, kept.answer) == (1, f"So says {kept.taker_id}")
    assert await _deeds(database, "answered") == 1


async def test_one_question_sent_many_times_at_once_is_one_question(
    database: Database, now: datetime, rules: Rulebook
) -> None:
    alice, *_ = await _experts(database)

    opened = await asyncio.gather(*(_ask(database, alice, now, rules) for _ in range(10)))

    assert {one.id for one in opened} == {opened[0].id}
    assert await _deeds(database, "asked") == 1


async def test_questions_counted_at_the_same_moment_are_all_counted(
    database: Database, now: datetime, rules: Rulebook
) -> None:
    async def count() -> None:
        async with database.work() as work:
            await questions.note_asked(work, "neglect", now=now, rules=rules)
            await questions.note_unanswered(work, "Drones?", GapReason.UNSURE, topic="neglect", now=now, rules=rules)
            await work.commit()

    await asyncio.gather(*(count() for _ in range(15)))

    async with database.reading() as work:
        (gap,) = await questions.unanswered(work, rules, now=now, weeks=1)
        asks = await work.gaps.asks(questions.week_of(rules.today(now)), rules.today(now))
    assert (gap.how_many, asks) == (15, {"neglect": 15})


class TrustingRows(TicketRows):
    """Believes what it saw before, and takes without looking again."""

    async def take(self, ticket_id: int, person_id: int, at: datetime) -> bool:
        """Take the question, whoever has it."""
        values = {"state": TicketState.TAKEN.value, "taker_id": person_id, "taken_at": at}
        await self._changed(sa.update(tickets).where(tickets.c.id == ticket_id).values(**values))
        return True


async def test_control_taking_without_looking_gives_one_question_to_many(
    database: Database, now: datetime, rules: Rulebook
) -> None:
    alice, *experts = await _experts(database)
    ticket = await _ask(database, alice, now, rules)

    async def take(person: Person) -> Ticket:
        async with database.work() as work:
            vars(work)["tickets"] = TrustingRows(work.tickets._connection)
            taken = await handover.take(work, person, ticket.id, now=now, rules=rules)
            await work.commit()
        return taken

    seen = await asyncio.gather(*(take(one) for one in experts))

    assert len({one.taker_id for one in seen}) == TAKERS
