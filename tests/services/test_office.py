"""What the office does to sessions: once, in one step, told to everybody, and by nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from services import bookings, interests
from services.errors import NotAllowed, NotFound, ServiceError
from services.model import BookingState, NoticeState, Person, Role, Session, SessionState
from services.office import attendance, cancelling, filling, moving, running, writing
from services.office.cancelling import Reason
from services.office.running import Plan
from services.rulebook import Rulebook
from services.work import Database, Work
from tests.builders import IDENTIFYING, add_booking, add_person, add_session, confirm
from tests.services.harrow import harrow_rules
from tests.services.notices.office import Office
from tests.services.places_desk import a_course, rules_with

NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)
SOON = NOW + timedelta(days=30)
PLAN = Plan(date(2027, 6, 15), time(9, 30), time(12, 30), "", "https://example.org/j", "Tilda")


@pytest.fixture
def rules() -> Rulebook:
    return harrow_rules()


async def morgan(work: Work) -> Person:
    return await add_person(work, "Morgan", roles=[Role.MANAGER])


async def stands(work: Work, session: Session) -> tuple[int, dict[str, str]]:
    """Places taken, and everybody's state by name."""
    found = await work.sessions.by_id(session.id)
    assert found is not None
    people = await work.office.delegates_page(session.id, limit=99, states=[one.value for one in BookingState])
    return found.taken, {one.name: one.state.value for one in people}


async def told(work: Work, kind: str) -> list[int]:
    found = await work.notices.in_states(list(NoticeState), limit=1000)
    return sorted(one.person_id for one in found if one.kind == kind)


