"""Who came, marked by the trainer of the session or by the office; a mark can be put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services import bookings, charges
from services.errors import ServiceError
from services.evaluations import may_be_answered, owe_evaluations
from services.model import CAN_BE_MARKED, HAS_PLACE, Booking, BookingState, ChargeKind, Person, Session
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
    changed = 0
    for booking in found:
        stayed_away = BookingState.NOT_APPROVED if booking.id in never else BookingState.DID_NOT_ATTEND
        state = BookingState.ATTENDED if marks[booking.id] else stayed_away
        changed += await _mark(work, booking, session, state, person, now, rules)
    after = await work.bookings.on_session(session_id, CAN_BE_MARKED)
    attended, absent = (
        sum(one.state is state for one in after) for state in (BookingState.ATTENDED, BookingState.DID_NOT_ATTEND)
    )
    return Register(session, attended, absent, sum(one.state in HAS_PLACE for one in after), changed)


async def _mark(
    work: Work, booking: Booking, session: Session, state: BookingState, person: Person, now: datetime, rules: Rulebook
) -> bool:
    if booking.state is state:
        return False
    if booking.state in HAS_PLACE or booking.state is BookingState.NOT_APPROVED:
        came = state is BookingState.ATTENDED
        await bookings.record_attendance(work, booking, attended=came, at=now, rules=rules, actor_id=person.id)
    else:
        await work.bookings.move(booking, state)
        await bookings.record_mark(work, booking, state, at=now, actor_id=person.id)
        await _put_right(work, booking, session, state, now, rules)
    return True


async def _put_right(
    work: Work, booking: Booking, session: Session, state: BookingState, now: datetime, rules: Rulebook
) -> None:
    """What followed from the mark that was wrong is taken back, and what follows from the right one is owed."""
    if state is BookingState.ATTENDED:
        await owe_evaluations(work, booking, session, now=now, rules=rules)
    else:
        await work.evaluations.drop_unanswered([booking.id])
    if state is not BookingState.DID_NOT_ATTEND:
        await charges.withdraw(work, [booking.id], ChargeKind.DID_NOT_ATTEND, now=now)
    elif may_be_answered(session, now=now, rules=rules):
        await charges.fall_due(work, booking.id, ChargeKind.DID_NOT_ATTEND, now=now, rules=rules)
