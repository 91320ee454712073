from __future__ import annotations

import asyncio
import sqlite3
import threading
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from services.errors import StoreUnavailable
from services.work import Database, Work
from tests.builders import LONG_AGO, a_chat, a_sender
from tests.postgres import Postgres

AWAY = {
    "sqlite": "sqlite+aiosqlite:////no/such/folder/bot.sqlite3",
    "postgresql": "postgresql+psycopg://nobody@127.0.0.1:9/nothing",
}


async def people_named(database: Database, name: str) -> int:
    async with database.reading() as work:
        people = await work.people.by_ids(range(1, 100))
    return sum(person.name == name for person in people.values())


async def test_leaving_without_commit_rolls_back(database: Database) -> None:
    async with database.work() as work:
        await work.people.add(name="Alice")

    assert await people_named(database, "Alice") == 0


async def test_a_statement_that_makes_no_sense_is_not_taken_for_a_database_that_is_away(database: Database) -> None:
    with pytest.raises(DBAPIError):
        async with database.work() as work:
            await work.actions._connection.execute(sa.text("UPDATE action_items SET  WHERE id = 1"))


async def test_an_error_rolls_back_everything_since_the_last_commit(database: Database) -> None:
    with pytest.raises(RuntimeError):
        await _add_two_and_fail(database)

    assert await people_named(database, "Alice") == 1
    assert await people_named(database, "Bob") == 0


async def _add_two_and_fail(database: Database) -> None:
    async with database.work() as work:
        await work.people.add(name="Alice")
        await work.commit()
        await work.people.add(name="Bob")
        raise RuntimeError("in the middle")


async def test_being_cancelled_in_the_middle_rolls_back(database: Database) -> None:
    async def stuck() -> None:
        async with database.work() as work:
            await work.people.add(name="Alice")
            begun.set()
            await asyncio.sleep(60)
            await work.commit()

    begun = asyncio.Event()
    task = asyncio.create_task(stuck())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert await people_named(database, "Alice") == 0
    async with database.work() as work:
        await work.people.add(name="Alice")
        await work.commit()
    assert await people_named(database, "Alice") == 1


async def test_a_reading_cannot_write_and_the_same_connection_can_write_again(database: Database) -> None:
    async with database.reading() as work:
        with pytest.raises(DBAPIError):
            await work.people.add(name="Alice")
    async with database.work() as work:
        await work.people.add(name="Alice")
        await work.commit()
    assert await people_named(database, "Alice") == 1


@pytest.mark.parametrize("kind", AWAY)
async def test_a_database_that_is_away_is_said_to_be_away(kind: str) -> None:
    database = Database.open(AWAY[kind])

    with pytest.raises(StoreUnavailable):
        await _touch(database)
    with pytest.raises(StoreUnavailable):
        await people_named(database, "Alice")
    await database.close()
    await asyncio.to_thread(_wait_for_sqlite_threads)


def _wait_for_sqlite_threads() -> None:
    """The thread of a connection that could not be opened speaks once more, and the loop must still be there."""
    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            thread.join(5)


async def _touch(database: Database) -> None:
    async with database.work() as work:
        await work.people.by_id(1)


async def test_a_connection_that_breaks_in_the_middle_stores_nothing_and_the_next_one_works(
    postgres: Postgres, postgres_url: str
) -> None:
    database = Database.open(postgres_url)

    async def cut_off_in_the_middle() -> None:
        async with database.work() as work:
            await work.people.add(name="Alice")
            _cut_off_everybody(postgres, postgres_url)
            await work.commit()

    with pytest.raises(StoreUnavailable):
        await cut_off_in_the_middle()

    assert await people_named(database, "Alice") == 0
    await database.close()


async def test_connections_that_died_while_nobody_used_them_are_not_noticed(
    postgres: Postgres, postgres_url: str
) -> None:
    database = Database.open(postgres_url)
    assert await people_named(database, "Alice") == 0
    _cut_off_everybody(postgres, postgres_url)

    assert await people_named(database, "Alice") == 0
    await database.close()


