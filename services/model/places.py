"""What surrounds a booking: interest in a course without a date, and charges due per policy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

DATE_PUBLISHED = "date-published"
"""The kind of notice that answers an interest."""


@dataclass(frozen=True, slots=True)
class Interest:
    """Somebody who asked to be told when a course has a date. `told_session_id`: of which one they were told."""

    id: int
    person_id: int
    course_id: str
    asked_at: datetime
    told_session_id: int | None = None


class ChargeKind(StrEnum):
    """What a charge is for."""

    LATE_CANCELLATION = "late-cancellation"
    DID_NOT_ATTEND = "did-not-attend"


class ChargeState(StrEnum):
    """Due until the office waives it; withdrawn when the fact behind it turned out to be wrong."""

    DUE = "due"
    WAIVED = "waived"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge due per policy. `amount` is the configured text; `None` means that nobody has told us how much."""

    id: int
    booking_id: int
    kind: ChargeKind
    state: ChargeState
    due_at: datetime
    amount: str | None = None
    reason: str | None = None
    settled_at: datetime | None = None
    settled_by_id: int | None = None
