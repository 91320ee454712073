"""The product's nouns as plain values. Pure: knows nothing but itself, no clock, database or chat."""

from __future__ import annotations

from services.model.actions import (
    ActionItem,
    ActionNote,
    ActionRequest,
    ActionsGrouped,
    ActionState,
    ActionsWanted,
    NoteKind,
    RequestKind,
    RequestState,
)
from services.model.challenges import Challenge, ChallengeOutcome, ChallengeState
from services.model.ledger import BY_IMPORT, MAY_HAVE_BEEN_READ, STILL_TO_DO, Attempt, Event, Notice, NoticeState, Owed
from services.model.listed import Delegate, Unanswered
from services.model.papers import Certificate, Invitation, Method, SessionMessage
from services.model.people import OutOfReach, Person, Place, Role, Sender, Whereabouts
from services.model.places import DATE_PUBLISHED, Charge, ChargeKind, ChargeState, Interest
from services.model.questions import WAITING, Gap, GapReason, Suggestion, Ticket, TicketState
from services.model.training import (
    ACTIVE,
    CAN_BE_MARKED,
    HAS_PLACE,
    HOLDS_PLACE,
    MARKED,
    MOST_PLACES,
    Booking,
    BookingState,
    Evaluation,
    EvaluationKind,
    Session,
    SessionState,
)

__all__ = [
    "ACTIVE",
    "BY_IMPORT",
    "CAN_BE_MARKED",
    "DATE_PUBLISHED",
    "HAS_PLACE",
    "HOLDS_PLACE",
    "MARKED",
    "MAY_HAVE_BEEN_READ",
    "MOST_PLACES",
    "STILL_TO_DO",
    "WAITING",
    "ActionItem",
    "ActionNote",
    "ActionRequest",
    "ActionState",
    "ActionsGrouped",
    "ActionsWanted",
    "Attempt",
    "Booking",
    "BookingState",
    "Certificate",
    "Challenge",
    "ChallengeOutcome",
    "ChallengeState",
    "Charge",
    "ChargeKind",
    "ChargeState",
    "Delegate",
    "Evaluation",
    "EvaluationKind",
    "Event",
    "Gap",
    "GapReason",
    "Interest",
    "Invitation",
    "Method",
    "NoteKind",
    "Notice",
    "NoticeState",
    "OutOfReach",
    "Owed",
    "Person",
    "Place",
    "RequestKind",
    "RequestState",
    "Role",
    "Sender",
    "Session",
    "SessionMessage",
    "SessionState",
    "Suggestion",
    "Ticket",
    "TicketState",
    "Unanswered",
    "Whereabouts",
]
