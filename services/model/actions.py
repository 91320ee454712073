"""Action items, what is written about them, and what their owners ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ActionState(StrEnum):
    """Whether an action item is still chased."""

    OPEN = "open"
    DONE = "done"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ActionItem:
    """One item of an action plan. Owner and due date may be unknown: most formal recommendations have neither.

    `owner_role` is a post that resolves to a person on the day; `owner_id` is who that is today, or who was named.
    `due_text` is what the plan says about time; `due_kind` how it says it (a date, a period, recurring, relative to
    an event). `every` and `after` are lengths of time as people write them.
    """

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
    kind: str = ""
    """R: a formal recommendation; A: an action; L: learning with an implied action; D: reported as done."""
    recommendation: str | None = None
    scope: str | None = None
    milestones: str | None = None
    measure: str | None = None
    lead_named: str = ""
    owner_role: str | None = None
    due_kind: str = "unknown"
    period_ends: date | None = None
    every: str | None = None
    after: str | None = None
    after_event: str = ""
    anchored_on: date | None = None
    """The day of `after_event`, once the manager has told us."""
    impact: str | None = None
    re_audit_on: date | None = None
    tested_on: date | None = None
    """The day on which a re-audit showed whether practice changed."""
    heading: str = ""

    def overdue(self, today: date) -> bool:
        """True from the day after the due date while the item is open."""
        return self.state is ActionState.OPEN and self.due_on is not None and today > self.due_on

    @property
    def from_period(self) -> bool:
        """True when the due date is our reading of a period such as 2023/24, which nobody has confirmed."""
        return self.due_kind == "period" and self.due_on is not None and self.due_on == self.period_ends


class NoteKind(StrEnum):
    """What a note tells."""

    PROGRESS = "progress"
    EVIDENCE = "evidence"
    IMPACT = "impact"
    RE_AUDIT = "re-audit"


@dataclass(frozen=True, slots=True)
class ActionNote:
    """Something written about an item, by whom and when. Notes are never changed."""

    id: int
    item_id: int
    person_id: int | None
    at: datetime
    kind: NoteKind
    text: str


class RequestKind(StrEnum):
    """What the owner of an item asks for."""

    EXTENSION = "extension"
    TRANSFER = "transfer"


class RequestState(StrEnum):
    """Where a request stands."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """Overtaken: the item was closed, given to somebody else, or asked about anew."""


@dataclass(frozen=True, slots=True)
class ActionRequest:
    """More time until a date, or another owner (`to_person_id`, if the asker knows whom). Someone else decides."""

    id: int
    item_id: int
    kind: RequestKind
    state: RequestState
    asked_by: int
    asked_at: datetime
    reason: str
    due_before: date | None = None
    until: date | None = None
    to_person_id: int | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class ActionsWanted:
    """Which open items to list. What is `None` does not matter; an empty agency and owner 0 mean that there is none."""

    due_before: date | None = None
    due_from: date | None = None
    plan_id: str | None = None
    agency: str | None = None
    owing_agency: str | None = None
    """The agency of whoever owns it; where nobody does, or theirs is not known, the one that leads."""
    owner_id: int | None = None
    not_chased: bool = False


@dataclass(frozen=True, slots=True)
class ActionsGrouped:
    """How many open items there are under one plan, agency or owner. `None`: under none."""

    key: str | int | None
    open: int
    overdue: int
