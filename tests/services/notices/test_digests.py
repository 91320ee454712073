"""Design.md section 5, rule 4: one digest per person per day; quiet hours and working days respected."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from services.model import NoticeState, Person
from tests.fakes import ambiguous, throttled, transient
from tests.services.notices.office import Office

MORNING = datetime(2027, 1, 15, 8, 30, tzinfo=UTC)
"""Friday at the digest hour."""
MONDAY = MORNING + timedelta(days=3)


async def done(office: Office, *notice_ids: int) -> None:
    """The action items of these notices are done."""
    subjects = {one.id: one.subject_id for one in await office.notices()}
    async with office.database.work() as work:
        for notice_id in notice_ids:
            await work.actions.change_open(subjects[notice_id], state="done")
        await work.commit()


async def test_everything_a_person_is_owed_comes_in_one_message(office: Office, alice: Person, bob: Person) -> None:
    for person in (alice, bob, alice, alice):
        await office.owe(person, MORNING)

    counts = await office.deliver(MORNING)

    assert counts == {("action-item", "sent"): 4}
    assert [len(message.text.splitlines()) for message in office.messenger.to("Alice")] == [3]
    assert [len(message.text.splitlines()) for message in office.messenger.to("Bob")] == [1]


async def test_what_becomes_due_after_the_digest_waits_for_the_next_working_day(office: Office, alice: Person) -> None:
    await office.owe(alice, MORNING)
    await office.deliver(MORNING)
    later = await office.owe(alice, MORNING + timedelta(hours=2))

    await office.deliver(MORNING + timedelta(hours=2))
    assert len(office.messenger.to("Alice")) == 1
    assert await office.state(later) is NoticeState.DUE
    await office.deliver(MONDAY - timedelta(minutes=1))
    assert len(office.messenger.to("Alice")) == 1
    await office.deliver(MONDAY)

    assert len(office.messenger.to("Alice")) == 2
    assert await office.state(later) is NoticeState.SENT


async def test_two_postmen_at_the_same_moment_send_one_digest(office: Office, alice: Person, bob: Person) -> None:
    for person in (alice, bob) * 5:
        await office.owe(person, MORNING)

    await asyncio.gather(*(office.postman(f"postman {n}").deliver_due(MORNING) for n in range(4)))

    assert [len(message.text.splitlines()) for message in office.messenger.to("Alice")] == [5]
    assert [len(message.text.splitlines()) for message in office.messenger.to("Bob")] == [5]


async def test_delivering_twice_at_the_same_moment_sends_nothing_twice(office: Office, alice: Person) -> None:
    await office.owe(alice, MORNING)
    await office.owe(alice, MORNING, urgent=True)

    assert sum((await office.deliver(MORNING)).values()) == 2
    assert sum((await office.deliver(MORNING)).values()) == 0
    assert len(office.messenger.to("Alice")) == 2


async def test_an_urgent_notice_goes_alone_and_at_once_and_leaves_the_digest_to_come(
    office: Office, alice: Person
) -> None:
    await office.owe(alice, MORNING)
    await office.deliver(MORNING)
    at_noon = MORNING + timedelta(hours=4)
    ordinary = await office.owe(alice, at_noon)
    urgent = [await office.owe(alice, at_noon, urgent=True) for _ in range(2)]

    await office.deliver(at_noon)

    assert [len(message.text.splitlines()) for message in office.messenger.to("Alice")] == [1, 1, 1]
    assert [await office.state(one) for one in urgent] == [NoticeState.SENT] * 2
    assert await office.state(ordinary) is NoticeState.DUE


async def test_an_urgent_notice_does_not_use_up_the_days_digest(office: Office, alice: Person) -> None:
    await office.owe(alice, MORNING - timedelta(hours=1), urgent=True)
    await office.deliver(MORNING - timedelta(hours=1))
    ordinary = await office.owe(alice, MORNING)

    await office.deliver(MORNING)

    assert await office.state(ordinary) is NoticeState.SENT


@pytest.mark.parametrize(
    ("now", "goes_out"),
    [
        pytest.param("2027-01-14T20:00:00", "2027-01-15T08:30:00", id="in the evening: tomorrow"),
        pytest.param("2027-01-15T03:00:00", "2027-01-15T08:30:00", id="at night: the same morning"),
        pytest.param("2027-01-15T19:00:00", "2027-01-18T08:30:00", id="on Friday evening: on Monday"),
        pytest.param("2027-01-16T12:00:00", "2027-01-18T08:30:00", id="on Saturday: on Monday"),
        pytest.param("2027-03-26T12:00:00", "2027-03-30T07:30:00", id="on Good Friday: after Easter, in summer time"),
        pytest.param("2026-12-24T19:00:00", "2026-12-29T08:30:00", id="on Christmas Eve: on the 29th"),
        pytest.param("2026-10-25T12:00:00", "2026-10-26T08:30:00", id="on the day clocks go back"),
    ],
)
async def test_ordinary_notices_wait_out_quiet_hours_weekends_and_bank_holidays_and_urgent_ones_do_not(
    office: Office, alice: Person, now: str, goes_out: str
) -> None:
    quiet, morning = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (now, goes_out))
    ordinary = await office.owe(alice, quiet)
    urgent = await office.owe(alice, quiet, urgent=True)

    await office.deliver(quiet)
    await office.deliver(morning - timedelta(seconds=1))
    assert (await office.state(urgent), await office.state(ordinary)) == (NoticeState.SENT, NoticeState.DUE)
    await office.deliver(morning)

    assert await office.state(ordinary) is NoticeState.SENT


async def test_an_urgent_notice_is_found_behind_any_number_of_people_who_must_wait(office: Office) -> None:
    evening = datetime(2027, 1, 14, 20, tzinfo=UTC)
    for number in range(7):
        await office.owe(await office.person(f"Person{number}"), evening - timedelta(hours=1))
    last = await office.person("Last")
    urgent = await office.owe(last, evening, urgent=True)

    await office.postman(people_per_round=2).deliver_due(evening)

    assert await office.state(urgent) is NoticeState.SENT


async def test_a_round_that_finds_only_people_who_must_wait_does_not_end_the_run(office: Office) -> None:
    noon = MORNING + timedelta(hours=4)
    people = [await office.person(f"Person{number}") for number in range(4)]
    for person in people[:2]:
        await office.owe(person, MORNING)
    await office.deliver(MORNING)
    for person in people[:2]:
        await office.owe(person, noon - timedelta(hours=2))
    others = [await office.owe(person, noon - timedelta(hours=1)) for person in people[2:]]

    await office.postman(people_per_round=2).deliver_due(noon)

    assert [await office.state(one) for one in others] == [NoticeState.SENT] * 2


async def test_the_demo_may_ignore_quiet_hours(office: Office, alice: Person) -> None:
    saturday_night = datetime(2027, 1, 16, 23, tzinfo=UTC)
    await office.owe(alice, saturday_night)

    await office.postman(ignore_quiet=True).deliver_due(saturday_night)

    assert len(office.messenger.to("Alice")) == 1


async def test_a_digest_that_could_not_be_delivered_is_tried_again_the_same_day_as_one_message(
    office: Office, alice: Person
) -> None:
    ids = [await office.owe(alice, MORNING) for _ in range(3)]
    office.messenger.fail("Alice", throttled(60), transient())

    await office.deliver(MORNING)
    late = await office.owe(alice, MORNING + timedelta(seconds=30))
    await office.deliver(MORNING + timedelta(minutes=1))
    assert office.messenger.to("Alice") == []
    await office.deliver(MORNING + timedelta(hours=1))

    assert [len(message.text.splitlines()) for message in office.messenger.to("Alice")] == [3]
    assert [await office.state(one) for one in ids] == [NoticeState.SENT] * 3
    assert await office.state(late) is NoticeState.DUE


async def test_a_digest_still_undelivered_the_next_day_joins_that_days_digest(office: Office, alice: Person) -> None:
    await office.owe(alice, MORNING)
    office.messenger.fail("Alice", *[transient() for _ in range(2)])
    await office.deliver(MORNING)
    await office.deliver(MORNING + timedelta(hours=9))
    await office.owe(alice, MONDAY)

    await office.deliver(MONDAY)

    assert [len(message.text.splitlines()) for message in office.messenger.to("Alice")] == [2]


async def test_a_digest_in_which_nothing_was_owed_any_more_does_not_use_up_the_day(
    office: Office, alice: Person
) -> None:
    early = [await office.owe(alice, MORNING) for _ in range(2)]
    await done(office, *early)
    await office.deliver(MORNING)
    assert office.messenger.to("Alice") == []
    assert [await office.state(one) for one in early] == [NoticeState.CANCELLED] * 2

    later = await office.owe(alice, MORNING + timedelta(hours=2))
    await office.deliver(MORNING + timedelta(hours=2))

    assert await office.state(later) is NoticeState.SENT


async def test_a_digest_that_may_have_arrived_uses_up_the_day(office: Office, alice: Person) -> None:
    await office.owe(alice, MORNING)
    office.messenger.fail("Alice", ambiguous())
    await office.deliver(MORNING)

    later = await office.owe(alice, MORNING + timedelta(hours=2))
    await office.deliver(MORNING + timedelta(hours=2))

    assert await office.state(later) is NoticeState.DUE


async def test_a_digest_is_one_even_when_it_is_claimed_by_two_postmen_in_turn(office: Office, alice: Person) -> None:
    """The second postman comes while the first is still sending."""
    first = await office.owe(alice, MORNING)
    office.messenger.hold()
    sending = asyncio.create_task(office.deliver(MORNING))
    await office.messenger.knocked()
    second = await office.owe(alice, MORNING)

    await office.postman("another").deliver_due(MORNING)
    office.messenger.release()
    await sending

    assert len(office.messenger.to("Alice")) == 1
    assert (await office.state(first), await office.state(second)) == (NoticeState.SENT, NoticeState.DUE)


async def test_a_clock_that_goes_back_neither_repeats_nor_loses_anything(office: Office, alice: Person) -> None:
    first = await office.owe(alice, MORNING)
    await office.deliver(MORNING)

    await office.deliver(MORNING - timedelta(days=1))
    second = await office.owe(alice, MORNING - timedelta(hours=1))
    await office.deliver(MORNING - timedelta(minutes=30))
    await office.deliver(MONDAY)

    assert len(office.messenger.to("Alice")) == 2
    assert (await office.state(first), await office.state(second)) == (NoticeState.SENT, NoticeState.SENT)


async def test_older_steps_of_one_chase_are_not_told_beside_the_newest(
    office: Office, morgan: Person, alice: Person
) -> None:
    """Planned on three days, but nothing was delivered until the third."""
    for _ in range(3):
        await office.owe(alice, MORNING, due_on=MORNING.date())
    item = (await office.notices())[0].subject_id
    for week in (1, 2):
        await office.plan(MORNING + timedelta(weeks=week))
    await office.deliver(MORNING + timedelta(weeks=2))

    (message,) = office.messenger.to("Alice")
    assert sorted(message.text.splitlines()) == [f"action-item {item + n} overdue-2" for n in range(3)]
    older = [one for one in await office.notices() if one.person_id == alice.id and "overdue-2" not in one.step]
    assert {(one.state, one.reason) for one in older} == {(NoticeState.MISSED, "a-later-step-was-due-too")}


async def test_a_moment_without_a_zone_is_refused(office: Office) -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        await office.deliver(datetime(2027, 1, 15, 9))  # noqa: DTZ001 - naive on purpose
