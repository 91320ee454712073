"""Notices: what is owed to whom, and how it went. Events: who did what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


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


STILL_TO_DO = frozenset({NoticeState.DUE, NoticeState.CLAIMED, NoticeState.RETRY})
"""States in which a notice is yet to arrive."""
MAY_HAVE_BEEN_READ = frozenset({NoticeState.SENT, NoticeState.UNCERTAIN})
"""States in which a notice may have been read: what its reader says or does next may be about it."""


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

    @property
    def step_name(self) -> str:
        """What stands before the colon of the step: what is told."""
        return self.step.partition(":")[0]

    @property
    def counted_from(self) -> str:
        """What stands after it: the date or the turn that the step is about. Once that is another, the step is void."""
        return self.step.partition(":")[2]


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


BY_IMPORT = "import"
"""What the detail of a deed says under `by` when a file did it, and no person."""


@dataclass(frozen=True, slots=True)
class Event:
    """One deed of the audit trail: who did what to which subject, when. `actor_id` is None for the service itself."""

    id: int
    at: datetime
    actor_id: int | None
    verb: str
    subject_kind: str
    subject_id: int
    detail: Mapping[str, str | int | bool | None]
