"""A line manager's agreement, where the course or the partnership asks for it. The place is held meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from services.bookings.places import Placed, locked, pass_on, placed
from services.bookings.rules import needs_approval, require_not_over
from services.bookings.telling import News, news, stamp
from services.errors import NotFound
from services.model import Booking, BookingState, Owed, Person, Role, Session
from services.rulebook import Rulebook
from services.work import Work

APPROVAL_ASKED = "approval-asked"
UNAPPROVED_SHOWN = timedelta(days=14)
"""How long somebody sees among their bookings that a place was not approved in time."""
REFUSED = "refused by the line manager"


async def state_of_place(work: Work, delegate: Person, session: Session, rules: Rulebook) -> BookingState:
    """What somebody has who gets a place: it is theirs, or waits for their line manager's word.

    Where nobody could ever agree, it is theirs: it would wait for ever.
    """
    asked = needs_approval(session.course_id, rules) and await approvers(work, delegate)
    return BookingState.AWAITING if asked else BookingState.BOOKED


def approvers_among(delegate: Person, *, present: Collection[int], managers: Iterable[int]) -> list[int]:
    """Who may agree: the line manager if `present`; the partnership managers when there is none or they have left.

    Never the delegate: nobody agrees to their own booking.
    """
    above = delegate.line_manager_id
    if above is not None and above != delegate.id and above in present:
        return [above]
    return [one for one in managers if one != delegate.id]


async def approvers(work: Work, delegate: Person) -> list[int]:
    """Ids of the people who may agree to this person's booking, as `approvers_among` says."""
    above = await work.people.by_id(delegate.line_manager_id) if delegate.line_manager_id is not None else None
    present = {above.id} if above is not None and above.active else set()
    managers = await work.people.with_role(Role.MANAGER)
    return approvers_among(delegate, present=present, managers=[one.id for one in managers])


def approval_asked(booking: Booking, approver_id: int, now: datetime) -> Owed:
    """The notice that asks one approver about one booking."""
    return Owed(APPROVAL_ASKED, booking.id, f"asked:{stamp(booking)}", approver_id, due_at=now, urgent=True)


async def ask_approval(work: Work, delegate: Person, booking: Booking, now: datetime) -> None:
    """Ask whoever may agree."""
    for approver_id in await approvers(work, delegate):
        await work.notices.owe(approval_asked(booking, approver_id, now), now)


async def end_unapproved(work: Work, now: datetime) -> int:
    """Places nobody had agreed to when their session began are recorded as that. Returns how many.

    They count as taken, as those of people who were marked do: somebody who came all the same can still be marked.
    """
    ended = 0
    # Sessions are locked in one order, before any of their bookings: who marks a register does so too.
    for session_id in sorted({one.session_id for one in await work.bookings.awaiting_begun(now)}):
        await locked(work, session_id)
    for booking in await work.bookings.awaiting_begun(now):
        if await work.bookings.move(booking, BookingState.NOT_APPROVED):
            ended += 1
            await work.events.record(BookingState.NOT_APPROVED.value, ("booking", booking.id), at=now, actor_id=None)
    return ended


async def never_approved(work: Work, found: Collection[Booking]) -> set[int]:
    """Which of these places were not approved in time, whatever was marked since: nobody on them is called absent."""
    state = BookingState.NOT_APPROVED
    booked_at = {one.id: one.booked_at for one in found}
    deeds = await work.events.since("booking", list(booked_at), min(booked_at.values())) if booked_at else []
    ended = {one.subject_id for one in deeds if one.verb == state.value and one.at >= booked_at[one.subject_id]}
    return ended | {one.id for one in found if one.state is state}


async def to_approve(work: Work, actor: Person, now: datetime) -> list[tuple[Booking, Person]]:
    """What waits for this person's word, with whose booking it is, in the order in which it was asked."""
    waiting = await work.bookings.awaiting(now)
    delegates = await work.people.by_ids({one.person_id for one in waiting})
    return [
        (one, delegates[one.person_id])
        for one in waiting
        if actor.id in await approvers(work, delegates[one.person_id])
    ]


async def _to_decide(work: Work, actor: Person, booking_id: int) -> tuple[Booking, Session]:
    """The booking once its session is locked, if the actor may decide on it. Raises `NotFound` otherwise."""
    seen = await work.bookings.by_id(booking_id)
    delegate = await work.people.by_id(seen.person_id) if seen is not None else None
    if seen is None or delegate is None:
        raise NotFound("booking-unknown")
    if actor.id not in await approvers(work, delegate):
        raise NotFound("booking-unknown")
    session = await locked(work, seen.session_id)
    booking = await work.bookings.by_id(booking_id)
    assert booking is not None
    return booking, session


async def approve(work: Work, actor: Person, booking_id: int, *, now: datetime) -> Placed:
    """The line manager agrees. Saying so again, or once it is decided, changes nothing (`repeated`).

    Raises `NotFound` for a booking that is not this manager's to decide, `ServiceError` once the session has begun.
    """
    booking, session = await _to_decide(work, actor, booking_id)
    if booking.state is not BookingState.AWAITING:
        return Placed(booking, session, repeated=True)
    require_not_over(session, now)
    await work.bookings.move(booking, BookingState.BOOKED)
    await work.events.record("approved", ("booking", booking.id), at=now, actor_id=actor.id)
    await work.notices.owe(news(News.APPROVED, booking, session, booking.person_id, now), now)
    return await placed(work, session.id, booking.id)


async def refuse_approval(work: Work, actor: Person, booking_id: int, *, now: datetime, rules: Rulebook) -> Placed:
    """The line manager does not agree: the place goes to who waits. Never a late cancellation.

    Raises `NotFound` for a booking that is not this manager's to decide.
    """
    booking, session = await _to_decide(work, actor, booking_id)
    if booking.state is not BookingState.AWAITING:
        return Placed(booking, session, repeated=True)
    changes = {"cancelled_at": now, "cancel_reason": REFUSED, "late": False}
    await work.bookings.move(booking, BookingState.CANCELLED, **changes)
    await work.events.record("approval-refused", ("booking", booking.id), at=now, actor_id=actor.id)
    await work.notices.owe(news(News.NOT_APPROVED, booking, session, booking.person_id, now), now)
    await pass_on(work, session, now, rules)
    return await placed(work, session.id, booking.id)
