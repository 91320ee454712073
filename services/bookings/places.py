"""The places of one locked session: where somebody stands, and how a free place passes to who waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.errors import NotFound
from services.kept import kept_text
from services.model import Booking, BookingState, Owed, Person, Role, Session
from services.rulebook import Rulebook
from services.work import Work

PLACE_OFFERED = "place-offered"
LAPSED = "offer-lapsed"
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Placed:
    """Where somebody stands after asking. `position` counts from 1 and is set only while waiting."""

    booking: Booking
    session: Session
    position: int | None = None
    repeated: bool = False


async def locked(work: Work, session_id: int) -> Session:
    """The session as it stands once it is held, until the end of the transaction. Raises `NotFound`."""
    session = await work.sessions.lock(session_id)
    if session is None:
        raise NotFound("session-unknown")
    return session


async def both_locked(work: Work, from_id: int, to_id: int) -> tuple[Session, Session]:
    """Both sessions of a change of date, always held in the same order: two people who change the other way round could
    wait for each other for ever."""
    sessions = {one: await locked(work, one) for one in sorted({from_id, to_id})}
    return sessions[from_id], sessions[to_id]


async def placed(work: Work, session_id: int, booking_id: int, *, repeated: bool = False) -> Placed:
    """Where a booking stands now."""
    session = await work.sessions.by_id(session_id)
    booking = await work.bookings.by_id(booking_id)
    assert session is not None
    assert booking is not None
    waiting = booking.state is BookingState.WAITING
    position = await work.bookings.ahead_of(booking) + 1 if waiting else None
    return Placed(booking, session, position, repeated)


async def visible_to(work: Work, person: Person, booking_id: int) -> Booking:
    """The booking, if it is this person's, or they booked it; the office sees everybody's.

    Raises `NotFound` for any other: it looks like one that does not exist.
    """
    booking = await work.bookings.by_id(booking_id)
    if booking is None or (person.id not in (booking.person_id, booking.booked_by_id) and not person.has(Role.MANAGER)):
        raise NotFound("booking-unknown")
    return booking


async def locked_for(work: Work, person: Person, booking_id: int) -> tuple[Booking, Session]:
    """The booking as it stands once its session is locked. Raises `NotFound` for one that is not `visible_to` them."""
    session = await locked(work, (await visible_to(work, person, booking_id)).session_id)
    return await visible_to(work, person, booking_id), session


async def find_own(work: Work, person: Person, booking_id: int) -> Placed:
    """The booking and where it stands. Changes nothing. Raises `NotFound` for one that is not `visible_to` them."""
    booking = await visible_to(work, person, booking_id)
    return await placed(work, booking.session_id, booking.id)


def kept_reason(text: str, rules: Rulebook) -> str:
    """The reason as it may be kept: a card can be forged, so it is screened like all free text."""
    return kept_text(text, rules, longest=LONGEST_REASON)


def offer_deadline(session: Session, now: datetime, rules: Rulebook) -> datetime:
    """Until when an offer stands: the configured hours, but never more than half the time left.

    The nearer the day, the shorter the offer, so that there is time to ask the next person.
    """
    left = session.starts_at - now
    hours = rules.pack.partnership.booking.offer_hours(left.days)
    return now + min(timedelta(hours=hours), left / 2)


async def bring_offers_forward(work: Work, session: Session, now: datetime, rules: Rulebook) -> None:
    """The session has moved: no offer stands longer than one made now would. One that ends sooner stays as it was told.

    Else an offer could outlive the session, and who waits behind it would never be asked.
    """
    until = offer_deadline(session, now, rules)
    for offer in await work.bookings.on_session(session.id, [BookingState.OFFERED]):
        if offer.offer_until is not None and offer.offer_until > until:
            await work.bookings.move(offer, BookingState.OFFERED, offer_until=until)


def place_offered(offer: Booking, now: datetime) -> Owed:
    """The notice of an offer. Each turn on the waiting list has a number of its own, and brings one offer."""
    return Owed(PLACE_OFFERED, offer.id, f"offer-{offer.queue_no}", offer.person_id, due_at=now, urgent=True)


async def let_go_unapproved(work: Work, before: Booking | None) -> None:
    """Free the place of somebody that was not approved in time, and counts as taken since. It is asked for anew once
    the session was put on a later day, and nobody has two places."""
    if before is not None and before.state is BookingState.NOT_APPROVED:
        await work.sessions.give_back_place(before.session_id)


async def pass_on(work: Work, session: Session, now: datetime, rules: Rulebook) -> None:
    """A place came free: give it back, and offer what is free to those who wait, in their order.

    An offered place is taken until the offer is answered or over.
    """
    await work.sessions.give_back_place(session.id)
    await fill(work, session, now, rules)


async def fill(work: Work, session: Session, now: datetime, rules: Rulebook) -> None:
    """Offer every free place to those who wait. None once the session has begun."""
    if session.begun(now):
        return
    while (waiting := await work.bookings.first_waiting(session.id)) and await work.sessions.take_place(session.id):
        await _offer(work, session, waiting, now, rules)


async def _offer(work: Work, session: Session, waiting: Booking, now: datetime, rules: Rulebook) -> None:
    until = offer_deadline(session, now, rules)
    await work.bookings.move(waiting, BookingState.OFFERED, offer_until=until)
    await work.events.record("offered", ("booking", waiting.id), at=now, actor_id=None)
    await work.notices.owe(place_offered(waiting, now), now)
