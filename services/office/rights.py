"""What can still be done to a session, and by whom: decided from the authenticated person at the moment of the act."""

from __future__ import annotations

from datetime import datetime

from services.bookings.places import locked
from services.bookings.rules import require_not_over
from services.errors import ServiceError
from services.model import Person, Session, SessionState
from services.rights import require_manager
from services.work import Work


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
