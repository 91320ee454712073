"""Action items of the partnership's plans."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from services.model import ActionItem, ActionsGrouped, ActionState, ActionsWanted
from services.store.rows import Rows
from services.tables import action_items, people

_FORMAL_FIRST = sa.case({"R": 0, "A": 1, "D": 2}, value=action_items.c.kind, else_=3)
OWNER_HERE = sa.exists().where(people.c.id == action_items.c.owner_id, people.c.active)
ASKS_NOBODY = sa.and_(
    action_items.c.kind.in_(["L", "D"]), action_items.c.owner_id.is_(None), action_items.c.due_on.is_(None)
)
"""Published lines that only tell what was learnt or is running, until somebody gives them an owner or a date."""
_NOT_CHASED = sa.and_(sa.or_(sa.not_(OWNER_HERE), action_items.c.due_on.is_(None)), sa.not_(ASKS_NOBODY))
"""Nobody owns it, its owner has left, or no date was set."""

_OWING = sa.func.coalesce(
    sa.select(people.c.agency_id).where(people.c.id == action_items.c.owner_id).scalar_subquery(),
    action_items.c.lead_agency,
)
"""The agency whose people owe it: a plan's lead agency may have given it to somebody of another one."""


def _to_item(row: Row[Any]) -> ActionItem:
    return ActionItem(**{**row._mapping, "state": ActionState(row.state)})


def _conditions(wanted: ActionsWanted) -> list[sa.ColumnElement[bool]]:
    columns = action_items.c
    found: list[sa.ColumnElement[bool]] = [columns.state == ActionState.OPEN.value]
    if wanted.due_before is not None:
        found.append(columns.due_on < wanted.due_before)
    if wanted.due_from is not None:
        found.append(columns.due_on >= wanted.due_from)
    named: tuple[tuple[sa.ColumnElement[Any], str | int | None], ...] = (
        (columns.plan_id, wanted.plan_id),
        (columns.lead_agency, wanted.agency),
        (_OWING, wanted.owing_agency),
        (columns.owner_id, wanted.owner_id),
    )
    for column, value in named:
        if value is not None:
            found.append(column == value if value else column.is_(None))
    return [*found, _NOT_CHASED] if wanted.not_chased else found


