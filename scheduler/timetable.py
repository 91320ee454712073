"""The alarm clock. Calls the sweeps and keeps nothing: every date lives in our tables (docs/decisions, 4)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from services.errors import StoreUnavailable

log = structlog.get_logger()

Job = Callable[[datetime], Awaitable[object]]
"""A sweep, given the moment it is called at (aware, UTC)."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One sweep and how often it is called. The first time is at once."""

    name: str
    job: Job
    every: timedelta


class Timetable:
    """Calls each sweep on its interval, one call at a time, until stopped. `now` is the clock, in UTC."""

    def __init__(self, alarms: Iterable[Alarm], *, now: Callable[[], datetime]) -> None:
        self._now = now
        self._under_way: set[asyncio.Task[object]] = set()
        # UTC, so that neither clock change repeats or skips a call; calls that were missed are made up by one.
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        for alarm in alarms:
            self._scheduler.add_job(
                self._call,
                IntervalTrigger(seconds=int(alarm.every.total_seconds()), timezone=UTC),
                args=(alarm,),
                id=alarm.name,
                next_run_time=datetime.now(UTC),
            )

    def start(self) -> None:
        """Begin to call. Needs a running event loop."""
        self._scheduler.start()

    async def stop(self, *, patience: float = 20.0) -> None:
        """Call nothing more, and give sweeps under way `patience` seconds to finish.

        One that is cut off after that loses nothing: its claims run out, and the next sweep recovers them.
        """
        self._scheduler.pause()
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=patience)
        self._scheduler.shutdown(wait=False)

    async def _call(self, alarm: Alarm) -> None:
        task = asyncio.ensure_future(alarm.job(self._now()))
        self._under_way.add(task)
        try:
            await task
        except Exception as error:
            # Only the kind of error: a driver's message can hold the values of rows. The next call tries again.
            said = error.said if isinstance(error, StoreUnavailable) else ""
            log.error("a sweep failed", action="sweep_failed", job=alarm.name, error=type(error).__name__, driver=said)
        finally:
            self._under_way.discard(task)
