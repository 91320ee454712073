"""Questions handed to a person, and what the guidance did not answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TicketState(StrEnum):
    """How a question to a person stands. The last two are never chased again."""

    OPEN = "open"
    """Nobody has taken it."""
    TAKEN = "taken"
    ANSWERED = "answered"
    """The answer is out; the asker has not said whether it helped."""
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


WAITING = frozenset({TicketState.OPEN, TicketState.TAKEN})
"""States in which the asker still waits for an answer."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One question to an expert group. `helped` is what the asker said of the newest answer; None: nothing yet."""

    id: int
    asker_id: int
    group_key: str
    question: str
    asked_at: datetime
    state: TicketState
    topic: str | None = None
    taker_id: int | None = None
    taken_at: datetime | None = None
    answer: str | None = None
    answers: int = 0
    answered_at: datetime | None = None
    helped: bool | None = None

    @property
    def ref(self) -> str:
        """What people call it: `Q12`."""
        return f"Q{self.id}"

    @property
    def waiting(self) -> bool:
        """True while the asker is owed an answer."""
        return self.state in WAITING


class GapReason(StrEnum):
    """Why a question counts as not answered."""

    UNSURE = "unsure"
    OUT_OF_SCOPE = "out-of-scope"
    NOT_HELPFUL = "not-helpful"


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the guidance did not answer, however often it was asked.

    `question` is folded to lower case without punctuation, and empty when only its topic is known or it was too
    long to keep. `topic` is the nearest one; empty when none was near.
    """

    question: str
    topic: str
    reason: GapReason
    how_many: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words that an expert proposes as one more way of asking for an article."""

    topic: str
    phrase: str
    ticket_id: int
    suggested_by_id: int
    suggested_at: datetime
