"""Questions handed to a person. The conditional updates here are what lets one person take each, and no two."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from services.model import WAITING, Ticket, TicketState
from services.store.rows import Rows
from services.tables import tickets

_HIDDEN = frozenset({"question_key", "asked_on"})
_TICKET = tuple(column for column in tickets.c if column.name not in _HIDDEN)
_WAITING = tuple(state.value for state in WAITING)


def _to_ticket(row: Row[Any]) -> Ticket:
    values = {column.name: getattr(row, column.name) for column in _TICKET}
    return Ticket(**{**values, "state": TicketState(row.state)})


class TicketRows(Rows):
    """Queries on questions to people."""

    async def by_id(self, ticket_id: int) -> Ticket | None:
        """The question, whatever its state."""
        row = await self._one(sa.select(*_TICKET).where(tickets.c.id == ticket_id))
        return _to_ticket(row) if row else None

    async def by_ids(self, ids: Collection[int]) -> dict[int, Ticket]:
        """The questions with these ids, keyed by id."""
        rows = await self._all(sa.select(*_TICKET).where(tickets.c.id.in_(list(ids))))
        return {row.id: _to_ticket(row) for row in rows}

    async def open(self, key: str, asked_on: date, **values: Any) -> tuple[Ticket, bool]:
        """Open a question, unless this person asked it in these words today. Returns it, and whether it is new."""
        asker_id = values["asker_id"]
        row = {**values, "question_key": key, "asked_on": asked_on, "state": TicketState.OPEN.value}
        new = await self._insert_new(tickets, row)
        same = (tickets.c.asker_id == asker_id, tickets.c.question_key == key, tickets.c.asked_on == asked_on)
        found = (await self._all(sa.select(*_TICKET).where(*same)))[0]
        return _to_ticket(found), new

    async def _list(self, *conditions: sa.ColumnElement[bool], limit: int | None = None) -> list[Ticket]:
        statement = sa.select(*_TICKET).where(*conditions).order_by(tickets.c.asked_at, tickets.c.id)
        return [_to_ticket(row) for row in await self._all(statement.limit(limit) if limit else statement)]

    async def waiting(self, *, groups: Collection[str] | None = None, limit: int | None = None) -> list[Ticket]:
        """Questions still owed an answer, longest waiting first; of these expert groups, or of all."""
        mine = () if groups is None else (tickets.c.group_key.in_(list(groups)),)
        return await self._list(tickets.c.state.in_(_WAITING), *mine, limit=limit)

    async def answered_since(self, moment: datetime) -> list[Ticket]:
        """Questions answered after `moment`, on which the asker has not spoken yet."""
        return await self._list(tickets.c.state == TicketState.ANSWERED.value, tickets.c.answered_at > moment)

    async def asked_by(self, person_id: int, *, limit: int = 5) -> list[Ticket]:
        """What somebody asked and did not withdraw, newest first."""
        statement = (
            sa.select(*_TICKET)
            .where(tickets.c.asker_id == person_id, tickets.c.state != TicketState.WITHDRAWN.value)
            .order_by(tickets.c.asked_at.desc(), tickets.c.id.desc())
            .limit(limit)
        )
        return [_to_ticket(row) for row in await self._all(statement)]

    async def asked_between(self, first: datetime, until: datetime) -> list[Ticket]:
        """Questions asked from `first` until just before `until`, oldest first."""
        return await self._list(tickets.c.asked_at >= first, tickets.c.asked_at < until)

    async def take(self, ticket_id: int, person_id: int, at: datetime) -> bool:
        """Take an open question. False if somebody else was first, or it is not open any more."""
        statement = sa.update(tickets).where(tickets.c.id == ticket_id, tickets.c.state == TicketState.OPEN.value)
        taken = {"state": TicketState.TAKEN.value, "taker_id": person_id, "taken_at": at}
        return bool(await self._changed(statement.values(**taken)))

    async def answer(self, ticket_id: int, taker_id: int, text: str, at: datetime) -> bool:
        """Keep an answer, or a correction of it, from who has the question. False for the same words again."""
        answerable = [TicketState.TAKEN.value, TicketState.ANSWERED.value]
        statement = sa.update(tickets).where(
            tickets.c.id == ticket_id,
            tickets.c.taker_id == taker_id,
            tickets.c.state.in_(answerable),
            sa.or_(tickets.c.answer.is_(None), tickets.c.answer != text),
        )
        kept = {"answer": text, "answered_at": at, "state": TicketState.ANSWERED.value, "helped": None}
        return bool(await self._changed(statement.values(**kept, answers=tickets.c.answers + 1)))

    async def release(self, ticket_id: int, taker_id: int) -> bool:
        """Free a question that this person has. False when they do not have it any more, or it is answered."""
        return await self._change(
            tickets.c.id == ticket_id,
            tickets.c.state == TicketState.TAKEN.value,
            tickets.c.taker_id == taker_id,
            values={"state": TicketState.OPEN, "taker_id": None, "taken_at": None},
        )

    async def withdraw(self, ticket_id: int) -> bool:
        """Take back a question that waits. Its words are free again, for who withdrew it by mistake asks anew."""
        values = {"state": TicketState.WITHDRAWN, "question_key": f"withdrawn:{ticket_id}"}
        return await self._change(tickets.c.id == ticket_id, tickets.c.state.in_(_WAITING), values=values)

    async def change_in(self, ticket_id: int, states: Collection[TicketState], **values: Any) -> bool:
        """Change a question while it is in one of `states`. False when it is not."""
        in_state = tickets.c.state.in_([state.value for state in states])
        return await self._change(tickets.c.id == ticket_id, in_state, values=values)

    async def _change(self, *conditions: sa.ColumnElement[bool], values: Mapping[str, object]) -> bool:
        plain = {key: value.value if isinstance(value, TicketState) else value for key, value in values.items()}
        return bool(await self._changed(sa.update(tickets).where(*conditions).values(**plain)))
