"""Booking a place, waiting for one, giving one back. The promise is design.md section 6.

Every change to a session's bookings first locks the session, so that a cancellation and the offer it
causes are one step, and nobody overtakes the waiting list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.errors import NotFound, ServiceError
from services.evaluations import owe_evaluations
from services.model import (
    ACTIVE,
    HOLDS_PLACE,
    Booking,
    BookingState,
    Owed,
    Person,
    Role,
    Session,
    SessionState,
)
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


def free_until(session: Session, rules: Rulebook) -> date:
    """The last day on which a booking can be cancelled without being late.

    The notice period is configuration; Harrow has not published one.
    """
    notice = rules.pack.partnership.booking.notice_working_days.value
    return rules.workdays.add(rules.today(session.starts_at), -notice)


def is_late(session: Session, now: datetime, rules: Rulebook) -> bool:
    """True when giving a place back now leaves fewer working days than the notice period."""
    return rules.today(now) > free_until(session, rules)


def offer_deadline(session: Session, now: datetime, rules: Rulebook) -> datetime:
    """Until when an offer stands: the configured hours, but never more than half the time left.

    The nearer the day, the shorter the offer, so that there is time to ask the next person.
    """
    left = session.starts_at - now
    hours = rules.pack.partnership.booking.offer_hours(left.days)
    return now + min(timedelta(hours=hours), left / 2)


async def _locked(work: Work, session_id: int) -> Session:
    session = await work.sessions.lock(session_id)
    if session is None:
        raise NotFound("session-unknown")
    return session


def _require_open(session: Session, now: datetime) -> None:
    if session.state is SessionState.CANCELLED:
        raise ServiceError("session-cancelled")
    if session.begun(now):
        raise ServiceError("session-begun")


async def _placed(work: Work, session_id: int, booking_id: int, *, repeated: bool = False) -> Placed:
    session = await work.sessions.by_id(session_id)
    booking = await work.bookings.by_id(booking_id)
    assert session is not None
    assert booking is not None
    waiting = booking.state is BookingState.WAITING
    position = await work.bookings.ahead_of(booking) + 1 if waiting else None
    return Placed(booking, session, position, repeated)


async def book(work: Work, person: Person, session_id: int, *, now: datetime) -> Placed:
    """Book a place, or join the waiting list when there is none or somebody waits. Asking again changes nothing.

    Raises `NotFound` for an unknown session, `ServiceError` if it is cancelled or has begun.
    """
    session = await _locked(work, session_id)
    _require_open(session, now)
    before = await work.bookings.of(person.id, session_id)
    if before is not None and before.state in ACTIVE:
        return await _placed(work, session_id, before.id, repeated=True)
    # Places may have come free without a cancellation (the office raised the capacity): who waits comes first.
    queue = await work.bookings.first_waiting(session_id)
    got_place = queue is None and await work.sessions.take_place(session_id)
    state = BookingState.BOOKED if got_place else BookingState.WAITING
    queue_no = None if got_place else await work.sessions.next_queue_no(session_id)
    fresh = {"booked_at": now, "queue_no": queue_no, "cancelled_at": None, "cancel_reason": None, "late": False}
    if before is None:
        booking_id = await work.bookings.add(session_id=session_id, person_id=person.id, state=state.value, **fresh)
    else:
        booking_id = before.id
        await work.bookings.move(before, state, **fresh)
    await work.events.record(state.value, ("booking", booking_id), at=now, actor_id=person.id)
    return await _placed(work, session_id, booking_id)


async def _visible(work: Work, person: Person, booking_id: int) -> Booking:
    """The booking. Somebody else's looks exactly like one that does not exist."""
    booking = await work.bookings.by_id(booking_id)
    if booking is None or (booking.person_id != person.id and not person.has(Role.MANAGER)):
        raise NotFound("booking-unknown")
    return booking


async def _own(work: Work, person: Person, booking_id: int) -> tuple[Booking, Session]:
    """The booking as it stands once its session is locked."""
    session = await _locked(work, (await _visible(work, person, booking_id)).session_id)
    return await _visible(work, person, booking_id), session


async def find_own(work: Work, person: Person, booking_id: int) -> Placed:
    """The booking and where it stands. Changes nothing. Raises `NotFound` for one that is not this person's."""
    booking = await _visible(work, person, booking_id)
    return await _placed(work, booking.session_id, booking.id)


