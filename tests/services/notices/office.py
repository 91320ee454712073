"""The partnership office: it plans what is owed and sends postmen out, with carriers that can be told to fail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import count

from services.model import Attempt, Notice, NoticeState, Owed, Person, Role
from services.notices.delivery import Counts, Postman
from services.notices.planning import plan
from services.notices.preparing import Render
from services.notices.subjects import Subject
from services.ports import Message
from services.rulebook import Rulebook
from services.work import Database
from tests.builders import add_item, add_person
from tests.fakes import FakeMailer, FakeMessenger, plain_words

ACTION = "action-item"
_refs = count(1)


def name_them(person: Person, pairs: Sequence[tuple[Notice, Subject]], now: datetime) -> Message:
    """A message that is nothing but the ids of its notices."""
    return Message(" ".join(str(notice.id) for notice, _ in pairs), summary="owed")


@dataclass
class Office:
    database: Database
    rules: Rulebook
    messenger: FakeMessenger = field(default_factory=FakeMessenger)
    mailer: FakeMailer = field(default_factory=FakeMailer)
    render: Render = plain_words

    def postman(
        self,
        name: str = "postman",
        *,
        people_per_round: int = 25,
        rounds_at_once: int = 1,
        ignore_quiet: bool = False,
    ) -> Postman:
        """A postman whose clock stands still while he works, so that moments in a test are exact."""
        return Postman(
            self.database,
            self.rules,
            self.render,
            self.messenger,
            self.mailer,
            name,
            people_per_round=people_per_round,
            rounds_at_once=rounds_at_once,
            ignore_quiet=ignore_quiet,
            elapsed=lambda: 0.0,
        )

    async def plan(self, now: datetime) -> int:
        async with self.database.work() as work:
            new = await plan(work, self.rules, now)
            await work.commit()
        return new

    async def deliver(self, now: datetime) -> Counts:
        return await self.postman().deliver_due(now)

    async def deliver_without_mail(self, now: datetime) -> Counts:
        return await replace(self.postman(), mailer=None).deliver_due(now)

    async def plan_and_deliver(self, now: datetime) -> Counts:
        await self.plan(now)
        return await self.deliver(now)

    async def person(
        self,
        name: str,
        *,
        roles: Iterable[Role] = (),
        line_manager: Person | None = None,
        email: bool = True,
        in_teams: bool = True,
    ) -> Person:
        async with self.database.work() as work:
            person = await add_person(
                work, name, roles=roles, line_manager=line_manager, email=email, in_teams=in_teams
            )
            await work.commit()
        return person

    async def owe(self, person: Person, due_at: datetime, *, urgent: bool = False, due_on: date | None = None) -> int:
        """Owe somebody one notice of an action item of theirs. Returns the notice's id."""
        due_on = due_on or self.rules.today(due_at)
        async with self.database.work() as work:
            item = await add_item(work, f"X-{next(_refs)}", owner=person, due_on=due_on)
            owed = Owed(ACTION, item.id, f"due-day:{due_on}", person.id, due_at=due_at, urgent=urgent)
            assert await work.notices.owe(owed, due_at)
            await work.commit()
            found = await work.notices.in_states([NoticeState.DUE], limit=1000)
        return next(one.id for one in found if one.subject_id == item.id)

    async def notices(self) -> list[Notice]:
        """The whole ledger, oldest first; what fell due together, person by person."""
        async with self.database.reading() as work:
            found = await work.notices.in_states(list(NoticeState), limit=10_000)
        return sorted(found, key=lambda one: (one.due_at, one.person_id, one.kind, one.subject_id, one.step))

    async def notice(self, notice_id: int) -> Notice:
        return next(one for one in await self.notices() if one.id == notice_id)

    async def state(self, notice_id: int) -> NoticeState:
        return (await self.notice(notice_id)).state

    async def attempts(self, notice_id: int) -> list[Attempt]:
        async with self.database.reading() as work:
            return await work.attempts.of(notice_id)

    async def ledger(self) -> list[str]:
        """The ledger in words, oldest first: `kind step person-id state`."""
        return [
            f"{one.kind} {one.step.partition(':')[0]} {one.person_id} {one.state.value}" for one in await self.notices()
        ]
