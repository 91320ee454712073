"""A booking desk with people of agencies, courses with conditions, and everything that happens to a place."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import sqlalchemy as sa

from config.catalogue import Course
from services.model import Booking, BookingState, Charge, Notice, NoticeState, Person, Role, Session
from services.rulebook import Rulebook
from services.tables import events
from services.work import Database, Work
from tests.builders import TENANT, a_rulebook
from tests.services.desk import Desk

T = TypeVar("T")
SCHOOL, TRUST = "school", "trust"


def a_course(id: str = "dsl-forum", **changes: object) -> Course:
    """A course without conditions, unless some are given."""
    given = {"id": id, "title": id.replace("-", " ").title(), "kind": "course", "status": "confirm"}
    return Course.model_validate(given | changes)


def rules_with(*courses: Course, booking: Mapping[str, object] | None = None) -> Rulebook:
    """The testing rules with these courses in the catalogue."""
    rules = a_rulebook(booking=booking)
    return replace(rules, pack=replace(rules.pack, courses=courses))


@dataclass(frozen=True)
class PlacesDesk(Desk):
    """As `Desk`, for what delegates and Designated Safeguarding Leads do."""

    async def does(self, step: Callable[[Work], Coroutine[Any, Any, T]]) -> T:
        """One use case in a unit of work of its own, committed."""
        async with self.database.work() as work:
            result = await step(work)
            await work.commit()
        return result

    async def member(
        self,
        name: str,
        *,
        agency: str | None = SCHOOL,
        domain: str = "school.example.org",
        roles: Iterable[Role] = (),
        line_manager: Person | None = None,
        active: bool = True,
    ) -> Person:
        """Somebody of an agency, with a work e-mail of its domain."""

        async def add(work: Work) -> Person:
            person_id = await work.people.add(
                name=name,
                roles=roles,
                email=f"{name.lower()}@{domain}",
                agency_id=agency,
                tenant_id=TENANT,
                aad_object_id=f"aad-{name.lower()}",
                line_manager_id=line_manager.id if line_manager else None,
                active=active,
            )
            person = await work.people.by_id(person_id)
            assert person is not None
            return person

        return await self.does(add)

    async def course_session(
        self, course: str, starts_at: datetime, *, capacity: int = 20, hours: int = 3, join_url: str | None = None
    ) -> Session:
        """An open session of any course."""

        async def add(work: Work) -> Session:
            session_id = await work.sessions.add(
                ref=f"{course}-{starts_at:%Y%m%d%H%M}",
                course_id=course,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=hours),
                capacity=capacity,
                join_url=join_url,
                trainer="Tilda Testerton",
            )
            session = await work.sessions.by_id(session_id)
            assert session is not None
            return session

        return await self.does(add)

    async def booking(self, person: Person, session: Session) -> Booking:
        """What this person has on this session. Fails if they never asked."""
        async with self.database.reading() as work:
            found = await work.bookings.of(person.id, session.id)
        assert found is not None
        return found

    async def state(self, person: Person, session: Session) -> BookingState:
        return (await self.booking(person, session)).state

    async def charges(self, booking: Booking) -> list[Charge]:
        async with self.database.reading() as work:
            return await work.charges.of_booking(booking.id)

    async def notices(self, kind: str) -> list[Notice]:
        """The notices of one kind, oldest first."""
        async with self.database.reading() as work:
            found = await work.notices.in_states(list(NoticeState), limit=1000)
        return sorted((one for one in found if one.kind == kind), key=lambda one: one.id)

    async def trail(self, verb: str) -> list[tuple[int | None, int, dict[str, object]]]:
        """Who did it, to what, with which details."""
        async with self.database.engine.connect() as connection:
            rows = await connection.execute(
                sa.select(events.c.actor_id, events.c.subject_id, events.c.detail)
                .where(events.c.verb == verb)
                .order_by(events.c.id)
            )
            return [(row.actor_id, row.subject_id, dict(row.detail)) for row in rows]


def open_desk(database: Database, *courses: Course, booking: Mapping[str, object] | None = None) -> PlacesDesk:
    """A desk under the testing rules with these courses and booking rules."""
    return PlacesDesk(database, rules_with(*courses, booking=booking))
