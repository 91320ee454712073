"""`import attendance`: who came, from a register (session, e-mail, attended) or from the report that Teams makes.

A register marks those it names. A Teams report is of one meeting, so whoever is booked and not in it did not attend;
but it never takes attendance back, because Teams makes a report of its own each time a meeting is started again.
Only people who are booked can be marked: somebody else is a fault, for the office to book first.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from services import bookings
from services.bookings.attending import Mark, deed_of, settle
from services.imports import cells, layouts
from services.imports.columns import find_heads
from services.imports.finding import Found, find
from services.imports.outcome import Stage, Tally
from services.imports.row import Context, Row, first_of_each, rows_of
from services.imports.sheet import Sheet
from services.imports.teams import Report, read_report
from services.model import BY_IMPORT, CAN_BE_MARKED, Booking, BookingState, Role, Session, SessionState
from services.work import Work

_ATTENDED = {
    **dict.fromkeys(("yes", "y", "true", "1", "attended", "present", "completed"), True),
    **dict.fromkeys(("no", "n", "false", "0", "did not attend", "not attended", "dna", "absent", "no show"), False),
}


@dataclass(frozen=True, slots=True)
class _Draft:
    row: Row
    ref: str
    email: str
    attended: bool


@dataclass(frozen=True, slots=True)
class _Marking:
    session: Session
    before: Booking
    attended: bool

    def state(self, never_approved: Collection[int]) -> BookingState:
        return bookings.turned_out(came=self.attended, never_approved=self.before.id in never_approved)


def read(sheet: Sheet, context: Context, tally: Tally) -> Callable[[Work], Awaitable[None]]:
    """Read every row, and return what brings them in."""
    is_report = find_heads(sheet, layouts.REGISTER) is None and find_heads(sheet, layouts.TEAMS) is not None
    if is_report:
        report = read_report(sheet, context, tally)

        async def bring_in_report(work: Work) -> None:
            await _bring_in_report(work, report, context, tally)

        return bring_in_report
    rows = rows_of(sheet, layouts.REGISTER, context, tally)
    drafts = list(first_of_each((_draft(row) for row in rows), lambda one: (one.ref.upper(), one.email), "email"))

    async def bring_in(work: Work) -> None:
        await _bring_in(work, drafts, context, tally)

    return bring_in


def _draft(row: Row) -> _Draft | None:
    ref = row.read("ref", cells.text(60), needed=True)
    email = row.read("email", cells.email, needed=True)
    attended = row.read("attended", cells.choice(_ATTENDED), needed=True)
    return None if ref is None or email is None or attended is None else _Draft(row, ref, email, attended)


async def _bring_in(work: Work, drafts: list[_Draft], context: Context, tally: Tally) -> None:
    await work.one_at_a_time()
    found = await find(work, {draft.ref for draft in drafts}, {draft.email for draft in drafts})
    marks: list[_Marking] = []
    for draft in drafts:
        session, person_id = found.session(draft.row, draft.ref), found.person(draft.row, draft.email)
        if session is None or person_id is None or not _takes_marks(draft.row, draft.ref, session, context):
            continue
        before = _booked(draft.row, found, session, person_id)
        if before is not None:
            marks.append(_Marking(session, before, draft.attended))
    await _finish(work, marks, context, tally)


def _takes_marks(row: Row, ref: str, session: Session, context: Context) -> bool:
    if session.state is SessionState.CANCELLED:
        row.fault("import-session-cancelled", "ref", ref=ref)
    elif not session.begun(context.now):
        row.fault("import-session-not-begun", "ref", ref=ref)
    else:
        return True
    return False


def _booked(row: Row, found: Found, session: Session, person_id: int) -> Booking | None:
    before = found.bookings.get((session.id, person_id))
    if before is not None and before.state in CAN_BE_MARKED:
        return before
    row.fault("import-not-booked", "email", state=before.state.value if before else "not booked")
    return None


async def _bring_in_report(work: Work, report: Report, context: Context, tally: Tally) -> None:
    await work.one_at_a_time()
    ref = await _which_session(work, report, context, tally)
    if ref is None:
        return
    found = await find(work, {ref}, report.stays.keys())
    session = found.sessions[ref]
    if (why := _report_misfit(report, session, context)) is not None:
        tally.fault(why, ref=ref, day=f"{context.rules.today(session.starts_at):%d/%m/%Y}")
        return
    stayed = _stayed(report, found, session, await _staff(work, found, session, report), context)
    marks = [
        _Marking(session, booking, stayed.get(booking.person_id, False) or booking.state is BookingState.ATTENDED)
        for booking in found.bookings.values()
        if booking.state in CAN_BE_MARKED
    ]
    await _finish(work, marks, context, tally)


def _report_misfit(report: Report, session: Session, context: Context) -> str | None:
    if session.state is SessionState.CANCELLED:
        return "import-session-cancelled"
    if not session.begun(context.now):
        return "import-session-not-begun"
    other_day = report.of_another_day(context.rules.today(session.starts_at))
    return "import-report-of-another-day" if other_day else None


def _stayed(report: Report, found: Found, session: Session, staff: set[int], context: Context) -> dict[int, bool]:
    """Whether each person in the report was there long enough. Who may not be marked is a fault, but for the staff."""
    share = context.rules.pack.partnership.booking.attended_share.value
    enough = report.enough(session.ends_at - session.starts_at, share)
    stayed: dict[int, bool] = {}
    for email, stay in report.stays.items():
        person_id = found.people.get(email)
        before = found.bookings.get((session.id, person_id)) if person_id is not None else None
        if (stay.ran_it or person_id in staff) and (before is None or before.state not in CAN_BE_MARKED):
            continue
        person_id = found.person(stay.row, email)
        if person_id is not None and _booked(stay.row, found, session, person_id) is not None:
            stayed[person_id] = stay.length >= enough
    return stayed


async def _which_session(work: Work, report: Report, context: Context, tally: Tally) -> str | None:
    """The session that the caller named, or whose reference stands in the meeting's title or the file's name."""
    refs = await work.imports.sessions_by_ref()
    if context.session_ref is not None:
        if context.session_ref in refs:
            return context.session_ref
        tally.fault("import-session-unknown", value=context.session_ref)
        return None
    named = report.sessions_named(refs, context.file_name)
    if len(named) == 1:
        return named[0]
    tally.fault("import-which-of-sessions" if named else "import-which-session", refs=", ".join(named))
    return None


async def _staff(work: Work, found: Found, session: Session, report: Report) -> set[int]:
    """People in the report who need no booking to be there: trainers and the office."""
    ids = {found.people[email] for email in report.stays if email in found.people}
    unbooked = {one for one in ids if (session.id, one) not in found.bookings}
    people = await work.people.by_ids(unbooked)
    return {one for one, person in people.items() if person.has(Role.TRAINER, Role.MANAGER)}


async def _finish(work: Work, marks: list[_Marking], context: Context, tally: Tally) -> None:
    never = await bookings.never_approved(work, [mark.before for mark in marks if not mark.attended])
    changed = [(mark, state) for mark in marks if mark.before.state is not (state := mark.state(never))]
    tally.changed, tally.unchanged = len(changed), len(marks) - len(changed)
    if tally.faults or not context.write:
        return
    await work.imports.change_bookings({mark.before.id: {"state": state.value} for mark, state in changed})
    done = [
        Mark(mark.before.id, mark.before.person_id, mark.session, mark.before.state, state) for mark, state in changed
    ]
    await settle(work, done, now=context.now, rules=context.rules)
    deeds = [deed_of(mark, by=BY_IMPORT) for mark in done]
    await work.events.record_all(deeds, at=context.now, actor_id=context.actor_id)
    context.told(Stage.WRITING, len(changed), len(changed))
