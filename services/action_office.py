"""What the partnership manager does with action items: owner, date, requests, closing.

The manager answers for all plans; every deed is recorded with what it changed. Dates are calendar days.
Re-audits are in `services.re_audits`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from config.plans import DueKind
from services import owners
from services.actions import REQUEST, Detail, assigned_notice, change, recorded
from services.due import limit_date, relative_due
from services.errors import NotFound, ServiceError
from services.kept import kept_text
from services.model import (
    ActionItem,
    ActionRequest,
    ActionState,
    NoteKind,
    Owed,
    Person,
    RequestKind,
    RequestState,
    Role,
)
from services.rights import require_manager
from services.rulebook import Rulebook
from services.work import Work
from services.workplaces import workplace


@dataclass(frozen=True, slots=True)
class NewOwner:
    """Who is to own an item: a person by id, or a post (a key of the pack, or a job title). One of the two."""

    person_id: int | None = None
    post: str | None = None


async def find(work: Work, person: Person, item_id: int) -> ActionItem:
    """Any item, for the manager. Raises `NotAllowed` for anybody else, `NotFound` when there is none."""
    require_manager(person)
    item = await work.actions.by_id(item_id)
    if item is None:
        raise NotFound("action-unknown-to-all")
    return item


async def assign(
    work: Work,
    person: Person,
    item_id: int,
    *,
    owner: NewOwner | None = None,
    due_on: date | None = None,
    now: datetime,
    rules: Rulebook,
) -> ActionItem:
    """Give an item an owner, a date, or both, so that it can be chased. What is not given stays.

    Raises `NotAllowed` for all but the manager, `NotFound` for an owner who is not known, has left, or holds no
    such post, `ServiceError` for a date that is not to come.
    """
    item = await find(work, person, item_id)
    values: dict[str, object] = {}
    if owner is not None:
        values |= await _owner_values(work, owner, item, rules)
    if due_on is not None and due_on != item.due_on:
        if due_on < rules.today(now):
            raise ServiceError("due-date-past")
        values["due_on"] = due_on
    if not values or all(getattr(item, name) == value for name, value in values.items()):
        return item
    changed = await change(
        work, item, "assigned", person, now, differences(item, values), more_time_until=None, **values
    )
    await _settle_requests(work, item, changed, person, now)
    await tell_owner(work, changed, person, now)
    return changed


async def _owner_values(work: Work, owner: NewOwner, item: ActionItem, rules: Rulebook) -> dict[str, object]:
    if owner.post is not None:
        held = await owners.holders(work, rules.pack, [owner.post])
        holder = owners.resolve(held, owner.post, item.lead_agency)
        if holder is None:
            raise NotFound("post-vacant", post=owners.title_of(rules.pack, owner.post))
        return {"owner_id": holder.id, "owner_role": owner.post}
    found = await work.people.by_id(owner.person_id or 0)
    if found is None or not found.active:
        raise NotFound("person-unknown")
    return {"owner_id": found.id, "owner_role": None}


def differences(item: ActionItem, values: dict[str, object]) -> Detail:
    """What was and what is now, for the history. Ids, dates and posts; never free text."""

    def plain(value: object) -> str | int | None:
        return value.isoformat() if isinstance(value, date) else value if isinstance(value, str | int) else None

    found: dict[str, str | int | bool | None] = {}
    for name, value in values.items():
        if getattr(item, name) != value:
            found |= {f"{name}_from": plain(getattr(item, name)), f"{name}_to": plain(value)}
    return found


async def _settle_requests(work: Work, before: ActionItem, after: ActionItem, by: Person, now: datetime) -> None:
    """What was asked and has just been given is granted. Another date than the one asked for overtakes the wish for it.

    Who said that an item is not theirs waits for another owner, and was promised to be told: a date decides nothing.
    """
    moved = after.owner_id != before.owner_id
    for one in await work.action_requests.open(item_id=before.id):
        transfer = one.kind is RequestKind.TRANSFER
        if transfer and not moved:
            continue
        given = transfer or (one.until is not None and after.due_on == one.until)
        state = RequestState.GRANTED if given else RequestState.WITHDRAWN
        if await work.action_requests.decide(one.id, state, by=by.id, at=now, answer=None) and transfer:
            await _tell_asker(work, one, now)


async def tell_owner(work: Work, item: ActionItem, by: Person | None, now: datetime) -> None:
    """Owe the owner the news that the item is theirs, dated or not, or that its date is another; not to who did it."""
    if item.owner_id is not None and (by is None or item.owner_id != by.id):
        await work.notices.owe(assigned_notice(item, item.owner_id, now), now)


async def _tell_asker(work: Work, request: ActionRequest, now: datetime) -> None:
    await work.notices.owe(Owed(REQUEST, request.id, "decided", request.asked_by, due_at=now), now)


async def may_decide(work: Work, person: Person, request: ActionRequest) -> bool:
    """The manager decides everything; who leads safeguarding in the asker's agency may pass an item on within it."""
    if person.has(Role.MANAGER):
        return True
    if request.kind is not RequestKind.TRANSFER or not person.has(Role.DSL) or person.id == request.asked_by:
        return False
    people = await work.people.by_ids([request.asked_by, request.to_person_id or request.asked_by])
    place = workplace(person)
    return place is not None and all(workplace(one) == place for one in people.values())


