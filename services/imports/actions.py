"""`import actions`: items of action plans, by reference. An empty cell leaves what is known as it is.

What somebody finished in the bot stays finished, whatever an older file says.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from config.plans import DueKind
from config.spans import Span
from services.action_office import differences
from services.actions import given_notice
from services.due import can_recur, counts_forward, read_due
from services.imports import cells, layouts, names
from services.imports.columns import plain
from services.imports.finding import screened
from services.imports.outcome import Tally
from services.imports.row import Context, Row, first_of_each, rows_of
from services.imports.sheet import Cell, Sheet
from services.kept import LONGEST
from services.model import BY_IMPORT, ActionItem, ActionState, NoteKind
from services.plans import reported_as_done
from services.rulebook import Screen
from services.store.events import Deed
from services.store.rows import chunks
from services.work import Work

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


_DUE_KINDS = {plain(kind.value): kind.value for kind in DueKind}
_LONG = ("recommendation", "milestones", "measure", "impact")
_SHORT = ("scope", "lead_named", "after_event", "source", "heading")
_DAYS = ("period_ends", "anchored_on", "re_audit_on", "tested_on")


@dataclass(frozen=True, slots=True)
class _Draft:
    row: Row
    ref: str
    values: Values
    owner: str | None
    read_from_words: frozenset[str]
    """What was read out of words and must not overrule a date that somebody has set since."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the pack knows by name, prepared once for all rows."""

    plan: Callable[[Cell], str]
    agency: Callable[[Cell], str]


_BLANK: Values = {
    **dict.fromkeys(("lead_agency", "owner_id", "owner_role", "due_on", "progress", "evidence", "completed_at")),
    **dict.fromkeys((*_LONG, *_DAYS, "scope", "every", "after")),
    **dict.fromkeys(("kind", "due_text", "lead_named", "after_event", "source", "heading"), ""),
    "due_kind": DueKind.UNKNOWN.value,
    "state": ActionState.OPEN.value,
}
"""A row of a file that says nothing."""


def read(sheet: Sheet, context: Context, tally: Tally) -> Callable[[Work], Awaitable[None]]:
    """Read every row, and return what brings them in."""
    known = _Known(names.plan_id(context.rules.pack), names.agency_id(context.rules.pack))
    rows = rows_of(sheet, layouts.ACTIONS, context, tally)
    drafts = list(first_of_each((_draft(row, known, context) for row in rows), lambda one: one.ref.upper(), "ref"))

    async def bring_in(work: Work) -> None:
        await _bring_in(work, drafts, context, tally)

    return bring_in


def _draft(row: Row, known: _Known, context: Context) -> _Draft | None:
    screen = context.rules.screen
    ref = row.read("ref", cells.text(40), needed=True)
    completed_on = row.read("completed_on", cells.day)
    state = row.read("state", cells.choice(_STATES))
    values: Values = {
        "plan_id": row.read("plan", known.plan, needed=True),
        "action": row.read("action", screened(screen, LONGEST), needed=True),
        "kind": row.read("kind", cells.choice(_KINDS)),
        "lead_agency": row.read("agency", known.agency),
        "state": state.value if state else None,
        "progress": row.read("progress", screened(screen, LONGEST)),
        "evidence": row.read("evidence", screened(screen, LONGEST)),
        "completed_at": _midday(completed_on, context) if completed_on else None,
    }
    values |= {key: row.read(key, screened(screen, LONGEST)) for key in _LONG}
    values |= {key: row.read(key, screened(screen, 300)) for key in _SHORT}
    owner = _read_owner(row, values, context)
    _add_due(row, values, context)
    from_words = _read_words(row, values, context)
    if row.faulty or ref is None:
        return None
    known_values = {key: value for key, value in values.items() if value is not None}
    return _Draft(row, ref, known_values, owner, frozenset(from_words))


