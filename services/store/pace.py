"""Moments at which something may be sent, handed out once each, whoever asks. The database's clock is the only one."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from services.store.rows import Rows
from services.tables import send_slots

Scope = tuple[str, str]
"""A tenant and a conversation; without a conversation, the tenant as a whole."""

_IDLE = 3600.0


class PaceRows(Rows):
    """Queries on what is taken of the time to send."""

    async def reserve(self, seconds: Mapping[Scope, float], *, slack: float) -> dict[Scope, float]:
        """Take so many seconds of each of these, after whatever is taken already. Commit at once: others wait.

        Returns in how many seconds each reservation ends. Of time that nobody took, `slack` seconds can be caught up.
        """
        now = self._now()
        rows = [
            {"tenant_id": tenant, "conversation_id": conversation, "free_at": now + seconds[tenant, conversation]}
            # In one order, so that two processes wait for each other and never in a circle.
            for tenant, conversation in sorted(seconds)
        ]
        insert = self._upsert(send_slots).values(rows)
        taken = insert.excluded.free_at - now
        caught_up = sa.case((send_slots.c.conversation_id == "", now - slack), else_=now)
        latest = sa.case((send_slots.c.free_at > caught_up, send_slots.c.free_at), else_=caught_up)
        statement = insert.on_conflict_do_update(
            index_elements=["tenant_id", "conversation_id"], set_={"free_at": latest + taken}
        ).returning(send_slots.c.tenant_id, send_slots.c.conversation_id, (send_slots.c.free_at - now).label("ends_in"))
        found = await self._all(statement)
        return {(row.tenant_id, row.conversation_id): float(row.ends_in) for row in found}

    async def forget_idle(self) -> int:
        """Drop what nobody has used for an hour. Returns how many."""
        return await self._changed(sa.delete(send_slots).where(send_slots.c.free_at < self._now() - _IDLE))

    def _now(self) -> sa.ColumnElement[float]:
        """The same throughout a statement."""
        if self._is_postgresql:
            return sa.cast(sa.extract("epoch", sa.func.statement_timestamp()), sa.Double)
        return (sa.func.julianday("now", type_=sa.Double) - 2440587.5) * 86400.0
