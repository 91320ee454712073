"""Who on a waiting list can be offered a place."""

from __future__ import annotations

import sqlalchemy as sa

from services.model import HAS_PLACE, BookingState, SessionState
from services.tables import bookings, people, sessions


def can_be_offered() -> sa.ColumnElement[bool]:
    """True of a booking that waits, when its person has not left and has no place elsewhere at that time.

    To anybody else an offer would keep the place from those behind them: who left never reads it, and who is in another
    room could only say no. They keep their turn: a sweep looks again.
    """
    here, there, other = sessions.alias("here"), sessions.alias("there"), bookings.alias("other")
    still_here = sa.exists().where(people.c.id == bookings.c.person_id, people.c.active).correlate(bookings)
    elsewhere = (
        sa.exists()
        .where(
            here.c.id == bookings.c.session_id,
            other.c.person_id == bookings.c.person_id,
            other.c.state.in_(sorted(state.value for state in HAS_PLACE)),
            there.c.id == other.c.session_id,
            there.c.id != here.c.id,
            there.c.state == SessionState.OPEN.value,
            there.c.starts_at < here.c.ends_at,
            there.c.ends_at > here.c.starts_at,
        )
        .correlate(bookings)
    )
    return sa.and_(bookings.c.state == BookingState.WAITING.value, still_here, sa.not_(elsewhere))
