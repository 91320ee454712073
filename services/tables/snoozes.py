"""Reminders that a person asked to have later."""

from __future__ import annotations

import sqlalchemy as sa

from services.tables.base import Moment, metadata

snoozes = sa.Table(
    "snoozes",
    metadata,
    sa.Column("person_id", sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("subject_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("until", Moment, nullable=False),
    sa.Index(None, "until"),
)
