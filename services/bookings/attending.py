"""Who came, and what follows from it."""

from __future__ import annotations

from datetime import datetime

from services import charges
from services.evaluations import may_be_answered, owe_evaluations
from services.model import HAS_PLACE, Booking, BookingState, ChargeKind
from services.rulebook import Rulebook
from services.work import Work


async def record_attendance(
    work: Work, booking: Booking, *, attended: bool, at: datetime, rules: Rulebook, actor_id: int | None = None
) -> None:
    """Note who came. Somebody who attended owes a course and an impact evaluation from now on; a place that was not
    used is charged as the policy says. History asks nothing: see `may_be_answered`.

    Recording the same again changes nothing; only somebody who had a place can be marked. Whose place was not approved
    in time may have come all the same, and is never called absent.
    """
    came_unapproved = attended and booking.state is BookingState.NOT_APPROVED
    if booking.state not in HAS_PLACE and not came_unapproved:
        return
    state = BookingState.ATTENDED if attended else BookingState.DID_NOT_ATTEND
    if not await work.bookings.move(booking, state):
        return
    await record_mark(work, booking, state, at=at, actor_id=actor_id)
    session = await work.sessions.by_id(booking.session_id)
    assert session is not None
    if attended:
        await owe_evaluations(work, booking, session, now=at, rules=rules)
    elif may_be_answered(session, now=at, rules=rules):
        await charges.fall_due(work, booking.id, ChargeKind.DID_NOT_ATTEND, now=at, rules=rules)


async def record_mark(work: Work, booking: Booking, state: BookingState, *, at: datetime, actor_id: int | None) -> None:
    """Keep who marked it, what it was and what it is: one event for each mark."""
    detail = {"was": booking.state.value, "is": state.value}
    await work.events.record("marked", ("booking", booking.id), at=at, actor_id=actor_id, detail=detail)
