"""Stand-ins for people whose records were purged: the figures of an agency stay, and nobody is behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from services.store.rows import Rows, chunks
from services.tables import events, people

FORMER = "Former delegate"
"""The name of rows that stand for people whose records were purged. They have no e-mail and never log in."""

StandIns = dict[tuple[str | None, int], int]
"""Ids of stand-ins by agency and number, as far as they were looked up."""


class FormerRows(Rows):
    """Finds or adds the former delegates of an agency."""

    async def _how_many(self, rows: sa.Select[Any]) -> int:
        """How many rows a query would give."""
        return await self._count(sa.select(sa.func.count()).select_from(rows.subquery()))

    async def _former(self, agency_id: str | None, number: int, known: StandIns) -> int:
        """The id of the so-many-th former delegate of an agency, added when there are not so many yet."""
        if not any(agency == agency_id for agency, _ in known):
            same = people.c.agency_id == agency_id if agency_id is not None else people.c.agency_id.is_(None)
            statement = sa.select(people.c.id).where(people.c.name == FORMER, same).order_by(people.c.id)
            for at, row in enumerate(await self._all(statement)):
                known[agency_id, at] = row.id
        if (agency_id, number) not in known:
            known[agency_id, number] = await self._insert(people, name=FORMER, agency_id=agency_id, active=False)
        return known[agency_id, number]

    async def _unname_events(self, kind: str, ids: Sequence[int]) -> None:
        """That something was done, and when, stays; who did it and the particulars go with the record."""
        for some in chunks(ids):
            about = sa.and_(events.c.subject_kind == kind, events.c.subject_id.in_(some))
            await self._changed(sa.update(events).where(about).values(actor_id=None, detail={}))
