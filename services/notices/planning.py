"""Computes which notices ought to exist by now and writes those that are missing.

Run as often as you like, by as many processes as you like: the ledger's unique key decides. Whatever was not
planned because nothing ran (a restart, two days of downtime) is planned at the next run, so a missed run heals.
Each kind is planned by itself: one that breaks stops no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from operator import attrgetter

from services.model import Owed
from services.notices.kinds import KINDS
from services.notices.kinds.climbing import Kind
from services.notices.parts import by_itself
from services.owners import follow_posts
from services.rulebook import Rulebook
from services.work import Work


async def plan(work: Work, rules: Rulebook, now: datetime) -> int:
    """Write every notice that ought to exist by `now` and does not. Returns how many were new."""
    follow = work.evaluations.follow_line_managers
    await by_itself(work, "follow-posts", partial(follow_posts, work, rules, now), now=now, otherwise=0)
    await by_itself(work, "follow-line-managers", follow, now=now, otherwise=0)
    owed = {kind.name: await _planned(work, rules, kind, now) for kind in KINDS}
    new = 0
    # In the order of the ledger's key, so that two planners wait for each other and never in a circle.
    for kind in sorted(KINDS, key=attrgetter("name")):
        if kind.write or owed[kind.name]:
            write = partial(_write, work, rules, kind, owed[kind.name], now)
            new += await by_itself(work, kind.name, write, now=now, otherwise=0)
    await by_itself(work, "snoozes", partial(work.snoozes.hold, now), now=now, otherwise=0)
    return new


async def _planned(work: Work, rules: Rulebook, kind: Kind, now: datetime) -> Sequence[Owed]:
    """What a kind owes by `now`; of one that writes first, nothing yet."""
    if kind.write:
        return []
    return await by_itself(work, kind.name, partial(kind.plan, work, rules, now), now=now, otherwise=[])


async def _write(work: Work, rules: Rulebook, kind: Kind, owed: Sequence[Owed], now: datetime) -> int:
    """Writes the notices of a kind, with what they stand on: else somebody noted as told would never be told."""
    return await work.notices.owe_all(await kind.write(work, rules, now) if kind.write else owed, now)
