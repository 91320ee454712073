"""Giving a place back, declining an offer, leaving the waiting list, refusing what somebody else booked."""

from __future__ import annotations

from datetime import datetime

from services import charges
from services.bookings.places import Placed, kept_reason, locked_for, pass_on, placed
from services.bookings.rules import is_late
from services.bookings.telling import News, news
from services.errors import ServiceError
from services.model import (
    ACTIVE,
    HOLDS_PLACE,
    Booking,
    BookingState,
    ChargeKind,
    Person,
    Session,
    SessionState,
)
from services.rulebook import Rulebook
from services.work import Work


def is_refusal(booking: Booking, person: Person, now: datetime, rules: Rulebook) -> bool:
    """True while somebody who was booked by another may say no at no cost: as many working days as the notice period.

    They did not ask for the place, so saying no is not a late cancellation.
    """
    if booking.booked_by_id is None or booking.person_id != person.id:
        return False
    notice = rules.pack.partnership.booking.notice_working_days.value
    return rules.today(now) <= rules.workdays.add(rules.today(booking.booked_at), notice)


async def cancel(
    work: Work,
    person: Person,
    booking_id: int,
    *,
    reason: str,
    now: datetime,
    rules: Rulebook,
    said_at: datetime | None = None,
) -> Placed:
    """Give a place back, refuse an offer or leave the waiting list; the next person is offered it at once.

    `said_at`: when they said so, if it was earlier; whether it was late is judged by that. Cancelling twice is the
    same cancellation. The office may cancel anybody's. Raises `NotFound` for a booking that is not `visible_to` them,
    `ServiceError` once the session has begun, or when the reason identifies somebody.
    """
    booking, session = await locked_for(work, person, booking_id)
    if booking.state is BookingState.CANCELLED:
        return Placed(booking, session, repeated=True)
    if session.begun(now) or booking.state not in ACTIVE:
        raise ServiceError("session-begun")
    at = said_at or now
    late = counts_as_late(booking, session, person, at, rules)
    await work.bookings.move(
        booking,
        BookingState.CANCELLED,
        cancelled_at=at,
        cancel_reason=kept_reason(reason, rules),
        late=late,
        offer_until=None,
    )
    await work.events.record("cancelled", ("booking", booking.id), at=now, actor_id=person.id, detail={"late": late})
    if late:
        await charges.fall_due(work, booking.id, ChargeKind.LATE_CANCELLATION, now=now, rules=rules)
    await _tell_the_other(work, booking, session, person, now)
    if booking.state in HOLDS_PLACE:
        await pass_on(work, session, now, rules)
    return await placed(work, session.id, booking.id)


async def _tell_the_other(work: Work, booking: Booking, session: Session, actor: Person, now: datetime) -> None:
    """Whoever did not do it: the delegate, and who booked for them."""
    if actor.id != booking.person_id:
        await work.notices.owe(news(News.CANCELLED_FOR_YOU, booking, session, booking.person_id, now), now)
    if booking.booked_by_id is not None and actor.id != booking.booked_by_id:
        await work.notices.owe(news(News.COLLEAGUE_GAVE_UP, booking, session, booking.booked_by_id, now), now)


def counts_as_late(booking: Booking, session: Session, person: Person, at: datetime, rules: Rulebook) -> bool:
    """True if this person giving the booking back at that moment is a late cancellation.

    Only a place that was theirs can be given back late, not one that waits for the line manager's word, and not by
    who was booked by another and may still say no.
    """
    was_theirs = booking.state is BookingState.BOOKED
    return was_theirs and given_back_late(session, at, rules) and not is_refusal(booking, person, at, rules)


def given_back_late(session: Session, at: datetime, rules: Rulebook) -> bool:
    """True if a place that was somebody's own is given back late at that moment: only while the session takes place."""
    return session.state is SessionState.OPEN and is_late(session, at, rules)
