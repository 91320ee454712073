"""Any order of what can happen to a place keeps the promises of design.md section 6.

Booked, waited for, offered, accepted, run out, cancelled, handed to a colleague, overbooked, agreed or not by the line
manager, more or fewer places, the session cancelled and opened again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import ClassVar, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from services import bookings
from services.bookings import Placed
from services.errors import ServiceError
from services.model import (
    ACTIVE,
    HAS_PLACE,
    HOLDS_PLACE,
    Booking,
    BookingState,
    ChargeKind,
    Person,
    Role,
    Session,
    SessionState,
)
from services.work import Database, Work
from tests.builders import add_person, add_session, confirm
from tests.services.places_desk import PlacesDesk, a_course, rules_with

T = TypeVar("T")
PEOPLE = st.integers(0, 4)
CHARGED = {"late_cancellation_charged": confirm(True), "no_show_charged": confirm(True)}
BEGINS = datetime(2027, 3, 1, 10, tzinfo=UTC)
_numbers = count(1)


@dataclass(frozen=True)
class Facts:
    """The session and everybody's booking on it, read in one go."""

    session: Session
    bookings: dict[int, Booking]

    def people_in(self, *states: BookingState) -> list[int]:
        return [one.person_id for one in self.bookings.values() if one.state in states]


