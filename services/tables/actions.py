"""Action plans: the items, what was written about them, and what their owners asked for."""

from __future__ import annotations

import sqlalchemy as sa

from services.tables.base import Moment, key_column, metadata, person_column

action_items = sa.Table(
    "action_items",
    metadata,
    key_column(),
    sa.Column("ref", sa.Text, nullable=False),
    sa.Column("plan_id", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False, server_default=""),
    sa.Column("lead_agency", sa.Text),
    person_column("owner_id", nullable=True),
    sa.Column("due_on", sa.Date),
    sa.Column("due_text", sa.Text, nullable=False, server_default=""),
    sa.Column("state", sa.Text, nullable=False, server_default="open"),
    sa.Column("progress", sa.Text),
    sa.Column("evidence", sa.Text),
    sa.Column("more_time_until", sa.Date),
    sa.Column("completed_at", Moment),
    sa.Column("source", sa.Text, nullable=False, server_default=""),
    sa.Column("recommendation", sa.Text),
    sa.Column("scope", sa.Text),
    sa.Column("milestones", sa.Text),
    sa.Column("measure", sa.Text),
    sa.Column("lead_named", sa.Text, nullable=False, server_default=""),
    sa.Column("owner_role", sa.Text),
    sa.Column("due_kind", sa.Text, nullable=False, server_default="unknown"),
    sa.Column("period_ends", sa.Date),
    sa.Column("every", sa.Text),
    sa.Column("after", sa.Text),
    sa.Column("after_event", sa.Text, nullable=False, server_default=""),
    sa.Column("anchored_on", sa.Date),
    sa.Column("impact", sa.Text),
    sa.Column("re_audit_on", sa.Date),
    sa.Column("tested_on", sa.Date),
    sa.Column("heading", sa.Text, nullable=False, server_default=""),
    sa.UniqueConstraint("ref"),
    sa.Index(None, "state", "due_on"),
    sa.Index(None, "owner_id", "state"),
    sa.Index(None, "state", "re_audit_on"),
)

action_notes = sa.Table(
    "action_notes",
    metadata,
    key_column(),
    sa.Column("item_id", sa.ForeignKey("action_items.id"), nullable=False),
    person_column("person_id", nullable=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Index(None, "item_id"),
    sa.Index(None, "person_id"),
)

action_requests = sa.Table(
    "action_requests",
    metadata,
    key_column(),
    sa.Column("item_id", sa.ForeignKey("action_items.id"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    person_column("asked_by"),
    sa.Column("asked_at", Moment, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("due_before", sa.Date),
    sa.Column("until", sa.Date),
    person_column("to_person_id", nullable=True),
    person_column("decided_by", nullable=True),
    sa.Column("decided_at", Moment),
    sa.Column("answer", sa.Text),
    sa.Index(None, "item_id", "state"),
    sa.Index(None, "state", "decided_at"),
)
