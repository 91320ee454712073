"""Whatever carriers answer and whenever a worker dies: nothing owed is lost, and nothing arrives twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import ClassVar, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from services import people
from services.model import NoticeState, Person
from services.ports import DeliveryError
from services.work import Database
from tests.builders import a_chat, a_rulebook, a_sender
from tests.fakes import ambiguous, blocked, gone, refused, throttled, transient
from tests.services.notices.office import Office, name_them

T = TypeVar("T")
WHO = st.integers(0, 2)
ANSWERS: list[Callable[[], DeliveryError]] = [lambda: throttled(90), transient, blocked, gone, refused, ambiguous]
OPEN = {NoticeState.DUE, NoticeState.CLAIMED, NoticeState.RETRY}
_numbers = count(1)


class LedgerMachine(RuleBasedStateMachine):
    """Three people: one with e-mail as well, one in Teams only, one with e-mail only."""

    url: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.office = Office(Database.open(self.url), a_rulebook(), render=name_them)
        self.now = datetime(2027, 1, 14, 9, tzinfo=UTC)
        self.owed: set[int] = set()
        self.urgent: set[int] = set()
        self.digest_days: Counter[tuple[str, date]] = Counter()
        self.seen = 0

    def run(self, step: Coroutine[object, object, T]) -> T:
        return self.runner.run(step)

    @initialize()
    def people_are_known(self) -> None:
        number = next(_numbers)
        self.people: list[Person] = [
            self.run(self.office.person(f"Alice{number}")),
            self.run(self.office.person(f"Bob{number}", email=False)),
            self.run(self.office.person(f"Dora{number}", in_teams=False)),
        ]
        for who in range(3):
            self.owe(who, urgent=False)
            self.owe(who, urgent=True)

    @rule(who=WHO, urgent=st.booleans())
    def owe(self, who: int, urgent: bool) -> None:
        notice_id = self.run(self.office.owe(self.people[who], self.now, urgent=urgent))
        self.owed.add(notice_id)
        if urgent:
            self.urgent.add(notice_id)

    @rule(number=st.integers(1, 4))
    def everything_arrives_but_is_answered_with_an_error(self, number: int) -> None:
        self.office.messenger.accepts_then_fails = True
        self.deliver([ambiguous] * number, mail=False)

    @rule(answers=st.lists(st.sampled_from(ANSWERS), max_size=3), mail=st.booleans())
    def deliver(self, answers: list[Callable[[], DeliveryError]], mail: bool) -> None:
        self.office.messenger.fail_next(*[answer() for answer in answers])
        if mail:
            self.office.mailer.fail_next(*[answer() for answer in answers])
        self.run(self.office.deliver(self.now))
        self.office.messenger.fail_nothing()
        self.read_the_post()

    @rule(after_it_arrived=st.booleans())
    def a_worker_dies_while_sending(self, after_it_arrived: bool) -> None:
        self.office.messenger.accepts_then_hangs = after_it_arrived
        self.run(self._die())
        self.office.messenger.accepts_then_hangs = False
        self.read_the_post()

    async def _die(self) -> None:
        self.office.messenger.hold()
        dying = asyncio.create_task(self.office.deliver(self.now))
        knock = asyncio.create_task(self.office.messenger.knocked())
        await asyncio.wait([dying, knock], return_when=asyncio.FIRST_COMPLETED)
        for task in (dying, knock):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        self.office.messenger.release()

    @rule(minutes=st.sampled_from([1, 5, 60, 600, 1440, 4320]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(who=WHO)
    def somebody_writes(self, who: int) -> None:
        self.run(self._write(self.people[who].name))

    async def _write(self, name: str) -> None:
        async with self.office.database.work() as work:
            await people.seen(work, a_sender(name), a_chat(name), now=self.now)
            await work.commit()

    def messages(self) -> list[tuple[str, list[int]]]:
        """Everything that arrived, by Teams and by e-mail: to whom, and the notices in it."""
        teams = [(route.conversation_id or "", message.text) for route, message in self.office.messenger.delivered]
        mails = [(mail.to, mail.text) for mail in self.office.mailer.delivered]
        return [(to, [int(one) for one in text.split()]) for to, text in [*teams, *mails]]

    def read_the_post(self) -> None:
        """Count the digests that arrived today, and require that no notice ever arrived twice."""
        messages = self.messages()
        arrived = Counter(one for _, ids in messages for one in ids)
        assert max(arrived.values(), default=0) <= 1, "a notice arrived twice"
        digests = Counter(to for to, ids in messages if not self.urgent.issuperset(ids))
        new = digests - Counter({to: sum(self.digest_days[to, day] for day in self.days()) for to in digests})
        for to, number in new.items():
            self.digest_days[to, self.office.rules.today(self.now)] += number
        assert max(self.digest_days.values(), default=0) <= 1, "two digests on one day"

    def days(self) -> set[date]:
        return {day for _, day in self.digest_days}

    @invariant()
    def the_ledger_tells_the_truth(self) -> None:
        if not hasattr(self, "people"):
            return
        ids = {person.id for person in self.people}
        ledger = {one.id: one for one in self.run(self.office.notices()) if one.person_id in ids}
        arrived = {one for _, found in self.messages() for one in found}
        assert set(ledger) == self.owed, "a notice was lost"
        assert {one for one in ledger if ledger[one].state is NoticeState.SENT} <= arrived
        assert not {one for one in arrived if ledger[one].state in (NoticeState.DUE, NoticeState.RETRY)}

    def teardown(self) -> None:
        if hasattr(self, "people"):
            for _ in range(12):
                self.now = (self.now + timedelta(days=1)).replace(hour=9)
                self.run(self.office.deliver(self.now))
                self.read_the_post()
            self.the_ledger_tells_the_truth()
            ids = {person.id for person in self.people}
            left = [one for one in self.run(self.office.notices()) if one.person_id in ids and one.state in OPEN]
            assert left == [], "a notice stayed open for ever"
        self.run(self.office.database.close())
        self.runner.close()


def test_nothing_owed_is_lost_and_nothing_arrives_twice(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LedgerMachine, "url", database_url, raising=False)
    few = settings(max_examples=12, stateful_step_count=15, suppress_health_check=list(HealthCheck))

    run_state_machine_as_test(LedgerMachine, settings=few)
