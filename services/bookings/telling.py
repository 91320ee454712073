"""What a delegate is told when somebody else booked for them."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.model import Booking, Owed, Session

BOOKED_FOR_YOU = "booked-for-you"
TOLD_AT_ONCE = timedelta(days=3)
"""A session nearer than this is told at once, in quiet hours too: the day's message might come too late."""


def booked_for_you(booking: Booking, session: Session, now: datetime) -> Owed:
    """The notice of a booking somebody else made. Booked, cancelled and booked anew is told twice."""
    urgent = session.starts_at - now < TOLD_AT_ONCE
    step = f"booked-{booking.booked_at:%Y%m%dT%H%M%S}"
    return Owed(BOOKED_FOR_YOU, booking.id, step, booking.person_id, due_at=now, urgent=urgent)
