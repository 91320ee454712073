"""What a week came to: notices by how they ended, forms answered, items done, and what is late."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from services.model import ActionState, EvaluationKind, NoticeState
from services.store.rows import Rows
from services.tables import action_items, evaluations, notices


class WeekRows(Rows):
    """Queries on a period. The first moment is in it and the last is not."""

    async def notices(self, first: datetime, until: datetime) -> dict[tuple[str, NoticeState], int]:
        """How many notices of each kind ended in each state."""
        statement = (
            sa.select(notices.c.kind, notices.c.state, sa.func.count().label("how_many"))
            .where(notices.c.closed_at >= first, notices.c.closed_at < until)
            .group_by(notices.c.kind, notices.c.state)
        )
        return {(row.kind, NoticeState(row.state)): int(row.how_many) for row in await self._all(statement)}

    async def ended_because(self, reason: str, first: datetime, until: datetime) -> int:
        """How many notices ended for this reason."""
        return await self._count(
            sa.select(sa.func.count()).where(
                notices.c.reason == reason, notices.c.closed_at >= first, notices.c.closed_at < until
            )
        )

    async def answered(self, first: datetime, until: datetime) -> int:
        """How many evaluations were answered."""
        kinds = [kind.value for kind in EvaluationKind]
        return await self._count(
            sa.select(sa.func.count()).where(
                evaluations.c.kind.in_(kinds), evaluations.c.answered_at >= first, evaluations.c.answered_at < until
            )
        )

    async def done(self, first: datetime, until: datetime) -> int:
        """How many action items were marked as done."""
        return await self._count(
            sa.select(sa.func.count()).where(
                action_items.c.state.in_([ActionState.DONE.value, ActionState.CLOSED.value]),
                action_items.c.completed_at >= first,
                action_items.c.completed_at < until,
            )
        )

    async def items_overdue(self, today: date) -> int:
        """How many open items are past their date."""
        return await self._count(
            sa.select(sa.func.count()).where(
                action_items.c.state == ActionState.OPEN.value, action_items.c.due_on < today
            )
        )
