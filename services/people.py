"""Who is speaking, and how they can be reached. A person is known by tenant and directory id, never by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.model import Person, Place, Sender, Whereabouts
from services.store.conversations import GONE
from services.work import Work


async def recognise(work: Work, sender: Sender) -> Person | None:
    """The person behind a verified sender; None for a stranger and for somebody who has left."""
    person = await work.people.by_directory_id(sender.tenant_id, sender.aad_object_id)
    return person if person is not None and person.active else None


@dataclass(frozen=True, slots=True)
class Seen:
    """Who spoke, if the partnership knows them, and where the dialogue in that conversation stood."""

    person: Person | None
    flow: Mapping[str, Any]


async def seen(work: Work, sender: Sender | None, where: Whereabouts, *, now: datetime) -> Seen:
    """Remember where this conversation is. In a personal chat, what could not be delivered becomes due again."""
    flow = await work.conversations.remember(where, sender, now)
    person = await recognise(work, sender) if sender is not None else None
    if person is not None and where.place is Place.PERSONAL:
        await work.notices.unblock(person.id, now)
    return Seen(person, flow)


async def uninstalled(work: Work, where: Whereabouts) -> None:
    """The bot was removed here: nothing may be sent into this conversation until it is installed again."""
    await work.conversations.close(where.tenant_id, where.conversation_id, GONE)
