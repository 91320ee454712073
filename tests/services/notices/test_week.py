from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from dialogs.notices import Renderer
from dialogs.office.overview_words import week_lines
from services import questions
from services.evaluations import overdue_impact
from services.forward import AheadKind, plan_ahead
from services.model import BookingState, EvaluationKind, GapReason, NoticeState, Person, Role
from services.notices.week import the_week
from services.notices.week_seen import WeekSeen
from services.work import Database
from tests.builders import a_rulebook, add_booking, add_item, add_session
from tests.fakes import ambiguous
from tests.services.harrow import harrow_rules
from tests.services.notices.office import Office

FRIDAY = datetime(2027, 1, 15, 9, tzinfo=UTC)
MONDAY = FRIDAY + timedelta(days=3)


@pytest.fixture
def office(database: Database) -> Office:
    """Of a partnership whose manager wants a weekly digest."""
    return Office(database, a_rulebook(calendar={"manager_digest": True}))


async def week_of(office: Office, now: datetime) -> WeekSeen:
    async with office.database.reading() as work:
        return await the_week(work, office.rules, now)


async def test_the_week_counts_what_was_sent_answered_late_uncertain_and_out_of_reach(
    office: Office, alice: Person, morgan: Person
) -> None:
    carol = await office.person("Carol")
    await office.person("Dan", email=False, in_teams=False)
    await office.owe(alice, FRIDAY)
    await office.owe(carol, FRIDAY)
    office.messenger.fail("Carol", ambiguous())
    await office.deliver(FRIDAY)
    async with office.database.work() as work:
        done = await add_item(work, "D-1", owner=alice, due_on=date(2027, 2, 1))
        await work.actions.change_open(done.id, state="done", completed_at=FRIDAY)
        await add_item(work, "L-1", owner=alice, due_on=date(2027, 1, 4))
        await work.commit()

    week = await week_of(office, MONDAY)

    assert (week.first, week.last) == (date(2027, 1, 11), date(2027, 1, 17))
    assert week.sent == {"action-item": 1}
    assert (week.done, week.answered, week.uncertain) == (1, 0, 1)
    assert week.items_overdue == 3
    assert [one.name for one in week.unreachable] == ["Dan"]
    assert week.coming


async def test_the_manager_gets_one_digest_a_week_and_nobody_else_does(
    office: Office, alice: Person, morgan: Person
) -> None:
    for hours in range(0, 24 * 15, 8):
        await office.plan_and_deliver(FRIDAY + timedelta(hours=hours))

    ledger = [one for one in await office.notices() if one.kind == "manager-digest"]
    assert [(one.person_id, one.step, one.state) for one in ledger] == [
        (morgan.id, f"week:{day}", NoticeState.SENT) for day in ("2027-01-11", "2027-01-18", "2027-01-25")
    ]


async def test_the_digest_is_worded_with_what_to_do_next(office: Office, alice: Person, morgan: Person) -> None:
    office.render = Renderer(office.rules)
    await office.owe(alice, FRIDAY)
    office.messenger.fail("Alice", ambiguous())
    await office.deliver(FRIDAY)

    await office.plan_and_deliver(MONDAY)

    [message] = office.messenger.to("Morgan")
    assert "Uncertain whether they arrived: 1" in message.text
    assert "Type uncertain" in message.text
    assert "In the next seven days I will send" in message.text
    assert "Uncertain messages" in str(message.card)


async def test_the_digest_says_what_the_guidance_did_not_answer_and_what_training_is_asked_for(
    database: Database,
) -> None:
    office = Office(database, harrow_rules(manager_digest=True))
    await office.person("Morgan", roles=[Role.MANAGER])
    async with database.work() as work:
        for _ in range(3):
            await questions.note_asked(work, "domestic-abuse", now=FRIDAY, rules=office.rules)
        for _ in range(2):
            await questions.note_unanswered(
                work, "who pays for taxis", GapReason.UNSURE, now=FRIDAY, rules=office.rules
            )
        await work.commit()
    week = await week_of(office, MONDAY)
    lines = week_lines(week, office.rules)
    assert (week.unanswered, [(one.topic, one.asks) for one in week.demand]) == (2, [("domestic-abuse", 3)])
    assert any("did not answer in the last 4 weeks: 2" in line for line in lines)
    assert any(line.startswith("Asked about 3 times in 4 weeks, with no open date") for line in lines)


