"""Notices about rows that are deleted: they stay as history, and never pass for notices about a later row.

SQLite gives the number of a deleted row to the next one, and a notice is known by its kind and that number.
"""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from services.tables import notices


def orphaned(kinds: Collection[str], subjects: sa.Select[tuple[int]]) -> sa.Update:
    """Parts the notices of these kinds from the rows of which `subjects` selects the ids; before those are deleted.

    Below zero no row has a number, and a notice's own is nobody else's.
    """
    about = notices.c.kind.in_(list(kinds)), notices.c.subject_id.in_(subjects)
    return sa.update(notices).where(*about).values(subject_id=-notices.c.id)
