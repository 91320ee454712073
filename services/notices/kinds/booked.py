"""The booking and session behind a notice."""

from __future__ import annotations

from collections.abc import Sequence

from services.model import Booking, Notice, Session
from services.work import Work


async def booked(work: Work, notices: Sequence[Notice]) -> dict[int, tuple[Booking, Session]]:
    """The booking and the session that each notice is about, by the notice's id."""
    bookings = await work.bookings.by_ids({one.subject_id for one in notices})
    sessions = await work.sessions.by_ids({booking.session_id for booking in bookings.values()})
    found = {notice.id: bookings[notice.subject_id] for notice in notices}
    return {notice_id: (booking, sessions[booking.session_id]) for notice_id, booking in found.items()}
