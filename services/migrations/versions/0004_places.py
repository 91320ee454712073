"""Who booked for whom, interest in a course without a date, and charges due per policy."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, and the column that says who booked."""
    with op.batch_alter_table("bookings") as batch:
        batch.add_column(sa.Column("booked_by_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_bookings_booked_by_id"), "people", ["booked_by_id"], ["id"])
    op.create_table(
        "interests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_session_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_interests_person_id")),
        sa.ForeignKeyConstraint(["told_session_id"], ["sessions.id"], name=op.f("fk_interests_told_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interests")),
        sa.UniqueConstraint("person_id", "course_id", name=op.f("uq_interests_person_id_course_id")),
    )
    op.create_index(
        op.f("ix_interests_course_id_told_session_id"), "interests", ["course_id", "told_session_id"], unique=False
    )
    op.create_table(
        "charges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), server_default="due", nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_charges_booking_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["people.id"], name=op.f("fk_charges_settled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charges")),
        sa.UniqueConstraint("booking_id", "kind", name=op.f("uq_charges_booking_id_kind")),
    )
    op.create_index(op.f("ix_charges_state_due_at"), "charges", ["state", "due_at"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f("ix_charges_state_due_at"), table_name="charges")
    op.drop_table("charges")
    op.drop_index(op.f("ix_interests_course_id_told_session_id"), table_name="interests")
    op.drop_table("interests")
    with op.batch_alter_table("bookings") as batch:
        batch.drop_constraint(op.f("fk_bookings_booked_by_id"), type_="foreignkey")
        batch.drop_column("booked_by_id")
