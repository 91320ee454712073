"""`import bookings`: who is, or was, booked on which session. Tells nobody: the office that keeps the file has.

Reminders of sessions to come follow by themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time

from services import bookings
from services.bookings.attending import Mark, deed_of, settle
from services.imports import cells, layouts
from services.imports.finding import Found, find, screened
from services.imports.outcome import Tally
from services.imports.places import Refusal, Room, Step, Wish, decide, places_more
from services.imports.row import Context, Row, first_of_each, rows_of
from services.imports.sheet import Cell, Sheet
from services.model import ACTIVE, BY_IMPORT, MARKED, Booking, BookingState, Session
from services.store.events import Deed
from services.work import Work

Values = dict[str, object]

STATES = {
    **dict.fromkeys(("booked", "confirmed", "enrolled", "registered"), BookingState.BOOKED),
    **dict.fromkeys(("waiting", "waiting list", "waitlisted", "reserve"), BookingState.WAITING),
    **dict.fromkeys(("cancelled", "canceled", "withdrawn"), BookingState.CANCELLED),
    **dict.fromkeys(("attended", "present", "completed"), BookingState.ATTENDED),
    **dict.fromkeys(
        ("did not attend", "not attended", "dna", "absent", "no show", "non attendance"), BookingState.DID_NOT_ATTEND
    ),
}
_CANCELLED = BookingState.CANCELLED


@dataclass(frozen=True, slots=True)
class _Draft:
    row: Row
    ref: str
    email: str
    wish: Wish
    booked_at: datetime | None
    reason: str | None


@dataclass(slots=True)
class _Plan:
    """What the rows come to, once every one of them has been decided."""

    adds: list[tuple[_Draft, Session, int]] = field(default_factory=list)
    changes: list[tuple[_Draft, Session, Booking]] = field(default_factory=list)
    give_back: list[tuple[_Draft, Booking]] = field(default_factory=list)
    more_taken: dict[int, int] = field(default_factory=dict)
    late: set[tuple[int, int]] = field(default_factory=set)
    """Session and person of every place that was given back late."""


def read(sheet: Sheet, context: Context, tally: Tally) -> Callable[[Work], Awaitable[None]]:
    """Read every row, and return what brings them in."""
    rows = rows_of(sheet, layouts.BOOKINGS, context, tally)
    drafts = list(
        first_of_each((_draft(row, context) for row in rows), lambda one: (one.ref.upper(), one.email), "email")
    )

    async def bring_in(work: Work) -> None:
        await _bring_in(work, drafts, context, tally)

    return bring_in


def _draft(row: Row, context: Context) -> _Draft | None:
    ref = row.read("ref", cells.text(60), needed=True)
    email = row.read("email", cells.email, needed=True)
    state = row.read("status", cells.choice(STATES)) or BookingState.BOOKED
    moment = _moment(context)
    booked_at = row.read("booked_on", moment)
    cancelled_at = row.read("cancelled_on", moment)
    reason = row.read("reason", screened(context.rules.screen, bookings.LONGEST_REASON))
    overbooked = row.read("overbooked", cells.yes_no) or False
    if row.faulty or ref is None or email is None:
        return None
    return _Draft(row, ref, email, Wish(state, cancelled_at, overbooked), booked_at, reason)


def _moment(context: Context) -> Callable[[Cell], datetime]:
    """A day, with or without a time, as a moment in UTC; a day alone counts as its midday. None lies ahead."""

    def parse(cell: Cell) -> datetime:
        try:
            day, clock = cells.day_and_clock(cell)
        except cells.CellError:
            day, clock = cells.day(cell), time(12)
        try:
            return min(context.rules.at(day, clock), context.now)
        except ValueError:
            return min(context.rules.at(day, time(12)), context.now)

    return parse


async def _bring_in(work: Work, drafts: list[_Draft], context: Context, tally: Tally) -> None:
    await work.one_at_a_time()
    found = await find(work, {draft.ref for draft in drafts}, {draft.email for draft in drafts})
    plan = _decide(drafts, found, context, tally)
    await _never_absent(work, plan)
    await _judge_lateness(work, plan, context)
    if tally.faults:
        return
    tally.added = len(plan.adds)
    tally.changed = len(plan.changes) + len(plan.give_back)
    tally.unchanged = len(drafts) - tally.added - tally.changed
    if context.write:
        await _write(work, plan, context)


def _decide(drafts: list[_Draft], found: Found, context: Context, tally: Tally) -> _Plan:
    plan = _Plan()
    rooms: dict[int, Room] = {}
    for draft in drafts:
        session, person_id = found.session(draft.row, draft.ref), found.person(draft.row, draft.email)
        if session is None or person_id is None:
            continue
        before = found.bookings.get((session.id, person_id))
        step = decide(draft.wish, before, session, context.now)
        more = places_more(draft.wish, before) if step in (Step.ADD, Step.CHANGE) else 0
        if more > 0 and not isinstance(step, Refusal):
            room = rooms.get(session.id) or rooms.setdefault(session.id, found.room(session, context.now))
            step = room.take(overbooked=draft.wish.overbooked) or step
        _note(plan, draft, session, person_id, before, step, more)
    tally.notes += [
        found.overbooked(session_id, room.overbooked) for session_id, room in rooms.items() if room.overbooked
    ]
    return plan


async def _never_absent(work: Work, plan: _Plan) -> None:
    """Whose place was not approved in time is put back to that, where a file takes the mark that they came back:
    staying away was no absence of theirs, whatever was marked since."""
    absent = [before for draft, _, before in plan.changes if draft.wish.state is BookingState.DID_NOT_ATTEND]
    never = await bookings.never_approved(work, absent)
    for place, (draft, session, before) in enumerate(plan.changes):
        if draft.wish.state is BookingState.DID_NOT_ATTEND and before.id in never:
            wish = replace(draft.wish, state=BookingState.NOT_APPROVED)
            plan.changes[place] = (replace(draft, wish=wish), session, before)
            draft.row.note("import-note-never-approved", "status")


async def _judge_lateness(work: Work, plan: _Plan, context: Context) -> None:
    """Which cancellations are late. Who was known here before is judged as in a chat, by what they had. Of others a
    file tells no more than that they cancelled: that was a place of their own."""
    rules = context.rules
    known = [(draft.wish, on, before) for draft, on, before in plan.changes if draft.wish.state is _CANCELLED]
    people = await work.people.by_ids({before.person_id for _, _, before in known})
    never = await bookings.never_approved(work, [before for _, _, before in known if before.state in MARKED])
    for wish, session, before in known:
        held = _before_the_mark(before, never)
        person, at = people[before.person_id], wish.cancelled_at
        if at is not None and bookings.counts_as_late(held, session, person, at, rules):
            plan.late.add((session.id, before.person_id))
    for draft, session, person_id in plan.adds:
        at = draft.wish.cancelled_at if draft.wish.state is _CANCELLED else None
        if at is not None and bookings.given_back_late(session, at, rules):
            plan.late.add((session.id, person_id))


def _before_the_mark(before: Booking, never_approved: set[int]) -> Booking:
    """A mark that turns out to be wrong was made on a place that was theirs, unless that was never approved."""
    theirs = before.state in MARKED and before.id not in never_approved
    return replace(before, state=BookingState.BOOKED) if theirs else before


def _note(
    plan: _Plan,
    draft: _Draft,
    session: Session,
    person_id: int,
    before: Booking | None,
    step: Step | Refusal,
    more: int,
) -> None:
    if isinstance(step, Refusal):
        draft.row.fault(step.code, "ref", ref=draft.ref, capacity=session.capacity)
        return
    if step is Step.KEEP_AND_SAY and before is not None:
        draft.row.note("import-note-kept-booking", "status", state=before.state.value.replace("-", " "))
    elif step is Step.ADD:
        plan.adds.append((draft, session, person_id))
    elif step is Step.CHANGE and before is not None:
        plan.changes.append((draft, session, before))
    elif step is Step.GIVE_BACK and before is not None:
        plan.give_back.append((draft, before))
    if more:
        plan.more_taken[session.id] = plan.more_taken.get(session.id, 0) + more


async def _write(work: Work, plan: _Plan, context: Context) -> None:
    marks = await _add(work, plan, context)
    late = {before.id: (on.id, before.person_id) in plan.late for _, on, before in plan.changes}
    await work.imports.change_bookings({before.id: _change(one, late[before.id]) for one, _, before in plan.changes})
    await work.imports.count_more_taken(plan.more_taken)
    marks += [
        Mark(before.id, before.person_id, on, before.state, one.wish.state, late[before.id])
        for one, on, before in plan.changes
    ]
    await settle(work, marks, now=context.now, rules=context.rules)
    await work.events.record_all([_deed(mark) for mark in marks], at=context.now, actor_id=context.actor_id)
    for draft, before in plan.give_back:
        await _give_back(work, draft, before, context)


def _deed(mark: Mark) -> Deed:
    if mark.state in ACTIVE or mark.state is _CANCELLED:
        return mark.state.value, "booking", mark.booking_id, {"by": BY_IMPORT}
    return deed_of(mark, by=BY_IMPORT)


def _change(draft: _Draft, late: bool) -> Values:
    """Columns of a booking that follow from what the row says."""
    wish = draft.wish
    cancelled = wish.state is _CANCELLED
    return {
        "state": wish.state.value,
        "cancelled_at": wish.cancelled_at if cancelled else None,
        "cancel_reason": draft.reason if cancelled else None,
        "late": late,
        "offer_until": None,
    }


async def _add(work: Work, plan: _Plan, context: Context) -> list[Mark]:
    queue = await work.imports.last_queue_nos({session.id for _, session, _ in plan.adds})
    before = dict(queue)
    marks: list[Mark] = []
    for some in context.writing(plan.adds):
        rows: list[Values] = []
        for draft, session, person_id in some:
            queue[session.id] += draft.wish.state is BookingState.WAITING
            rows.append(
                {
                    "session_id": session.id,
                    "person_id": person_id,
                    "booked_at": draft.booked_at or min(context.now, session.starts_at),
                    "queue_no": queue[session.id] if draft.wish.state is BookingState.WAITING else None,
                    **_change(draft, (session.id, person_id) in plan.late),
                }
            )
        ids = await work.imports.add_bookings(rows)
        marks += [
            Mark(one, person, on, None, draft.wish.state, (on.id, person) in plan.late)
            for one, (draft, on, person) in zip(ids, some, strict=True)
        ]
    await work.imports.change_sessions({one: {"last_queue_no": no} for one, no in queue.items() if no != before[one]})
    await _answer_wishes(work, plan, context)
    return marks


async def _answer_wishes(work: Work, plan: _Plan, context: Context) -> None:
    """Who is booked on a session to come, or waits for it, need not be told any more that the course has a date."""
    served: dict[str, set[int]] = defaultdict(set)
    for draft, session, person_id in plan.adds:
        if draft.wish.state in ACTIVE and not session.begun(context.now):
            served[session.course_id].add(person_id)
    for course_id, person_ids in served.items():
        await work.interests.drop_many(course_id, person_ids)


async def _give_back(work: Work, draft: _Draft, before: Booking, context: Context) -> None:
    """Cancel as the person would, on the day the file says, so that who waits longest is offered the place."""
    person = await work.people.by_id(before.person_id)
    assert person is not None
    await bookings.cancel(
        work,
        person,
        before.id,
        reason=draft.reason or "import",
        now=context.now,
        rules=context.rules,
        said_at=draft.wish.cancelled_at,
    )
