"""`import people`: who somebody is, by e-mail. An empty cell leaves what is known as it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from services.imports import cells, layouts, names
from services.imports.columns import plain
from services.imports.outcome import Tally
from services.imports.row import Context, Row, first_of_each, rows_of
from services.imports.sheet import Cell, Sheet
from services.model import BY_IMPORT, Person, Role
from services.store.events import Deed
from services.store.rows import chunks
from services.work import Work

_ROLES = {
    "practitioner": Role.PRACTITIONER,
    "dsl": Role.DSL,
    "designated safeguarding lead": Role.DSL,
    "trainer": Role.TRAINER,
    "manager": Role.MANAGER,
    "partnership manager": Role.MANAGER,
    "admin": Role.ADMIN,
}
_ACTIVE = {"yes": True, "active": True, "current": True, "no": False, "inactive": False, "left": False}


@dataclass(frozen=True, slots=True)
class _Draft:
    row: Row
    email: str
    values: Mapping[str, object]
    """Columns of the people table that the file gives."""
    roles: frozenset[Role] | None
    manager: str | None
    previous: str | None
    """The address they had before, where the file gives it."""
    owner_of: frozenset[str] | None
    """Roles that own guidance; `None` when the cell is empty."""

    @property
    def directory_id(self) -> tuple[str, str] | None:
        """Tenant and object id, where the file gives them."""
        tenant, object_id = self.values.get("tenant_id"), self.values.get("aad_object_id")
        return (tenant, object_id) if isinstance(tenant, str) and isinstance(object_id, str) else None


def read(sheet: Sheet, context: Context, tally: Tally) -> Callable[[Work], Awaitable[None]]:
    """Read every row, and return what brings them in."""
    agency, owner_of = names.agency_id(context.rules.pack), names.owner_keys(context.rules.pack)
    rows = rows_of(sheet, layouts.PEOPLE, context, tally)
    read_of = (_draft(row, agency, owner_of, context.tenants) for row in rows)
    drafts: list[_Draft] = []
    holders: dict[tuple[str, str], _Draft] = {}
    for draft in first_of_each(read_of, lambda one: one.email, "email"):
        drafts.append(draft)
        if draft.directory_id is not None:
            holder = holders.setdefault(draft.directory_id, draft)
            if holder is not draft:
                draft.row.fault("import-repeated", "object_id", first=holder.row.line)

    async def bring_in(work: Work) -> None:
        await _bring_in(work, drafts, context, tally)

    return bring_in


_role = cells.choice(_ROLES)


def _roles(cell: Cell) -> frozenset[Role]:
    parts = cells.words_of(cell).replace(",", ";").split(";")
    return frozenset(_role(part) for part in parts if part.strip())


def _directory_id(row: Row, tenants: frozenset[str]) -> dict[str, str]:
    """By what Teams knows somebody: an object id with its tenant, which need not be said where there is only one.

    A column headed just "ID" is often an office's own number, so what is no object id there is left alone.
    """
    bare = plain(row.title("object_id")) == "id"
    object_id = row.read("object_id", cells.guid_if_any if bare else cells.guid)
    tenant = row.read("tenant", cells.guid)
    if object_id is None:
        return {}
    if tenant is None and len(tenants) == 1:
        (tenant,) = tenants
    if tenant is None:
        if not row.faulty:
            row.fault("import-tenant-needed", "object_id")
        return {}
    if tenants and tenant not in tenants:
        row.fault("import-tenant-not-allowed", "tenant", value=tenant)
    return {"tenant_id": tenant, "aad_object_id": object_id}


def _draft(
    row: Row, agency: Callable[[Cell], str], owner_of: Callable[[Cell], frozenset[str]], tenants: frozenset[str]
) -> _Draft | None:
    email = row.read("email", cells.email, needed=True)
    whole = row.read("name", cells.text())
    parts = (row.read("first", cells.text(100)), row.read("last", cells.text(100)))
    given = {
        "name": whole or " ".join(part for part in parts if part) or None,
        "agency_id": row.read("agency", agency),
        "job_title": row.read("job", cells.text()),
        "active": row.read("active", cells.choice(_ACTIVE)),
        **_directory_id(row, tenants),
    }
    roles = row.read("roles", _roles)
    manager, previous = row.read("manager", cells.email), row.read("previous", cells.email)
    owned = row.read("owner_of", owner_of)
    if manager is not None and manager == email:
        row.fault("import-own-manager", "manager")
    if row.faulty or email is None:
        return None
    values = {key: value for key, value in given.items() if value is not None}
    return _Draft(row, email, values, roles, manager, previous if previous != email else None, owned)


async def _bring_in(work: Work, drafts: list[_Draft], context: Context, tally: Tally) -> None:
    await work.one_at_a_time()
    told = [one for draft in drafts for one in (draft.email, draft.manager, draft.previous) if one]
    ids = await work.imports.person_ids(told)
    moved = await _moved(work, drafts, ids)
    drafts = _without_old_addresses(drafts, moved, ids)
    ids |= {email: person_id for email, (person_id, _) in moved.items()}
    known = await _known(work, {ids[draft.email] for draft in drafts if draft.email in ids})
    new = [draft for draft in drafts if draft.email not in ids]
    _check(drafts, new, ids)
    await _check_directory_ids(work, drafts, ids)
    if tally.faults:
        return
    if not context.write:
        # Somebody new has no id yet, which is all the same to a count.
        ids |= {draft.email: -number for number, draft in enumerate(new, start=1)}
    else:
        ids |= await _add(work, new, context)
    held = await work.holders.keys_by_person(known.keys()) if _owning(drafts) else {}
    changes = {
        ids[draft.email]: changed
        for draft in drafts
        if (changed := _changed(draft, known.get(ids[draft.email]), ids, held.get(ids[draft.email], frozenset())))
    }
    tally.added = len(new)
    tally.changed = len(changes.keys() - {ids[draft.email] for draft in new})
    tally.unchanged = len(drafts) - tally.added - tally.changed
    if context.write:
        await _write(work, changes, [ids[draft.email] for draft in new], context)


async def _moved(work: Work, drafts: list[_Draft], ids: Mapping[str, int]) -> dict[str, tuple[int, _Draft]]:
    """Who has a new address, by that address: whose earlier one the file gives, or whose object id and name it has.

    The id alone is not enough: it may stand in a wrong row, and somebody would be taken for somebody else.
    """
    taken = await work.imports.known_by_directory_id({one.directory_id[1] for one in drafts if one.directory_id})
    holders = await _known(work, {person_id for person_id, _ in taken.values()})
    moved: dict[str, tuple[int, _Draft]] = {}
    for draft in drafts:
        before = ids.get(draft.previous) if draft.previous else None
        if draft.email in ids:
            if before is not None and before != ids[draft.email]:
                draft.row.fault("import-both-addresses-known", "previous", value=draft.previous)
        elif before is not None:
            moved[draft.email] = before, draft
        elif draft.previous is not None:
            draft.row.fault("import-person-unknown", "previous", value=draft.previous)
        elif draft.directory_id in taken and _same_name(draft, holders[taken[draft.directory_id][0]]):
            moved[draft.email] = taken[draft.directory_id][0], draft
    return moved


def _same_name(draft: _Draft, person: Person) -> bool:
    return str(draft.values.get("name", person.name)).casefold() == person.name.casefold()


def _without_old_addresses(
    drafts: list[_Draft], moved: Mapping[str, tuple[int, _Draft]], ids: Mapping[str, int]
) -> list[_Draft]:
    """The rows that are used. Of an address that somebody had, which a file may call left, the new one's row counts."""
    by_person: dict[int, _Draft] = {}
    for person_id, draft in moved.values():
        first = by_person.setdefault(person_id, draft)
        if first is not draft:
            draft.row.fault("import-repeated", "email", first=first.row.line)
    kept = []
    for draft in drafts:
        newer = by_person.get(ids.get(draft.email, 0))
        if newer is None:
            kept.append(draft)
        else:
            draft.row.note("import-note-address-changed", "email", value=newer.email, first=newer.row.line)
    return kept


