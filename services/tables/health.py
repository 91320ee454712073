"""When each kind of work was last done, whichever process did it."""

from __future__ import annotations

import sqlalchemy as sa

from services.tables.base import Moment, metadata

heartbeats = sa.Table(
    "heartbeats",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("at", Moment, nullable=False),
)
