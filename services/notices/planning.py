"""Computes which notices ought to exist by now and writes those that are missing.

Run as often as you like, by as many processes as you like: the ledger's unique key decides. Whatever was not
planned because nothing ran (a restart, two days of downtime) is planned at the next run, so a missed run heals.
"""

from __future__ import annotations

from datetime import datetime

from services.notices.kinds import KINDS
from services.owners import follow_posts
from services.rulebook import Rulebook
from services.work import Work


async def plan(work: Work, rules: Rulebook, now: datetime) -> int:
    """Write every notice that ought to exist by `now` and does not. Returns how many were new."""
    await follow_posts(work, rules, now)
    await work.evaluations.follow_line_managers()
    owed = [one for kind in KINDS for one in await (kind.write or kind.plan)(work, rules, now)]
    new = await work.notices.owe_all(owed, now)
    await work.snoozes.hold(now)
    return new
