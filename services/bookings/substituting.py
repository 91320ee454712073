"""Sending a colleague instead: the place stays taken, so who waits neither gains nor loses by it."""

from __future__ import annotations

from datetime import datetime

from services.bookings.approving import state_of_place
from services.bookings.booking import put_down
from services.bookings.places import Placed, let_go_unapproved, locked_for, pass_on
from services.bookings.rules import require_fit, require_free, require_not_over
from services.bookings.telling import News, news
from services.errors import ServiceError
from services.model import HAS_PLACE, HOLDS_PLACE, BookingState, Person
from services.rulebook import Rulebook
from services.work import Work

SUBSTITUTED = "a colleague goes instead"


async def substitute(
    work: Work, actor: Person, booking_id: int, colleague: Person, *, now: datetime, rules: Rulebook
) -> Placed:
    """Hand a booked place to a colleague, up to the minute the session begins. Never a late cancellation, no charge.

    Whether the actor may speak for this colleague is decided in `services.colleagues`. Doing it again changes nothing
    (`repeated`). Raises `NotFound` for a booking that is not `visible_to` the actor, `ServiceError` when there is no
    place to hand on, the course is not for the colleague, or they are booked elsewhere at that time.
    """
    booking, session = await locked_for(work, actor, booking_id)
    theirs = await work.bookings.of(colleague.id, session.id)
    handed_on = booking.state is BookingState.CANCELLED and booking.cancel_reason == SUBSTITUTED
    by = actor.id if actor.id != colleague.id else None
    if handed_on and theirs is not None and theirs.state in HAS_PLACE and theirs.booked_by_id == by:
        return Placed(theirs, session, repeated=True)
    require_not_over(session, now)
    if booking.state not in HAS_PLACE or booking.person_id == colleague.id:
        raise ServiceError("no-place-to-hand-on")
    if theirs is not None and theirs.state in HAS_PLACE:
        raise ServiceError("substitute-has-place")
    await require_fit(work, colleague, session, rules, other=True)
    await require_free(work, colleague, session, rules, other=True)
    changes = {"cancelled_at": now, "cancel_reason": SUBSTITUTED, "late": False}
    await work.bookings.move(booking, BookingState.CANCELLED, **changes)
    await let_go_unapproved(work, theirs)
    state = await state_of_place(work, colleague, session, rules)
    result = await put_down(work, colleague, session, theirs, state, now=now, by=actor, verb="substituted")
    if actor.id != booking.person_id:
        await work.notices.owe(news(News.HANDED_ON, booking, session, booking.person_id, now), now)
    detail = {"by": result.booking.id}
    await work.events.record("handed-on", ("booking", booking.id), at=now, actor_id=actor.id, detail=detail)
    if theirs is not None and theirs.state in HOLDS_PLACE:
        # They had been offered a place of their own: that one is free now.
        await pass_on(work, session, now, rules)
    return result