class ActionRows(Rows):
    """Queries on action items."""

    async def by_id(self, item_id: int) -> ActionItem | None:
        """The item, open or not."""
        row = await self._one(sa.select(action_items).where(action_items.c.id == item_id))
        return _to_item(row) if row else None

    async def by_ids(self, ids: Collection[int]) -> dict[int, ActionItem]:
        """The items with these ids, keyed by id."""
        rows = await self._all(sa.select(action_items).where(action_items.c.id.in_(list(ids))))
        return {row.id: _to_item(row) for row in rows}

    async def by_ref(self, ref: str) -> ActionItem | None:
        """The item with this reference of the plan, for example BO-01, whatever its letter case."""
        same = sa.func.upper(action_items.c.ref) == ref.upper()
        rows = await self._all(sa.select(action_items).where(same).order_by(action_items.c.id).limit(1))
        return _to_item(rows[0]) if rows else None

    async def with_refs(self, refs: Collection[str]) -> list[ActionItem]:
        """The items with one of these references, whatever its letter case."""
        same = sa.func.upper(action_items.c.ref).in_([one.upper() for one in refs])
        return [_to_item(row) for row in await self._all(sa.select(action_items).where(same))]

    async def refs(self) -> set[str]:
        """Every reference that is taken."""
        return {row.ref for row in await self._all(sa.select(action_items.c.ref))}

    async def of_plan(self, plan_id: str | None) -> list[ActionItem]:
        """Every item of a plan, open or not, in the order in which they came; of all plans for `None`.

        A plan that came from a file goes by what the file calls it, in whichever letters people type that.
        """
        statement = sa.select(action_items).order_by(action_items.c.id)
        if plan_id is not None:
            statement = statement.where(sa.func.lower(action_items.c.plan_id) == plan_id.lower())
        return [_to_item(row) for row in await self._all(statement)]

    async def _open(self, *conditions: sa.ColumnElement[bool], limit: int | None = None) -> list[ActionItem]:
        statement = (
            sa.select(action_items)
            .where(action_items.c.state == ActionState.OPEN.value, *conditions)
            .order_by(sa.nulls_last(action_items.c.due_on), action_items.c.id)
        )
        if limit is not None:
            statement = statement.limit(limit)
        return [_to_item(row) for row in await self._all(statement)]

    async def open_of(self, owner_id: int) -> list[ActionItem]:
        """What a person still owes, soonest first, undated last."""
        return await self._open(action_items.c.owner_id == owner_id)

    async def owned_and_due_by(self, last: date) -> list[ActionItem]:
        """Open items that have an owner and fall due by `last`: those a ladder of reminders may speak of."""
        return await self._open(action_items.c.owner_id.is_not(None), action_items.c.due_on <= last)

    async def owned_by_post(self) -> list[ActionItem]:
        """Open items that belong to a post."""
        return await self._open(action_items.c.owner_role.is_not(None))

    async def without_owner_or_date(self, *, limit: int | None = None, offset: int = 0) -> list[ActionItem]:
        """Open items that cannot be chased yet: no owner, one who has left, or no date. Formal ones first."""
        statement = (
            sa.select(action_items)
            .where(action_items.c.state == ActionState.OPEN.value, _NOT_CHASED)
            .order_by(_FORMAL_FIRST, action_items.c.id)
            .offset(offset)
        )
        if limit is not None:
            statement = statement.limit(limit)
        return [_to_item(row) for row in await self._all(statement)]

    async def count_without_owner_or_date(self) -> int:
        """How many open items cannot be chased yet."""
        return await self.count(ActionsWanted(not_chased=True))

    async def listed(self, wanted: ActionsWanted, *, limit: int, offset: int = 0) -> list[ActionItem]:
        """One page of open items, soonest due first."""
        statement = (
            sa.select(action_items)
            .where(*_conditions(wanted))
            .order_by(sa.nulls_last(action_items.c.due_on), _FORMAL_FIRST, action_items.c.id)
            .limit(limit)
            .offset(offset)
        )
        return [_to_item(row) for row in await self._all(statement)]

    async def count(self, wanted: ActionsWanted) -> int:
        """How many open items are wanted."""
        return await self._count(sa.select(sa.func.count()).select_from(action_items).where(*_conditions(wanted)))

    async def grouped(self, by: str, today: date) -> Sequence[ActionsGrouped]:
        """Open items counted by a column (plan_id, lead_agency, owner_id), most overdue first, then most open."""
        column = action_items.c[by]
        late = sa.func.coalesce(sa.func.sum(sa.case((action_items.c.due_on < today, 1), else_=0)), 0)
        statement = (
            sa.select(column.label("key"), sa.func.count().label("open"), late.label("overdue"))
            .where(action_items.c.state == ActionState.OPEN.value)
            .group_by(column)
            .order_by(late.desc(), sa.func.count().desc(), column)
        )
        return [ActionsGrouped(row.key, int(row.open), int(row.overdue)) for row in await self._all(statement)]

    async def to_re_audit_by(self, last: date) -> list[ActionItem]:
        """Finished items whose re-audit is due by `last` and has not been reported."""
        statement = (
            sa.select(action_items)
            .where(
                action_items.c.state == ActionState.DONE.value,
                action_items.c.re_audit_on <= last,
                action_items.c.tested_on.is_(None),
            )
            .order_by(action_items.c.re_audit_on, action_items.c.id)
        )
        return [_to_item(row) for row in await self._all(statement)]

    async def add(self, **values: Any) -> int:
        """Add an item and return the id. `values` are columns of the action_items table."""
        return await self._insert(action_items, **values)

    async def change_open(self, item_id: int, **values: Any) -> bool:
        """Change an item only while it is open. False when it was closed meanwhile."""
        return await self.change_in(item_id, ActionState.OPEN, **values)

    async def change_in(self, item_id: int, only_in: ActionState, /, **values: Any) -> bool:
        """Change an item only while it is in a state. False when it is not any more; nothing to change is fine."""
        statement = (
            sa.update(action_items)
            .where(action_items.c.id == item_id, action_items.c.state == only_in.value)
            .values(**(values or {"state": only_in.value}))
        )
        return bool(await self._changed(statement))

    async def change_re_audit(self, seen: ActionItem, /, **values: Any) -> bool:
        """Change an item only while its state and its re-audit are still those seen: one press, one re-audit."""
        columns = action_items.c
        statement = (
            sa.update(action_items)
            .where(
                columns.id == seen.id,
                columns.state == seen.state.value,
                columns.re_audit_on.is_not_distinct_from(seen.re_audit_on),
                columns.tested_on.is_not_distinct_from(seen.tested_on),
            )
            .values(**values)
        )
        return bool(await self._changed(statement))

    async def change_due(self, item_id: int, due_before: date | None, /, **values: Any) -> bool:
        """Change an open item only while its due date is still the one seen: one press, one occurrence."""
        same = action_items.c.due_on == due_before if due_before else action_items.c.due_on.is_(None)
        statement = (
            sa.update(action_items)
            .where(action_items.c.id == item_id, action_items.c.state == ActionState.OPEN.value, same)
            .values(**values)
        )
        return bool(await self._changed(statement))
