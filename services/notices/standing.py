"""How delivery stands at a moment, for the health page, for metrics, and for whoever is called at night."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from services.model import NoticeState
from services.work import Work

SWEEP = "sweep"
"""The work whose heartbeat shows that anything is sent at all."""


@dataclass(frozen=True, slots=True)
class Standing:
    """`last_sweep` is None before the first; `oldest_due` when nothing waits. `queue` leaves out what is done.

    `retry_because` says what carriers said to those that are to be tried again: that the bot's own secret is not taken,
    for one. `broken` names the parts of the last sweep that broke: notices of those kinds are not written.
    """

    at: datetime
    last_sweep: datetime | None
    oldest_due: datetime | None
    queue: Mapping[NoticeState, int]
    retry_because: Mapping[str, int] = field(default_factory=dict)
    broken: tuple[str, ...] = ()

    @property
    def uncertain(self) -> int:
        """How many wait for a person to say whether they arrived."""
        return self.queue[NoticeState.UNCERTAIN]

    @property
    def waiting_seconds(self) -> float:
        """How long the oldest due notice has waited."""
        return (self.at - self.oldest_due).total_seconds() if self.oldest_due else 0.0

    def as_json(self) -> dict[str, object]:
        """Counts and moments; nothing in it is about a person."""
        return {
            "last_sweep": self.last_sweep.isoformat() if self.last_sweep else None,
            "oldest_due": self.oldest_due.isoformat() if self.oldest_due else None,
            "queue": {state.value: count for state, count in self.queue.items()},
            "uncertain": self.uncertain,
            "retry_because": dict(self.retry_because),
            "broken": list(self.broken),
        }


async def standing(work: Work, now: datetime) -> Standing:
    """How delivery stands at `now`."""
    last_sweep = await work.health.last_beat(SWEEP)
    return Standing(
        now,
        last_sweep,
        await work.health.oldest_due(now),
        await work.health.queue(),
        await work.health.put_back_because(),
        await work.health.broken_since(last_sweep) if last_sweep else (),
    )
