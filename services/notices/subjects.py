"""What a notice is about, as it stands at the moment of sending. The words for it live in `dialogs.notices`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from config.articles import Article
from services.bookings.telling import News
from services.model import (
    ActionItem,
    ActionRequest,
    Booking,
    Certificate,
    Challenge,
    Delegate,
    Evaluation,
    Interest,
    Invitation,
    NoticeState,
    Person,
    Session,
    SessionMessage,
    Ticket,
    Unanswered,
)
from services.notices.gathered import ActionsGiven, PlacesUnconfirmed, PurgeDue
from services.notices.week_seen import WeekSeen


@dataclass(frozen=True, slots=True)
class EvaluationDue:
    """An evaluation still unanswered. `delegate` need not be who is written to. `told`: those reminded before."""

    evaluation: Evaluation
    session: Session
    delegate: Person
    told: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class ActionDue:
    """An item due soon, today or overdue. `owner` need not be who is written to. `told`: those reminded before."""

    item: ActionItem
    owner: Person | None
    told: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class OwnerChoice:
    """Somebody who could own an item: a person by id, or a post with who holds it today."""

    value: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class ActionsUnowned:
    """How many open items have no owner or no date, with the first few and who could own each of them."""

    count: int
    first: tuple[ActionItem, ...]
    candidates: tuple[tuple[OwnerChoice, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ActionAsked:
    """An owner asks for more time, or says that an item is not theirs; somebody else decides. `to`: to whom."""

    request: ActionRequest
    item: ActionItem
    asker: Person
    to: Person | None
    weeks_ago: int


@dataclass(frozen=True, slots=True)
class ActionDecided:
    """What came of it, for who asked. `decider` is `None` when nobody in particular decided."""

    request: ActionRequest
    item: ActionItem
    decider: Person | None


@dataclass(frozen=True, slots=True)
class ActionYours:
    """An item that now belongs to who is written to, or has a new date."""

    item: ActionItem


@dataclass(frozen=True, slots=True)
class ReAuditDue:
    """A finished item whose effect is to be tested. `owner` need not be who is written to."""

    item: ActionItem
    owner: Person | None


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
class QuestionWaiting:
    """A question that somebody handed to a person and that waits for an answer."""

    ticket: Ticket
    asker: Person
    taker: Person | None


@dataclass(frozen=True, slots=True)
class QuestionTaken:
    """Who has a question, told to whoever asked it."""

    ticket: Ticket
    taker: Person


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """The answer to a question."""

    ticket: Ticket
    taker: Person


@dataclass(frozen=True, slots=True)
class QuestionUnhelped:
    """An answer that did not answer the question, told to whoever gave it."""

    ticket: Ticket
    asker: Person


@dataclass(frozen=True, slots=True)
class ArticlesDue:
    """Articles of one post to be looked at again by one day. `owners` answer for them; others may be told too."""

    articles: tuple[Article, ...]
    owner_title: str
    due_on: date
    owners: frozenset[int]


@dataclass(frozen=True, slots=True)
class ChallengeDue:
    """A challenge whose stage is soon to be answered, today or late. Who is written to need not have raised it."""

    challenge: Challenge
    others_known: bool
    """Whether anybody on the other side is written to; if not, the manager is asked to tell them."""


@dataclass(frozen=True, slots=True)
class ChallengeUntimed:
    """A challenge at a stage without a time limit, so that no date says when to ask how it stands."""

    challenge: Challenge


@dataclass(frozen=True, slots=True)
class ImpactMissing:
    """A settled challenge of which nobody has said what difference it made."""

    challenge: Challenge


@dataclass(frozen=True, slots=True)
class BookingTold:
    """Something happened to a booking. `other`: who did it, or whose it is. `until`: when an offer ran out."""

    what: News
    booking: Booking
    session: Session
    other: Person | None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ApprovalAsked:
    """A place is held until this person's line manager has agreed or refused."""

    booking: Booking
    session: Session
    delegate: Person


@dataclass(frozen=True, slots=True)
class PlaceUnconfirmed:
    """A place still held shortly before its session. `above`: the line manager, if asked; `asked`: who is told was."""

    booking: Booking
    session: Session
    delegate: Person
    above: Person | None
    asked: bool


