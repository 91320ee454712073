"""Challenges, and the stages they went through."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "challenges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.Text(), nullable=False),
        sa.Column("other_agency_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("stage_since", sa.Date(), nullable=False),
        sa.Column("limit_on", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("outcome_note", sa.Text(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("impact", sa.Text(), nullable=True),
        sa.Column("impact_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("stage >= 1", name=op.f("ck_challenges_stage_counts_from_one")),
        sa.CheckConstraint("stage_since >= raised_on", name=op.f("ck_challenges_stage_after_disagreement")),
        sa.ForeignKeyConstraint(["raised_by_id"], ["people.id"], name=op.f("fk_challenges_raised_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenges")),
        sa.UniqueConstraint("raised_by_id", "form", name=op.f("uq_challenges_raised_by_id_form")),
    )
    op.create_index(op.f("ix_challenges_state_limit_on"), "challenges", ["state", "limit_on"], unique=False)
    op.create_index(op.f("ix_challenges_state_settled_on"), "challenges", ["state", "settled_on"], unique=False)
    op.create_index(op.f("ix_challenges_raised_on"), "challenges", ["raised_on"], unique=False)
    op.create_table(
        "challenge_stages",
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("limit_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_challenge_stages_challenge_id")),
        sa.PrimaryKeyConstraint("challenge_id", "stage", name=op.f("pk_challenge_stages")),
    )


def downgrade() -> None:
    op.drop_table("challenge_stages")
    op.drop_index(op.f("ix_challenges_raised_on"), table_name="challenges")
    op.drop_index(op.f("ix_challenges_state_settled_on"), table_name="challenges")
    op.drop_index(op.f("ix_challenges_state_limit_on"), table_name="challenges")
    op.drop_table("challenges")
