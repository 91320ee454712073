"""Finds the sessions and people that rows name, and holds the sessions still while the rows are decided."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.imports import cells
from services.imports.outcome import Fault
from services.imports.places import Room
from services.imports.row import Row
from services.imports.sheet import Cell
from services.model import Booking, BookingState, Session
from services.rulebook import Screen
from services.work import Work


@dataclass(frozen=True, slots=True)
class Found:
    """Sessions by reference, people by lower-case e-mail, and every booking of those sessions."""

    sessions: Mapping[str, Session]
    people: Mapping[str, int]
    bookings: Mapping[tuple[int, int], Booking]
    _queues: frozenset[int]

    def session(self, row: Row, ref: str) -> Session | None:
        """The session of a row; `None`, and a fault, when nobody knows it."""
        session = self.sessions.get(ref)
        if session is None:
            row.fault("import-session-unknown", "ref", value=cells.shown(ref))
        return session

    def person(self, row: Row, email: str) -> int | None:
        """The person of a row; `None`, and a fault, when nobody knows them."""
        person_id = self.people.get(email)
        if person_id is None:
            row.fault("import-person-unknown", "email", value=cells.shown(email))
        return person_id

    def room(self, session: Session, now: datetime) -> Room:
        """The places of a session."""
        return Room(session, queue=session.id in self._queues, begun=session.begun(now))

    def overbooked(self, session_id: int, how_many: int) -> Fault:
        """Says that history had more people than places."""
        ref, session = next((ref, one) for ref, one in self.sessions.items() if one.id == session_id)
        params = {"ref": ref, "capacity": session.capacity, "over": how_many}
        return Fault("import-note-overbooked", params=params)


async def find(work: Work, refs: Collection[str], emails: Collection[str]) -> Found:
    """Look everything up, with the sessions locked until the transaction ends: nobody books in between."""
    seen = await work.imports.sessions_by_ref(refs)
    await work.imports.lock_sessions({session.id for session in seen.values()})
    sessions = await work.imports.sessions_by_ref(refs)
    bookings = await work.imports.bookings_on({session.id for session in sessions.values()})
    queues = frozenset(key[0] for key, one in bookings.items() if one.state is BookingState.WAITING)
    return Found(sessions, await work.imports.person_ids(emails), bookings, queues)


def screened(screen: Screen, longest: int) -> Callable[[Cell], str]:
    """Free text, refused without being repeated when it looks as if it could identify somebody."""
    text = cells.text(longest)

    def parse(cell: Cell) -> str:
        found = text(cell)
        if screen(found):
            raise cells.CellError("import-identifies")
        return found

    return parse
