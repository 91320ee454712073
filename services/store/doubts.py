"""Notices that may not have arrived or that failed, and people whom nothing can reach: what a person must look at."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from services.model import BookingState, Notice, NoticeState, OutOfReach, Place
from services.store.conversations import OPEN
from services.store.notices import NOTICE, TO_SEND, to_notice
from services.store.rows import Rows
from services.tables import bookings, conversations, events, notices, people, sessions

_WAITING = (*TO_SEND, NoticeState.BLOCKED.value)
_COMING = (BookingState.BOOKED.value, BookingState.OFFERED.value)

LEFT_ALONE = "left-by-hand"
"""The verb of who looked at a notice that failed and leaves it: it stays failed, for nobody was told."""
UNSEEN = sa.and_(
    notices.c.state == NoticeState.FAILED.value,
    ~sa.exists().where(
        events.c.subject_kind == "notice",
        events.c.subject_id == notices.c.id,
        events.c.verb == LEFT_ALONE,
        events.c.at >= notices.c.closed_at,
    ),
)
"""True of the notices that failed, and that nobody has looked at since."""
_UNCERTAIN = notices.c.state == NoticeState.UNCERTAIN.value
_OPEN = sa.or_(_UNCERTAIN, UNSEEN)

_CHAT = sa.and_(
    conversations.c.tenant_id == people.c.tenant_id,
    conversations.c.aad_object_id == people.c.aad_object_id,
    conversations.c.place == Place.PERSONAL.value,
)
"""True of the conversations in which the bot and a person are alone."""


def _next_session(now: datetime) -> sa.ScalarSelect[datetime]:
    """When the next session of a person begins."""
    return (
        sa.select(sa.func.min(sessions.c.starts_at))
        .select_from(bookings)
        .join(sessions, sessions.c.id == bookings.c.session_id)
        .where(bookings.c.person_id == people.c.id, bookings.c.state.in_(_COMING), sessions.c.starts_at > now)
        .scalar_subquery()
    )


class DoubtRows(Rows):
    """Queries on what delivery could not settle by itself."""

    async def open(self, *, limit: int = 200) -> list[Notice]:
        """Notices that are uncertain, longest first; then those that failed and that nobody has looked at."""
        uncertain = await self._longest_first(_UNCERTAIN, limit)
        return uncertain + await self._longest_first(UNSEEN, limit)

    async def _longest_first(self, condition: sa.ColumnElement[bool], limit: int) -> list[Notice]:
        statement = sa.select(*NOTICE).where(condition).order_by(notices.c.closed_at, notices.c.id).limit(limit)
        return [to_notice(row) for row in await self._all(statement)]

    async def same_message(self, notice_id: int) -> list[Notice]:
        """The notices that went in one message with this one and wait for a person too. None if it does not any more.

        What failed is not mixed with what is uncertain: other things may be said of it.
        """
        row = await self._one(sa.select(*NOTICE, notices.c.closed_at).where(notices.c.id == notice_id))
        if row is None:
            return []
        same = notices.c.id == notice_id
        if row.digest_on is not None:
            same = sa.and_(notices.c.person_id == row.person_id, notices.c.digest_on == row.digest_on)
        statement = sa.select(*NOTICE).where(same, _OPEN, notices.c.state == row.state)
        return [to_notice(one) for one in await self._all(statement.order_by(notices.c.id))]

    async def settle(self, ids: Collection[int], *, told: bool, at: datetime, reason: str) -> set[int]:
        """Close those still uncertain as sent, or owe them anew, and those that failed. Returns which: two clicks have
        one effect.

        A worker that comes back late finds its name gone, and changes nothing any more.
        """
        values: dict[str, object] = {"claimed_by": None, "reason": reason}
        if told:
            values |= {"state": NoticeState.SENT.value, "closed_at": at}
        else:
            values |= {
                "state": NoticeState.DUE.value,
                "closed_at": None,
                "not_before": at,
                "digest_on": None,
                "attempts": 0,
            }
        settled = _UNCERTAIN if told else _OPEN
        statement = (
            sa.update(notices).where(notices.c.id.in_(list(ids)), settled).values(**values).returning(notices.c.id)
        )
        return {row.id for row in await self._all(statement)}

    async def out_of_reach(self, now: datetime, *, by_mail: bool) -> list[OutOfReach]:
        """Active people whom neither Teams nor e-mail can reach, those with the nearest session first.

        Unless e-mail can be sent (`by_mail`), an address counts for nothing.
        """
        last_chat = sa.select(conversations.c.state).where(_CHAT).order_by(conversations.c.seen_at.desc()).limit(1)
        waiting = sa.select(sa.func.count()).where(notices.c.person_id == people.c.id, notices.c.state.in_(_WAITING))
        found = (
            sa.select(
                people.c.id.label("person_id"),
                people.c.name,
                people.c.agency_id,
                last_chat.scalar_subquery().label("chat"),
                _next_session(now).label("next_session"),
                waiting.scalar_subquery().label("waiting"),
            )
            .where(
                people.c.active,
                *((sa.func.coalesce(people.c.email, "") == "",) if by_mail else ()),
                ~sa.exists().where(_CHAT, conversations.c.state == OPEN),
            )
            .subquery()
        )
        ordered = sa.select(found).order_by(sa.nulls_last(found.c.next_session), found.c.name, found.c.person_id)
        return [OutOfReach(**row._mapping) for row in await self._all(ordered)]
