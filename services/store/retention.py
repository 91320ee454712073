"""Takes the people out of records that have been kept long enough, and leaves the figures standing.

Bookings and evaluations are what reports count, so their rows stay and point to a former delegate of the same
agency, who is nobody. Notices and conversations go.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from config.ladders import LadderKind
from services.model import STILL_TO_DO, ActionState, NoticeState
from services.store.former import FORMER
from services.store.lapsed import LapsedRows
from services.store.rows import chunks
from services.tables import (
    action_items,
    action_notes,
    action_requests,
    attempts,
    bookings,
    charges,
    conversations,
    evaluations,
    events,
    interests,
    notices,
    people,
    person_roles,
    role_holders,
    session_messages,
    sessions,
    snoozes,
)

GOES_WITH_THEM = (person_roles, role_holders, snoozes, interests)
"""What only says who somebody was or what they wished: nobody else's record, and no figure."""
_Named = sa.Row[tuple[int, int, int, str, str | None]]
"""A booking with its session, its person, and the person's name and agency."""


class RetentionRows(LapsedRows):
    """What is older than a moment, counted or purged. Each purge returns how many records it took the people out of."""

    def _bookings(self, before: datetime) -> sa.Select[tuple[int, int, int, str, str | None]]:
        """Those that still say who it was, or what somebody wrote or did: also when the person has gone before."""
        settled = sa.or_(charges.c.reason.is_not(None), charges.c.settled_by_id.is_not(None))
        by_somebody = sa.and_(
            events.c.subject_kind == "booking", events.c.subject_id == bookings.c.id, events.c.actor_id.is_not(None)
        )
        named = sa.or_(
            people.c.name != FORMER,
            bookings.c.cancel_reason.is_not(None),
            bookings.c.booked_by_id.is_not(None),
            sa.exists().where(charges.c.booking_id == bookings.c.id, settled),
            sa.exists().where(by_somebody),
        )
        return (
            sa.select(bookings.c.id, bookings.c.session_id, bookings.c.person_id, people.c.name, people.c.agency_id)
            .join(sessions, sessions.c.id == bookings.c.session_id)
            .join(people, people.c.id == bookings.c.person_id)
            .where(sessions.c.ends_at < before, named)
        )

    async def count_bookings(self, before: datetime) -> int:
        """Bookings of sessions that ended before."""
        return await self._how_many(self._bookings(before))

    async def purge_bookings(self, before: datetime) -> int:
        """Let each booking belong to a former delegate of the same agency: counts by agency stay what they were."""
        statement = self._bookings(before).order_by(bookings.c.session_id, people.c.agency_id, bookings.c.id)
        rows = await self._all(statement)
        await self._reassign([row for row in rows if row.name != FORMER])
        await self._unname([row.id for row in rows])
        over = sa.select(sessions.c.id).where(sessions.c.ends_at < before)
        await self._changed(sa.delete(session_messages).where(session_messages.c.session_id.in_(over)))
        return len(rows)

    async def _reassign(self, rows: Sequence[_Named]) -> None:
        numbered: dict[tuple[int, str | None], int] = {}
        stand_ins: dict[tuple[str | None, int], int] = {}
        taken = await self._former_on({row.session_id for row in rows})
        for row in rows:
            place = (row.session_id, row.agency_id)
            number = numbered.get(place, 0)
            former = await self._former(row.agency_id, number, stand_ins)
            while (row.session_id, former) in taken:
                number += 1
                former = await self._former(row.agency_id, number, stand_ins)
            numbered[place] = number + 1
            await self._changed(self._invitations(row).values(person_id=former))
            change = sa.update(bookings).where(bookings.c.id == row.id)
            await self._changed(change.values(person_id=former))
            owed = sa.update(evaluations).where(evaluations.c.booking_id == row.id)
            await self._changed(owed.values(person_id=former))

    def _invitations(self, row: _Named) -> sa.Update:
        """What the delegate was sent about their evaluations: reports count who was invited by who owes the form."""
        theirs = sa.select(evaluations.c.id).where(
            evaluations.c.booking_id == row.id, evaluations.c.person_id == row.person_id
        )
        kinds = [LadderKind.COURSE_EVALUATION.value, LadderKind.IMPACT_EVALUATION.value]
        about = sa.and_(notices.c.kind.in_(kinds), notices.c.subject_id.in_(theirs))
        return sa.update(notices).where(about, notices.c.person_id == row.person_id)

    async def _unname(self, ids: Sequence[int]) -> None:
        """Drop what was written about these bookings, who made them for others, and who dealt with what followed."""
        for some in chunks(ids):
            blank = sa.update(bookings).where(bookings.c.id.in_(some))
            await self._changed(blank.values(cancel_reason=None, booked_by_id=None))
            let_go = sa.update(charges).where(charges.c.booking_id.in_(some))
            await self._changed(let_go.values(reason=None, settled_by_id=None))
            await self._unname_events("booking", some)
            for kind, table in (("charge", charges), ("evaluation", evaluations)):
                on_them = await self._all(sa.select(table.c.id).where(table.c.booking_id.in_(some)))
                await self._unname_events(kind, [row.id for row in on_them])

    async def _former_on(self, session_ids: set[int]) -> set[tuple[int, int]]:
        """Which former delegates stand on these sessions already, from an earlier purge."""
        found: set[tuple[int, int]] = set()
        for some in chunks(sorted(session_ids)):
            statement = (
                sa.select(bookings.c.session_id, bookings.c.person_id)
                .join(people, people.c.id == bookings.c.person_id)
                .where(bookings.c.session_id.in_(some), people.c.name == FORMER)
            )
            found |= {(row.session_id, row.person_id) for row in await self._all(statement)}
        return found

    def _answered(self, before: datetime) -> sa.ColumnElement[bool]:
        ended = (
            sa.select(bookings.c.id)
            .join(sessions, sessions.c.id == bookings.c.session_id)
            .where(sessions.c.ends_at < before)
        )
        return sa.and_(evaluations.c.booking_id.in_(ended), sa.cast(evaluations.c.answers, sa.Text) != "{}")

    async def count_evaluations(self, before: datetime) -> int:
        """Evaluations with answers, of sessions that ended before."""
        return await self._count(sa.select(sa.func.count()).select_from(evaluations).where(self._answered(before)))

    async def purge_evaluations(self, before: datetime) -> int:
        """Drop what was answered. That it was answered, and when, stays for the figures."""
        return await self._changed(sa.update(evaluations).where(self._answered(before)).values(answers={}))

    def _closed_items(self, before: datetime) -> sa.ColumnElement[bool]:
        written = sa.exists().where(action_notes.c.item_id == action_items.c.id)
        return sa.and_(
            action_items.c.state != ActionState.OPEN.value,
            action_items.c.completed_at < before,
            sa.or_(action_items.c.owner_id.is_not(None), action_items.c.evidence.is_not(None), written),
        )

    async def count_items(self, before: datetime) -> int:
        """Action items closed before, that still say who did what."""
        return await self._count(sa.select(sa.func.count()).select_from(action_items).where(self._closed_items(before)))

    async def purge_items(self, before: datetime) -> int:
        """Keep the published action and its state; drop who owned it and what was written about it."""
        ids = sa.select(action_items.c.id).where(self._closed_items(before))
        gone = [row.id for row in await self._all(ids)]
        for some in chunks(gone):
            await self._changed(sa.delete(action_notes).where(action_notes.c.item_id.in_(some)))
            await self._changed(sa.delete(action_requests).where(action_requests.c.item_id.in_(some)))
            blank = dict.fromkeys(("owner_id", "progress", "evidence", "impact"))
            await self._changed(sa.update(action_items).where(action_items.c.id.in_(some)).values(**blank))
        await self._unname_events("action", gone)
        return len(gone)

    def _ended(self, before: datetime) -> sa.ColumnElement[bool]:
        to_do = [state.value for state in STILL_TO_DO]
        return sa.and_(notices.c.closed_at < before, notices.c.state.not_in(to_do))

    async def count_notices(self, before: datetime) -> int:
        """Notices that ended before."""
        return await self._count(sa.select(sa.func.count()).select_from(notices).where(self._ended(before)))

    async def purge_notices(self, before: datetime) -> int:
        """Drop notices that ended before, with every attempt."""
        ended = self._ended(before)
        ids = sa.select(notices.c.id).where(ended)
        await self._changed(sa.delete(attempts).where(attempts.c.notice_id.in_(ids)))
        return await self._changed(sa.delete(notices).where(ended))

    def _silent(self, before: datetime) -> sa.ColumnElement[bool]:
        written_to = (
            sa.exists()
            .where(
                people.c.tenant_id == conversations.c.tenant_id,
                people.c.aad_object_id == conversations.c.aad_object_id,
                notices.c.person_id == people.c.id,
                notices.c.closed_at >= before,
                notices.c.state == NoticeState.SENT.value,
            )
            .correlate(conversations)
        )
        return sa.and_(conversations.c.seen_at < before, sa.not_(written_to))

    async def count_conversations(self, before: datetime) -> int:
        """Conversations in which neither side has said anything since."""
        return await self._count(sa.select(sa.func.count()).select_from(conversations).where(self._silent(before)))

    async def purge_conversations(self, before: datetime) -> int:
        """Forget the way to them. Who writes again is reachable again."""
        return await self._changed(sa.delete(conversations).where(self._silent(before)))

    def _left(self, before: datetime) -> sa.Select[tuple[int]]:
        """People who have left, when nothing was recorded about them or by them since."""
        mine = sa.or_(
            sa.and_(events.c.subject_kind == "person", events.c.subject_id == people.c.id),
            events.c.actor_id == people.c.id,
        )
        latest = sa.select(sa.func.max(events.c.at)).where(mine).correlate(people).scalar_subquery()
        return sa.select(people.c.id).where(people.c.active.is_(False), people.c.name != FORMER, latest < before)

    async def count_people(self, before: datetime) -> int:
        """People who left before."""
        return await self._how_many(self._left(before))

    async def purge_people(self, before: datetime) -> int:
        """Take everything out of a person's row that says who it was. The row stays for what refers to it."""
        gone = [row.id for row in await self._all(self._left(before))]
        for some in chunks(gone):
            await self._forget(some)
        return len(gone)

    async def _forget(self, ids: Sequence[int]) -> None:
        theirs = (
            sa.exists()
            .where(
                people.c.id.in_(ids),
                people.c.tenant_id == conversations.c.tenant_id,
                people.c.aad_object_id == conversations.c.aad_object_id,
            )
            .correlate(conversations)
        )
        await self._changed(sa.delete(conversations).where(theirs))
        for table in GOES_WITH_THEM:
            await self._changed(sa.delete(table).where(table.c.person_id.in_(ids)))
        await self._unname_events("person", ids)
        await self._changed(sa.update(people).where(people.c.line_manager_id.in_(ids)).values(line_manager_id=None))
        blank = dict.fromkeys(("email", "tenant_id", "aad_object_id", "job_title", "line_manager_id"))
        await self._changed(sa.update(people).where(people.c.id.in_(ids)).values(name=FORMER, **blank))
