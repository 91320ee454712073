"""Design.md section 5, rule 1: a worker that dies, hangs or comes back late loses nothing and repeats nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.errors import StoreUnavailable
from services.model import Notice, NoticeState, Person
from services.notices import checking
from services.notices.claiming import LEASE, claim, recover
from services.notices.delivery import Counts
from services.notices.kinds.climbing import Verdict
from services.rulebook import Rulebook
from services.work import Work
from tests.fakes import transient
from tests.services.notices.office import Office

MORNING = datetime(2027, 1, 15, 9, tzinfo=UTC)
TOO_LATE = MORNING + LEASE + timedelta(seconds=1)


async def claim_and_die(office: Office) -> None:
    async with office.database.work() as work:
        until = MORNING + LEASE
        await claim(work, office.rules, worker="dead", now=MORNING, lease_until=until, limit=25)
        await work.commit()


async def kill(task: asyncio.Task[Counts]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_a_worker_that_died_before_its_claim_was_committed_has_claimed_nothing(
    office: Office, alice: Person
) -> None:
    notice_id = await office.owe(alice, MORNING)
    async with office.database.work() as work:
        await claim(work, office.rules, worker="dead", now=MORNING, lease_until=TOO_LATE, limit=25)

    await office.deliver(MORNING)

    assert await office.state(notice_id) is NoticeState.SENT


async def test_what_a_worker_claimed_and_never_began_to_send_is_due_again_when_the_lease_is_over(
    office: Office, alice: Person
) -> None:
    ids = [await office.owe(alice, MORNING), await office.owe(alice, MORNING, urgent=True)]
    await claim_and_die(office)

    await office.deliver(MORNING + LEASE)
    assert office.messenger.tried == 0
    await office.deliver(TOO_LATE)

    assert [await office.state(one) for one in ids] == [NoticeState.SENT] * 2
    assert len(office.messenger.to("Alice")) == 2


async def test_what_a_worker_died_while_sending_is_uncertain_and_never_repeated(office: Office, alice: Person) -> None:
    notice_id = await office.owe(alice, MORNING)
    office.messenger.hold()
    dying = asyncio.create_task(office.deliver(MORNING))
    await office.messenger.knocked()
    await kill(dying)
    office.messenger.release()

    await office.deliver(MORNING + LEASE)
    assert await office.state(notice_id) is NoticeState.CLAIMED
    await office.deliver(TOO_LATE)
    await office.deliver(MORNING + timedelta(days=3))

    assert office.messenger.tried == 1
    assert (await office.notice(notice_id)).reason == "the worker stopped while sending"
    assert [one.outcome for one in await office.attempts(notice_id)] == ["uncertain"]


async def test_what_was_sent_but_could_not_be_recorded_is_uncertain_and_never_repeated(
    office: Office, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice_id = await office.owe(alice, MORNING)

    async def die(*_: object) -> None:
        raise asyncio.CancelledError

    with monkeypatch.context() as patch, suppress(asyncio.CancelledError):
        patch.setattr("services.notices.delivery._Run._record", die)
        await office.deliver(MORNING)
    await office.deliver(TOO_LATE)

    assert len(office.messenger.to("Alice")) == 1
    assert await office.state(notice_id) is NoticeState.UNCERTAIN


async def test_a_database_that_is_away_for_a_moment_while_outcomes_are_recorded_is_tried_again(
    office: Office, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice_id = await office.owe(alice, MORNING)
    commit = Work.commit
    # First recovery, the claim and the start of the send are committed; then the outcome fails twice.
    fails = [False, False, False, True, True]

    async def sometimes(work: Work) -> None:
        if fails and fails.pop(0):
            raise StoreUnavailable
        await commit(work)

    with monkeypatch.context() as patch:
        patch.setattr(Work, "commit", sometimes)
        await office.deliver(MORNING)

    assert fails == []
    assert await office.state(notice_id) is NoticeState.SENT
    assert len(office.messenger.to("Alice")) == 1


async def test_a_slow_send_that_was_given_up_is_sent_after_all_when_its_worker_comes_back(
    office: Office, alice: Person
) -> None:
    notice_id = await office.owe(alice, MORNING)
    office.messenger.hold()
    slow = asyncio.create_task(office.deliver(MORNING))
    await office.messenger.knocked()
    await office.postman("another").deliver_due(TOO_LATE)
    assert await office.state(notice_id) is NoticeState.UNCERTAIN

    office.messenger.release()
    await slow

    assert (await office.state(notice_id), len(office.messenger.to("Alice"))) == (NoticeState.SENT, 1)
    (attempt,) = await office.attempts(notice_id)
    assert (attempt.outcome, attempt.receipt) == ("sent", "1-1")


async def test_a_slow_send_that_was_given_up_and_then_certainly_failed_is_tried_again(
    office: Office, alice: Person
) -> None:
    notice_id = await office.owe(alice, MORNING)
    office.messenger.fail("Alice", transient())
    office.messenger.hold()
    slow = asyncio.create_task(office.deliver(MORNING))
    await office.messenger.knocked()
    await office.postman("another").deliver_due(TOO_LATE)
    office.messenger.release()
    await slow

    await office.deliver(MORNING + timedelta(hours=1))

    assert (await office.state(notice_id), len(office.messenger.to("Alice"))) == (NoticeState.SENT, 1)


class Sleeper:
    """Makes the first worker fall asleep between its claim and its send."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asleep, self.wake = asyncio.Event(), asyncio.Event()
        self._check = checking.CHECKS["action-item"]
        monkeypatch.setitem(checking.CHECKS, "action-item", self.check)

    async def check(self, work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
        if not self.asleep.is_set():
            self.asleep.set()
            await self.wake.wait()
        return await self._check(work, rules, notices, now)


async def test_a_worker_that_was_asleep_between_claim_and_send_does_not_send_what_another_has_sent(
    office: Office, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice_id = await office.owe(alice, MORNING)
    sleeper = Sleeper(monkeypatch)
    sleeping = asyncio.create_task(office.deliver(MORNING))
    await sleeper.asleep.wait()
    await office.postman("another").deliver_due(TOO_LATE)
    assert await office.state(notice_id) is NoticeState.SENT
    sleeper.wake.set()

    assert await asyncio.wait_for(sleeping, 10) == {}
    assert len(office.messenger.to("Alice")) == 1
    assert len(await office.attempts(notice_id)) == 1


async def test_a_worker_that_wakes_up_while_another_is_sending_leaves_it_to_the_other(
    office: Office, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice_id = await office.owe(alice, MORNING)
    sleeper = Sleeper(monkeypatch)
    sleeping = asyncio.create_task(office.deliver(MORNING))
    await sleeper.asleep.wait()
    office.messenger.hold()
    other = asyncio.create_task(office.deliver(TOO_LATE))
    await office.messenger.knocked()
    sleeper.wake.set()

    assert await asyncio.wait_for(sleeping, 10) == {}
    office.messenger.release()
    assert await other == {("action-item", "sent"): 1}
    assert (office.messenger.tried, await office.state(notice_id)) == (1, NoticeState.SENT)


async def test_what_is_claimed_late_in_a_long_run_is_not_taken_back_at_once(
    office: Office, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice_id = await office.owe(alice, MORNING)
    sleeper = Sleeper(monkeypatch)
    seconds = iter([0.0, *[600.0] * 20])
    late = replace(office.postman(), elapsed=lambda: next(seconds))
    sleeping = asyncio.create_task(late.deliver_due(MORNING))
    await sleeper.asleep.wait()

    await office.postman("another").deliver_due(MORNING + timedelta(seconds=601))
    assert await office.state(notice_id) is NoticeState.CLAIMED
    sleeper.wake.set()
    await sleeping

    assert await office.state(notice_id) is NoticeState.SENT


async def test_the_leases_of_a_long_run_are_counted_from_the_time_that_has_really_passed(
    office: Office, alice: Person, bob: Person
) -> None:
    """The run began long ago; what it is sending now must not be taken from it."""
    first, second = await office.owe(bob, MORNING), await office.owe(alice, MORNING)
    passed = [0.0]
    long_run = replace(office.postman(people_per_round=1), elapsed=lambda: passed[0])
    office.messenger.hold()
    sending = asyncio.create_task(long_run.deliver_due(MORNING))
    await office.messenger.knocked()
    passed[0] = 600.0
    office.messenger.release()
    office.messenger.hold()
    await office.messenger.knocked()

    await office.postman("another").deliver_due(MORNING + timedelta(seconds=601))
    assert (await office.state(first), await office.state(second)) == (NoticeState.SENT, NoticeState.CLAIMED)
    office.messenger.release()
    await sending

    assert await office.state(second) is NoticeState.SENT
    assert (len(office.messenger.to("Alice")), len(office.messenger.to("Bob"))) == (1, 1)


async def test_recovering_from_several_processes_at_once_counts_each_claim_once(
    office: Office, alice: Person, bob: Person
) -> None:
    for person in (alice, bob) * 10:
        await office.owe(person, MORNING)
    await claim_and_die(office)

    async def recovered() -> int:
        async with office.database.work() as work:
            count = await recover(work, now=TOO_LATE)
            await work.commit()
        return count

    assert sum(await asyncio.gather(*(recovered() for _ in range(4)))) == 20
    assert {one.state for one in await office.notices()} == {NoticeState.DUE}


async def test_a_lease_of_a_clock_that_went_back_is_waited_for(office: Office, alice: Person) -> None:
    notice_id = await office.owe(alice, MORNING - timedelta(hours=1))
    await claim_and_die(office)

    await office.deliver(MORNING - timedelta(minutes=30))
    assert await office.state(notice_id) is NoticeState.CLAIMED
    await office.deliver(TOO_LATE)

    assert await office.state(notice_id) is NoticeState.SENT
