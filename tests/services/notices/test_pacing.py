"""Turns to send, handed out by the database to everybody who waits, however many processes there are."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.timetable import Alarm, Timetable
from services.model import Person
from services.notices import carrying
from services.notices.claiming import LEASE
from services.notices.pacing import SharedPace
from services.ports import DeliveryError, Failure
from services.work import Database
from tests.fakes import FakeMessenger
from tests.services.notices.office import Office
from tests.services.notices.test_postmen import MORNING, NOTICES, owe_three_hundred

TENANT, OTHER = "tenant", "other-tenant"


@pytest.fixture
async def another(database_url: str) -> AsyncIterator[Database]:
    """The same database, as another process would open it."""
    opened = Database.open(database_url)
    yield opened
    await opened.close()


async def moments(*paces: SharedPace, turns: int, tenant: str = TENANT, chat: str | None = None) -> list[float]:
    """When each of so many turns came, in seconds, shared among `paces`."""
    began = time.monotonic()

    async def one(nth: int) -> float:
        await paces[nth % len(paces)].turn(tenant, chat and f"{chat}-{nth}")
        return time.monotonic() - began

    return sorted(await asyncio.gather(*(one(nth) for nth in range(turns))))


async def test_processes_that_share_a_database_share_the_turns_of_a_tenant(
    database: Database, another: Database
) -> None:
    rate, turns = 100.0, 160
    came: list[float] = []

    async def sleep(seconds: float) -> None:
        # The moment that was handed out. When somebody wakes on a busy machine says little about it.
        came.append(time.monotonic() - began + seconds)

    paces = [SharedPace(one, per_second=rate, sleep=sleep) for one in (database, another)]
    began = time.monotonic()
    await moments(*paces, turns=turns, chat="a")

    came.sort()
    assert turns / rate - 0.3 <= came[-1] < turns / rate + 1.0
    busiest = max(sum(start <= other < start + 0.5 for other in came) for start in came)
    # Half a second of turns, and what may be caught up: each with turns of its own would take twice that.
    assert busiest < 2 * 0.5 * rate, "no more than a little is caught up at once"


async def test_a_turn_never_taken_is_not_saved_up(database: Database) -> None:
    pace = SharedPace(database, per_second=50)
    await moments(pace, turns=5)
    await asyncio.sleep(0.8)

    assert (await moments(pace, turns=50))[-1] >= 50 / 50 - 0.3


async def test_one_conversation_gets_one_message_in_its_time_and_others_do_not_wait_for_it(database: Database) -> None:
    pace = SharedPace(database, per_second=1000, per_conversation=5)
    began = time.monotonic()

    async def turn(chat: str) -> float:
        await pace.turn(TENANT, chat)
        return time.monotonic() - began

    alice = asyncio.gather(*(turn("alice") for _ in range(4)))
    bob = await turn("bob")
    came = sorted(await alice)

    assert bob < 0.3
    assert all(moment >= 0.2 * nth - 0.01 for nth, moment in enumerate(came))


async def test_one_tenant_does_not_wait_for_another(database: Database) -> None:
    pace = SharedPace(database, per_second=20)
    busy = asyncio.create_task(moments(pace, turns=40))
    await asyncio.sleep(0.05)

    assert (await moments(pace, turns=1, tenant=OTHER))[0] < 0.5
    busy.cancel()


async def test_without_the_database_nothing_is_sent_and_it_is_tried_later(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    nowhere = Database.open("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    with pytest.raises(DeliveryError) as caught:
        await SharedPace(nowhere).turn(TENANT, None)
    assert caught.value.failure is Failure.TRANSIENT
    await nowhere.close()


async def test_what_nobody_uses_is_forgotten(database: Database) -> None:
    await SharedPace(database).turn(TENANT, "chat")
    async with database.work() as work:
        assert await work.pace.forget_idle() == 0
        await work.pace.reserve({(OTHER, ""): -4000.0}, slack=0)
        assert await work.pace.forget_idle() == 1


async def test_a_postman_who_is_to_stop_finishes_what_he_began_and_begins_nothing_new(office: Office) -> None:
    await owe_three_hundred(office.database)
    postman = office.postman(people_per_round=5)
    office.messenger.hold()
    delivering = asyncio.create_task(postman.deliver_due(MORNING))
    await office.messenger.knocked()
    postman.closing.set()
    office.messenger.release()
    await delivering

    async with office.database.reading() as work:
        counts = await work.notices.counts()
    assert (counts["sent"], counts["due"]) == (30, 270)
    assert "claimed" not in counts


async def test_what_still_waits_for_its_turn_when_a_process_is_cut_off_is_due_again_and_not_uncertain(
    office: Office,
) -> None:
    await owe_three_hundred(office.database)
    office.messenger.pace = SharedPace(office.database, per_second=20, per_conversation=1000)
    postman = office.postman(people_per_round=10, rounds_at_once=4)
    timetable = Timetable([Alarm("sweep", postman.deliver_due, timedelta(hours=1))], now=lambda: MORNING)
    timetable.start()
    for _ in range(5):
        await office.messenger.knocked()
    await timetable.stop(patience=0.1)
    began = office.messenger.tried
    assert 5 <= began < 30

    office.messenger.pace = None
    for minutes in (0, 1):  # the first passes over what a last statement of the other still holds
        await office.deliver(MORNING + LEASE + timedelta(minutes=minutes, seconds=1))

    async with office.database.reading() as work:
        counts = await work.notices.counts()
    # At most what was under way at that moment: there is a turn every twentieth of a second.
    assert counts.get("uncertain", 0) <= 5
    assert counts["sent"] + counts.get("uncertain", 0) == NOTICES
    told = [one for _, message in office.messenger.delivered for one in message.text.splitlines()]
    assert len(told) == len(set(told))


class Gate:
    """A pace that lets nobody through before it is opened."""

    def __init__(self) -> None:
        self.waited, self.opened = asyncio.Event(), asyncio.Event()

    async def turn(self, tenant_id: str, conversation_id: str | None) -> None:
        self.waited.set()
        await self.opened.wait()


async def test_a_letter_that_waits_longer_than_its_lease_is_sent_by_another_and_never_called_uncertain(
    office: Office, alice: Person
) -> None:
    owed = await office.owe(alice, MORNING)
    gate = Gate()
    office.messenger.pace = gate
    waiting = asyncio.create_task(office.deliver(MORNING))
    await gate.waited.wait()

    elsewhere = FakeMessenger()
    other = replace(office.postman("another"), messenger=elsewhere)
    await other.deliver_due(MORNING + LEASE + timedelta(seconds=1))
    gate.opened.set()

    assert await waiting == {}
    assert (office.messenger.tried, len(elsewhere.delivered)) == (0, 1)
    assert [one.outcome for one in await office.attempts(owed)] == ["sent"]


async def test_a_send_that_never_ends_is_uncertain_before_its_lease_is_over(
    office: Office, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert timedelta(seconds=carrying.LONGEST) < LEASE - timedelta(seconds=30)
    monkeypatch.setattr(carrying, "LONGEST", 0.05)
    owed = await office.owe(alice, MORNING)
    office.messenger.hold()

    async with asyncio.timeout(20):
        assert await office.deliver(MORNING) == {("action-item", "uncertain"): 1}

    assert [(one.outcome, one.detail) for one in await office.attempts(owed)] == [("uncertain", "TimeoutError")]


async def test_several_rounds_at_once_meet_the_same_promise_when_one_of_them_meets_trouble(office: Office) -> None:
    await owe_three_hundred(office.database)
    office.messenger.fail_next(*(DeliveryError(Failure.TRANSIENT, status=412) for _ in range(20)))

    first = await replace(office.postman(people_per_round=3), rounds_at_once=4).deliver_due(MORNING)

    assert sum(count for (_, outcome), count in first.items() if outcome == "retry") >= 20
    assert len(office.messenger.delivered) == len({message.text for _, message in office.messenger.delivered})
