"""The tables, one file per subject. Every constraint is named."""

from __future__ import annotations

from services.tables.actions import action_items, action_notes, action_requests
from services.tables.base import Moment, metadata
from services.tables.challenges import challenge_stages, challenges
from services.tables.health import heartbeats
from services.tables.ledger import attempts, events, notices
from services.tables.owners import article_reviews, role_holders
from services.tables.pace import send_slots
from services.tables.papers import certificates, invitations, session_messages
from services.tables.people import conversations, heard, people, person_roles
from services.tables.places import charges, interests
from services.tables.questions import suggested_phrases, tickets, topic_asks, unanswered
from services.tables.snoozes import snoozes
from services.tables.training import bookings, evaluations, sessions

__all__ = [
    "Moment",
    "action_items",
    "action_notes",
    "action_requests",
    "article_reviews",
    "attempts",
    "bookings",
    "certificates",
    "challenge_stages",
    "challenges",
    "charges",
    "conversations",
    "evaluations",
    "events",
    "heard",
    "heartbeats",
    "interests",
    "invitations",
    "metadata",
    "notices",
    "people",
    "person_roles",
    "role_holders",
    "send_slots",
    "session_messages",
    "sessions",
    "snoozes",
    "suggested_phrases",
    "tickets",
    "topic_asks",
    "unanswered",
]