class BookingMachine(RuleBasedStateMachine):
    """Five people and one session on a real database. `queue` is what the test thinks the waiting list is."""

    url: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        database = Database.open(self.url)
        self.desk = PlacesDesk(database, rules_with(a_course(approval="no"), booking=CHARGED))
        self.strict = PlacesDesk(database, rules_with(a_course(approval="yes"), booking=CHARGED))
        """The same desk where a line manager has to agree."""
        self.now = datetime(2027, 2, 1, 9, tzinfo=UTC)
        self.queue: list[int] = []
        self.most = 0
        self.swept = True

    def run(self, step: Coroutine[object, object, T]) -> T:
        return self.runner.run(step)

    def outcome(self, step: Coroutine[object, object, T]) -> T | str:
        """What came back, or the code of the refusal."""
        try:
            return self.run(step)
        except ServiceError as refusal:
            return refusal.code

    @initialize(capacity=st.integers(1, 2), bookers=st.integers(0, 4))
    def open_session(self, capacity: int, bookers: int) -> None:
        self.run(self._open(next(_numbers), capacity))
        for who in range(bookers):
            self.book(who)

    async def _open(self, number: int, capacity: int) -> None:
        async with self.desk.database.work() as work:
            self.boss = await add_person(work, f"B{number}", roles=[Role.MANAGER], in_teams=False)
            names = [f"P{number}-{n}" for n in range(5)]
            self.people: list[Person] = [
                await add_person(work, name, line_manager=self.boss, in_teams=False) for name in names
            ]
            self.session = await add_session(work, BEGINS, capacity=capacity, ref=f"model-{number}")
            await work.commit()

    def facts(self) -> Facts:
        return self.run(self._facts())

    async def _facts(self) -> Facts:
        async with self.desk.database.reading() as work:
            session = await work.sessions.by_id(self.session.id)
            rows = await work.bookings.on_session(self.session.id, list(BookingState))
        assert session is not None
        return Facts(session, {one.person_id: one for one in rows})

    def follow_offers(self) -> None:
        """Whoever is offered a place left the queue, and must have stood at its head."""
        offered = self.facts().people_in(BookingState.OFFERED)
        while self.queue and self.queue[0] in offered:
            self.queue.pop(0)
        assert not set(self.queue) & set(offered), "somebody was offered a place out of turn"

    @property
    def begun(self) -> bool:
        return self.now >= BEGINS

    @property
    def cancelled(self) -> bool:
        return self.facts().session.state is SessionState.CANCELLED

    def require_over(self, code: str) -> None:
        """A refusal that is right only once the session has begun or was cancelled."""
        expected = "session-cancelled" if self.cancelled else "session-begun"
        assert (code, self.begun or self.cancelled) == (expected, True)

    @rule(who=PEOPLE, approval=st.booleans())
    def book(self, who: int, approval: bool = False) -> None:
        person = self.people[who]
        before = self.facts().bookings.get(person.id)
        desk = self.strict if approval else self.desk
        placed = self.outcome(desk.book(person, self.session, self.now))
        if isinstance(placed, str):
            self.require_over(placed)
            return
        active = before is not None and before.state in ACTIVE
        assert (placed.repeated, self.begun) == (active, False)
        assert active or not self.queue or placed.booking.state is BookingState.WAITING, "somebody jumped the queue"
        if placed.booking.state is BookingState.WAITING:
            if not active:
                self.queue.append(person.id)
            assert placed.position == self.queue.index(person.id) + 1

    def one_of(self, which: int, *states: BookingState) -> Booking | None:
        """One of the bookings in these states; any other if there is none."""
        found = self.facts().bookings.values()
        wanted = [one for one in found if one.state in states] or list(found)
        return wanted[which % len(wanted)] if wanted else None

    def owner(self, booking: Booking) -> Person:
        return next(person for person in self.people if person.id == booking.person_id)

    @rule(which=PEOPLE)
    def cancel(self, which: int) -> None:
        """Give a place back, decline an offer, or leave the waiting list."""
        booking = self.one_of(which, *ACTIVE)
        if booking is None:
            return
        placed = self.outcome(self.desk.cancel(self.owner(booking), booking.id, self.now))
        if isinstance(placed, str):
            assert (placed, self.begun) == ("session-begun", True)
            return
        assert placed.booking.state is BookingState.CANCELLED
        if placed.booking.late and not placed.repeated:
            assert booking.state in HAS_PLACE, "only a place that somebody had is given back late"
            kinds = [one.kind for one in self.run(self.desk.charges(placed.booking))]
            assert kinds == [ChargeKind.LATE_CANCELLATION]
        if booking.person_id in self.queue:
            self.queue.remove(booking.person_id)
        self.follow_offers()

    @rule(which=PEOPLE)
    def accept(self, which: int) -> None:
        booking = self.one_of(which, BookingState.OFFERED)
        if booking is None:
            return
        placed = self.outcome(self.desk.accept(self.owner(booking), booking.id, self.now))
        if isinstance(placed, str):
            stood = booking.state is BookingState.OFFERED and not self.begun and not booking.offer_over(self.now)
            assert (placed, stood and not self.cancelled) in (("offer-over", False), ("session-cancelled", False))
            return
        assert placed.booking.state in HAS_PLACE
        assert placed.repeated == (booking.state in HAS_PLACE)

    @rule(which=PEOPLE, agreed=st.booleans())
    def the_line_manager_answers(self, which: int, agreed: bool) -> None:
        booking = self.one_of(which, BookingState.AWAITING)
        if booking is None:
            return

        async def answer(work: Work) -> Placed:
            if agreed:
                return await bookings.approve(work, self.boss, booking.id, now=self.now)
            rules = self.desk.rules
            return await bookings.refuse_approval(work, self.boss, booking.id, now=self.now, rules=rules)

        placed = self.outcome(self.desk.does(answer))
        if isinstance(placed, str):
            self.require_over(placed)
            return
        if booking.state is BookingState.AWAITING:
            assert placed.booking.state is (BookingState.BOOKED if agreed else BookingState.CANCELLED)
        else:
            assert placed.repeated
        self.follow_offers()

    @rule(which=PEOPLE, who=PEOPLE)
    def send_a_colleague_instead(self, which: int, who: int) -> None:
        booking, colleague = self.one_of(which, *HAS_PLACE), self.people[who]
        if booking is None:
            return
        before = self.facts()
        theirs = before.bookings.get(colleague.id)

        async def hand_on(work: Work) -> Placed:
            actor, rules = self.owner(booking), self.desk.rules
            return await bookings.substitute(work, actor, booking.id, colleague, now=self.now, rules=rules)

        placed = self.outcome(self.desk.does(hand_on))
        if isinstance(placed, str):
            possible = booking.state in HAS_PLACE and (theirs is None or theirs.state not in HAS_PLACE)
            assert not possible or self.begun or self.cancelled, placed
            return
        if placed.repeated:
            return
        after = self.facts()
        assert colleague.id in after.people_in(BookingState.BOOKED)
        assert after.bookings[booking.person_id].state is BookingState.CANCELLED
        assert not after.bookings[booking.person_id].late
        if colleague.id in self.queue:
            self.queue.remove(colleague.id)
        self.follow_offers()

    @rule(who=PEOPLE)
    def the_office_lets_one_more_in(self, who: int) -> None:
        person = self.people[who]

        async def let_in(work: Work) -> Placed:
            return await bookings.overbook(
                work, self.boss, person, self.session.id, reason="Needed", now=self.now, rules=self.desk.rules
            )

        placed = self.outcome(self.desk.does(let_in))
        if isinstance(placed, str):
            self.require_over(placed)
            return
        assert placed.booking.state in HAS_PLACE
        if person.id in self.queue:
            self.queue.remove(person.id)
        self.most = max(self.most, placed.session.taken)

    @rule(opened=st.booleans())
    def the_office_cancels_or_opens_the_session(self, opened: bool) -> None:
        state = SessionState.OPEN if opened else SessionState.CANCELLED
        self.run(self.desk.does(lambda work: work.sessions.change(self.session.id, state=state.value)))
        self.swept = False

    @rule(hours=st.sampled_from([1, 5, 24, 73, 240]))
    @precondition(lambda self: self.now < BEGINS + timedelta(days=1))
    def time_passes_and_the_sweep_runs(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.run(self.desk.expire(self.now))
        self.swept = True
        self.follow_offers()

    @rule(capacity=st.integers(0, 3))
    def the_office_changes_the_number_of_places(self, capacity: int) -> None:
        taken = self.facts().session.taken

        async def change(work: Work) -> Session:
            actor, rules = self.boss, self.desk.rules
            return await bookings.change_capacity(
                work, self.session.id, capacity, actor=actor, now=self.now, rules=rules
            )

        changed = self.outcome(self.desk.does(change))
        if changed == "capacity-below-taken":
            assert capacity < taken
        elif isinstance(changed, str):
            self.require_over(changed)
        else:
            assert changed.capacity == capacity
            self.follow_offers()

    @rule(capacity=st.integers(0, 3))
    def the_number_of_places_changes_behind_our_back(self, capacity: int) -> None:
        self.run(self.desk.does(lambda work: work.sessions.change(self.session.id, capacity=capacity)))
        self.swept = False

    @invariant()
    def promises_hold(self) -> None:
        if not hasattr(self, "session"):
            return
        facts = self.facts()
        session, holders = facts.session, facts.people_in(*HOLDS_PLACE)
        # The office may take places away; nothing else may fill a session beyond its capacity.
        self.most = max(session.capacity, min(self.most, session.taken))
        assert session.taken <= self.most
        assert session.taken == len(holders)
        waiting = [one.person_id for one in facts.bookings.values() if one.state is BookingState.WAITING]
        assert waiting == self.queue
        over = self.begun or session.state is SessionState.CANCELLED
        assert over or not self.swept or not waiting or session.taken >= session.capacity, "a place stands free"
        for person_id in holders:
            booking = facts.bookings[person_id]
            assert (booking.offer_until is not None) == (booking.state is BookingState.OFFERED)
            assert booking.offer_until is None or booking.offer_until < BEGINS

    def teardown(self) -> None:
        self.run(self.desk.database.close())
        self.runner.close()


def test_any_order_of_events_keeps_the_promises(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BookingMachine, "url", database_url, raising=False)
    few = settings(max_examples=30, stateful_step_count=40, suppress_health_check=list(HealthCheck))

    run_state_machine_as_test(BookingMachine, settings=few)
