"""What people are told about a booking when somebody else did something to it."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from services.model import Booking, Owed, Session

BOOKING_NEWS = "booking-news"
TOLD_AT_ONCE = timedelta(days=3)
"""News of a session nearer than this goes out at once, in quiet hours too: the day's message might come too late."""


class News(StrEnum):
    """What happened. All but the last are told to the delegate, that one to who booked for them."""

    BOOKED_FOR_YOU = "booked-for-you"
    APPROVED = "approved"
    NOT_APPROVED = "not-approved"
    CANCELLED_FOR_YOU = "cancelled-for-you"
    HANDED_ON = "handed-on"
    OFFER_OVER = "offer-over"
    COLLEAGUE_GAVE_UP = "colleague-gave-up"


def stamp(booking: Booking) -> str:
    """Tells one turn of a booking from another: cancelled and booked anew is told anew."""
    return f"{booking.booked_at:%Y%m%dT%H%M%S}"


def news(what: News, booking: Booking, session: Session, person_id: int, now: datetime) -> Owed:
    """The notice of it to one person."""
    urgent = session.starts_at - now < TOLD_AT_ONCE
    return Owed(BOOKING_NEWS, booking.id, f"{what.value}:{stamp(booking)}", person_id, due_at=now, urgent=urgent)
