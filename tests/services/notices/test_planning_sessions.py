"""Which reminders of a booked session ought to exist."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from config.ladders import LadderKind
from services import bookings
from services.model import Booking, BookingState, NoticeState, Person, Role, Session, SessionState
from services.work import Database
from tests.builders import a_ladder, a_rulebook, a_step, add_booking, add_session, confirm
from tests.services.notices.office import Office

STARTS = datetime(2027, 2, 15, 9, tzinfo=UTC)
"""A Monday: the day before is a Sunday, so that reminder comes on Friday the 12th."""
WEEK_BEFORE = datetime(2027, 2, 8, 8, 30, tzinfo=UTC)
DAY_BEFORE = datetime(2027, 2, 12, 8, 30, tzinfo=UTC)
LONG_BEFORE = datetime(2027, 1, 4, 9, tzinfo=UTC)


async def booked(
    office: Office, person: Person, at: datetime = LONG_BEFORE, starts_at: datetime = STARTS
) -> tuple[Session, Booking]:
    async with office.database.work() as work:
        session = await add_session(work, starts_at)
        booking = await add_booking(work, person, session, at)
        await work.commit()
    return session, booking


async def change(office: Office, session: Session, **values: object) -> None:
    async with office.database.work() as work:
        await work.sessions.change(session.id, **values)
        await work.commit()


def reminders(ledger: list[str]) -> list[str]:
    return [line for line in ledger if line.startswith("session-reminder")]


async def test_who_is_booked_is_reminded_a_week_and_a_working_day_before(office: Office, alice: Person) -> None:
    await booked(office, alice)

    assert await office.plan(WEEK_BEFORE - timedelta(minutes=1)) == 0
    assert await office.plan(WEEK_BEFORE) == 1
    assert await office.plan(DAY_BEFORE) == 1
    assert await office.ledger() == [
        f"session-reminder week-before {alice.id} due",
        f"session-reminder day-before {alice.id} due",
    ]


async def test_who_books_after_a_reminder_fell_is_not_reminded_of_what_they_just_did(
    office: Office, alice: Person
) -> None:
    await booked(office, alice, WEEK_BEFORE + timedelta(hours=2))

    assert await office.plan(WEEK_BEFORE + timedelta(hours=3)) == 0
    assert await office.plan(DAY_BEFORE) == 1


@pytest.mark.parametrize("state", [BookingState.WAITING, BookingState.CANCELLED])
async def test_who_has_no_place_is_not_reminded(office: Office, alice: Person, state: BookingState) -> None:
    async with office.database.work() as work:
        session = await add_session(work, STARTS)
        await add_booking(work, alice, session, LONG_BEFORE, state=state)
        await work.commit()

    assert await office.plan(DAY_BEFORE) == 0


async def test_nobody_is_reminded_of_a_cancelled_session(office: Office, alice: Person) -> None:
    session, _ = await booked(office, alice)
    await change(office, session, state=SessionState.CANCELLED.value)

    await office.plan(DAY_BEFORE)

    assert reminders(await office.ledger()) == []


async def test_reminders_that_never_ran_before_the_session_are_missed_for_all_to_see(
    office: Office, alice: Person
) -> None:
    await booked(office, alice)

    await office.plan(STARTS + timedelta(hours=1))

    assert await office.ledger() == [
        f"session-reminder week-before {alice.id} missed",
        f"session-reminder day-before {alice.id} missed",
    ]
    assert {one.reason for one in await office.notices()} == {"moment-passed"}


async def test_reminders_that_were_sent_stay_sent_when_the_session_has_begun(office: Office, alice: Person) -> None:
    _, booking = await booked(office, alice)
    await office.plan_and_deliver(WEEK_BEFORE)
    await office.plan_and_deliver(DAY_BEFORE)
    async with office.database.work() as work:
        await bookings.record_attendance(work, booking, attended=True, at=STARTS, rules=office.rules)
        await work.commit()

    await office.plan(STARTS + timedelta(hours=1))

    assert reminders(await office.ledger()) == [
        f"session-reminder week-before {alice.id} sent",
        f"session-reminder day-before {alice.id} sent",
    ]


async def test_a_session_that_moves_is_reminded_of_anew(office: Office, alice: Person) -> None:
    session, _ = await booked(office, alice)
    await office.plan(WEEK_BEFORE)
    await change(office, session, starts_at=STARTS + timedelta(days=7), ends_at=STARTS + timedelta(days=7, hours=3))

    await office.plan(WEEK_BEFORE + timedelta(days=7))
    await office.deliver(WEEK_BEFORE + timedelta(days=7))

    assert reminders(await office.ledger()) == [
        f"session-reminder week-before {alice.id} cancelled",
        f"session-reminder week-before {alice.id} sent",
    ]
    found = [one.reason for one in await office.notices() if one.kind == "session-reminder"]
    assert found == ["date-moved", None]


async def test_a_reminder_two_hours_before_falls_on_the_hour(database: Database) -> None:
    ladder = a_ladder(LadderKind.SESSION_REMINDER, "session-start", a_step("soon", "-2 hours", urgent=True))
    office = Office(database, a_rulebook(ladders=[ladder]))
    alice = await office.person("Alice")
    await booked(office, alice)

    assert await office.plan(STARTS - timedelta(hours=2, seconds=1)) == 0
    assert await office.plan(STARTS - timedelta(hours=2)) == 1
    (notice,) = await office.notices()
    assert (notice.urgent, notice.state) == (True, NoticeState.DUE)


@pytest.mark.parametrize(
    ("starts", "reminded"),
    [
        pytest.param("2026-10-28T10:00:00", "2026-10-21T07:30:00", id="clocks go back in between"),
        pytest.param("2027-03-31T09:00:00", "2027-03-24T08:30:00", id="clocks go forward in between"),
    ],
)
async def test_the_week_before_is_at_half_past_eight_on_the_wall_over_both_clock_changes(
    office: Office, alice: Person, starts: str, reminded: str
) -> None:
    at = datetime.fromisoformat(reminded).replace(tzinfo=UTC)
    await booked(office, alice, at - timedelta(days=9), datetime.fromisoformat(starts).replace(tzinfo=UTC))

    assert await office.plan(at - timedelta(minutes=1)) == 0
    assert await office.plan(at) == 1


@pytest.mark.parametrize(
    ("closed_days", "starts", "warned"),
    [
        pytest.param((), datetime(2027, 3, 30, 9, tzinfo=UTC), datetime(2027, 3, 25, 8, 30, tzinfo=UTC), id="Easter"),
        pytest.param(
            tuple(date(2027, 8, day) for day in range(2, 28)),
            datetime(2027, 8, 31, 9, tzinfo=UTC),
            datetime(2027, 7, 30, 7, 30, tzinfo=UTC),
            id="August",
        ),
    ],
)
async def test_the_office_is_warned_of_too_few_in_time_however_long_it_is_closed_in_between(
    database: Database, closed_days: tuple[date, ...], starts: datetime, warned: datetime
) -> None:
    rules = a_rulebook(calendar={"closed_days": closed_days}, booking={"minimum_warning_working_days": confirm(1)})
    office = Office(database, rules)
    await office.person("Morgan", roles=[Role.MANAGER])
    async with database.work() as work:
        await add_session(work, starts)
        await work.commit()

    assert await office.plan(warned - timedelta(minutes=1)) == 0
    assert await office.plan(warned) == 1
    assert [(one.kind, one.due_at) for one in await office.notices()] == [("too-few-booked", warned)]


async def held(office: Office, at: datetime, *, booked_by: Person | None = None) -> tuple[Person, Session, Booking]:
    """Dora has a place that waits for her line manager's word, since `at`."""
    pat = await office.person("Pat")
    dora = await office.person("Dora", line_manager=pat)
    async with office.database.work() as work:
        session = await add_session(work, STARTS)
        booking = await add_booking(work, dora, session, at, state=BookingState.AWAITING)
        if booked_by is not None:
            await work.bookings.move(booking, BookingState.AWAITING, booked_by_id=booked_by.id)
        await work.commit()
    return dora, session, booking


