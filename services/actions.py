"""What the owner of an action item does: done with evidence, progress, more time, not mine.

Free text is screened before it is kept. What only the manager may do is in `services.action_office`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from services.due import next_occurrence
from services.errors import NotFound, ServiceError
from services.kept import kept_text
from services.model import (
    BY_IMPORT,
    ActionItem,
    ActionRequest,
    ActionState,
    Event,
    NoteKind,
    Owed,
    Person,
    RequestKind,
    RequestState,
    Role,
)
from services.rulebook import Rulebook
from services.work import Work
from services.workdays import require_aware

REQUEST, ASSIGNED, GIVEN = "action-request", "action-assigned", "actions-given"
"""Kinds of notice that a deed owes at once: a request to be decided or just decided, a new owner, and the owners of a
whole file."""
_SAME_PRESS = timedelta(days=1)
"""The same evidence for a recurring item within a day is the same press, not the next occurrence."""

Detail = Mapping[str, str | int | bool | None]


def assigned_notice(item: ActionItem, person_id: int, now: datetime) -> Owed:
    """The news that an item is theirs, or has another date. The step names the moment, for they may get it back; what
    stands after the colon is the date that it is about, `None` for an item that has none."""
    step = f"assigned-{require_aware(now):%Y%m%dT%H%M%SZ}:{item.due_on}"
    return Owed(ASSIGNED, item.id, step, person_id, due_at=now)


def given_notice(person_id: int, now: datetime) -> Owed:
    """The news that a file gave somebody items, dated or not, or other dates: one notice, however many there are.

    The step keeps the moment of the file, from which the items are found.
    """
    return Owed(GIVEN, person_id, f"file:{require_aware(now).astimezone(UTC).isoformat()}", person_id, due_at=now)


def gives_by_file(deed: Event) -> bool:
    """True where a file gave somebody the item of this deed, or gave it another date: what such a notice tells of."""
    if deed.verb == "imported":
        return True
    return deed.detail.get("by") == BY_IMPORT and not deed.detail.keys().isdisjoint({"owner_id_to", "due_on_to"})


async def find_own(work: Work, person: Person, item_id: int) -> ActionItem:
    """The item, if this person owns it or is the partnership manager. Raises `NotFound` otherwise."""
    item = await work.actions.by_id(item_id)
    if item is None or (item.owner_id != person.id and not person.has(Role.MANAGER)):
        raise NotFound("action-unknown")
    return item


async def change(
    work: Work, item: ActionItem, verb: str, person: Person, now: datetime, detail: Detail, **values: object
) -> ActionItem:
    """Change an open item and record who did it. Raises `ServiceError` when it is not open any more."""
    if not await work.actions.change_open(item.id, **values):
        raise ServiceError("action-closed")
    return await recorded(work, item, verb, person, now, detail)


async def recorded(
    work: Work, item: ActionItem, verb: str, person: Person | None, now: datetime, detail: Detail
) -> ActionItem:
    """Record a change that was made, and give the item as it is now."""
    actor_id = person.id if person else None
    await work.events.record(verb, ("action", item.id), at=now, actor_id=actor_id, detail=detail)
    changed = await work.actions.by_id(item.id)
    assert changed is not None
    return changed


async def complete(
    work: Work,
    person: Person,
    item_id: int,
    *,
    evidence: str,
    now: datetime,
    rules: Rulebook,
    for_due: date | None = None,
) -> ActionItem:
    """Mark an item done, with the evidence that an inspector would ask for. Completing twice changes nothing.

    A recurring item stays open and falls due at its next date; `for_due` is the date that a card showed.
    Raises `NotFound` for somebody else's item, `ServiceError` without evidence or with identifying text.
    """
    item = await find_own(work, person, item_id)
    if item.state is ActionState.DONE or (for_due is not None and item.due_on != for_due):
        return item
    kept = kept_text(evidence, rules, missing="evidence-missing")
    following = next_occurrence(item, rules.today(now), rules.workdays)
    if following is not None:
        return await _complete_once(work, person, item, kept, following, now)
    done = {"state": ActionState.DONE.value, "evidence": kept, "completed_at": now, "more_time_until": None}
    if not await work.actions.change_open(item.id, **done):
        # Two presses at the same moment: the other one was first, and it is done.
        latest = await find_own(work, person, item_id)
        if latest.state is ActionState.DONE:
            return latest
        raise ServiceError("action-closed")
    await work.action_notes.add(item.id, NoteKind.EVIDENCE, kept, person_id=person.id, at=now)
    await work.action_requests.overtake(item.id, at=now)
    return await recorded(work, item, "completed", person, now, {})


async def add_evidence(
    work: Work, person: Person, item_id: int, *, evidence: str, now: datetime, rules: Rulebook
) -> bool:
    """Keep further evidence of an item that is done already, beside what there is. False if it is kept already."""
    item = await find_own(work, person, item_id)
    kept = kept_text(evidence, rules, missing="evidence-missing")
    notes = await work.action_notes.of([item.id])
    if kept == item.evidence or any(note.kind is NoteKind.EVIDENCE and note.text == kept for note in notes):
        return False
    await work.action_notes.add(item.id, NoteKind.EVIDENCE, kept, person_id=person.id, at=now)
    await work.events.record("added-evidence", ("action", item.id), at=now, actor_id=person.id)
    return True


async def _complete_once(
    work: Work, person: Person, item: ActionItem, evidence: str, following: date, now: datetime
) -> ActionItem:
    """One occurrence of a recurring item is done, and the next one falls due."""
    earlier = [note for note in await work.action_notes.of([item.id]) if note.kind is NoteKind.EVIDENCE]
    if earlier and earlier[-1].text == evidence and now - earlier[-1].at < _SAME_PRESS:
        return item
    if not await work.actions.change_due(item.id, item.due_on, due_on=following, more_time_until=None):
        return await find_own(work, person, item.id)
    await work.action_notes.add(item.id, NoteKind.EVIDENCE, evidence, person_id=person.id, at=now)
    await work.action_requests.overtake(item.id, at=now)
    detail = {"due": item.due_on.isoformat() if item.due_on else None, "next": following.isoformat()}
    return await recorded(work, item, "completed-once", person, now, detail)


async def note_progress(
    work: Work, person: Person, item_id: int, *, progress: str, now: datetime, rules: Rulebook
) -> ActionItem:
    """Keep a progress note on an open item, beside those that are there."""
    item = await find_own(work, person, item_id)
    kept = kept_text(progress, rules, missing="progress-missing")
    changed = await change(work, item, "progress", person, now, {}, progress=kept)
    await work.action_notes.add(item.id, NoteKind.PROGRESS, kept, person_id=person.id, at=now)
    return changed


async def ask_more_time(
    work: Work, person: Person, item_id: int, *, until: date, reason: str, now: datetime, rules: Rulebook
) -> ActionItem:
    """Ask the partnership manager for a later date. The due date stands until the manager grants it.

    Raises `ServiceError` unless `until` lies after today and after the present due date.
    """
    item = await find_own(work, person, item_id)
    if until <= max(rules.today(now), item.due_on or date.min):
        raise ServiceError("more-time-not-later")
    kept = kept_text(reason, rules, missing="reason-missing")
    waiting = [one for one in await work.action_requests.open(item_id=item.id) if one.kind is RequestKind.EXTENSION]
    if any(one.until == until and one.reason == kept for one in waiting):
        return item
    detail = {"until": until.isoformat()}
    changed = await change(work, item, "asked-more-time", person, now, detail, more_time_until=until)
    for one in waiting:
        await work.action_requests.decide(one.id, RequestState.WITHDRAWN, by=person.id, at=now, answer=None)
    await _ask(work, item, RequestKind.EXTENSION, person, kept, now, until=until)
    return changed


async def say_not_mine(
    work: Work, person: Person, item_id: int, *, reason: str, to: str, now: datetime, rules: Rulebook
) -> ActionItem:
    """Say that an item belongs to somebody else. `to` is that person's work e-mail or full name, or empty.

    It stays with its owner, and is chased, until the manager or the agency's lead has decided.
    Raises `NotFound` when nobody is known by what `to` says.
    """
    item = await find_own(work, person, item_id)
    if item.state is not ActionState.OPEN:
        raise ServiceError("action-closed")
    # first of all: whoever is asked for a reason has named nobody, or somebody we know
    other = await find_person(work, to) if to.strip() else None
    kept = kept_text(reason, rules, missing="not-mine-reason-missing")
    waiting = [one for one in await work.action_requests.open(item_id=item.id) if one.kind is RequestKind.TRANSFER]
    to_id = other.id if other else None
    if any(one.to_person_id == to_id and one.reason == kept for one in waiting):
        return item
    for one in waiting:
        await work.action_requests.decide(one.id, RequestState.WITHDRAWN, by=person.id, at=now, answer=None)
    await _ask(work, item, RequestKind.TRANSFER, person, kept, now, to_person_id=to_id)
    return await recorded(work, item, "said-not-mine", person, now, {"to": to_id})


async def withdraw_request(work: Work, person: Person, request: ActionRequest, *, now: datetime) -> bool:
    """Take back what one has asked for. False if it was decided in the meantime. Raises `NotFound` for another's."""
    item = await work.actions.by_id(request.item_id)
    if request.asked_by != person.id or item is None:
        raise NotFound("request-unknown")
    if not await work.action_requests.decide(request.id, RequestState.WITHDRAWN, by=person.id, at=now, answer=None):
        return False
    if request.kind is RequestKind.EXTENSION:
        await work.actions.change_open(item.id, more_time_until=None)
    await recorded(work, item, f"{request.kind.value}-taken-back", person, now, {"request": request.id})
    return True


async def find_person(work: Work, text: str) -> Person:
    """The one active person with this work e-mail or this full name. Raises `NotFound` for nobody, or for several."""
    found = await work.people.by_email(text)
    if found is None:
        named = await work.people.named(text)
        found = named[0] if len(named) == 1 else None
    if found is None or not found.active:
        raise NotFound("person-not-found")
    return found


async def _ask(
    work: Work, item: ActionItem, kind: RequestKind, person: Person, reason: str, now: datetime, **values: object
) -> None:
    request_id = await work.action_requests.add(
        item_id=item.id,
        kind=kind.value,
        asked_by=person.id,
        asked_at=now,
        reason=reason,
        due_before=item.due_on,
        **values,
    )
    managers = await work.people.with_role(Role.MANAGER)
    await work.notices.owe_all([Owed(REQUEST, request_id, "asked", one.id, due_at=now) for one in managers], now)
