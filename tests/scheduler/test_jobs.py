from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from dialogs.notices import Renderer
from scheduler import jobs
from services import bookings
from services.model import BookingState
from services.notices.delivery import Postman
from services.rulebook import Rulebook
from services.work import Database
from tests.builders import a_chat, a_rulebook, add_item, add_person, add_session
from tests.fakes import FakeMailer, FakeMessenger


@pytest.fixture
def rules() -> Rulebook:
    return a_rulebook()


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger()


@pytest.fixture
def postman(database: Database, rules: Rulebook, messenger: FakeMessenger) -> Postman:
    return Postman(database, rules, Renderer(rules), messenger, FakeMailer(), "postman", elapsed=lambda: 0.0)


async def test_an_overdue_item_is_planned_and_delivered_once(
    database: Database, rules: Rulebook, postman: Postman, messenger: FakeMessenger, now: datetime
) -> None:
    async with database.work() as work:
        alice = await add_person(work, "Alice")
        await add_item(work, "X-1", owner=alice, due_on=date(2027, 1, 15))
        await work.commit()

    first = await jobs.sweep(database, rules, postman, now)
    again = await jobs.sweep(database, rules, postman, now)

    assert first.outcomes["action-item", "sent"] == 1
    assert again == jobs.Swept(now)
    assert len(messenger.to("Alice")) == 1


async def test_an_offer_that_ran_out_goes_to_the_next_who_is_told_in_the_same_sweep(
    database: Database, rules: Rulebook, postman: Postman, messenger: FakeMessenger, now: datetime
) -> None:
    async with database.work() as work:
        alice, bob, morgan = [await add_person(work, name) for name in ("Alice", "Bob", "Morgan")]
        session = await add_session(work, now + timedelta(days=30), capacity=1)
        placed = await bookings.book(work, alice, session.id, now=now, rules=rules)
        waiting = [await bookings.book(work, one, session.id, now=now, rules=rules) for one in (bob, morgan)]
        await bookings.cancel(work, alice, placed.booking.id, reason="", now=now, rules=rules)
        await work.commit()
    await jobs.sweep(database, rules, postman, now)

    swept = await jobs.sweep(database, rules, postman, now + timedelta(days=4))

    async with database.reading() as work:
        after = await work.bookings.by_ids([one.booking.id for one in waiting])
    assert swept.offers_lapsed == 1
    assert [one.state for one in after.values()] == [BookingState.CANCELLED, BookingState.OFFERED]
    assert [one.summary.partition(":")[0] for one in messenger.to("Bob")] == [
        "A place is free",
        "The offer has run out",
    ]
    assert [one.summary.partition(":")[0] for one in messenger.to("Morgan")] == ["A place is free"]


async def test_without_a_way_out_what_is_due_stays_due(
    database: Database, rules: Rulebook, postman: Postman, now: datetime
) -> None:
    async with database.work() as work:
        await add_item(work, "X-1", owner=await add_person(work, "Alice"), due_on=date(2027, 1, 15))
        await work.commit()

    swept = await jobs.sweep(database, rules, None, now)
    later = await jobs.sweep(database, rules, postman, now)

    assert (swept.planned, dict(swept.outcomes)) == (1, {})
    assert later.outcomes["action-item", "sent"] == 1


async def test_a_naive_moment_is_refused(database: Database, rules: Rulebook, now: datetime) -> None:
    with pytest.raises(ValueError, match="aware"):
        await jobs.sweep(database, rules, None, now.replace(tzinfo=None))


async def test_what_was_heard_long_ago_is_forgotten(database: Database, now: datetime) -> None:
    async with database.work() as work:
        where = a_chat("Alice")
        for number, days in enumerate((1, 3)):
            assert await work.conversations.first_hearing(where, str(number), now - timedelta(days=days))
        await work.commit()

    assert await jobs.tidy(database, now) == 1
    assert await jobs.tidy(database, now) == 0


async def test_a_reminder_put_off_until_long_ago_is_forgotten_and_a_later_one_still_holds(
    database: Database, now: datetime
) -> None:
    async with database.work() as work:
        alice = await add_person(work, "Alice")
        for subject, days in enumerate((-31, -29, 5)):
            await work.snoozes.keep(alice.id, "action-item", subject, now + timedelta(days=days))
        await work.commit()

    assert await jobs.tidy(database, now) == 1
    assert await jobs.tidy(database, now) == 0
    assert await jobs.tidy(database, now + timedelta(days=36)) == 2


def test_counts_are_printed_by_kind_and_then_by_outcome(now: datetime) -> None:
    swept = replace(jobs.Swept(now, 1, 5))
    swept.outcomes.update({("b", "sent"): 2, ("a", "retry"): 1, ("b", "missed"): 1})

    assert swept.as_json() == {
        "at": "2027-01-15T09:00:00+00:00",
        "offers_lapsed": 1,
        "planned": 5,
        "notices": {"a": {"retry": 1}, "b": {"missed": 1, "sent": 2}},
    }
