"""People: who somebody is, what roles they hold, who manages them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from services.model import Person, Role
from services.store.rows import Rows
from services.tables import people, person_roles

_PERSON = (
    people.c.id,
    people.c.name,
    people.c.email,
    people.c.agency_id,
    people.c.tenant_id,
    people.c.aad_object_id,
    people.c.job_title,
    people.c.line_manager_id,
    people.c.active,
)


def _fold(rows: Sequence[Row[Any]]) -> list[Person]:
    """One row per role comes back; one person per id goes on. Order is kept."""
    roles: dict[int, set[Role]] = {}
    for row in rows:
        held = roles.setdefault(row.id, {Role.PRACTITIONER})
        if row.role is not None:
            held.add(Role(row.role))
    seen: dict[int, Person] = {}
    for row in rows:
        if row.id not in seen:
            values = {column.name: getattr(row, column.name) for column in _PERSON}
            seen[row.id] = Person(roles=frozenset(roles[row.id]), **values)
    return list(seen.values())


def _people(*conditions: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return (
        sa.select(*_PERSON, person_roles.c.role)
        .outerjoin(person_roles, person_roles.c.person_id == people.c.id)
        .where(*conditions)
        .order_by(people.c.id)
    )


_BY_DIRECTORY_ID = _people(
    people.c.tenant_id == sa.bindparam("tenant_id"), people.c.aad_object_id == sa.bindparam("aad_object_id")
)
"""Asked in every turn, so put together once."""


class PeopleRows(Rows):
    """Queries on people."""

    async def _where(self, *conditions: sa.ColumnElement[bool]) -> list[Person]:
        return _fold(await self._all(_people(*conditions)))

    async def by_id(self, person_id: int) -> Person | None:
        """The person, active or not."""
        return next(iter(await self._where(people.c.id == person_id)), None)

    async def by_ids(self, ids: Iterable[int | None]) -> dict[int, Person]:
        """The people with these ids, keyed by id. `None`, as of what nobody owns, is nobody."""
        known = [one for one in ids if one is not None]
        return {person.id: person for person in await self._where(people.c.id.in_(known))}

    async def by_directory_id(self, tenant_id: str, aad_object_id: str) -> Person | None:
        """The person behind a verified activity. Names and e-mail addresses are never used for this."""
        wanted = {"tenant_id": tenant_id, "aad_object_id": aad_object_id}
        return next(iter(_fold(await self._all(_BY_DIRECTORY_ID, wanted))), None)

    async def by_email(self, email: str) -> Person | None:
        """The person with this work e-mail, whatever its letter case."""
        return next(iter(await self._where(sa.func.lower(people.c.email) == email.strip().lower())), None)

    async def with_emails(self, emails: Collection[str]) -> list[Person]:
        """Active people with one of these addresses, given in small letters: those may be two people's."""
        return await self._where(sa.func.lower(people.c.email).in_(list(emails)), people.c.active)

    async def named(self, name: str) -> list[Person]:
        """Active people with exactly this name, whatever its letter case."""
        return await self._where(sa.func.lower(people.c.name) == name.strip().lower(), people.c.active)

    async def called(self, first_name: str) -> list[Person]:
        """Active people with this first name, whatever its letter case."""
        begins = sa.func.lower(people.c.name).startswith(f"{first_name.strip().lower()} ", autoescape=True)
        return await self._where(begins, people.c.active)

    async def with_role(self, role: Role) -> list[Person]:
        """Active people who hold exactly this role."""
        holders = sa.select(person_roles.c.person_id).where(person_roles.c.role == role.value)
        return await self._where(people.c.id.in_(holders), people.c.active)

    async def with_job_titles(self, titles: Collection[str]) -> list[Person]:
        """Active people with one of these job titles, given in small letters."""
        return await self._where(sa.func.lower(people.c.job_title).in_(list(titles)), people.c.active)

    async def leads_of(self, agencies: Collection[str]) -> list[Person]:
        """Active Designated Safeguarding Leads of these agencies."""
        leads = sa.select(person_roles.c.person_id).where(person_roles.c.role == Role.DSL.value)
        return await self._where(people.c.agency_id.in_(list(agencies)), people.c.id.in_(leads), people.c.active)

    async def of_agency(self, agency_id: str, *, domain: str | None = None, limit: int) -> list[Person]:
        """Active people of one agency, at exactly this mail domain if one is given, by name; at most `limit`."""
        wanted = [people.c.agency_id == agency_id, people.c.active]
        if domain is not None:
            wanted.append(sa.func.lower(people.c.email).endswith(f"@{domain}", autoescape=True))
        some = sa.select(people.c.id).where(*wanted).order_by(people.c.name, people.c.id).limit(limit)
        return sorted(await self._where(people.c.id.in_(some)), key=lambda one: (one.name.casefold(), one.id))

    async def lock(self, person_id: int) -> None:
        """Hold a person until the transaction ends, so that their bookings are made one after another.

        SQLite has one writer anyway, and leaves the clause out.
        """
        await self._one(sa.select(people.c.id).where(people.c.id == person_id).with_for_update(key_share=True))

    async def add_if_new(self, **values: Any) -> int | None:
        """Add a person, or `None` if the e-mail is known already: two colleagues may write to one address at once."""
        statement = self._upsert(people).values(**values).on_conflict_do_nothing().returning(people.c.id)
        row = await self._one(statement)
        return int(row.id) if row else None

    async def add(self, *, name: str, roles: Iterable[Role] = (), **values: Any) -> int:
        """Add a person and return the id. `values` are columns of the people table."""
        person_id = await self._insert(people, name=name, **values)
        await self.set_roles(person_id, roles)
        return person_id

    async def change(self, person_id: int, **values: Any) -> None:
        """Change columns of one person."""
        await self._changed(sa.update(people).where(people.c.id == person_id).values(**values))

    async def give_directory_id(self, person_id: int, *, tenant_id: str, aad_object_id: str) -> bool:
        """Say by which ids Teams knows a person who has none yet. False if they have."""
        has_none = (people.c.tenant_id.is_(None), people.c.aad_object_id.is_(None))
        statement = sa.update(people).where(people.c.id == person_id, *has_none)
        return await self._changed(statement.values(tenant_id=tenant_id, aad_object_id=aad_object_id)) == 1

    async def set_roles(self, person_id: int, roles: Iterable[Role]) -> None:
        """Replace the roles a person holds. Practitioner goes without saying and is not stored."""
        await self._changed(sa.delete(person_roles).where(person_roles.c.person_id == person_id))
        rows = [{"person_id": person_id, "role": role.value} for role in set(roles) - {Role.PRACTITIONER}]
        if rows:
            await self._connection.execute(sa.insert(person_roles), rows)

    async def in_tenant(self, tenant_id: str) -> int:
        """How many people of this tenant are known."""
        return await self._count(sa.select(sa.func.count()).where(people.c.tenant_id == tenant_id))
