"""Action items of the partnership's plans."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from services.model import ActionItem, ActionState
from services.store.rows import Rows
from services.tables import action_items

_ITEM = tuple(column for column in action_items.c if column.name != "kind")


def _to_item(row: Row[Any]) -> ActionItem:
    return ActionItem(**{**row._mapping, "state": ActionState(row.state)})


class ActionRows(Rows):
    """Queries on action items."""

    async def by_id(self, item_id: int) -> ActionItem | None:
        """The item, open or not."""
        row = await self._one(sa.select(*_ITEM).where(action_items.c.id == item_id))
        return _to_item(row) if row else None

    async def by_ids(self, ids: Collection[int]) -> dict[int, ActionItem]:
        """The items with these ids, keyed by id."""
        rows = await self._all(sa.select(*_ITEM).where(action_items.c.id.in_(list(ids))))
        return {row.id: _to_item(row) for row in rows}

    async def by_ref(self, ref: str) -> ActionItem | None:
        """The item with this reference of the plan, for example BO-01."""
        row = await self._one(sa.select(*_ITEM).where(action_items.c.ref == ref))
        return _to_item(row) if row else None

    async def _open(self, *conditions: sa.ColumnElement[bool], limit: int | None = None) -> list[ActionItem]:
        statement = (
            sa.select(*_ITEM)
            .where(action_items.c.state == ActionState.OPEN.value, *conditions)
            .order_by(sa.nulls_last(action_items.c.due_on), action_items.c.id)
        )
        if limit is not None:
            statement = statement.limit(limit)
        return [_to_item(row) for row in await self._all(statement)]

    async def open_of(self, owner_id: int) -> list[ActionItem]:
        """What a person still owes, soonest first, undated last."""
        return await self._open(action_items.c.owner_id == owner_id)

    async def overdue(self, today: date, *, limit: int | None = None) -> list[ActionItem]:
        """Open items whose due date has passed, longest overdue first."""
        return await self._open(action_items.c.due_on < today, limit=limit)

    async def owned_and_due_by(self, last: date) -> list[ActionItem]:
        """Open items that have an owner and fall due by `last`: those a ladder of reminders may speak of."""
        return await self._open(action_items.c.owner_id.is_not(None), action_items.c.due_on <= last)

    async def without_owner_or_date(self, *, limit: int | None = None) -> list[ActionItem]:
        """Open items that cannot be chased yet, because nobody owns them or no date was set."""
        missing = sa.or_(action_items.c.owner_id.is_(None), action_items.c.due_on.is_(None))
        return await self._open(missing, limit=limit)

    async def count_without_owner_or_date(self) -> int:
        """How many open items cannot be chased yet."""
        return await self._count(
            sa.select(sa.func.count()).where(
                action_items.c.state == ActionState.OPEN.value,
                sa.or_(action_items.c.owner_id.is_(None), action_items.c.due_on.is_(None)),
            )
        )

    async def add(self, **values: Any) -> int:
        """Add an item and return the id. `values` are columns of the action_items table."""
        return await self._insert(action_items, **values)

    async def change_open(self, item_id: int, **values: Any) -> bool:
        """Change an item only while it is open. False when it was closed meanwhile."""
        statement = (
            sa.update(action_items)
            .where(action_items.c.id == item_id, action_items.c.state == ActionState.OPEN.value)
            .values(**values)
        )
        return bool(await self._changed(statement))
