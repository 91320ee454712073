"""The booking desk: each use case in a unit of work of its own, committed, as one turn of a chat would run it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from services import bookings
from services.bookings import Placed
from services.model import ACTIVE, HOLDS_PLACE, BookingState, Person, Session
from services.rulebook import Rulebook
from services.work import Database
from tests.builders import add_person, add_session


@dataclass(frozen=True)
class Standing:
    """A session as its rows show it: who is in which state, the waiting list in its order."""

    taken: int
    capacity: int
    booked: list[int]
    offered: list[int]
    waiting: list[int]


@dataclass(frozen=True)
class Desk:
    database: Database
    rules: Rulebook

    async def person(self, name: str) -> Person:
        async with self.database.work() as work:
            person = await add_person(work, name)
            await work.commit()
        return person

    async def session(self, starts_at: datetime, *, capacity: int = 1) -> Session:
        async with self.database.work() as work:
            session = await add_session(work, starts_at, capacity=capacity)
            await work.commit()
        return session

    async def book(self, person: Person, session: Session, now: datetime) -> Placed:
        async with self.database.work() as work:
            placed = await bookings.book(work, person, session.id, now=now, rules=self.rules)
            await work.commit()
        return placed

    async def cancel(self, person: Person, booking_id: int, now: datetime, reason: str = "Sickness") -> Placed:
        async with self.database.work() as work:
            placed = await bookings.cancel(work, person, booking_id, reason=reason, now=now, rules=self.rules)
            await work.commit()
        return placed

    async def accept(self, person: Person, booking_id: int, now: datetime) -> Placed:
        async with self.database.work() as work:
            placed = await bookings.accept_offer(work, person, booking_id, now=now, rules=self.rules)
            await work.commit()
        return placed

    async def expire(self, now: datetime) -> int:
        async with self.database.work() as work:
            lapsed = await bookings.expire_offers(work, now=now, rules=self.rules)
            await work.commit()
        return lapsed

    async def leave(self, person: Person) -> None:
        async with self.database.work() as work:
            await work.people.change(person.id, active=False)
            await work.commit()

    async def booking_state(self, booking_id: int) -> BookingState:
        async with self.database.reading() as work:
            booking = await work.bookings.by_id(booking_id)
        assert booking is not None
        return booking.state

    async def standing(self, session: Session) -> Standing:
        """How a session stands, by person ids. Fails if the counter and the rows disagree."""
        async with self.database.reading() as work:
            found = await work.sessions.by_id(session.id)
            assert found is not None
            people = {
                state: [one.person_id for one in await work.bookings.on_session(session.id, [state])]
                for state in ACTIVE
            }
        assert found.taken == sum(len(people[state]) for state in HOLDS_PLACE)
        return Standing(
            found.taken,
            found.capacity,
            sorted(people[BookingState.BOOKED]),
            sorted(people[BookingState.OFFERED]),
            people[BookingState.WAITING],
        )


SOON = timedelta(days=30)
"""Far enough ahead that an offer stands for three days."""
