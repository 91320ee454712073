"""Who did what, when. Appended in the transaction of the deed; never changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from services.model import Event
from services.store.rows import Rows, Values, chunks
from services.tables import events

Deed = tuple[str, str, int, Values]
"""A verb, a kind of subject, its id, and details."""


class EventRows(Rows):
    """Appends to the audit trail, and reads it."""

    async def about(self, kind: str, ids: Collection[int]) -> list[Event]:
        """Every deed about these subjects of one kind, oldest first."""
        statement = (
            sa.select(events)
            .where(events.c.subject_kind == kind, events.c.subject_id.in_(list(ids)))
            .order_by(events.c.at, events.c.id)
        )
        return [Event(**row._mapping) for row in await self._all(statement)]

    async def since(self, kind: str, ids: Collection[int], moment: datetime) -> list[Event]:
        """The deeds about these subjects from a moment on, oldest first."""
        found: list[Event] = []
        for some in chunks(ids):
            statement = sa.select(events).where(
                events.c.subject_kind == kind, events.c.subject_id.in_(some), events.c.at >= moment
            )
            found += [Event(**row._mapping) for row in await self._all(statement)]
        return sorted(found, key=lambda one: (one.at, one.id))

    async def latest_detail(self, verb: str, kind: str, ids: Collection[int]) -> dict[int, Mapping[str, Any]]:
        """What was last recorded with `verb` about each of these subjects."""
        return await self._latest(events.c.detail, verb, kind, ids)

    async def latest_actors(self, verb: str, kind: str, ids: Collection[int]) -> dict[int, int]:
        """Who last did `verb` to each of these subjects; none of what the service did by itself."""
        return await self._latest(events.c.actor_id, verb, kind, ids, events.c.actor_id.is_not(None))

    async def _latest(
        self, column: sa.ColumnElement[Any], verb: str, kind: str, ids: Collection[int], *more: sa.ColumnElement[bool]
    ) -> dict[int, Any]:
        found: dict[int, Any] = {}
        for some in chunks(ids):
            statement = (
                sa.select(events.c.subject_id, column.label("latest"))
                .where(events.c.verb == verb, events.c.subject_kind == kind, events.c.subject_id.in_(some), *more)
                .order_by(events.c.id)
            )
            found |= {row.subject_id: row.latest for row in await self._all(statement)}
        return found

    async def record(
        self,
        verb: str,
        subject: tuple[str, int],
        *,
        at: datetime,
        actor_id: int | None,
        detail: Mapping[str, str | int | bool | None] | None = None,
    ) -> None:
        """Keep one deed. `subject` is a kind and an id; `actor_id` is None for the service itself."""
        await self._connection.execute(
            sa.insert(events).values(
                at=at,
                actor_id=actor_id,
                verb=verb,
                subject_kind=subject[0],
                subject_id=subject[1],
                detail=dict(detail or {}),
            )
        )

    async def record_all(self, deeds: Sequence[Deed], *, at: datetime, actor_id: int | None) -> None:
        """Keep many deeds of one actor, in one statement."""
        rows = [
            {"at": at, "actor_id": actor_id, "verb": verb, "subject_kind": kind, "subject_id": one, "detail": detail}
            for verb, kind, one, detail in deeds
        ]
        if rows:
            await self._connection.execute(sa.insert(events), rows)
