"""What surrounds a booking: interest in a course without a date, and charges due per policy."""

from __future__ import annotations

import sqlalchemy as sa

from services.tables.base import Moment, key_column, metadata, person_column

interests = sa.Table(
    "interests",
    metadata,
    key_column(),
    person_column("person_id"),
    sa.Column("course_id", sa.Text, nullable=False),
    sa.Column("asked_at", Moment, nullable=False),
    sa.Column("told_session_id", sa.ForeignKey("sessions.id")),
    sa.UniqueConstraint("person_id", "course_id"),
    sa.Index(None, "course_id", "told_session_id"),
)

charges = sa.Table(
    "charges",
    metadata,
    key_column(),
    sa.Column("booking_id", sa.ForeignKey("bookings.id"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("amount", sa.Text),
    sa.Column("state", sa.Text, nullable=False, server_default="due"),
    sa.Column("reason", sa.Text),
    sa.Column("due_at", Moment, nullable=False),
    sa.Column("settled_at", Moment),
    person_column("settled_by_id", nullable=True),
    sa.UniqueConstraint("booking_id", "kind"),
    sa.Index(None, "state", "due_at"),
)
