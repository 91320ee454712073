"""Who did what, when. Appended in the transaction of the deed; never changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa

from services.model import Event
from services.store.imports import chunks
from services.store.rows import Rows
from services.tables import events


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