async def cancel(work: Work, person: Person, booking_id: int, *, reason: str, now: datetime, rules: Rulebook) -> Placed:
    """Give a place back, refuse an offer or leave the waiting list; the next person is offered it at once.

    Cancelling twice is the same cancellation. Raises `NotFound` for a booking that is not this person's,
    `ServiceError` once the session has begun, or when the reason identifies somebody.
    """
    booking, session = await _own(work, person, booking_id)
    if booking.state is BookingState.CANCELLED:
        return Placed(booking, session, repeated=True)
    if session.begun(now) or booking.state not in ACTIVE:
        raise ServiceError("session-begun")
    late = booking.state is BookingState.BOOKED and is_late(session, now, rules)
    await work.bookings.move(
        booking,
        BookingState.CANCELLED,
        cancelled_at=now,
        cancel_reason=_reason(reason, rules),
        late=late,
        offer_until=None,
    )
    await work.events.record("cancelled", ("booking", booking.id), at=now, actor_id=person.id, detail={"late": late})
    if booking.state in HOLDS_PLACE:
        await _pass_on(work, session, now, rules)
    return await _placed(work, session.id, booking.id)


def _reason(text: str, rules: Rulebook) -> str:
    """The reason as it may be kept: a card can be forged, so it is screened like all free text."""
    text = text.strip()
    if len(text) > LONGEST_REASON:
        raise ServiceError("answer-too-long", longest=LONGEST_REASON)
    if rules.screen(text):
        raise ServiceError("answer-identifies")
    return text


def place_offered(offer: Booking, now: datetime) -> Owed:
    """The notice of an offer. Each turn on the waiting list has a number of its own, and brings one offer."""
    return Owed(PLACE_OFFERED, offer.id, f"offer-{offer.queue_no}", offer.person_id, due_at=now, urgent=True)


async def _pass_on(work: Work, session: Session, now: datetime, rules: Rulebook) -> None:
    """A place came free: give it back, and offer what is free to those who wait, in their order.

    An offered place is taken until the offer is answered or over.
    """
    await work.sessions.give_back_place(session.id)
    await _fill(work, session, now, rules)


async def _fill(work: Work, session: Session, now: datetime, rules: Rulebook) -> None:
    if session.begun(now):
        return
    while (waiting := await work.bookings.first_waiting(session.id)) and await work.sessions.take_place(session.id):
        await _offer(work, session, waiting, now, rules)


async def _offer(work: Work, session: Session, waiting: Booking, now: datetime, rules: Rulebook) -> None:
    until = offer_deadline(session, now, rules)
    await work.bookings.move(waiting, BookingState.OFFERED, offer_until=until)
    await work.events.record("offered", ("booking", waiting.id), at=now, actor_id=None)
    await work.notices.owe(place_offered(waiting, now), now)


async def accept_offer(work: Work, person: Person, booking_id: int, *, now: datetime) -> Placed:
    """Take the offered place. Raises `ServiceError` when the offer ran out, `NotFound` if it is not theirs."""
    booking, session = await _own(work, person, booking_id)
    if booking.state is BookingState.BOOKED:
        return Placed(booking, session, repeated=True)
    if session.state is SessionState.CANCELLED:
        raise ServiceError("session-cancelled")
    offered = booking.state is BookingState.OFFERED
    if not offered or session.begun(now) or booking.offer_over(now):
        raise ServiceError("offer-over")
    await work.bookings.move(booking, BookingState.BOOKED, offer_until=None)
    await work.events.record("accepted", ("booking", booking.id), at=now, actor_id=person.id)
    return await _placed(work, session.id, booking.id)


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
    session = await _locked(work, session_id)
    lapsed = 0
    for offer in offers:
        changes = {"cancelled_at": now, "cancel_reason": LAPSED, "offer_until": None}
        if await work.bookings.move(offer, BookingState.CANCELLED, **changes):
            lapsed += 1
            await work.events.record(LAPSED, ("booking", offer.id), at=now, actor_id=None)
            await work.sessions.give_back_place(session_id)
    await _fill(work, session, now, rules)
    return lapsed


async def record_attendance(work: Work, booking: Booking, *, attended: bool, at: datetime, rules: Rulebook) -> None:
    """Note who came. Somebody who attended owes a course and an impact evaluation from now on.

    Recording the same again changes nothing; only a booked place can be marked.
    """
    if booking.state is not BookingState.BOOKED:
        return
    state = BookingState.ATTENDED if attended else BookingState.DID_NOT_ATTEND
    if not await work.bookings.move(booking, state):
        return
    await work.events.record(state.value, ("booking", booking.id), at=at, actor_id=None)
    session = await work.sessions.by_id(booking.session_id)
    if attended and session is not None:
        await owe_evaluations(work, booking, session, rules)
