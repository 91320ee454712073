"""Who holds a post today: one answer for action items, for guidance and for questions.

A post of the pack is held by whoever the people file says answers for it. Where that names nobody, and for a post that
a plan calls in its own words, it is held by whoever has it as their job title. When the person changes, what belongs
to the post follows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from config.pack import Pack
from services.actions import assigned_notice
from services.model import Person
from services.rulebook import Rulebook
from services.work import Work

Holders = Mapping[str, tuple[Person, ...]]
"""The active people who hold each post, by the post as it was asked for. A post that nobody holds is not in it."""


def title_of(pack: Pack, post: str) -> str:
    """A post in words: the title of an owner of the pack, else the words as they are."""
    owner = pack.partnership.owner(post)
    return owner.title if owner else post


def _key_of(pack: Pack, post: str) -> str:
    """The key of a post of the pack, also where a plan calls it by its title; else the words as they are."""
    return next((one.key for one in pack.partnership.owners if one.title.casefold() == post.casefold()), post)


async def holders(work: Work, pack: Pack, posts: Collection[str]) -> Holders:
    """Who holds each of these posts: keys of the pack, or job titles."""
    keys = {post: _key_of(pack, post) for post in posts}
    named = await work.holders.of(set(keys.values())) if keys else {}
    people = await work.people.by_ids({one for some in named.values() for one in some})
    found = {key: tuple(people[one] for one in some) for key, some in named.items()}
    titles = {key: title_of(pack, key).casefold() for key in keys.values() if key not in found}
    titled: dict[str, tuple[Person, ...]] = {}
    for person in await work.people.with_job_titles(set(titles.values())) if titles else []:
        title = (person.job_title or "").casefold()
        titled[title] = (*titled.get(title, ()), person)
    found |= {key: titled[title] for key, title in titles.items() if title in titled}
    return {post: found[key] for post, key in keys.items() if key in found}


async def posts_of(work: Work, pack: Pack, person: Person) -> frozenset[str]:
    """The posts of the pack that somebody holds today, by key."""
    named, title = await work.holders.keys_of(person.id), (person.job_title or "").casefold()
    titled = {one.key for one in pack.partnership.owners if one.title.casefold() == title} - named
    return named | (titled - (await work.holders.of(titled)).keys() if titled else frozenset())


def resolve(held: Holders, post: str, agency: str | None) -> Person | None:
    """The one person who holds a post today. Of several, the one of the lead agency; `None` if that is not one."""
    candidates = held.get(post, ())
    if len(candidates) > 1:
        candidates = tuple(one for one in candidates if agency and one.agency_id == agency)
    return candidates[0] if len(candidates) == 1 else None


async def follow_posts(work: Work, rules: Rulebook, now: datetime) -> int:
    """Give every open item that belongs to a post to whoever holds the post now. Returns how many changed hands.

    A post that nobody holds any more leaves its items without an owner, and the manager is asked again.
    """
    items = await work.actions.owned_by_post()
    held = await holders(work, rules.pack, {item.owner_role or "" for item in items})
    moved = 0
    for item in items:
        person = resolve(held, item.owner_role or "", item.lead_agency)
        owner_id = person.id if person else None
        if owner_id != item.owner_id and await work.actions.change_open(item.id, owner_id=owner_id):
            detail = {"from": item.owner_id, "to": owner_id, "role": item.owner_role}
            await work.events.record("followed-role", ("action", item.id), at=now, actor_id=None, detail=detail)
            if person is not None:
                await work.notices.owe(assigned_notice(item, person.id, now), now)
            moved += 1
    return moved
