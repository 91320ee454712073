"""Who is speaking, and how they can be reached. A person is known by tenant and directory id, never by name."""

from __future__ import annotations

from datetime import datetime

from services.model import Person, Place, Sender, Whereabouts
from services.store.conversations import BLOCKED, GONE
from services.work import Work


async def recognise(work: Work, sender: Sender) -> Person | None:
    """The person behind a verified sender; None for a stranger and for somebody who has left."""
    person = await work.people.by_directory_id(sender.tenant_id, sender.aad_object_id)
    return person if person is not None and person.active else None


async def seen(work: Work, sender: Sender | None, where: Whereabouts, *, now: datetime) -> None:
    """Remember where this conversation is. In a personal chat, what could not be delivered becomes due again."""
    await work.conversations.remember(where, sender, now)
    if sender is None or where.place is not Place.PERSONAL:
        return
    person = await recognise(work, sender)
    if person is not None:
        await work.notices.unblock(person.id, now)


async def uninstalled(work: Work, where: Whereabouts) -> None:
    """The bot was removed here: nothing may be sent into this conversation until it is installed again."""
    await work.conversations.close(where.tenant_id, where.conversation_id, GONE)


async def blocked(work: Work, tenant_id: str, conversation_id: str) -> None:
    """Teams said that this person blocked the bot. There is no event for it: a failed send is how we learn."""
    await work.conversations.close(tenant_id, conversation_id, BLOCKED)
