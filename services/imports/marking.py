"""What follows when many people turn out to have attended, or not: evaluations owed, or owed no more."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from services import charges
from services.evaluations import due_days, may_be_answered
from services.imports.row import Context
from services.model import BookingState, ChargeKind, Session
from services.work import Work

_CHARGED = {
    ChargeKind.DID_NOT_ATTEND: BookingState.DID_NOT_ATTEND,
    ChargeKind.LATE_CANCELLATION: BookingState.CANCELLED,
}
"""What a booking is as long as each charge stands. Known to be otherwise, its charge is withdrawn."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One booking whose attendance is now known, or known to be otherwise."""

    booking_id: int
    person_id: int
    session: Session
    state: BookingState
    late: bool = False
    """Cancelled, and so late that the policy may charge for it."""


async def settle(work: Work, marks: Iterable[Mark], withdrawn: Collection[int], context: Context) -> None:
    """Owe evaluations to those who attended, and nothing to the bookings `withdrawn`: they did not after all.
    A place not used, or given back late, is charged as the policy says.

    History owes nobody a form, and charges nobody: see `may_be_answered`.
    """
    marks = list(marks)
    attended = [mark for mark in marks if mark.state is BookingState.ATTENDED]
    days = {mark.session.id: due_days(mark.session, context.rules) for mark in attended if _open(mark.session, context)}
    await work.imports.owe_evaluations(
        [
            {"booking_id": mark.booking_id, "person_id": mark.person_id, "kind": kind.value, "due_on": due_on}
            for mark in attended
            for kind, due_on in days.get(mark.session.id, {}).items()
        ]
    )
    await work.evaluations.drop_unanswered(withdrawn)
    for kind, fact in _CHARGED.items():
        not_so = [mark.booking_id for mark in marks if mark.state is not fact]
        await charges.withdraw(work, not_so, kind, now=context.now)
    lost = [mark for mark in marks if (mark.late or mark.state is BookingState.DID_NOT_ATTEND)]
    charged = [mark for mark in lost if _open(mark.session, context)]
    for kind, fact in _CHARGED.items():
        ids = [mark.booking_id for mark in charged if mark.state is fact]
        await charges.fall_due_all(work, ids, kind, now=context.now, rules=context.rules)


def _open(session: Session, context: Context) -> bool:
    return may_be_answered(session, now=context.now, rules=context.rules)
