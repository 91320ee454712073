"""The tables. Every constraint is named and every moment is stored as UTC with its zone."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC. A naive one is refused: it would change meaning with the server's zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC on the way in; raises `ValueError` for a naive value."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite forgets the zone; it was UTC on the way in."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _key(name: str = "id") -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=True)


def _person(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.ForeignKey("people.id"), nullable=nullable)


people = sa.Table(
    "people",
    metadata,
    _key(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("email", sa.Text),
    sa.Column("agency_id", sa.Text),
    sa.Column("job_title", sa.Text),
    _person("line_manager_id", nullable=True),
    sa.Column("tenant_id", sa.Text),
    sa.Column("aad_object_id", sa.Text),
    sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.UniqueConstraint("tenant_id", "aad_object_id"),
    sa.UniqueConstraint("email"),
)

person_roles = sa.Table(
    "person_roles",
    metadata,
    sa.Column("person_id", sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("role", sa.Text, primary_key=True),
    sa.Index(None, "role"),
)

conversations = sa.Table(
    "conversations",
    metadata,
    _key(),
    sa.Column("tenant_id", sa.Text, nullable=False),
    sa.Column("conversation_id", sa.Text, nullable=False),
    sa.Column("aad_object_id", sa.Text),
    sa.Column("service_url", sa.Text, nullable=False),
    sa.Column("bot_id", sa.Text, nullable=False, server_default=""),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False, server_default="open"),
    sa.Column("flow", sa.JSON),
    sa.Column("seen_at", Moment, nullable=False),
    sa.UniqueConstraint("tenant_id", "conversation_id"),
    sa.Index(None, "tenant_id", "aad_object_id"),
)

heard = sa.Table(
    "heard",
    metadata,
    sa.Column("conversation_id", sa.Text, primary_key=True),
    sa.Column("activity_id", sa.Text, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Index(None, "at"),
)

sessions = sa.Table(
    "sessions",
    metadata,
    _key(),
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
    _key(),
    sa.Column("session_id", sa.ForeignKey("sessions.id"), nullable=False),
    _person("person_id"),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("booked_at", Moment, nullable=False),
    sa.Column("queue_no", sa.Integer),
    sa.Column("offer_until", Moment),
    sa.Column("cancelled_at", Moment),
    sa.Column("cancel_reason", sa.Text),
    sa.Column("late", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.UniqueConstraint("session_id", "person_id"),
    sa.Index(None, "person_id", "state"),
    sa.Index(None, "session_id", "state", "queue_no"),
    sa.Index(None, "state", "offer_until"),
)

evaluations = sa.Table(
    "evaluations",
    metadata,
    _key(),
    sa.Column("booking_id", sa.ForeignKey("bookings.id"), nullable=False),
    _person("person_id"),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("answers", sa.JSON),
    sa.Column("answered_at", Moment),
    sa.UniqueConstraint("booking_id", "kind"),
    sa.Index(None, "kind", "answered_at", "due_on"),
    sa.Index(None, "person_id", "answered_at"),
)

action_items = sa.Table(
    "action_items",
    metadata,
    _key(),
    sa.Column("ref", sa.Text, nullable=False),
    sa.Column("plan_id", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False, server_default=""),
    sa.Column("lead_agency", sa.Text),
    _person("owner_id", nullable=True),
    sa.Column("due_on", sa.Date),
    sa.Column("due_text", sa.Text, nullable=False, server_default=""),
    sa.Column("state", sa.Text, nullable=False, server_default="open"),
    sa.Column("progress", sa.Text),
    sa.Column("evidence", sa.Text),
    sa.Column("more_time_until", sa.Date),
    sa.Column("completed_at", Moment),
    sa.Column("source", sa.Text, nullable=False, server_default=""),
    sa.UniqueConstraint("ref"),
    sa.Index(None, "state", "due_on"),
    sa.Index(None, "owner_id", "state"),
)

notices = sa.Table(
    "notices",
    metadata,
    _key(),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject_id", sa.Integer, nullable=False),
    sa.Column("step", sa.Text, nullable=False),
    _person("person_id"),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("urgent", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("due_at", Moment, nullable=False),
    sa.Column("not_before", Moment, nullable=False),
    sa.Column("digest_on", sa.Date),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("claimed_by", sa.Text),
    sa.Column("lease_until", Moment),
    sa.Column("reason", sa.Text),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("closed_at", Moment),
    sa.UniqueConstraint("kind", "subject_id", "step", "person_id"),
    sa.Index(None, "state", "not_before", "person_id"),
    sa.Index(None, "person_id", "state"),
)

attempts = sa.Table(
    "attempts",
    metadata,
    _key(),
    sa.Column("notice_id", sa.ForeignKey("notices.id"), nullable=False),
    sa.Column("started_at", Moment, nullable=False),
    sa.Column("ended_at", Moment),
    sa.Column("route", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("detail", sa.Text),
    sa.Column("receipt", sa.Text),
    sa.Index(None, "notice_id"),
)

events = sa.Table(
    "events",
    metadata,
    _key(),
    sa.Column("at", Moment, nullable=False),
    _person("actor_id", nullable=True),
    sa.Column("verb", sa.Text, nullable=False),
    sa.Column("subject_kind", sa.Text, nullable=False),
    sa.Column("subject_id", sa.Integer, nullable=False),
    sa.Column("detail", sa.JSON, nullable=False),
    sa.Index(None, "subject_kind", "subject_id"),
)