def _check(drafts: list[_Draft], new: list[_Draft], ids: Mapping[str, int]) -> None:
    for draft in new:
        if "name" not in draft.values:
            draft.row.fault("import-person-without-name", "name")
    in_file = {draft.email for draft in new}
    for draft in drafts:
        if draft.manager is not None and draft.manager not in ids and draft.manager not in in_file:
            draft.row.fault("import-manager-unknown", "manager", value=draft.manager)


async def _check_directory_ids(work: Work, drafts: list[_Draft], ids: Mapping[str, int]) -> None:
    """An object id is one person's. Who has it must have got another one before, in an earlier file."""
    given = {draft.directory_id: draft for draft in drafts if draft.directory_id is not None}
    taken = await work.imports.known_by_directory_id({object_id for _, object_id in given})
    for directory_id in given.keys() & taken.keys():
        draft, (holder, email) = given[directory_id], taken[directory_id]
        if ids.get(draft.email) != holder:
            draft.row.fault("import-object-id-taken", "object_id", value=email)


async def _known(work: Work, ids: set[int]) -> dict[int, Person]:
    known: dict[int, Person] = {}
    for some in chunks(ids):
        known |= await work.people.by_ids(some)
    return known


async def _add(work: Work, new: list[_Draft], context: Context) -> dict[str, int]:
    """Add people with what every row has; the rest follows as a change."""
    added: dict[str, int] = {}
    for some in context.writing(new):
        ids = await work.imports.add_people([{"name": one.values["name"], "email": one.email} for one in some])
        added |= {one.email: person_id for one, person_id in zip(some, ids, strict=True)}
    return added