async def attended(office: Office, name: str, ended: datetime, *, answered: bool = False, left: bool = False) -> None:
    """Somebody attended a session that ended at a moment, and owes its impact evaluation or has answered it."""
    person = await office.person(name)
    async with office.database.work() as work:
        session = await add_session(work, ended - timedelta(hours=3), ref=name)
        booking = await add_booking(work, person, session, FRIDAY, state=BookingState.ATTENDED)
        due_on = ended.date() + timedelta(weeks=6)
        await work.evaluations.owe(booking.id, person.id, EvaluationKind.IMPACT, due_on)
        if answered:
            (form,) = await work.evaluations.open_of(person.id, due_on)
            await work.evaluations.answer(form.id, {"used": "Yes"}, ended + timedelta(weeks=7))
        await work.people.change(person.id, active=not left)
        await work.commit()


async def test_the_digest_the_rate_and_the_list_count_the_same_evaluations_as_not_answered_in_time(
    office: Office, morgan: Person
) -> None:
    last_to_be_late = datetime(2026, 11, 22, 12, tzinfo=UTC)
    await attended(office, "Alice", last_to_be_late)
    await attended(office, "Still in time", last_to_be_late + timedelta(hours=16))
    await attended(office, "Left", last_to_be_late, left=True)
    await attended(office, "Answered and left", last_to_be_late, answered=True, left=True)
    await attended(office, "Half a year ago", MONDAY - timedelta(days=182))
    await attended(office, "Longer ago", MONDAY - timedelta(days=183))

    for hours in (0, 5):
        now = MONDAY + timedelta(hours=hours)
        async with office.database.reading() as work:
            found = await overdue_impact(work, now=now, rules=office.rules, limit=9)
        assert [one.name for one in found.first] == ["Half a year ago", "Alice"]
        assert (found.overdue, found.answered, found.owed) == (2, 1, 3)
        assert (await week_of(office, now)).evaluations_late == 2


async def test_a_step_that_gave_way_to_a_later_one_is_not_called_missed(
    office: Office, alice: Person, morgan: Person
) -> None:
    async with office.database.work() as work:
        await add_item(work, "L-1", owner=alice, due_on=date(2027, 1, 4))
        await work.commit()
    await office.plan_and_deliver(FRIDAY)

    week = await week_of(office, MONDAY)

    assert week.superseded > 0
    assert week.went_wrong[NoticeState.MISSED] == 0
    assert any(line.startswith("Left out, because a later reminder") for line in week_lines(week, office.rules))


async def test_the_forward_plan_holds_sessions_and_items_in_the_order_of_their_days(
    office: Office, alice: Person
) -> None:
    async with office.database.work() as work:
        session = await add_session(work, MONDAY + timedelta(days=9), capacity=12)
        await add_booking(work, alice, session, FRIDAY)
        for ref, due in (("B-2", 5), ("B-1", 5), ("OLD", -40), ("FAR", 400)):
            await add_item(work, ref, owner=alice, due_on=MONDAY.date() + timedelta(days=due))
        await work.commit()
    async with office.database.reading() as work:
        ahead = await plan_ahead(work, office.rules, MONDAY)

    assert [(one.day, one.kind, one.about, one.count, one.taken) for one in ahead] == [
        (MONDAY.date() + timedelta(days=5), AheadKind.ACTIONS, "B-1, B-2", 2, 0),
        (MONDAY.date() + timedelta(days=9), AheadKind.SESSION, "dsl-forum", 12, 1),
    ]
