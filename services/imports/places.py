"""What a bookings file may do to a booking that exists, or to none. Pure.

What happened in the bot since the file was made is never undone: somebody who cancelled is not booked again, and
somebody who attended is not merely booked. A session never gets more bookings than places without being told so:
before it begins, never; after it began, only for rows that the file marks as overbooked, because history did happen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from services.model import ACTIVE, HOLDS_PLACE, MARKED, Booking, BookingState, Session, SessionState

HELD = HOLDS_PLACE | MARKED | {BookingState.NOT_APPROVED}
"""States that count as a place taken."""


class Step(Enum):
    """What is to be done with one row."""

    KEEP = auto()
    KEEP_AND_SAY = auto()
    """The records say otherwise, and stand."""
    ADD = auto()
    CHANGE = auto()
    GIVE_BACK = auto()
    """Cancel properly: the place may pass to somebody who waits."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a row says of one person and one session."""

    state: BookingState
    cancelled_at: datetime | None = None
    overbooked: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row cannot be done: the code of its sentence."""

    code: str


def decide(wish: Wish, before: Booking | None, session: Session, now: datetime) -> Step | Refusal:
    """What a row does, were there room for it."""
    if wish.state in MARKED and not session.begun(now):
        return Refusal("import-session-not-begun")
    if before is not None and before.state is wish.state:
        return Step.KEEP
    if session.state is SessionState.CANCELLED and before is None and wish.state is not BookingState.CANCELLED:
        return Refusal("import-session-cancelled")
    if before is None:
        return Step.ADD
    if wish.state in MARKED:
        # They were told that the place is not confirmed: staying away was no absence.
        told_no = before.state is BookingState.NOT_APPROVED and wish.state is BookingState.DID_NOT_ATTEND
        return Step.KEEP_AND_SAY if told_no else Step.CHANGE
    if wish.state is BookingState.CANCELLED:
        return _cancel(wish, before, session, now)
    happened = wish.state is BookingState.BOOKED and before.state in MARKED
    return Step.KEEP if happened else Step.KEEP_AND_SAY


def _cancel(wish: Wish, before: Booking, session: Session, now: datetime) -> Step | Refusal:
    if wish.cancelled_at is None:
        # Without its day nobody can tell whether the person booked again since.
        return Refusal("import-cancelled-when")
    if before.booked_at > wish.cancelled_at:
        return Step.KEEP_AND_SAY
    return Step.GIVE_BACK if before.state in ACTIVE and not session.begun(now) else Step.CHANGE


def places_more(wish: Wish, before: Booking | None) -> int:
    """How many more places the row takes: 1, 0, or -1 when it gives one back."""
    held = before is not None and before.state in HELD
    return int(wish.state in HELD) - int(held)


class Room:
    """The places of one locked session while a file is read. Counts what rows take; what they free is not reused."""

    def __init__(self, session: Session, *, queue: bool, begun: bool) -> None:
        self._left = session.capacity - session.taken
        self._queue = queue and not begun
        self._begun = begun
        self.overbooked = 0

    def take(self, *, overbooked: bool) -> Refusal | None:
        """Take one place. Somebody who waits comes before any file."""
        if self._left > 0 and not self._queue:
            self._left -= 1
            return None
        if self._begun and overbooked:
            self.overbooked += 1
            return None
        return Refusal("import-session-full-past" if self._begun else "import-session-full")