async def find_to_decide(work: Work, person: Person, request_id: int) -> ActionRequest:
    """The request, if this person may decide it. Raises `NotFound` otherwise, as for one that does not exist."""
    request = (await work.action_requests.by_ids([request_id])).get(request_id)
    if request is None or not await may_decide(work, person, request):
        raise NotFound("request-unknown")
    return request


async def decide(
    work: Work, person: Person, request_id: int, *, granted: bool, answer: str, now: datetime, rules: Rulebook
) -> tuple[ActionItem, ActionRequest]:
    """Grant or refuse what an owner asked for, and tell them. Deciding twice changes nothing.

    A refusal needs a reason in `answer`. Raises `NotFound` for somebody who may not decide, as for a request that
    does not exist; `ServiceError` when a transfer names nobody: then the manager gives the item an owner instead.
    """
    request = await find_to_decide(work, person, request_id)
    item = await work.actions.by_id(request.item_id)
    assert item is not None
    if request.state is not RequestState.ASKED:
        return item, request
    if granted and request.kind is RequestKind.TRANSFER and request.to_person_id is None:
        raise ServiceError("transfer-to-nobody", ref=item.ref)
    kept = kept_text(answer, rules, missing="refusal-reason-missing") if answer.strip() or not granted else None
    state = RequestState.GRANTED if granted else RequestState.REFUSED
    if not await work.action_requests.decide(request.id, state, by=person.id, at=now, answer=kept):
        return item, (await work.action_requests.by_ids([request_id]))[request_id]
    item = await _carry_out(work, person, item, request, state, now)
    await _tell_asker(work, request, now)
    return item, (await work.action_requests.by_ids([request_id]))[request_id]


async def _carry_out(
    work: Work, person: Person, item: ActionItem, request: ActionRequest, state: RequestState, now: datetime
) -> ActionItem:
    """Change the item as it was decided."""
    values: dict[str, object] = {}
    transferred = state is RequestState.GRANTED and request.kind is RequestKind.TRANSFER
    if transferred:
        values |= {"owner_id": request.to_person_id, "owner_role": None}
    if transferred or request.kind is RequestKind.EXTENSION:
        values["more_time_until"] = None
    if state is RequestState.GRANTED and request.until is not None:
        # The date may have moved since, beyond what was asked for: more time never makes it earlier.
        values["due_on"] = max(request.until, item.due_on or date.min)
    detail = {**differences(item, values), "request": request.id}
    changed = await change(work, item, f"{request.kind.value}-{state.value}", person, now, detail, **values)
    if transferred:
        # What the old owner still asked for is no business of the new one.
        await _settle_requests(work, item, changed, person, now)
        await tell_owner(work, changed, person, now)
    return changed


