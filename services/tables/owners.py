"""Who holds the posts that own guidance and answer questions, and what of theirs falls due for review."""

from __future__ import annotations

import sqlalchemy as sa

from services.tables.base import key_column, metadata

role_holders = sa.Table(
    "role_holders",
    metadata,
    sa.Column("owner_key", sa.Text, primary_key=True),
    sa.Column("person_id", sa.ForeignKey("people.id"), primary_key=True),
    sa.Index(None, "person_id"),
)

# Articles are files and have no number. What is chased is one owner's articles of one review date; this numbers it.
article_reviews = sa.Table(
    "article_reviews",
    metadata,
    key_column(),
    sa.Column("owner_key", sa.Text, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.UniqueConstraint("owner_key", "due_on"),
)
