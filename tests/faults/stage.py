"""Sets a fault run up, lets postmen work and die, and audits what came of it from the outside."""

from __future__ import annotations

import json
import multiprocessing
import random
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from services.model import NoticeState
from services.tables import action_items, bookings, conversations, notices, people, sessions
from tests.builders import TENANT
from tests.faults.worker import Clock, Orders, Point, run

SPEED = 30.0
"""Seconds in the run for each real one: a lease of two minutes is over after four seconds."""
OPEN = (NoticeState.DUE, NoticeState.CLAIMED, NoticeState.RETRY)
_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["tests.faults.worker"])


def sync_engine(url: str) -> sa.Engine:
    """The harness looks from outside, and needs no event loop."""
    return sa.create_engine(url.replace("+aiosqlite", ""), poolclass=sa.NullPool)


@dataclass(frozen=True)
class Load:
    """What is owed at the start: to each person ordinary and urgent notices, and some whose moment is over."""

    persons: int
    ordinary: int = 3
    urgent: int = 2
    later: int = 1
    """Ordinary ones that fall due when the day's digest is out already."""
    over: int = 50

    @property
    def total(self) -> int:
        return self.persons * (self.ordinary + self.urgent + self.later) + self.over


def seed(url: str, load: Load, service_url: str, at: datetime) -> None:
    """Write the people, their chats, the items and what is owed about them. Every third person has no e-mail."""
    numbers = range(1, load.persons + 1)
    due_on = at.date()
    each = load.ordinary + load.urgent + load.later
    items = [(person, nth, (person - 1) * each + nth + 1) for person in numbers for nth in range(each)]

    def notice(kind: str, subject: int, step: str, person: int, due: datetime, urgent: bool = False) -> dict[str, Any]:
        return {
            "kind": kind, "subject_id": subject, "step": step, "person_id": person, "state": "due",
            "urgent": urgent, "due_at": due, "not_before": due, "created_at": due,
        }  # fmt: skip

    def due(nth: int) -> datetime:
        # Late in the run's first real seconds: their person has had a digest by then, or is about to.
        return at + timedelta(seconds=SPEED * 8) if nth >= load.ordinary + load.urgent else at

    owed = [
        notice("action-item", item, f"due-day:{due_on}", person, due(nth), load.ordinary <= nth < each - load.later)
        for person, nth, item in items
    ]
    began = at - timedelta(hours=1)
    owed += [notice("session-reminder", n, f"day-before:{due_on}", n, began) for n in range(1, load.over + 1)]
    with sync_engine(url).begin() as connection:
        for table, rows in (
            (people, [_person(n) for n in numbers]),
            (conversations, [_chat(n, service_url, at) for n in numbers]),
            (action_items, [_item(item, person, due_on) for person, _, item in items]),
            (sessions, [_session(began)]),
            (bookings, [_booking(n, began) for n in range(1, load.over + 1)]),
            (notices, owed),
        ):
            connection.execute(sa.insert(table), rows)


def _person(n: int) -> dict[str, Any]:
    return {
        "id": n, "name": f"Person {n}", "email": f"person{n}@example.org" if n % 3 else None,
        "tenant_id": TENANT, "aad_object_id": f"aad-{n}",
    }  # fmt: skip


def _chat(n: int, service_url: str, at: datetime) -> dict[str, Any]:
    return {
        "tenant_id": TENANT, "conversation_id": f"a:{n}", "aad_object_id": f"aad-{n}", "service_url": service_url,
        "place": "personal", "seen_at": at,
    }  # fmt: skip


def _item(item: int, person: int, due_on: date) -> dict[str, Any]:
    return {"id": item, "ref": f"X-{item}", "plan_id": "plan", "action": "Act", "owner_id": person, "due_on": due_on}


def _session(began: datetime) -> dict[str, Any]:
    ends = began + timedelta(hours=3)
    return {"id": 1, "ref": "s", "course_id": "dsl-forum", "starts_at": began, "ends_at": ends, "capacity": 500}


def _booking(n: int, began: datetime) -> dict[str, Any]:
    return {"id": n, "session_id": 1, "person_id": n, "state": "booked", "booked_at": began - timedelta(days=9)}


@dataclass
class Outcome:
    """One line of the table."""

    name: str
    notices: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    delivered: int = 0
    lost: int = 0
    doubles: int = 0
    uncertain: list[int] = field(default_factory=list)
    uncertain_arrived: int = 0
    two_digests: int = 0
    blocked: int = 0
    missed: int = 0
    modes: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


