"""Action plans in full: dates of every kind, notes, requests, re-audits, and reminders asked for later.

Revision ID: 0006
Revises: 0004
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_NEW = (
    ("recommendation", sa.Text()),
    ("scope", sa.Text()),
    ("milestones", sa.Text()),
    ("measure", sa.Text()),
    ("owner_role", sa.Text()),
    ("period_ends", sa.Date()),
    ("every", sa.Text()),
    ("after", sa.Text()),
    ("anchored_on", sa.Date()),
    ("impact", sa.Text()),
    ("re_audit_on", sa.Date()),
    ("tested_on", sa.Date()),
)
_WITH_DEFAULT = (("lead_named", ""), ("due_kind", "unknown"), ("after_event", ""), ("heading", ""))


def upgrade() -> None:
    """Add the columns of an item, and the tables around it."""
    with op.batch_alter_table("action_items") as batch:
        for name, kind in _NEW:
            batch.add_column(sa.Column(name, kind, nullable=True))
        for name, default in _WITH_DEFAULT:
            batch.add_column(sa.Column(name, sa.Text(), server_default=default, nullable=False))
        batch.create_index(op.f("ix_action_items_state_re_audit_on"), ["state", "re_audit_on"])
    _create_notes()
    _create_requests()
    op.create_table(
        "snoozes",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_snoozes_person_id")),
        sa.PrimaryKeyConstraint("person_id", "kind", "subject_id", name=op.f("pk_snoozes")),
    )
    op.create_index(op.f("ix_snoozes_until"), "snoozes", ["until"])


def _create_notes() -> None:
    op.create_table(
        "action_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["action_items.id"], name=op.f("fk_action_notes_item_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_action_notes_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_notes")),
    )
    op.create_index(op.f("ix_action_notes_item_id"), "action_notes", ["item_id"])
    op.create_index(op.f("ix_action_notes_person_id"), "action_notes", ["person_id"])


def _create_requests() -> None:
    op.create_table(
        "action_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("to_person_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["action_items.id"], name=op.f("fk_action_requests_item_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_action_requests_asked_by")),
        sa.ForeignKeyConstraint(["to_person_id"], ["people.id"], name=op.f("fk_action_requests_to_person_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_action_requests_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_requests")),
    )
    op.create_index(op.f("ix_action_requests_item_id_state"), "action_requests", ["item_id", "state"])
    op.create_index(op.f("ix_action_requests_state_decided_at"), "action_requests", ["state", "decided_at"])


def downgrade() -> None:
    """Take them away again; what was written in them is lost."""
    for table in ("snoozes", "action_requests", "action_notes"):
        op.drop_table(table)
    with op.batch_alter_table("action_items") as batch:
        batch.drop_index(op.f("ix_action_items_state_re_audit_on"))
        for name in (*(one for one, _ in _NEW), *(one for one, _ in _WITH_DEFAULT)):
            batch.drop_column(name)