def _read_owner(row: Row, values: Values, context: Context) -> str | None:
    """An e-mail is a person; other words are a post, which whoever holds it owns."""
    post = row.read("owner_role", screened(context.rules.screen, 120))
    owner = row.read("owner", screened_owner(context.rules.screen))
    if owner is not None and "@" not in owner:
        row.note("import-note-owner-is-post", "owner", value=cells.shown(owner))
        post, owner = post or owner, None
    values["owner_role"] = post
    return owner


def screened_owner(screen: Screen) -> Callable[[Cell], str]:
    """An e-mail address, or the words for a post, which may name nobody."""
    post = screened(screen, 120)
    return lambda cell: cells.email(cell) if "@" in str(cell) else post(cell)


def _read_words(row: Row, values: Values, context: Context) -> Values:
    """The columns that say how an item is due; where they are missing, what its words say. Returns the latter."""
    values |= {key: row.read(key, cells.day) for key in _DAYS}
    values |= {"every": row.read("every", _span(can_recur)), "after": row.read("after", _span(counts_forward))}
    kind = row.read("due_kind", cells.choice(_DUE_KINDS))
    rules = context.rules.pack.partnership.actions
    read = read_due(str(values["due_text"] or ""), rules.period_year.value)
    if kind is not None and read.get("due_kind") != kind:
        read = {}
    read = {key: value for key, value in read.items() if values.get(key) is None}
    values |= read
    values["due_kind"] = kind or read.get("due_kind")
    if values["due_kind"] == DueKind.PERIOD and values.get("due_on") is None and values.get("period_ends") is not None:
        values["due_on"] = read["due_on"] = values["period_ends"]
    if kind == DueKind.DONE.value and values["state"] is None:
        values["state"] = ActionState.DONE.value
        values["evidence"] = values["evidence"] or reported_as_done(context.rules.pack, values)
    return read


def _span(usable: Callable[[Span], bool]) -> Callable[[Cell], str]:
    """A length of time that is usable here, kept as people write it. The reader raises `CellError` for others."""

    def parse(cell: Cell) -> str:
        try:
            span = Span.parse(cells.words_of(cell))
        except ValueError:
            raise cells.CellError("import-bad-span", value=cells.shown(cell)) from None
        if not usable(span):
            raise cells.CellError("import-unusable-span", value=cells.shown(cell))
        return str(span)

    return parse


def _midday(day: date, context: Context) -> datetime:
    return context.rules.at(day, time(12))


def _add_due(row: Row, values: Values, context: Context) -> None:
    """A day, or the words that stand where a day should: plans say "Spring 2024" and "ongoing"."""
    values["due_text"] = row.read("due_text", screened(context.rules.screen, 200))

    def parse(cell: Cell) -> date | str:
        try:
            return cells.day(cell)
        except cells.CellError:
            if cells.looks_like_day(cell):
                raise
            return screened(context.rules.screen, 200)(cell)

    due = row.read("due", parse)
    if isinstance(due, date):
        values["due_on"] = due
    elif due:
        values["due_text"] = due
        row.note("import-note-due-in-words", "due", value=cells.shown(due))


async def _bring_in(work: Work, drafts: list[_Draft], context: Context, tally: Tally) -> None:
    await work.one_at_a_time()
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
        elif changed := _diff(draft, item, context):
            changes[item.id] = changed
    if tally.faults:
        return
    tally.added, tally.changed = len(new), len(changes)
    tally.unchanged = len(drafts) - len(new) - len(changes)
    if context.write:
        await _write(work, new, changes, {item.id: item for item in before.values()}, context)


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


def _diff(draft: _Draft, item: ActionItem, context: Context) -> Values:
    """What the file says otherwise.

    Of an item that is done or closed nothing is opened again, and a file that calls it open is an older one: it says
    nothing new. Any other file may add to it: what difference something made is known long after it was done.
    """
    settled = draft.read_from_words if item.due_on is not None else frozenset()
    given = {key: value for key, value in draft.values.items() if key not in settled}
    changed = {key: value for key, value in given.items() if getattr(item, key) != value}
    if item.state is ActionState.OPEN or not changed:
        return changed
    state, completed = changed.pop("state", None), changed.get("completed_at")
    if state is not None:
        draft.row.note("import-note-kept-done", "state", ref=draft.ref)
    if isinstance(completed, datetime) and item.completed_at is not None:
        # The file gives a day, the bot knows the moment.
        same_day = context.rules.today(completed) == context.rules.today(item.completed_at)
        changed = {key: value for key, value in changed.items() if key != "completed_at" or not same_day}
    return {} if state == ActionState.OPEN.value else changed


