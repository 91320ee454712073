"""Moving somebody to another session: their place here goes to the next person, and nobody is oversold there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services import charges
from services.bookings.approving import ask_approval, state_of_place
from services.bookings.places import let_go_unapproved, locked, pass_on
from services.bookings.rules import require_free, require_not_over
from services.bookings.telling import stamp
from services.errors import NotFound, ServiceError
from services.model import ACTIVE, HAS_PLACE, HOLDS_PLACE, Booking, BookingState, Owed, Person, Session
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
    before, after = await _both_locked(work, found.session_id, to_session_id)
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
    # What the line manager agreed to is the course; who waited in a queue has not been asked about yet.
    agreed = booking.state is BookingState.BOOKED
    state = BookingState.BOOKED if agreed else await state_of_place(work, delegate, after, rules)
    moved = await _enter(work, booking, there, after, state, person, now)
    if state is BookingState.AWAITING:
        await ask_approval(work, delegate, moved, now)
    if booking.state in HOLDS_PLACE:
        await pass_on(work, before, now, rules)
    step = moved_step(booking.id, moved)
    await work.notices.owe(Owed(BOOKING_MOVED, moved.id, step, moved.person_id, due_at=now, urgent=True), now)
    return Moved(moved, await locked(work, before.id), await locked(work, after.id))


async def _both_locked(work: Work, from_id: int, to_id: int) -> tuple[Session, Session]:
    """Always in the same order: two moves the other way round could wait for each other for ever."""
    sessions = {one: await locked(work, one) for one in sorted({from_id, to_id})}
    return sessions[from_id], sessions[to_id]


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


async def _enter(
    work: Work,
    booking: Booking,
    there: Booking | None,
    after: Session,
    state: BookingState,
    person: Person,
    now: datetime,
) -> Booking:
    fresh = {
        "booked_by_id": booking.booked_by_id,
        "booked_at": now,
        "queue_no": None,
        "cancelled_at": None,
        "cancel_reason": None,
        "late": False,
    }
    if there is None:
        new_id = await work.bookings.add(session_id=after.id, person_id=booking.person_id, state=state.value, **fresh)
    else:
        new_id = there.id
        await work.bookings.move(there, state, offer_until=None, **fresh)
        if state in HAS_PLACE:
            await charges.came_back(work, there.id, now=now)
    detail = {"from": booking.id}
    await work.events.record("moved-here", ("booking", new_id), at=now, actor_id=person.id, detail=detail)
    moved = await work.bookings.by_id(new_id)
    assert moved is not None
    return moved
