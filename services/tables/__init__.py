"""The tables, one file per subject. Every constraint is named."""

from __future__ import annotations

from services.tables.actions import action_items
from services.tables.base import Moment, metadata
from services.tables.challenges import challenge_stages, challenges
from services.tables.ledger import attempts, events, notices
from services.tables.people import conversations, heard, people, person_roles
from services.tables.places import charges, interests
from services.tables.training import bookings, evaluations, sessions

__all__ = [
    "Moment",
    "action_items",
    "attempts",
    "bookings",
    "challenge_stages",
    "challenges",
    "charges",
    "conversations",
    "evaluations",
    "events",
    "heard",
    "interests",
    "metadata",
    "notices",
    "people",
    "person_roles",
    "sessions",
]
