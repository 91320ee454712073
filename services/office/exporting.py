"""The list of a session's bookings as a file, owed by e-mail to whoever of the office asked for it."""

from __future__ import annotations

from datetime import datetime

from services.errors import NotFound, ServiceError
from services.model import Owed, Person
from services.rights import require_manager
from services.work import Work

BOOKINGS_LIST = "bookings-list"
MOST_PEOPLE = 5000


async def ask_for_list(work: Work, person: Person, session_id: int, *, now: datetime) -> None:
    """Owe the list as it stands when it is sent. Asked twice within a minute, it comes once.

    Raises `NotAllowed`, `NotFound`, and `ServiceError` for somebody without an address.
    """
    require_manager(person)
    if await work.sessions.by_id(session_id) is None:
        raise NotFound("session-unknown")
    if not person.email:
        raise ServiceError("export-without-mail")
    step = f"asked-{now:%Y%m%d%H%M}"
    if await work.notices.owe(Owed(BOOKINGS_LIST, session_id, step, person.id, due_at=now, urgent=True), now):
        await work.events.record("exported", ("session", session_id), at=now, actor_id=person.id)
