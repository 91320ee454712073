"""Course and impact evaluations that are still unanswered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from config.ladders import LadderKind
from services.model import EvaluationKind, Notice, Owed
from services.notices.kinds.climbing import Kind, Verdict, climb, moved
from services.notices.recipients import circle_of
from services.notices.subjects import DONE, LEFT, MOVED, NOT_THEIRS, EvaluationDue
from services.rulebook import Rulebook
from services.work import Work

CHASED_FOR = timedelta(days=60)
"""How long after an evaluation opened it is still chased, so that imported history wakes nobody up."""


async def _plan(work: Work, rules: Rulebook, now: datetime, kind: LadderKind, form: EvaluationKind) -> list[Owed]:
    ladder = rules.pack.partnership.ladder(kind)
    today = rules.today(now)
    found = await work.evaluations.unanswered(form, today - CHASED_FOR, today)
    bookings = await work.bookings.by_ids({one.booking_id for one in found})
    sessions = await work.sessions.by_ids({booking.session_id for booking in bookings.values()})
    delegates = await work.people.by_ids({one.person_id for one in found})
    circle = await circle_of(work, delegates.values())
    owed: list[Owed] = []
    for one in found:
        session = sessions[bookings[one.booking_id].session_id]
        owner = delegates[one.person_id]
        if owner.active:
            owed += climb(rules, ladder, circle, subject_id=one.id, owner=owner, basis=session.ends_at, now=now)
    return owed


async def _impact(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    return await _plan(work, rules, now, LadderKind.IMPACT_EVALUATION, EvaluationKind.IMPACT)


async def _course(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    return await _plan(work, rules, now, LadderKind.COURSE_EVALUATION, EvaluationKind.COURSE)


async def _check(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
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
        elif moved(notice, session.ends_at, rules):
            verdicts[notice.id] = MOVED
        else:
            verdicts[notice.id] = EvaluationDue(owed, session, delegate)
    return verdicts


IMPACT = Kind(LadderKind.IMPACT_EVALUATION.value, _impact, _check)
COURSE = Kind(LadderKind.COURSE_EVALUATION.value, _course, _check)
