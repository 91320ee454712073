"""500 people book 30 places at the same moment from four processes, on SQLite and on PostgreSQL.

    python -m benchmarks.bookers [--bookers 500] [--places 30] [--processes 4] [--rounds 1]

It must come out as exactly 30 booked, the others on the waiting list in the order in which they arrived, and no error
shown to anybody. The same race without the guard must oversell, or it proves nothing. The rate is given as a ratio to
bare inserts, one transaction each, from as many processes in the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import IO

import sqlalchemy as sa

from services import bookings
from services.migrations import migrate
from services.model import BookingState, Session
from services.store.sessions import SessionRows
from services.tables import heard, sessions
from services.work import Database, Work
from tests.builders import a_rulebook, add_session

NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)
RULES = a_rulebook()
Did = tuple[int, str, int | None, int]
"""Who, in which state, at which place in the queue, and when that was decided (nanoseconds, one clock for all)."""
Step = Callable[[Database, int, int], Awaitable[Did]]


class TrustingRows(SessionRows):
    """The negative control: no lock and no condition. Believes what somebody read before."""

    free = False

    async def lock(self, session_id: int) -> Session | None:
        return await self.by_id(session_id)

    async def take_free_place(self, session_id: int) -> bool:
        if self.free:
            more = sa.update(sessions).where(sessions.c.id == session_id).values(taken=sessions.c.taken + 1)
            await self._changed(more)
        return self.free


async def _book(work: Work, person_id: int, session_id: int) -> Did:
    person = await work.people.by_id(person_id)
    assert person is not None
    placed = await bookings.book(work, person, session_id, now=NOW, rules=RULES)
    decided = time.time_ns()
    await work.commit()
    return person_id, placed.booking.state.value, placed.position, decided


async def guarded(database: Database, person_id: int, session_id: int) -> Did:
    async with database.work() as work:
        return await _book(work, person_id, session_id)


async def unguarded(database: Database, person_id: int, session_id: int) -> Did:
    async with database.reading() as work:
        seen = await work.sessions.by_id(session_id)
    async with database.work() as work:
        rows = TrustingRows(work.sessions._connection)
        rows.free = seen is not None and seen.places_left > 0
        vars(work)["sessions"] = rows
        return await _book(work, person_id, session_id)


async def bare(database: Database, person_id: int, session_id: int) -> Did:
    async with database.work() as work:
        row = sa.insert(heard).values(conversation_id=f"{session_id}", activity_id=f"{person_id}", at=NOW)
        await work._connection.execute(row)
        await work.commit()
    return person_id, "inserted", None, time.time_ns()


STEPS: dict[str, Step] = {"guarded": guarded, "unguarded": unguarded, "bare": bare}


async def worker(how: str, url: str, session_id: int, people: Sequence[int]) -> None:
    """Wait for the word, then do everybody's step at once, and print what came of it."""
    database = Database.open(url)
    async with database.reading() as work:
        await work.sessions.by_id(session_id)
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    did = await asyncio.gather(*(STEPS[how](database, one, session_id) for one in people), return_exceptions=True)
    print(
        json.dumps([one if isinstance(one, tuple) else f"{type(one).__name__}: {one.__cause__ or one}" for one in did]),
        flush=True,
    )
    await database.close()


@dataclass(frozen=True)
class Run:
    """What came of one race."""

    seconds: float
    did: list[Did]
    errors: list[str]

    @property
    def rate(self) -> float:
        return len(self.did) / self.seconds


