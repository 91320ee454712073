"""The partnership manager's weekly digest. It goes out however little there is to say: silence would say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.model import Notice, Owed, Role
from services.notices.kinds.climbing import Kind, Verdict
from services.notices.subjects import NOT_THEIRS, TOO_LATE
from services.rulebook import Rulebook
from services.work import Work
from services.workdays import wall_clock

MANAGER_DIGEST = "manager-digest"


async def _plan(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    calendar = rules.pack.partnership.calendar
    if not calendar.manager_digest:
        return []
    today = rules.today(now)
    week = today - timedelta(days=(today.weekday() - calendar.manager_digest_on.value.number) % 7)
    at = wall_clock(rules.workdays.on_or_after(week), calendar.digest_at.value, calendar.zone)
    if at > now:
        return []
    managers = await work.people.with_role(Role.MANAGER)
    return [Owed(MANAGER_DIGEST, 0, f"week:{week}", manager.id, due_at=at) for manager in managers]


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
