"""Carries claimed notices to people and records what came of it.

Per round: claim and commit; look again and record that a send starts, and commit; send, outside any
transaction; record the outcomes, and commit. A crash between any two of these loses nothing: the lease runs
out, and what may have been sent is uncertain, never repeated blindly.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

import stamina
import structlog

from services.errors import StoreUnavailable
from services.model import NoticeState
from services.notices.carrying import Carriers
from services.notices.claiming import LEASE, Claimed, Letter, claim, recover
from services.notices.outcomes import TEAMS, Ready, Result, state_after, wait_before_retry
from services.notices.preparing import Prepared, Preparer, Render
from services.ports import Failure, Mailer, Messenger
from services.rulebook import Rulebook
from services.store.conversations import BLOCKED, GONE
from services.work import Database, Work
from services.workdays import require_aware

log = structlog.get_logger()

Counts = Counter[tuple[str, str]]
"""How many notices of a kind ended with an outcome."""


@dataclass(frozen=True)
class Postman:
    """Delivers what the ledger says is due. Any number may run; the database decides who acts.

    `elapsed` counts seconds from any start. A run can take minutes, and leases and waiting times that were
    counted from its beginning would be over before they began.
    """

    database: Database
    rules: Rulebook
    render: Render
    messenger: Messenger | None
    mailer: Mailer | None
    name: str
    people_per_round: int = 25
    ignore_quiet: bool = False
    elapsed: Callable[[], float] = time.monotonic

    async def deliver_due(self, now: datetime) -> Counts:
        """Send everything that is due, round by round, until nothing is left or a carrier asks us to slow down.

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
        self._counts: Counts = Counter()

    async def deliver(self) -> Counts:
        async with self._postman.database.work() as work:
            recovered = await recover(work, now=self._start)
            await work.commit()
        if recovered:
            log.warning("claims of a stopped worker were recovered", action="claims_recovered", count=recovered)
        throttled = False
        while not throttled and (claimed := await self._claim()).people:
            throttled = bool(claimed.letters) and await self._send(claimed.letters)
        return self._counts

    async def _send(self, letters: Sequence[Letter]) -> bool:
        """Send these letters and record what came of it. True if a carrier asked us to slow down."""
        by_teams = self._postman.messenger is not None
        prepared = await self._preparer.prepare(letters, self._start, by_teams=by_teams)
        ready = await self._begin(prepared)
        results = await asyncio.gather(*(self._carriers.carry(one) for one in ready))
        await self._record(results)
        return any(result.failure is Failure.THROTTLED for result in results)

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

    async def _begin(self, prepared: Prepared) -> list[Ready]:
        """Close what is over, and record that the other sends start now.

        What this run does not hold any more is left out: somebody found its lease over and took it back.
        """
        at = self._moment()
        over = [notice.id for notice, _ in prepared.over]
        async with self._postman.database.work() as work:
            ids = [*over, *(one for ready in prepared.ready for one in ready.ids)]
            held = await work.claims.renew(ids, by=self._name, lease_until=at + LEASE)
            closed = [(notice, ended) for notice, ended in prepared.over if notice.id in held]
            for notice, ended in closed:
                await work.claims.end([notice.id], ended.state, at=at, reason=ended.reason)
            begun = [await self._started(work, ready, at) for ready in prepared.ready if held.issuperset(ready.ids)]
            await work.commit()
        self._counts.update((notice.kind, ended.state.value) for notice, ended in closed)
        return begun

    async def _started(self, work: Work, ready: Ready, at: datetime) -> Ready:
        attempts = await work.attempts.start(ready.ids, route=self._carriers.route_of(ready), at=at)
        return replace(ready, attempts=tuple(attempts))

    async def _record(self, results: Sequence[Result]) -> None:
        """Keep the outcomes. Tried again for a while: what is not recorded would count as uncertain."""
        async for attempt in stamina.retry_context(on=StoreUnavailable, attempts=5, timeout=30):
            with attempt:
                async with self._postman.database.work() as work:
                    at = self._moment()
                    for result in results:
                        await self._record_one(work, result, at)
                    await _hold_back_tenants(work, results, at)
                    await work.commit()
        for result in results:
            state = state_after(result)
            self._counts.update((notice.kind, state.value) for notice, _ in result.ready.pairs)

    async def _record_one(self, work: Work, result: Result, at: datetime) -> None:
        ids, state = result.ready.ids, state_after(result)
        receipt = result.receipt.id if result.receipt else None
        await work.attempts.finish(result.ready.attempts, state.value, at=at, detail=result.detail, receipt=receipt)
        if state is NoticeState.RETRY:
            wait = wait_before_retry(result)
            not_before = at + wait if wait else self._start
            kept = await work.claims.put_back(ids, by=self._name, not_before=not_before, reason=result.detail)
        else:
            kept = await work.claims.settle(ids, state, by=self._name, at=at, reason=result.detail)
        if len(kept) < len(ids):
            log.warning("an outcome came too late", action="late_outcome", notices=ids, outcome=state.value)
        await _close_route(work, result)


async def _close_route(work: Work, result: Result) -> None:
    """A blocked or vanished conversation is not tried again until the person writes there."""
    route = result.ready.route
    state = {Failure.BLOCKED: BLOCKED, Failure.GONE: GONE}.get(result.failure) if result.failure else None
    if state and result.by == TEAMS and route is not None and route.conversation_id is not None:
        await work.conversations.close(route.tenant_id, route.conversation_id, state)


async def _hold_back_tenants(work: Work, results: Iterable[Result], at: datetime) -> None:
    """Teams counts what a bot sends into a tenant, so one throttled send slows all workers (design.md section 5)."""
    for result in results:
        if result.failure is Failure.THROTTLED and result.by == TEAMS and result.ready.route is not None:
            await work.claims.hold_back(result.ready.route.tenant_id, at + wait_before_retry(result))
