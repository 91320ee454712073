"""Action plans."""

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
    sa.UniqueConstraint("ref"),
    sa.Index(None, "state", "due_on"),
    sa.Index(None, "owner_id", "state"),
)
