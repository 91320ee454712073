"""Questions handed to a person, what the guidance did not answer, and how often topics are asked about."""

from __future__ import annotations

import sqlalchemy as sa

from services.tables.base import Moment, key_column, metadata, person_column

tickets = sa.Table(
    "tickets",
    metadata,
    key_column(),
    person_column("asker_id"),
    sa.Column("group_key", sa.Text, nullable=False),
    sa.Column("topic", sa.Text),
    sa.Column("question", sa.Text, nullable=False),
    # The same words from the same person on the same day are the same question, however often they are sent.
    sa.Column("question_key", sa.Text, nullable=False),
    sa.Column("asked_on", sa.Date, nullable=False),
    sa.Column("asked_at", Moment, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    person_column("taker_id", nullable=True),
    sa.Column("taken_at", Moment),
    sa.Column("answer", sa.Text),
    sa.Column("answers", sa.Integer, nullable=False, server_default="0"),
    sa.Column("answered_at", Moment),
    sa.Column("helped", sa.Boolean),
    sa.UniqueConstraint("asker_id", "question_key", "asked_on"),
    sa.Index(None, "state", "answered_at"),
    sa.Index(None, "taker_id", "state"),
)

suggested_phrases = sa.Table(
    "suggested_phrases",
    metadata,
    key_column(),
    sa.Column("ticket_id", sa.ForeignKey("tickets.id"), nullable=False),
    sa.Column("topic", sa.Text, nullable=False),
    sa.Column("phrase", sa.Text, nullable=False),
    person_column("suggested_by_id"),
    sa.Column("suggested_at", Moment, nullable=False),
    sa.UniqueConstraint("ticket_id", "topic"),
    sa.Index(None, "suggested_at"),
)

unanswered = sa.Table(
    "unanswered",
    metadata,
    key_column(),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("topic", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("week", sa.Date, nullable=False),
    sa.Column("how_many", sa.Integer, nullable=False),
    sa.Column("first_at", Moment, nullable=False),
    sa.Column("last_at", Moment, nullable=False),
    sa.UniqueConstraint("question", "topic", "reason", "week"),
    sa.Index(None, "week"),
)

topic_asks = sa.Table(
    "topic_asks",
    metadata,
    sa.Column("topic", sa.Text, primary_key=True),
    sa.Column("week", sa.Date, primary_key=True),
    sa.Column("how_many", sa.Integer, nullable=False),
    sa.Index(None, "week"),
)
