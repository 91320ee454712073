"""What every group of rows shares: one connection, short lists, and the upsert that SQLite and PostgreSQL both know."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")
Values = Mapping[str, Any]
Upsert = postgresql.Insert | sqlite.Insert
Inserter = Callable[[sa.Table], Upsert]
"""Begins an insert in the words of one database. What every turn says is put together once for each."""

_AT_ONCE = 500
"""Keys or rows in one statement: well below what SQLite and PostgreSQL take as parameters."""


def chunks(values: Collection[T]) -> Iterator[list[T]]:
    """`values`, in their order, in lists short enough for one statement."""
    ordered = list(values)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]


@cache
def _unless_there(insert: Inserter, table: sa.Table) -> sa.Insert:
    # RETURNING, because not every driver counts the rows of an insert.
    return insert(table).on_conflict_do_nothing().returning(sa.literal(1))


class Rows:
    """A group of queries on one connection. Never commits: the unit of work does."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @property
    def _is_postgresql(self) -> bool:
        return self._connection.dialect.name == "postgresql"

    async def _one(self, statement: sa.Executable, values: Values | None = None) -> Row[Any] | None:
        return (await self._connection.execute(statement, values)).one_or_none()

    async def _all(self, statement: sa.Executable, values: Values | None = None) -> Sequence[Row[Any]]:
        return (await self._connection.execute(statement, values)).all()

    async def _count(self, statement: sa.Executable) -> int:
        """The first column of the only row, as a number."""
        return int((await self._connection.execute(statement)).scalar_one())

    async def _changed(self, statement: sa.Update | sa.Delete) -> int:
        """Run a change and say how many rows it touched: how a conditional update tells who won."""
        return (await self._connection.execute(statement)).rowcount

    async def _insert(self, table: sa.Table, **values: Any) -> int:
        result = await self._connection.execute(sa.insert(table).values(**values).returning(table.c.id))
        return int(result.scalar_one())

    @property
    def _inserter(self) -> Inserter:
        return postgresql.insert if self._is_postgresql else sqlite.insert

    def _upsert(self, table: sa.Table) -> Upsert:
        return self._inserter(table)

    async def _insert_new(self, table: sa.Table, values: Values) -> bool:
        """Insert unless a unique key says it is there already. True if it was new."""
        return await self._one(_unless_there(self._inserter, table), values) is not None

    async def _insert_missing(self, table: sa.Table, rows: Sequence[Values]) -> int:
        """Insert those that no unique key says are there already. Returns how many were new."""
        statement = _unless_there(self._inserter, table).values(list(rows))
        return len(await self._all(statement))
