"""How fast we may send, shared by all processes."""

from __future__ import annotations

import sqlalchemy as sa

from services.tables.base import metadata

send_slots = sa.Table(
    "send_slots",
    metadata,
    sa.Column("tenant_id", sa.Text, primary_key=True),
    # Empty for the tenant as a whole.
    sa.Column("conversation_id", sa.Text, primary_key=True),
    # Seconds since 1970 on the database's clock: until then everything is taken.
    sa.Column("free_at", sa.Double, nullable=False),
)
