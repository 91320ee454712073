"""Who is sending what: notices taken for a while by one worker, and how it ended."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from services.model import Notice, NoticeState
from services.store.notices import NOTICE, TO_SEND, to_notice
from services.store.rows import Rows
from services.tables import notices, people

_UNDER_WAY = (NoticeState.CLAIMED, NoticeState.RETRY, NoticeState.SENT, NoticeState.UNCERTAIN)


class ClaimRows(Rows):
    """Changes of notices on their way. Each is conditional on who holds them, so that no two workers send one."""

    async def lock_people_with_due(self, now: datetime, limit: int) -> list[int]:
        """People with something to send, held until the transaction ends: urgent first, then who waited longest.

        One worker speaks to a person at a time. On PostgreSQL others skip the people held here;
        on SQLite there is one writer anyway.
        """
        waiting = (
            sa.select(
                notices.c.person_id,
                sa.func.max(sa.cast(notices.c.urgent, sa.Integer)).label("urgent"),
                sa.func.min(notices.c.not_before).label("since"),
            )
            .where(notices.c.state.in_(TO_SEND), notices.c.not_before <= now)
            .group_by(notices.c.person_id)
            .subquery()
        )
        statement = (
            sa.select(people.c.id)
            .join(waiting, waiting.c.person_id == people.c.id)
            .order_by(waiting.c.urgent.desc(), waiting.c.since, people.c.id)
            .limit(limit)
            # Not a full lock: whoever writes new notices for a person holds its key, and must not hide the person.
            .with_for_update(of=people, key_share=True, skip_locked=True)
        )
        return [row.id for row in await self._all(statement)]

    async def had_digest(self, person_ids: Collection[int], day: date) -> set[int]:
        """Those whose one digest of `day` is out or on its way. One that came to nothing does not count."""
        return await self._with_digest(day, notices.c.person_id.in_(list(person_ids)))

    async def all_with_digest(self, day: date) -> set[int]:
        """Everybody who has had it."""
        return await self._with_digest(day)

    async def _with_digest(self, day: date, *among: sa.ColumnElement[bool]) -> set[int]:
        statement = (
            sa.select(notices.c.person_id)
            .where(*among, notices.c.digest_on == day, notices.c.state.in_([state.value for state in _UNDER_WAY]))
            .distinct()
        )
        return {row.person_id for row in await self._all(statement)}

    async def due_of(self, person_ids: Collection[int], now: datetime) -> list[Notice]:
        """What these people are owed by `now`, oldest first."""
        statement = (
            sa.select(*NOTICE)
            .where(
                notices.c.person_id.in_(list(person_ids)),
                notices.c.state.in_(TO_SEND),
                notices.c.not_before <= now,
            )
            .order_by(notices.c.due_at, notices.c.id)
        )
        return [to_notice(row) for row in await self._all(statement)]

    async def claim(self, ids: Collection[int], *, by: str, lease_until: datetime, digest_on: date | None) -> set[int]:
        """Take notices to send, if still to be done. Until `lease_until` nobody else takes those returned."""
        statement = (
            sa.update(notices)
            .where(notices.c.id.in_(list(ids)), notices.c.state.in_(TO_SEND))
            .values(
                state=NoticeState.CLAIMED.value,
                claimed_by=by,
                lease_until=lease_until,
                digest_on=digest_on,
                attempts=notices.c.attempts + 1,
            )
            .returning(notices.c.id)
        )
        return {row.id for row in await self._all(statement)}

    async def renew(self, ids: Collection[int], *, by: str, lease_until: datetime) -> set[int]:
        """Lengthen a claim before sending. Those not returned are lost: the lease was over and they were taken back."""
        statement = (
            sa.update(notices)
            .where(
                notices.c.id.in_(list(ids)),
                notices.c.state == NoticeState.CLAIMED.value,
                notices.c.claimed_by == by,
            )
            .values(lease_until=lease_until)
            .returning(notices.c.id)
        )
        return {row.id for row in await self._all(statement)}

    async def defer(self, ids: Collection[int], until: datetime) -> None:
        """Leave notices due, but not before `until`: their person has had today's digest."""
        await self._set(ids, not_before=until)

    async def hold_back(self, tenant_id: str, until: datetime) -> int:
        """Send nothing to anybody in this tenant before `until`: Teams asked us to slow down. Returns how many wait."""
        theirs = sa.select(people.c.id).where(people.c.tenant_id == tenant_id)
        waiting = sa.select(notices.c.id).where(
            notices.c.state.in_(TO_SEND), notices.c.not_before < until, notices.c.person_id.in_(theirs)
        )
        if self._is_postgresql:
            # What another worker is claiming at this moment is out of our hands, and waiting for it could deadlock.
            waiting = waiting.with_for_update(skip_locked=True)
        return await self._changed(sa.update(notices).where(notices.c.id.in_(waiting)).values(not_before=until))

    async def end(self, ids: Collection[int], state: NoticeState, *, at: datetime, reason: str | None = None) -> None:
        """Close notices with how they ended."""
        await self._set(ids, state=state.value, closed_at=at, reason=reason, claimed_by=None, lease_until=None)

    async def settle(
        self, ids: Collection[int], state: NoticeState, *, by: str, at: datetime, reason: str | None
    ) -> set[int]:
        """Close notices with how their send ended. Returns those closed.

        One that was given up as uncertain meanwhile is closed too, for now we know better. One that somebody
        else has taken since is left alone.
        """
        return await self._settled(ids, by, state=state.value, closed_at=at, reason=reason)

    async def put_back(
        self, ids: Collection[int], *, by: str, not_before: datetime, reason: str | None, counts: bool = True
    ) -> set[int]:
        """Put notices back that were certainly not delivered. Returns those put back; see `settle`.

        Without `counts` it was no try.
        """
        values = {"state": NoticeState.RETRY.value, "closed_at": None, "not_before": not_before, "reason": reason}
        return await self._settled(ids, by, **values, **({} if counts else {"attempts": notices.c.attempts - 1}))

    async def give_back(self, ids: Collection[int], *, by: str) -> set[int]:
        """Give back what was claimed and not begun: it is due as before, and that was no try."""
        return await self._settled(ids, by, state=NoticeState.DUE.value, attempts=notices.c.attempts - 1)

    async def _settled(self, ids: Collection[int], by: str, **values: Any) -> set[int]:
        statement = (
            sa.update(notices)
            .where(
                notices.c.id.in_(list(ids)),
                notices.c.state.in_([NoticeState.CLAIMED.value, NoticeState.UNCERTAIN.value]),
                notices.c.claimed_by == by,
            )
            .values(claimed_by=None, lease_until=None, **values)
            .returning(notices.c.id)
        )
        return {row.id for row in await self._all(statement)}

    async def lock_lapsed(self, now: datetime) -> list[int]:
        """Claims whose lease is over, held until the transaction ends."""
        statement = sa.select(notices.c.id).where(
            notices.c.state == NoticeState.CLAIMED.value, notices.c.lease_until < now
        )
        if self._is_postgresql:
            statement = statement.with_for_update(skip_locked=True)
        return [row.id for row in await self._all(statement)]

    async def doubt(self, ids: Collection[int], *, at: datetime, reason: str) -> None:
        """Close claims that may have been sent. The worker's name stays: should it come back, it knows better."""
        await self._set(ids, state=NoticeState.UNCERTAIN.value, closed_at=at, reason=reason, lease_until=None)

    async def release(self, ids: Collection[int]) -> None:
        """Give claims back as due: nothing was sent."""
        await self._set(ids, state=NoticeState.DUE.value, claimed_by=None, lease_until=None)

    async def _set(self, ids: Collection[int], **values: Any) -> None:
        if ids:
            await self._changed(sa.update(notices).where(notices.c.id.in_(list(ids))).values(**values))
