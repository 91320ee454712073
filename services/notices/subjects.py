"""What a notice is about, as it stands at the moment of sending. The words for it live in `dialogs.notices`."""

from __future__ import annotations

from dataclasses import dataclass

from services.bookings.telling import News
from services.model import ActionItem, Booking, Challenge, Evaluation, Interest, NoticeState, Person, Session


@dataclass(frozen=True, slots=True)
class EvaluationDue:
    """An evaluation that is still unanswered. `delegate` is who attended, who need not be who is written to."""

    evaluation: Evaluation
    session: Session
    delegate: Person


@dataclass(frozen=True, slots=True)
class ActionDue:
    """An action item that is due soon, today or overdue. `owner` need not be who is written to."""

    item: ActionItem
    owner: Person | None


@dataclass(frozen=True, slots=True)
class ActionsUnowned:
    """How many open items have no owner or no date, with the first few."""

    count: int
    first: tuple[ActionItem, ...]


@dataclass(frozen=True, slots=True)
class PlaceOffered:
    """A place came free for somebody on the waiting list."""

    booking: Booking
    session: Session


@dataclass(frozen=True, slots=True)
class SessionSoon:
    """A session that somebody is booked on."""

    booking: Booking
    session: Session


@dataclass(frozen=True, slots=True)
class ChallengeDue:
    """A challenge whose stage is soon to be answered, today or late. Who is written to need not have raised it."""

    challenge: Challenge


@dataclass(frozen=True, slots=True)
class ImpactMissing:
    """A settled challenge of which nobody has said what difference it made."""

    challenge: Challenge


@dataclass(frozen=True, slots=True)
class BookingTold:
    """Somebody did something to a booking that is not, or not only, theirs. `other` is who did it or whose it is."""

    what: News
    booking: Booking
    session: Session
    other: Person | None


@dataclass(frozen=True, slots=True)
class ApprovalAsked:
    """A place is held until this person's line manager has agreed or refused."""

    booking: Booking
    session: Session
    delegate: Person


@dataclass(frozen=True, slots=True)
class DatePublished:
    """A course that somebody waited for has a date."""

    interest: Interest
    session: Session


Subject = (
    EvaluationDue
    | ActionDue
    | ActionsUnowned
    | PlaceOffered
    | SessionSoon
    | BookingTold
    | ApprovalAsked
    | DatePublished
    | ChallengeDue
    | ImpactMissing
)


@dataclass(frozen=True, slots=True)
class Ended:
    """A notice that must not be sent any more, and why: done with, too late, or beyond repair."""

    state: NoticeState
    reason: str


DONE = Ended(NoticeState.CANCELLED, "done")
MOVED = Ended(NoticeState.CANCELLED, "date-moved")
LEFT = Ended(NoticeState.CANCELLED, "person-left")
NOT_THEIRS = Ended(NoticeState.CANCELLED, "somebody-else-now")
TOO_LATE = Ended(NoticeState.MISSED, "moment-passed")
SUPERSEDED = Ended(NoticeState.MISSED, "a-later-step-was-due-too")
UNCHECKED = Ended(NoticeState.FAILED, "could-not-be-checked")
UNWORDED = Ended(NoticeState.FAILED, "could-not-be-worded")
