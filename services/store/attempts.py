"""Every attempt to deliver a notice: who was told what, when, by which route, with what result."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from services.model import Attempt, NoticeState
from services.store.rows import Rows, chunks
from services.tables import attempts

SENDING = "sending"


@dataclass(frozen=True, slots=True)
class Finished:
    """How one attempt ended."""

    attempt_id: int
    outcome: str
    detail: str | None
    receipt: str | None


class AttemptRows(Rows):
    """Queries on attempts. One is written before the call, so that a crash is uncertain and never lost."""

    async def start(self, routes: Mapping[int, str], *, at: datetime) -> dict[int, int]:
        """Record, before the call, that sends may be under way: by which route for each notice.

        Returns the id of each notice's attempt.
        """
        if not routes:
            return {}
        rows = [
            {"notice_id": notice_id, "started_at": at, "route": route, "outcome": SENDING}
            for notice_id, route in routes.items()
        ]
        statement = sa.insert(attempts).values(rows).returning(attempts.c.notice_id, attempts.c.id)
        return {row.notice_id: row.id for row in await self._all(statement)}

    async def finish(self, ended: Sequence[Finished], *, at: datetime) -> None:
        """Record, after the calls, what came of each."""
        if not ended:
            return
        statement = (
            sa.update(attempts)
            .where(attempts.c.id == sa.bindparam("attempt"))
            .values(
                outcome=sa.bindparam("its_outcome"),
                ended_at=sa.bindparam("its_end"),
                detail=sa.bindparam("its_detail"),
                receipt=sa.bindparam("its_receipt"),
            )
        )
        values = [
            {
                "attempt": one.attempt_id,
                "its_outcome": one.outcome,
                "its_end": at,
                "its_detail": one.detail,
                "its_receipt": one.receipt,
            }
            for one in ended
        ]
        await self._connection.execute(statement, values)

    async def give_up(self, notice_ids: Collection[int], *, at: datetime, detail: str) -> set[int]:
        """End the attempts on these notices that nobody finished. Returns the notices that had one: maybe sent."""
        statement = (
            sa.update(attempts)
            .where(attempts.c.notice_id.in_(list(notice_ids)), attempts.c.outcome == SENDING)
            .values(outcome=NoticeState.UNCERTAIN.value, ended_at=at, detail=detail)
            .returning(attempts.c.notice_id)
        )
        return {row.notice_id for row in await self._all(statement)}

    async def of_all(self, notice_ids: Collection[int]) -> dict[int, list[Attempt]]:
        """Every attempt to deliver these notices, oldest first, by notice."""
        found: dict[int, list[Attempt]] = {}
        for some in chunks(sorted(notice_ids)):
            statement = sa.select(attempts).where(attempts.c.notice_id.in_(some)).order_by(attempts.c.id)
            for row in await self._all(statement):
                found.setdefault(row.notice_id, []).append(Attempt(**row._mapping))
        return found

    async def of(self, notice_id: int) -> list[Attempt]:
        """Every attempt to deliver one notice, oldest first."""
        statement = sa.select(attempts).where(attempts.c.notice_id == notice_id).order_by(attempts.c.id)
        return [Attempt(**row._mapping) for row in await self._all(statement)]
