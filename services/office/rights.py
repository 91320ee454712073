"""Who may do what to a session. Decided from the authenticated person at the moment of the act."""

from __future__ import annotations

from datetime import datetime

from services.bookings.places import locked
from services.bookings.rules import require_not_over
from services.errors import NotFound, ServiceError
from services.model import Person, Role, Session, SessionState
from services.rights import require_manager
from services.work import Work


def trains(person: Person, session: Session) -> bool:
    """True for a trainer whose name the office entered for this session."""
    named = (session.trainer or "").casefold().split()
    return Role.TRAINER in person.roles and bool(named) and named == person.name.casefold().split()


def require_trainer(person: Person, session: Session) -> None:
    """The trainer of this session, or the office. To anybody else the session looks unknown."""
    if not person.has(Role.MANAGER) and not trains(person, session):
        raise NotFound("session-not-yours")


def require_open(session: Session) -> None:
    """Raises `ServiceError` for a cancelled session."""
    if session.state is SessionState.CANCELLED:
        raise ServiceError("session-cancelled")


async def still_to_come(work: Work, person: Person, session_id: int, now: datetime) -> Session:
    """The session, locked, for a deed of the office that makes sense only before it begins.

    Raises `NotAllowed` for anybody but the office, `NotFound`, `ServiceError` when it is cancelled or has begun.
    """
    require_manager(person)
    session = await locked(work, session_id)
    require_not_over(session, now)
    return session
