"""Evaluations: owed for an attended booking, answered once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from config.ladders import LadderKind
from services.model import Evaluation, EvaluationKind
from services.store.orphans import orphaned
from services.store.rows import Rows, Values, chunks
from services.tables import bookings, evaluations, people

_ASKED_BY = tuple(
    kind.value for kind in (LadderKind.COURSE_EVALUATION, LadderKind.IMPACT_EVALUATION, LadderKind.MANAGER_COMMENT)
)
"""Kinds of notice that are about an evaluation."""


def _to_evaluation(row: Row[Any]) -> Evaluation:
    return Evaluation(
        **{**row._mapping, "kind": EvaluationKind(row.kind), "answers": row.answers or {}},
    )


class EvaluationRows(Rows):
    """Queries on evaluations."""

    async def by_id(self, evaluation_id: int) -> Evaluation | None:
        """The evaluation, answered or not."""
        row = await self._one(sa.select(evaluations).where(evaluations.c.id == evaluation_id))
        return _to_evaluation(row) if row else None

    async def by_ids(self, ids: Collection[int]) -> dict[int, Evaluation]:
        """The evaluations with these ids, keyed by id."""
        rows = await self._all(sa.select(evaluations).where(evaluations.c.id.in_(list(ids))))
        return {row.id: _to_evaluation(row) for row in rows}

    async def of_bookings(self, booking_ids: Collection[int]) -> dict[int, list[Evaluation]]:
        """Every evaluation of these bookings, by booking."""
        found: dict[int, list[Evaluation]] = {}
        rows = await self._all(sa.select(evaluations).where(evaluations.c.booking_id.in_(list(booking_ids))))
        for row in rows:
            found.setdefault(row.booking_id, []).append(_to_evaluation(row))
        return found

    async def owe(self, booking_id: int, person_id: int, kind: EvaluationKind, due_on: date) -> None:
        """Record that an evaluation is owed. Attendance marked twice owes it once."""
        await self._insert_new(
            evaluations,
            {"booking_id": booking_id, "person_id": person_id, "kind": kind.value, "due_on": due_on},
        )

    async def owe_all(self, rows: Sequence[Values]) -> None:
        """As `owe`, for the attendance of many."""
        for some in chunks(rows):
            await self._insert_missing(evaluations, some)

    async def open_of(self, person_id: int, until: date) -> list[Evaluation]:
        """What a person still owes and may already answer, oldest first."""
        statement = (
            sa.select(evaluations)
            .where(
                evaluations.c.person_id == person_id,
                evaluations.c.answered_at.is_(None),
                evaluations.c.due_on <= until,
            )
            .order_by(evaluations.c.due_on, evaluations.c.id)
        )
        return [_to_evaluation(row) for row in await self._all(statement)]

    async def last_answered_of(self, person_id: int) -> Evaluation | None:
        """What a person answered last."""
        statement = sa.select(evaluations).where(
            evaluations.c.person_id == person_id, evaluations.c.answered_at.is_not(None)
        )
        row = await self._one(statement.order_by(evaluations.c.answered_at.desc(), evaluations.c.id.desc()).limit(1))
        return _to_evaluation(row) if row else None

    async def unanswered(self, kind: EvaluationKind, first: date, last: date) -> list[Evaluation]:
        """Unanswered evaluations that fell due from `first` to `last`: the window in which they are chased."""
        statement = (
            sa.select(evaluations)
            .where(
                evaluations.c.kind == kind.value,
                evaluations.c.answered_at.is_(None),
                evaluations.c.due_on.between(first, last),
            )
            .order_by(evaluations.c.due_on, evaluations.c.id)
        )
        return [_to_evaluation(row) for row in await self._all(statement)]

    async def answer(self, evaluation_id: int, answers: Mapping[str, str], at: datetime) -> bool:
        """Keep the answers if there are none yet. False when it was answered before."""
        statement = (
            sa.update(evaluations)
            .where(evaluations.c.id == evaluation_id, evaluations.c.answered_at.is_(None))
            .values(answers=dict(answers), answered_at=at)
        )
        return bool(await self._changed(statement))

    async def snooze(self, evaluation_id: int, until: date) -> bool:
        """Leave the person in peace until a day. False when it is answered, or snoozed until then already."""
        statement = (
            sa.update(evaluations)
            .where(
                evaluations.c.id == evaluation_id,
                evaluations.c.answered_at.is_(None),
                evaluations.c.snoozed_until.is_distinct_from(until),
            )
            .values(snoozed_until=until)
        )
        return bool(await self._changed(statement))

    async def drop_unanswered(self, booking_ids: Collection[int]) -> None:
        """Owe these bookings nothing any more: it turned out that they did not attend. Answers given are kept."""
        for some in chunks(booking_ids):
            unanswered = evaluations.c.booking_id.in_(some), evaluations.c.answered_at.is_(None)
            await self._changed(orphaned(_ASKED_BY, sa.select(evaluations.c.id).where(*unanswered)))
            await self._changed(sa.delete(evaluations).where(*unanswered))

    async def follow_line_managers(self) -> int:
        """Hand open comments to whoever manages the delegate now. Returns how many changed hands."""
        now_theirs = (
            sa.select(people.c.line_manager_id)
            .join(bookings, bookings.c.person_id == people.c.id)
            .where(bookings.c.id == evaluations.c.booking_id)
            .scalar_subquery()
        )
        statement = (
            sa.update(evaluations)
            .where(
                evaluations.c.kind == EvaluationKind.MANAGER.value,
                evaluations.c.answered_at.is_(None),
                now_theirs.is_not(None),
                evaluations.c.person_id != now_theirs,
            )
            .values(person_id=now_theirs)
        )
        return await self._changed(statement)