async def test_a_session_is_published_once_on_the_wall_clock(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        boss = await morgan(work)
        first = await running.create(work, boss, "dsl-forum", PLAN, capacity=12, now=NOW, rules=rules)
        again = await running.create(work, boss, "dsl-forum", PLAN, capacity=12, now=NOW, rules=rules)
        assert (first.session.id, first.repeated, again.session.id, again.repeated) == (
            again.session.id,
            False,
            first.session.id,
            True,
        )
        assert first.session.starts_at == datetime(2027, 6, 15, 8, 30, tzinfo=UTC)
        assert (first.session.mode, first.session.capacity) == ("online", 12)
        other = replace(PLAN, starts=time(14), ends=time(16))
        later = await running.create(work, boss, "dsl-forum", other, capacity=12, now=NOW, rules=rules)
        assert await work.sessions.by_ref("dsl-forum-20270615-2") == later.session


@pytest.mark.parametrize(
    ("plan", "capacity", "code"),
    [
        (replace(PLAN, ends=time(9)), 10, "session-ends-first"),
        (replace(PLAN, starts=time(1, 30)), 10, "session-small-hours"),
        (replace(PLAN, day=date(2027, 1, 14)), 10, "session-in-the-past"),
        (replace(PLAN, join_url="javascript:alert(1)"), 10, "session-bad-link"),
        (replace(PLAN, venue="x" * 201), 10, "answer-too-long"),
        (PLAN, 0, "session-bad-capacity"),
    ],
)
async def test_a_plan_that_cannot_be_is_refused(
    database: Database, rules: Rulebook, plan: Plan, capacity: int, code: str
) -> None:
    async with database.work() as work:
        with pytest.raises(ServiceError) as caught:
            await running.create(work, await morgan(work), "dsl-forum", plan, capacity=capacity, now=NOW, rules=rules)
        assert caught.value.code == code


async def test_a_new_time_is_told_once_to_everybody_who_is_on_it(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        boss = await morgan(work)
        session = (await running.create(work, boss, "dsl-forum", PLAN, capacity=1, now=NOW, rules=rules)).session
        for name in ("Alice", "Bob"):
            await bookings.book(work, await add_person(work, name), session.id, now=NOW, rules=rules)
        later = replace(PLAN, starts=time(10))
        ran = await running.change(work, boss, session.id, later, now=NOW, rules=rules)
        again = await running.change(work, boss, session.id, later, now=NOW, rules=rules)
        assert (ran.told, again.told, again.repeated) == (2, 0, True)
        only_trainer = replace(later, trainer="Somebody Else")
        assert (await running.change(work, boss, session.id, only_trainer, now=NOW, rules=rules)).told == 0


async def test_whose_place_was_not_approved_in_time_hears_of_a_new_day_and_of_nothing_else(
    database: Database, rules: Rulebook
) -> None:
    async with database.work() as work:
        boss = await morgan(work)
        session = (await running.create(work, boss, "dsl-forum", PLAN, capacity=9, now=NOW, rules=rules)).session
        place = (await bookings.book(work, await add_person(work), session.id, now=NOW, rules=rules)).booking
        await work.bookings.move(place, BookingState.NOT_APPROVED)  # a file put it on a later day since
        another_link = replace(PLAN, join_url="https://example.org/other")
        assert (await running.change(work, boss, session.id, another_link, now=NOW, rules=rules)).told == 0
        later = replace(another_link, day=PLAN.day + timedelta(days=7))
        assert (await running.change(work, boss, session.id, later, now=NOW, rules=rules)).told == 1


async def test_an_offer_does_not_outlive_a_session_that_is_brought_forward(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        boss, alice = await morgan(work), await add_person(work)
        session = (await running.create(work, boss, "dsl-forum", PLAN, capacity=1, now=NOW, rules=rules)).session
        first = (await bookings.book(work, alice, session.id, now=NOW, rules=rules)).booking
        for name in ("Bob", "Carol"):
            await bookings.book(work, await add_person(work, name), session.id, now=NOW, rules=rules)
        await bookings.cancel(work, alice, first.id, reason="", now=NOW, rules=rules)
        (offer,) = await work.bookings.on_session(session.id, [BookingState.OFFERED])
        tomorrow = replace(PLAN, day=(NOW + timedelta(days=1)).date())
        moved = (await running.change(work, boss, session.id, tomorrow, now=NOW, rules=rules)).session
        (shorter,) = await work.bookings.on_session(session.id, [BookingState.OFFERED])
        assert offer.offer_until is not None
        assert offer.offer_until > moved.starts_at
        assert shorter.offer_until == bookings.offer_deadline(moved, NOW, rules) < moved.starts_at
        await running.change(work, boss, session.id, PLAN, now=NOW, rules=rules)
        (kept,) = await work.bookings.on_session(session.id, [BookingState.OFFERED])
        assert kept.offer_until == shorter.offer_until, "none is made longer"


async def test_a_cancelled_session_frees_everybody_and_tells_them_once(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        boss = await morgan(work)
        session = await add_session(work, NOW + timedelta(days=1), capacity=1)
        other = await add_session(work, SOON)
        for name in ("Alice", "Bob"):
            await bookings.book(work, await add_person(work, name), session.id, now=NOW, rules=rules)
        called = await cancelling.cancel_session(work, boss, session.id, Reason.TOO_FEW, now=NOW)
        again = await cancelling.cancel_session(work, boss, session.id, Reason.WEATHER, now=NOW)
        assert (called.told, called.following, again.told, again.repeated) == (2, other, 0, True)
        assert await stands(work, session) == (0, {"Alice": "cancelled", "Bob": "cancelled"})
        found = await work.bookings.on_session(session.id, list(BookingState))
        assert not any(one.late for one in found)
        (row,) = await work.reports.cancelled(NOW, SOON)
        assert row.reason == "too-few-booked"
        assert await bookings.expire_offers(work, now=NOW, rules=rules) == 0


async def test_a_session_that_has_begun_is_not_cancelled(database: Database) -> None:
    async with database.work() as work:
        boss = await morgan(work)
        session = await add_session(work, NOW)
        with pytest.raises(ServiceError):
            await cancelling.cancel_session(work, boss, session.id, Reason.OTHER, now=NOW)


async def test_a_move_takes_the_place_there_and_gives_the_one_here_to_who_waits(
    database: Database, rules: Rulebook
) -> None:
    async with database.work() as work:
        boss = await morgan(work)
        here = await add_session(work, SOON, capacity=1)
        there = await add_session(work, SOON + timedelta(days=7), capacity=1)
        alice, bob = await add_person(work, "Alice"), await add_person(work, "Bob")
        placed = await bookings.book(work, alice, here.id, now=NOW, rules=rules)
        await bookings.book(work, bob, here.id, now=NOW, rules=rules)
        moved = await moving.move(work, boss, placed.booking.id, there.id, now=NOW, rules=rules)
        again = await moving.move(work, boss, placed.booking.id, there.id, now=NOW, rules=rules)
        assert (moved.booking.id, again.booking.id, again.repeated) == (again.booking.id, moved.booking.id, True)
        assert await stands(work, here) == (1, {"Alice": "cancelled", "Bob": "offered"})
        assert await stands(work, there) == (1, {"Alice": "booked"})
        left = await work.bookings.by_id(placed.booking.id)
        assert left is not None
        assert not left.late


async def test_who_is_moved_to_a_date_need_not_be_told_of_it(database: Database) -> None:
    rules = rules_with(a_course(kind="forum"))
    async with database.work() as work:
        boss = await morgan(work)
        here, there = await add_session(work, SOON), await add_session(work, SOON + timedelta(days=7))
        alice = await add_person(work, "Alice")
        booking = (await bookings.book(work, alice, here.id, now=NOW, rules=rules)).booking
        await interests.register(work, alice, here.course_id, now=NOW, rules=rules)
        await moving.move(work, boss, booking.id, there.id, now=NOW, rules=rules)
        assert await work.interests.on_course(here.course_id) == []


async def test_who_is_moved_there_and_back_and_there_again_is_told_each_time(
    database: Database, rules: Rulebook
) -> None:
    async with database.work() as work:
        boss = await morgan(work)
        here, there = await add_session(work, SOON), await add_session(work, SOON + timedelta(days=7))
        alice = await add_person(work, "Alice")
        booking = (await bookings.book(work, alice, here.id, now=NOW, rules=rules)).booking
        for hours, to in enumerate((there, here, there)):
            at = NOW + timedelta(hours=hours)
            booking = (await moving.move(work, boss, booking.id, to.id, now=at, rules=rules)).booking
        assert await told(work, "booking-moved") == [alice.id] * 3
        await work.commit()
    office = Office(database, rules)
    await office.deliver(NOW + timedelta(hours=2))
    moves = [one.state for one in await office.notices() if one.kind == "booking-moved"]
    assert sorted(moves) == [NoticeState.CANCELLED, NoticeState.CANCELLED, NoticeState.SENT]


async def test_nobody_is_moved_onto_a_full_session(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        boss = await morgan(work)
        here, full = await add_session(work, SOON), await add_session(work, SOON + timedelta(days=7), capacity=0)
        placed = await bookings.book(work, await add_person(work, "Alice"), here.id, now=NOW, rules=rules)
        with pytest.raises(ServiceError) as caught:
            await moving.move(work, boss, placed.booking.id, full.id, now=NOW, rules=rules)
        assert caught.value.code == "move-full"
        assert await stands(work, here) == (1, {"Alice": "booked"})


async def test_a_move_keeps_what_the_line_manager_has_still_to_say(database: Database) -> None:
    strict = rules_with(a_course(approval="yes"))
    async with database.work() as work:
        boss = await morgan(work)
        here, there = await add_session(work, SOON, capacity=1), await add_session(work, SOON + timedelta(days=7))
        alice, bob, charlie = [await add_person(work, name, line_manager=boss) for name in ("Alice", "Bob", "Charlie")]
        hers = await bookings.book(work, alice, here.id, now=NOW, rules=strict)
        queued = await bookings.book(work, bob, here.id, now=NOW, rules=strict)
        agreed = await bookings.book(
            work, charlie, (await add_session(work, SOON + timedelta(days=3))).id, now=NOW, rules=strict
        )
        await bookings.approve(work, boss, agreed.booking.id, now=NOW)
        later = NOW + timedelta(hours=1)
        for one in (queued, hers, agreed):
            await moving.move(work, boss, one.booking.id, there.id, now=later, rules=strict)
        awaiting = BookingState.AWAITING.value
        assert await stands(work, there) == (3, {"Alice": awaiting, "Bob": awaiting, "Charlie": "booked"})
        theirs = await work.bookings.of(alice.id, there.id)
        assert theirs is not None
        asked = [
            one for one in await work.notices.in_states(list(NoticeState), limit=99) if one.subject_id == theirs.id
        ]
        assert boss.id in [one.person_id for one in asked if one.kind == "approval-asked"]
        done = await bookings.approve(work, boss, theirs.id, now=later)
        assert done.booking.state is BookingState.BOOKED


async def test_nobody_is_moved_to_another_course_or_into_two_rooms(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        boss, alice = await morgan(work), await add_person(work, "Alice")
        here, there = await add_session(work, SOON), await add_session(work, SOON + timedelta(days=7))
        other = await add_session(work, there.starts_at + timedelta(hours=1))
        await work.sessions.change(other.id, course_id="introduction")
        placed = await bookings.book(work, alice, here.id, now=NOW, rules=rules)
        with pytest.raises(ServiceError, match="move-other-course"):
            await moving.move(work, boss, placed.booking.id, other.id, now=NOW, rules=rules)
        clashing = await bookings.book(work, alice, other.id, now=NOW, rules=rules)
        with pytest.raises(ServiceError, match="booking-clash-colleague"):
            await moving.move(work, boss, placed.booking.id, there.id, now=NOW, rules=rules)
        assert (await stands(work, here), await stands(work, there)) == ((1, {"Alice": "booked"}), (0, {}))
        await bookings.cancel(work, alice, clashing.booking.id, reason="Sickness", now=NOW, rules=rules)
        overlapping = await add_session(work, here.starts_at + timedelta(hours=1))
        await moving.move(work, boss, placed.booking.id, overlapping.id, now=NOW, rules=rules)
        assert await stands(work, overlapping) == (1, {"Alice": "booked"})


async def test_a_message_goes_to_each_person_once_and_never_names_anybody(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        boss = await morgan(work)
        session = await add_session(work, SOON, capacity=1)
        for name in ("Alice", "Bob"):
            await bookings.book(work, await add_person(work, name), session.id, now=NOW, rules=rules)

        async def write(text: str, *, waiting_too: bool = False) -> int:
            return await writing.write_to_delegates(
                work, boss, session.id, text, waiting_too=waiting_too, now=NOW, rules=rules
            )

        assert [
            await write("Bring a pen"),
            await write(" Bring a pen "),
            await write("Bring a pen", waiting_too=True),
        ] == [
            1,
            0,
            1,
        ]
        for words, code in (
            ("  ", "message-empty"),
            (IDENTIFYING, "answer-identifies"),
            ("x" * 1001, "answer-too-long"),
        ):
            with pytest.raises(ServiceError) as caught:
                await write(words)
            assert caught.value.code == code


@pytest.mark.parametrize("waiting_too", [False, True])
@pytest.mark.parametrize("state", [BookingState.ATTENDED, BookingState.AWAITING])
async def test_a_message_reaches_who_came_and_who_waits_for_their_line_manager(
    database: Database, rules: Rulebook, state: BookingState, waiting_too: bool
) -> None:
    async with database.work() as work:
        morgan = await add_person(work, "Morgan", roles=[Role.MANAGER])
        alice = await add_person(work, "Alice")
        session = await add_session(work, NOW + timedelta(days=4))
        booking = await add_booking(work, alice, session, NOW)
        await work.bookings.move(booking, state)
        told = await writing.write_to_delegates(
            work, morgan, session.id, "Slides", waiting_too=waiting_too, now=NOW, rules=rules
        )
    assert told == 1


async def test_only_who_wanted_the_course_and_never_came_is_invited_and_once(
    database: Database, rules: Rulebook
) -> None:
    async with database.work() as work:
        boss = await morgan(work)
        before = await add_session(work, NOW - timedelta(days=60))
        session = await add_session(work, SOON)
        states = {
            "Alice": BookingState.WAITING,
            "Bob": BookingState.CANCELLED,
            "Held": BookingState.NOT_APPROVED,
            "Came": BookingState.ATTENDED,
            "Booked": BookingState.CANCELLED,
        }
        people = {name: await add_person(work, name) for name in states}
        for name, state in states.items():
            await add_booking(work, people[name], before, NOW - timedelta(days=70), state=state)
        await bookings.book(work, people["Booked"], session.id, now=NOW, rules=rules)
        assert await filling.promote(work, boss, session.id, now=NOW) == 3
        assert await filling.promote(work, boss, session.id, now=NOW) == 0
        assert await told(work, "session-promoted") == sorted(people[name].id for name in ("Alice", "Bob", "Held"))


async def test_booking_is_kept_open_until_the_day(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        boss = await morgan(work)
        session = await add_session(work, SOON)
        days = [(await filling.extend(work, boss, session.id, now=NOW, rules=rules)).closes_on for _ in range(2)]
        assert days == [rules.today(SOON)] * 2


async def test_a_session_on_another_day_does_not_keep_the_closing_day_of_the_old_one(
    database: Database, rules: Rulebook
) -> None:
    async with database.work() as work:
        boss = await morgan(work)
        session = (await running.create(work, boss, "dsl-forum", PLAN, capacity=9, now=NOW, rules=rules)).session
        await filling.extend(work, boss, session.id, now=NOW, rules=rules)
        an_hour_later = replace(PLAN, starts=time(10, 30))
        same_day = await running.change(work, boss, session.id, an_hour_later, now=NOW, rules=rules)
        assert same_day.session.closes_on == PLAN.day
        month_later = replace(PLAN, day=PLAN.day + timedelta(days=30))
        moved = await running.change(work, boss, session.id, month_later, now=NOW, rules=rules)
        assert moved.session.closes_on is None
        between = datetime(2027, 6, 20, 9, tzinfo=UTC)
        placed = await bookings.book(work, await add_person(work, "Alice"), session.id, now=between, rules=rules)
        assert placed.booking.state is BookingState.BOOKED


async def test_attendance_is_marked_by_the_trainer_of_the_session_and_put_right(
    database: Database, rules: Rulebook
) -> None:
    async with database.work() as work:
        tilda = await add_person(work, "Tilda", roles=[Role.TRAINER])
        other = await add_person(work, "Otto", roles=[Role.TRAINER])
        session = await add_session(work, NOW - timedelta(hours=1))
        await work.sessions.change(session.id, trainer=" tilda ")
        alice, bob = await add_person(work, "Alice"), await add_person(work, "Bob")
        here = [await add_booking(work, one, session, NOW - timedelta(days=9)) for one in (alice, bob)]
        elsewhere = await add_booking(
            work, alice, await add_session(work, NOW - timedelta(hours=2)), NOW - timedelta(days=9)
        )
        marks = {here[0].id: True, here[1].id: False, elsewhere.id: True}
        register = await attendance.mark(work, tilda, session.id, marks, now=NOW, rules=rules)
        assert (register.attended, register.absent, register.unmarked, register.changed) == (1, 1, 0, 2)
        again = await attendance.mark(work, tilda, session.id, marks, now=NOW, rules=rules)
        assert again.changed == 0
        left_alone = await work.bookings.by_id(elsewhere.id)
        assert left_alone is not None
        assert left_alone.state is BookingState.BOOKED
        wrong_way_round = {here[0].id: False, here[1].id: True}
        righted = await attendance.mark(work, tilda, session.id, wrong_way_round, now=NOW, rules=rules)
        assert (righted.attended, righted.absent, righted.changed) == (1, 1, 2)
        owed = await work.evaluations.of_bookings([one.id for one in here])
        assert {booking: len(found) for booking, found in owed.items()} == {here[1].id: 2}
        with pytest.raises(NotFound):
            await attendance.mark(work, other, session.id, marks, now=NOW, rules=rules)


async def test_who_came_is_marked_though_the_line_manager_never_answered(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        boss = await morgan(work)
        session = await add_session(work, NOW - timedelta(hours=1))
        waits = BookingState.AWAITING
        alice, bob, charlie = [
            await add_booking(work, await add_person(work, name), session, NOW - timedelta(days=9), state=waits)
            for name in ("Alice", "Bob", "Charlie")
        ]
        register = await attendance.mark(work, boss, session.id, {alice.id: True, bob.id: False}, now=NOW, rules=rules)
        assert (register.attended, register.absent, register.unmarked, register.changed) == (1, 1, 1, 2)
        owed = await work.evaluations.of_bookings([alice.id, bob.id, charlie.id])
        assert {booking: len(found) for booking, found in owed.items()} == {alice.id: 2}
        (held,) = await work.reports.held(NOW - timedelta(days=1), NOW)
        assert (held.attended, held.not_attended, held.unmarked) == (1, 1, 1)


async def test_who_was_not_approved_in_time_is_marked_if_they_came_and_is_never_absent(
    database: Database, rules: Rulebook
) -> None:
    async with database.work() as work:
        boss = await morgan(work)
        session = await add_session(work, NOW - timedelta(hours=1))
        ended = BookingState.NOT_APPROVED
        alice, bob = [
            await add_booking(work, await add_person(work, name), session, NOW - timedelta(days=9), state=ended)
            for name in ("Alice", "Bob")
        ]
        register = await attendance.mark(work, boss, session.id, {alice.id: True, bob.id: False}, now=NOW, rules=rules)
        assert (register.attended, register.absent, register.unmarked, register.changed) == (1, 0, 0, 1)
        owed = await work.evaluations.of_bookings([alice.id, bob.id])
        assert {booking: len(found) for booking, found in owed.items()} == {alice.id: 2}


async def test_who_was_not_approved_in_time_and_ticked_by_mistake_is_not_absent_once_that_is_put_right(
    database: Database,
) -> None:
    charged = rules_with(a_course(kind="forum"), booking={"no_show_charged": confirm(True)})
    async with database.work() as work:
        boss = await morgan(work)
        session = await add_session(work, NOW - timedelta(hours=1))
        alice = await add_person(work, "Alice")
        held = await add_booking(work, alice, session, NOW - timedelta(days=9), state=BookingState.AWAITING)
        await bookings.end_unapproved(work, NOW)
        await attendance.mark(work, boss, session.id, {held.id: True}, now=NOW, rules=charged)

        righted = await attendance.mark(work, boss, session.id, {held.id: False}, now=NOW, rules=charged)
        again = await attendance.mark(work, boss, session.id, {held.id: False}, now=NOW, rules=charged)

        assert (righted.attended, righted.absent, righted.changed, again.changed) == (0, 0, 1, 0)
        found = await work.bookings.by_id(held.id)
        assert found is not None
        assert found.state is BookingState.NOT_APPROVED
        assert await work.charges.due(9) == []
        assert await work.evaluations.of_bookings([held.id]) == {}


async def test_nobody_is_marked_before_the_session_begins(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        boss = await morgan(work)
        session = await add_session(work, NOW + timedelta(minutes=1))
        with pytest.raises(ServiceError) as caught:
            await attendance.mark(work, boss, session.id, {1: True}, now=NOW, rules=rules)
        assert caught.value.code == "session-not-begun"


async def test_only_the_office_may(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        session = await add_session(work, SOON)
        for roles in ([], [Role.DSL], [Role.TRAINER]):
            person = await add_person(work, f"P{len(roles)}{roles}", roles=roles, email=False)
            with pytest.raises(NotAllowed):
                await running.create(work, person, "dsl-forum", PLAN, capacity=9, now=NOW, rules=rules)
            with pytest.raises(NotAllowed):
                await running.change(work, person, session.id, PLAN, now=NOW, rules=rules)
            with pytest.raises(NotAllowed):
                await cancelling.cancel_session(work, person, session.id, Reason.OTHER, now=NOW)
            with pytest.raises(NotAllowed):
                await moving.move(work, person, 1, session.id, now=NOW, rules=rules)
            with pytest.raises(NotAllowed):
                await filling.promote(work, person, session.id, now=NOW)
            with pytest.raises(NotFound):
                await writing.write_to_delegates(work, person, session.id, "Hello", now=NOW, rules=rules)
        found = await work.sessions.by_id(session.id)
        assert found is not None
        assert found.state is SessionState.OPEN
