"""What delegates are given in writing: calendar invitations, certificates, messages from the office."""

from __future__ import annotations

import sqlalchemy as sa

from services.tables.base import Moment, key_column, metadata, person_column

invitations = sa.Table(
    "invitations",
    metadata,
    # One calendar entry for each booking, however often it is changed: the key is part of its UID.
    sa.Column("booking_id", sa.ForeignKey("bookings.id"), primary_key=True, autoincrement=False),
    sa.Column("sequence", sa.Integer, nullable=False, server_default="0"),
    sa.Column("method", sa.Text, nullable=False),
    sa.Column("starts_at", Moment, nullable=False),
    sa.Column("ends_at", Moment, nullable=False),
    sa.Column("venue", sa.Text),
    sa.Column("join_url", sa.Text),
    sa.Column("at", Moment, nullable=False),
)

certificates = sa.Table(
    "certificates",
    metadata,
    key_column(),
    sa.Column("booking_id", sa.ForeignKey("bookings.id"), nullable=False),
    person_column("person_id"),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("issued_at", Moment, nullable=False),
    sa.UniqueConstraint("booking_id"),
    sa.UniqueConstraint("number"),
    sa.Index(None, "person_id"),
)

session_messages = sa.Table(
    "session_messages",
    metadata,
    key_column(),
    sa.Column("session_id", sa.ForeignKey("sessions.id"), nullable=False),
    person_column("author_id"),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("session_id", "author_id", "text"),
)
