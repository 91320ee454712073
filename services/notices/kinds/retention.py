"""Records kept longer than the rules allow: the managers and administrators are told once a month until they go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.model import Notice, Owed, Role
from services.notices.gathered import PurgeDue
from services.notices.kinds.climbing import Kind, Verdict
from services.notices.subjects import DONE, NOT_THEIRS
from services.retention import overdue
from services.rulebook import Rulebook
from services.work import Work

PURGE_DUE = "purge-due"
_LOOKED_FOR = timedelta(days=7)
"""How long after its moment a month's notice is still planned: longer than anything stands still."""


async def _told(work: Work) -> list[int]:
    people = [*await work.people.with_role(Role.MANAGER), *await work.people.with_role(Role.ADMIN)]
    return list(dict.fromkeys(person.id for person in people))


async def _plan(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    month = rules.today(now).replace(day=1)
    at = rules.clockwork.morning(month)
    if not at <= now < at + _LOOKED_FOR:
        return []
    step = f"month:{month}"
    known = {notice.person_id for notice in await work.notices.about(PURGE_DUE, [0]) if notice.step == step}
    missing = [person_id for person_id in await _told(work) if person_id not in known]
    if not missing or not await overdue(work, rules, now):
        return []
    return [Owed(PURGE_DUE, 0, step, person_id, due_at=at) for person_id in missing]


async def _check(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    counts = await overdue(work, rules, now)
    told = set(await _told(work))
    found = PurgeDue(counts) if counts else DONE
    return {notice.id: found if notice.person_id in told else NOT_THEIRS for notice in notices}


PURGE = Kind(PURGE_DUE, _plan, _check)
