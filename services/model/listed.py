"""Rows of the lists that the office looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.model.training import BookingState


@dataclass(frozen=True, slots=True)
class Delegate:
    """One booking of a session with who it is for."""

    booking_id: int
    person_id: int
    name: str
    agency_id: str | None
    email: str | None
    state: BookingState
    booked_at: datetime


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Somebody who attended and has not answered the impact evaluation."""

    person_id: int
    name: str
    agency_id: str | None
    course_id: str
    held_at: datetime