def _cut_off_everybody(postgres: Postgres, url: str) -> None:
    name = sa.make_url(url).database
    with psycopg.connect(postgres.url("postgres").replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


async def test_a_statement_that_is_wrong_is_not_taken_for_an_absent_database(database: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        await _add_twice(database)


async def _add_twice(database: Database) -> None:
    async with database.work() as work:
        await work.people.add(name="Alice", email="same@example.org")
        await work.people.add(name="Bob", email="same@example.org")


async def test_reading_does_not_wait_for_a_writer_and_sees_what_was_committed(database: Database) -> None:
    async with database.work() as writing:
        await writing.people.add(name="Alice")

        assert await asyncio.wait_for(people_named(database, "Alice"), timeout=2) == 0

        await writing.commit()
    assert await people_named(database, "Alice") == 1


async def test_a_second_writer_on_sqlite_waits_its_turn_and_gets_it(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)

    async def add(name: str) -> None:
        async with database.work() as work:
            await work.people.by_id(1)
            await work.people.add(name=name)
            await asyncio.sleep(0.05)
            await work.commit()

    await asyncio.gather(*(add(f"Person {number}") for number in range(5)))

    async with database.reading() as work:
        assert len(await work.people.by_ids(range(1, 100))) == 5
    await database.close()


async def test_sqlite_keeps_foreign_keys_and_writes_ahead(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)

    with pytest.raises(sa.exc.IntegrityError):
        await _book_nobody(database)
    await database.close()
    with sqlite3.connect(Path(sqlite_url.removeprefix("sqlite+aiosqlite:///"))) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


async def _book_nobody(database: Database) -> None:
    async with database.work() as work:
        await work.bookings.add(session_id=999, person_id=999, state="booked", booked_at=LONG_AGO)
        await work.commit()


async def test_a_transaction_sees_what_others_commit_even_where_the_server_would_freeze_its_view(
    postgres: Postgres, postgres_url: str
) -> None:
    """The locks count on it: what was read before a lock is read again after it, and must be fresh."""
    name = sa.make_url(postgres_url).database
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}" SET default_transaction_isolation = "repeatable read"')
    database = Database.open(postgres_url)

    async with database.work() as first:
        await first.people.by_id(1)
        async with database.work() as second:
            alice = await second.people.add(name="Alice")
            await second.commit()
        assert await first.people.by_id(alice) is not None
    await database.close()


async def test_a_naive_moment_is_refused_by_the_tables(database: Database) -> None:
    naive = datetime(2027, 1, 15, 9)  # noqa: DTZ001 - naive on purpose
    with pytest.raises(sa.exc.StatementError, match="naive datetime"):
        await _remember_at(database, naive)


async def _remember_at(database: Database, moment: datetime) -> None:
    async with database.work() as work:
        await work.conversations.remember(a_chat("Alice"), a_sender("Alice"), moment)


async def test_moments_come_back_as_they_went_in_whatever_zone_they_were_written_in(database: Database) -> None:
    summer = datetime.fromisoformat("2026-07-01T10:30:00.123456+01:00")
    async with database.work() as work:
        session_id = await _session_at(work, summer)
        await work.commit()

    async with database.reading() as work:
        session = await work.sessions.by_id(session_id)
    assert session is not None
    assert session.starts_at == summer
    assert session.starts_at.isoformat() == "2026-07-01T09:30:00.123456+00:00"


async def _session_at(work: Work, starts_at: datetime) -> int:
    return await work.sessions.add(
        ref="one", course_id="dsl-forum", starts_at=starts_at, ends_at=starts_at.replace(hour=12), capacity=1
    )


async def test_who_waits_too_long_for_somebody_elses_lock_is_told_so_and_nothing_is_stored(postgres_url: str) -> None:
    in_a_hurry = sa.make_url(postgres_url).update_query_dict({"options": "-c lock_timeout=200ms"})
    patient, hasty = Database.open(postgres_url), Database.open(in_a_hurry.render_as_string(hide_password=False))
    async with patient.work() as work:
        session_id = await _session_at(work, LONG_AGO)
        await work.commit()

    async with patient.work() as holding:
        await holding.sessions.lock(session_id)
        with pytest.raises(StoreUnavailable):
            await _lock(hasty, session_id)

    await _lock(hasty, session_id)
    for database in (patient, hasty):
        await database.close()


async def _lock(database: Database, session_id: int) -> None:
    async with database.work() as work:
        await work.sessions.lock(session_id)


@pytest.mark.parametrize(
    ("setting", "value"), [("lock_timeout", "10s"), ("idle_in_transaction_session_timeout", "1min")]
)
async def test_nobody_waits_for_ever_on_postgresql(postgres_url: str, setting: str, value: str) -> None:
    database = Database.open(postgres_url)
    async with database.engine.connect() as connection:
        assert (await connection.exec_driver_sql(f"SHOW {setting}")).scalar_one() == value
    await database.close()
