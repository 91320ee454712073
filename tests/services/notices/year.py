"""A year of Harrow: its sessions, evaluations and items, what people do about them, and a sweep twice a day."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from scheduler.jobs import sweep
from services.bookings import record_attendance
from services.model import ActionState, BookingState, EvaluationKind, Person, Role
from services.work import Work
from tests.builders import add_booking, add_item, add_person, add_session
from tests.services.notices import oracle
from tests.services.notices.office import Office
from tests.services.notices.oracle import DAY, LONDON, Sent

SWEEPS = (time(8, 35), time(16, 0))
NEWS = {"certificate", "certificate-letter"}
"""Told because somebody answered, and not because a ladder climbed: proved where certificates are."""
Deed = Callable[[Work], Awaitable[None]]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment on London's wall clock."""
    return datetime.combine(day, time(hour, minute), tzinfo=LONDON)


def _marked(ends: datetime) -> datetime:
    """When attendance is recorded: at noon of the next day, after the office was asked if that is a working day."""
    return at(ends.date() + DAY, 12)


@dataclass
class Year:
    """The facts, told twice: to the product as they happen, and to the oracle as a list."""

    office: Office
    first: date
    last: date
    dice: random.Random = field(default_factory=lambda: random.Random(2027))
    chases: list[oracle.Chase] = field(default_factory=list)
    impact: list[oracle.Evaluation] = field(default_factory=list)
    """Those of the chases that are impact evaluations."""
    diary: list[tuple[datetime, int, Deed]] = field(default_factory=list)

    def happens(self, moment: datetime, deed: Deed) -> None:
        self.diary.append((moment, len(self.diary), deed))

    async def people(self, count: int) -> tuple[list[Person], Person, Person]:
        """Practitioners, the line manager of all of them, and the partnership manager."""
        async with self.office.database.work() as work:
            boss = await add_person(work, "Boss")
            manager = await add_person(work, "Manager", roles=[Role.MANAGER])
            staff = [await add_person(work, f"Person{n}", line_manager=boss) for n in range(count)]
            await work.commit()
        return staff, boss, manager

    async def fill(self, *, sessions: int, items: int) -> None:
        """Spread sessions and items over the year, and what people will do."""
        staff, boss, manager = await self.people(12)
        span = (self.last - self.first).days
        for nth in range(sessions):
            day = oracle.forwards(self.first + DAY * (10 + nth * (span - 20) // sessions))
            await self._session(nth, day, self.dice.sample(staff, 4), boss, manager)
        for nth in range(items):
            due = self.first + DAY * (5 + nth * (span - 20) // items)
            await self._item(nth, due, self.dice.sample(staff, 2), boss, manager)
        self.chases += [oracle.Weekly(manager.name), oracle.Missing(self.impact, manager.name)]
        self.chases += [oracle.Review(number, manager.name) for number in range(1, oracle.REVIEWERS + 1)]
        await self._unowned(at(self.first + DAY * 23, 12), at(self.first + DAY * 50, 12), manager, staff[0])

    async def _session(self, nth: int, day: date, delegates: list[Person], boss: Person, manager: Person) -> None:
        begins, ends = (at(day, 9, 30), at(day, 12, 30)) if nth % 2 else (at(day, 13, 30), at(day, 16, 30))
        async with self.office.database.work() as work:
            session = await add_session(work, begins, hours=3, ref=f"s{nth}")
            await work.commit()
        self.chases.append(oracle.TooFew(session.id, begins, manager.name))
        self.chases.append(oracle.Register(session.id, ends, _marked(ends), manager.name))
        for who, delegate in enumerate(delegates):
            # Some book after the first reminder would have gone out.
            booked = at(day - DAY * (5 if who == 3 else 20), 12)
            self._booking(delegate, boss, session.id, begins, ends, booked, gives_up=who == 2)

    def _booking(
        self, delegate: Person, boss: Person, session_id: int, begins: datetime, ends: datetime, booked: datetime,
        *, gives_up: bool,
    ) -> None:  # fmt: skip
        seen = oracle.Booking(0, delegate.name, boss.name, begins, booked, begins - DAY * 3 if gives_up else None)
        marked = _marked(ends)
        forms = [
            oracle.Evaluation(kind, 0, delegate.name, boss.name, ends, marked)
            for kind in ("course-evaluation", "impact-evaluation")
        ]

        async def book(work: Work) -> None:
            session = await work.sessions.by_id(session_id)
            assert session is not None
            seen.number = (await add_booking(work, delegate, session, booked)).id
            self.chases.append(seen)

        async def give_up(work: Work) -> None:
            booking = await work.bookings.by_id(seen.number)
            assert booking is not None
            assert await work.bookings.move(booking, BookingState.CANCELLED)

        async def mark(work: Work) -> None:
            booking = await work.bookings.by_id(seen.number)
            assert booking is not None
            await record_attendance(work, booking, attended=True, at=marked, rules=self.office.rules)
            owed = await work.evaluations.open_of(delegate.id, date.max)
            for form in forms:
                kind = EvaluationKind(form.kind.removesuffix("-evaluation"))
                form.number = next(one.id for one in owed if one.booking_id == booking.id and one.kind is kind)
            self.chases.extend(forms)
            self.impact.append(forms[1])

        self.happens(booked, book)
        if gives_up:
            self.happens(begins - DAY * 3, give_up)
            return
        self.happens(marked, mark)
        for form, most in zip(forms, (12, 70), strict=True):
            self._maybe_answered(form, self.dice.randint(2, most))

    def _maybe_answered(self, form: oracle.Evaluation, after: int) -> None:
        if self.dice.random() < 0.3:
            return
        form.answered = at(form.ended.date() + DAY * after, 12)

        async def answer(work: Work) -> None:
            assert form.answered is not None
            assert await work.evaluations.answer(form.number, {"used": "Yes"}, form.answered)

        self.happens(form.answered, answer)

    async def _item(self, nth: int, due: date, owners: list[Person], boss: Person, manager: Person) -> None:
        known = at(self.first, 7)
        async with self.office.database.work() as work:
            item = await add_item(work, f"I-{nth}", owner=owners[0], due_on=due)
            await work.commit()
        done = at(due + DAY * self.dice.randint(-20, 60), 12)
        seen = oracle.Item(item.id, [(known, owners[0].name, boss.name)], due, manager.name, done)
        self.chases.append(seen)

        async def do(work: Work) -> None:
            assert await work.actions.change_open(item.id, state=ActionState.DONE.value)

        self.happens(max(done, known), do)
        if nth % 4 == 0:
            # The role passes to somebody else in mid-chase, and the chase follows it.
            moved = at(due + DAY * 9, 12)
            seen.owners.append((moved, owners[1].name, boss.name))

            async def move(work: Work) -> None:
                await work.actions.change_open(item.id, owner_id=owners[1].id)

            self.happens(moved, move)

    async def _unowned(self, since: datetime, until: datetime, manager: Person, owner: Person) -> None:
        self.chases.append(oracle.Unowned(since, until, manager.name))
        ids: list[int] = []

        async def appear(work: Work) -> None:
            ids.append((await add_item(work, "U-1")).id)

        async def be_owned(work: Work) -> None:
            assert await work.actions.change_open(ids[0], state=ActionState.CLOSED.value)

        self.happens(since, appear)
        self.happens(until, be_owned)

    def sweeps(self) -> Iterator[datetime]:
        """The moments of the sweeps, on the wall clock."""
        for number in range((self.last - self.first).days + 1):
            yield from (datetime.combine(self.first + DAY * number, one, tzinfo=LONDON) for one in SWEEPS)

    async def live(self, until: datetime) -> None:
        """Let everything happen that happens before `until`."""
        self.diary.sort(key=lambda one: one[:2])
        while self.diary and self.diary[0][0] < until:
            async with self.office.database.work() as work:
                await self.diary.pop(0)[2](work)
                await work.commit()

    async def sweep(self, moment: datetime) -> set[Sent]:
        """One sweep of the product. Returns what it sent."""
        before = len(self.office.messenger.delivered)
        await sweep(self.office.database, self.office.rules, self.office.postman(), moment.astimezone(UTC))
        sent: set[Sent] = set()
        for route, message in self.office.messenger.delivered[before:]:
            who = (route.conversation_id or "").removeprefix("a:").capitalize()
            for line in message.text.splitlines():
                kind, subject, step = line.split()
                if kind in NEWS:
                    continue
                told = (kind, int(subject), step, who, moment.date())
                assert told not in sent, f"twice: {told}"
                sent.add(told)
        return sent
