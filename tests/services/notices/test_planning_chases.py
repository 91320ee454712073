"""Which notices ought to exist, for action items, evaluations and what nobody owns."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from config.ladders import LadderKind
from dialogs.notices import Renderer
from services import bookings
from services.model import BookingState, NoticeState, Person, Role
from services.work import Database
from tests.builders import a_ladder, a_rulebook, a_step, add_booking, add_item, add_session
from tests.services.notices.office import Office

DUE = date(2027, 1, 15)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def item(office: Office, owner: Person | None, due_on: date | None = DUE, ref: str = "BO-01") -> int:
    async with office.database.work() as work:
        added = await add_item(work, ref, owner=owner, due_on=due_on)
        await work.commit()
    return added.id


async def attended(office: Office, person: Person, ends: datetime) -> None:
    async with office.database.work() as work:
        session = await add_session(work, ends - timedelta(hours=3))
        booking = await add_booking(work, person, session, ends - timedelta(days=60))
        await bookings.record_attendance(work, booking, attended=True, at=ends, rules=office.rules)
        await work.commit()


@pytest.mark.parametrize(
    ("now", "steps"),
    [
        pytest.param("2026-12-31T08:29:59", [], id="before the fortnight's notice"),
        pytest.param("2026-12-31T08:30:00", ["fortnight-before"], id="a fortnight before"),
        pytest.param("2027-01-15T08:29:00", ["fortnight-before"], id="early on the day"),
        pytest.param("2027-01-15T08:30:00", ["fortnight-before", "due-day"], id="on the day"),
        pytest.param("2027-01-22T08:30:00", ["fortnight-before", "due-day", "overdue-1"], id="a week late"),
        pytest.param(
            "2027-01-29T08:30:00", ["fortnight-before", "due-day", "overdue-1", "overdue-2"], id="two weeks late"
        ),
    ],
)
async def test_an_action_item_is_chased_step_by_step(
    office: Office, morgan: Person, alice: Person, now: str, steps: list[str]
) -> None:
    await item(office, alice)
    for moment in ("2026-12-31T08:30:00", "2027-01-15T08:30:00", "2027-01-22T08:30:00", now):
        if moment <= now:
            await office.plan(at(moment))

    assert [line.split()[1] for line in await office.ledger() if line.split()[2] == str(alice.id)] == steps


async def test_planning_again_adds_nothing_whoever_does_it(office: Office, morgan: Person, alice: Person) -> None:
    await item(office, alice)
    await item(office, None, None, "NO-01")
    await attended(office, alice, at("2026-11-20T15:00:00"))

    first = await office.plan(at("2027-01-15T09:00:00"))
    ledger = await office.ledger()

    assert first == len(ledger) > 0
    assert await office.plan(at("2027-01-15T09:00:00")) == 0
    again = await office.plan(at("2027-01-15T14:00:00"))
    assert again == 0, set(await office.ledger()) - set(ledger)
    assert await office.ledger() == ledger


async def test_an_overdue_item_is_told_to_the_owner_and_their_line_manager_every_week_and_to_the_manager_after_four(
    office: Office, morgan: Person, alice: Person, bob: Person
) -> None:
    await item(office, alice)
    for week in range(1, 6):
        await office.plan(at("2027-01-15T08:30:00") + timedelta(weeks=week))

    due = [line for line in await office.ledger() if line.startswith("action-item overdue")]
    assert due == [
        *(f"action-item overdue-{week} {person.id} due" for week in (1, 2, 3) for person in (bob, alice)),
        f"action-item overdue-agency {morgan.id} due",
        *(f"action-item overdue-{week} {person.id} due" for week in (4, 5) for person in (bob, alice)),
    ]


async def test_two_steps_for_different_people_at_one_moment_are_both_due(
    office: Office, morgan: Person, alice: Person, bob: Person
) -> None:
    """Nobody loses a step because another step, for somebody else, fell later or at the same time."""
    await item(office, alice)

    await office.plan(at("2027-02-12T08:30:00"))

    due = [one for one in await office.notices() if one.state is NoticeState.DUE]
    assert {(one.person_id, one.step.partition(":")[0]) for one in due} == {
        (alice.id, "overdue-4"),
        (bob.id, "overdue-4"),
        (morgan.id, "overdue-agency"),
    }


async def test_steps_that_never_ran_are_missed_and_only_the_newest_is_sent(
    office: Office, morgan: Person, alice: Person, bob: Person
) -> None:
    await item(office, alice)

    await office.plan(at("2027-01-25T09:00:00"))

    assert await office.ledger() == [
        f"action-item due-day {alice.id} missed",
        f"action-item overdue-1 {bob.id} due",
        f"action-item overdue-1 {alice.id} due",
    ]
    missed = [one for one in await office.notices() if one.state is NoticeState.MISSED]
    assert [one.reason for one in missed] == ["a-later-step-was-due-too"]


async def test_an_item_without_owner_or_date_is_asked_of_the_manager_once_a_week(
    office: Office, morgan: Person, alice: Person
) -> None:
    await item(office, alice, None, "NO-DATE")
    await item(office, None, DUE, "NO-OWNER")
    monday = at("2027-01-11T08:30:00")

    planned = [await office.plan(monday + timedelta(days=day)) for day in range(-1, 8)]

    weeks = [line for line in await office.ledger() if line.startswith("action-unowned")]
    assert weeks == [f"action-unowned week {morgan.id} due"] * 3
    assert planned == [1, 1, 0, 0, 0, 0, 0, 0, 1]


async def test_the_weekly_question_moves_to_tuesday_when_monday_is_a_bank_holiday(
    office: Office, morgan: Person
) -> None:
    await item(office, None, None)
    await office.plan(at("2027-03-22T09:00:00"))

    assert await office.plan(at("2027-03-29T09:00:00")) == 0
    assert await office.plan(at("2027-03-30T07:30:00")) == 1


async def test_an_item_of_somebody_who_left_falls_to_the_manager(office: Office, morgan: Person, alice: Person) -> None:
    await item(office, alice)
    async with office.database.work() as work:
        await work.people.change(alice.id, active=False)
        await work.commit()

    await office.plan(at("2027-01-15T09:00:00"))

    assert f"action-item due-day {morgan.id} due" in await office.ledger()
    assert not [line for line in await office.ledger() if f" {alice.id} " in line]


@pytest.mark.parametrize("line_manager_left", [True, False])
async def test_without_a_line_manager_the_partnership_manager_is_told(
    office: Office, morgan: Person, alice: Person, bob: Person, line_manager_left: bool
) -> None:
    async with office.database.work() as work:
        if line_manager_left:
            await work.people.change(bob.id, active=False)
        else:
            await work.people.change(alice.id, line_manager_id=None)
        await work.commit()
    await item(office, alice)

    await office.plan(at("2027-01-22T08:30:00"))

    due = [line for line in await office.ledger() if line.endswith("due")]
    assert sorted(due) == sorted([f"action-item overdue-1 {alice.id} due", f"action-item overdue-1 {morgan.id} due"])


@pytest.mark.parametrize(
    ("now", "steps"),
    [
        pytest.param("2026-10-30T08:29:00", [], id="six weeks, but early"),
        pytest.param("2026-10-30T08:30:00", ["invite"], id="six weeks, on the wall clock after it changed"),
        pytest.param("2026-11-06T08:30:00", ["invite", "reminder"], id="seven weeks"),
        pytest.param("2026-11-13T08:30:00", ["invite", "reminder", "final"], id="eight weeks"),
        pytest.param("2026-12-20T08:30:00", ["invite", "reminder", "final"], id="and no more"),
    ],
)
async def test_an_impact_evaluation_is_asked_for_after_six_seven_and_eight_weeks(
    office: Office, morgan: Person, alice: Person, now: str, steps: list[str]
) -> None:
    await attended(office, alice, at("2026-09-18T15:30:00"))
    for moment in ("2026-10-30T08:30:00", "2026-11-06T08:30:00", "2026-11-13T08:30:00", now):
        if moment <= now:
            await office.plan(at(moment))

    impact = [line.split() for line in await office.ledger() if line.startswith("impact-evaluation")]
    assert [step for _, step, person, _ in impact if person == str(alice.id)] == steps
    assert all(state == "due" for *_, state in impact)


async def test_the_last_reminder_of_an_impact_evaluation_also_goes_to_the_line_manager(
    office: Office, alice: Person, bob: Person
) -> None:
    await attended(office, alice, at("2026-09-18T15:30:00"))

    await office.plan(at("2026-11-13T08:30:00"))

    assert f"impact-evaluation final {bob.id} due" in await office.ledger()


async def test_a_course_evaluation_is_asked_for_when_attendance_is_recorded_and_not_before_the_session_ended(
    office: Office, alice: Person
) -> None:
    ended = at("2027-01-14T16:00:00")
    await attended(office, alice, ended)

    await office.plan(ended)

    due = [(one.kind, one.step, one.due_at) for one in await office.notices() if one.state is NoticeState.DUE]
    assert due == [("course-evaluation", "invite:2027-01-14", ended)]


async def test_nobody_is_chased_about_training_long_ago_or_after_they_left(
    office: Office, alice: Person, bob: Person
) -> None:
    await attended(office, alice, at("2025-01-14T16:00:00"))
    await attended(office, bob, at("2026-12-01T16:00:00"))
    async with office.database.work() as work:
        await work.people.change(bob.id, active=False)
        await work.commit()

    assert await office.plan(at("2027-01-15T09:00:00")) == 0


async def test_a_ladder_may_begin_months_ahead(database: Database, now: datetime) -> None:
    ladder = a_ladder(LadderKind.ACTION_ITEM, "due-date", a_step("quarter", "-3 months"))
    office = Office(database, a_rulebook(ladders=[ladder]))
    alice = await office.person("Alice")
    await item(office, alice, date(2027, 4, 15))

    await office.plan(now)

    assert await office.ledger() == [f"action-item quarter {alice.id} due"]


async def test_a_done_item_is_not_planned_for(office: Office, alice: Person) -> None:
    item_id = await item(office, alice)
    async with office.database.work() as work:
        await work.actions.change_open(item_id, state="done")
        await work.commit()

    assert await office.plan(at("2027-01-15T09:00:00")) == 0


async def test_a_role_change_takes_effect_with_the_next_step(office: Office, morgan: Person, bob: Person) -> None:
    await item(office, None, None)
    await office.plan(at("2027-01-11T09:00:00"))
    async with office.database.work() as work:
        await work.people.set_roles(morgan.id, [])
        await work.people.set_roles(bob.id, [Role.MANAGER])
        await work.commit()

    await office.plan(at("2027-01-18T09:00:00"))

    assert await office.ledger() == [
        f"action-unowned week {morgan.id} due",
        f"action-unowned week {bob.id} due",
    ]


async def test_an_offer_that_came_in_by_another_way_is_told_all_the_same(
    office: Office, alice: Person, now: datetime
) -> None:
    async with office.database.work() as work:
        session = await add_session(work, now + timedelta(days=20))
        assert await work.sessions.take_place(session.id)
        booking = await add_booking(work, alice, session, now, state=BookingState.WAITING)
        await work.bookings.move(booking, BookingState.OFFERED, offer_until=now + timedelta(days=1), queue_no=7)
        await work.commit()

    await office.plan(now)

    assert await office.ledger() == [f"place-offered offer-7 {alice.id} due"]


@pytest.mark.parametrize(
    ("planned", "said", "never"),
    [
        pytest.param(["2026-11-06"], "Please take a few minutes to tell us", "reminder", id="at seven weeks"),
        pytest.param(["2026-11-13"], "I will not ask again", "reminder", id="at eight weeks"),
        pytest.param(["2026-10-30", "2026-11-06"], "A reminder: your", "Last", id="after the invitation"),
        pytest.param(["2026-11-06", "2026-11-13"], "Last reminder: your", "again", id="after one"),
    ],
)
async def test_nothing_is_a_reminder_to_who_was_never_asked(
    office: Office, alice: Person, planned: list[str], said: str, never: str
) -> None:
    """Attendance comes in late, so the steps before have told nobody."""
    office.render = Renderer(office.rules)
    await attended(office, alice, at("2026-09-18T15:30:00"))
    for day in planned:
        await office.plan_and_deliver(at(f"{day}T08:30:00"))

    last = [one.text for one in office.messenger.to("Alice") if "impact evaluation" in one.text][-1]
    assert said in last
    assert never not in last


async def test_who_was_not_reminded_of_an_item_reads_of_no_reminder_before(
    office: Office, morgan: Person, alice: Person
) -> None:
    office.render = Renderer(office.rules)
    await item(office, alice)
    await office.plan_and_deliver(at("2027-02-15T08:30:00"))

    assert "reminded you before" not in office.messenger.to("Alice")[-1].text
    assert "No reminder of it has been sent to the owner yet." in office.messenger.to("Morgan")[-1].text
    await office.plan_and_deliver(at("2027-02-22T08:30:00"))
    assert "I have reminded you before" in office.messenger.to("Alice")[-1].text


async def test_a_reminder_of_an_earlier_date_is_none_of_the_date_that_an_item_has_now(
    office: Office, morgan: Person, alice: Person
) -> None:
    office.render = Renderer(office.rules)
    item_id = await item(office, alice, date(2026, 12, 1))
    await office.plan_and_deliver(at("2026-12-01T08:30:00"))
    assert "Due today" in office.messenger.to("Alice")[-1].text
    async with office.database.work() as work:
        await work.actions.change_open(item_id, due_on=DUE)
        await work.commit()

    await office.plan_and_deliver(at("2027-02-15T08:30:00"))

    assert "reminded you before" not in office.messenger.to("Alice")[-1].text
    assert "No reminder of it has been sent to the owner yet." in office.messenger.to("Morgan")[-1].text
