"""Whom the roles of a ladder mean today. A role that nobody holds falls to the partnership manager."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from config.ladders import Recipient
from services.model import Person, Role
from services.work import Work


class Resolves(Protocol):
    """Says whom the roles of a step mean."""

    def recipients(self, to: Iterable[Recipient], owner: Person) -> list[int]:
        """Ids of the people that a step's roles mean, each once."""
        ...


@dataclass(frozen=True, slots=True)
class Circle:
    """The people around the owners of one kind of thing: the managers, and the line managers who are still here."""

    managers: tuple[int, ...]
    present: frozenset[int]

    def recipients(self, to: Iterable[Recipient], owner: Person) -> list[int]:
        """The people that a step's roles mean. An owner who has left leaves the thing with the manager."""
        found: list[int] = []
        for role in to:
            if role is Recipient.OWNER and owner.active:
                found.append(owner.id)
            elif role is Recipient.LINE_MANAGER and owner.line_manager_id in self.present:
                found.append(owner.line_manager_id)
            else:
                found += self.managers
        return list(dict.fromkeys(found))

    def concerns(self, person_id: int, owner: Person | None) -> bool:
        """True if the thing is still this person's business. It may have gone to another owner since it was planned."""
        if person_id in self.managers:
            return True
        return owner is not None and person_id in (owner.id, owner.line_manager_id)


async def circle_of(work: Work, owners: Iterable[Person]) -> Circle:
    """Look up everybody that a step about one of these owners could write to."""
    line_managers = {owner.line_manager_id for owner in owners if owner.line_manager_id is not None}
    present = {person.id for person in (await work.people.by_ids(line_managers)).values() if person.active}
    managers = await work.people.with_role(Role.MANAGER)
    return Circle(tuple(manager.id for manager in managers), frozenset(present))
