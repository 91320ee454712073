"""What the office looks at: sessions and their bookings a page at a time, and its messages."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from services.model import (
    ACTIVE,
    HAS_PLACE,
    Booking,
    BookingState,
    Delegate,
    EvaluationKind,
    Session,
    SessionMessage,
    SessionState,
    Unanswered,
)
from services.store.bookings import to_booking
from services.store.rows import Rows
from services.store.sessions import SESSION, to_session
from services.tables import bookings, evaluations, people, session_messages, sessions

_NEVER_GOT = (BookingState.WAITING.value, BookingState.CANCELLED.value, BookingState.NOT_APPROVED.value)
_DUE_WITHIN = timedelta(days=366)
_LONGEST_SESSION = timedelta(days=31)
_STANDS = (
    BookingState.BOOKED.value,
    BookingState.AWAITING.value,
    BookingState.OFFERED.value,
    BookingState.WAITING.value,
    BookingState.ATTENDED.value,
    BookingState.DID_NOT_ATTEND.value,
    BookingState.NOT_APPROVED.value,
)

_UNMARKED = bookings.c.state.in_(sorted(state.value for state in HAS_PLACE))


class OfficeRows(Rows):
    """Queries for the office. Every list is a page: `after` is the last row of the page before."""

    async def sessions_page(
        self, since: datetime, *, after: tuple[datetime, int] | None = None, limit: int
    ) -> list[Session]:
        """Open sessions that begin after `since`, soonest first."""
        statement = sa.select(*SESSION).where(sessions.c.state == SessionState.OPEN.value)
        if after is None:
            statement = statement.where(sessions.c.starts_at > since)
        else:
            starts_at, session_id = after
            later = sa.and_(sessions.c.starts_at == starts_at, sessions.c.id > session_id)
            statement = statement.where(
                sessions.c.starts_at >= starts_at, sa.or_(sessions.c.starts_at > starts_at, later)
            )
        rows = await self._all(statement.order_by(sessions.c.starts_at, sessions.c.id).limit(limit))
        return [to_session(row) for row in rows]

    async def to_mark(self, since: datetime, now: datetime, *, trainer: str | None, limit: int) -> list[Session]:
        """Sessions that have begun since a moment, newest first; of one trainer, by the name the office entered."""
        statement = sa.select(*SESSION).where(
            sessions.c.state == SessionState.OPEN.value, sessions.c.starts_at > since, sessions.c.starts_at <= now
        )
        if trainer is not None:
            statement = statement.where(sa.func.lower(sessions.c.trainer) == trainer.lower())
        rows = await self._all(statement.order_by(sessions.c.starts_at.desc(), sessions.c.id).limit(limit))
        return [to_session(row) for row in rows]

    async def unmarked(self, since: datetime, now: datetime) -> list[Session]:
        """Sessions that ended in that time and have somebody on their register whom nobody has marked."""
        statement = sa.select(*SESSION).where(
            sessions.c.state == SessionState.OPEN.value,
            sessions.c.ends_at > since,
            sessions.c.ends_at <= now,
            sessions.c.id.in_(sa.select(bookings.c.session_id).where(_UNMARKED)),
        )
        rows = await self._all(statement.order_by(sessions.c.ends_at, sessions.c.id))
        return [to_session(row) for row in rows]

    async def unmarked_counts(self, ids: Collection[int]) -> dict[int, int]:
        """How many on the register of each session nobody has marked; sessions without any are left out."""
        counted = sa.select(bookings.c.session_id, sa.func.count().label("unmarked"))
        of_these = counted.where(_UNMARKED, bookings.c.session_id.in_(list(ids)))
        return {row.session_id: row.unmarked for row in await self._all(of_these.group_by(bookings.c.session_id))}

    async def delegates_page(
        self, session_id: int, *, after: int = 0, limit: int, states: Collection[str] = _STANDS
    ) -> list[Delegate]:
        """Bookings of a session that stand, in the order they were made."""
        statement = (
            sa.select(
                bookings.c.id.label("booking_id"),
                bookings.c.person_id,
                people.c.name,
                people.c.agency_id,
                people.c.email,
                bookings.c.state,
                bookings.c.booked_at,
            )
            .join(people, people.c.id == bookings.c.person_id)
            .where(bookings.c.session_id == session_id, bookings.c.state.in_(list(states)), bookings.c.id > after)
            .order_by(bookings.c.id)
            .limit(limit)
        )
        return [Delegate(**{**row._mapping, "state": BookingState(row.state)}) for row in await self._all(statement)]

    async def counts_on(self, session_id: int) -> dict[BookingState, int]:
        """How many bookings of a session are in each state."""
        statement = (
            sa.select(bookings.c.state, sa.func.count().label("how_many"))
            .where(bookings.c.session_id == session_id)
            .group_by(bookings.c.state)
        )
        return {BookingState(row.state): int(row.how_many) for row in await self._all(statement)}

    async def people_on(self, session_id: int) -> set[int]:
        """Who is booked, offered a place or waiting."""
        statement = sa.select(bookings.c.person_id).where(
            bookings.c.session_id == session_id, bookings.c.state.in_([one.value for one in ACTIVE])
        )
        return {row.person_id for row in await self._all(statement)}

    async def never_came(self, course_id: str, *, limit: int) -> list[int]:
        """Active people who waited for a course, gave a place on it back or had one that was not approved in time, and
        have no place on it and never had."""
        other, held = bookings.alias("other"), sessions.alias("held")
        had = (
            sa.exists()
            .where(other.c.person_id == bookings.c.person_id, other.c.state.not_in(_NEVER_GOT))
            .where(held.c.id == other.c.session_id, held.c.course_id == course_id)
        )
        statement = (
            sa.select(bookings.c.person_id, sa.func.max(bookings.c.id).label("last"))
            .join(sessions, sessions.c.id == bookings.c.session_id)
            .join(people, people.c.id == bookings.c.person_id)
            .where(sessions.c.course_id == course_id, bookings.c.state.in_(_NEVER_GOT), people.c.active, ~had)
            .group_by(bookings.c.person_id)
            .order_by(sa.desc("last"))
            .limit(limit)
        )
        return [row.person_id for row in await self._all(statement)]

    async def called_off(self, reason: str, now: datetime) -> list[Booking]:
        """Bookings that ended because their session, which is still to come, was called off."""
        statement = (
            sa.select(bookings)
            .join(sessions, sessions.c.id == bookings.c.session_id)
            .where(
                sessions.c.state == SessionState.CANCELLED.value,
                sessions.c.starts_at > now,
                bookings.c.state == BookingState.CANCELLED.value,
                bookings.c.cancel_reason == reason,
            )
        )
        return [to_booking(row) for row in await self._all(statement)]

    async def absent(self, since: datetime, now: datetime) -> list[Booking]:
        """Places not used on sessions that began in a period."""
        statement = (
            sa.select(bookings)
            .join(sessions, sessions.c.id == bookings.c.session_id)
            .where(
                sessions.c.state == SessionState.OPEN.value,
                sessions.c.starts_at > since,
                sessions.c.starts_at <= now,
                bookings.c.state == BookingState.DID_NOT_ATTEND.value,
            )
        )
        return [to_booking(row) for row in await self._all(statement)]

    async def at(self, course_id: str, starts_at: datetime) -> Session | None:
        """The open session of a course that starts at a moment."""
        statement = sa.select(*SESSION).where(
            sessions.c.course_id == course_id,
            sessions.c.starts_at == starts_at,
            sessions.c.state == SessionState.OPEN.value,
        )
        rows = await self._all(statement.order_by(sessions.c.id).limit(1))
        return to_session(rows[0]) if rows else None

    async def free_ref(self, wanted: str) -> str:
        """A reference that no session has: `wanted`, or with a number behind it."""
        statement = sa.select(sessions.c.ref).where(sessions.c.ref.startswith(wanted, autoescape=True))
        used = {row.ref for row in await self._all(statement)}
        numbered = (f"{wanted}-{number}" for number in range(2, len(used) + 3))
        return next(one for one in (wanted, *numbered) if one not in used)

    async def keep_message(self, session_id: int, author_id: int, text: str, at: datetime) -> tuple[int, bool]:
        """Keep a message once. Its id, and whether it was new."""
        values = {"session_id": session_id, "author_id": author_id, "text": text, "at": at}
        new = await self._insert_new(session_messages, values)
        statement = sa.select(session_messages.c.id).where(
            session_messages.c.session_id == session_id,
            session_messages.c.author_id == author_id,
            session_messages.c.text == text,
        )
        return await self._count(statement), new

    async def messages(self, ids: Collection[int]) -> dict[int, SessionMessage]:
        """The messages with these ids, keyed by id."""
        rows = await self._all(sa.select(session_messages).where(session_messages.c.id.in_(list(ids))))
        return {row.id: SessionMessage(**row._mapping) for row in rows}

    async def unanswered(self, since: datetime, until: datetime, *, limit: int | None) -> list[Unanswered]:
        """Who attended a session that ended in a period and owes an impact evaluation, longest ago first."""
        columns = (
            evaluations.c.person_id,
            people.c.name,
            people.c.agency_id,
            sessions.c.course_id,
            sessions.c.starts_at.label("held_at"),
        )
        longest_ago = (sessions.c.ends_at, people.c.name, evaluations.c.id)
        statement = _unanswered(sa.select(*columns), since, until).order_by(*longest_ago).limit(limit)
        return [Unanswered(**row._mapping) for row in await self._all(statement)]

    async def count_unanswered(self, since: datetime, until: datetime) -> int:
        """How many `unanswered` would list without a limit."""
        return await self._count(_unanswered(sa.select(sa.func.count()), since, until))

    async def count_answered(self, since: datetime, until: datetime) -> int:
        """How many impact evaluations were answered of sessions that ended in a period."""
        impact = sa.and_(evaluations.c.booking_id == bookings.c.id, evaluations.c.kind == EvaluationKind.IMPACT.value)
        statement = (
            sa.select(sa.func.count(evaluations.c.answered_at))
            .select_from(sessions)
            .join(bookings, bookings.c.session_id == sessions.c.id)
            # Outer, so that every database begins with the few sessions and not with all evaluations there are.
            .outerjoin(evaluations, impact)
            .where(sessions.c.starts_at > since - _LONGEST_SESSION, sessions.c.starts_at < until, *_ended(since, until))
        )
        return await self._count(statement)


def _ended(since: datetime, until: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        sessions.c.state == SessionState.OPEN.value,
        sessions.c.ends_at >= since,
        sessions.c.ends_at < until,
    )


def _unanswered(what: sa.Select[Any], since: datetime, until: datetime) -> sa.Select[Any]:
    """Impact evaluations that somebody who is still here owes of a session that ended in a period."""
    return (
        what.select_from(evaluations)
        .join(bookings, bookings.c.id == evaluations.c.booking_id)
        .join(sessions, sessions.c.id == bookings.c.session_id)
        .join(people, people.c.id == evaluations.c.person_id)
        .where(
            evaluations.c.kind == EvaluationKind.IMPACT.value,
            evaluations.c.answered_at.is_(None),
            # Nobody owes one before the session or long after it: so the index finds these among all years.
            evaluations.c.due_on.between(since.date(), until.date() + _DUE_WITHIN),
            people.c.active,
            *_ended(since, until),
        )
    )
