"""Fixtures every room shares: a moment, and databases that are new for each test, on SQLite and PostgreSQL.

`database` and `database_url` run a test twice, once on each. A test that needs one of them asks for
`sqlite_url` or `postgres_url`, and one that needs a database without tables for `empty_database_url`.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import hypothesis
import pytest

from services.migrations import migrate
from services.work import Database
from tests.postgres import Postgres, a_postgres

# The machine is shared: how long one example took says nothing.
hypothesis.settings.register_profile("house", deadline=None, print_blob=True)
hypothesis.settings.load_profile("house")

_TEMPLATE = "template_migrated"
_numbers = count(1)


@pytest.fixture
def now() -> datetime:
    """Friday 15 January 2027, nine in the morning in London, in UTC."""
    return datetime(2027, 1, 15, 9, tzinfo=UTC)


def _migrate(url: str) -> None:
    async def run() -> None:
        database = Database.open(url)
        await migrate(database.engine)
        await database.close()

    asyncio.run(run())


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for each test process, stopped and removed at the end."""
    with a_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def _postgres_template(postgres: Postgres) -> str:
    _migrate(postgres.create(_TEMPLATE))
    return _TEMPLATE


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "migrated.sqlite3"
    _migrate(_sqlite(path))
    return path


def _sqlite(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture
def sqlite_url(_sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite database of this test's own."""
    return _sqlite(Path(shutil.copy(_sqlite_template, tmp_path / "test.sqlite3")))


@pytest.fixture
def postgres_url(postgres: Postgres, _postgres_template: str) -> Iterator[str]:
    """A migrated PostgreSQL database of this test's own: a copy of one that was migrated once."""
    name = f"test_{next(_numbers)}"
    yield postgres.create(name, template=_postgres_template)
    postgres.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a migrated database of this test's own, on each kind in turn."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any table, on each kind in turn."""
    if request.param == "sqlite":
        yield _sqlite(tmp_path / "empty.sqlite3")
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = f"empty_{next(_numbers)}"
    yield server.create(name)
    server.drop(name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An opened, migrated database of this test's own, on each kind in turn."""
    opened = Database.open(database_url)
    yield opened
    await opened.close()