class Stage:
    """One run: a database, a connector, a folder for what arrived."""

    def __init__(self, url: str, folder: Path, at: datetime, *, dice: int) -> None:
        self.url = url
        self.folder = folder
        self.dice = random.Random(dice)
        self.clock = Clock(at, time.time(), SPEED)
        self.kills: Counter[str] = Counter()
        self._engine = sync_engine(url)
        self._names = 0
        self._began = time.monotonic()

    @contextmanager
    def connector(self, *, well: bool = False) -> Iterator[str]:
        """The fake connector, running, with its bad habits unless it is `well`. Gives its service URL."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "tests.faults.connector", str(port), str(self.folder / "letters"), "7"]
        command += ["well"] if well else []
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "ready\n"
            yield f"http://127.0.0.1:{port}/teams/"
        finally:
            process.kill()
            process.wait()
            process.stdout.close()

    def work(
        self,
        service_url: str,
        *,
        processes: int,
        kills: int,
        most_seconds: float,
        meanwhile: Callable[[float], None] = lambda share: None,
    ) -> None:
        """Let postmen work, each until it dies and is replaced, until so many died and nothing is left to send.

        `meanwhile` is called again and again with the share of the kills that has happened.
        """
        stop = self.folder / f"stop-{self._names}"
        ends = time.monotonic() + most_seconds
        crew = [self._hire(service_url, stop, mortal=kills > 0) for _ in range(processes)]
        try:
            while not self._settled(crew, kills):
                assert time.monotonic() < ends, f"not settled: {self.states()}, killed {self.kills}"
                meanwhile(self.kills.total() / max(kills, 1))
                crew = [self._relieve(one, service_url, stop, kills) for one in crew]
                time.sleep(0.005)
        finally:
            stop.touch()
            for process, _ in crew:
                process.join(10)
                process.kill()

    def _hire(self, service_url: str, stop: Path, *, mortal: bool) -> tuple[BaseProcess, Point | None]:
        self._names += 1
        point = self.dice.choice(list(Point)) if mortal else None
        orders = Orders(
            self.url, service_url, self.folder / "mails", stop, f"p{self._names}", self.clock, point,
            self.dice.randint(1, 4),
        )  # fmt: skip
        process = _forks.Process(target=run, args=(orders,), daemon=True)
        process.start()
        return process, point

    def _relieve(
        self, one: tuple[BaseProcess, Point | None], service_url: str, stop: Path, kills: int
    ) -> tuple[BaseProcess, Point | None]:
        process, point = one
        if process.exitcode is None:
            return one
        assert process.exitcode == -9, f"a postman ended by itself: {process.exitcode}"
        self.kills[str(point)] += 1
        process.close()
        return self._hire(service_url, stop, mortal=self.kills.total() < kills)

    def _settled(self, crew: list[tuple[BaseProcess, Point | None]], kills: int) -> bool:
        now = time.monotonic()
        if now < getattr(self, "_look_at", 0.0):
            return False
        self._look_at = now + 0.25
        return self._open() == 0 and (self.kills.total() >= kills or all(point is not None for _, point in crew))

    def _open(self) -> int:
        """Notices that are still to be sent on this day of the run."""
        evening = self.clock.start + timedelta(hours=8)
        statement = sa.select(sa.func.count()).where(
            notices.c.state.in_([one.value for one in OPEN]), notices.c.not_before < evening
        )
        try:
            with self._engine.connect() as connection:
                return int(connection.execute(statement).scalar_one())
        except sa.exc.OperationalError:
            return -1

    def states(self) -> dict[str, int]:
        """The ledger by state."""
        statement = sa.select(notices.c.state, sa.func.count()).group_by(notices.c.state)
        with self._engine.connect() as connection:
            return {state: count for state, count in connection.execute(statement)}

    def next_morning(self, at: datetime) -> None:
        """Let the run's clock show `at`."""
        self.clock = Clock(at, time.time(), SPEED)
        for name in ("letters", "mails"):
            path = self.folder / name
            path.touch()
            (self.folder / f"{name}-first-day").write_bytes(path.read_bytes())

    def audit(self, name: str) -> Outcome:
        """Hold the ledger against what people can see. Nothing here asks the code under test."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(notices.c.id, notices.c.state, notices.c.urgent)).all()
        state = {row.id: row.state for row in rows}
        urgent = {row.id for row in rows if row.urgent}
        arrived = Counter(one for _, ids in self._arrived() for one in ids)
        found = Outcome(name, len(state), self.kills, seconds=time.monotonic() - self._began)
        found.delivered = sum(value == "sent" for value in state.values())
        found.uncertain = sorted(one for one, value in state.items() if value == "uncertain")
        found.uncertain_arrived = sum(one in arrived for one in found.uncertain)
        found.doubles = sum(count > 1 for count in arrived.values())
        found.blocked = sum(value == "blocked" for value in state.values())
        found.missed = sum(value == "missed" for value in state.values())
        found.lost = sum(_lost(value, one in arrived) for one, value in state.items())
        found.two_digests = self._two_digests(urgent)
        found.modes = Counter(json.loads(line)["mode"] for line in self._lines("letters"))
        return found

    def _lines(self, name: str) -> list[str]:
        path = self.folder / name
        return path.read_text().splitlines() if path.exists() else []

    def _arrived(self, since: str = "") -> list[tuple[str, list[int]]]:
        """To whom which notices came, by Teams or by e-mail."""
        letters = [json.loads(line) for line in self._lines(f"letters{since}")]
        came = [(one["to"].removeprefix("a:"), [int(n) for n in one["notices"].split()]) for one in letters]
        mails = [line.split("\t") for line in self._lines(f"mails{since}")]
        return came + [(to.split("@")[0].removeprefix("person"), [int(n) for n in ids.split()]) for to, ids in mails]

    def _two_digests(self, urgent: set[int]) -> int:
        """People who had more than one digest on a day of the run."""
        first, whole = (
            Counter(to for to, ids in self._arrived(since) if not urgent.issuperset(ids))
            for since in ("-first-day", "")
        )
        return sum(count > 1 for count in first.values()) + sum(count > 1 for count in (whole - first).values())


def _lost(state: str, arrived: bool) -> bool:
    """Owed, and neither with the person nor on a list that somebody sees; or the ledger says what is not so."""
    if state in ("due", "claimed", "retry", "failed", "cancelled"):
        return True
    return (state == "sent") != arrived if state != "uncertain" else False
