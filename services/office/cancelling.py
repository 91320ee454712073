"""Cancelling a session: everybody on it is told at once, with the next date, and the reason is kept for the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.bookings import locked
from services.errors import ServiceError
from services.model import ACTIVE, Booking, BookingState, Owed, Person, Session, SessionState
from services.rights import require_manager
from services.work import Work

SESSION_CANCELLED = "session-cancelled"
"""The kind of notice, and the reason that each booking keeps."""


class Reason(StrEnum):
    """Why a session does not take place: as the annual report counts them (2022-23, section 6)."""

    TRAINER = "trainer-unavailable"
    TOO_FEW = "too-few-booked"
    WEATHER = "weather"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Called:
    """A session that was called off. `told` counts the people who are told; `following` is the course's next date."""

    session: Session
    told: int
    following: Session | None
    repeated: bool = False


def called_off(booking: Booking, at: datetime) -> Owed:
    """The notice to one person that their session does not take place."""
    return Owed(SESSION_CANCELLED, booking.id, "cancelled", booking.person_id, due_at=at, urgent=True)


async def following(work: Work, session: Session, now: datetime) -> Session | None:
    """The next date of the same course."""
    coming = await work.sessions.coming(now, course_ids=[session.course_id], limit=2)
    return next((one for one in coming if one.id != session.id), None)


async def cancel_session(work: Work, person: Person, session_id: int, reason: Reason, *, now: datetime) -> Called:
    """Call a session off, and tell who is booked, offered a place or waiting. Nobody is late, nobody is charged.

    Calling it off twice is the same. Raises `NotAllowed` for anybody but the office, `NotFound`, and
    `ServiceError` once it has begun.
    """
    require_manager(person)
    session = await locked(work, session_id)
    if session.state is SessionState.CANCELLED:
        return Called(session, 0, await following(work, session, now), repeated=True)
    if session.begun(now):
        raise ServiceError("session-begun")
    concerned = await work.bookings.on_session(session_id, ACTIVE)
    for booking in concerned:
        await work.bookings.move(
            booking,
            BookingState.CANCELLED,
            cancelled_at=now,
            cancel_reason=SESSION_CANCELLED,
            late=False,
            offer_until=None,
        )
        await work.events.record(SESSION_CANCELLED, ("booking", booking.id), at=now, actor_id=person.id)
    await work.sessions.change(session_id, state=SessionState.CANCELLED.value, taken=0)
    detail = {"reason": reason.value, "told": len(concerned)}
    await work.events.record("cancelled", ("session", session_id), at=now, actor_id=person.id, detail=detail)
    told = await work.notices.owe_all([called_off(booking, now) for booking in concerned], now)
    return Called(await locked(work, session_id), told, await following(work, session, now))
