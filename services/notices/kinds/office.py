"""What the office does to a session, told to the people on it; and what the office itself is told in good time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from services.bookings.telling import stamp
from services.evaluations import overdue_impact, overdue_period
from services.model import ACTIVE, HAS_PLACE, Booking, BookingState, Notice, Owed, Role, Session, SessionState
from services.notices.kinds.booked import booked
from services.notices.kinds.climbing import PAST_STEPS, Kind, Verdict, moved, nothing_to_repair
from services.notices.kinds.weekly import for_managers, once_a_week
from services.notices.subjects import (
    DONE,
    MOVED,
    NOT_THEIRS,
    TOO_LATE,
    BookingMoved,
    BookingsListed,
    DidNotAttend,
    EvaluationsMissing,
    SessionCalledOff,
    SessionChanged,
    SessionPromoted,
    SessionWritten,
    TooFewBooked,
)
from services.office.cancelling import SESSION_CANCELLED, called_off, following
from services.office.exporting import BOOKINGS_LIST, MOST_PEOPLE
from services.office.filling import SESSION_PROMOTED, too_few, warn_on
from services.office.moving import BOOKING_MOVED
from services.office.running import SESSION_CHANGED
from services.office.writing import SESSION_MESSAGE
from services.rulebook import Rulebook
from services.work import Work

TOO_FEW, DID_NOT_ATTEND, EVALUATIONS_MISSING = "too-few-booked", "did-not-attend", "evaluations-missing"


async def _plan_cancelled(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """Owed with the cancellation. This repairs one that is missing while it can still help."""
    return [called_off(booking, now) for booking in await work.office.called_off(SESSION_CANCELLED, now)]


async def _check_cancelled(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    found = await booked(work, notices)
    sessions = {session.id: session for _, session in found.values()}
    reasons = await work.events.latest_detail(SessionState.CANCELLED.value, "session", sessions)
    nexts = {one: await following(work, session, now) for one, session in sessions.items()}
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        booking, session = found[notice.id]
        if session.state is not SessionState.CANCELLED or booking.cancel_reason != SESSION_CANCELLED:
            verdicts[notice.id] = DONE
        elif now >= session.ends_at:
            verdicts[notice.id] = TOO_LATE
        else:
            reason = str(reasons.get(session.id, {}).get("reason") or "")
            verdicts[notice.id] = SessionCalledOff(booking, session, reason, nexts[session.id])
    return verdicts


async def _check_changed(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    sessions = await work.sessions.by_ids({one.subject_id for one in notices})
    standing = await work.bookings.on_sessions(sessions, ACTIVE | {BookingState.NOT_APPROVED})
    details = await work.events.latest_detail("changed", "session", sessions)
    by_key = {(one.session_id, one.person_id): one for one in standing}
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        session = sessions[notice.subject_id]
        booking = by_key.get((session.id, notice.person_id))
        if booking is None or session.state is not SessionState.OPEN:
            verdicts[notice.id] = DONE
        else:
            verdicts[notice.id] = (
                TOO_LATE if session.begun(now) else _changed(booking, session, details.get(session.id, {}))
            )
    return verdicts


def _changed(booking: Booking, session: Session, detail: Mapping[str, Any]) -> SessionChanged:
    """The change with what was before it, as far as it was recorded."""
    what = frozenset(str(detail.get("what") or "").split())
    if not {"starts_at", "ends_at"} <= detail.keys():
        return SessionChanged(booking, session, what=what)
    was = (datetime.fromisoformat(str(detail["starts_at"])), datetime.fromisoformat(str(detail["ends_at"])))
    return SessionChanged(booking, session, was, what)


async def _check_moved(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    found = await booked(work, notices)
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        booking, session = found[notice.id]
        turn = notice.counted_from
        if booking.state not in HAS_PLACE or session.state is not SessionState.OPEN:
            verdicts[notice.id] = DONE
        elif turn and turn != stamp(booking):
            # Moved away and back since: that later move has a notice of its own.
            verdicts[notice.id] = DONE
        else:
            verdicts[notice.id] = TOO_LATE if session.begun(now) else BookingMoved(booking, session)
    return verdicts


async def _check_message(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    messages = await work.office.messages({one.subject_id for one in notices})
    sessions = await work.sessions.by_ids({one.session_id for one in messages.values()})
    authors = await work.people.by_ids({one.author_id for one in messages.values()})
    standing = await work.bookings.on_sessions(sessions, (*ACTIVE, BookingState.ATTENDED))
    there = {(one.session_id, one.person_id) for one in standing}
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        message = messages[notice.subject_id]
        session = sessions[message.session_id]
        on_it = (session.id, notice.person_id) in there and session.state is SessionState.OPEN
        verdicts[notice.id] = SessionWritten(message, session, authors[message.author_id]) if on_it else DONE
    return verdicts


async def _check_promoted(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    sessions = await work.sessions.by_ids({one.subject_id for one in notices})
    there = {(one.session_id, one.person_id) for one in await work.bookings.on_sessions(sessions, ACTIVE)}
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        session = sessions[notice.subject_id]
        over = session.state is not SessionState.OPEN or not session.places_left
        if over or (session.id, notice.person_id) in there:
            verdicts[notice.id] = DONE
        else:
            verdicts[notice.id] = TOO_LATE if session.begun(now) else SessionPromoted(session)
    return verdicts


async def _plan_too_few(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """One warning to each manager, on the morning of the day that the partnership sets."""
    booking = rules.pack.partnership.booking
    if not booking.minimum_booked.value:
        return []
    # Whatever begins on that day or later is warned of after today, however long the office is closed in between.
    beyond = rules.workdays.add(rules.today(now), booking.minimum_warning_working_days.value + 1)
    coming = await work.sessions.coming_by(now, rules.at(beyond, time(0)))
    empty = [one for one in coming if too_few(one, rules)]
    due = {one.id: rules.clockwork.digest_hour(warn_on(one, rules)) for one in empty}
    warned = [one for one in empty if due[one.id] <= now]
    managers = await work.people.with_role(Role.MANAGER) if warned else []
    return [
        Owed(TOO_FEW, one.id, f"warn:{rules.today(one.starts_at)}", manager.id, due_at=due[one.id])
        for one in warned
        for manager in managers
    ]


async def _check_too_few(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    sessions = await work.sessions.by_ids({one.subject_id for one in notices})
    managers = {one.id for one in await work.people.with_role(Role.MANAGER)}
    minimum = rules.pack.partnership.booking.minimum_booked
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        session = sessions[notice.subject_id]
        if notice.person_id not in managers:
            verdicts[notice.id] = NOT_THEIRS
        elif session.state is not SessionState.OPEN or not too_few(session, rules):
            verdicts[notice.id] = DONE
        elif moved(notice, session.starts_at, rules):
            verdicts[notice.id] = MOVED
        else:
            warning = TooFewBooked(session, minimum.value, minimum.confirmed)
            verdicts[notice.id] = TOO_LATE if session.begun(now) else warning
    return verdicts


async def _plan_absent(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """Computed from the marks, so that a card, a register and a Teams report lead to the same word."""
    absent = await work.office.absent(now - PAST_STEPS, now)
    return [Owed(DID_NOT_ATTEND, one.id, "told", one.person_id, due_at=now) for one in absent]


async def _check_absent(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    found = await booked(work, notices)
    sessions = {session.id: session for _, session in found.values()}
    nexts = {one: await following(work, session, now) for one, session in sessions.items()}
    return {
        one: DidNotAttend(booking, session, nexts[session.id]) if booking.state is BookingState.DID_NOT_ATTEND else DONE
        for one, (booking, session) in found.items()
    }


async def _plan_missing(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """One line a week to the managers while anybody who attended has not answered in time."""
    owed = await once_a_week(EVALUATIONS_MISSING, work, rules, now)
    # As it stood on that morning: what is overdue since then is next week's line.
    if not owed or not await work.office.count_unanswered(*overdue_period(owed[0].due_at, rules)):
        return []
    return owed


async def _check_missing(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    found = await overdue_impact(work, now=now, rules=rules, limit=3)
    missing = EvaluationsMissing(found.owed, found.answered, found.first)
    return await for_managers(work, notices, missing if found.first else DONE)


async def _check_list(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    sessions = await work.sessions.by_ids({one.subject_id for one in notices})
    people = await work.people.by_ids({one.person_id for one in notices})
    lists = {
        one: BookingsListed(session, tuple(await work.office.delegates_page(one, limit=MOST_PEOPLE)))
        for one, session in sessions.items()
    }
    # Somebody may have left the office in the minute since: names go to nobody else.
    return {one.id: lists[one.subject_id] if people[one.person_id].has(Role.MANAGER) else NOT_THEIRS for one in notices}


KINDS = (
    Kind(SESSION_CANCELLED, _plan_cancelled, _check_cancelled),
    Kind(SESSION_CHANGED, nothing_to_repair, _check_changed),
    Kind(BOOKING_MOVED, nothing_to_repair, _check_moved),
    Kind(SESSION_MESSAGE, nothing_to_repair, _check_message),
    Kind(SESSION_PROMOTED, nothing_to_repair, _check_promoted),
    Kind(TOO_FEW, _plan_too_few, _check_too_few),
    Kind(DID_NOT_ATTEND, _plan_absent, _check_absent),
    Kind(BOOKINGS_LIST, nothing_to_repair, _check_list),
    Kind(EVALUATIONS_MISSING, _plan_missing, _check_missing),
)
