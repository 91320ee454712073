"""Many rows at once, for files: looked up, added and changed in a few statements whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from services.model import ActionItem, ActionState, Booking, EvaluationKind, Role, Session
from services.store.bookings import to_booking
from services.store.rows import Rows, Values, chunks
from services.store.sessions import to_session
from services.tables import action_items, bookings, evaluations, people, person_roles, sessions


class ImportRows(Rows):
    """Queries for files of thousands of rows."""

    async def person_ids(self, emails: Collection[str]) -> dict[str, int]:
        """Ids by lower-case e-mail, of those who are known."""
        lower = sa.func.lower(people.c.email)
        found: dict[str, int] = {}
        for some in chunks({email.lower() for email in emails}):
            rows = await self._all(sa.select(people.c.id, lower.label("email")).where(lower.in_(some)))
            found |= {row.email: row.id for row in rows}
        return found

    async def known_by_directory_id(self, object_ids: Collection[str]) -> dict[tuple[str, str], tuple[int, str]]:
        """Who has these ids of Microsoft Entra: id and e-mail, by tenant and object id."""
        columns = (people.c.id, people.c.email, people.c.tenant_id, people.c.aad_object_id)
        found: dict[tuple[str, str], tuple[int, str]] = {}
        for some in chunks(set(object_ids)):
            rows = await self._all(sa.select(*columns).where(people.c.aad_object_id.in_(some)))
            found |= {(row.tenant_id, row.aad_object_id): (row.id, row.email or "") for row in rows}
        return found

    async def add_people(self, rows: Sequence[Values]) -> list[int]:
        """Add people, in order. All rows have the same columns."""
        return await self._add(people, rows, "email")

    async def change_people(self, changes: Mapping[int, Values]) -> None:
        """Change columns of people, by id."""
        await self._change(people, changes)

    async def set_roles(self, roles: Mapping[int, Collection[Role]]) -> None:
        """Replace the roles of these people. Practitioner goes without saying and is not stored."""
        for some in chunks(roles):
            await self._changed(sa.delete(person_roles).where(person_roles.c.person_id.in_(some)))
        rows = [
            {"person_id": person_id, "role": role.value}
            for person_id, held in roles.items()
            for role in sorted(set(held) - {Role.PRACTITIONER})
        ]
        if rows:
            await self._connection.execute(sa.insert(person_roles), rows)

    async def sessions_by_ref(self, refs: Collection[str] | None = None) -> dict[str, Session]:
        """Sessions by office reference, as it was asked for; all of them when none are named."""
        if refs is None:
            return {row.ref: to_session(row) for row in await self._all(sa.select(sessions))}
        return {ref: to_session(row) for ref, row in (await self._by_ref(sessions, refs)).items()}

    async def lock_sessions(self, ids: Collection[int]) -> None:
        """Hold sessions until the end of the transaction, always in the same order: a sweep may hold some too."""
        for session_id in sorted(ids):
            await self._changed(sa.update(sessions).where(sessions.c.id == session_id).values(taken=sessions.c.taken))

    async def add_sessions(self, rows: Sequence[Values]) -> list[int]:
        """Add sessions, in order. All rows have the same columns."""
        return await self._add(sessions, rows, "ref")

    async def change_sessions(self, changes: Mapping[int, Values]) -> None:
        """Change columns of sessions, by id."""
        await self._change(sessions, changes)

    async def count_more_taken(self, places: Mapping[int, int]) -> None:
        """Add to the places taken of sessions that are locked. The caller has seen that they fit."""
        rows = [{"row_id": session_id, "more": more} for session_id, more in places.items() if more]
        if rows:
            statement = sa.update(sessions).where(sessions.c.id == sa.bindparam("row_id"))
            await self._connection.execute(statement.values(taken=sessions.c.taken + sa.bindparam("more")), rows)

    async def last_queue_nos(self, ids: Collection[int]) -> dict[int, int]:
        """The last number given out on each waiting list."""
        found: dict[int, int] = {}
        for some in chunks(ids):
            rows = await self._all(sa.select(sessions.c.id, sessions.c.last_queue_no).where(sessions.c.id.in_(some)))
            found |= {row.id: row.last_queue_no for row in rows}
        return found

    async def bookings_on(self, session_ids: Collection[int]) -> dict[tuple[int, int], Booking]:
        """Every booking of these sessions, by session and person."""
        found: dict[tuple[int, int], Booking] = {}
        for some in chunks(session_ids):
            rows = await self._all(sa.select(bookings).where(bookings.c.session_id.in_(some)))
            found |= {(row.session_id, row.person_id): to_booking(row) for row in rows}
        return found

    async def add_bookings(self, rows: Sequence[Values]) -> list[int]:
        """Add bookings, in order. All rows have the same columns."""
        return await self._add(bookings, rows, "session_id", "person_id")

    async def change_bookings(self, changes: Mapping[int, Values]) -> None:
        """Change columns of bookings, by id."""
        await self._change(bookings, changes)

    async def redate_evaluations(self, session_id: int, days: Mapping[EvaluationKind, date]) -> None:
        """Let what delegates of a session have still to answer fall due on these days."""
        of_session = sa.select(bookings.c.id).where(bookings.c.session_id == session_id)
        for kind, day in days.items():
            unanswered = sa.update(evaluations).where(
                evaluations.c.booking_id.in_(of_session),
                evaluations.c.kind == kind.value,
                evaluations.c.answered_at.is_(None),
            )
            await self._changed(unanswered.values(due_on=day))

    async def actions_by_ref(self, refs: Collection[str]) -> dict[str, ActionItem]:
        """Action items by reference, as it was asked for."""
        found = await self._by_ref(action_items, refs)
        return {ref: ActionItem(**{**row._mapping, "state": ActionState(row.state)}) for ref, row in found.items()}

    async def _by_ref(self, table: sa.Table, refs: Collection[str]) -> dict[str, Row[Any]]:
        """Rows by the references asked for, whatever the case of their letters: people type a-1 for A-1.

        Of twins, from before this was so, the one written as it was asked for, and else the first.
        """
        rows: dict[str, list[Row[Any]]] = defaultdict(list)
        upper = sa.func.upper(table.c.ref)
        for some in chunks(set(refs)):
            # SQLite knows no capitals of letters beyond A to Z, so those are found as they are written.
            same = sa.or_(upper.in_({ref.upper() for ref in some}), table.c.ref.in_(some))
            for row in await self._all(sa.select(table).where(same).order_by(table.c.id)):
                rows[row.ref.upper()].append(row)
        twins = {ref: rows[ref.upper()] for ref in refs if ref.upper() in rows}
        return {ref: next((one for one in same if one.ref == ref), same[0]) for ref, same in twins.items()}

    async def add_actions(self, rows: Sequence[Values]) -> list[int]:
        """Add action items, in order. All rows have the same columns."""
        return await self._add(action_items, rows, "ref")

    async def change_actions(self, changes: Mapping[int, Values]) -> None:
        """Change columns of action items, by id."""
        await self._change(action_items, changes)

    async def _add(self, table: sa.Table, rows: Sequence[Values], *key: str) -> list[int]:
        """Insert and give the ids in order. The rows come back in any order, so each is known by its key."""
        if not rows:
            return []
        statement = sa.insert(table).returning(table.c.id, *(table.c[name] for name in key))
        added = (await self._connection.execute(statement, list(rows))).all()
        ids = {tuple(row[1:]): row.id for row in added}
        return [ids[tuple(row[name] for name in key)] for row in rows]

    async def _change(self, table: sa.Table, changes: Mapping[int, Values]) -> None:
        """One statement for each set of columns, run for all rows that change exactly those."""
        alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for row_id, values in changes.items():
            if values:
                new = {f"new_{name}": value for name, value in values.items()}
                alike[tuple(sorted(values))].append({"row_id": row_id, **new})
        for names, rows in alike.items():
            statement = sa.update(table).where(table.c.id == sa.bindparam("row_id"))
            values = {name: sa.bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
            await self._connection.execute(statement.values(values), rows)
