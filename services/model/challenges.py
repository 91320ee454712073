"""Challenges: professional disagreements being escalated. By agency, stage, subject and date; never a child."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ChallengeState(StrEnum):
    """Open: the clock runs. Settled: the outcome is known, the impact is not. Closed: both are."""

    OPEN = "open"
    SETTLED = "settled"
    CLOSED = "closed"


class ChallengeOutcome(StrEnum):
    """How a disagreement ended."""

    DECISION_CHANGED = "decision-changed"
    AGREED_OTHERWISE = "agreed-otherwise"
    DECISION_STANDS = "decision-stands"
    WITHDRAWN = "withdrawn"


def challenge_ref(challenge_id: int) -> str:
    """What people call the challenge with this id."""
    return f"C-{challenge_id}"


@dataclass(frozen=True, slots=True)
class Challenge:
    """One challenge as it stands. `limit_on` is the last day to answer the present stage; `None` when not known.

    `raised_on` is the day of the disagreement; `stage_since` the day from which the present stage is counted.
    """

    id: int
    raised_by_id: int
    agency_id: str
    other_agency_id: str
    subject: str
    raised_on: date
    stage: int
    stage_since: date
    limit_on: date | None
    state: ChallengeState
    note: str | None = None
    outcome: ChallengeOutcome | None = None
    outcome_note: str | None = None
    settled_on: date | None = None
    impact: str | None = None
    impact_on: date | None = None

    @property
    def ref(self) -> str:
        """What people call it: it must be sayable on the phone and mean nothing to anybody else."""
        return challenge_ref(self.id)

    def late(self, today: date) -> bool:
        """True from the day after the stage's last day while the challenge is open."""
        return self.state is ChallengeState.OPEN and self.limit_on is not None and today > self.limit_on
