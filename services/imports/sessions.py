"""`import sessions`: dated events of courses, by office reference, in the past and to come.

People who are booked must be told of a new date or of a cancellation, which a file cannot do: such a change to a
session that has not begun and has bookings is refused. Who is booked on one that had begun gets the invitation anew;
whose place was not approved in time is told that they may ask again.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar

from services.bookings import closing_kept
from services.evaluations import due_days
from services.imports import cells, layouts, names
from services.imports.outcome import Tally
from services.imports.row import Context, Row, first_of_each, rows_of
from services.imports.sheet import Cell, Sheet
from services.model import ACTIVE, BY_IMPORT, MARKED, MOST_PLACES, Session, SessionState
from services.office import running
from services.store.events import Deed
from services.work import Work

T = TypeVar("T")
Values = dict[str, object]

MODES = {
    **dict.fromkeys(("online", "virtual", "teams", "ms teams", "microsoft teams", "webinar"), "online"),
    **dict.fromkeys(("in person", "face to face", "classroom", "on site"), "in-person"),
}
OPEN, CANCELLED = SessionState.OPEN.value, SessionState.CANCELLED.value
_STATES = {
    **dict.fromkeys(("open", "live", "confirmed", "completed", "held", "closed"), OPEN),
    **dict.fromkeys(("cancelled", "canceled"), CANCELLED),
}
REASONS = {
    **dict.fromkeys(("trainer unavailable", "trainer", "illness"), "trainer-unavailable"),
    **dict.fromkeys(("too few booked", "too few", "low numbers"), "too-few-booked"),
    "weather": "weather",
    "other": "other",
}


@dataclass(frozen=True, slots=True)
class _Draft:
    row: Row
    ref: str
    values: Values
    reason: str | None


def read(sheet: Sheet, context: Context, tally: Tally) -> Callable[[Work], Awaitable[None]]:
    """Read every row, and return what brings them in."""
    course = names.course_id(context.rules.pack)
    rows = rows_of(sheet, layouts.SESSIONS, context, tally)
    drafts = list(first_of_each((_draft(row, course, context) for row in rows), lambda one: one.ref.upper(), "ref"))

    async def bring_in(work: Work) -> None:
        await _bring_in(work, drafts, context, tally)

    return bring_in


def _draft(row: Row, course: Callable[[Cell], str], context: Context) -> _Draft | None:
    ref = row.read("ref", cells.text(60), needed=True)
    venue = row.read("venue", cells.text())
    values: Values = {
        "course_id": row.read("course", course, needed=True),
        "capacity": row.read("capacity", cells.whole(1, MOST_PLACES), needed=True),
        "mode": row.read("mode", cells.choice(MODES)),
        "venue": venue,
        "join_url": row.read("link", _link),
        "trainer": row.read("trainer", cells.text()),
        "state": row.read("state", cells.choice(_STATES)),
    }
    starts, ends = _when(row, context)
    reason = row.read("reason", cells.choice(REASONS))
    if row.faulty or ref is None or starts is None or ends is None:
        return None
    if venue is not None and cells.words_of(venue).casefold() in MODES:
        values |= {"venue": None, "mode": values["mode"] or MODES[venue.casefold()]}
    values |= {"starts_at": starts, "ends_at": ends}
    return _Draft(row, ref, {key: value for key, value in values.items() if value is not None}, reason)


def _link(cell: Cell) -> str:
    found = cells.text(2000)(cell)
    if not found.startswith("https://") or any(mark in found for mark in " <>\"'"):
        raise cells.CellError("import-bad-link", value=cells.shown(cell))
    return found


_HOLDS_A_DAY = re.compile(r"\d[/-]\d|\d{4} | \d{4}")


def _time_or_moment(cell: Cell) -> tuple[date | None, time]:
    try:
        return cells.day_and_clock(cell)
    except cells.CellError as no_moment:
        try:
            return None, cells.clock(cell)
        except cells.CellError:
            # who wrote a day into the cell is not helped by being told how to write a time
            if _HOLDS_A_DAY.search(cells.words_of(cell)):
                raise no_moment from None
            raise


def _when(row: Row, context: Context) -> tuple[datetime | None, datetime | None]:
    """Start and end in UTC, from a day and two times, or from two moments, on the partnership's wall clock."""
    day, last_day = row.read("date", cells.day), row.read("end_date", cells.day)
    starts = row.read("starts", _time_or_moment, needed=True)
    ends = row.read("ends", _time_or_moment, needed=True)
    if row.faulty or starts is None or ends is None:
        return None, None
    first = starts[0] or day
    if first is None:
        row.fault("import-empty-cell", "date" if row.title("date") else "starts")
        return None, None
    at = context.rules.at
    try:
        moments = (at(first, starts[1]), at(ends[0] or last_day or first, ends[1]))
    except ValueError:
        row.fault("import-small-hours", "starts")
        return None, None
    if moments[1] <= moments[0]:
        row.fault("import-ends-before-start", "ends")
    return moments


