"""The tables, one file per subject. Every constraint is named."""

from __future__ import annotations

from services.tables.actions import action_items
from services.tables.base import Moment, metadata
from services.tables.ledger import attempts, events, notices
from services.tables.papers import certificates, invitations, session_messages
from services.tables.people import conversations, heard, people, person_roles
from services.tables.training import bookings, evaluations, sessions

__all__ = [
    "Moment",
    "action_items",
    "attempts",
    "bookings",
    "certificates",
    "conversations",
    "evaluations",
    "events",
    "heard",
    "invitations",
    "metadata",
    "notices",
    "people",
    "person_roles",
    "session_messages",
    "sessions",
]