async def extend(
    work: Work, person: Person, item_id: int, *, until: date, reason: str, now: datetime, rules: Rulebook
) -> ActionItem:
    """Give an item a later date without having been asked. Kept as an extension, with its reason and approver."""
    item = await find(work, person, item_id)
    if item.due_on == until:
        return item
    if until <= max(rules.today(now), item.due_on or date.min):
        raise ServiceError("more-time-not-later")
    kept = kept_text(reason, rules, missing="reason-missing")
    values: dict[str, object] = {"due_on": until, "more_time_until": None}
    changed = await change(work, item, "extended", person, now, differences(item, values), **values)
    request_id = await work.action_requests.add(
        item_id=item.id,
        kind=RequestKind.EXTENSION.value,
        asked_by=person.id,
        asked_at=now,
        reason=kept,
        due_before=item.due_on,
        until=until,
    )
    await work.action_requests.decide(request_id, RequestState.GRANTED, by=person.id, at=now, answer=None)
    await _settle_requests(work, item, changed, person, now)
    await tell_owner(work, changed, person, now)
    return changed


async def close(work: Work, person: Person, item_id: int, *, impact: str, now: datetime, rules: Rulebook) -> ActionItem:
    """Say what difference a finished item made; or close an open one that needs doing no more, saying why."""
    item = await find(work, person, item_id)
    kept = kept_text(impact, rules, missing="action-impact-missing")
    closing = item.state is ActionState.OPEN
    if item.impact == kept and not closing:
        return item
    values: dict[str, object] = {"impact": kept}
    if closing:
        values |= {"state": ActionState.CLOSED.value, "completed_at": now, "more_time_until": None}
    if not await work.actions.change_in(item.id, item.state, **values):
        raise ServiceError("action-closed")
    await work.action_notes.add(item.id, NoteKind.IMPACT, kept, person_id=person.id, at=now)
    await work.action_requests.overtake(item.id, at=now)
    return await recorded(work, item, "closed" if closing else "impact", person, now, {})


async def reopen(
    work: Work, person: Person, item_id: int, *, reason: str, now: datetime, rules: Rulebook
) -> ActionItem:
    """Open an item again that was marked as done or closed by mistake, or too early. It is chased again by its date.

    What was called its evidence and its impact stays in the history alone. An item that is open stays as it is.
    """
    item = await find(work, person, item_id)
    if item.state is ActionState.OPEN:
        return item
    kept = kept_text(reason, rules, missing="reopen-reason-missing")
    values: dict[str, object] = {"state": ActionState.OPEN.value, "completed_at": None, "evidence": None}
    values |= {"impact": None, "re_audit_on": None, "tested_on": None}
    if not await work.actions.change_in(item.id, item.state, **values):
        return await find(work, person, item_id)
    await keep_words(work, item, {NoteKind.EVIDENCE: item.evidence, NoteKind.IMPACT: item.impact}, now)
    await work.action_notes.add(item.id, NoteKind.PROGRESS, kept, person_id=person.id, at=now)
    opened = await recorded(work, item, "reopened", person, now, {})
    await tell_owner(work, opened, person, now)
    return opened


async def keep_words(work: Work, item: ActionItem, words: Mapping[NoteKind, str | None], now: datetime) -> None:
    """What is no evidence of a new round stays in the notes, where what a published report said may be missing."""
    noted = {(one.kind, one.text) for one in await work.action_notes.of([item.id])}
    at = item.completed_at or now
    for kind, text in words.items():
        if text and (kind, text) not in noted:
            await work.action_notes.add(item.id, kind, text, person_id=None, at=at)


async def set_anchor(
    work: Work, person: Person, item_id: int, *, on: date, now: datetime, rules: Rulebook
) -> ActionItem:
    """Date the event that an item is counted from, or the audit that its limit is counted from: that sets its date.

    Raises `ServiceError` when nothing of the item is counted from an event.
    """
    item = await find(work, person, item_id)
    if item.due_kind == DueKind.RELATIVE:
        due_on = relative_due(on, item.after, rules.workdays)
    else:
        due_on = limit_date(rules.pack, replace(item, anchored_on=on), on, rules.workdays)
    if due_on is None and item.due_kind != DueKind.RELATIVE:
        raise ServiceError("no-event-to-date", ref=item.ref)
    values: dict[str, object] = {"anchored_on": on, **({"due_on": due_on} if due_on else {})}
    enough = due_on is not None and item.more_time_until is not None and due_on >= item.more_time_until
    if enough:
        values["more_time_until"] = None
    changed = await change(work, item, "event-dated", person, now, differences(item, values), **values)
    if enough:
        await _settle_requests(work, item, changed, person, now)
    await tell_owner(work, changed, person, now)
    return changed
