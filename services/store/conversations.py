"""Where people can be reached, where a dialogue stands, and which activities were heard already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from services.model import Place, Sender, Whereabouts
from services.ports import Route
from services.store.rows import Inserter, Rows
from services.tables import conversations, heard, people

OPEN, BLOCKED, GONE = "open", "blocked", "gone"


@cache
def _remembering(insert: Inserter) -> sa.Executable:
    statement = insert(conversations)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["tenant_id", "conversation_id"],
        set_={
            **{name: new[name] for name in ("service_url", "bot_id", "place", "state", "seen_at")},
            # An activity of the service itself names nobody: it must not make us forget whose conversation this is.
            "aad_object_id": sa.func.coalesce(new.aad_object_id, conversations.c.aad_object_id),
        },
    ).returning(conversations.c.flow)


class ConversationRows(Rows):
    """Queries on conversations and on what was heard in them."""

    async def first_hearing(self, where: Whereabouts, activity_id: str, at: datetime) -> bool:
        """True once per activity. Teams sends one again when it got no answer within 15 seconds."""
        return await self._insert_new(
            heard, {"conversation_id": where.conversation_id, "activity_id": activity_id, "at": at}
        )

    async def forget_heard_before(self, moment: datetime) -> int:
        """Drop old hearing marks. Returns how many."""
        return await self._changed(sa.delete(heard).where(heard.c.at < moment))

    async def remember(self, where: Whereabouts, sender: Sender | None, at: datetime) -> Mapping[str, Any]:
        """Store or refresh the way to a conversation. A person who writes is reachable again, whatever was before.

        Returns where the dialogue in it stands; empty when nothing is under way.
        """
        values = {
            "tenant_id": where.tenant_id,
            "conversation_id": where.conversation_id,
            "service_url": where.service_url,
            "bot_id": where.bot_id,
            "place": where.place.value,
            "aad_object_id": (sender.aad_object_id or None) if sender and where.place is Place.PERSONAL else None,
            "state": OPEN,
            "seen_at": at,
        }
        row = await self._one(_remembering(self._inserter), values)
        return (row.flow or {}) if row else {}

    async def close(self, tenant_id: str, conversation_id: str, state: str) -> None:
        """Mark a conversation blocked or gone, so that nothing is sent into it."""
        await self._changed(
            sa.update(conversations)
            .where(conversations.c.tenant_id == tenant_id, conversations.c.conversation_id == conversation_id)
            .values(state=state)
        )

    async def routes(self, person_ids: Iterable[int]) -> dict[int, Route]:
        """The newest open personal conversation of each of these people. Nobody without one is in the answer."""
        statement = (
            sa.select(
                people.c.id,
                conversations.c.tenant_id,
                conversations.c.service_url,
                conversations.c.conversation_id,
                people.c.aad_object_id,
            )
            .join(
                conversations,
                (conversations.c.tenant_id == people.c.tenant_id)
                & (conversations.c.aad_object_id == people.c.aad_object_id),
            )
            .where(
                people.c.id.in_(list(person_ids)),
                conversations.c.place == Place.PERSONAL.value,
                conversations.c.state == OPEN,
            )
            .order_by(conversations.c.seen_at, conversations.c.id)
        )
        return {
            row.id: Route(row.tenant_id, row.service_url, row.conversation_id, row.aad_object_id)
            for row in await self._all(statement)
        }

    async def flow(self, where: Whereabouts) -> Mapping[str, Any]:
        """Where the dialogue in this conversation stands; empty when nothing is under way."""
        row = await self._one(
            sa.select(conversations.c.flow).where(
                conversations.c.tenant_id == where.tenant_id,
                conversations.c.conversation_id == where.conversation_id,
            )
        )
        return (row.flow or {}) if row else {}

    async def set_flow(self, where: Whereabouts, flow: Mapping[str, Any]) -> None:
        """Keep where the dialogue stands. The conversation must have been remembered before."""
        await self._changed(
            sa.update(conversations)
            .where(
                conversations.c.tenant_id == where.tenant_id,
                conversations.c.conversation_id == where.conversation_id,
            )
            .values(flow=dict(flow) or None)
        )
