"""Bookings: places taken, waited for, offered, given back, attended."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from services.model import ACTIVE, HAS_PLACE, Booking, BookingState, Session, SessionState
from services.store.queue import can_be_offered
from services.store.rows import Rows
from services.store.sessions import SESSION, to_session
from services.tables import bookings, people, sessions


def to_booking(row: Row[Any]) -> Booking:
    """A row of `bookings` as a value."""
    return Booking(**{**row._mapping, "state": BookingState(row.state)})


def _values(states: Iterable[BookingState]) -> list[str]:
    return [state.value for state in states]


class BookingRows(Rows):
    """Queries on bookings."""

    async def by_id(self, booking_id: int) -> Booking | None:
        """The booking, whatever its state."""
        row = await self._one(sa.select(bookings).where(bookings.c.id == booking_id))
        return to_booking(row) if row else None

    async def by_ids(self, ids: Collection[int]) -> dict[int, Booking]:
        """The bookings with these ids, keyed by id."""
        rows = await self._all(sa.select(bookings).where(bookings.c.id.in_(list(ids))))
        return {row.id: to_booking(row) for row in rows}

    async def of(self, person_id: int, session_id: int) -> Booking | None:
        """One person's booking on one session: there is at most one, and it is reused when they book again."""
        row = await self._one(
            sa.select(bookings).where(bookings.c.person_id == person_id, bookings.c.session_id == session_id)
        )
        return to_booking(row) if row else None

    async def active_of(self, person_id: int, now: datetime) -> list[Booking]:
        """What a person has coming up: booked, awaiting approval, offered or waiting, soonest session first."""
        return await self._coming(bookings.c.person_id == person_id, now)

    async def on_session(self, session_id: int, states: Collection[BookingState]) -> list[Booking]:
        """The bookings of a session in these states; the waiting list comes out in its order."""
        statement = (
            sa.select(bookings)
            .where(bookings.c.session_id == session_id, bookings.c.state.in_(_values(states)))
            .order_by(bookings.c.queue_no, bookings.c.id)
        )
        return [to_booking(row) for row in await self._all(statement)]

    async def on_sessions(self, session_ids: Collection[int], states: Collection[BookingState]) -> list[Booking]:
        """The bookings of all these sessions in these states."""
        statement = (
            sa.select(bookings)
            .where(bookings.c.session_id.in_(list(session_ids)), bookings.c.state.in_(_values(states)))
            .order_by(bookings.c.id)
        )
        return [to_booking(row) for row in await self._all(statement)]

    async def booked_by(self, person_id: int, now: datetime) -> list[Booking]:
        """What somebody booked for others and is still to come, soonest session first."""
        return await self._coming(bookings.c.booked_by_id == person_id, now)

    async def _coming(self, whose: sa.ColumnElement[bool], now: datetime) -> list[Booking]:
        statement = (
            sa.select(bookings)
            .join(sessions, sessions.c.id == bookings.c.session_id)
            .where(whose, bookings.c.state.in_(_values(ACTIVE)), sessions.c.ends_at > now)
            .order_by(sessions.c.starts_at, bookings.c.id)
        )
        return [to_booking(row) for row in await self._all(statement)]

    async def clash(self, person_id: int, session: Session, *, leaving: int | None = None) -> Session | None:
        """Another session at the same time on which this person has a place, but for one that they are `leaving`.

        One that ends as it starts is none.
        """
        statement = (
            sa.select(*SESSION)
            .join(bookings, bookings.c.session_id == sessions.c.id)
            .where(
                bookings.c.person_id == person_id,
                bookings.c.state.in_(_values(HAS_PLACE)),
                sessions.c.id.not_in([session.id] if leaving is None else [session.id, leaving]),
                sessions.c.state == SessionState.OPEN.value,
                sessions.c.starts_at < session.ends_at,
                sessions.c.ends_at > session.starts_at,
            )
            .order_by(sessions.c.starts_at, sessions.c.id)
            .limit(1)
        )
        row = await self._one(statement)
        return to_session(row) if row else None

    async def has_attended(self, person_id: int, course_ids: Collection[str]) -> bool:
        """True if they attended one of these courses."""
        statement = (
            sa.select(bookings.c.id)
            .join(sessions, sessions.c.id == bookings.c.session_id)
            .where(
                bookings.c.person_id == person_id,
                bookings.c.state == BookingState.ATTENDED.value,
                sessions.c.course_id.in_(list(course_ids)),
            )
            .limit(1)
        )
        return await self._one(statement) is not None

    async def attended_of(self, person_id: int, *, limit: int) -> list[Booking]:
        """What a person has attended, the latest session first."""
        statement = (
            sa.select(bookings)
            .join(sessions, sessions.c.id == bookings.c.session_id)
            .where(bookings.c.person_id == person_id, bookings.c.state == BookingState.ATTENDED.value)
            .order_by(sessions.c.starts_at.desc(), bookings.c.id)
            .limit(limit)
        )
        return [to_booking(row) for row in await self._all(statement)]

    async def awaiting(self, first: datetime) -> list[Booking]:
        """Bookings of sessions after `first` that wait for a line manager's word."""
        statement = (
            sa.select(bookings)
            .join(sessions, sessions.c.id == bookings.c.session_id)
            .where(bookings.c.state == BookingState.AWAITING.value, sessions.c.starts_at > first)
            .order_by(bookings.c.id)
        )
        return [to_booking(row) for row in await self._all(statement)]

    async def awaiting_begun(self, now: datetime) -> list[Booking]:
        """Bookings that wait for a line manager's word on sessions that have begun and were not called off."""
        statement = (
            sa.select(bookings)
            .join(sessions, sessions.c.id == bookings.c.session_id)
            .where(
                bookings.c.state == BookingState.AWAITING.value,
                sessions.c.state == SessionState.OPEN.value,
                sessions.c.starts_at <= now,
            )
            .order_by(bookings.c.id)
        )
        return [to_booking(row) for row in await self._all(statement)]

    async def unapproved_of(self, person_id: int, since: datetime) -> list[Booking]:
        """Places that were not approved in time, somebody's own and those they asked for others, newest first; none on
        sessions that were called off afterwards."""
        statement = (
            sa.select(bookings)
            .join(sessions, sessions.c.id == bookings.c.session_id)
            .where(
                sa.or_(bookings.c.person_id == person_id, bookings.c.booked_by_id == person_id),
                bookings.c.state == BookingState.NOT_APPROVED.value,
                sessions.c.state == SessionState.OPEN.value,
                sessions.c.starts_at > since,
            )
            .order_by(sessions.c.starts_at.desc(), bookings.c.id)
        )
        return [to_booking(row) for row in await self._all(statement)]

    async def first_waiting(self, session_id: int) -> Booking | None:
        """Who is next in the queue, of those who can be offered a place."""
        statement = (
            sa.select(bookings)
            .where(bookings.c.session_id == session_id, can_be_offered())
            .order_by(bookings.c.queue_no)
            .limit(1)
        )
        row = await self._one(statement)
        return to_booking(row) if row else None

    async def ahead_of(self, booking: Booking) -> int:
        """How many people wait in front of this one."""
        statement = sa.select(sa.func.count()).where(
            bookings.c.session_id == booking.session_id,
            bookings.c.state == BookingState.WAITING.value,
            bookings.c.queue_no < booking.queue_no,
        )
        return await self._count(statement)

    async def waiting_counts(self, session_ids: Collection[int]) -> dict[int, int]:
        """How many people wait for each of these sessions; sessions without a queue are left out."""
        statement = (
            sa.select(bookings.c.session_id, sa.func.count().label("how_many"))
            .where(bookings.c.session_id.in_(list(session_ids)), bookings.c.state == BookingState.WAITING.value)
            .group_by(bookings.c.session_id)
        )
        return {row.session_id: int(row.how_many) for row in await self._all(statement)}

    async def offers_over(self, now: datetime) -> list[Booking]:
        """Offers whose deadline has passed or whose person has left, oldest first."""
        nobody = sa.or_(bookings.c.offer_until <= now, sa.not_(people.c.active))
        statement = (
            sa.select(bookings)
            .join(people, people.c.id == bookings.c.person_id)
            .where(bookings.c.state == BookingState.OFFERED.value, nobody)
            .order_by(bookings.c.offer_until, bookings.c.id)
        )
        return [to_booking(row) for row in await self._all(statement)]

    async def offer_ran_out(self, person_id: int, now: datetime, *, lapsed: str) -> list[Booking]:
        """Somebody's offers for sessions to come that ran out; `lapsed` is the reason which that leaves."""
        swept = sa.and_(bookings.c.state == BookingState.CANCELLED.value, bookings.c.cancel_reason == lapsed)
        over = sa.and_(bookings.c.state == BookingState.OFFERED.value, bookings.c.offer_until <= now)
        statement = (
            sa.select(bookings)
            .join(sessions, sessions.c.id == bookings.c.session_id)
            .where(bookings.c.person_id == person_id, sessions.c.starts_at > now, sa.or_(swept, over))
            .order_by(bookings.c.id)
        )
        return [to_booking(row) for row in await self._all(statement)]

    async def offers_open(self, now: datetime) -> list[Booking]:
        """Offers that can still be accepted."""
        statement = (
            sa.select(bookings)
            .where(bookings.c.state == BookingState.OFFERED.value, bookings.c.offer_until > now)
            .order_by(bookings.c.id)
        )
        return [to_booking(row) for row in await self._all(statement)]

    async def add(self, **values: Any) -> int:
        """Add a booking and return the id. `values` are columns of the bookings table."""
        return await self._insert(bookings, **values)

    async def move(self, booking: Booking, to: BookingState, **values: Any) -> bool:
        """Change state only if it is still what we saw. False when somebody else was first."""
        statement = (
            sa.update(bookings)
            .where(bookings.c.id == booking.id, bookings.c.state == booking.state.value)
            .values(state=to.value, **values)
        )
        return bool(await self._changed(statement))
