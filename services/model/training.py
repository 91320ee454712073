"""Sessions, bookings, evaluations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class SessionState(StrEnum):
    """Where a session stands. Only an open one takes bookings."""

    OPEN = "open"
    CANCELLED = "cancelled"


MOST_PLACES = 5000
"""The most places that a session can have, whoever makes, changes or imports it."""


@dataclass(frozen=True, slots=True)
class Session:
    """A dated event of a course. Times are aware UTC; `taken` counts places booked, awaiting approval and offered."""

    id: int
    course_id: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    taken: int
    state: SessionState
    mode: str
    venue: str | None = None
    join_url: str | None = None
    trainer: str | None = None
    closes_on: date | None = None
    """The last day to book, where the office set one for this session; else the partnership's rule holds."""

    @property
    def places_left(self) -> int:
        """Places that somebody could book now; never negative, even when the office overbooked."""
        return max(0, self.capacity - self.taken)

    def begun(self, now: datetime) -> bool:
        """True from the minute the session starts: no booking, offer or free cancellation after it."""
        return now >= self.starts_at


class BookingState(StrEnum):
    """design.md section 2. Booked, awaiting approval and offered hold a place; waiting does not."""

    BOOKED = "booked"
    AWAITING = "awaiting-approval"
    """The place is held until the line manager has agreed or refused."""
    WAITING = "waiting"
    OFFERED = "offered"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    DID_NOT_ATTEND = "did-not-attend"
    NOT_APPROVED = "not-approved-in-time"
    """The place was held, and when the session began the line manager had not answered."""


HAS_PLACE = frozenset({BookingState.BOOKED, BookingState.AWAITING})
"""What somebody asked for and got; an offer is still to be answered."""
HOLDS_PLACE = frozenset({*HAS_PLACE, BookingState.OFFERED})
ACTIVE = frozenset({*HOLDS_PLACE, BookingState.WAITING})
MARKED = frozenset({BookingState.ATTENDED, BookingState.DID_NOT_ATTEND})
"""States that say whether somebody came."""
CAN_BE_MARKED = HAS_PLACE | MARKED | {BookingState.NOT_APPROVED}
"""Who stands on the register. Somebody whose line manager never answered came to the course all the same."""


@dataclass(frozen=True, slots=True)
class Booking:
    """One person's claim on one session. `queue_no` orders the waiting list; lower was first."""

    id: int
    session_id: int
    person_id: int
    state: BookingState
    booked_at: datetime
    queue_no: int | None = None
    offer_until: datetime | None = None
    cancelled_at: datetime | None = None
    cancel_reason: str | None = None
    late: bool = False
    booked_by_id: int | None = None
    """Who booked, when it was not the person themselves."""

    def offer_over(self, now: datetime) -> bool:
        """True from the minute an offer runs out. At that very minute it goes to the next person."""
        return self.offer_until is not None and now >= self.offer_until


class EvaluationKind(StrEnum):
    """Course evaluation straight after; impact evaluation 6 to 8 weeks after (annual report 2022-23, Evaluation)."""

    COURSE = "course"
    IMPACT = "impact"
    MANAGER = "manager"
    """The line manager's comment on somebody's impact evaluation: the line manager owes it, not the delegate."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """An evaluation owed for one attended booking. `answers` is keyed by question id."""

    id: int
    booking_id: int
    person_id: int
    kind: EvaluationKind
    due_on: date
    answers: Mapping[str, str] = field(default_factory=dict)
    answered_at: datetime | None = None
    snoozed_until: date | None = None
    """The day on which the person asked to be reminded again; until then they are left in peace."""
