"""Who could own an action item: posts that somebody holds today, people of the lead agency, the manager."""

from __future__ import annotations

from collections.abc import Sequence

from config.pack import Pack
from services import owners
from services.action_office import NewOwner
from services.errors import ServiceError
from services.model import ActionItem, Person, Role
from services.notices.subjects import OwnerChoice
from services.work import Work

MOST = 12
"""Choices for one item. More make a card too big for Teams; anybody else is named by e-mail."""
_OF_AGENCY = 6


async def choices_for(work: Work, pack: Pack, items: Sequence[ActionItem]) -> list[tuple[OwnerChoice, ...]]:
    """For each item the likely owners: first the lead agency's people, then posts, then the managers."""
    posts = await _posts(work, pack)
    managers = [_person(one, "partnership manager") for one in await work.people.with_role(Role.MANAGER)]
    by_agency: dict[str, list[OwnerChoice]] = {}
    for agency in dict.fromkeys(item.lead_agency for item in items if item.lead_agency):
        name = found.name if (found := pack.agency(agency)) else agency
        people = await work.people.of_agency(agency, limit=_OF_AGENCY)
        by_agency[agency] = [_person(one, one.job_title or name) for one in people]
    return [_distinct([*by_agency.get(item.lead_agency or "", ()), *posts, *managers]) for item in items]


async def _posts(work: Work, pack: Pack) -> list[OwnerChoice]:
    keys = [owner.key for owner in pack.partnership.owners]
    held = await owners.holders(work, pack, keys)
    found = []
    for key in keys:
        person = owners.resolve(held, key, None)
        if person is not None:
            found.append(OwnerChoice(f"post:{key}", owners.title_of(pack, key), f"today {person.name}"))
    return found


def _person(person: Person, why: str) -> OwnerChoice:
    return OwnerChoice(f"person:{person.id}", person.name, why)


def _distinct(choices: Sequence[OwnerChoice]) -> tuple[OwnerChoice, ...]:
    return tuple({choice.value: choice for choice in reversed(choices)}.values())[::-1][:MOST]


def chosen(value: str) -> NewOwner:
    """The owner that a card's choice means. Raises `ServiceError` for anything else: cards can be forged."""
    kind, _, which = value.partition(":")
    if kind == "person" and which.isdecimal() and len(which) <= 9:
        return NewOwner(person_id=int(which))
    if kind == "post" and which:
        return NewOwner(post=which)
    raise ServiceError("stale-card")
