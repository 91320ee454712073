"""What the partnership manager is told once a week, the weekly digest first of all.

The digest goes out however little there is to say: silence would say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.model import Notice, Owed, Role
from services.notices.kinds.climbing import Kind, Verdict
from services.notices.subjects import NOT_THEIRS, TOO_LATE
from services.rulebook import Rulebook
from services.work import Work

MANAGER_DIGEST = "manager-digest"


async def once_a_week(kind: str, work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """This week's line to every manager, from the morning of the weekly digest on; nothing before that."""
    today, digest_on = rules.today(now), rules.pack.partnership.calendar.manager_digest_on.value
    week = today - timedelta(days=(today.weekday() - digest_on.number) % 7)
    at = rules.clockwork.morning(week)
    managers = await work.people.with_role(Role.MANAGER) if at <= now else []
    return [Owed(kind, 0, f"week:{week}", manager.id, due_at=at) for manager in managers]


async def for_managers(work: Work, notices: Sequence[Notice], found: Verdict) -> dict[int, Verdict]:
    """The same for each of these notices, as long as its person is a manager still."""
    managers = {manager.id for manager in await work.people.with_role(Role.MANAGER)}
    return {one.id: found if one.person_id in managers else NOT_THEIRS for one in notices}


async def _plan(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    if not rules.pack.partnership.calendar.manager_digest:
        return []
    return await once_a_week(MANAGER_DIGEST, work, rules, now)


async def _check(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    # The week foresees what every kind will send: only when all of them are there can it be looked up.
    from services.notices.week import the_week

    managers = {manager.id for manager in await work.people.with_role(Role.MANAGER)}
    seen = await the_week(work, rules, now)
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        if notice.person_id not in managers:
            verdicts[notice.id] = NOT_THEIRS
        else:
            # The week after has a digest of its own.
            verdicts[notice.id] = TOO_LATE if now >= notice.due_at + timedelta(days=7) else seen
    return verdicts


WEEKLY = Kind(MANAGER_DIGEST, _plan, _check)
