"""Experts are chased until a question is answered, and both sides hear how it stands."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dialogs.notices import Renderer
from services import handover
from services.model import NoticeState, Person, Role, Ticket, TicketState
from services.work import Database
from tests.services.harrow import harrow_rules
from tests.services.notices.office import Office

FRIDAY = datetime.fromisoformat("2027-01-15T11:00+00:00")
MONDAY, TUESDAY, THURSDAY = (FRIDAY + timedelta(days=days) for days in (3, 4, 6))


@pytest.fixture
def office(database: Database) -> Office:
    rules = harrow_rules()
    return Office(database, rules, render=Renderer(rules))


async def expert(office: Office, name: str, *, key: str = "mash-manager") -> Person:
    person = await office.person(name)
    async with office.database.work() as work:
        await work.holders.set_keys(person.id, [key])
        await work.commit()
    return person


async def ask(office: Office, asker: Person, at: datetime = FRIDAY) -> Ticket:
    async with office.database.work() as work:
        opened = await handover.ask(
            work, asker, "Who signs the form?", topic="consent-to-refer", now=at, rules=office.rules
        )
        await work.commit()
    return opened.ticket


async def take(office: Office, person: Person, ticket: Ticket, at: datetime = FRIDAY) -> None:
    async with office.database.work() as work:
        await handover.take(work, person, ticket.id, now=at, rules=office.rules)
        await work.commit()


async def answer(office: Office, person: Person, ticket: Ticket, text: str, at: datetime) -> None:
    async with office.database.work() as work:
        await handover.answer(work, person, ticket.id, text, now=at, rules=office.rules)
        await work.commit()


def told(office: Office, name: str) -> int:
    return len(office.messenger.to(name))


async def test_a_new_question_is_owed_to_its_experts_in_the_transaction_that_asks_it(
    office: Office, alice: Person, morgan: Person
) -> None:
    eddie, edna = await expert(office, "Eddie"), await expert(office, "Edna")

    await ask(office, alice)

    assert await office.ledger() == [f"question-ticket asked {one.id} due" for one in (eddie, edna)]
    assert await office.plan(FRIDAY) == 0


async def test_a_question_withdrawn_by_mistake_is_asked_anew_the_same_day(office: Office, alice: Person) -> None:
    eddie = await expert(office, "Eddie")
    first = await ask(office, alice)
    async with office.database.work() as work:
        await handover.withdraw(work, alice, first.id, now=FRIDAY)
        await work.commit()

    second = await ask(office, alice, FRIDAY + timedelta(minutes=5))
    repeated = await ask(office, alice, FRIDAY + timedelta(minutes=6))
    await office.deliver(FRIDAY + timedelta(minutes=10))

    assert (second.id != first.id, second.state, repeated.id) == (True, TicketState.OPEN, second.id)
    owed = [(one.subject_id, one.person_id, one.state) for one in await office.notices()]
    assert owed == [(first.id, eddie.id, NoticeState.CANCELLED), (second.id, eddie.id, NoticeState.SENT)]


async def test_experts_who_get_a_question_back_are_told_again_and_new_ones_once(office: Office, alice: Person) -> None:
    first, second = office.rules.pack.partnership.expert_groups[:2]
    experts = [await expert(office, name, key=group.owner) for name, group in (("Eddie", first), ("Edna", second))]
    async with office.database.work() as work:
        question = "Who signs the form?"
        opened = await handover.ask(work, alice, question, group=first.key, now=FRIDAY, rules=office.rules)
        await work.commit()
    await office.plan_and_deliver(FRIDAY)

    for minutes, holder, to in ((10, experts[0], second), (20, experts[1], first)):
        at = FRIDAY + timedelta(minutes=minutes)
        async with office.database.work() as work:
            await handover.pass_on(work, holder, opened.ticket.id, to.key, now=at, rules=office.rules)
            await work.commit()
        await office.plan_and_deliver(at)
        await office.plan_and_deliver(at)

    assert (told(office, "Eddie"), told(office, "Edna")) == (2, 1)


async def test_a_question_at_night_is_told_in_the_morning(office: Office, alice: Person) -> None:
    await expert(office, "Eddie")
    await ask(office, alice, FRIDAY + timedelta(hours=10))

    await office.plan_and_deliver(FRIDAY + timedelta(hours=11))
    assert told(office, "Eddie") == 0
    await office.plan_and_deliver(MONDAY - timedelta(hours=3))
    assert told(office, "Eddie") == 1


async def test_the_group_is_reminded_and_then_the_manager_hears_of_it(
    office: Office, alice: Person, morgan: Person
) -> None:
    await expert(office, "Eddie")
    await ask(office, alice)
    counts = []
    for moment in (FRIDAY, MONDAY, TUESDAY, THURSDAY):
        await office.plan_and_deliver(moment)
        counts.append((told(office, "Eddie"), told(office, "Morgan")))

    assert counts == [(1, 0), (2, 0), (3, 1), (4, 2)]
    assert "It has waited 2 working days. Nobody has taken it yet." in office.messenger.to("Morgan")[0].text


async def test_once_it_is_taken_only_the_taker_and_later_the_manager_are_chased(
    office: Office, alice: Person, morgan: Person
) -> None:
    eddie = await expert(office, "Eddie")
    await expert(office, "Edna")
    ticket = await ask(office, alice)
    await take(office, eddie, ticket)
    for moment in (FRIDAY, MONDAY, TUESDAY):
        await office.plan_and_deliver(moment)

    assert (told(office, "Eddie"), told(office, "Edna"), told(office, "Morgan")) == (2, 0, 1)
    assert "You have taken it" in office.messenger.to("Eddie")[0].text
    assert "Eddie has taken it" in office.messenger.to("Morgan")[0].text


async def test_nobody_is_chased_about_a_question_that_was_answered_an_hour_ago(
    office: Office, alice: Person, morgan: Person
) -> None:
    eddie = await expert(office, "Eddie")
    ticket = await ask(office, alice)
    await office.plan_and_deliver(FRIDAY)
    await office.plan(MONDAY)
    await answer(office, eddie, ticket, "The parent.", MONDAY)

    await office.deliver(MONDAY)

    assert told(office, "Eddie") == 1
    assert "The parent." in office.messenger.to("Alice")[-1].text
    assert await office.plan(THURSDAY) == 0


async def test_the_asker_is_told_who_has_it_unless_it_is_answered_by_then(
    office: Office, alice: Person, bob: Person
) -> None:
    eddie = await expert(office, "Eddie")
    slow, quick = await ask(office, alice), await ask(office, bob)
    for ticket in (slow, quick):
        await take(office, eddie, ticket, FRIDAY + timedelta(hours=9))
    await answer(office, eddie, quick, "The parent.", FRIDAY + timedelta(hours=9))

    await office.plan_and_deliver(MONDAY)

    assert ["Eddie has taken your question" in one.text for one in office.messenger.to("Alice")] == [True]
    assert ["The parent." in one.text for one in office.messenger.to("Bob")] == [True]


async def test_each_answer_is_told_once_and_a_correction_too(office: Office, alice: Person) -> None:
    eddie = await expert(office, "Eddie")
    ticket = await ask(office, alice)
    for text in ("The parent.", "The parent.", "The parent, or whoever has parental responsibility."):
        await answer(office, eddie, ticket, text, FRIDAY)
        for _ in range(2):
            await office.plan_and_deliver(FRIDAY)

    assert [one.text.count("whoever has") for one in office.messenger.to("Alice")] == [0, 1]


async def test_an_answer_that_did_not_help_is_told_to_who_gave_it_and_chased_again(
    office: Office, alice: Person, morgan: Person
) -> None:
    eddie = await expert(office, "Eddie")
    ticket = await ask(office, alice)
    await answer(office, eddie, ticket, "The parent.", FRIDAY)
    await office.plan_and_deliver(FRIDAY)
    async with office.database.work() as work:
        await handover.say_if_helped(work, alice, ticket.id, helped=False, now=MONDAY, rules=office.rules)
        await work.commit()
    before = told(office, "Eddie")

    await office.plan_and_deliver(MONDAY)
    await office.plan_and_deliver(TUESDAY)

    texts = [one.text for one in office.messenger.to("Eddie")[before:]]
    assert any("did not help" in text for text in texts)
    assert told(office, "Morgan") == 1


async def test_an_expert_who_left_the_role_is_not_told_and_a_new_one_is(office: Office, alice: Person) -> None:
    eddie, edna = await expert(office, "Eddie"), await office.person("Edna")
    await ask(office, alice)
    async with office.database.work() as work:
        await work.holders.set_keys(eddie.id, [])
        await work.holders.set_keys(edna.id, ["mash-manager"])
        await work.commit()

    await office.plan_and_deliver(FRIDAY)

    assert (told(office, "Eddie"), told(office, "Edna")) == (0, 1)
    ended = {(one.person_id, one.state, one.reason) for one in await office.notices()}
    assert (eddie.id, NoticeState.CANCELLED, "somebody-else-now") in ended


async def test_an_expert_who_asks_is_not_asked_back_while_there_is_somebody_else(
    office: Office, morgan: Person
) -> None:
    eddie = await expert(office, "Eddie")
    await ask(office, eddie)
    await office.plan_and_deliver(FRIDAY)

    assert (told(office, "Eddie"), told(office, "Morgan")) == (0, 1)


async def test_the_manager_alone_is_told_of_their_own_question_rather_than_nobody(office: Office) -> None:
    morgan = await office.person("Morgan", roles=[Role.MANAGER])
    await ask(office, morgan)
    await office.plan_and_deliver(FRIDAY)

    assert told(office, "Morgan") == 1


async def test_planning_forty_questions_takes_as_many_queries_as_planning_one(office: Office, alice: Person) -> None:
    import sqlalchemy as sa

    from services.notices.kinds import questions as kind

    await expert(office, "Eddie")
    counted: list[str] = []
    sa.event.listen(office.database.engine.sync_engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
    spent = []
    for number in (1, 40):
        async with office.database.work() as work:
            for one in range(number):
                await handover.ask(work, alice, f"Question {number} {one}", now=FRIDAY, rules=office.rules)
            counted.clear()
            await kind.WAITING.plan(work, office.rules, TUESDAY)
            spent.append(len(counted))
    assert spent[0] == spent[1]
