"""Sessions and their places. The conditional updates here are what keeps a session from being oversold."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from services.model import Session, SessionState
from services.store.queue import can_be_offered
from services.store.rows import Rows
from services.tables import bookings, sessions

_HIDDEN = frozenset({"ref", "last_queue_no"})
SESSION = tuple(column for column in sessions.c if column.name not in _HIDDEN)
"""The columns that make a session, for queries elsewhere."""


def to_session(row: Row[Any]) -> Session:
    """A row of `sessions` as a value."""
    values = {column.name: getattr(row, column.name) for column in SESSION}
    return Session(**{**values, "state": SessionState(row.state)})


class SessionRows(Rows):
    """Queries on sessions."""

    async def by_id(self, session_id: int) -> Session | None:
        """The session, whatever its state."""
        row = await self._one(sa.select(*SESSION).where(sessions.c.id == session_id))
        return to_session(row) if row else None

    async def by_ids(self, ids: Collection[int]) -> dict[int, Session]:
        """The sessions with these ids, keyed by id."""
        rows = await self._all(sa.select(*SESSION).where(sessions.c.id.in_(list(ids))))
        return {row.id: to_session(row) for row in rows}

    async def by_ref(self, ref: str) -> Session | None:
        """The session with this office reference."""
        row = await self._one(sa.select(*SESSION).where(sessions.c.ref == ref))
        return to_session(row) if row else None

    async def coming(
        self, now: datetime, *, course_ids: Collection[str] | None = None, limit: int = 20
    ) -> list[Session]:
        """Open sessions that have not begun, soonest first."""
        statement = sa.select(*SESSION).where(sessions.c.state == SessionState.OPEN.value, sessions.c.starts_at > now)
        if course_ids is not None:
            statement = statement.where(sessions.c.course_id.in_(list(course_ids)))
        rows = await self._all(statement.order_by(sessions.c.starts_at, sessions.c.id).limit(limit))
        return [to_session(row) for row in rows]

    async def coming_by(self, now: datetime, last: datetime) -> list[Session]:
        """Open sessions that begin after `now` and by `last`, soonest first: those that people are reminded of."""
        statement = sa.select(*SESSION).where(
            sessions.c.state == SessionState.OPEN.value, sessions.c.starts_at > now, sessions.c.starts_at <= last
        )
        return [to_session(row) for row in await self._all(statement.order_by(sessions.c.starts_at))]

    async def courses_with_places(self, now: datetime) -> frozenset[str]:
        """Courses of which an open session that has not begun has a free place."""
        statement = sa.select(sessions.c.course_id).where(
            sessions.c.state == SessionState.OPEN.value,
            sessions.c.starts_at > now,
            sessions.c.taken < sessions.c.capacity,
        )
        return frozenset(row.course_id for row in await self._all(statement.distinct()))

    async def free_with_queue(self, now: datetime) -> list[int]:
        """Open sessions that have not begun, have a free place, and yet somebody waits who can be offered it."""
        queue = sa.exists().where(bookings.c.session_id == sessions.c.id, can_be_offered())
        statement = sa.select(sessions.c.id).where(
            sessions.c.state == SessionState.OPEN.value,
            sessions.c.starts_at > now,
            sessions.c.taken < sessions.c.capacity,
            queue,
        )
        return [row.id for row in await self._all(statement.order_by(sessions.c.id))]

    async def take_place(self, session_id: int) -> bool:
        """Take one place if one is free; the row lock makes racers queue. False when it is full or not open."""
        return await self._take(session_id)

    async def take_free_place(self, session_id: int) -> bool:
        """As `take_place`, but nobody overtakes: while somebody waits who can be offered it, there is no free place.

        Places may have come free without a cancellation: the office raised the capacity.
        """
        nobody_waits = ~sa.exists().where(bookings.c.session_id == session_id, can_be_offered())
        return await self._take(session_id, nobody_waits)

    async def _take(self, session_id: int, *conditions: sa.ColumnElement[bool]) -> bool:
        return bool(
            await self._changed(
                sa.update(sessions)
                .where(
                    sessions.c.id == session_id,
                    sessions.c.taken < sessions.c.capacity,
                    sessions.c.state == SessionState.OPEN.value,
                    *conditions,
                )
                .values(taken=sessions.c.taken + 1)
            )
        )

    async def take_extra_place(self, session_id: int) -> None:
        """Take a place whether one is free or not. The session is locked, and somebody answers for it."""
        await self._changed(sa.update(sessions).where(sessions.c.id == session_id).values(taken=sessions.c.taken + 1))

    async def give_back_place(self, session_id: int) -> None:
        """Free one place. Only when nobody waits for it: else the place passes on and stays taken."""
        await self._changed(sa.update(sessions).where(sessions.c.id == session_id).values(taken=sessions.c.taken - 1))

    async def next_queue_no(self, session_id: int) -> int:
        """The next number on the waiting list, unique per session and in order of arrival."""
        result = await self._connection.execute(
            sa.update(sessions)
            .where(sessions.c.id == session_id)
            .values(last_queue_no=sessions.c.last_queue_no + 1)
            .returning(sessions.c.last_queue_no)
        )
        return int(result.scalar_one())

    async def lock(self, session_id: int) -> Session | None:
        """Hold the session until the end of the transaction, so that one change to its bookings happens at a time.

        Returns it as it stands once it is held.
        """
        touch = sa.update(sessions).where(sessions.c.id == session_id).values(taken=sessions.c.taken)
        row = await self._one(touch.returning(*SESSION))
        return to_session(row) if row else None

    async def add(self, **values: Any) -> int:
        """Add a session and return the id. `values` are columns of the sessions table."""
        return await self._insert(sessions, **values)

    async def change(self, session_id: int, **values: Any) -> None:
        """Change columns of one session."""
        await self._changed(sa.update(sessions).where(sessions.c.id == session_id).values(**values))
