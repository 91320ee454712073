from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services import bookings
from services.bookings.rules import is_late
from services.errors import NotFound, ServiceError
from services.model import BookingState, Person, Role, Session, SessionState
from services.work import Database
from tests.builders import IDENTIFYING, a_rulebook, add_person, confirm
from tests.services.desk import SOON, Desk


async def test_a_free_place_is_booked(desk: Desk, alice: Person, session: Session, now: datetime) -> None:
    placed = await desk.book(alice, session, now)

    assert placed.booking.state is BookingState.BOOKED
    assert placed.booking.person_id == alice.id
    assert placed.booking.booked_at == now
    assert (placed.position, placed.repeated, placed.session.places_left) == (None, False, 0)


async def test_asking_again_is_the_same_booking(desk: Desk, alice: Person, session: Session, now: datetime) -> None:
    first = await desk.book(alice, session, now)
    again = await desk.book(alice, session, now + timedelta(hours=1))

    assert again.repeated
    assert again.booking == first.booking
    assert (await desk.standing(session)).taken == 1


async def test_who_books_a_full_session_waits_and_is_told_which_number_they_are(
    desk: Desk, alice: Person, bob: Person, charlie: Person, session: Session, now: datetime
) -> None:
    await desk.book(alice, session, now)

    assert (await desk.book(bob, session, now)).position == 1
    assert (await desk.book(charlie, session, now)).position == 2
    again = await desk.book(bob, session, now)
    assert (again.booking.state, again.position, again.repeated) == (BookingState.WAITING, 1, True)
    standing = await desk.standing(session)
    assert (standing.booked, standing.waiting) == ([alice.id], [bob.id, charlie.id])


async def test_a_session_without_places_only_has_a_waiting_list(desk: Desk, alice: Person, now: datetime) -> None:
    none_at_all = await desk.session(now + SOON, capacity=0)

    assert (await desk.book(alice, none_at_all, now)).position == 1


async def test_an_unknown_session_is_not_found(desk: Desk, alice: Person, session: Session, now: datetime) -> None:
    async with desk.database.work() as work:
        with pytest.raises(NotFound, match="session-unknown"):
            await bookings.book(work, alice, session.id + 1, now=now, rules=desk.rules)


@pytest.mark.parametrize("late_by", [timedelta(0), timedelta(minutes=1), timedelta(days=1)])
async def test_a_session_that_has_begun_takes_no_booking_and_no_cancellation(
    desk: Desk, alice: Person, bob: Person, session: Session, now: datetime, late_by: timedelta
) -> None:
    booked = await desk.book(alice, session, now)
    begun = session.starts_at + late_by

    with pytest.raises(ServiceError, match="session-begun"):
        await desk.book(bob, session, begun)
    with pytest.raises(ServiceError, match="session-begun"):
        await desk.cancel(alice, booked.booking.id, begun)
    assert (await desk.standing(session)).booked == [alice.id]


async def test_a_cancelled_session_takes_no_booking_but_a_place_can_be_given_back(
    desk: Desk, alice: Person, bob: Person, charlie: Person, session: Session, now: datetime
) -> None:
    booked = await desk.book(alice, session, now)
    await desk.book(bob, session, now)
    async with desk.database.work() as work:
        await work.sessions.change(session.id, state=SessionState.CANCELLED.value)
        await work.commit()

    with pytest.raises(ServiceError, match="session-cancelled"):
        await desk.book(charlie, session, now)
    await desk.cancel(alice, booked.booking.id, now)

    standing = await desk.standing(session)
    assert (standing.taken, standing.offered, standing.waiting) == (0, [], [bob.id])


async def test_somebody_elses_booking_looks_like_one_that_does_not_exist(
    desk: Desk, alice: Person, charlie: Person, session: Session, now: datetime
) -> None:
    theirs = (await desk.book(alice, session, now)).booking.id
    codes = []
    for booking_id in (theirs, theirs + 1000):
        async with desk.database.work() as work:
            with pytest.raises(NotFound) as shown:
                await bookings.find_own(work, charlie, booking_id)
            codes.append((shown.value.code, shown.value.params))
            with pytest.raises(NotFound, match="booking-unknown"):
                await bookings.cancel(work, charlie, booking_id, reason="", now=now, rules=desk.rules)
            with pytest.raises(NotFound, match="booking-unknown"):
                await bookings.accept_offer(work, charlie, booking_id, now=now, rules=desk.rules)

    assert codes == [("booking-unknown", {})] * 2
    assert (await desk.standing(session)).booked == [alice.id]


async def test_the_partnership_manager_may_cancel_for_somebody(
    desk: Desk, alice: Person, session: Session, now: datetime
) -> None:
    async with desk.database.work() as work:
        morgan = await add_person(work, "Morgan", roles=[Role.MANAGER])
        await work.commit()
    booking = (await desk.book(alice, session, now)).booking

    assert (await desk.cancel(morgan, booking.id, now)).booking.state is BookingState.CANCELLED


async def test_cancelling_twice_is_one_cancellation(desk: Desk, alice: Person, session: Session, now: datetime) -> None:
    booking = (await desk.book(alice, session, now)).booking
    first = await desk.cancel(alice, booking.id, now, "Work commitments")
    again = await desk.cancel(alice, booking.id, now + timedelta(days=25), "Sickness")

    assert not first.repeated
    assert again.repeated
    assert again.booking == first.booking
    assert (again.booking.cancel_reason, again.booking.late) == ("Work commitments", False)
    assert (await desk.standing(session)).taken == 0


