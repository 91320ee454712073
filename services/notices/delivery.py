"""Carries claimed notices to people and records what came of it.

Per round: claim and commit; look again. Per letter: wait for its turn; record that its send starts, and commit; send,
outside any transaction; record the outcome, and commit. A crash between any two of these loses nothing: the lease runs
out, and what may have been sent is uncertain, never repeated blindly. What still waited for its turn is due again.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import uuid4

import stamina
import structlog

from services.errors import StoreUnavailable
from services.notices.carrying import Carriers, NotBegun
from services.notices.claiming import LEASE, Claimed, Letter, claim, recover
from services.notices.outcomes import TEAMS, Ready, Result, state_after
from services.notices.preparing import Prepared, Preparer, Render
from services.notices.recording import record
from services.notices.together import Together
from services.ports import Failure, Mailer, Messenger
from services.rulebook import Rulebook
from services.work import Database, Work
from services.workdays import require_aware

log = structlog.get_logger()

Counts = Counter[tuple[str, str]]
"""How many notices of a kind ended with an outcome."""


@dataclass(frozen=True)
class Postman:
    """Delivers what the ledger says is due. Any number may run; the database decides who acts.

    `rounds_at_once` rounds are under way together, so that one waits for the network while another writes.
    `elapsed` counts seconds from any start. A run can take minutes, and leases and waiting times that were
    counted from its beginning would be over before they began. Set `closing` before the process ends: what is
    under way is then finished and recorded, and nothing new is begun.
    """

    database: Database
    rules: Rulebook
    render: Render
    messenger: Messenger | None
    mailer: Mailer | None
    name: str
    people_per_round: int = 25
    rounds_at_once: int = 4
    ignore_quiet: bool = False
    elapsed: Callable[[], float] = time.monotonic
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def deliver_due(self, now: datetime) -> Counts:
        """Send everything that is due, round by round, until nothing is left or Teams asks us to slow down.

        Raises `StoreUnavailable` when the database is away: what was claimed becomes due again by itself.
        """
        start, began = require_aware(now), self.elapsed()
        run = _Run(self, f"{self.name}-{uuid4().hex[:12]}", start, lambda: start + _seconds(self.elapsed() - began))
        return await run.deliver()


def _seconds(count: float) -> timedelta:
    return timedelta(seconds=max(count, 0))


class _Run:
    """One run of a postman, under a name of its own: what it claimed is told from what any other run claimed."""

    def __init__(self, postman: Postman, name: str, start: datetime, moment: Callable[[], datetime]) -> None:
        self._postman = postman
        self._name = name
        self._start = start
        self._moment = moment
        self._carriers = Carriers(postman.messenger, postman.mailer)
        self._preparer = Preparer(postman.database, postman.rules, postman.render)
        self._begun = Together(self._begin)
        self._recorded = Together(self._record)
        self._counts: Counts = Counter()
        self._over = False

    async def deliver(self) -> Counts:
        async with self._postman.database.work() as work:
            recovered = await recover(work, now=self._start)
            await work.pace.forget_idle()
            await work.commit()
        if recovered:
            log.warning("claims of a stopped worker were recovered", action="claims_recovered", count=recovered)
        rounds = (self._rounds() for _ in range(self._postman.rounds_at_once))
        # Each to its end: what one of them meets must not cut off what the others are sending.
        for trouble in await asyncio.gather(*rounds, return_exceptions=True):
            if trouble is not None:
                raise trouble
        return self._counts

    async def _rounds(self) -> None:
        """Round after round, until nothing is due, Teams asks us to slow down, or the process is to end."""
        while not self._over and not self._postman.closing.is_set() and (claimed := await self._claim()).people:
            if claimed.letters and await self._send(claimed.letters):
                self._over = True

    async def _send(self, letters: Sequence[Letter]) -> bool:
        """Send these letters and record what came of it. True if Teams asked us to slow down."""
        by_teams = self._postman.messenger is not None
        prepared = await self._preparer.prepare(letters, self._start, by_teams=by_teams)
        await self._close(prepared)
        results = await asyncio.gather(*(self._deliver_one(one) for one in prepared.ready), return_exceptions=True)
        idle = [ready for ready, found in zip(prepared.ready, results, strict=True) if isinstance(found, NotBegun)]
        if idle and self._postman.closing.is_set():
            await self._give_back(idle)
        for found in results:
            if isinstance(found, BaseException) and not isinstance(found, NotBegun):
                raise found
        return any(
            isinstance(found, Result) and found.failure is Failure.THROTTLED and found.by == TEAMS for found in results
        )

    async def _deliver_one(self, ready: Ready) -> Result:
        """Send one letter when its turn comes, and record what came of it. Raises `NotBegun`."""
        begun = ready

        async def begin() -> None:
            nonlocal begun
            if self._postman.closing.is_set() or (found := await self._begun.ask(ready)) is None:
                raise NotBegun
            begun = found

        result = replace(await self._carriers.carry(ready, begin), ready=begun)
        await self._recorded.ask(result)
        return result

    async def _give_back(self, idle: Sequence[Ready]) -> None:
        async with self._postman.database.work() as work:
            await work.claims.give_back([one for ready in idle for one in ready.ids], by=self._name)
            await work.commit()

    async def _claim(self) -> Claimed:
        async with self._postman.database.work() as work:
            claimed = await claim(
                work,
                self._postman.rules,
                worker=self._name,
                now=self._start,
                lease_until=self._moment() + LEASE,
                limit=self._postman.people_per_round,
                ignore_quiet=self._postman.ignore_quiet,
            )
            await work.commit()
            return claimed

    async def _close(self, prepared: Prepared) -> None:
        """Close what is over, unless somebody found its lease over and took it back."""
        if not prepared.over:
            return
        at = self._moment()
        async with self._postman.database.work() as work:
            over = [notice.id for notice, _ in prepared.over]
            held = await work.claims.renew(over, by=self._name, lease_until=at + LEASE)
            closed = [(notice, ended) for notice, ended in prepared.over if notice.id in held]
            for notice, ended in closed:
                await work.claims.end([notice.id], ended.state, at=at, reason=ended.reason)
            await work.commit()
        self._counts.update((notice.kind, ended.state.value) for notice, ended in closed)

    async def _begin(self, ready: Sequence[Ready]) -> list[Ready | None]:
        """Record that these sends start now, and hold their claims from now on. None for those we hold no more."""
        at = self._moment()
        async with self._postman.database.work() as work:
            ids = [one for letter in ready for one in letter.ids]
            held = await work.claims.renew(ids, by=self._name, lease_until=at + LEASE)
            started = await self._started(work, [one for one in ready if held.issuperset(one.ids)], at)
            await work.commit()
        begun = {one.ids[0]: one for one in started}
        return [begun.get(one.ids[0]) for one in ready]

    async def _started(self, work: Work, ready: Sequence[Ready], at: datetime) -> list[Ready]:
        """Record, for all of them in one go, that their send starts."""
        routes = {notice_id: self._carriers.route_of(one) for one in ready for notice_id in one.ids}
        attempts = await work.attempts.start(routes, at=at)
        return [replace(one, attempts=tuple(attempts[notice_id] for notice_id in one.ids)) for one in ready]

    async def _record(self, results: Sequence[Result]) -> Sequence[None]:
        """Keep the outcomes. Tried again for a while: what is not recorded would count as uncertain."""
        async for attempt in stamina.retry_context(on=StoreUnavailable, attempts=5, timeout=30):
            with attempt:
                async with self._postman.database.work() as work:
                    at = self._moment()
                    await record(work, results, by=self._name, at=at, start=self._start)
                    await work.commit()
        for result in results:
            self._counts.update((one.kind, state_after(result, one).value) for one, _ in result.ready.pairs)
        return [None] * len(results)
