from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.jobs import sweep
from services import bookings
from services.model import NoticeState, Person
from services.notices import planning
from services.notices.standing import Standing, standing
from tests.fakes import ambiguous, blocked
from tests.services.notices.office import Office

MORNING = datetime(2027, 1, 15, 9, tzinfo=UTC)


async def stands(office: Office, now: datetime) -> Standing:
    async with office.database.reading() as work:
        return await standing(work, now)


async def test_an_empty_ledger_stands_well(office: Office) -> None:
    found = await stands(office, MORNING)
    assert (found.last_sweep, found.oldest_due, found.uncertain, found.waiting_seconds) == (None, None, 0, 0)


async def test_what_waits_is_shown_with_how_long_it_has_waited(office: Office, alice: Person) -> None:
    await office.owe(alice, MORNING)
    await office.owe(alice, MORNING + timedelta(hours=1))

    found = await stands(office, MORNING + timedelta(minutes=5))

    assert found.oldest_due == MORNING
    assert found.waiting_seconds == 300
    assert found.queue[NoticeState.DUE] == 2
    assert (await stands(office, MORNING - timedelta(minutes=5))).oldest_due is None


async def test_a_sweep_leaves_its_mark_whoever_did_it_and_an_older_one_moves_nothing_back(office: Office) -> None:
    for moment in (MORNING, MORNING + timedelta(minutes=1), MORNING - timedelta(minutes=9)):
        await sweep(office.database, office.rules, office.postman(), moment)

    assert (await stands(office, MORNING)).last_sweep == MORNING + timedelta(minutes=1)


async def test_what_broke_in_the_last_sweep_is_named_until_a_sweep_goes_well(
    office: Office, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.owe(alice, MORNING)

    async def breaks(*_: object, **__: object) -> int:
        raise ValueError

    with monkeypatch.context() as patch:
        patch.setattr(bookings, "expire_offers", breaks)
        patch.setattr(planning, "follow_posts", breaks)
        swept = await sweep(office.database, office.rules, office.postman(), MORNING)
    assert swept.outcomes == {("action-item", "sent"): 1}
    found = await stands(office, MORNING)
    assert found.as_json()["broken"] == ["follow-posts", "offers"]

    await sweep(office.database, office.rules, office.postman(), MORNING + timedelta(minutes=1))

    assert (await stands(office, MORNING)).broken == ()


async def test_what_somebody_must_look_at_is_counted_and_what_went_well_is_not(office: Office, alice: Person) -> None:
    bob = await office.person("Robert", email=False)
    carol = await office.person("Carol")
    for person in (alice, bob, carol):
        await office.owe(person, MORNING)
    office.messenger.fail("Alice", ambiguous())
    office.messenger.fail("Robert", blocked())

    await office.deliver(MORNING)

    found = await stands(office, MORNING)
    assert {state: count for state, count in found.queue.items() if count} == {
        NoticeState.UNCERTAIN: 1,
        NoticeState.BLOCKED: 1,
    }
    assert found.as_json()["uncertain"] == 1
