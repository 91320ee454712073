"""How delivery stands: when it last ran, what waits, what somebody must look at."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from services.model import NoticeState
from services.store.doubts import UNSEEN
from services.store.notices import TO_SEND
from services.store.rows import Rows
from services.tables import heartbeats, notices

_SHOWN = (
    NoticeState.DUE,
    NoticeState.CLAIMED,
    NoticeState.RETRY,
    NoticeState.UNCERTAIN,
    NoticeState.BLOCKED,
    NoticeState.FAILED,
)
"""Those on their way and those that went wrong, of the failed those that nobody has looked at. How many were sent or
failed ever grows for ever and says nothing."""
_BROKEN = "broken:"
"""Before the name of a part of the work that broke, to tell it from work that was done."""


class HealthRows(Rows):
    """Queries on how delivery stands. Each reads an index, so that a page may ask every few seconds."""

    async def beat(self, name: str, at: datetime) -> None:
        """Note that work called `name` was done. A process whose clock is behind moves nothing back."""
        statement = self._upsert(heartbeats).values(name=name, at=at)
        newer = heartbeats.c.at < statement.excluded.at
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["name"], set_={"at": at}, where=newer)
        )

    async def can_write(self) -> None:
        """Writes nothing, and fails like anything that writes: a server that only reads refuses the attempt."""
        await self._connection.execute(sa.update(heartbeats).where(sa.false()).values(name=heartbeats.c.name))

    async def last_beat(self, name: str) -> datetime | None:
        """When that work was last done, by whichever process."""
        row = await self._one(sa.select(heartbeats.c.at).where(heartbeats.c.name == name))
        return row.at if row else None

    async def broke(self, part: str, at: datetime) -> None:
        """Note that a part of the work broke, which the rest went on without."""
        await self.beat(f"{_BROKEN}{part}", at)

    async def broken_since(self, moment: datetime) -> tuple[str, ...]:
        """The parts that broke at that moment or after it."""
        statement = sa.select(heartbeats.c.name).where(
            heartbeats.c.name.startswith(_BROKEN, autoescape=True), heartbeats.c.at >= moment
        )
        rows = await self._all(statement.order_by(heartbeats.c.name))
        return tuple(row.name.removeprefix(_BROKEN) for row in rows)

    async def queue(self) -> dict[NoticeState, int]:
        """How many notices are in each state that somebody waits for or must look at."""
        states = [state.value for state in _SHOWN]
        statement = (
            sa.select(notices.c.state, sa.func.count().label("how_many"))
            .where(notices.c.state.in_(states), sa.or_(notices.c.state != NoticeState.FAILED.value, UNSEEN))
            .group_by(notices.c.state)
        )
        found = {NoticeState(row.state): int(row.how_many) for row in await self._all(statement)}
        return {state: found.get(state, 0) for state in _SHOWN}

    async def put_back_because(self) -> dict[str, int]:
        """How many notices were not delivered and are to be tried again, by what the carrier said: codes, no words."""
        statement = (
            sa.select(notices.c.reason, sa.func.count().label("how_many"))
            .where(notices.c.state == NoticeState.RETRY.value, notices.c.reason.is_not(None))
            .group_by(notices.c.reason)
            .order_by(notices.c.reason)
        )
        return {row.reason: int(row.how_many) for row in await self._all(statement)}

    async def oldest_due(self, now: datetime) -> datetime | None:
        """Since when the longest waiting notice might have been sent. None when nothing waits."""
        statement = sa.select(sa.func.min(notices.c.not_before).label("since")).where(
            notices.c.state.in_(TO_SEND), notices.c.not_before <= now
        )
        row = await self._one(statement)
        return row.since if row else None
