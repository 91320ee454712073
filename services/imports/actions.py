"""`import actions`: items of action plans, by reference. An empty cell leaves what is known as it is.

What somebody finished in the bot stays finished, whatever an older file says.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from services.actions import LONGEST_NOTE
from services.imports import cells, layouts, names
from services.imports.finding import screened
from services.imports.outcome import Stage, Tally
from services.imports.row import STEP, Context, Row, rows_of
from services.imports.sheet import Cell, Sheet
from services.model import ActionItem, ActionState
from services.store.imports import Deed
from services.work import Work
from services.workdays import wall_clock

Values = dict[str, object]

_STATES = {
    **dict.fromkeys(("open", "not started", "in progress", "on track", "at risk", "overdue"), ActionState.OPEN),
    **dict.fromkeys(("done", "complete", "completed"), ActionState.DONE),
    **dict.fromkeys(("closed", "superseded", "no longer needed"), ActionState.CLOSED),
}
_KINDS = {
    **dict.fromkeys(("r", "recommendation"), "R"),
    **dict.fromkeys(("a", "action"), "A"),
    **dict.fromkeys(("l", "learning"), "L"),
    **dict.fromkeys(("d", "done"), "D"),
}


@dataclass(frozen=True, slots=True)
class _Draft:
    row: Row
    ref: str
    values: Values
    owner: str | None


@dataclass(frozen=True, slots=True)
class _Known:
    """What the pack knows by name, prepared once for all rows."""

    plan: Callable[[Cell], str]
    agency: Callable[[Cell], str]


def read(sheet: Sheet, context: Context, tally: Tally) -> Callable[[Work], Awaitable[None]]:
    """Read every row, and return what brings them in."""
    known = _Known(names.plan_id(context.rules.pack), names.agency_id(context.rules.pack))
    drafts: dict[str, _Draft] = {}
    for row in rows_of(sheet, layouts.ACTIONS, context, tally):
        draft = _draft(row, known, context)
        if draft is not None and drafts.setdefault(draft.ref, draft) is not draft:
            row.fault("import-repeated", "ref", first=drafts[draft.ref].row.line)

    async def bring_in(work: Work) -> None:
        await _bring_in(work, list(drafts.values()), context, tally)

    return bring_in


def _draft(row: Row, known: _Known, context: Context) -> _Draft | None:
    screen = context.rules.screen
    ref = row.read("ref", cells.text(40), needed=True)
    completed_on = row.read("completed_on", cells.day)
    state = row.read("state", cells.choice(_STATES))
    values: Values = {
        "plan_id": row.read("plan", known.plan, needed=True),
        "action": row.read("action", screened(screen, LONGEST_NOTE), needed=True),
        "kind": row.read("kind", cells.choice(_KINDS)),
        "lead_agency": row.read("agency", known.agency),
        "state": state.value if state else None,
        "progress": row.read("progress", screened(screen, LONGEST_NOTE)),
        "evidence": row.read("evidence", screened(screen, LONGEST_NOTE)),
        "completed_at": _midday(completed_on, context) if completed_on else None,
        "source": row.read("source", cells.text()),
    }
    owner = row.read("owner", cells.email)
    _add_due(row, values, context)
    if row.faulty or ref is None:
        return None
    return _Draft(row, ref, {key: value for key, value in values.items() if value is not None}, owner)


def _midday(day: date, context: Context) -> datetime:
    return wall_clock(day, time(12), context.rules.pack.partnership.calendar.zone)


def _add_due(row: Row, values: Values, context: Context) -> None:
    """A day, or the words that stand where a day should: plans say "Spring 2024" and "ongoing"."""
    values["due_text"] = row.read("due_text", screened(context.rules.screen, 200))

    def parse(cell: Cell) -> date | str:
        try:
            return cells.day(cell)
        except cells.CellError:
            return screened(context.rules.screen, 200)(cell)

    due = row.read("due", parse)
    if isinstance(due, date):
        values["due_on"] = due
    elif due:
        values["due_text"] = due
        row.note("import-note-due-in-words", "due", value=cells.shown(due))


async def _bring_in(work: Work, drafts: list[_Draft], context: Context, tally: Tally) -> None:
    await work.imports.one_at_a_time()
    before = await work.imports.actions_by_ref({draft.ref for draft in drafts})
    owners = await work.imports.person_ids({draft.owner for draft in drafts if draft.owner})
    changes: dict[int, Values] = {}
    new: list[_Draft] = []
    for draft in drafts:
        item = before.get(draft.ref)
        if not _owned(draft, owners) or _lacks_evidence(draft, item):
            continue
        if item is None:
            new.append(draft)
        elif changed := _diff(draft, item):
            changes[item.id] = changed
    if tally.faults:
        return
    tally.added, tally.changed = len(new), len(changes)
    tally.unchanged = len(drafts) - len(new) - len(changes)
    if context.write:
        await _write(work, new, changes, context)


def _owned(draft: _Draft, owners: Mapping[str, int]) -> bool:
    """Give the row its owner. False, with a fault, when the file names one whom nobody knows."""
    if draft.owner is None:
        return True
    if draft.owner not in owners:
        draft.row.fault("import-person-unknown", "owner", value=cells.shown(draft.owner))
        return False
    draft.values["owner_id"] = owners[draft.owner]
    return True


def _lacks_evidence(draft: _Draft, before: ActionItem | None) -> bool:
    """Done means done with proof (design.md section 1). What needs none is closed."""
    has_some = "evidence" in draft.values or (before is not None and before.evidence)
    if draft.values.get("state") != ActionState.DONE.value or has_some:
        return False
    draft.row.fault("import-no-evidence", "evidence" if draft.row.title("evidence") else "state")
    return True


def _diff(draft: _Draft, item: ActionItem) -> Values:
    """What the file says otherwise. Of an item that is done or closed, nothing is opened again."""
    given = {key: value for key, value in draft.values.items() if key != "kind"}
    changed = {key: value for key, value in given.items() if getattr(item, key) != value}
    if item.state is not ActionState.OPEN and changed:
        if changed.get("state") == ActionState.OPEN.value:
            draft.row.note("import-note-kept-done", "state", ref=draft.ref)
        return {}
    return changed


async def _write(work: Work, new: list[_Draft], changes: Mapping[int, Values], context: Context) -> None:
    blank: Values = {
        "kind": "",
        "lead_agency": None,
        "owner_id": None,
        "due_on": None,
        "due_text": "",
        "state": ActionState.OPEN.value,
        "progress": None,
        "evidence": None,
        "completed_at": None,
        "source": "",
    }
    deeds: list[Deed] = [("changed", "action", one, {"by": "import"}) for one in changes]
    for start in range(0, len(new), STEP):
        some = new[start : start + STEP]
        ids = await work.imports.add_actions(
            [{"ref": one.ref, **blank, **_closed(one.values, context)} for one in some]
        )
        deeds += [("imported", "action", one, {}) for one in ids]
        context.told(Stage.WRITING, start + len(some), len(new))
    await work.imports.change_actions({one: _closed(values, context) for one, values in changes.items()})
    await work.imports.record(deeds, at=context.now, actor_id=context.actor_id)


def _closed(values: Values, context: Context) -> Values:
    """With the moment of completion when it is done now and the file does not say when it was."""
    done = values.get("state") == ActionState.DONE.value and "completed_at" not in values
    return {**values, "completed_at": context.now} if done else values
