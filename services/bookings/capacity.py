"""More places, or fewer."""

from __future__ import annotations

from datetime import datetime

from services.bookings.places import fill, locked
from services.bookings.rules import require_not_over
from services.errors import ServiceError
from services.model import MOST_PLACES, Person, Session
from services.rights import require_manager
from services.rulebook import Rulebook
from services.work import Work


async def change_capacity(
    work: Work, session_id: int, capacity: int, *, actor: Person, now: datetime, rules: Rulebook
) -> Session:
    """Set how many places a session has. New ones are offered at once to those who wait, in their order.

    Fewer than are taken is refused: nobody loses a place. Raises `NotAllowed` for anybody but the office, `NotFound`,
    `ServiceError`.
    """
    require_manager(actor)
    if not 0 <= capacity <= MOST_PLACES:
        raise ServiceError("capacity-impossible", most=MOST_PLACES)
    session = await locked(work, session_id)
    require_not_over(session, now)
    if capacity < session.taken:
        raise ServiceError("capacity-below-taken", taken=session.taken)
    if capacity != session.capacity:
        await work.sessions.change(session_id, capacity=capacity)
        detail: dict[str, str | int | bool | None] = {"from": session.capacity, "to": capacity}
        await work.events.record("capacity", ("session", session_id), at=now, actor_id=actor.id, detail=detail)
        await fill(work, session, now, rules)
    changed = await work.sessions.by_id(session_id)
    assert changed is not None
    return changed
