"""A place that came free and was offered: taking it, and what happens when nobody does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services.bookings.approving import state_of_place
from services.bookings.booking import Entry, enter
from services.bookings.places import LAPSED, Placed, fill, locked, locked_for, placed
from services.bookings.rules import require_free
from services.bookings.telling import News, news
from services.errors import ServiceError
from services.model import HAS_PLACE, Booking, BookingState, Person, SessionState
from services.rulebook import Rulebook
from services.work import Work


async def accept_offer(work: Work, person: Person, booking_id: int, *, now: datetime, rules: Rulebook) -> Placed:
    """Take the offered place. It is booked from now on, whenever they joined the queue.

    Raises `ServiceError` when the offer ran out or they are booked elsewhere at that time, `NotFound` if it is not
    `visible_to` them: the office may take it for anybody.
    """
    booking, session = await locked_for(work, person, booking_id)
    if booking.state in HAS_PLACE:
        return Placed(booking, session, repeated=True)
    if session.state is SessionState.CANCELLED:
        raise ServiceError("session-cancelled")
    offered = booking.state is BookingState.OFFERED
    if not offered or session.begun(now) or booking.offer_over(now):
        raise ServiceError("offer-over")
    delegate = await work.people.by_id(booking.person_id)
    assert delegate is not None
    await require_free(work, delegate, session, rules, other=delegate.id != person.id)
    state = await state_of_place(work, delegate, session, rules)
    how = Entry("accepted", person, booked_by_id=booking.booked_by_id, queue_no=booking.queue_no)
    booking = await enter(work, delegate, session, booking, state, how, now=now)
    if booking.booked_by_id is not None and person.id != delegate.id:
        # What they were told before was a place in a queue; their time to say no begins with this.
        await work.notices.owe(news(News.BOOKED_FOR_YOU, booking, session, delegate.id, now), now)
    return await placed(work, session.id, booking.id)


async def expire_offers(work: Work, *, now: datetime, rules: Rulebook) -> int:
    """Offers nobody answered in time go to the next person; so do places that stand free while somebody waits.

    Returns how many offers ran out.
    """
    over: dict[int, list[Booking]] = {one: [] for one in await work.sessions.free_with_queue(now)}
    for offer in await work.bookings.offers_over(now):
        over.setdefault(offer.session_id, []).append(offer)
    # Sessions are locked in one order: two sweeps in different orders could wait for each other for ever.
    return sum([await _expire(work, session_id, over[session_id], now, rules) for session_id in sorted(over)])


async def _expire(work: Work, session_id: int, offers: Sequence[Booking], now: datetime, rules: Rulebook) -> int:
    session = await locked(work, session_id)
    lapsed = 0
    for offer in offers:
        changes = {"cancelled_at": now, "cancel_reason": LAPSED, "offer_until": None}
        if await work.bookings.move(offer, BookingState.CANCELLED, **changes):
            lapsed += 1
            until = offer.offer_until.isoformat() if offer.offer_until else None
            await work.events.record(LAPSED, ("booking", offer.id), at=now, actor_id=None, detail={"until": until})
            await work.notices.owe(news(News.OFFER_OVER, offer, session, offer.person_id, now), now)
            await work.sessions.give_back_place(session_id)
    await fill(work, session, now, rules)
    return lapsed