_IN_HISTORY = frozenset({"owner_id", "owner_role", "due_on", "re_audit_on", "anchored_on", "state"})
"""Of what a file changes, the history tells these from what to what: no free text."""


async def _write(
    work: Work, new: list[_Draft], changes: Mapping[int, Values], before: Mapping[int, ActionItem], context: Context
) -> None:
    ids_of_new: list[int] = []
    deeds: list[Deed] = []
    for one, values in changes.items():
        told = {key: value for key, value in values.items() if key in _IN_HISTORY}
        deeds.append(("changed", "action", one, {"by": BY_IMPORT, **differences(before[one], told)}))
    for some in context.writing(new):
        ids = await work.imports.add_actions(
            [{"ref": one.ref, **_BLANK, **_closed(one.values, context, _DONE)} for one in some]
        )
        ids_of_new += ids
        deeds += [("imported", "action", one, {}) for one in ids]
    await _keep_notes(work, zip(ids_of_new, (one.values for one in new), strict=True), context)
    await _keep_notes(work, changes.items(), context)
    await work.imports.change_actions({one: _closed(values, context, _FINISHED) for one, values in changes.items()})
    for one, values in changes.items():
        if values.get("state") in _FINISHED:
            # What was asked about it needs no answer now, and could not be carried out any more.
            await work.action_requests.overtake(one, at=context.now)
    await work.events.record_all(deeds, at=context.now, actor_id=context.actor_id)
    changed_hands = [one for one, values in changes.items() if values.keys() & {"owner_id", "due_on"}]
    await _tell_owners(work, [*ids_of_new, *changed_hands], context)


async def _tell_owners(work: Work, given: Collection[int], context: Context) -> None:
    """Whoever got an item, dated or not, or another date for it hears of it, as when the manager says so in the bot;
    but once for the whole file."""
    owners: set[int] = set()
    for some in chunks(given):
        items = (await work.actions.by_ids(some)).values()
        owners |= {one.owner_id for one in items if one.state is ActionState.OPEN and one.owner_id is not None}
    owed = [given_notice(one, context.now) for one in sorted(owners) if one != context.actor_id]
    await work.notices.owe_all(owed, context.now)


async def _keep_notes(work: Work, written: Iterable[tuple[int, Values]], context: Context) -> None:
    """What a file tells of progress and impact stands among the notes, as what people write does."""
    kinds = {"progress": NoteKind.PROGRESS, "evidence": NoteKind.EVIDENCE, "impact": NoteKind.IMPACT}
    notes = [
        {"item_id": item_id, "kind": kind.value, "text": values[key], "person_id": context.actor_id, "at": context.now}
        for item_id, values in written
        for key, kind in kinds.items()
        if values.get(key)
    ]
    for some in chunks(notes):
        await work.action_notes.add_many(some)


_DONE = frozenset({ActionState.DONE.value})
_FINISHED = _DONE | {ActionState.CLOSED.value}
"""What ends an open item now. One that comes in as closed was so before, on a day that nobody has told us."""


def _closed(values: Values, context: Context, ended: frozenset[str]) -> Values:
    """With the moment of completion when it is over now and the file does not say when it was; and nothing that is
    finished waits for more time."""
    over = values.get("state") in ended and "completed_at" not in values
    # A published report says that it is done, and not since when.
    over = over and values.get("due_kind") != DueKind.DONE.value
    changed = {**values, "completed_at": context.now} if over else values
    return {**changed, "more_time_until": None} if values.get("state") in _FINISHED else changed
