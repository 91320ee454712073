"""Action items: who owes what to which plan, and how it ends. Free text is screened before it is kept."""

from __future__ import annotations

from datetime import date, datetime

from services.errors import NotAllowed, NotFound, ServiceError
from services.model import ActionItem, ActionState, Person, Role
from services.rulebook import Rulebook, Screen
from services.work import Work
from services.workdays import local_day

LONGEST_NOTE = 2000


def _note(text: str, code_if_empty: str, screen: Screen) -> str:
    text = text.strip()
    if not text:
        raise ServiceError(code_if_empty)
    if len(text) > LONGEST_NOTE:
        raise ServiceError("answer-too-long", longest=LONGEST_NOTE)
    if screen(text):
        raise ServiceError("answer-identifies")
    return text


async def find_own(work: Work, person: Person, item_id: int) -> ActionItem:
    """The item, if this person owns it or is the partnership manager. Raises `NotFound` otherwise."""
    item = await work.actions.by_id(item_id)
    if item is None or (item.owner_id != person.id and not person.has(Role.MANAGER)):
        raise NotFound("action-unknown")
    return item


async def _change(
    work: Work, item: ActionItem, verb: str, person: Person, now: datetime, **values: object
) -> ActionItem:
    if not await work.actions.change_open(item.id, **values):
        raise ServiceError("action-closed")
    await work.events.record(verb, ("action", item.id), at=now, actor_id=person.id)
    changed = await work.actions.by_id(item.id)
    assert changed is not None
    return changed


async def complete(
    work: Work, person: Person, item_id: int, *, evidence: str, now: datetime, rules: Rulebook
) -> ActionItem:
    """Mark an item done, with the evidence that an inspector would ask for. Completing twice changes nothing.

    Raises `NotFound` for somebody else's item, `ServiceError` without evidence or with identifying text.
    """
    item = await find_own(work, person, item_id)
    if item.state is ActionState.DONE:
        return item
    kept = _note(evidence, "evidence-missing", rules.screen)
    done = {"state": ActionState.DONE.value, "evidence": kept, "completed_at": now}
    try:
        return await _change(work, item, "completed", person, now, **done)
    except ServiceError:
        # Two presses at the same moment: the other one was first, and it is done.
        latest = await find_own(work, person, item_id)
        if latest.state is ActionState.DONE:
            return latest
        raise


async def note_progress(
    work: Work, person: Person, item_id: int, *, progress: str, now: datetime, rules: Rulebook
) -> ActionItem:
    """Keep a progress note on an open item."""
    item = await find_own(work, person, item_id)
    return await _change(
        work, item, "progress", person, now, progress=_note(progress, "progress-missing", rules.screen)
    )


async def ask_more_time(
    work: Work, person: Person, item_id: int, *, until: date, reason: str, now: datetime, rules: Rulebook
) -> ActionItem:
    """Ask the partnership manager for a later date. The due date stands until the manager grants it.

    Raises `ServiceError` unless `until` lies after today and after the present due date.
    """
    item = await find_own(work, person, item_id)
    if until <= max(local_day(now), item.due_on or date.min):
        raise ServiceError("more-time-not-later")
    return await _change(
        work,
        item,
        "asked-more-time",
        person,
        now,
        more_time_until=until,
        progress=_note(reason, "reason-missing", rules.screen),
    )


async def list_overdue(work: Work, person: Person, *, now: datetime) -> list[ActionItem]:
    """Every overdue item for the manager; for anybody else, their own."""
    today = local_day(now)
    if person.has(Role.MANAGER):
        return await work.actions.overdue(today)
    return [item for item in await work.actions.open_of(person.id) if item.overdue(today)]


async def set_owner_and_date(
    work: Work, person: Person, item_id: int, *, owner_id: int, due_on: date, now: datetime
) -> ActionItem:
    """Give an item an owner and a date, so that it can be chased.

    Raises `NotAllowed` for all but the manager, `NotFound` for an owner who is not known or has left.
    """
    if not person.has(Role.MANAGER):
        raise NotAllowed("manager-only")
    owner = await work.people.by_id(owner_id)
    if owner is None or not owner.active:
        raise NotFound("person-unknown")
    item = await find_own(work, person, item_id)
    return await _change(work, item, "assigned", person, now, owner_id=owner_id, due_on=due_on, more_time_until=None)
