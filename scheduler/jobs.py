"""The sweeps. Each may run as often as you like and in any number of processes: the database decides what is new.

None is bound to the moment it was meant for. What was missed while nothing ran is done at the next run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import structlog

from services import bookings
from services.notices.delivery import Counts, Postman
from services.notices.parts import by_itself
from services.notices.planning import plan
from services.notices.standing import SWEEP
from services.rulebook import Rulebook
from services.work import Database, Work
from services.workdays import require_aware

HEARD_FOR = timedelta(days=2)
"""How long it is remembered that an activity was heard. Teams sends one again within seconds; a day is generous."""
SNOOZES_KEPT = timedelta(days=30)
"""How long it is remembered that a reminder was asked for later, once it has gone out: it explains itself meanwhile."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep came to. `planned` counts new notices, `outcomes` those that ended, by kind and outcome."""

    at: datetime
    offers_lapsed: int = 0
    planned: int = 0
    outcomes: Counts = field(default_factory=Counter)

    def as_json(self) -> dict[str, object]:
        """The shape that `tick --json` prints: counts by kind, then by outcome."""
        kinds: dict[str, dict[str, int]] = {}
        for (kind, outcome), count in sorted(self.outcomes.items()):
            kinds.setdefault(kind, {})[outcome] = count
        return {
            "at": self.at.isoformat(),
            "offers_lapsed": self.offers_lapsed,
            "planned": self.planned,
            "notices": kinds,
        }


async def sweep(database: Database, rules: Rulebook, postman: Postman | None, now: datetime) -> Swept:
    """All work that is due at `now`, once: offers that ran out, places that nobody agreed to before their session
    began, notices that ought to exist, and their delivery.

    A part that breaks is logged and shown, and the others go on; delivery above all. Without a postman nothing is
    sent, and what is due stays due. Raises `StoreUnavailable` when the database is away.
    """
    at = require_aware(now)
    lapsed = await _done(database, "offers", partial(bookings.expire_offers, now=at, rules=rules), at)
    await _done(database, "unapproved", partial(bookings.end_unapproved, now=at), at)
    async with database.work() as work:
        planned = await plan(work, rules, at)
        await work.commit()
    outcomes = await postman.deliver_due(at) if postman is not None else Counter()
    async with database.work() as work:
        await work.health.beat(SWEEP, at)
        await work.commit()
    swept = Swept(at, lapsed, planned, outcomes)
    if lapsed or planned or outcomes:
        log.info("a sweep was done", action="swept", **_plain(swept))
    return swept


async def _done(database: Database, part: str, do: Callable[[Work], Awaitable[int]], at: datetime) -> int:
    """What one part came to, in a transaction of its own; 0 when it broke."""
    async with database.work() as work:
        found = await by_itself(work, part, partial(do, work), now=at, otherwise=0)
        await work.commit()
    return found


def _plain(swept: Swept) -> dict[str, object]:
    return {key: value for key, value in swept.as_json().items() if key != "at"}


async def tidy(database: Database, now: datetime) -> int:
    """Forget which activities were heard long ago, and reminders put off until long ago. Returns how many."""
    at = require_aware(now)
    async with database.work() as work:
        heard = await work.conversations.forget_heard_before(at - HEARD_FOR)
        snoozed = await work.snoozes.forget_before(at - SNOOZES_KEPT)
        await work.commit()
    return heard + snoozed
