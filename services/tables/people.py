"""People, and where they can be reached."""

from __future__ import annotations

import sqlalchemy as sa

from services.tables.base import Moment, key_column, metadata, person_column

people = sa.Table(
    "people",
    metadata,
    key_column(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("email", sa.Text),
    sa.Column("agency_id", sa.Text),
    sa.Column("job_title", sa.Text),
    person_column("line_manager_id", nullable=True),
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
    key_column(),
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
