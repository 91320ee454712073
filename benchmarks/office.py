"""The office's pages with a county's year in the database, and with a hundred times that: less than 1.5 times the cost.

    python -m benchmarks.office [--times 100] [--rounds 25] [--database sqlite|postgresql]

A year is 190 sessions with 5,271 delegates. The larger database holds a hundred such years, so that a page of this
year has the same to show and everything else to pass by. Each page is a whole turn: recognised, answered, rendered
and committed. What counts is the ratio within one run.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import structlog

from dialogs.hearing import Hearing
from dialogs.office import verbs
from dialogs.talk import Said
from services.migrations import migrate
from services.model import Role
from services.notices.kinds.office import KINDS
from services.tables import bookings, evaluations, people, sessions
from services.understanding import Outcome, Understanding
from services.work import Database
from tests.builders import a_chat, a_sender, add_person
from tests.postgres import a_postgres
from tests.services.harrow import harrow_rules

SESSIONS, DELEGATES = 190, 5_271
NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)
MOST = 1.5
_CHUNK = 5_000
_ids = itertools.count(1)


class NoWords:
    """Every page is a press, so nothing is read."""

    def understand(self, text: str, *, topic: str | None = None) -> Understanding:
        return Understanding(Outcome.UNSURE)

    def identifiers_in(self, text: str) -> frozenset[Any]:
        return frozenset()


def _starts(number: int) -> datetime:
    """Two thirds of each year have been, the others are to come; the first year is this one, others lie about it."""
    year, within = divmod(number, SESSIONS)
    away = (year + 1) // 2 * (1 if year % 2 else -1)
    return NOW + timedelta(days=365 * away - 240 + within * 360 / SESSIONS)


def _sessions(times: int) -> Iterator[dict[str, Any]]:
    courses = [course.id for course in harrow_rules().pack.courses]
    for number in range(SESSIONS * times):
        starts_at = _starts(number)
        yield {
            "id": number + 1,
            "ref": f"S-{number}",
            "course_id": courses[number % len(courses)],
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=3),
            "capacity": 40,
            "taken": 0 if starts_at < NOW else 28,
            "trainer": "Tilda",
        }


def _bookings(times: int) -> Iterator[dict[str, Any]]:
    for number in range(DELEGATES * times):
        session = number % (SESSIONS * times)
        past = _starts(session) < NOW
        state = "booked" if not past else "attended" if number % 7 else "did-not-attend"
        yield {
            "id": number + 1,
            "session_id": session + 1,
            "person_id": number % (DELEGATES * times // 3) + 10,
            "state": state,
            "booked_at": _starts(session) - timedelta(days=30),
        }


def _evaluations(times: int) -> Iterator[dict[str, Any]]:
    for one in _bookings(times):
        if one["state"] == "attended":
            held = _starts(one["session_id"] - 1)
            answered = held + timedelta(days=45) if one["id"] % 3 else None
            yield {
                "booking_id": one["id"],
                "person_id": one["person_id"],
                "kind": "impact",
                "due_on": (held + timedelta(days=42)).date(),
                "answers": {"used": "The checklist"} if answered else None,
                "answered_at": answered,
            }


def _people(times: int) -> Iterator[dict[str, Any]]:
    for number in range(DELEGATES * times // 3):
        yield {"id": number + 10, "name": f"Delegate {number}", "email": f"d{number}@example.org", "agency_id": "cnwl"}


async def _fill(database: Database, times: int) -> None:
    async with database.work() as work:
        await add_person(work, "Morgan", roles=[Role.MANAGER])
        await work.commit()
    made = {people: _people, sessions: _sessions, bookings: _bookings, evaluations: _evaluations}
    for table, rows in made.items():
        left = rows(times)
        while chunk := list(itertools.islice(left, _CHUNK)):
            async with database.engine.begin() as connection:
                await connection.execute(sa.insert(table), chunk)
    if database.engine.dialect.name == "postgresql":
        # As autovacuum does in an installation; SQLite plans without.
        async with database.engine.connect() as connection:
            autocommit = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await autocommit.execute(sa.text("ANALYZE"))


def _pages(times: int) -> Mapping[str, tuple[str, dict[str, str]]]:
    """Each page with the press that opens it. The deep page is the one in the middle of everything to come."""
    coming = sorted(
        (one for number in range(SESSIONS * times) if (one := _starts(number)) > NOW),
    )
    middle = f"{coming[len(coming) // 2].isoformat()}|0"
    soon = next(str(number + 1) for number in range(SESSIONS) if _starts(number) > NOW)
    begun = next(str(number + 1) for number in range(SESSIONS) if NOW - timedelta(days=50) < _starts(number) < NOW)
    return {
        "sessions, first page": (verbs.SESSIONS, {}),
        "sessions, in the middle": (verbs.SESSIONS, {"after": middle}),
        "one session": (verbs.SESSION, {"session": soon}),
        "its people": (verbs.DELEGATES, {"session": soon}),
        "its register": (verbs.REGISTER, {"session": begun}),
        "registers to mark": (verbs.REGISTERS, {}),
        "not evaluated in time": (verbs.MISSING, {}),
        "report training": (verbs.REPORT, {"name": "training", "year": "2026-27"}),
        "report attendance": (verbs.REPORT, {"name": "attendance", "year": "2026-27"}),
        "report impact-funnel": (verbs.REPORT, {"name": "impact-funnel", "year": "2026-27"}),
        "report practice": (verbs.REPORT, {"name": "practice", "year": "2026-27"}),
        "report cancelled-events": (verbs.REPORT, {"name": "cancelled-events", "year": "2026-27"}),
    }


async def _turn(database: Database, verb: str, data: Mapping[str, str]) -> float:
    hearing = Hearing(database, harrow_rules(), NoWords())
    said = Said("", verb, data)
    began = time.perf_counter()
    (reply,) = await hearing.hear(
        a_sender("Morgan"), said, where=a_chat("Morgan"), activity_id=f"a-{next(_ids)}", now=NOW
    )
    took = time.perf_counter() - began
    assert reply.card is not None, f"{verb}: {reply.text}"
    return took


async def _plan(database: Database) -> float:
    """What the office's notices cost a sweep."""
    began = time.perf_counter()
    async with database.work() as work:
        for kind in KINDS:
            await kind.plan(work, harrow_rules(), NOW)
    return time.perf_counter() - began


