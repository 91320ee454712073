"""A postman in a process of its own, with the product's own connector and messenger, that dies where it is told to.

It is the product's code throughout. What is added stands here alone: subclasses that kill the process at a chosen
point, with SIGKILL, so that nothing is tidied up.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from pathlib import Path

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.connector import Connector
from bot.messenger import TeamsMessenger
from bot.service_urls import ServiceUrls
from services.errors import StoreUnavailable
from services.notices.delivery import Postman
from services.ports import Begin, Mail, Message, Receipt, Route, at_once
from services.store.attempts import AttemptRows, Finished
from services.store.claims import ClaimRows
from services.store.engine import open_engine
from services.work import Database, Work
from tests.builders import a_rulebook
from tests.services.notices.office import name_them

RULES = a_rulebook()
RULES.quiet(datetime(2027, 1, 15, 9, tzinfo=UTC))  # the calendar is worked out once, before any process is made


class Point(StrEnum):
    """Where a process can die."""

    BEFORE_CLAIM = "before claim"
    AFTER_CLAIM = "after claim"
    BEFORE_POST = "before POST"
    IN_POST = "in POST"
    AFTER_POST = "after POST"
    BEFORE_COMMIT = "before commit"


@dataclass(frozen=True)
class Clock:
    """Time in the run: it begins at `start` when the real clock shows `began`, and runs `speed` times as fast."""

    start: datetime
    began: float
    speed: float

    def elapsed(self) -> float:
        return (time.time() - self.began) * self.speed

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.elapsed())


@dataclass(frozen=True)
class Orders:
    """What one worker is told. It dies at the `passages`-th passage of `point`, or works until `stop` exists."""

    url: str
    service_url: str
    mails: Path
    stop: Path
    name: str
    clock: Clock
    point: Point | None = None
    passages: int = 1


class Fate:
    def __init__(self, orders: Orders) -> None:
        self._point = orders.point
        self._left = orders.passages

    def passes(self, point: Point) -> None:
        if point is self._point:
            self._left -= 1
            if self._left <= 0:
                _die()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class MortalClaims(ClaimRows):
    fate: Fate
    took = False

    async def lock_people_with_due(self, now: datetime, limit: int) -> list[int]:
        self.fate.passes(Point.BEFORE_CLAIM)
        return await super().lock_people_with_due(now, limit)

    async def claim(self, ids: Collection[int], *, by: str, lease_until: datetime, digest_on: date | None) -> set[int]:
        taken = await super().claim(ids, by=by, lease_until=lease_until, digest_on=digest_on)
        self.took |= bool(taken)
        return taken


class MortalAttempts(AttemptRows):
    finished = False

    async def finish(self, ended: Sequence[Finished], *, at: datetime) -> None:
        await super().finish(ended, at=at)
        self.finished |= bool(ended)


class MortalWork(Work):
    def __init__(self, connection: AsyncConnection, fate: Fate) -> None:
        super().__init__(connection)
        self._fate = fate

    @cached_property
    def claims(self) -> MortalClaims:
        rows = MortalClaims(self._connection)
        rows.fate = self._fate
        return rows

    @cached_property
    def attempts(self) -> MortalAttempts:
        return MortalAttempts(self._connection)

    async def commit(self) -> None:
        if self.attempts.finished:
            self._fate.passes(Point.BEFORE_COMMIT)
        await super().commit()
        if self.claims.took:
            self._fate.passes(Point.AFTER_CLAIM)


class MortalDatabase(Database):
    def __init__(self, engine: AsyncEngine, fate: Fate) -> None:
        super().__init__(engine)
        self._fate = fate

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        async with super().work() as work:
            yield MortalWork(work._connection, self._fate)


class MortalMessenger(TeamsMessenger):
    fate: Fate

    async def send(self, route: Route, message: Message, begin: Begin = at_once) -> Receipt:
        async def begun() -> None:
            await begin()
            self.fate.passes(Point.BEFORE_POST)
            if self.fate._point is Point.IN_POST:
                asyncio.get_running_loop().call_later(0.002, self.fate.passes, Point.IN_POST)

        receipt = await super().send(route, message, begun)
        self.fate.passes(Point.AFTER_POST)
        return receipt


class MailFile:
    """Takes every e-mail, one line in a file for each."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    async def send(self, mail: Mail, begin: Begin = at_once) -> Receipt:
        await begin()
        os.write(self._file, f"{mail.to}\t{mail.text}\n".encode())
        return Receipt("mailed")


async def _work(orders: Orders) -> None:
    fate = Fate(orders)
    database = MortalDatabase(open_engine(orders.url, pool_size=4), fate)
    urls = ServiceUrls(loopback_only=True)
    # The connector answers at once or not at all; real seconds here are minutes in the run.
    async with Connector(token=None, service_urls=urls, connect_timeout=1, read_timeout=1, total_timeout=1) as line:
        messenger = MortalMessenger(line, bot_id="28:bot", per_second=1000)
        messenger.fate = fate
        while not orders.stop.exists():
            postman = Postman(
                database,
                RULES,
                name_them,
                messenger,
                MailFile(orders.mails),
                orders.name,
                people_per_round=1,
                rounds_at_once=2,
                elapsed=orders.clock.elapsed,
            )
            try:
                counts = await postman.deliver_due(orders.clock.now())
            except StoreUnavailable:
                counts = None
            if not counts:
                await asyncio.sleep(0.05)
    await database.close()


def run(orders: Orders) -> None:
    """Work until told to stop, or die."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    asyncio.run(_work(orders))
