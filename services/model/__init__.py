"""The product's nouns as plain values. Pure: knows nothing but itself, no clock, database or chat."""

from __future__ import annotations

from services.model.actions import ActionItem, ActionState
from services.model.challenges import Challenge, ChallengeState, Outcome
from services.model.ledger import Attempt, Notice, NoticeState, Owed
from services.model.people import Person, Place, Role, Sender, Whereabouts
from services.model.places import Charge, ChargeKind, ChargeState, Interest
from services.model.training import (
    ACTIVE,
    HAS_PLACE,
    HOLDS_PLACE,
    Booking,
    BookingState,
    Evaluation,
    EvaluationKind,
    Session,
    SessionState,
)

__all__ = [
    "ACTIVE",
    "HAS_PLACE",
    "HOLDS_PLACE",
    "ActionItem",
    "ActionState",
    "Attempt",
    "Booking",
    "BookingState",
    "Challenge",
    "ChallengeState",
    "Charge",
    "ChargeKind",
    "ChargeState",
    "Evaluation",
    "EvaluationKind",
    "Interest",
    "Notice",
    "NoticeState",
    "Outcome",
    "Owed",
    "Person",
    "Place",
    "Role",
    "Sender",
    "Session",
    "SessionState",
    "Whereabouts",
]
