"""Who answers for a piece of guidance: posts and expert groups of the pack, as people of today.

A post that nobody holds falls to the partnership manager, so that nothing is owed to nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from config.ladders import Recipient
from config.pack import Pack
from config.partnership import ExpertGroup
from services import owners
from services.model import Person, Role, Ticket
from services.rulebook import Rulebook
from services.work import Work

OFFICE = "partnership"
"""The topic group whose experts answer what belongs to no topic."""


def group_for(pack: Pack, topic: str | None) -> ExpertGroup | None:
    """The expert group for a topic; without one, the group that answers for the partnership itself."""
    group = next((one.group for one in pack.topics if one.id == topic), OFFICE)
    return pack.partnership.experts_for(group) or pack.partnership.experts_for(OFFICE)


def group_called(pack: Pack, key: str) -> ExpertGroup | None:
    """The expert group with this key."""
    return next((group for group in pack.partnership.expert_groups if group.key == key), None)


async def _held(work: Work, pack: Pack, posts: Collection[str]) -> dict[str, tuple[int, ...]]:
    held = await owners.holders(work, pack, posts)
    return {post: tuple(person.id for person in people) for post, people in held.items()}


async def holders_of(work: Work, pack: Pack, posts: Collection[str]) -> dict[str, tuple[int, ...]]:
    """For each post the ids of who holds it today, or of the partnership managers when nobody does."""
    held = await _held(work, pack, posts)
    if all(post in held for post in posts):
        return held
    managers = tuple(manager.id for manager in await work.people.with_role(Role.MANAGER))
    return {post: held.get(post, managers) for post in posts}


async def groups_of(work: Work, person: Person, rules: Rulebook) -> frozenset[str]:
    """The expert groups that somebody answers for. The partnership manager may answer for all of them."""
    groups = rules.pack.partnership.expert_groups
    if person.has(Role.MANAGER):
        return frozenset({"", *(group.key for group in groups)})
    posts = await owners.posts_of(work, rules.pack, person)
    return frozenset(group.key for group in groups if group.owner in posts)


@dataclass(frozen=True, slots=True)
class Panel:
    """The people around questions that wait: experts by group, managers, and takers who are still here."""

    experts: Mapping[str, tuple[int, ...]]
    managers: tuple[int, ...]
    present: frozenset[int]

    def experts_on(self, ticket: Ticket) -> tuple[int, ...]:
        """Who is asked: whoever took the question, else its group. The asker only when there is nobody else."""
        if ticket.taker_id in self.present and ticket.taker_id is not None:
            return (ticket.taker_id,)
        for some in (self.experts.get(ticket.group_key, ()), self.managers):
            if others := tuple(one for one in some if one != ticket.asker_id):
                return others
        return self.managers

    def recipients(self, to: Iterable[Recipient], ticket: Ticket) -> list[int]:
        """The people that a step's recipients are for this question."""
        found: list[int] = []
        for recipient in to:
            if recipient is Recipient.EXPERT_GROUP:
                found += self.experts_on(ticket)
            elif recipient is Recipient.OWNER:
                found.append(ticket.asker_id)
            else:
                found += self.managers
        return list(dict.fromkeys(found))


async def panel_for(work: Work, tickets: Iterable[Ticket], rules: Rulebook) -> Panel:
    """Look up everybody that a step about one of these questions could write to."""
    tickets = list(tickets)
    posts = {
        ticket.group_key: group.owner for ticket in tickets if (group := group_called(rules.pack, ticket.group_key))
    }
    held = await _held(work, rules.pack, set(posts.values()))
    takers = await work.people.by_ids({ticket.taker_id for ticket in tickets})
    managers = await work.people.with_role(Role.MANAGER)
    return Panel(
        {key: held.get(post, ()) for key, post in posts.items()},
        tuple(manager.id for manager in managers),
        frozenset(taker.id for taker in takers.values() if taker.active),
    )


async def waiting_for(work: Work, person: Person, rules: Rulebook) -> list[Ticket]:
    """Questions of which this person is one of those who are asked, longest waiting first: unlike those that a manager
    may answer, each of them is theirs to see to."""
    groups = await groups_of(work, person, rules)
    tickets = await work.tickets.waiting(groups=groups) if groups else []
    panel = await panel_for(work, tickets, rules) if tickets else None
    return [one for one in tickets if panel is not None and person.id in panel.experts_on(one)]
