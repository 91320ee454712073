"""Whom the roles of a ladder mean today. A role that nobody holds falls to the partnership manager."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from config.ladders import Recipient
from services.bookings.approving import approvers_among
from services.model import Person, Role
from services.work import Work
from services.workplaces import workplace

SCRUTINEER = "independent scrutineer"
"""The job title that the independent scrutineer's entry in the directory carries, in small letters."""


class Resolves(Protocol):
    """Says whom the roles of a step mean."""

    def recipients(self, to: Iterable[Recipient], owner: Person) -> list[int]:
        """Ids of the people that a step's roles mean, each once."""
        ...


@dataclass(frozen=True, slots=True)
class Circle:
    """The people around the owners of one kind of thing: managers, line managers who are still here, agency leads."""

    managers: tuple[int, ...]
    present: frozenset[int]
    leads: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """By owner: who leads safeguarding where the owner works, without the owner."""
    scrutineers: tuple[int, ...] = ()

    def recipients(self, to: Iterable[Recipient], owner: Person) -> list[int]:
        """The people that a step's recipients are. An owner who has left leaves the thing with the manager."""
        found: list[int] = []
        for recipient in to:
            if recipient is Recipient.OWNER and owner.active:
                found.append(owner.id)
            elif recipient is Recipient.LINE_MANAGER and owner.line_manager_id in self.present:
                found.append(owner.line_manager_id)
            elif recipient is Recipient.AGENCY_LEAD and owner.id in self.leads:
                found += self.leads[owner.id]
            elif recipient is Recipient.SCRUTINEER and self.scrutineers:
                found += self.scrutineers
            else:
                found += self.managers
        return list(dict.fromkeys(found))

    def approvers(self, delegate: Person) -> list[int]:
        """Who may agree to this person's booking, as `approvers_among` says."""
        return approvers_among(delegate, present=self.present, managers=self.managers)

    def concerns(self, person_id: int, owner: Person | None) -> bool:
        """True if the thing is still this person's business. It may have gone to another owner since it was planned."""
        if person_id in self.managers or person_id in self.scrutineers:
            return True
        return owner is not None and person_id in (owner.id, owner.line_manager_id, *self.leads.get(owner.id, ()))


async def circle_of(work: Work, owners: Iterable[Person]) -> Circle:
    """Look up everybody that a step about one of these owners could write to."""
    owners = list(owners)
    line_managers = {owner.line_manager_id for owner in owners if owner.line_manager_id is not None}
    present = {person.id for person in (await work.people.by_ids(line_managers)).values() if person.active}
    managers = await work.people.with_role(Role.MANAGER)
    scrutineers = await work.people.with_job_titles([SCRUTINEER])
    return Circle(
        tuple(manager.id for manager in managers),
        frozenset(present),
        await _leads(work, owners),
        tuple(one.id for one in scrutineers),
    )


async def _leads(work: Work, owners: Iterable[Person]) -> dict[int, tuple[int, ...]]:
    """Who leads where each owner works. Nobody is in the answer whose workplace has no other lead."""
    owners = [one for one in owners if workplace(one) is not None]
    leads: dict[tuple[str, str], list[int]] = {}
    for lead in await work.people.leads_of({one.agency_id for one in owners if one.agency_id}) if owners else []:
        place = workplace(lead)
        if place is not None:
            leads.setdefault(place, []).append(lead.id)
    found = {one.id: tuple(i for i in leads.get(workplace(one) or ("", ""), ()) if i != one.id) for one in owners}
    return {owner_id: those for owner_id, those in found.items() if those}