async def _bring_in(work: Work, drafts: list[_Draft], context: Context, tally: Tally) -> None:
    await work.one_at_a_time()
    before = await work.imports.sessions_by_ref({draft.ref for draft in drafts})
    await work.imports.lock_sessions(
        {before[one.ref].id for one in drafts if one.ref in before and _diff(one, before, context)}
    )
    before = await work.imports.sessions_by_ref({draft.ref for draft in drafts})
    reasons = await _reasons(work, before)
    changes = {before[draft.ref].id: _diff(draft, before, context) for draft in drafts if draft.ref in before}
    newly_reasoned = [draft for draft in drafts if draft.reason and _has_new_reason(draft, before, reasons)]
    await _check(work, drafts, before, changes, context)
    if tally.faults:
        return
    new = [draft for draft in drafts if draft.ref not in before]
    touched = {one for one, values in changes.items() if values}
    touched |= {before[one.ref].id for one in newly_reasoned if one.ref in before}
    tally.added, tally.changed = len(new), len(touched)
    tally.unchanged = len(drafts) - len(new) - len(touched)
    if context.write:
        ids = {ref: session.id for ref, session in before.items()} | await _add(work, new, context)
        await work.imports.change_sessions(changes)
        await _redate(work, {one for one, values in changes.items() if "ends_at" in values}, context)
        deeds: list[Deed] = [("imported", "session", ids[one.ref], {}) for one in new]
        was = {one.id: one for one in before.values()}
        deeds += [("changed", "session", one, _what_changed(was[one], changes.get(one, {}))) for one in sorted(touched)]
        deeds += [(CANCELLED, "session", ids[one.ref], {"reason": one.reason}) for one in newly_reasoned]
        await work.events.record_all(deeds, at=context.now, actor_id=context.actor_id)
        await _tell(work, {one for one, values in changes.items() if "starts_at" in values}, context)


def _what_changed(was: Session, changed: Values) -> Mapping[str, str]:
    return {"by": BY_IMPORT, **running.what_changed(was, changed.keys())}


async def _tell(work: Work, moved: set[int], context: Context) -> None:
    """Whose place was not approved in time has nothing that would stand in the way of a new day, and hears of it."""
    for session_id in sorted(moved):
        session = await work.sessions.by_id(session_id)
        assert session is not None
        if session.state is SessionState.OPEN:
            await running.tell_unapproved(work, session, context.now)


async def _redate(work: Work, moved: set[int], context: Context) -> None:
    """A session that was held on another day than was thought is evaluated by the right one."""
    for session_id in sorted(moved):
        session = await work.sessions.by_id(session_id)
        assert session is not None
        if session.begun(context.now):
            await work.imports.redate_evaluations(session_id, due_days(session, context.rules))


async def _reasons(work: Work, before: Mapping[str, Session]) -> dict[str, object]:
    details = await work.events.latest_detail(CANCELLED, "session", {one.id for one in before.values()})
    return {ref: details[session.id].get("reason") for ref, session in before.items() if session.id in details}


def _has_new_reason(draft: _Draft, before: Mapping[str, Session], reasons: Mapping[str, object]) -> bool:
    session = before.get(draft.ref)
    cancelled = draft.values.get("state", session.state if session else None) == CANCELLED
    return cancelled and reasons.get(draft.ref) != draft.reason


def _diff(draft: _Draft, before: Mapping[str, Session], context: Context) -> Values:
    """What the file says otherwise, and what no longer holds with it.

    A session that was cancelled stays so: an old file must not revive it.
    """
    session = before[draft.ref]
    changed = {key: value for key, value in draft.values.items() if getattr(session, key) != value}
    if changed.get("state") == OPEN:
        del changed["state"]
    starts_at = changed.get("starts_at")
    if isinstance(starts_at, datetime) and closing_kept(session, starts_at, context.rules) != session.closes_on:
        changed["closes_on"] = None
    return changed


_TOLD = frozenset({"course_id", "starts_at", "ends_at", "state"})
"""What people who are booked must be told of."""


async def _check(
    work: Work, drafts: list[_Draft], before: Mapping[str, Session], changes: Mapping[int, Values], context: Context
) -> None:
    moved = {
        session.id
        for session in before.values()
        if _TOLD & changes.get(session.id, {}).keys() and not session.begun(context.now)
    }
    booked = {key[0] for key, one in (await work.imports.bookings_on(moved)).items() if one.state in ACTIVE}
    called_off = {one for one, values in changes.items() if values.get("state") == CANCELLED}
    held = {key[0] for key, one in (await work.imports.bookings_on(called_off)).items() if one.state in MARKED}
    for draft in drafts:
        session = before.get(draft.ref)
        if session is None:
            continue
        capacity = changes[session.id].get("capacity", session.capacity)
        if isinstance(capacity, int) and capacity < min(session.taken, session.capacity):
            draft.row.fault("import-capacity-below-taken", "capacity", taken=session.taken)
        if session.id in booked:
            draft.row.fault("import-session-has-bookings", "ref", ref=draft.ref)
        if session.id in held:
            draft.row.fault("import-session-was-held", "state", ref=draft.ref)
        if draft.values.get("state") == OPEN and session.state is SessionState.CANCELLED:
            draft.row.note("import-note-kept-cancelled", "state", ref=draft.ref)


async def _add(work: Work, new: list[_Draft], context: Context) -> dict[str, int]:
    """Every row with the same columns, so that they go in together."""
    blank: Values = {"mode": "online", "venue": None, "join_url": None, "trainer": None, "state": OPEN}
    added: dict[str, int] = {}
    for some in context.writing(new):
        rows = [{"ref": one.ref, **blank, **_mode(one.values)} for one in some]
        ids = await work.imports.add_sessions(rows)
        added |= {one.ref: session_id for one, session_id in zip(some, ids, strict=True)}
    return added


def _mode(values: Values) -> Values:
    """With a venue and no link it is held there, unless the file says how."""
    there = "mode" not in values and "venue" in values and "join_url" not in values
    return {**values, "mode": "in-person"} if there else values
