"""Asking for a place, for oneself or for a colleague, and the office's one place too many."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services import charges
from services.bookings.approving import ask_approval, state_of_place
from services.bookings.places import Placed, kept_reason, let_go_unapproved, locked, placed
from services.bookings.rules import require_fit, require_free, require_not_over, require_open
from services.bookings.telling import News, news
from services.errors import ServiceError
from services.model import ACTIVE, HAS_PLACE, Booking, BookingState, Person, Session
from services.rights import require_trainer
from services.rulebook import Rulebook
from services.work import Work


async def book(
    work: Work, person: Person, session_id: int, *, now: datetime, rules: Rulebook, by: Person | None = None
) -> Placed:
    """Book a place, or join the waiting list when there is none or somebody waits. Asking again changes nothing.

    `by` is who asks, when it is not the person: whether they may is decided in `services.colleagues`. Raises
    `NotFound` for an unknown session, `ServiceError` if it is cancelled, has begun or takes no more bookings, is not
    for this person, or clashes with another booking of theirs.
    """
    session = await locked(work, session_id)
    require_not_over(session, now)
    before = await work.bookings.of(person.id, session_id)
    if before is not None and before.state in ACTIVE:
        return await placed(work, session_id, before.id, repeated=True)
    await require_bookable(work, person, session, now=now, rules=rules, other=by is not None)
    await let_go_unapproved(work, before)
    if not await work.sessions.take_free_place(session_id):
        return await put_down(work, person, session, before, BookingState.WAITING, now=now, by=by)
    session = replace(session, taken=session.taken + 1)
    state = await state_of_place(work, person, session, rules)
    return await put_down(work, person, session, before, state, now=now, by=by)


async def require_bookable(
    work: Work, person: Person, session: Session, *, now: datetime, rules: Rulebook, other: bool
) -> None:
    """Every condition of a booking but the place itself. Raises `ServiceError` for the first that is not met."""
    require_open(session, now, rules)
    await require_fit(work, person, session, rules, other=other)
    await require_free(work, person, session, rules, other=other)


async def put_down(
    work: Work,
    person: Person,
    session: Session,
    before: Booking | None,
    state: BookingState,
    *,
    now: datetime,
    by: Person | None,
    verb: str | None = None,
) -> Placed:
    """Write the booking in its new state, and tell whoever must know. `before` is the one they had, to be reused.

    Everybody else waits for this session meanwhile, so nothing is read again that is known.
    """
    actor = by or person
    booked_by_id = actor.id if actor.id != person.id else None
    queue_no = await work.sessions.next_queue_no(session.id) if state is BookingState.WAITING else None
    how = Entry(verb or state.value, actor, booked_by_id=booked_by_id, queue_no=queue_no)
    booking = await enter(work, person, session, before, state, how, now=now)
    if booking.booked_by_id is not None:
        await work.notices.owe(news(News.BOOKED_FOR_YOU, booking, session, person.id, now), now)
    position = await work.bookings.ahead_of(booking) + 1 if state is BookingState.WAITING else None
    return Placed(booking, session, position)


@dataclass(frozen=True, slots=True)
class Entry:
    """How a booking comes about: the verb that the trail has for it, and who does it."""

    verb: str
    actor: Person
    booked_by_id: int | None
    """Who booked it, when it was not the person themselves."""
    queue_no: int | None = None
    detail: dict[str, str | int | bool | None] | None = None


async def enter(
    work: Work,
    person: Person,
    session: Session,
    before: Booking | None,
    state: BookingState,
    how: Entry,
    *,
    now: datetime,
) -> Booking:
    """Write a booking in its new state, with all that every booking brings with it, however it comes about: a charge
    for giving the place back late is withdrawn, the wish for a date is answered, the line manager is asked.

    `before` is the one they had, to be reused. Telling the person is left to the caller.
    """
    fresh: dict[str, Any] = {
        "booked_at": now,
        "queue_no": how.queue_no,
        "offer_until": None,
        "cancelled_at": None,
        "cancel_reason": None,
        "late": False,
        "booked_by_id": how.booked_by_id,
    }
    booking = await _write(work, person, session, before, state, fresh, now)
    await work.events.record(how.verb, ("booking", booking.id), at=now, actor_id=how.actor.id, detail=how.detail)
    await work.interests.drop(person.id, session.course_id)
    if state is BookingState.AWAITING:
        await ask_approval(work, person, booking, now)
    return booking


async def _write(
    work: Work,
    person: Person,
    session: Session,
    before: Booking | None,
    state: BookingState,
    fresh: dict[str, Any],
    now: datetime,
) -> Booking:
    if before is None:
        who: dict[str, Any] = {"session_id": session.id, "person_id": person.id}
        booking_id = await work.bookings.add(state=state.value, **who, **fresh)
        return Booking(id=booking_id, state=state, **who, **fresh)
    await work.bookings.move(before, state, **fresh)
    if state in HAS_PLACE:
        await charges.came_back(work, before.id, now=now)
    return replace(before, state=state, **fresh)


async def overbook(
    work: Work, actor: Person, person: Person, session_id: int, *, reason: str, now: datetime, rules: Rulebook
) -> Placed:
    """One place too many, by the trainer of the session or the office, with a reason that is kept. Nobody on the list
    is passed over unseen: the trail says who was let in, by whom and why.

    Raises `NotFound` for anybody else, `ServiceError` without a reason or once the session has begun.
    """
    reason = kept_reason(reason, rules)
    if not reason:
        raise ServiceError("overbook-reason-missing")
    session = await locked(work, session_id)
    require_trainer(actor, session)
    require_not_over(session, now)
    before = await work.bookings.of(person.id, session_id)
    if before is not None and before.state in (BookingState.BOOKED, BookingState.AWAITING):
        return await placed(work, session_id, before.id, repeated=True)
    await require_free(work, person, session, rules, other=actor.id != person.id)
    if before is None or before.state not in (BookingState.OFFERED, BookingState.NOT_APPROVED):
        await work.sessions.take_extra_place(session_id)
        session = replace(session, taken=session.taken + 1)
    by = actor if actor.id != person.id else None
    result = await put_down(work, person, session, before, BookingState.BOOKED, now=now, by=by, verb="overbooked")
    detail = {"reason": reason}
    await work.events.record("overbooked", ("session", session_id), at=now, actor_id=actor.id, detail=detail)
    return result