async def test_who_cancelled_can_book_again_with_the_same_booking(
    desk: Desk, alice: Person, session: Session, now: datetime
) -> None:
    first = (await desk.book(alice, session, now)).booking
    await desk.cancel(alice, first.id, now)
    later = now + timedelta(days=1)

    again = await desk.book(alice, session, later)

    assert (again.booking.id, again.booking.state, again.repeated) == (first.id, BookingState.BOOKED, False)
    assert (again.booking.booked_at, again.booking.cancelled_at, again.booking.cancel_reason) == (later, None, None)


async def test_who_cancelled_and_comes_back_waits_at_the_end(
    desk: Desk, alice: Person, bob: Person, charlie: Person, session: Session, now: datetime
) -> None:
    await desk.book(alice, session, now)
    waiting = (await desk.book(bob, session, now)).booking
    await desk.book(charlie, session, now)
    await desk.cancel(bob, waiting.id, now)

    assert (await desk.book(bob, session, now)).position == 2
    assert (await desk.standing(session)).waiting == [charlie.id, bob.id]


async def test_a_reason_that_identifies_somebody_is_refused_and_nothing_changes(
    desk: Desk, alice: Person, session: Session, now: datetime
) -> None:
    booking = (await desk.book(alice, session, now)).booking

    with pytest.raises(ServiceError, match="answer-identifies"):
        await desk.cancel(alice, booking.id, now, IDENTIFYING)
    with pytest.raises(ServiceError, match="answer-too-long"):
        await desk.cancel(alice, booking.id, now, "x" * 201)
    assert await desk.booking_state(booking.id) is BookingState.BOOKED


# The session is on Monday 15 February 2027; five working days before it is Monday the 8th.
@pytest.mark.parametrize(
    ("cancelled", "late"),
    [
        ("2027-02-05T17:00:00", False),
        ("2027-02-08T23:59:59", False),
        ("2027-02-09T00:00:00", True),
        ("2027-02-14T12:00:00", True),
        ("2027-02-15T08:59:00", True),
    ],
)
async def test_a_cancellation_is_late_when_fewer_working_days_are_left_than_asked_for(
    desk: Desk, alice: Person, now: datetime, cancelled: str, late: bool
) -> None:
    session = await desk.session(datetime(2027, 2, 15, 9, tzinfo=UTC))
    booking = (await desk.book(alice, session, now)).booking
    at = datetime.fromisoformat(cancelled).replace(tzinfo=UTC)

    assert is_late(session, at, desk.rules) is late
    assert (await desk.cancel(alice, booking.id, at)).booking.late is late


async def test_notice_is_counted_over_bank_holidays_on_the_wall_clock(desk: Desk, now: datetime) -> None:
    after_easter = await desk.session(datetime(2027, 3, 31, 8, tzinfo=UTC))

    assert f"{bookings.free_until(after_easter, desk.rules)}" == "2027-03-22"


async def test_without_a_notice_period_no_cancellation_is_late(desk: Desk, now: datetime) -> None:
    rules = a_rulebook(booking={"notice_working_days": confirm(0)})
    session = await desk.session(datetime(2027, 2, 15, 9, tzinfo=UTC))

    assert not is_late(session, session.starts_at - timedelta(minutes=1), rules)


async def test_leaving_the_waiting_list_is_never_late(
    desk: Desk, alice: Person, bob: Person, session: Session, now: datetime
) -> None:
    await desk.book(alice, session, now)
    waiting = (await desk.book(bob, session, now)).booking

    left = await desk.cancel(bob, waiting.id, session.starts_at - timedelta(hours=1))

    assert (left.booking.state, left.booking.late) == (BookingState.CANCELLED, False)
    assert (await desk.standing(session)).booked == [alice.id]


async def test_attendance_is_recorded_once_and_only_of_who_was_booked(
    desk: Desk, alice: Person, bob: Person, session: Session, now: datetime
) -> None:
    booked = (await desk.book(alice, session, now)).booking
    waiting = (await desk.book(bob, session, now)).booking
    async with desk.database.work() as work:
        for booking in (booked, booked, waiting):
            await bookings.record_attendance(work, booking, attended=True, at=session.ends_at, rules=desk.rules)
        marked = await work.bookings.by_id(booked.id)
        assert marked is not None
        await bookings.record_attendance(work, marked, attended=False, at=session.ends_at, rules=desk.rules)
        owed = await work.evaluations.open_of(alice.id, session.ends_at.date() + timedelta(days=365))
        not_owed = await work.evaluations.open_of(bob.id, session.ends_at.date() + timedelta(days=365))
        await work.commit()

    assert await desk.booking_state(booked.id) is BookingState.ATTENDED
    assert await desk.booking_state(waiting.id) is BookingState.WAITING
    assert [one.kind.value for one in owed] == ["course", "impact"]
    assert not_owed == []


async def test_who_did_not_come_owes_no_evaluation(desk: Desk, alice: Person, session: Session, now: datetime) -> None:
    booked = (await desk.book(alice, session, now)).booking
    async with desk.database.work() as work:
        await bookings.record_attendance(work, booked, attended=False, at=session.ends_at, rules=desk.rules)
        owed = await work.evaluations.open_of(alice.id, session.ends_at.date() + timedelta(days=365))
        await work.commit()

    assert await desk.booking_state(booked.id) is BookingState.DID_NOT_ATTEND
    assert owed == []


async def test_looking_at_a_booking_changes_nothing_and_waits_for_nobody(
    database: Database, desk: Desk, alice: Person, session: Session, now: datetime
) -> None:
    booking = (await desk.book(alice, session, now)).booking
    async with database.work() as writing:
        await writing.sessions.lock(session.id)
        async with database.reading() as work:
            assert (await bookings.find_own(work, alice, booking.id)).booking == booking
