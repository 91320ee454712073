"""Action items."""

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
