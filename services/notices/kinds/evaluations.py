"""Evaluations that are still unanswered: straight after, at 6 to 8 weeks, and the line manager's comment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from config.ladders import LadderKind
from services.model import Evaluation, EvaluationKind, Notice, Owed, Session
from services.notices.kinds.climbing import Kind, Verdict, climb, midday, moved, told_before
from services.notices.recipients import Circle, circle_of
from services.notices.subjects import DONE, LEFT, MOVED, NOT_THEIRS, SNOOZED, Ended, EvaluationDue
from services.rulebook import Rulebook
from services.work import Work

CHASED_FOR = timedelta(days=60)
"""How long after an evaluation opened it is still chased, so that imported history wakes nobody up."""
SNOOZED_STEP = "snoozed"
"""The step that stands in for those that somebody asked to be spared."""
_LADDERS = {
    EvaluationKind.COURSE: LadderKind.COURSE_EVALUATION,
    EvaluationKind.IMPACT: LadderKind.IMPACT_EVALUATION,
    EvaluationKind.MANAGER: LadderKind.MANAGER_COMMENT,
}


def _basis(evaluation: Evaluation, session: Session, rules: Rulebook) -> datetime:
    """The moment the steps count from: the end of the session, or the day on which a comment was asked for."""
    return midday(evaluation.due_on, rules) if evaluation.kind is EvaluationKind.MANAGER else session.ends_at


async def _plan(work: Work, rules: Rulebook, now: datetime, kind: LadderKind, form: EvaluationKind) -> list[Owed]:
    ladder = rules.pack.partnership.ladder(kind)
    today = rules.today(now)
    found = await work.evaluations.unanswered(form, today - CHASED_FOR, today)
    bookings = await work.bookings.by_ids({one.booking_id for one in found})
    sessions = await work.sessions.by_ids({booking.session_id for booking in bookings.values()})
    delegates = await work.people.by_ids({booking.person_id for booking in bookings.values()})
    circle = await circle_of(work, delegates.values())
    owed: list[Owed] = []
    for one in found:
        booking = bookings[one.booking_id]
        owner = delegates[booking.person_id]
        if owner.active:
            basis = _basis(one, sessions[booking.session_id], rules)
            steps = climb(rules, ladder, circle, subject_id=one.id, owner=owner, basis=basis, now=now)
            owed += _left_in_peace(one, steps, basis, now, rules)
    return owed


def _left_in_peace(
    evaluation: Evaluation, steps: list[Owed], basis: datetime, now: datetime, rules: Rulebook
) -> list[Owed]:
    """The steps without those that were snoozed, and with the reminder that was asked for instead."""
    if evaluation.kind is EvaluationKind.MANAGER:
        # Nobody stands in for a line manager: the partnership's own manager cannot say what changed.
        steps = [one for one in steps if one.person_id == evaluation.person_id]
    until = evaluation.snoozed_until
    if until is None:
        return steps
    again = rules.clockwork.digest_hour(until)
    kept = [one for one in steps if one.person_id != evaluation.person_id or one.due_at >= again]
    if again > now or any(one.due_at == again and one.person_id == evaluation.person_id for one in kept):
        return kept
    step = f"{SNOOZED_STEP}-{until}:{rules.today(basis)}"
    ladder = _LADDERS[evaluation.kind].value
    return [*kept, Owed(ladder, evaluation.id, step, evaluation.person_id, due_at=again)]


async def _impact(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    return await _plan(work, rules, now, LadderKind.IMPACT_EVALUATION, EvaluationKind.IMPACT)


async def _course(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    return await _plan(work, rules, now, LadderKind.COURSE_EVALUATION, EvaluationKind.COURSE)


async def _comment(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    return await _plan(work, rules, now, LadderKind.MANAGER_COMMENT, EvaluationKind.MANAGER)


async def _check(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    found = await work.evaluations.by_ids({one.subject_id for one in notices})
    bookings = await work.bookings.by_ids({one.booking_id for one in found.values()})
    sessions = await work.sessions.by_ids({booking.session_id for booking in bookings.values()})
    delegates = await work.people.by_ids({booking.person_id for booking in bookings.values()})
    circle = await circle_of(work, delegates.values())
    told = await told_before(work, notices)
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        owed = found.get(notice.subject_id)
        if owed is None:
            # Its mark was put right: who was not there has nothing to evaluate.
            verdicts[notice.id] = DONE
            continue
        booking = bookings[owed.booking_id]
        due = EvaluationDue(owed, sessions[booking.session_id], delegates[booking.person_id], told[notice.id])
        verdicts[notice.id] = _ended(notice, due, circle, now, rules) or due
    return verdicts


def _ended(notice: Notice, due: EvaluationDue, circle: Circle, now: datetime, rules: Rulebook) -> Ended | None:
    """Why this notice must not go out any more; None when it must."""
    owed, delegate = due.evaluation, due.delegate
    own = notice.person_id == owed.person_id
    if owed.answered_at is not None:
        return DONE
    if not delegate.active:
        return LEFT
    if not circle.concerns(notice.person_id, delegate) or (owed.kind is EvaluationKind.MANAGER and not own):
        return NOT_THEIRS
    if moved(notice, _basis(owed, due.session, rules), rules):
        return MOVED
    if own and owed.snoozed_until is not None and rules.today(now) < owed.snoozed_until:
        return SNOOZED
    return None


IMPACT = Kind(LadderKind.IMPACT_EVALUATION.value, _impact, _check)
COURSE = Kind(LadderKind.COURSE_EVALUATION.value, _course, _check)
COMMENT = Kind(LadderKind.MANAGER_COMMENT.value, _comment, _check)
