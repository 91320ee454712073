"""Who came, marked by the trainer of the session or by the office; a mark can be put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services import bookings
from services.errors import ServiceError
from services.model import CAN_BE_MARKED, HAS_PLACE, BookingState, Person, Session
from services.office.rights import require_open
from services.rights import require_trainer
from services.rulebook import Rulebook
from services.work import Work


@dataclass(frozen=True, slots=True)
class Register:
    """How the marks of a session stand. `changed` counts those that were new or put right this time."""

    session: Session
    attended: int
    absent: int
    unmarked: int
    changed: int


async def mark(
    work: Work, person: Person, session_id: int, marks: Mapping[int, bool], *, now: datetime, rules: Rulebook
) -> Register:
    """Mark bookings of a session as attended or not, by booking id. Ids of other sessions are left alone.

    Marking the same again changes nothing. Raises `NotFound` for a session that is not theirs, `ServiceError`
    before it begins and when it was cancelled.
    """
    session = await bookings.locked(work, session_id)
    require_trainer(person, session)
    require_open(session)
    if not session.begun(now):
        raise ServiceError("session-not-begun")
    found = [one for one in await work.bookings.on_session(session_id, CAN_BE_MARKED) if one.id in marks]
    never = await bookings.never_approved(work, [one for one in found if not marks[one.id]])
    states = [(one, bookings.turned_out(came=marks[one.id], never_approved=one.id in never)) for one in found]
    changed = await bookings.mark_all(work, session, states, at=now, rules=rules, actor_id=person.id)
    after = await work.bookings.on_session(session_id, CAN_BE_MARKED)
    attended, absent = (
        sum(one.state is state for one in after) for state in (BookingState.ATTENDED, BookingState.DID_NOT_ATTEND)
    )
    return Register(session, attended, absent, sum(one.state in HAS_PLACE for one in after), changed)
