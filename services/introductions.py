"""First contact: the directory tells which address a stranger in Teams has, and a person known by it is from then on
known by tenant and object id.

An office knows its people by work address, Teams by object id. The two are brought together once, on the word of the
tenant's own directory; afterwards an address is never again looked at to tell who somebody is.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from datetime import datetime, timedelta

import structlog

from services.model import Person, Place, Sender, Whereabouts
from services.ports import Member, Roster
from services.work import Database, Work

AGAIN_AFTER = timedelta(hours=1)
"""How long a stranger stays one in this process, however much they write."""
_PATIENCE = 2.0
"""Seconds until a turn goes on without the directory: a pressed button must be answered within three."""
_REMEMBERED = 10_000
_GUEST = "#ext#"

log = structlog.get_logger()


class Introductions:
    """Asks who strangers are, and remembers whom it asked about."""

    def __init__(self, database: Database, roster: Roster, *, patience: float = _PATIENCE) -> None:
        self._database = database
        self._roster = roster
        self._patience = patience
        self._asked: OrderedDict[tuple[str, str], datetime] = OrderedDict()

    def due(self, sender: Sender, where: Whereabouts, now: datetime) -> bool:
        """True if the directory may be asked about this stranger now. Only in their own chat is anybody theirs."""
        if where.place is not Place.PERSONAL or not (sender.aad_object_id and sender.channel_user_id):
            return False
        asked = self._asked.get((sender.tenant_id, sender.aad_object_id))
        return asked is None or now - asked >= AGAIN_AFTER

    async def meet_once(self, sender: Sender, where: Whereabouts, *, now: datetime) -> None:
        """Ask, if that is due, and keep what follows from the answer. That nobody answers harms nothing.

        No transaction may be open: the answer can take a while.
        """
        if not self.due(sender, where, now):
            return
        self._remember(sender, now)
        try:
            async with asyncio.timeout(self._patience):
                member = await self._roster.member(where, sender.channel_user_id)
        except Exception as error:  # whoever speaks is answered as the stranger they were
            log.warning("the directory did not answer", action="roster_failed", error=type(error).__name__)
            return
        known_as = addresses(member, sender)
        if not known_as:
            return
        async with self._database.work() as work:
            person = await introduce(work, sender, known_as, now=now)
            if person is not None:
                await work.commit()
                log.info("a person was recognised at first contact", action="person_linked")

    def _remember(self, sender: Sender, now: datetime) -> None:
        key = (sender.tenant_id, sender.aad_object_id)
        self._asked[key] = now
        self._asked.move_to_end(key)
        if len(self._asked) > _REMEMBERED:
            self._asked.popitem(last=False)


def addresses(member: Member, sender: Sender) -> tuple[str, ...]:
    """The addresses that this tenant's directory vouches for; none for a guest or for somebody else. Pure.

    A user principal name is the tenant's own. An e-mail address may be anybody's, unless its domain is the same.
    """
    name, mail = member.user_principal_name.strip().lower(), member.email.strip().lower()
    domain = name.rpartition("@")[2]
    elsewhere = member.tenant_id and member.tenant_id.lower() != sender.tenant_id
    if member.aad_object_id.lower() != sender.aad_object_id or elsewhere:
        return ()
    if member.guest or _GUEST in name or "@" not in name or not domain:
        return ()
    return (name, mail) if mail != name and mail.rpartition("@")[2] == domain and "@" in mail else (name,)


async def introduce(work: Work, sender: Sender, known_as: tuple[str, ...], *, now: datetime) -> Person | None:
    """Write down by which ids Teams knows the one active person with such an address. None: there is none, or no one.

    Whoever has ids keeps them, also one who has left. What could not be delivered so far becomes due.
    """
    if await work.people.by_directory_id(sender.tenant_id, sender.aad_object_id) is not None:
        return None
    found = await work.people.with_emails(known_as)
    if len(found) != 1 or not await work.people.give_directory_id(
        found[0].id, tenant_id=sender.tenant_id, aad_object_id=sender.aad_object_id
    ):
        return None
    person = found[0]
    await work.events.record(
        "linked", ("person", person.id), at=now, actor_id=person.id, detail={"by": "first-contact"}
    )
    await work.notices.unblock(person.id, now)
    return person
