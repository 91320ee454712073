"""Challenges: logged, moved from stage to stage, settled, and what came of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from services.model import Challenge, ChallengeOutcome, ChallengeState
from services.store.rows import Rows
from services.tables import challenge_stages, challenges

_CHALLENGE = tuple(column for column in challenges.c if column.name not in ("form", "created_at"))


def _to_challenge(row: Row[Any]) -> Challenge:
    outcome = ChallengeOutcome(row.outcome) if row.outcome else None
    return Challenge(**{**row._mapping, "state": ChallengeState(row.state), "outcome": outcome})


class ChallengeRows(Rows):
    """Queries on challenges."""

    async def add_once(self, raised_by_id: int, form: str, **values: Any) -> tuple[int, bool]:
        """Log a challenge unless this form was sent before. Returns its id, and whether it is new."""
        new = await self._insert_new(challenges, {"raised_by_id": raised_by_id, "form": form, **values})
        statement = sa.select(challenges.c.id).where(
            challenges.c.raised_by_id == raised_by_id, challenges.c.form == form
        )
        return await self._count(statement), new

    async def form_sent(self, raised_by_id: int, form: str) -> bool:
        """True once this form of theirs was sent."""
        mine = sa.and_(challenges.c.raised_by_id == raised_by_id, challenges.c.form == form)
        return await self._count(sa.select(sa.func.count()).select_from(challenges).where(mine)) > 0

    async def by_id(self, challenge_id: int) -> Challenge | None:
        """The challenge, open or not."""
        return next(iter((await self.by_ids([challenge_id])).values()), None)

    async def by_ids(self, ids: Collection[int]) -> dict[int, Challenge]:
        """The challenges with these ids, keyed by id."""
        rows = await self._all(sa.select(*_CHALLENGE).where(challenges.c.id.in_(list(ids))))
        return {row.id: _to_challenge(row) for row in rows}

    async def _where(self, *conditions: sa.ColumnElement[bool]) -> list[Challenge]:
        statement = (
            sa.select(*_CHALLENGE).where(*conditions).order_by(sa.nulls_last(challenges.c.limit_on), challenges.c.id)
        )
        return [_to_challenge(row) for row in await self._all(statement)]

    async def unfinished_of(self, person_id: int) -> list[Challenge]:
        """What a person raised and is still open or waits for its impact; the nearest limit first."""
        return await self._where(
            challenges.c.raised_by_id == person_id, challenges.c.state != ChallengeState.CLOSED.value
        )

    async def in_state(self, state: ChallengeState) -> list[Challenge]:
        """Every challenge in this state; the nearest limit first, those without one last."""
        return await self._where(challenges.c.state == state.value)

    async def open_with_limit_by(self, last: date) -> list[Challenge]:
        """Open challenges whose stage must be answered by `last`: those a ladder of reminders may speak of."""
        return await self._where(challenges.c.state == ChallengeState.OPEN.value, challenges.c.limit_on <= last)

    async def open_without_limit(self, last: date) -> list[Challenge]:
        """Open challenges at a stage that nobody has set a limit for, and that began by `last`."""
        return await self._where(
            challenges.c.state == ChallengeState.OPEN.value,
            challenges.c.limit_on.is_(None),
            challenges.c.stage_since <= last,
        )

    async def settled_by(self, last: date) -> list[Challenge]:
        """Settled challenges without an impact, settled on `last` or before."""
        return await self._where(challenges.c.state == ChallengeState.SETTLED.value, challenges.c.settled_on <= last)

    async def raised_between(self, first: date, until: date) -> list[Challenge]:
        """Challenges of a period, by the day of the disagreement: `first` is in it, `until` is not."""
        return await self._where(challenges.c.raised_on >= first, challenges.c.raised_on < until)

    async def late_stages_between(self, first: date, until: date) -> set[int]:
        """Ids of the challenges of a period in which an ended stage was answered after its limit."""
        statement = (
            sa.select(challenge_stages.c.challenge_id)
            .distinct()
            .join(challenges, challenges.c.id == challenge_stages.c.challenge_id)
            .where(challenges.c.raised_on >= first, challenges.c.raised_on < until)
            .where(challenge_stages.c.ended_on > challenge_stages.c.limit_on)
        )
        return {row.challenge_id for row in await self._all(statement)}

    async def change(self, before: Challenge, **values: Any) -> bool:
        """Change a challenge only if it still is in the state and stage that was looked at. False when it is not."""
        statement = (
            sa.update(challenges)
            .where(
                challenges.c.id == before.id,
                challenges.c.state == before.state.value,
                challenges.c.stage == before.stage,
            )
            .values(**values)
        )
        return bool(await self._changed(statement))

    async def end_stage(self, challenge: Challenge, ended_on: date) -> None:
        """Keep when the present stage ended, beside when it should have."""
        await self._insert_new(
            challenge_stages,
            {
                "challenge_id": challenge.id,
                "stage": challenge.stage,
                "since": challenge.stage_since,
                "limit_on": challenge.limit_on,
                "ended_on": ended_on,
            },
        )
