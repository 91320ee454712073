"""The tables, one file per subject. Every constraint is named."""

from __future__ import annotations

from services.tables.actions import action_items
from services.tables.base import Moment, metadata
from services.tables.health import heartbeats
from services.tables.ledger import attempts, events, notices
from services.tables.pace import send_slots
from services.tables.people import conversations, heard, people, person_roles
from services.tables.training import bookings, evaluations, sessions

__all__ = [
    "Moment",
    "action_items",
    "attempts",
    "bookings",
    "conversations",
    "evaluations",
    "events",
    "heard",
    "heartbeats",
    "metadata",
    "notices",
    "people",
    "person_roles",
    "send_slots",
    "sessions",
]
