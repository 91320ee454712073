"""What is owed to whom, every attempt to deliver it, and who did what."""

from __future__ import annotations

import sqlalchemy as sa

from services.tables.base import Moment, key_column, metadata, person_column

notices = sa.Table(
    "notices",
    metadata,
    key_column(),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject_id", sa.Integer, nullable=False),
    sa.Column("step", sa.Text, nullable=False),
    person_column("person_id"),
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
    sa.Index(None, "person_id", "digest_on"),
    sa.Index(None, "closed_at"),
)

attempts = sa.Table(
    "attempts",
    metadata,
    key_column(),
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
    key_column(),
    sa.Column("at", Moment, nullable=False),
    person_column("actor_id", nullable=True),
    sa.Column("verb", sa.Text, nullable=False),
    sa.Column("subject_kind", sa.Text, nullable=False),
    sa.Column("subject_id", sa.Integer, nullable=False),
    sa.Column("detail", sa.JSON, nullable=False),
    sa.Index(None, "subject_kind", "subject_id"),
)
