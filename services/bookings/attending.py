"""Who came, and what follows from it, whoever or whatever says so: the trainer, the office or a file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from services import charges
from services.evaluations import may_be_answered, owe_evaluations
from services.model import HAS_PLACE, Booking, BookingState, ChargeKind, Session
from services.rulebook import Rulebook
from services.store.events import Deed
from services.work import Work

_CHARGED = {
    ChargeKind.DID_NOT_ATTEND: BookingState.DID_NOT_ATTEND,
    ChargeKind.LATE_CANCELLATION: BookingState.CANCELLED,
}
"""What a booking is as long as each charge stands. Known to be otherwise, its charge is withdrawn."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What one booking was, if it was known before, and what it turns out to be."""

    booking_id: int
    person_id: int
    session: Session
    before: BookingState | None
    state: BookingState
    late: bool = False
    """Cancelled, and so late that the policy may charge for it."""


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a mark brings with it, and what it takes back of an earlier one that was wrong."""

    owes: bool
    drops: bool
    charged: ChargeKind | None
    withdrawn: frozenset[ChargeKind]


def consequences(
    before: BookingState | None, after: BookingState, *, late: bool = False, in_time: bool = True
) -> Consequences:
    """What follows from a mark. Who attended owes evaluations; a place not used, or given back late, is charged.

    `in_time`: history owes nobody a form, and charges nobody (see `may_be_answered`). What was wrong is taken back
    however long ago it was.
    """
    came = after is BookingState.ATTENDED
    lost = late or after is BookingState.DID_NOT_ATTEND
    kind = next((kind for kind, fact in _CHARGED.items() if after is fact), None)
    return Consequences(
        owes=came and in_time,
        drops=before is BookingState.ATTENDED and not came,
        charged=kind if lost and in_time else None,
        withdrawn=frozenset() if before is None else frozenset(_CHARGED) - {kind},
    )


def turned_out(*, came: bool, never_approved: bool) -> BookingState:
    """What a register makes of a booking. Whose place was not approved in time is never called absent."""
    if came:
        return BookingState.ATTENDED
    return BookingState.NOT_APPROVED if never_approved else BookingState.DID_NOT_ATTEND


async def settle(work: Work, marks: Collection[Mark], *, now: datetime, rules: Rulebook) -> None:
    """Let everything follow from these marks, in a few statements whatever their number."""
    sessions = {one.session.id: one.session for one in marks}
    in_time = {one: may_be_answered(session, now=now, rules=rules) for one, session in sessions.items()}
    found = [
        (one, consequences(one.before, one.state, late=one.late, in_time=in_time[one.session.id])) for one in marks
    ]
    await owe_evaluations(work, [(one.booking_id, one.person_id, one.session) for one, so in found if so.owes], rules)
    await work.evaluations.drop_unanswered([one.booking_id for one, so in found if so.drops])
    for kind in _CHARGED:
        not_so = [one.booking_id for one, so in found if kind in so.withdrawn]
        await charges.withdraw(work, not_so, kind, now=now)
        due = [one.booking_id for one, so in found if so.charged is kind]
        await charges.fall_due_all(work, due, kind, now=now, rules=rules)


def deed_of(mark: Mark, **more: str) -> Deed:
    """What is kept of a mark: what it was and what it is. Who made it stands beside it, or in `more`."""
    before = mark.before.value if mark.before else None
    return "marked", "booking", mark.booking_id, {"was": before, "is": mark.state.value, **more}


async def record_attendance(
    work: Work, booking: Booking, *, attended: bool, at: datetime, rules: Rulebook, actor_id: int | None = None
) -> None:
    """Note who came, and let everything follow from it.

    Recording the same again changes nothing; only somebody who had a place can be marked. Whose place was not approved
    in time may have come all the same, and is never called absent.
    """
    came_unapproved = attended and booking.state is BookingState.NOT_APPROVED
    if booking.state not in HAS_PLACE and not came_unapproved:
        return
    session = await work.sessions.by_id(booking.session_id)
    assert session is not None
    state = turned_out(came=attended, never_approved=False)
    await mark_all(work, session, [(booking, state)], at=at, rules=rules, actor_id=actor_id)


async def mark_all(
    work: Work,
    session: Session,
    found: Collection[tuple[Booking, BookingState]],
    *,
    at: datetime,
    rules: Rulebook,
    actor_id: int | None,
) -> int:
    """Write what these bookings of a session turn out to be. Returns how many were new or put right."""
    marks = [
        Mark(booking.id, booking.person_id, session, booking.state, state)
        for booking, state in found
        if booking.state is not state and await work.bookings.move(booking, state)
    ]
    await work.events.record_all([deed_of(one) for one in marks], at=at, actor_id=actor_id)
    await settle(work, marks, now=at, rules=rules)
    return len(marks)
