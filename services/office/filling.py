"""A session with too few people: promoted to who may want it, or kept open for booking a little longer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime

from services.bookings import locked
from services.errors import ServiceError
from services.model import Owed, Person, Session
from services.office.rights import still_to_come
from services.rulebook import Rulebook
from services.work import Work

SESSION_PROMOTED = "session-promoted"
MOST_INVITED = 500

Audience = Callable[[Work, Session], Awaitable[list[int]]]
"""Ids of people who may want a course, by the session that needs them."""


async def left_empty_handed(work: Work, session: Session) -> list[int]:
    """Who waited for this course, or lost or gave back a place on it, and never came to it since."""
    return await work.office.never_came(session.course_id, limit=MOST_INVITED)


async def interested(work: Work, session: Session) -> list[int]:
    """Who asked to hear of a date of this course, in the order in which they asked."""
    return [one.person_id for one in await work.interests.on_course(session.course_id)]


AUDIENCES: tuple[Audience, ...] = (interested, left_empty_handed)
"""Where the people come from whom a promotion invites."""


def warn_on(session: Session, rules: Rulebook) -> date:
    """The day on which the office is warned if a session is too empty. Working days; to be confirmed for Harrow."""
    before = rules.pack.partnership.booking.minimum_warning_working_days.value
    return rules.workdays.add(rules.today(session.starts_at), -before)


def too_few(session: Session, rules: Rulebook) -> bool:
    """True when fewer places are taken than the minimum. Nothing is ever cancelled because of it by itself.

    A full session is never too empty, though it may be smaller than the minimum.
    """
    return session.places_left > 0 and session.taken < rules.pack.partnership.booking.minimum_booked.value


async def promote(work: Work, person: Person, session_id: int, *, now: datetime) -> int:
    """Invite who may want it, each once for this session. Returns how many are invited now.

    Raises `NotAllowed` for anybody but the office, `ServiceError` when it is cancelled, full or has begun.
    """
    session = await still_to_come(work, person, session_id, now)
    if not session.places_left:
        raise ServiceError("promote-full")
    wanted = [one for audience in AUDIENCES for one in await audience(work, session)]
    there = await work.office.people_on(session_id)
    invited = [one for one in dict.fromkeys(wanted) if one not in there][:MOST_INVITED]
    owed = [Owed(SESSION_PROMOTED, session_id, "invite", one, due_at=now) for one in invited]
    new = await work.notices.owe_all(owed, now) if owed else 0
    await work.events.record("promoted", ("session", session_id), at=now, actor_id=person.id, detail={"invited": new})
    return new


async def extend(work: Work, person: Person, session_id: int, *, now: datetime, rules: Rulebook) -> Session:
    """Keep booking open until the day of the session itself. Extending twice is the same.

    Raises `NotAllowed` for anybody but the office, `ServiceError` when it is cancelled or has begun.
    """
    session = await still_to_come(work, person, session_id, now)
    until = rules.today(session.starts_at)
    if session.closes_on != until:
        await work.sessions.change(session_id, closes_on=until)
        detail = {"until": until.isoformat()}
        await work.events.record("extended", ("session", session_id), at=now, actor_id=person.id, detail=detail)
    return await locked(work, session_id)
