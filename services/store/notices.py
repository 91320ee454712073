"""The ledger's rows: what is owed to whom, and how it stands. Sending is in `services.store.claims`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from services.model import MAY_HAVE_BEEN_READ, Notice, NoticeState, Owed
from services.store.rows import Rows, chunks
from services.tables import notices

NOTICE = (
    notices.c.id,
    notices.c.kind,
    notices.c.subject_id,
    notices.c.step,
    notices.c.person_id,
    notices.c.state,
    notices.c.urgent,
    notices.c.due_at,
    notices.c.attempts,
    notices.c.digest_on,
    notices.c.reason,
)
TO_SEND = (NoticeState.DUE.value, NoticeState.RETRY.value)
"""States of what nobody is sending at the moment, and somebody is to."""
MAYBE_READ = tuple(state.value for state in sorted(MAY_HAVE_BEEN_READ))
"""States of what may have been read."""
_KEY = (notices.c.kind, notices.c.subject_id, notices.c.step, notices.c.person_id)
Key = tuple[str, int, str, int]


def to_notice(row: Row[Any]) -> Notice:
    """A row of `notices` as a value."""
    return Notice(**{**row._mapping, "state": NoticeState(row.state)})


def _key(owed: Owed) -> Key:
    return owed.kind, owed.subject_id, owed.step, owed.person_id


def _row(owed: Owed, now: datetime) -> dict[str, Any]:
    return {
        "kind": owed.kind,
        "subject_id": owed.subject_id,
        "step": owed.step,
        "person_id": owed.person_id,
        "state": owed.state.value,
        "urgent": owed.urgent,
        "due_at": owed.due_at,
        "not_before": owed.due_at,
        "reason": owed.reason,
        "created_at": now,
        "closed_at": None if owed.state is NoticeState.DUE else now,
    }


class NoticeRows(Rows):
    """Queries on notices."""

    async def owe(self, owed: Owed, now: datetime) -> bool:
        """Write a notice unless it is in the ledger already. True if it was new."""
        return await self.owe_all([owed], now) == 1

    async def owe_all(self, owed: Sequence[Owed], now: datetime) -> int:
        """Write those that are not in the ledger yet. The unique key decides, whoever else is writing."""
        # Nearly all are there already each time but the first, and looking is many times cheaper than trying to write.
        known = await self.known(owed) if len(owed) > 1 else set()
        # In one order, so that two planners that write the same rows wait for each other and never in a circle.
        rows = [_row(one, now) for one in sorted(owed, key=_key) if _key(one) not in known]
        new = [await self._insert_missing(notices, some) for some in chunks(rows)]
        return sum(new)

    async def known(self, owed: Sequence[Owed]) -> set[Key]:
        """The keys of the notices there are about the same things."""
        found: set[Key] = set()
        for kind in {one.kind for one in owed}:
            for subjects in chunks(sorted({one.subject_id for one in owed if one.kind == kind})):
                about = sa.select(*_KEY).where(notices.c.kind == kind, notices.c.subject_id.in_(subjects))
                found.update((row.kind, row.subject_id, row.step, row.person_id) for row in await self._all(about))
        return found

    async def waiting(self) -> list[tuple[Notice, datetime]]:
        """Everything still to be sent, and the moment before which it is not."""
        statement = sa.select(*NOTICE, notices.c.not_before).where(notices.c.state.in_(TO_SEND)).order_by(notices.c.id)
        found = []
        for row in await self._all(statement):
            values = {column.name: getattr(row, column.name) for column in NOTICE}
            found.append((Notice(**{**values, "state": NoticeState(row.state)}), row.not_before))
        return found

    async def unblock(self, person_id: int, now: datetime) -> int:
        """A person can be reached again: what was blocked becomes due, with all its attempts. Returns how many."""
        statement = (
            sa.update(notices)
            .where(notices.c.person_id == person_id, notices.c.state == NoticeState.BLOCKED.value)
            .values(state=NoticeState.DUE.value, not_before=now, closed_at=None, reason=None, attempts=0)
        )
        return await self._changed(statement)

    async def about(self, kind: str, subject_ids: Collection[int]) -> list[Notice]:
        """Every notice of one kind about these subjects, in the order in which they fell due."""
        found: list[Notice] = []
        for some in chunks(sorted(subject_ids)):
            statement = sa.select(*NOTICE).where(notices.c.kind == kind, notices.c.subject_id.in_(some))
            found += [to_notice(row) for row in await self._all(statement.order_by(notices.c.due_at, notices.c.id))]
        return found

    async def sent_since(self, person_id: int, kinds: Collection[str], moment: datetime) -> bool:
        """True if a notice of one of these kinds went out to this person after a moment, or perhaps did."""
        statement = (
            sa.select(notices.c.id)
            .where(
                notices.c.person_id == person_id,
                notices.c.state.in_(MAYBE_READ),
                notices.c.kind.in_(sorted(kinds)),
                notices.c.closed_at > moment,
            )
            .limit(1)
        )
        return await self._one(statement) is not None

    async def counts(self) -> dict[str, int]:
        """How many notices are in each state."""
        statement = sa.select(notices.c.state, sa.func.count().label("how_many")).group_by(notices.c.state)
        return {row.state: int(row.how_many) for row in await self._all(statement)}

    async def in_states(self, states: Collection[NoticeState], *, limit: int = 50) -> list[Notice]:
        """Notices in these states, newest first: the lists a manager looks at."""
        statement = (
            sa.select(*NOTICE)
            .where(notices.c.state.in_([state.value for state in states]))
            .order_by(notices.c.due_at.desc(), notices.c.id)
            .limit(limit)
        )
        return [to_notice(row) for row in await self._all(statement)]
