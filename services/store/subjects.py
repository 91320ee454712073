"""Everything that is held about one person, found by the shape of the tables, so that a new table is not forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from services.model import Person
from services.store.rows import Rows
from services.tables import (
    action_requests,
    bookings,
    certificates,
    challenges,
    charges,
    conversations,
    evaluations,
    events,
    heard,
    metadata,
    notices,
    people,
    tickets,
)

Found = dict[str, list[Mapping[str, Any]]]

_HANDLED = frozenset({bookings.c.booked_by_id, charges.c.settled_by_id, action_requests.c.decided_by})
"""Who dealt with somebody else's record. The record is the other's; that they dealt with it stands in the events."""

_ABOUT_ONE = {
    "booking": bookings,
    "certificate": certificates,
    "challenge": challenges,
    "charge": charges,
    "evaluation": evaluations,
    "notice": notices,
    "person": people,
    "question": tickets,
}
"""Records that are about one person alone, by the name that events give them. What hangs on one is about them, too."""


class SubjectRows(Rows):
    """One query for each table that refers to people, or to a record about one of them."""

    async def everything(self, person: Person) -> Found:
        """Rows by table: their own entry, every row that names them in any part, and what hangs on those.

        What they did with somebody else's record is told by the event alone: the other's words are not theirs to have.
        """
        found: Found = {}
        for table in metadata.sorted_tables:
            about = _about(table, person.id)
            if about is not None:
                found[table.name] = await self._rows(table, about)
        found[events.name] = await self._deeds(person.id)
        if person.aad_object_id:
            same = sa.and_(
                conversations.c.tenant_id == person.tenant_id, conversations.c.aad_object_id == person.aad_object_id
            )
            found[conversations.name] = await self._rows(conversations, same)
            chats = [row["conversation_id"] for row in found[conversations.name]]
            found[heard.name] = await self._rows(heard, heard.c.conversation_id.in_(chats))
        return {name: rows for name, rows in found.items() if rows}

    async def _deeds(self, person_id: int) -> list[Mapping[str, Any]]:
        """What was done about them and by them; of what they did about somebody else, not the particulars."""
        about_them, about_one = _events_about(person_id), events.c.subject_kind.in_(_ABOUT_ONE)
        theirs = await self._rows(
            events, sa.or_(about_them, sa.and_(events.c.actor_id == person_id, sa.not_(about_one)))
        )
        others = await self._rows(events, sa.and_(events.c.actor_id == person_id, about_one, sa.not_(about_them)))
        return sorted([*theirs, *({**row, "detail": {}} for row in others)], key=lambda row: int(row["id"]))

    async def _rows(self, table: sa.Table, condition: sa.ColumnElement[bool]) -> list[Mapping[str, Any]]:
        order: Sequence[sa.Column[Any]] = list(table.primary_key.columns)
        rows = await self._all(sa.select(table).where(condition).order_by(*order))
        return [dict(row._mapping) for row in rows]


def _about(table: sa.Table, person_id: int) -> sa.ColumnElement[bool] | None:
    """What makes a row of this table theirs; `None` for a table that is about nobody."""
    if table is people:
        return people.c.id == person_id
    conditions: list[sa.ColumnElement[bool]] = []
    for column in table.columns:
        for key in column.foreign_keys:
            parent = key.column.table
            if parent is people and column not in _HANDLED:
                conditions.append(column == person_id)
            elif parent is not people and parent in _ABOUT_ONE.values():
                conditions.append(column.in_(_ids(parent, person_id)))
    return sa.or_(*conditions) if conditions else None


def _ids(table: sa.Table, person_id: int) -> sa.Select[tuple[int]]:
    about = _about(table, person_id)
    assert about is not None
    return sa.select(table.c.id).where(about)


def _events_about(person_id: int) -> sa.ColumnElement[bool]:
    return sa.or_(
        *(
            sa.and_(events.c.subject_kind == kind, events.c.subject_id.in_(_ids(table, person_id)))
            for kind, table in _ABOUT_ONE.items()
        )
    )
