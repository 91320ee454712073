"""Calendar entries as they were last sent out, and which of them are behind the facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from services.model import BookingState, Invitation, Method, Session, SessionState
from services.store.notices import MAYBE_READ
from services.store.rows import Rows
from services.tables import bookings, invitations, notices, sessions

_SHOWN = ("starts_at", "ends_at", "venue", "join_url")
"""What a calendar shows of a session: when any of it changes, the entry is sent again."""
_KEPT_PLACE = tuple(state.value for state in (BookingState.BOOKED, BookingState.ATTENDED, BookingState.DID_NOT_ATTEND))


def _to_invitation(row: sa.Row[Any]) -> Invitation:
    return Invitation(**{**row._mapping, "method": Method(row.method)})


def _differs(values: Mapping[str, Any]) -> sa.ColumnElement[bool]:
    changed = [invitations.c[name].is_distinct_from(value) for name, value in values.items()]
    return sa.or_(invitations.c.method == Method.CANCEL.value, *changed)


def _values(session: Session) -> dict[str, Any]:
    return {name: getattr(session, name) for name in _SHOWN}


class InvitationRows(Rows):
    """Queries on invitations."""

    async def by_bookings(self, ids: Collection[int]) -> dict[int, Invitation]:
        """The entries of these bookings, by booking."""
        rows = await self._all(sa.select(invitations).where(invitations.c.booking_id.in_(list(ids))))
        return {row.booking_id: _to_invitation(row) for row in rows}

    async def to_send(self, now: datetime) -> dict[int, list[int]]:
        """Booked places on sessions to come whose entry is missing, taken back or out of date: bookings by session."""
        statement = (
            sa.select(bookings.c.id, bookings.c.session_id)
            .join(sessions, sessions.c.id == bookings.c.session_id)
            .outerjoin(invitations, invitations.c.booking_id == bookings.c.id)
            .where(
                sessions.c.state == SessionState.OPEN.value,
                sessions.c.starts_at > now,
                bookings.c.state == BookingState.BOOKED.value,
                sa.or_(
                    invitations.c.booking_id.is_(None),
                    _differs({name: sessions.c[name] for name in _SHOWN}),
                ),
            )
        )
        found: defaultdict[int, list[int]] = defaultdict(list)
        for row in await self._all(statement):
            found[row.session_id].append(row.id)
        return found

    async def to_take_back(self, now: datetime) -> list[int]:
        """Bookings of sessions to come that stand in a calendar and hold no place any more."""
        given_up = sa.or_(bookings.c.state.not_in(_KEPT_PLACE), sessions.c.state == SessionState.CANCELLED.value)
        statement = (
            sa.select(invitations.c.booking_id)
            .join(bookings, bookings.c.id == invitations.c.booking_id)
            .join(sessions, sessions.c.id == bookings.c.session_id)
            .where(sessions.c.starts_at > now, invitations.c.method == Method.REQUEST.value, given_up)
        )
        return [row.booking_id for row in await self._all(statement)]

    async def request(self, session: Session, booking_ids: Collection[int], at: datetime) -> dict[int, int]:
        """Write the entry of these bookings of one session. The sequences of those that are new or changed."""
        ids, values = sorted(booking_ids), _values(session)
        fresh = {"sequence": 0, "method": Method.REQUEST.value, "at": at, **values}
        new = (
            self._upsert(invitations)
            .values([{"booking_id": one, **fresh} for one in ids])
            .on_conflict_do_nothing()
            .returning(invitations.c.booking_id, invitations.c.sequence)
        )
        # Looked at again in the update itself: of two planners, one raises the sequence.
        changed = (
            sa.update(invitations)
            .where(invitations.c.booking_id.in_(ids), _differs(values))
            .values(sequence=invitations.c.sequence + 1, method=Method.REQUEST.value, at=at, **values)
            .returning(invitations.c.booking_id, invitations.c.sequence)
        )
        added = {row.booking_id: row.sequence for row in await self._all(new)}
        return added | {row.booking_id: row.sequence for row in await self._all(changed)}

    async def take_back(self, booking_ids: Collection[int], at: datetime) -> dict[int, int]:
        """Mark these entries as taken back. The sequences of those that were not yet."""
        statement = (
            sa.update(invitations)
            .where(invitations.c.booking_id.in_(sorted(booking_ids)), invitations.c.method == Method.REQUEST.value)
            .values(sequence=invitations.c.sequence + 1, method=Method.CANCEL.value, at=at)
            .returning(invitations.c.booking_id, invitations.c.sequence)
        )
        return {row.booking_id: row.sequence for row in await self._all(statement)}

    async def reached(self, kind: str, booking_ids: Collection[int]) -> set[int]:
        """Those of these bookings whose entry may be in somebody's calendar: one was sent, or perhaps sent."""
        statement = sa.select(notices.c.subject_id).where(
            notices.c.kind == kind,
            notices.c.subject_id.in_(list(booking_ids)),
            notices.c.state.in_(MAYBE_READ),
        )
        return {row.subject_id for row in await self._all(statement)}
