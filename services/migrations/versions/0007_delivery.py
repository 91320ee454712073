"""The shared pace of sending, when work was last done, and indexes for digests and for what was sent lately."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "send_slots",
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("free_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "conversation_id", name=op.f("pk_send_slots")),
    )
    op.create_table(
        "heartbeats",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeats")),
    )
    op.create_index(op.f("ix_notices_person_id_digest_on"), "notices", ["person_id", "digest_on"], unique=False)
    op.create_index(op.f("ix_notices_closed_at"), "notices", ["closed_at"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f("ix_notices_closed_at"), table_name="notices")
    op.drop_index(op.f("ix_notices_person_id_digest_on"), table_name="notices")
    op.drop_table("heartbeats")
    op.drop_table("send_slots")
