"""Re-audits: the day on which it is tested whether practice changed, and what was found. The manager's to set.

Two may decide at the same moment. Whoever comes second judges what the first one left, and of what did not happen
nothing is told.
"""

from __future__ import annotations

from datetime import date, datetime

from services.action_office import differences, find, keep_words, tell_owner
from services.actions import recorded
from services.errors import ServiceError
from services.kept import kept_text
from services.model import ActionItem, ActionState, NoteKind, Person
from services.rulebook import Rulebook
from services.work import Work


async def plan(work: Work, person: Person, item_id: int, *, on: date, now: datetime, rules: Rulebook) -> ActionItem:
    """Set the day on which a re-audit is to show whether practice changed (Arrangements 2019, 10.30)."""
    item = await find(work, person, item_id)
    if item.state is ActionState.CLOSED:
        raise ServiceError("action-closed")
    if on <= rules.today(now):
        raise ServiceError("re-audit-not-later")
    if item.re_audit_on == on:
        return item
    values: dict[str, object] = {"re_audit_on": on, "tested_on": None}
    if not await work.actions.change_re_audit(item, **values):
        return await plan(work, person, item_id, on=on, now=now, rules=rules)
    return await recorded(work, item, "re-audit-set", person, now, differences(item, values))


async def report(
    work: Work, person: Person, item_id: int, *, found: str, changed: bool, now: datetime, rules: Rulebook
) -> ActionItem:
    """Keep what a re-audit found. Where practice has not `changed`, the item is open again and its date is unset.

    Its evidence stays in the notes alone, for it proved too little, and its owner is told.
    """
    item = await find(work, person, item_id)
    if item.re_audit_on is None:
        raise ServiceError("re-audit-not-set", ref=item.ref)
    if item.tested_on is not None:
        return item
    kept = kept_text(found, rules, missing="re-audit-finding-missing")
    values: dict[str, object] = {"tested_on": rules.today(now)}
    if not changed:
        values = {"state": ActionState.OPEN.value, "re_audit_on": None, "due_on": None, "completed_at": None}
        values["evidence"] = None
    if not await work.actions.change_re_audit(item, **values):
        return await report(work, person, item_id, found=found, changed=changed, now=now, rules=rules)
    if not changed:
        await keep_words(work, item, {NoteKind.EVIDENCE: item.evidence}, now)
    await work.action_notes.add(item.id, NoteKind.RE_AUDIT, kept, person_id=person.id, at=now)
    verb = "re-audit-passed" if changed else "re-audit-failed"
    after = await recorded(work, item, verb, person, now, {"planned": item.re_audit_on.isoformat()})
    if not changed:
        await tell_owner(work, after, person, now)
    return after
