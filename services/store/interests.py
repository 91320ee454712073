"""Who wants to be told when a course has a date."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from services.model import ACTIVE, DATE_PUBLISHED, Interest, SessionState
from services.store.orphans import orphaned
from services.store.rows import Rows, chunks
from services.tables import bookings, interests, sessions


def _soonest(now: datetime) -> sa.Subquery:
    """The open dates to come of each interest's course, numbered from the soonest; none on which they are booked."""
    theirs = sa.exists().where(
        bookings.c.session_id == sessions.c.id,
        bookings.c.person_id == interests.c.person_id,
        bookings.c.state.in_([one.value for one in ACTIVE]),
    )
    return (
        sa.select(
            sessions.c.id,
            interests.c.id.label("interest_id"),
            sa.func.row_number()
            .over(partition_by=interests.c.id, order_by=(sessions.c.starts_at, sessions.c.id))
            .label("place"),
        )
        .join(interests, interests.c.course_id == sessions.c.course_id)
        .where(sessions.c.state == SessionState.OPEN.value, sessions.c.starts_at > now, ~theirs)
        .subquery()
    )


class InterestRows(Rows):
    """Queries on interests."""

    async def by_ids(self, ids: Collection[int]) -> dict[int, Interest]:
        """The interests with these ids, keyed by id."""
        rows = await self._all(sa.select(interests).where(interests.c.id.in_(list(ids))))
        return {row.id: Interest(**row._mapping) for row in rows}

    async def of(self, person_id: int) -> list[Interest]:
        """What one person waits to hear of."""
        statement = sa.select(interests).where(
            interests.c.person_id == person_id, interests.c.told_session_id.is_(None)
        )
        return [Interest(**row._mapping) for row in await self._all(statement.order_by(interests.c.id))]

    async def on_course(self, course_id: str) -> list[Interest]:
        """Who waits to hear of a course, or was told of a date and has not booked, in the order in which they asked."""
        statement = sa.select(interests).where(interests.c.course_id == course_id)
        rows = await self._all(statement.order_by(interests.c.asked_at, interests.c.id))
        return [Interest(**row._mapping) for row in rows]

    async def register(self, person_id: int, course_id: str, at: datetime) -> bool:
        """Keep an interest, or renew one that was served. False if it stood already."""
        values = {"person_id": person_id, "course_id": course_id, "asked_at": at}
        if await self._insert_new(interests, values):
            return True
        renewed = sa.update(interests).where(
            interests.c.person_id == person_id,
            interests.c.course_id == course_id,
            interests.c.told_session_id.is_not(None),
        )
        return bool(await self._changed(renewed.values(asked_at=at, told_session_id=None)))

    async def drop(self, person_id: int, course_id: str) -> bool:
        """Forget an interest: they booked, or do not want to hear. False if there was none."""
        return bool(await self.drop_many(course_id, [person_id]))

    async def drop_many(self, course_id: str, person_ids: Collection[int]) -> int:
        """As `drop`, for the many people of a file. Returns how many there were."""
        gone = 0
        for some in chunks(person_ids):
            theirs = interests.c.person_id.in_(some), interests.c.course_id == course_id
            await self._changed(orphaned([DATE_PUBLISHED], sa.select(interests.c.id).where(*theirs)))
            gone += await self._changed(sa.delete(interests).where(*theirs))
        return gone

    async def to_tell(self, now: datetime) -> list[tuple[Interest, int]]:
        """Interests whose course has an open date to come, with the id of the soonest one. A date on which they have
        a place themselves, or wait for one, is no news.

        Whoever was told of a date that was then cancelled is told again.
        """
        soonest = _soonest(now)
        told = sessions.alias()
        statement = (
            sa.select(*interests.c, soonest.c.id.label("soonest_id"))
            .join(soonest, sa.and_(soonest.c.interest_id == interests.c.id, soonest.c.place == 1))
            .outerjoin(told, told.c.id == interests.c.told_session_id)
            .where(sa.or_(interests.c.told_session_id.is_(None), told.c.state == SessionState.CANCELLED.value))
            .order_by(interests.c.id)
        )
        found = []
        for row in await self._all(statement):
            values = {column.name: getattr(row, column.name) for column in interests.c}
            found.append((Interest(**values), int(row.soonest_id)))
        return found

    async def note_told(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Note of which session each of these interests was told."""
        for interest_id, session_id in pairs:
            statement = sa.update(interests).where(interests.c.id == interest_id)
            await self._changed(statement.values(told_session_id=session_id))