@dataclass(frozen=True, slots=True)
class DatePublished:
    """A course that somebody waited for has a date."""

    interest: Interest
    session: Session


@dataclass(frozen=True, slots=True)
class Invited:
    """Joining details and a calendar entry: new, changed, or to be taken out again."""

    invitation: Invitation
    booking: Booking
    session: Session


@dataclass(frozen=True, slots=True)
class CertificateIssued:
    """A certificate that somebody has earned. `by_mail`: the file itself, and not only the news of it."""

    certificate: Certificate
    session: Session
    by_mail: bool


@dataclass(frozen=True, slots=True)
class SessionCalledOff:
    """A session that does not take place, for somebody who was on it. `following` is the course's next date."""

    booking: Booking
    session: Session
    reason: str
    following: Session | None


@dataclass(frozen=True, slots=True)
class SessionChanged:
    """A session that has another day, time, place or link, for somebody who is on it, or whose place on it was not
    approved in time.

    `was`: when it began and ended before, where that is on record. `what`: the names of the values that changed.
    """

    booking: Booking
    session: Session
    was: tuple[datetime, datetime] | None = None
    what: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BookingMoved:
    """A booking that the office moved here from another session of the course."""

    booking: Booking
    session: Session


@dataclass(frozen=True, slots=True)
class SessionWritten:
    """What the office or the trainer wrote to the people of a session."""

    message: SessionMessage
    session: Session
    author: Person


@dataclass(frozen=True, slots=True)
class SessionPromoted:
    """A session with places for somebody who may want one."""

    session: Session


@dataclass(frozen=True, slots=True)
class TooFewBooked:
    """A session that is still below its minimum near its day."""

    session: Session
    minimum: int
    confirmed: bool


@dataclass(frozen=True, slots=True)
class RegisterOpen:
    """A session that is over, and how many on its register nobody has marked."""

    session: Session
    unmarked: int


@dataclass(frozen=True, slots=True)
class DidNotAttend:
    """A booked place that was not used. `following` is the course's next date."""

    booking: Booking
    session: Session
    following: Session | None


@dataclass(frozen=True, slots=True)
class EvaluationsMissing:
    """How many who attended have not answered in time, with the first few, and the response rate so far."""

    owed: int
    answered: int
    first: tuple[Unanswered, ...]


@dataclass(frozen=True, slots=True)
class BookingsListed:
    """The list of a session's bookings that somebody of the office asked for."""

    session: Session
    delegates: tuple[Delegate, ...]


Subject = (
    EvaluationDue
    | ActionDue
    | ActionsUnowned
    | ActionAsked
    | ActionDecided
    | ActionYours
    | ActionsGiven
    | ReAuditDue
    | PurgeDue
    | PlaceOffered
    | SessionSoon
    | QuestionWaiting
    | QuestionTaken
    | QuestionAnswered
    | QuestionUnhelped
    | ArticlesDue
    | BookingTold
    | ApprovalAsked
    | PlaceUnconfirmed
    | PlacesUnconfirmed
    | DatePublished
    | ChallengeDue
    | ChallengeUntimed
    | ImpactMissing
    | Invited
    | CertificateIssued
    | SessionCalledOff
    | SessionChanged
    | BookingMoved
    | SessionWritten
    | SessionPromoted
    | RegisterOpen
    | TooFewBooked
    | DidNotAttend
    | EvaluationsMissing
    | BookingsListed
    | WeekSeen
)


@dataclass(frozen=True, slots=True)
class Ended:
    """A notice that must not be sent any more, and why: done with, too late, or beyond repair."""

    state: NoticeState
    reason: str


DONE = Ended(NoticeState.CANCELLED, "done")
MOVED = Ended(NoticeState.CANCELLED, "date-moved")
SNOOZED = Ended(NoticeState.CANCELLED, "snoozed")
LEFT = Ended(NoticeState.CANCELLED, "person-left")
NOT_THEIRS = Ended(NoticeState.CANCELLED, "somebody-else-now")
TOO_LATE = Ended(NoticeState.MISSED, "moment-passed")
SUPERSEDED = Ended(NoticeState.MISSED, "a-later-step-was-due-too")
UNCHECKED = Ended(NoticeState.FAILED, "could-not-be-checked")
UNWORDED = Ended(NoticeState.FAILED, "could-not-be-worded")
