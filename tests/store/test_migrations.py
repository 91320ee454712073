from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from services.errors import NewerTables, StoreUnavailable
from services.migrations import alembic_config, current_revision, head, migrate
from services.store.engine import open_engine
from services.tables import metadata
from services.work import Database

REVISIONS = Path(sys.modules["services.migrations"].__file__ or "").parent / "versions"


@pytest.fixture
async def empty(empty_database_url: str) -> AsyncIterator[Database]:
    opened = Database.open(empty_database_url)
    yield opened
    await opened.close()


def differences(connection: Connection) -> list[object]:
    # SQLite writes server defaults back in another form, so comparing them there finds what is no difference.
    on_postgresql = connection.dialect.name == "postgresql"
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": on_postgresql}
    )
    return list(compare_metadata(context, metadata))


async def test_an_empty_database_migrates_to_the_declared_tables(empty: Database) -> None:
    assert await current_revision(empty.engine) is None

    await migrate(empty.engine)

    assert await current_revision(empty.engine) == head()
    async with empty.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
        named = await connection.run_sync(lambda sync: set(sa.inspect(sync).get_table_names()))
    assert named == {*metadata.tables, "alembic_version"}


async def test_migrating_again_changes_nothing_and_keeps_the_data(empty: Database) -> None:
    await migrate(empty.engine)
    async with empty.work() as work:
        alice = await work.people.add(name="Alice")
        await work.commit()

    await migrate(empty.engine)

    async with empty.reading() as work:
        assert await work.people.by_id(alice) is not None


async def test_every_revision_can_be_undone_and_done_again(empty: Database) -> None:
    def down(connection: Connection) -> None:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")

    await migrate(empty.engine)
    async with empty.engine.begin() as connection:
        await connection.run_sync(down)
    async with empty.engine.connect() as connection:
        left = await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names())
    assert left == ["alembic_version"]

    await migrate(empty.engine)

    async with empty.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_migration_that_fails_leaves_nothing_behind(empty: Database) -> None:
    async with empty.engine.begin() as connection:
        # In the way of the last table that the first migration makes.
        await connection.execute(sa.text("CREATE TABLE evaluations (id INTEGER)"))

    with pytest.raises(sa.exc.DBAPIError):
        await migrate(empty.engine)

    async with empty.engine.connect() as connection:
        assert await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names()) == ["evaluations"]


def test_there_is_one_head_and_the_numbers_follow_each_other() -> None:
    script = ScriptDirectory.from_config(alembic_config())
    oldest_first = [revision.revision for revision in script.walk_revisions()][::-1]

    assert script.get_heads() == [head()]
    assert oldest_first == [f"{number:04}" for number in range(1, len(oldest_first) + 1)]
    files = sorted(path.name for path in REVISIONS.glob("[0-9]*.py"))
    assert [re.split(r"_", name)[0] for name in files] == oldest_first


def test_every_constraint_has_a_name_so_that_it_can_be_changed_later() -> None:
    for table in metadata.sorted_tables:
        assert all(constraint.name for constraint in table.constraints), table.name
        assert all(index.name for index in table.indexes), table.name


MIGRATE = """
import asyncio, sys
from services.migrations import migrate
from services.work import Database

async def main():
    database = Database.open(sys.argv[1])
    print("ready", flush=True)
    sys.stdin.readline()
    await migrate(database.engine)
    await database.close()

asyncio.run(main())
"""


async def _migrating(url: str) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", MIGRATE, url, stdin=pipe, stdout=pipe, stderr=pipe
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    return process


async def test_two_processes_that_migrate_at_once_both_succeed(empty_database_url: str) -> None:
    processes = await asyncio.gather(_migrating(empty_database_url), _migrating(empty_database_url))

    ended = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))

    assert [(process.returncode, errors) for process, (_, errors) in zip(processes, ended, strict=True)] == [
        (0, b""),
        (0, b""),
    ]
    engine = open_engine(empty_database_url)
    assert await current_revision(engine) == head()
    await engine.dispose()


async def test_tables_of_a_newer_version_are_left_alone_and_said(empty: Database) -> None:
    await migrate(empty.engine)
    async with empty.engine.begin() as connection:
        await connection.execute(sa.text("update alembic_version set version_num = '0999'"))

    with pytest.raises(NewerTables, match="0999"):
        await migrate(empty.engine)


async def test_a_file_that_is_no_database_counts_as_none(tmp_path: Path) -> None:
    file = tmp_path / "photo.db"
    file.write_bytes(b"no database at all " * 100)
    database = Database.open(f"sqlite+aiosqlite:///{file}")

    with pytest.raises(StoreUnavailable) as told:
        await migrate(database.engine)
    assert "not a database" in told.value.said
    await database.close()
