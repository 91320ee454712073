"""Another date of the same course instead of the one that is held: both in one step, so that no place is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from services.bookings.approving import state_of_place
from services.bookings.booking import put_down
from services.bookings.giving_back import cancel
from services.bookings.places import Placed, both_locked, let_go_unapproved, placed, visible_to
from services.bookings.rules import require_fit, require_free, require_open
from services.errors import NotFound, ServiceError
from services.model import ACTIVE, HAS_PLACE, Booking, BookingState, Person, Session
from services.rulebook import Rulebook
from services.work import Work

SWAPPED = "changed to another date"


@dataclass(frozen=True, slots=True)
class Swapped:
    """The place on the new date, and the one that was given up for it."""

    placed: Placed
    given_up: Placed


async def swap(
    work: Work,
    person: Person,
    booking_id: int,
    to_session_id: int,
    *,
    now: datetime,
    rules: Rulebook,
    by: Person | None = None,
) -> Swapped:
    """Book the other date and cancel this one, under the rules of both: closing day, clashes, late notice, charges.

    `by` is who changes it, when it is not the person: whoever may cancel that place. The person is told of both.
    Changing twice is the same change. Raises `NotFound` for a booking that is not this person's, or not `visible_to`
    whoever changes it, and `ServiceError` when it is no place any more, the other date is of another course, cannot be
    booked, is theirs already, or has no place that is free of a waiting list (`swap-full`): then they keep what they
    have.
    """
    actor = by or person
    found = await _of_person(work, person, booking_id, actor)
    before, after = await both_locked(work, found.session_id, to_session_id)
    held = await _of_person(work, person, booking_id, actor)
    there = await work.bookings.of(person.id, after.id)
    if _is_repeat(held, there):
        assert there is not None
        new = await placed(work, after.id, there.id, repeated=True)
        return Swapped(new, await placed(work, before.id, held.id, repeated=True))
    other = actor.id != person.id
    require_swappable(held, there, before, after, now, other=other)
    require_open(after, now, rules)
    await require_fit(work, person, after, rules, other=other)
    await require_free(work, person, after, rules, other=other, leaving=before.id)
    if not await work.sessions.take_free_place(after.id):
        raise ServiceError("swap-full")
    await let_go_unapproved(work, there)
    state = state_after(held, await state_of_place(work, person, after, rules))
    after = replace(after, taken=after.taken + 1)
    new = await put_down(work, person, after, there, state, now=now, by=by)
    return Swapped(new, await cancel(work, actor, held.id, reason=SWAPPED, now=now, rules=rules))


async def _of_person(work: Work, person: Person, booking_id: int, actor: Person) -> Booking:
    """The booking as it stands, if it is this person's and the actor's to change. Raises `NotFound` otherwise."""
    booking = await visible_to(work, actor, booking_id)
    if booking.person_id != person.id:
        raise NotFound("booking-unknown")
    return booking


def state_after(held: Booking, fresh: BookingState) -> BookingState:
    """What they have on the new date. `fresh`: what somebody has who books it for the first time.

    What a line manager has agreed to is the course: nobody gives up a place that is theirs for one that may be refused.
    """
    return BookingState.BOOKED if held.state is BookingState.BOOKED else fresh


def _is_repeat(held: Booking, there: Booking | None) -> bool:
    gone = held.state is BookingState.CANCELLED and held.cancel_reason == SWAPPED
    return gone and there is not None and there.state in HAS_PLACE


def require_swappable(
    held: Booking, there: Booking | None, before: Session, after: Session, now: datetime, *, other: bool
) -> None:
    """Raises `ServiceError` where there is nothing to change, or nothing to change to. `other`: it is a colleague's."""
    whose = "-for" if other else ""
    if held.state not in HAS_PLACE or before.id == after.id:
        raise ServiceError(f"swap-no-place{whose}")
    if before.course_id != after.course_id:
        raise ServiceError("swap-other-course")
    if before.begun(now):
        raise ServiceError("session-begun")
    if there is not None and there.state in ACTIVE:
        raise ServiceError(f"swap-there-already{whose}")
