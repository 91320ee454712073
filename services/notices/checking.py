"""Looks again, at the moment of sending, whether a notice is still owed, and says what it is about.

Without this a person would be chased for what they did an hour ago.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime

from config.ladders import LadderKind
from services.bookings import LAPSED, PLACE_OFFERED, place_offered
from services.model import ActionState, Booking, BookingState, Notice, Role, Session, SessionState
from services.notices.recipients import circle_of
from services.notices.subjects import (
    DONE,
    LEFT,
    MOVED,
    NOT_THEIRS,
    SUPERSEDED,
    TOO_LATE,
    ActionDue,
    ActionsUnowned,
    Ended,
    EvaluationDue,
    PlaceOffered,
    SessionSoon,
    Subject,
)
from services.rulebook import Rulebook
from services.work import Work

Verdict = Subject | Ended
Check = Callable[[Work, Rulebook, Sequence[Notice], datetime], Awaitable[dict[int, Verdict]]]


def _moved(notice: Notice, basis: datetime, rules: Rulebook) -> bool:
    """True if the date that this step was counted from, as its key keeps it, is not the date any more."""
    return notice.step.partition(":")[2] != rules.today(basis).isoformat()


async def _evaluations(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    found = await work.evaluations.by_ids({one.subject_id for one in notices})
    bookings = await work.bookings.by_ids({one.booking_id for one in found.values()})
    sessions = await work.sessions.by_ids({booking.session_id for booking in bookings.values()})
    people = await work.people.by_ids({one.person_id for one in found.values()})
    circle = await circle_of(work, people.values())
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        owed = found[notice.subject_id]
        session = sessions[bookings[owed.booking_id].session_id]
        delegate = people[owed.person_id]
        if owed.answered_at is not None:
            verdicts[notice.id] = DONE
        elif not delegate.active:
            verdicts[notice.id] = LEFT
        elif not circle.concerns(notice.person_id, delegate):
            verdicts[notice.id] = NOT_THEIRS
        elif _moved(notice, session.ends_at, rules):
            verdicts[notice.id] = MOVED
        else:
            verdicts[notice.id] = EvaluationDue(owed, session, delegate)
    return verdicts


async def _actions(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    items = await work.actions.by_ids({one.subject_id for one in notices})
    owners = await work.people.by_ids({one.owner_id for one in items.values() if one.owner_id is not None})
    circle = await circle_of(work, owners.values())
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        item = items[notice.subject_id]
        owner = owners.get(item.owner_id or 0)
        if item.state is not ActionState.OPEN:
            verdicts[notice.id] = DONE
        elif item.due_on is None or item.due_on.isoformat() != notice.step.partition(":")[2]:
            verdicts[notice.id] = MOVED
        elif not circle.concerns(notice.person_id, owner):
            verdicts[notice.id] = NOT_THEIRS
        else:
            verdicts[notice.id] = ActionDue(item, owner)
    return verdicts


async def _unowned(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    count = await work.actions.count_without_owner_or_date()
    first = tuple(await work.actions.without_owner_or_date(limit=3))
    managers = {manager.id for manager in await work.people.with_role(Role.MANAGER)}
    found = ActionsUnowned(count, first) if count else DONE
    return {notice.id: found if notice.person_id in managers else NOT_THEIRS for notice in notices}


async def _booked(work: Work, notices: Sequence[Notice]) -> dict[int, tuple[Booking, Session]]:
    """The booking and the session that each notice is about, by the notice's id."""
    bookings = await work.bookings.by_ids({one.subject_id for one in notices})
    sessions = await work.sessions.by_ids({booking.session_id for booking in bookings.values()})
    found = {notice.id: bookings[notice.subject_id] for notice in notices}
    return {notice_id: (booking, sessions[booking.session_id]) for notice_id, booking in found.items()}


async def _offers(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    booked = await _booked(work, notices)
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        booking, session = booked[notice.id]
        if session.state is not SessionState.OPEN or notice.step != place_offered(booking, now).step:
            verdicts[notice.id] = DONE
        elif booking.state is BookingState.OFFERED:
            over = session.begun(now) or booking.offer_over(now)
            verdicts[notice.id] = TOO_LATE if over else PlaceOffered(booking, session)
        else:
            # Who was never told of an offer that ran out has lost a place by it: that must be seen.
            verdicts[notice.id] = TOO_LATE if booking.cancel_reason == LAPSED else DONE
    return verdicts


async def _reminders(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    booked = await _booked(work, notices)
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        booking, session = booked[notice.id]
        if session.state is not SessionState.OPEN or booking.state in _GAVE_UP:
            verdicts[notice.id] = DONE
        elif _moved(notice, session.starts_at, rules):
            verdicts[notice.id] = MOVED
        elif session.begun(now):
            verdicts[notice.id] = TOO_LATE
        else:
            verdicts[notice.id] = SessionSoon(booking, session)
    return verdicts


_GAVE_UP = (BookingState.CANCELLED, BookingState.WAITING, BookingState.OFFERED)

CHECKS: dict[str, Check] = {
    LadderKind.IMPACT_EVALUATION.value: _evaluations,
    LadderKind.COURSE_EVALUATION.value: _evaluations,
    LadderKind.ACTION_ITEM.value: _actions,
    LadderKind.ACTION_UNOWNED.value: _unowned,
    LadderKind.SESSION_REMINDER.value: _reminders,
    PLACE_OFFERED: _offers,
}


async def check(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    """For each notice what it is about now, or how it ended. One round of queries per kind, not per notice.

    Raises `KeyError` for a kind nobody knows and for a subject that does not exist.
    """
    verdicts: dict[int, Verdict] = {}
    for kind in {notice.kind for notice in notices}:
        verdicts |= await CHECKS[kind](work, rules, [one for one in notices if one.kind == kind], now)
    people = await work.people.by_ids({notice.person_id for notice in notices})
    verdicts |= {notice.id: LEFT for notice in notices if not people[notice.person_id].active}
    return verdicts | {one: SUPERSEDED for one in _superseded(notices, verdicts)}


def _superseded(notices: Collection[Notice], verdicts: dict[int, Verdict]) -> list[int]:
    """Older steps of a chase whose newest step goes out too: nobody is told the same thing twice in one message."""
    newest: dict[tuple[str, int, int], Notice] = {}
    older: list[int] = []
    alive = [one for one in notices if not isinstance(verdicts[one.id], Ended)]
    for notice in sorted(alive, key=lambda one: (one.due_at, one.id)):
        chase = (notice.kind, notice.subject_id, notice.person_id)
        if chase in newest:
            older.append(newest[chase].id)
        newest[chase] = notice
    return older