def unconfirmed(ledger: list[str]) -> list[str]:
    return [line.split(" ", 2)[0] + " " + line.split(" ", 2)[2] for line in ledger if "unconfirmed" in line]


async def test_a_place_nobody_has_agreed_to_is_told_once_on_the_last_working_day_before(
    office: Office, morgan: Person, alice: Person
) -> None:
    dora, _, _ = await held(office, LONG_BEFORE, booked_by=alice)

    await office.plan_and_deliver(DAY_BEFORE - timedelta(minutes=1))
    assert unconfirmed(await office.ledger()) == []
    for minutes in (0, 5, 180):
        await office.plan_and_deliver(DAY_BEFORE + timedelta(minutes=minutes))

    told = {f"place-unconfirmed {one.id} sent" for one in (dora, alice)} | {f"places-unconfirmed {morgan.id} sent"}
    assert set(unconfirmed(await office.ledger())) == told
    assert len(unconfirmed(await office.ledger())) == len(told)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        pytest.param(DAY_BEFORE + timedelta(hours=1), STARTS - timedelta(hours=2), id="after that morning"),
        pytest.param(STARTS - timedelta(minutes=30), STARTS - timedelta(minutes=30), id="half an hour before"),
    ],
)
async def test_a_place_held_late_is_told_of_two_hours_before_in_quiet_hours_too(
    office: Office, morgan: Person, asked: datetime, told: datetime
) -> None:
    dora, _, _ = await held(office, asked)

    await office.plan_and_deliver(told - timedelta(minutes=1))
    assert unconfirmed(await office.ledger()) == []
    await office.plan_and_deliver(told)

    expected = [f"place-unconfirmed {dora.id} sent", f"places-unconfirmed {morgan.id} sent"]
    assert sorted(unconfirmed(await office.ledger())) == expected


@pytest.mark.parametrize("state", [BookingState.BOOKED, BookingState.CANCELLED])
async def test_who_got_an_answer_since_is_not_told_that_there_is_none(
    office: Office, morgan: Person, state: BookingState
) -> None:
    _, _, booking = await held(office, LONG_BEFORE)
    await office.plan(DAY_BEFORE)
    async with office.database.work() as work:
        await work.bookings.move(booking, state)
        await work.commit()

    await office.deliver(DAY_BEFORE)

    assert {line.rpartition(" ")[2] for line in unconfirmed(await office.ledger())} == {"cancelled"}
