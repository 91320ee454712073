"""Reminders that wait because somebody asked for it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from services.store.notices import TO_SEND
from services.store.rows import Rows
from services.tables import notices, snoozes


class SnoozeRows(Rows):
    """Queries on snoozes."""

    async def keep(self, person_id: int, kind: str, subject_id: int, until: datetime) -> None:
        """Remember until when; a later wish replaces an earlier one."""
        statement = self._upsert(snoozes).values(person_id=person_id, kind=kind, subject_id=subject_id, until=until)
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["person_id", "kind", "subject_id"], set_={"until": statement.excluded.until}
            )
        )

    async def hold(self, now: datetime) -> int:
        """Make every waiting notice that is snoozed wait for its day. Urgent ones do not wait. Returns how many."""
        if not await self._count(sa.select(sa.func.count()).select_from(snoozes).where(snoozes.c.until > now)):
            return 0
        same = sa.and_(
            snoozes.c.person_id == notices.c.person_id,
            snoozes.c.kind == notices.c.kind,
            snoozes.c.subject_id == notices.c.subject_id,
            snoozes.c.until > now,
        )
        until = sa.select(snoozes.c.until).where(same).scalar_subquery()
        statement = (
            sa.update(notices)
            .where(notices.c.state.in_(TO_SEND), notices.c.urgent.is_(False), notices.c.not_before < until)
            .values(not_before=until)
        )
        return await self._changed(statement)

    async def forget_before(self, moment: datetime) -> int:
        """Drop snoozes that are over. Returns how many."""
        return await self._changed(sa.delete(snoozes).where(snoozes.c.until < moment))
