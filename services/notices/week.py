"""The partnership manager's week: what was sent and what came of it, what will be sent, and what is ahead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, time, timedelta

from services import questions, related
from services.evaluations import overdue_period
from services.forward import plan_ahead
from services.model import NoticeState
from services.notices.forecast import forecast, moments_of
from services.notices.kinds.weekly import MANAGER_DIGEST
from services.notices.subjects import SUPERSEDED
from services.notices.week_seen import WeekSeen
from services.rulebook import Rulebook
from services.work import Work

WENT_WRONG = (NoticeState.MISSED, NoticeState.BLOCKED, NoticeState.FAILED)


async def the_week(work: Work, rules: Rulebook, now: datetime) -> WeekSeen:
    """The seven days before today, and the seven from today on. Reads only."""
    today = rules.today(now)
    first = today - timedelta(days=7)
    begins, ends = rules.at(first, time(0)), rules.at(today, time(0))
    ended = await work.weeks.notices(begins, ends)
    superseded = await work.weeks.ended_because(SUPERSEDED.reason, begins, ends)
    wrong = {state: sum(n for (_, one), n in ended.items() if one is state) for state in WENT_WRONG}
    foreseen = await forecast(work, rules, now, moments_of(today, 7, rules), without=MANAGER_DIGEST)
    queue = await work.health.queue()
    return WeekSeen(
        first=first,
        last=today - timedelta(days=1),
        sent=_by_kind(ended),
        went_wrong={**wrong, NoticeState.MISSED: wrong[NoticeState.MISSED] - superseded},
        superseded=superseded,
        answered=await work.weeks.answered(begins, ends),
        done=await work.weeks.done(begins, ends),
        items_overdue=await work.weeks.items_overdue(today),
        evaluations_late=await work.office.count_unanswered(*overdue_period(now, rules)),
        uncertain=queue[NoticeState.UNCERTAIN],
        failed=queue[NoticeState.FAILED],
        unreachable=tuple(await work.doubts.out_of_reach(now, by_mail=rules.by_mail)),
        coming=Counter(one.day for one in foreseen.coming),
        coming_kinds=Counter(one.kind for one in foreseen.coming),
        unforeseen=foreseen.broken,
        ahead=tuple(await plan_ahead(work, rules, now)),
        unanswered=sum(one.how_many for one in await questions.unanswered(work, rules, now=now, weeks=related.WEEKS)),
        demand=tuple(await related.demand(work, rules, now=now)),
    )


def _by_kind(ended: Mapping[tuple[str, NoticeState], int]) -> dict[str, int]:
    return {kind: count for (kind, state), count in ended.items() if state is NoticeState.SENT}
