"""Opens a database. SQLite and PostgreSQL differ here and nowhere else above this file, but for the claim query."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import stamina
from sqlalchemy import event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from services.errors import WroteInReading

READ_ONLY = "postgresql_readonly"
"""The execution option of a transaction in which the database refuses to write. SQLAlchemy knows it for PostgreSQL;
for SQLite it is heeded below."""

_REFUSED = {"25006", sqlite3.SQLITE_READONLY}
"""What PostgreSQL and SQLite call a write in a transaction that only reads."""

_IMPATIENT = {
    "connect_timeout": "5",
    # A person waits for the answer: better a plain sentence after ten seconds than silence behind a stuck worker.
    "options": "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s",
}
"""How PostgreSQL connections are made, unless the URL says otherwise."""

_ADDING = 0x1399_0B07
"""The lock of those who look whether a record is there, and add it when it is not."""


def open_engine(url: str, *, pool_size: int = 10) -> AsyncEngine:
    """An engine for an SQLAlchemy URL with an async driver. Nothing is connected until it is first used."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        engine = create_async_engine(url, connect_args={"timeout": 30})
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
        return engine
    return create_async_engine(
        url,
        connect_args={key: value for key, value in _IMPATIENT.items() if key not in address.query},
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        # Our own queue moves all the time, unlike a lock behind a stuck worker: five hundred at once are all served.
        pool_timeout=60,
        # What is read again after waiting for a lock must be fresh, whatever the server's default is.
        isolation_level="READ COMMITTED",
    )


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    # SQLite does not wait for its turn here, when another process is making the same new file at the same time.
    for attempt in stamina.retry_context(on=sqlite3.OperationalError, attempts=None, timeout=10, wait_max=0.2):
        with attempt:
            cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=30000")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads and then writes fails at once when another writer came between;
    # IMMEDIATE takes the write lock first and waits its turn instead.
    read_only = bool(connection.get_execution_options().get(READ_ONLY))
    if connection.info.get(READ_ONLY, False) is not read_only:
        connection.exec_driver_sql(f"PRAGMA query_only={int(read_only)}")
        connection.info[READ_ONLY] = read_only
    connection.exec_driver_sql("BEGIN DEFERRED" if read_only else "BEGIN IMMEDIATE")


@asynccontextmanager
async def refusing_to_write(connection: AsyncConnection) -> AsyncIterator[None]:
    """Let the database refuse to write for a part of a transaction, and then as before."""
    if connection.dialect.name == "sqlite":
        before = bool((await connection.exec_driver_sql("PRAGMA query_only")).scalar())
        await connection.exec_driver_sql("PRAGMA query_only=1")
        try:
            with no_writing():
                yield
        finally:
            await connection.exec_driver_sql(f"PRAGMA query_only={int(before)}")
        return
    # PostgreSQL does not let a transaction write again that was made read only, but for the end of a savepoint.
    async with connection.begin_nested():
        await connection.exec_driver_sql("SET LOCAL transaction_read_only = on")
        with no_writing():
            yield


async def one_at_a_time(connection: AsyncConnection) -> None:
    """Wait for the turn to add records, and have it until the transaction ends. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADDING})")


@contextmanager
def no_writing() -> Iterator[None]:
    """Tell a write that was refused, a fault of ours, from a database that is away. Raises `WroteInReading`."""
    try:
        yield
    except DBAPIError as error:
        if _REFUSED & {getattr(error.orig, "sqlstate", None), getattr(error.orig, "sqlite_errorcode", None)}:
            raise WroteInReading(first_words(error)) from error
        raise


def first_words(error: Exception) -> str:
    """The first line of what the driver said, without the statement and its values."""
    said = str(getattr(error, "orig", None) or error).strip()
    return said.splitlines()[0] if said else type(error).__name__
