"""The clock changes in the middle, or nothing runs for two days: everybody is told once, and what is too late shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.jobs import sweep
from services.model import NoticeState, Owed
from services.work import Database
from tests.builders import a_rulebook, add_booking, add_item, add_people, add_session
from tests.faults.stage import Outcome
from tests.services.notices.office import Office, name_them

LONDON = ZoneInfo("Europe/London")
PEOPLE = 20


async def sweeps(
    office: Office, first: datetime, last: datetime, *, every: timedelta
) -> list[tuple[datetime, str, set[int]]]:
    """Sweep from `first` to `last`. Returns what arrived: when, in whose chat, which notices."""
    came: list[tuple[datetime, str, set[int]]] = []
    moment = first
    while moment <= last:
        before = len(office.messenger.delivered)
        await sweep(office.database, office.rules, office.postman(), moment)
        for route, message in office.messenger.delivered[before:]:
            came.append((moment, route.conversation_id or "", {int(one) for one in message.text.split()}))
        moment += every
    return came


async def audit(office: Office, name: str, came: list[tuple[datetime, str, set[int]]]) -> Outcome:
    """A line of the table."""
    ledger = await office.notices()
    arrived = Counter(one for *_, ids in came for one in ids)
    urgent = {one.id for one in ledger if one.urgent}
    digests = Counter((to, at.astimezone(LONDON).date()) for at, to, ids in came if not urgent.issuperset(ids))
    found = Outcome(name, len(ledger))
    found.delivered = sum(one.state is NoticeState.SENT for one in ledger)
    found.missed = sum(one.state is NoticeState.MISSED for one in ledger)
    found.lost = sum(
        one.state not in (NoticeState.SENT, NoticeState.MISSED)
        or (one.state is NoticeState.SENT) != (one.id in arrived)
        for one in ledger
    )
    found.doubles = sum(count > 1 for count in arrived.values())
    found.two_digests = sum(count > 1 for count in digests.values())
    return found


@pytest.mark.faults
@pytest.mark.parametrize(
    ("change", "opens"),
    [
        (date(2027, 3, 28), datetime(2027, 3, 30, 8, 30, tzinfo=LONDON)),
        (date(2027, 10, 31), datetime(2027, 11, 1, 8, 30, tzinfo=LONDON)),
    ],
    ids=["spring", "autumn"],
)
async def test_the_clock_changes_and_everybody_is_told_once_at_the_right_hour(
    database: Database, table: list[Outcome], change: date, opens: datetime
) -> None:
    office = Office(database, a_rulebook(), render=name_them)
    people = await add_people(database, PEOPLE)
    night = datetime.combine(change, datetime.min.time(), tzinfo=UTC)
    urgent_at = [night + timedelta(minutes=30 * n) for n in range(5)]
    async with database.work() as work:
        for nth, person in enumerate(people):
            for part in ("ordinary", "urgent"):
                item = await add_item(work, f"{part}-{nth}", owner=person, due_on=change)
                at = urgent_at[nth % 5] if part == "urgent" else night
                step = f"due-day:{change}"
                await work.notices.owe(Owed("action-item", item.id, step, person.id, at, urgent=part == "urgent"), at)
        await work.commit()

    came = await sweeps(
        office, night - timedelta(hours=1), night + timedelta(days=2, hours=12), every=timedelta(minutes=30)
    )

    found = await audit(office, f"clock change {change:%d %B}, {database.engine.dialect.name}", came)
    table.append(found)
    assert (found.lost, found.doubles, found.two_digests, found.missed) == (0, 0, 0, 0)
    assert {at for at, *_ in came if at.astimezone(LONDON).date() != change} == {opens}
    assert Counter(at for at, *_ in came if at <= urgent_at[-1]) == dict.fromkeys(urgent_at, PEOPLE // 5)


@pytest.mark.faults
async def test_after_two_days_without_any_process_everything_owed_is_sent_and_what_is_too_late_is_shown(
    database: Database, table: list[Outcome]
) -> None:
    """Down from Tuesday evening to Thursday evening; on Friday morning it goes on."""
    office = Office(database, a_rulebook(), render=name_them)
    people = await add_people(database, PEOPLE)
    tuesday = datetime(2027, 1, 12, 9, tzinfo=UTC)
    wednesday, thursday = (tuesday.date() + timedelta(days=n) for n in (1, 2))
    async with database.work() as work:
        session = await add_session(work, tuesday + timedelta(days=2), capacity=PEOPLE)
        for nth, person in enumerate(people):
            # One reminder of Wednesday for a session that began on Thursday, one item due on each of the two days.
            await add_booking(work, person, session, tuesday - timedelta(days=1))
            await add_item(work, f"w-{nth}", owner=person, due_on=wednesday)
            await add_item(work, f"t-{nth}", owner=person, due_on=thursday)
        await work.commit()

    first = await sweeps(office, tuesday, tuesday + timedelta(hours=9), every=timedelta(hours=1))
    office = replace(office, messenger=type(office.messenger)())
    friday = tuesday + timedelta(days=3)
    came = first + await sweeps(
        office, friday - timedelta(hours=2), friday + timedelta(hours=4), every=timedelta(hours=1)
    )

    found = await audit(office, f"two days down, {database.engine.dialect.name}", came)
    table.append(found)
    assert (found.lost, found.doubles, found.two_digests) == (0, 0, 0)
    steps = Counter((one.kind, one.step.partition(":")[0], one.state.value) for one in await office.notices())
    assert steps == {
        ("session-reminder", "day-before", "missed"): PEOPLE,
        ("action-item", "fortnight-before", "sent"): 2 * PEOPLE,
        ("action-item", "due-day", "sent"): 2 * PEOPLE,
    }
