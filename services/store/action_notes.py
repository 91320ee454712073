"""What is written about action items, and what their owners asked for. Notes are appended and never changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from services.model import ActionNote, ActionRequest, NoteKind, RequestKind, RequestState
from services.store.rows import Rows, Values
from services.tables import action_notes, action_requests


def _to_request(row: Row[Any]) -> ActionRequest:
    return ActionRequest(**{**row._mapping, "kind": RequestKind(row.kind), "state": RequestState(row.state)})


class ActionNoteRows(Rows):
    """Queries on notes."""

    async def add(self, item_id: int, kind: NoteKind, text: str, *, person_id: int | None, at: datetime) -> int:
        """Keep a note and return its id."""
        return await self._insert(action_notes, item_id=item_id, kind=kind.value, text=text, person_id=person_id, at=at)

    async def add_many(self, rows: Sequence[Values]) -> None:
        """Keep many notes. All rows have the same columns."""
        if rows:
            await self._connection.execute(sa.insert(action_notes), list(rows))

    async def of(self, item_ids: Collection[int]) -> list[ActionNote]:
        """Every note on these items, oldest first."""
        statement = (
            sa.select(action_notes).where(action_notes.c.item_id.in_(list(item_ids))).order_by(action_notes.c.id)
        )
        return [ActionNote(**{**row._mapping, "kind": NoteKind(row.kind)}) for row in await self._all(statement)]


class ActionRequestRows(Rows):
    """Queries on requests."""

    async def add(self, **values: Any) -> int:
        """Keep a request that somebody has still to decide, and return its id."""
        return await self._insert(action_requests, state=RequestState.ASKED.value, **values)

    async def by_ids(self, ids: Collection[int]) -> dict[int, ActionRequest]:
        """The requests with these ids, keyed by id."""
        rows = await self._all(sa.select(action_requests).where(action_requests.c.id.in_(list(ids))))
        return {row.id: _to_request(row) for row in rows}

    async def of(self, item_ids: Collection[int]) -> list[ActionRequest]:
        """Every request about these items, oldest first."""
        statement = (
            sa.select(action_requests)
            .where(action_requests.c.item_id.in_(list(item_ids)))
            .order_by(action_requests.c.id)
        )
        return [_to_request(row) for row in await self._all(statement)]

    async def open(self, *, item_id: int | None = None) -> list[ActionRequest]:
        """Requests that nobody has decided, oldest first; those about one item if it is named."""
        statement = sa.select(action_requests).where(action_requests.c.state == RequestState.ASKED.value)
        if item_id is not None:
            statement = statement.where(action_requests.c.item_id == item_id)
        return [_to_request(row) for row in await self._all(statement.order_by(action_requests.c.id))]

    async def asked_by(self, person_id: int, *, limit: int = 5) -> list[ActionRequest]:
        """The latest requests of one person, newest first."""
        statement = sa.select(action_requests).where(action_requests.c.asked_by == person_id)
        return [
            _to_request(row) for row in await self._all(statement.order_by(action_requests.c.id.desc()).limit(limit))
        ]

    async def decided_since(self, moment: datetime) -> list[ActionRequest]:
        """Requests granted or refused since a moment."""
        statement = (
            sa.select(action_requests)
            .where(
                action_requests.c.state.in_([RequestState.GRANTED.value, RequestState.REFUSED.value]),
                action_requests.c.decided_at >= moment,
            )
            .order_by(action_requests.c.id)
        )
        return [_to_request(row) for row in await self._all(statement)]

    async def decide(
        self, request_id: int, state: RequestState, *, by: int | None, at: datetime, answer: str | None
    ) -> bool:
        """Decide a request that is still open. False when somebody else was first."""
        statement = (
            sa.update(action_requests)
            .where(action_requests.c.id == request_id, action_requests.c.state == RequestState.ASKED.value)
            .values(state=state.value, decided_by=by, decided_at=at, answer=answer)
        )
        return bool(await self._changed(statement))

    async def overtake(self, item_id: int, *, at: datetime) -> int:
        """Withdraw what is still asked about an item that was closed or given away. Returns how many."""
        statement = (
            sa.update(action_requests)
            .where(action_requests.c.item_id == item_id, action_requests.c.state == RequestState.ASKED.value)
            .values(state=RequestState.WITHDRAWN.value, decided_at=at)
        )
        return await self._changed(statement)
