"""Reminders of sessions to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from config.ladders import Ladder, LadderKind
from services.ladders import reach
from services.model import Booking, BookingState, Notice, Owed, Person, Session, SessionState
from services.notices.kinds.booked import booked
from services.notices.kinds.climbing import PAST_STEPS, Kind, Verdict, climb, moved
from services.notices.recipients import Circle, circle_of
from services.notices.subjects import DONE, MOVED, TOO_LATE, SessionSoon
from services.rulebook import Rulebook
from services.work import Work

HAD_PLACE = (BookingState.BOOKED, BookingState.ATTENDED, BookingState.DID_NOT_ATTEND)
_GAVE_UP = (BookingState.CANCELLED, BookingState.WAITING, BookingState.OFFERED, BookingState.AWAITING)


async def _plan(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """Reminders of sessions to come; for those that have begun, the reminders that never ran, as missed."""
    ladder = rules.pack.partnership.ladder(LadderKind.SESSION_REMINDER)
    sessions = {one.id: one for one in await work.sessions.coming_by(now - PAST_STEPS, now + reach(ladder))}
    places = await work.bookings.on_sessions(sessions, HAD_PLACE)
    owners = await work.people.by_ids({booking.person_id for booking in places})
    circle = await circle_of(work, owners.values())
    owed: list[Owed] = []
    for booking in places:
        owner = owners[booking.person_id]
        if owner.active:
            owed += _reminders(rules, ladder, circle, booking, sessions[booking.session_id], owner, now)
    return owed


def _reminders(
    rules: Rulebook, ladder: Ladder, circle: Circle, booking: Booking, session: Session, owner: Person, now: datetime
) -> list[Owed]:
    basis = session.starts_at
    steps = climb(rules, ladder, circle, subject_id=booking.id, owner=owner, basis=basis, now=min(now, basis))
    # A reminder that fell before they booked is not owed: they have just been told.
    steps = [step for step in steps if step.due_at >= booking.booked_at]
    if session.begun(now):
        return [replace(step, state=TOO_LATE.state, reason=TOO_LATE.reason) for step in steps]
    return steps


async def _check(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    found = await booked(work, notices)
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        booking, session = found[notice.id]
        if session.state is not SessionState.OPEN or booking.state in _GAVE_UP:
            verdicts[notice.id] = DONE
        elif moved(notice, session.starts_at, rules):
            verdicts[notice.id] = MOVED
        elif session.begun(now):
            verdicts[notice.id] = TOO_LATE
        else:
            verdicts[notice.id] = SessionSoon(booking, session)
    return verdicts


REMINDER = Kind(LadderKind.SESSION_REMINDER.value, _plan, _check)
