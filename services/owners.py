"""Who owns an action item today. A post is held by a person; when the person changes, the item follows the post."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from config.pack import Pack
from services.actions import assigned_notice
from services.model import Person
from services.rulebook import Rulebook
from services.work import Work

Holders = Mapping[str, tuple[Person, ...]]
"""Who holds a post, by its title in small letters."""


def title_of(pack: Pack, role: str) -> str:
    """A post in words: the title of an owner role of the pack, else the words as they are."""
    owner = pack.partnership.owner(role)
    return owner.title if owner else role


async def holders(work: Work, pack: Pack, roles: Collection[str]) -> Holders:
    """Active people whose job title is one of these posts."""
    titles = {title_of(pack, role).casefold() for role in roles}
    found: dict[str, tuple[Person, ...]] = {}
    for person in await work.people.with_job_titles(titles) if titles else []:
        title = (person.job_title or "").casefold()
        found[title] = (*found.get(title, ()), person)
    return found


def resolve(pack: Pack, held: Holders, role: str, agency: str | None) -> Person | None:
    """The one person who holds a post today. Of several, the one of the lead agency; `None` if that is not one."""
    candidates = held.get(title_of(pack, role).casefold(), ())
    if len(candidates) > 1:
        candidates = tuple(one for one in candidates if agency and one.agency_id == agency)
    return candidates[0] if len(candidates) == 1 else None


async def follow_roles(work: Work, rules: Rulebook, now: datetime) -> int:
    """Give every open item that belongs to a post to whoever holds the post now. Returns how many changed hands.

    A post that nobody holds any more leaves its items without an owner, and the manager is asked again.
    """
    items = await work.actions.owned_by_role()
    held = await holders(work, rules.pack, {item.owner_role or "" for item in items})
    moved = 0
    for item in items:
        person = resolve(rules.pack, held, item.owner_role or "", item.lead_agency)
        owner_id = person.id if person else None
        if owner_id != item.owner_id and await work.actions.change_open(item.id, owner_id=owner_id):
            detail = {"from": item.owner_id, "to": owner_id, "role": item.owner_role}
            await work.events.record("followed-role", ("action", item.id), at=now, actor_id=None, detail=detail)
            if person is not None:
                await work.notices.owe(assigned_notice(item, person.id, now), now)
            moved += 1
    return moved