async def _measure(small: Database, large: Database, times: int, rounds: int) -> list[str]:
    missed = []
    small_pages, large_pages = _pages(1), _pages(times)
    print(f"{'page':<26}{'1x ms':>9}{f'{times}x ms':>10}{'ratio':>8}")
    for name in [*small_pages, "planning the office's notices"]:
        taken: tuple[list[float], list[float]] = ([], [])
        for _ in range(rounds + 3):
            # One after the other, so that a busy moment of the machine hits both.
            if name in small_pages:
                taken[0].append(await _turn(small, *small_pages[name]))
                taken[1].append(await _turn(large, *large_pages[name]))
            else:
                taken[0].append(await _plan(small))
                taken[1].append(await _plan(large))
        one, many = (statistics.median(some[3:]) * 1000 for some in taken)
        ratio = many / one
        print(f"{name:<26}{one:>9.1f}{many:>10.1f}{ratio:>8.2f}{'  MISSED' if ratio >= MOST else ''}", flush=True)
        if ratio >= MOST:
            missed.append(name)
    return missed


@contextmanager
def _urls(kind: str) -> Iterator[tuple[str, str]]:
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield tuple(f"sqlite+aiosqlite:///{Path(folder) / name}.sqlite3" for name in ("small", "large"))  # type: ignore[misc]
        return
    with a_postgres() as server:
        yield server.create("small"), server.create("large")


@asynccontextmanager
async def _filled(url: str, times: int) -> AsyncIterator[Database]:
    database = Database.open(url)
    await migrate(database.engine)
    await _fill(database, times)
    yield database
    await database.close()


async def _run(kind: str, times: int, rounds: int) -> list[str]:
    with _urls(kind) as (small_url, large_url):
        async with _filled(small_url, 1) as small, _filled(large_url, times) as large:
            counts = f"{SESSIONS:,} sessions and {DELEGATES:,} delegates"
            print(f"\n{kind}: {counts}, against {times} times as many")
            return [f"{kind}, {name}" for name in await _measure(small, large, times, rounds)]


def main() -> None:
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    asked = parser.parse_args()
    missed = []
    for kind in asked.database or ("sqlite", "postgresql"):
        missed += asyncio.run(_run(kind, asked.times, asked.rounds))
    if missed:
        raise SystemExit("grew by 1.5 times or more: " + "; ".join(missed))


if __name__ == "__main__":
    main()
