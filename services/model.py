"""The product's nouns as plain values. Pure: imports nothing of ours and knows no clock, database or chat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person may do, beyond what every practitioner may."""

    PRACTITIONER = "practitioner"
    DSL = "dsl"
    TRAINER = "trainer"
    MANAGER = "manager"
    ADMIN = "admin"


class Place(StrEnum):
    """Where words were said. Nothing personal is shown outside a personal chat."""

    PERSONAL = "personal"
    GROUP = "groupChat"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Sender:
    """The authenticated sender, taken from a verified activity and never from a card or a name."""

    tenant_id: str
    aad_object_id: str
    name: str
    channel_user_id: str = ""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What is needed to reach one conversation again."""

    conversation_id: str
    service_url: str
    place: Place
    tenant_id: str
    bot_id: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A professional known to the partnership. `roles` always holds at least practitioner."""

    id: int
    name: str
    email: str | None
    agency_id: str | None
    roles: frozenset[Role]
    tenant_id: str | None = None
    aad_object_id: str | None = None
    job_title: str | None = None
    line_manager_id: int | None = None
    active: bool = True

    def has(self, *roles: Role) -> bool:
        """True if the person holds one of `roles`, or is an administrator."""
        return Role.ADMIN in self.roles or not self.roles.isdisjoint(roles)


class SessionState(StrEnum):
    """Where a session stands. Only an open one takes bookings."""

    OPEN = "open"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Session:
    """A dated event of a course. Times are aware UTC; `taken` counts booked and offered places."""

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

    @property
    def places_left(self) -> int:
        """Places that somebody could book now; never negative, even when the office overbooked."""
        return max(0, self.capacity - self.taken)

    def begun(self, now: datetime) -> bool:
        """True from the minute the session starts: no booking, offer or free cancellation after it."""
        return now >= self.starts_at


class BookingState(StrEnum):
    """design.md section 2. Booked and offered hold a place; waiting does not."""

    BOOKED = "booked"
    WAITING = "waiting"
    OFFERED = "offered"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    DID_NOT_ATTEND = "did-not-attend"


HOLDS_PLACE = frozenset({BookingState.BOOKED, BookingState.OFFERED})
ACTIVE = frozenset({BookingState.BOOKED, BookingState.OFFERED, BookingState.WAITING})


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

    def offer_over(self, now: datetime) -> bool:
        """True from the minute an offer runs out. At that very minute it goes to the next person."""
        return self.offer_until is not None and now >= self.offer_until


class EvaluationKind(StrEnum):
    """Course evaluation straight after; impact evaluation 6 to 8 weeks after (annual report 2022-23, Evaluation)."""

    COURSE = "course"
    IMPACT = "impact"


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


class ActionState(StrEnum):
    """Whether an action item is still chased."""

    OPEN = "open"
    DONE = "done"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ActionItem:
    """One item of an action plan. Owner and due date may be unknown: most formal recommendations have neither."""

    id: int
    ref: str
    plan_id: str
    action: str
    lead_agency: str | None
    owner_id: int | None
    due_on: date | None
    due_text: str
    state: ActionState
    progress: str | None = None
    evidence: str | None = None
    more_time_until: date | None = None
    completed_at: datetime | None = None
    source: str = ""

    def overdue(self, today: date) -> bool:
        """True from the day after the due date while the item is open."""
        return self.state is ActionState.OPEN and self.due_on is not None and today > self.due_on


class NoticeState(StrEnum):
    """design.md section 5. Due, claimed and retry are still to be done; the others are how it ended."""

    DUE = "due"
    CLAIMED = "claimed"
    RETRY = "retry"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    BLOCKED = "blocked"
    FAILED = "failed"
    MISSED = "missed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing owed to one person. (kind, subject_id, step, person_id) is unique: it is owed once."""

    id: int
    kind: str
    subject_id: int
    step: str
    person_id: int
    state: NoticeState
    urgent: bool
    due_at: datetime
    attempts: int = 0
    digest_on: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """A notice that ought to exist: what a planner computes, before the ledger says whether it does."""

    kind: str
    subject_id: int
    step: str
    person_id: int
    due_at: datetime
    urgent: bool = False
    state: NoticeState = NoticeState.DUE
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to deliver a notice: by which route, when, and what came of it. `receipt` is the carrier's own id."""

    id: int
    notice_id: int
    started_at: datetime
    ended_at: datetime | None
    route: str
    outcome: str
    detail: str | None = None
    receipt: str | None = None
