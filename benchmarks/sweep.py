"""One sweep with 1,000 notices due, among ten thousand, a hundred thousand and a million bookings and items.

    python -m benchmarks.sweep [--sizes 10000,100000,1000000] [--rounds 3]

On PostgreSQL. What is due decides what a sweep costs, not what there is: from first to last less than 1.5 times.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from scheduler.jobs import sweep
from services.migrations import migrate
from services.model import Notice, Person
from services.notices.delivery import Postman
from services.notices.subjects import Subject
from services.ports import Begin, Message, Receipt, Route, at_once
from services.work import Database
from tests.builders import a_rulebook
from tests.postgres import Postgres, a_postgres

NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)
DUE = 1_000

# Half the records are bookings on sessions of ten past years, with evaluations answered so long ago that no certificate
# is owed any more; half are items, most of them done, the others due in years to come. Each has had a notice. Five
# hundred evaluations and five hundred items are due today.
FILL = """
INSERT INTO people (id, name, tenant_id, aad_object_id)
  SELECT n, 'P' || n, 't', 'a' || n FROM generate_series(1, 2000) n;
INSERT INTO conversations (tenant_id, conversation_id, aad_object_id, service_url, place, seen_at)
  SELECT 't', 'c' || n, 'a' || n, 'https://smba.trafficmanager.net/uk/', 'personal', now()
  FROM generate_series(1, 2000) n;
INSERT INTO sessions (id, ref, course_id, starts_at, ends_at, capacity, taken)
  SELECT n, 's' || n, 'dsl-forum', at, at + interval '3 hours', 100, 50
  FROM (SELECT n, timestamptz '2025-10-01 09:30+00' - n * interval '3600 days' / {sessions} AS at
        FROM generate_series(1, {sessions}) n) s;
INSERT INTO sessions (id, ref, course_id, starts_at, ends_at, capacity, taken)
  VALUES (0, 'recent', 'dsl-forum', timestamptz '2026-12-04 09:30+00', timestamptz '2026-12-04 12:30+00', 900, 500);
INSERT INTO bookings (id, session_id, person_id, state, booked_at)
  SELECT n, 1 + n % {sessions}, 1 + n % 2000, 'attended', timestamptz '2016-01-01' FROM generate_series(1, {half}) n
  ON CONFLICT DO NOTHING;
INSERT INTO evaluations (booking_id, person_id, kind, due_on, answered_at)
  SELECT b.id, b.person_id, 'impact', CAST(s.ends_at + interval '6 weeks' AS date), s.ends_at + interval '7 weeks'
  FROM bookings b JOIN sessions s ON s.id = b.session_id;
INSERT INTO bookings (id, session_id, person_id, state, booked_at)
  SELECT {half} + n, 0, n, 'attended', timestamptz '2026-11-01' FROM generate_series(1, 500) n;
INSERT INTO evaluations (booking_id, person_id, kind, due_on)
  SELECT {half} + n, n, 'impact', '2027-01-15' FROM generate_series(1, 500) n;
INSERT INTO action_items (ref, plan_id, action, owner_id, due_on, state)
  SELECT 'i' || n, 'p', 'Act', 1 + n % 2000, date '2016-01-01' + n % 3600, 'done'
  FROM generate_series(1, {half} * 9 / 10) n;
INSERT INTO action_items (ref, plan_id, action, owner_id, due_on)
  SELECT 'later' || n, 'p', 'Act', 1 + n % 2000, date '2028-01-01' + n % 900 FROM generate_series(1, {half} / 10) n;
INSERT INTO action_items (ref, plan_id, action, owner_id, due_on)
  SELECT 'due' || n, 'p', 'Act', 500 + n, '2027-01-15' FROM generate_series(1, 500) n;
INSERT INTO notices (kind, subject_id, step, person_id, state, due_at, not_before, created_at, closed_at, digest_on)
  SELECT 'action-item', id, 'due-day:' || due_on, owner_id, 'sent', due_on, due_on, due_on, due_on, due_on
  FROM action_items WHERE state = 'done';
INSERT INTO notices (kind, subject_id, step, person_id, state, due_at, not_before, created_at, closed_at, digest_on)
  SELECT 'impact-evaluation', id, 'invite:' || due_on, person_id, 'sent', due_on, due_on, due_on, due_on, due_on
  FROM evaluations WHERE answered_at IS NOT NULL;
"""
LAST = "SELECT setval(pg_get_serial_sequence('{0}', 'id'), (SELECT max(id) FROM {0}))"


class Everywhere:
    """Takes everything at once: what is measured is our own work."""

    async def send(self, route: Route, message: Message, begin: Begin = at_once) -> Receipt:
        await begin()
        return Receipt("1", route.conversation_id)


def words(person: Person, pairs: Sequence[tuple[Notice, Subject]], now: datetime) -> Message:
    return Message(f"{len(pairs)}", summary="owed")


async def fill(server: Postgres, size: int) -> str:
    """A database with `size` bookings and items, and its name."""
    name = f"size_{size}"
    database = Database.open(server.create(name))
    await migrate(database.engine)
    half = size // 2
    async with database.engine.begin() as connection:
        for statement in FILL.format(half=half, sessions=max(half // 50, 1)).split(";\n"):
            if statement.strip():
                await connection.execute(sa.text(statement.strip().rstrip(";").replace(":", r"\:")))
        for table in ("bookings", "sessions"):
            await connection.execute(sa.text(LAST.format(table)))
    async with database.engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(sa.text("VACUUM ANALYZE"))
    await database.close()
    return name


async def measure(server: Postgres, template: str, nth: int) -> tuple[float, float]:
    """Seconds of the sweep that plans and sends 1,000, and of the next one, which finds nothing new."""
    database = Database.open(server.create(f"{template}_{nth}", template=template))
    postman = Postman(database, a_rulebook(), words, Everywhere(), None, "postman")
    async with database.reading() as work:
        await work.notices.counts()  # the copy is cold: let every size begin alike
    began = time.perf_counter()
    swept = await sweep(database, postman.rules, postman, NOW)
    busy = time.perf_counter() - began
    assert sum(count for (_, outcome), count in swept.outcomes.items() if outcome == "sent") == DUE, swept
    began = time.perf_counter()
    await sweep(database, postman.rules, postman, NOW + timedelta(minutes=1))
    idle = time.perf_counter() - began
    await database.close()
    server.drop(f"{template}_{nth}")
    return busy, idle


async def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    sizes = [int(one) for one in given.sizes.split(",")]
    with a_postgres() as server:
        templates = {size: await fill(server, size) for size in sizes}
        found = {size: [await measure(server, templates[size], n) for n in range(given.rounds)] for size in sizes}
    medians = {size: [statistics.median(column) for column in zip(*rows, strict=True)] for size, rows in found.items()}
    for size in sizes:
        busy, idle = medians[size]
        print(f"{size:>9,} bookings and items: {DUE:,} due in {busy:.2f} s; nothing new in {idle * 1000:.0f} ms")
    busy, idle = (last / first for first, last in zip(medians[sizes[0]], medians[sizes[-1]], strict=True))
    print(f"from first to last: {busy:.2f} times, and {idle:.2f} times when there is nothing new")


if __name__ == "__main__":
    asyncio.run(main())
