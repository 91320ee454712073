"""Brings a database to the tables this version expects. Numbered, linear, safe when two processes try at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError, InterfaceError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.errors import NewerTables, StoreUnavailable
from services.store.engine import first_words

_LOCK = 77_012_026


def alembic_config() -> Config:
    """How Alembic finds the revisions. The connection is passed in as an attribute, for it is ours."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config


def head() -> str:
    """The newest revision this version knows."""
    found = ScriptDirectory.from_config(alembic_config()).get_current_head()
    if found is None:
        raise RuntimeError("no migrations found")
    return found


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # Two replicas starting together must not both create the tables. The second waits however long it takes.
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    config = alembic_config()
    at = MigrationContext.configure(connection).get_current_revision()
    if at is not None and at not in {one.revision for one in ScriptDirectory.from_config(config).walk_revisions()}:
        raise NewerTables(at)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


async def migrate(engine: AsyncEngine) -> None:
    """Upgrade to the newest revision in one transaction; does nothing when it is there already.

    Makes the folder of an SQLite database, which SQLite itself does not. Raises `NewerTables`, and `StoreUnavailable`
    also for a file that is no database.
    """
    if engine.dialect.name == "sqlite" and engine.url.database not in (None, "", ":memory:"):
        Path(str(engine.url.database)).parent.mkdir(parents=True, exist_ok=True)
    async with _connected(engine) as connection, connection.begin():
        await connection.run_sync(_upgrade)


async def current_revision(engine: AsyncEngine) -> str | None:
    """The revision the database is at; None for an empty one. Raises `StoreUnavailable`."""
    async with _connected(engine) as connection:
        return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())


@asynccontextmanager
async def _connected(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Only a database that cannot be reached is away: what fails after that is a fault in a revision."""
    try:
        connection = await engine.connect()
    except (DatabaseError, InterfaceError) as error:
        raise StoreUnavailable(first_words(error)) from error
    try:
        yield connection
    finally:
        await connection.close()
