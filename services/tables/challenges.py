"""Challenges and the stages they went through. There is no column for a child, on purpose."""

from __future__ import annotations

import sqlalchemy as sa

from services.tables.base import Moment, key_column, metadata, person_column

challenges = sa.Table(
    "challenges",
    metadata,
    key_column(),
    person_column("raised_by_id"),
    # The form that was sent: pressing its button twice is one challenge.
    sa.Column("form", sa.Text, nullable=False),
    sa.Column("agency_id", sa.Text, nullable=False),
    sa.Column("other_agency_id", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("raised_on", sa.Date, nullable=False),
    sa.Column("stage", sa.Integer, nullable=False),
    sa.Column("stage_since", sa.Date, nullable=False),
    sa.Column("limit_on", sa.Date),
    sa.Column("state", sa.Text, nullable=False, server_default="open"),
    sa.Column("note", sa.Text),
    sa.Column("outcome", sa.Text),
    sa.Column("outcome_note", sa.Text),
    sa.Column("settled_on", sa.Date),
    sa.Column("impact", sa.Text),
    sa.Column("impact_on", sa.Date),
    sa.Column("created_at", Moment, nullable=False),
    sa.UniqueConstraint("raised_by_id", "form"),
    sa.CheckConstraint("stage >= 1", name="stage_counts_from_one"),
    sa.CheckConstraint("stage_since >= raised_on", name="stage_after_disagreement"),
    sa.Index(None, "state", "limit_on"),
    sa.Index(None, "state", "settled_on"),
    sa.Index(None, "raised_on"),
)

challenge_stages = sa.Table(
    "challenge_stages",
    metadata,
    sa.Column("challenge_id", sa.ForeignKey("challenges.id"), primary_key=True),
    sa.Column("stage", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("limit_on", sa.Date),
    sa.Column("ended_on", sa.Date, nullable=False),
)