def _owning(drafts: list[_Draft]) -> bool:
    return any(draft.owner_of is not None for draft in drafts)


def _changed(draft: _Draft, before: Person | None, ids: Mapping[str, int], held: frozenset[str]) -> dict[str, object]:
    """What the file says otherwise than the records. `roles` and `owner_of` are kept in tables of their own."""
    owned = {} if draft.owner_of in (None, held) else {"owner_of": draft.owner_of}
    return owned | _changed_person(draft, before, ids)


def _changed_person(draft: _Draft, before: Person | None, ids: Mapping[str, int]) -> dict[str, object]:
    given = dict(draft.values)
    if before is not None and (before.email or "").lower() != draft.email:
        given["email"] = draft.email
    if draft.manager is not None:
        given["line_manager_id"] = ids[draft.manager]
    if draft.roles is not None:
        given["roles"] = draft.roles | {Role.PRACTITIONER}
    if before is None:
        return {key: value for key, value in given.items() if key != "name" and value != frozenset({Role.PRACTITIONER})}
    return {key: value for key, value in given.items() if getattr(before, key) != value}


async def _write(work: Work, changes: dict[int, dict[str, object]], new: list[int], context: Context) -> None:
    roles: dict[int, frozenset[Role]] = {}
    details = {person_id: _told(values) for person_id, values in changes.items()}
    for person_id, values in changes.items():
        held = values.pop("roles", None)
        if isinstance(held, frozenset):
            roles[person_id] = held
        owned = values.pop("owner_of", None)
        if isinstance(owned, frozenset):
            await work.holders.set_keys(person_id, owned)
    await work.imports.change_people(changes)
    await work.imports.set_roles(roles)
    added = set(new)
    deeds: list[Deed] = [("imported", "person", one, details.get(one, {})) for one in new]
    deeds += [("changed", "person", one, {"by": BY_IMPORT, **details[one]}) for one in changes if one not in added]
    await work.events.record_all(deeds, at=context.now, actor_id=context.actor_id)


def _told(values: Mapping[str, object]) -> dict[str, str]:
    """What changed, for the audit trail: names of columns, and for what somebody may do also what it is now."""
    told = {"what": " ".join(sorted(values))}
    for key in ("roles", "owner_of"):
        held = values.get(key)
        if isinstance(held, frozenset):
            told[key] = " ".join(sorted(held))
    return told
