"""Moving somebody to another session: their place here goes to the next person, and nobody is oversold there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.bookings.approving import state_of_place
from services.bookings.booking import Entry, enter
from services.bookings.places import both_locked, let_go_unapproved, locked, pass_on
from services.bookings.rules import require_free, require_not_over
from services.bookings.swapping import state_after
from services.bookings.telling import stamp
from services.errors import NotFound, ServiceError
from services.model import ACTIVE, HOLDS_PLACE, Booking, BookingState, Owed, Person, Session
from services.rights import require_manager
from services.rulebook import Rulebook
from services.work import Work

BOOKING_MOVED = "booking-moved"


@dataclass(frozen=True, slots=True)
class Moved:
    """Where somebody was, and where they are now."""

    booking: Booking
    before: Session
    after: Session
    repeated: bool = False


async def move(
    work: Work, person: Person, booking_id: int, to_session_id: int, *, now: datetime, rules: Rulebook
) -> Moved:
    """Move a booking to another date of the course that has a place. The delegate is told; it is never a late
    cancellation, and a line manager who has still to agree is asked about the new date.

    Moving twice is the same move. Raises `NotAllowed` for anybody but the office, `NotFound`, and `ServiceError`
    when the other session is of another course, is full, cancelled or has begun, when the delegate is booked
    elsewhere at that time, or when the booking does not stand any more.
    """
    require_manager(person)
    found = await work.bookings.by_id(booking_id)
    if found is None:
        raise NotFound("booking-unknown")
    before, after = await both_locked(work, found.session_id, to_session_id)
    booking = await work.bookings.by_id(booking_id)
    assert booking is not None
    there = await work.bookings.of(booking.person_id, after.id)
    if booking.cancel_reason == BOOKING_MOVED and there is not None and there.state in HOLDS_PLACE:
        return Moved(there, before, after, repeated=True)
    _require_movable(booking, there, before, after, now)
    delegate = await work.people.by_id(booking.person_id)
    assert delegate is not None
    await require_free(work, delegate, after, rules, other=True, leaving=before.id)
    if not await work.sessions.take_place(after.id):
        raise ServiceError("move-full")
    await let_go_unapproved(work, there)
    await _leave(work, booking, person, now)
    state = state_after(booking, await state_of_place(work, delegate, after, rules))
    how = Entry("moved-here", person, booked_by_id=booking.booked_by_id, detail={"from": booking.id})
    moved = await enter(work, delegate, after, there, state, how, now=now)
    if booking.state in HOLDS_PLACE:
        await pass_on(work, before, now, rules)
    step = moved_step(booking.id, moved)
    await work.notices.owe(Owed(BOOKING_MOVED, moved.id, step, moved.person_id, due_at=now, urgent=True), now)
    return Moved(moved, await locked(work, before.id), await locked(work, after.id))


def moved_step(from_id: int, moved: Booking) -> str:
    """Names the turn as well: somebody may be moved there, back, and there again, and is told each time."""
    return f"from-{from_id}:{stamp(moved)}"


def _require_movable(booking: Booking, there: Booking | None, before: Session, after: Session, now: datetime) -> None:
    if booking.state not in ACTIVE or before.id == after.id:
        raise ServiceError("move-not-booked")
    if before.course_id != after.course_id:
        raise ServiceError("move-other-course")
    require_not_over(after, now)
    if before.begun(now):
        raise ServiceError("session-begun")
    if there is not None and there.state in ACTIVE:
        raise ServiceError("move-there-already")


async def _leave(work: Work, booking: Booking, person: Person, now: datetime) -> None:
    gone = {"cancelled_at": now, "cancel_reason": BOOKING_MOVED, "late": False, "offer_until": None}
    await work.bookings.move(booking, BookingState.CANCELLED, **gone)
    await work.events.record("moved-away", ("booking", booking.id), at=now, actor_id=person.id)
