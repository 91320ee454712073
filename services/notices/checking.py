"""Looks again, at the moment of sending, whether a notice is still owed, and says what it is about.

Without this a person would be chased for what they did an hour ago.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from services.model import Notice
from services.notices.kinds import KINDS
from services.notices.kinds.climbing import Check, Verdict
from services.notices.subjects import LEFT, SUPERSEDED, Ended
from services.rulebook import Rulebook
from services.work import Work

CHECKS: dict[str, Check] = {kind.name: kind.check for kind in KINDS}


async def check(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    """For each notice what it is about now, or how it ended.

    One round of queries per kind, not per notice. What has to be looked up on its own is looked up once for each
    session (its list of bookings, the next date of its course) or each person (the items that files gave them).
    Raises `KeyError` for a kind nobody knows and for a subject that does not exist.
    """
    verdicts: dict[int, Verdict] = {}
    for kind in {notice.kind for notice in notices}:
        verdicts |= await CHECKS[kind](work, rules, [one for one in notices if one.kind == kind], now)
    return verdicts | await dropped(work, notices, {one for one, said in verdicts.items() if isinstance(said, Ended)})


async def dropped(work: Work, notices: Collection[Notice], ended: Collection[int]) -> dict[int, Ended]:
    """Which of these are not to be sent, whatever they are about. `ended` are the ids of those that ended already."""
    people = await work.people.by_ids({notice.person_id for notice in notices})
    left = {notice.id: LEFT for notice in notices if not people[notice.person_id].active}
    alive = [one for one in notices if one.id not in ended and one.id not in left]
    return left | {one: SUPERSEDED for one in _superseded(alive)}


def _superseded(alive: Collection[Notice]) -> list[int]:
    """Older steps of a chase whose newest step goes out too: nobody is told the same thing twice in one message."""
    newest: dict[tuple[str, int, int], Notice] = {}
    older: list[int] = []
    for notice in sorted(alive, key=lambda one: (one.due_at, one.id)):
        chase = (notice.kind, notice.subject_id, notice.person_id)
        if chase in newest:
            older.append(newest[chase].id)
        newest[chase] = notice
    return older