def race(how: str, url: str, session_id: int, people: Sequence[int], processes: int) -> Run:
    """Start the processes, give the word, and wait for the last."""
    command = [sys.executable, "-m", "benchmarks.bookers", "--worker", how, url, str(session_id)]
    shares = [[str(one) for one in people[number::processes]] for number in range(processes)]
    started = [
        subprocess.Popen([*command, *share], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for share in shares
    ]
    outs: list[IO[str]] = [one.stdout for one in started if one.stdout]
    for out in outs:
        assert out.readline() == "ready\n"
    began = time.monotonic()
    for one in started:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    told = [json.loads(out.readline()) for out in outs]
    seconds = time.monotonic() - began
    for one in started:
        one.communicate()
    flat = [one for share in told for one in share]
    did = [tuple(one) for one in flat if isinstance(one, list)]
    return Run(seconds, did, [one for one in flat if isinstance(one, str)])


_days = count(30)


async def prepare(url: str, bookers: int, places: int) -> tuple[int, list[int]]:
    """A session that nobody has booked yet, and people who are free on its day."""
    database = Database.open(url)
    await migrate(database.engine)
    async with database.work() as work:
        session = await add_session(work, NOW + timedelta(days=next(_days)), capacity=places)
        found = await work.imports.person_ids([f"p{number}@example.org" for number in range(bookers)])
        missing = [{"name": f"P{n}", "email": f"p{n}@example.org"} for n in range(bookers)] if not found else []
        ids = await work.imports.add_people(missing) if missing else sorted(found.values())
        await work.commit()
    await database.close()
    return session.id, ids


async def standing(url: str, session_id: int) -> tuple[int, list[int]]:
    """How many are booked, and the waiting list in its order."""
    database = Database.open(url)
    async with database.reading() as work:
        booked = await work.bookings.on_session(session_id, [BookingState.BOOKED])
        waiting = await work.bookings.on_session(session_id, [BookingState.WAITING])
    await database.close()
    return len(booked), [one.person_id for one in waiting]


def require_fair(run: Run, booked: int, waiting: list[int], bookers: int, places: int) -> None:
    """Raises `AssertionError` unless the promise of design.md section 6 held."""
    assert run.errors == [], run.errors[:3]
    assert booked == places, f"{booked} booked for {places} places"
    told = sorted((position, who) for who, _, position, _ in run.did if position is not None)
    assert [position for position, _ in told] == list(range(1, bookers - places + 1))
    arrived = sorted((when, who) for who, state, _, when in run.did if state == BookingState.WAITING.value)
    assert waiting == [who for _, who in told] == [who for _, who in arrived], "not in the order of arrival"


def measure(name: str, url: str, bookers: int, places: int, processes: int, rounds: int) -> bool:
    """Run the races of one database and print them. False when a promise was broken."""
    guarded_rates, bare_rates = [], []
    for _ in range(rounds):
        session_id, people = asyncio.run(prepare(url, bookers, places))
        run = race("guarded", url, session_id, people, processes)
        booked, waiting = asyncio.run(standing(url, session_id))
        require_fair(run, booked, waiting, bookers, places)
        guarded_rates.append(run.rate)
        bare_rates.append(race("bare", url, session_id, people, processes).rate)
    rate, base = statistics.median(guarded_rates), statistics.median(bare_rates)
    print(f"{name:10}  {bookers} bookers, {places} places, {processes} processes: {places} booked, ", end="")
    print(f"{bookers - places} waiting in order of arrival, 0 errors")
    print(f"{name:10}  {rate:6.0f} bookings/s   bare inserts {base:6.0f}/s   ratio {rate / base:.2f}")
    session_id, people = asyncio.run(prepare(url, bookers, places))
    race("unguarded", url, session_id, people, processes)
    booked, _ = asyncio.run(standing(url, session_id))
    print(f"{name:10}  negative control, guard off: {booked} booked for {places} places", flush=True)
    return booked > places


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """One of each kind, gone afterwards."""
    # Imported here: the workers do without it, and it warns on machines without a run-time folder.
    from tests.postgres import a_postgres

    with tempfile.TemporaryDirectory() as folder, a_postgres() as server:
        yield {
            "sqlite": f"sqlite+aiosqlite:///{Path(folder) / 'bookers.sqlite3'}",
            "postgresql": server.create("bookers"),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bookers", type=int, default=500)
    parser.add_argument("--places", type=int, default=30)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--worker", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.worker:
        how, url, session_id, *people = given.worker
        asyncio.run(worker(how, url, int(session_id), [int(one) for one in people]))
        return
    with databases() as urls:
        proved = [
            measure(name, url, given.bookers, given.places, given.processes, given.rounds) for name, url in urls.items()
        ]
    if not all(proved):
        sys.exit("the negative control did not oversell: the race proves nothing")


if __name__ == "__main__":
    main()
