"""Questions handed to a person, what was not answered, who holds the owner roles, and reviews of articles."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create them."""
    op.create_table(
        "article_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_key", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_reviews")),
        sa.UniqueConstraint("owner_key", "due_on", name=op.f("uq_article_reviews_owner_key_due_on")),
    )
    op.create_table(
        "topic_asks",
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("how_many", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("topic", "week", name=op.f("pk_topic_asks")),
    )
    op.create_index(op.f("ix_topic_asks_week"), "topic_asks", ["week"], unique=False)
    op.create_table(
        "unanswered",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("how_many", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unanswered")),
        sa.UniqueConstraint(
            "question", "topic", "reason", "week", name=op.f("uq_unanswered_question_topic_reason_week")
        ),
    )
    op.create_index(op.f("ix_unanswered_week"), "unanswered", ["week"], unique=False)
    op.create_table(
        "role_holders",
        sa.Column("owner_key", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_role_holders_person_id")),
        sa.PrimaryKeyConstraint("owner_key", "person_id", name=op.f("pk_role_holders")),
    )
    op.create_index(op.f("ix_role_holders_person_id"), "role_holders", ["person_id"], unique=False)
    op.create_table(
        "tickets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("group_key", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("question_key", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("taker_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answers", sa.Integer(), server_default="0", nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("helped", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["asker_id"], ["people.id"], name=op.f("fk_tickets_asker_id")),
        sa.ForeignKeyConstraint(["taker_id"], ["people.id"], name=op.f("fk_tickets_taker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets")),
        sa.UniqueConstraint(
            "asker_id", "question_key", "asked_on", name=op.f("uq_tickets_asker_id_question_key_asked_on")
        ),
    )
    op.create_index(op.f("ix_tickets_state_answered_at"), "tickets", ["state", "answered_at"], unique=False)
    op.create_index(op.f("ix_tickets_taker_id_state"), "tickets", ["taker_id", "state"], unique=False)
    op.create_table(
        "suggested_phrases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("phrase", sa.Text(), nullable=False),
        sa.Column("suggested_by_id", sa.Integer(), nullable=False),
        sa.Column("suggested_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["suggested_by_id"], ["people.id"], name=op.f("fk_suggested_phrases_suggested_by_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_suggested_phrases_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggested_phrases")),
        sa.UniqueConstraint("ticket_id", "topic", name=op.f("uq_suggested_phrases_ticket_id_topic")),
    )
    op.create_index(op.f("ix_suggested_phrases_suggested_at"), "suggested_phrases", ["suggested_at"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f("ix_suggested_phrases_suggested_at"), table_name="suggested_phrases")
    op.drop_table("suggested_phrases")
    op.drop_index(op.f("ix_tickets_taker_id_state"), table_name="tickets")
    op.drop_index(op.f("ix_tickets_state_answered_at"), table_name="tickets")
    op.drop_table("tickets")
    op.drop_index(op.f("ix_role_holders_person_id"), table_name="role_holders")
    op.drop_table("role_holders")
    op.drop_index(op.f("ix_unanswered_week"), table_name="unanswered")
    op.drop_table("unanswered")
    op.drop_index(op.f("ix_topic_asks_week"), table_name="topic_asks")
    op.drop_table("topic_asks")
    op.drop_table("article_reviews")
