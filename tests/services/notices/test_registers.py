"""Who came to a session is asked for until everybody is marked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.bookings import record_attendance
from services.model import NoticeState, Person, Role, Session
from services.work import Database
from tests.builders import add_booking, add_person, add_session
from tests.services.harrow import harrow_rules
from tests.services.notices.office import Office

STARTS = datetime(2027, 2, 1, 9, 30, tzinfo=UTC)  # a Monday
NEXT_DAY, LATER = datetime(2027, 2, 2, 9, tzinfo=UTC), datetime(2027, 2, 5, 12, tzinfo=UTC)


@pytest.fixture
def office(database: Database) -> Office:
    """With the steps that Harrow's folder sets."""
    return Office(database, harrow_rules())


async def a_session(office: Office, alice: Person, trainer: str) -> tuple[Session, int]:
    """With Alice on it, who can be marked by the id of her booking."""
    async with office.database.work() as work:
        session = await add_session(work, STARTS)
        await work.sessions.change(session.id, trainer=trainer)
        booking = await add_booking(work, alice, session, STARTS - timedelta(days=20))
        await work.commit()
    return session, booking.id


async def joins(office: Office, name: str, role: Role) -> Person:
    async with office.database.work() as work:
        person = await add_person(work, name, roles=[role])
        await work.commit()
    return person


async def asked(office: Office) -> set[tuple[str, int]]:
    """Which step went to whom."""
    return {
        (one.step.partition(":")[0], one.person_id)
        for one in await office.notices()
        if one.kind == "attendance" and one.state is NoticeState.SENT
    }


async def test_the_trainer_is_asked_first_and_the_office_as_well_when_nothing_comes(
    office: Office, alice: Person
) -> None:
    tilda, manager = await joins(office, "Tilda Testerton", Role.TRAINER), await joins(office, "Mona", Role.MANAGER)
    _, booking_id = await a_session(office, alice, "Tilda Testerton")

    await office.plan_and_deliver(STARTS + timedelta(hours=6))
    assert await asked(office) == set()
    await office.plan_and_deliver(NEXT_DAY)
    assert await asked(office) == {("ask", tilda.id)}
    await office.plan_and_deliver(LATER)
    everybody = {("ask", tilda.id), ("reminder-1", tilda.id), ("reminder-1", manager.id)}
    assert await asked(office) == everybody

    async with office.database.work() as work:
        booking = await work.bookings.by_id(booking_id)
        assert booking is not None
        await record_attendance(work, booking, attended=True, at=LATER, rules=office.rules)
        await work.commit()
    await office.plan_and_deliver(LATER + timedelta(days=7))
    assert await asked(office) == everybody


async def test_without_a_trainer_of_that_name_the_office_is_asked_at_once(office: Office, alice: Person) -> None:
    manager = await joins(office, "Mona", Role.MANAGER)
    await a_session(office, alice, "Somebody From Elsewhere")

    await office.plan_and_deliver(NEXT_DAY)

    assert await asked(office) == {("ask", manager.id)}


async def test_nobody_is_asked_about_a_session_of_long_ago_or_without_delegates(office: Office, alice: Person) -> None:
    await joins(office, "Mona", Role.MANAGER)
    await a_session(office, alice, "")
    async with office.database.work() as work:
        await add_session(work, STARTS + timedelta(weeks=9))
        await work.commit()

    await office.plan_and_deliver(STARTS + timedelta(weeks=9, days=1))

    assert await asked(office) == set()
