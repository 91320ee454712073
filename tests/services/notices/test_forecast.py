"""What is foreseen for the next weeks is what is then sent, day by day, as long as nobody does anything meanwhile."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from services.model import Person
from services.notices.forecast import Coming, forecast, moments_of
from services.work import Database
from tests.services.harrow import harrow_rules
from tests.services.notices.office import Office
from tests.services.notices.year import Year, at

MORNING = datetime(2027, 1, 15, 9, tzinfo=UTC)


async def foresee(office: Office, now: datetime, days: int) -> list[Coming]:
    async with office.database.reading() as work:
        moments = moments_of(office.rules.today(now), days, office.rules)
        return await forecast(work, office.rules, now, moments)


@pytest.mark.parametrize("begins", [date(2027, 3, 22), date(2027, 10, 25)], ids=["spring", "autumn"])
async def test_three_weeks_over_a_clock_change_are_sent_as_they_were_foreseen(database: Database, begins: date) -> None:
    office = Office(database, harrow_rules(manager_digest=True))
    year = Year(office, begins - timedelta(days=50), begins + timedelta(days=40))
    await year.fill(sessions=6, items=10)
    moments = list(year.sweeps())
    before = [moment for moment in moments if moment < at(begins, 7)]
    after = [moment for moment in moments if moment >= at(begins, 7)]
    for moment in before[-24:]:
        await year.live(moment)
        await year.sweep(moment)

    foreseen = await foresee(office, at(begins, 7), 21)
    people = {one.person_id for one in foreseen}
    async with database.reading() as work:
        names = {
            person_id: person.name.capitalize() for person_id, person in (await work.people.by_ids(people)).items()
        }
    sent = set()
    for moment in after:
        if moment.date() < begins + timedelta(days=21):
            sent |= await year.sweep(moment)

    told = {(one.kind, one.subject_id, one.step.partition(":")[0], names[one.person_id], one.day) for one in foreseen}
    assert told == sent
    assert len(told) == len(foreseen) > 20


async def test_a_forecast_writes_nothing_and_foresees_the_same_again(office: Office, alice: Person) -> None:
    await office.owe(alice, MORNING + timedelta(hours=1))
    before = await office.notices()

    first, second = await foresee(office, MORNING, 30), await foresee(office, MORNING, 30)

    assert first == second != []
    assert await office.notices() == before
    assert office.messenger.tried == 0


async def test_who_had_a_digest_today_is_foreseen_for_the_next_working_day(office: Office, alice: Person) -> None:
    await office.owe(alice, MORNING)
    await office.deliver(MORNING)
    await office.owe(alice, MORNING + timedelta(hours=2), due_on=date(2027, 1, 15))

    [due, *_] = await foresee(office, MORNING + timedelta(hours=1), 5)

    assert due.day == date(2027, 1, 18)


async def test_what_is_urgent_is_foreseen_for_its_own_day_even_on_a_sunday(office: Office, alice: Person) -> None:
    sunday = datetime(2027, 1, 17, 7, tzinfo=UTC)
    await office.owe(alice, sunday, urgent=True)

    [due, *_] = await foresee(office, MORNING, 5)

    assert due.day == date(2027, 1, 17)
