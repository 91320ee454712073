"""Everything that is held about one person, found by the shape of the tables, so that a new table is not forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from services.model import Person
from services.store.rows import Rows
from services.tables import attempts, conversations, events, heard, metadata, notices, people

Found = dict[str, list[Mapping[str, Any]]]


class SubjectRows(Rows):
    """One query for each table that refers to people."""

    async def everything(self, person: Person) -> Found:
        """Rows by table: their own entry, and every row that names them in any part."""
        found: Found = {people.name: await self._rows(people, people.c.id == person.id)}
        for table in metadata.sorted_tables:
            columns = _naming_people(table)
            if table is not people and columns:
                found[table.name] = await self._rows(table, sa.or_(*(column == person.id for column in columns)))
        theirs = sa.select(notices.c.id).where(notices.c.person_id == person.id)
        found[attempts.name] = await self._rows(attempts, attempts.c.notice_id.in_(theirs))
        about = sa.and_(events.c.subject_kind == "person", events.c.subject_id == person.id)
        found[events.name] += [row for row in await self._rows(events, about) if row not in found[events.name]]
        if person.aad_object_id:
            same = sa.and_(
                conversations.c.tenant_id == person.tenant_id, conversations.c.aad_object_id == person.aad_object_id
            )
            found[conversations.name] = await self._rows(conversations, same)
            chats = [row["conversation_id"] for row in found[conversations.name]]
            found[heard.name] = await self._rows(heard, heard.c.conversation_id.in_(chats))
        return {name: rows for name, rows in found.items() if rows}

    async def _rows(self, table: sa.Table, condition: sa.ColumnElement[bool]) -> list[Mapping[str, Any]]:
        order: Sequence[sa.Column[Any]] = list(table.primary_key.columns)
        rows = await self._all(sa.select(table).where(condition).order_by(*order))
        return [dict(row._mapping) for row in rows]


def _naming_people(table: sa.Table) -> list[sa.Column[Any]]:
    return [column for column in table.columns if any(key.column.table is people for key in column.foreign_keys)]
