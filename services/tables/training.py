"""Sessions, bookings and evaluations."""

from __future__ import annotations

import sqlalchemy as sa

from services.tables.base import Moment, key_column, metadata, person_column

sessions = sa.Table(
    "sessions",
    metadata,
    key_column(),
    sa.Column("ref", sa.Text, nullable=False),
    sa.Column("course_id", sa.Text, nullable=False),
    sa.Column("starts_at", Moment, nullable=False),
    sa.Column("ends_at", Moment, nullable=False),
    sa.Column("capacity", sa.Integer, nullable=False),
    sa.Column("taken", sa.Integer, nullable=False, server_default="0"),
    sa.Column("last_queue_no", sa.Integer, nullable=False, server_default="0"),
    sa.Column("state", sa.Text, nullable=False, server_default="open"),
    sa.Column("mode", sa.Text, nullable=False, server_default="online"),
    sa.Column("venue", sa.Text),
    sa.Column("join_url", sa.Text),
    sa.Column("trainer", sa.Text),
    sa.Column("closes_on", sa.Date),
    sa.UniqueConstraint("ref"),
    sa.CheckConstraint("capacity >= 0", name="capacity_not_negative"),
    sa.CheckConstraint("taken >= 0", name="taken_not_negative"),
    sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    sa.Index(None, "state", "starts_at"),
    sa.Index(None, "course_id", "starts_at"),
)

bookings = sa.Table(
    "bookings",
    metadata,
    key_column(),
    sa.Column("session_id", sa.ForeignKey("sessions.id"), nullable=False),
    person_column("person_id"),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("booked_at", Moment, nullable=False),
    sa.Column("queue_no", sa.Integer),
    sa.Column("offer_until", Moment),
    sa.Column("cancelled_at", Moment),
    sa.Column("cancel_reason", sa.Text),
    sa.Column("late", sa.Boolean, nullable=False, server_default=sa.false()),
    person_column("booked_by_id", nullable=True),
    sa.UniqueConstraint("session_id", "person_id"),
    sa.Index(None, "person_id", "state"),
    sa.Index(None, "session_id", "state", "queue_no"),
    sa.Index(None, "state", "offer_until"),
)

evaluations = sa.Table(
    "evaluations",
    metadata,
    key_column(),
    sa.Column("booking_id", sa.ForeignKey("bookings.id"), nullable=False),
    person_column("person_id"),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("answers", sa.JSON),
    sa.Column("answered_at", Moment),
    sa.Column("snoozed_until", sa.Date),
    sa.UniqueConstraint("booking_id", "kind"),
    sa.Index(None, "kind", "answered_at", "due_on"),
    sa.Index(None, "person_id", "answered_at"),
)
