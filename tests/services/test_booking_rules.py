"""Until when, for whom, after which course, with whose agreement, and never in two rooms at once."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from services import bookings
from services.errors import NotFound, ServiceError
from services.model import HAS_PLACE, BookingState, Person, Role, SessionState
from services.notices.planning import plan
from services.office import moving
from services.work import Database, Work
from tests.builders import confirm
from tests.services.desk import SOON
from tests.services.places_desk import PlacesDesk, a_course, open_desk

APPROVAL = {"manager_approval": confirm(True)}


async def attended(desk: PlacesDesk, person: Person, course: str, at: datetime) -> None:
    session = await desk.course_session(course, at)

    async def mark(work) -> None:  # type: ignore[no-untyped-def]
        await work.bookings.add(session_id=session.id, person_id=person.id, state="attended", booked_at=at)

    await desk.does(mark)


async def test_booking_closes_as_many_working_days_before_as_the_partnership_says(
    database: Database, now: datetime
) -> None:
    desk = open_desk(database, booking={"closes_working_days_before": confirm(3)})
    alice, bob = await desk.member("Alice"), await desk.member("Bob")
    wednesday = await desk.course_session("dsl-forum", now + timedelta(days=12))
    friday, monday = now + timedelta(days=7), now + timedelta(days=10)

    await desk.book(alice, wednesday, friday + timedelta(hours=10))
    with pytest.raises(ServiceError, match="booking-closed") as shown:
        await desk.book(bob, wednesday, monday)

    assert shown.value.params["day"] == friday.date()
    assert (await desk.book(alice, wednesday, monday)).repeated


async def test_a_session_that_the_office_keeps_open_takes_bookings_until_its_own_closing_day(
    database: Database, now: datetime
) -> None:
    desk = open_desk(database, booking={"closes_working_days_before": confirm(3)})
    alice, bob = await desk.member("Alice"), await desk.member("Bob")
    session = await desk.course_session("dsl-forum", now + timedelta(days=12))
    day_before = session.starts_at - timedelta(days=1)
    await desk.does(lambda work: work.sessions.change(session.id, closes_on=day_before.date()))

    assert (await desk.book(alice, session, day_before)).booking.state is BookingState.BOOKED
    with pytest.raises(ServiceError, match="booking-closed") as shown:
        await desk.book(bob, session, session.starts_at - timedelta(hours=1))
    assert shown.value.params["day"] == day_before.date()


async def test_an_offer_can_still_be_accepted_when_booking_has_closed(database: Database, now: datetime) -> None:
    desk = open_desk(database, booking={"closes_working_days_before": confirm(3)})
    alice, bob = await desk.member("Alice"), await desk.member("Bob")
    session = await desk.course_session("dsl-forum", now + timedelta(days=12), capacity=1)
    hers = await desk.book(alice, session, now)
    his = await desk.book(bob, session, now)
    closed = session.starts_at - timedelta(days=1)
    await desk.cancel(alice, hers.booking.id, closed)

    assert (await desk.accept(bob, his.booking.id, closed)).booking.state is BookingState.BOOKED


@pytest.mark.parametrize(("shift", "clashes"), [(-180, False), (-179, True), (0, True), (179, True), (180, False)])
async def test_nobody_is_booked_in_two_rooms_at_once(
    database: Database, now: datetime, shift: int, clashes: bool
) -> None:
    desk = open_desk(database, a_course("lado", title="Managing Allegations"))
    alice = await desk.member("Alice")
    first = await desk.course_session("lado", now + SOON)
    other = await desk.course_session("dsl-forum", now + SOON + timedelta(minutes=shift))
    await desk.book(alice, first, now)

    if not clashes:
        assert (await desk.book(alice, other, now)).booking.state is BookingState.BOOKED
        return
    with pytest.raises(ServiceError, match="booking-clash-you") as shown:
        await desk.book(alice, other, now)
    assert shown.value.params == {"course": "Managing Allegations", "day": first.starts_at.date()}


async def test_a_cancelled_booking_and_a_cancelled_session_are_no_clash(database: Database, now: datetime) -> None:
    desk = open_desk(database)
    alice = await desk.member("Alice")
    one, two, three = [await desk.course_session(f"c{number}", now + SOON) for number in range(3)]
    await desk.cancel(alice, (await desk.book(alice, one, now)).booking.id, now)
    await desk.book(alice, two, now)
    await desk.does(lambda work: work.sessions.change(two.id, state="cancelled"))

    assert (await desk.book(alice, three, now)).booking.state is BookingState.BOOKED


async def test_who_waits_for_one_session_may_take_another_and_then_not_the_first(
    database: Database, now: datetime
) -> None:
    desk = open_desk(database)
    alice, bob = await desk.member("Alice"), await desk.member("Bob")
    full, other = [await desk.course_session(f"c{n}", now + SOON, capacity=1) for n in range(2)]
    hers = await desk.book(alice, full, now)
    his = await desk.book(bob, full, now)
    await desk.cancel(alice, hers.booking.id, now)
    await desk.book(bob, other, now)

    with pytest.raises(ServiceError, match="booking-clash-you"):
        await desk.accept(bob, his.booking.id, now)

    assert await desk.state(bob, full) is BookingState.OFFERED


async def test_two_sessions_at_one_time_booked_at_the_same_moment_are_one_booking(
    database: Database, now: datetime
) -> None:
    desk = open_desk(database)
    alice = await desk.member("Alice")
    sessions = [await desk.course_session(f"c{number}", now + SOON) for number in range(6)]

    ended = await asyncio.gather(*(desk.book(alice, one, now) for one in sessions), return_exceptions=True)

    refused = [one.code for one in ended if isinstance(one, ServiceError)]
    assert (len(ended), refused) == (6, ["booking-clash-you"] * 5)


async def test_a_course_kept_to_a_role_is_not_for_others(database: Database, now: datetime) -> None:
    desk = open_desk(database, a_course(only_for="dsl", audience="Designated Safeguarding Leads"))
    alice, dora = await desk.member("Alice"), await desk.member("Dora", roles=[Role.DSL])
    session = await desk.course_session("dsl-forum", now + SOON)

    with pytest.raises(ServiceError, match="not-for-you") as shown:
        await desk.book(alice, session, now)

    assert shown.value.params["audience"] == "Designated Safeguarding Leads"
    assert (await desk.book(dora, session, now)).booking.state is BookingState.BOOKED


async def test_a_course_that_follows_another_asks_for_one_of_them(database: Database, now: datetime) -> None:
    desk = open_desk(database, a_course("advanced", after="introduction; basics"), a_course("introduction"))
    alice, bob = await desk.member("Alice"), await desk.member("Bob")
    session = await desk.course_session("advanced", now + SOON)
    await attended(desk, bob, "introduction", now - timedelta(days=90))

    with pytest.raises(ServiceError, match="needs-first-you") as shown:
        await desk.book(alice, session, now)

    assert shown.value.params == {"course": "Advanced", "first": "Introduction or basics"}
    assert (await desk.book(bob, session, now)).booking.state is BookingState.BOOKED


async def test_a_place_is_held_until_the_line_manager_agrees(database: Database, now: datetime) -> None:
    desk = open_desk(database, booking=APPROVAL)
    bob = await desk.member("Bob")
    alice = await desk.member("Alice", line_manager=bob)
    charlie = await desk.member("Charlie")
    session = await desk.course_session("dsl-forum", now + SOON, capacity=1)

    placed = await desk.book(alice, session, now)
    assert placed.booking.state is BookingState.AWAITING
    assert (await desk.book(charlie, session, now)).position == 1
    assert [one.person_id for one in await desk.notices("approval-asked")] == [bob.id]

    approve = bookings.approve
    first = await desk.does(lambda work: approve(work, bob, placed.booking.id, now=now))
    again = await desk.does(lambda work: approve(work, bob, placed.booking.id, now=now))
    assert (first.booking.state, first.repeated, again.repeated) == (BookingState.BOOKED, False, True)
    assert [one.person_id for one in await desk.notices("booking-news")] == [alice.id]
    assert (await desk.standing(session)).taken == 1
    assert len(await desk.trail("approved")) == 1


async def test_a_refusal_passes_the_place_on_and_is_never_late(database: Database, now: datetime) -> None:
    desk = open_desk(database, booking=APPROVAL | {"late_cancellation_charged": confirm(True)})
    bob = await desk.member("Bob")
    alice = await desk.member("Alice", line_manager=bob)
    charlie = await desk.member("Charlie", line_manager=bob)
    session = await desk.course_session("dsl-forum", now + timedelta(days=3), capacity=1)
    placed = await desk.book(alice, session, now)
    await desk.book(charlie, session, now)

    refuse = bookings.refuse_approval
    done = await desk.does(lambda work: refuse(work, bob, placed.booking.id, now=now, rules=desk.rules))
    again = await desk.does(lambda work: refuse(work, bob, placed.booking.id, now=now, rules=desk.rules))

    assert (done.booking.state, done.booking.late, again.repeated) == (BookingState.CANCELLED, False, True)
    assert (await desk.standing(session)).offered == [charlie.id]
    assert await desk.charges(placed.booking) == []
    accepted = await desk.accept(charlie, (await desk.booking(charlie, session)).id, now)
    assert accepted.booking.state is BookingState.AWAITING
    asked = [(one.person_id, one.subject_id) for one in await desk.notices("approval-asked")]
    assert asked == [(bob.id, placed.booking.id), (bob.id, accepted.booking.id)]


async def test_taking_an_offer_that_nobody_has_to_agree_to_asks_nobody_and_is_in_the_trail(
    database: Database, now: datetime
) -> None:
    desk = open_desk(database)
    alice = await desk.member("Alice")
    charlie = await desk.member("Charlie", line_manager=await desk.member("Bob"))
    session = await desk.course_session("dsl-forum", now + SOON, capacity=1)
    hers = await desk.book(alice, session, now)
    his = await desk.book(charlie, session, now)
    await desk.cancel(alice, hers.booking.id, now)

    for _ in range(2):
        await desk.accept(charlie, his.booking.id, now)

    assert await desk.notices("approval-asked") == []
    assert await desk.trail("accepted") == [(charlie.id, his.booking.id, {})]


async def test_only_the_line_manager_decides_and_for_others_it_looks_absent(database: Database, now: datetime) -> None:
    desk = open_desk(database, booking=APPROVAL)
    bob, charlie = await desk.member("Bob"), await desk.member("Charlie")
    alice = await desk.member("Alice", line_manager=bob)
    session = await desk.course_session("dsl-forum", now + SOON)
    placed = await desk.book(alice, session, now)

    for somebody in (charlie, alice):
        for booking_id in (placed.booking.id, placed.booking.id + 99):
            with pytest.raises(NotFound, match="booking-unknown"):
                await desk.does(lambda work, who=somebody, one=booking_id: bookings.approve(work, who, one, now=now))  # type: ignore[misc]

    assert await desk.state(alice, session) is BookingState.AWAITING


async def test_without_a_line_manager_the_partnership_manager_is_asked(database: Database, now: datetime) -> None:
    desk = open_desk(database, booking=APPROVAL)
    morgan = await desk.member("Morgan", agency=None, roles=[Role.MANAGER])
    gone = await desk.member("Gone", active=False)
    alice, bob = await desk.member("Alice"), await desk.member("Bob", line_manager=gone)
    session = await desk.course_session("dsl-forum", now + SOON)

    await desk.book(alice, session, now)
    await desk.book(bob, session, now)

    assert [one.person_id for one in await desk.notices("approval-asked")] == [morgan.id, morgan.id]


async def test_where_nobody_else_could_agree_the_place_is_theirs_at_once(database: Database, now: datetime) -> None:
    desk = open_desk(database, booking=APPROVAL)
    morgan = await desk.member("Morgan", roles=[Role.MANAGER])
    session = await desk.course_session("dsl-forum", now + SOON)

    assert (await desk.book(morgan, session, now)).booking.state is BookingState.BOOKED
    assert await desk.notices("approval-asked") == []


async def test_who_is_their_own_line_manager_is_agreed_to_by_the_partnership_manager(
    database: Database, now: datetime
) -> None:
    desk = open_desk(database, booking=APPROVAL)
    morgan = await desk.member("Morgan", agency=None, roles=[Role.MANAGER])
    pat = await desk.member("Pat")
    await desk.does(lambda work: work.people.change(pat.id, line_manager_id=pat.id))
    async with desk.database.reading() as work:
        found = await work.people.by_id(pat.id)
    assert found is not None
    placed = await desk.book(found, await desk.course_session("dsl-forum", now + SOON), now)

    await desk.does(lambda work: plan(work, desk.rules, now))

    assert [one.person_id for one in await desk.notices("approval-asked")] == [morgan.id]
    with pytest.raises(NotFound, match="booking-unknown"):
        await desk.does(lambda work: bookings.approve(work, found, placed.booking.id, now=now))
    done = await desk.does(lambda work: bookings.approve(work, morgan, placed.booking.id, now=now))
    assert done.booking.state is BookingState.BOOKED


async def test_a_course_may_ask_for_approval_or_not_whatever_the_partnership_says(
    database: Database, now: datetime
) -> None:
    desk = open_desk(
        database,
        a_course("asks", approval="yes"),
        a_course("free", approval="no"),
        booking={"manager_approval": confirm(False)},
    )
    alice = await desk.member("Alice", line_manager=await desk.member("Bob"))
    asks = await desk.course_session("asks", now + SOON)
    free = await desk.course_session("free", now + SOON + timedelta(days=1))

    assert (await desk.book(alice, asks, now)).booking.state is BookingState.AWAITING
    assert (await desk.book(alice, free, now)).booking.state is BookingState.BOOKED


async def test_a_place_nobody_agreed_to_ends_as_that_when_the_session_begins(database: Database, now: datetime) -> None:
    desk = open_desk(database, booking=APPROVAL)
    bob = await desk.member("Bob")
    alice = await desk.member("Alice", line_manager=bob)
    session = await desk.course_session("dsl-forum", now + SOON)
    placed = await desk.book(alice, session, now)
    end = bookings.end_unapproved

    assert await desk.does(lambda work: end(work, session.starts_at - timedelta(seconds=1))) == 0
    assert await desk.does(lambda work: end(work, session.starts_at)) == 1
    assert await desk.does(lambda work: end(work, session.starts_at)) == 0

    assert await desk.state(alice, session) is BookingState.NOT_APPROVED
    assert await desk.trail("not-approved-in-time") == [(None, placed.booking.id, {})]
    late = await desk.does(lambda work: bookings.approve(work, bob, placed.booking.id, now=session.starts_at))
    assert (late.booking.state, late.repeated) == (BookingState.NOT_APPROVED, True)


async def test_who_was_not_approved_in_time_can_book_again_when_the_session_is_put_on_a_later_day(
    database: Database, now: datetime
) -> None:
    desk = open_desk(database, booking=APPROVAL)
    alice = await desk.member("Alice", line_manager=await desk.member("Bob"))
    session = await desk.course_session("dsl-forum", now + SOON, capacity=1)
    await desk.book(alice, session, now)
    await desk.does(lambda work: bookings.end_unapproved(work, session.starts_at))
    later = session.starts_at + SOON
    await desk.does(lambda work: work.sessions.change(session.id, starts_at=later, ends_at=later + timedelta(hours=3)))

    again = await desk.book(alice, session, session.starts_at + timedelta(days=1))

    assert again.booking.state is BookingState.AWAITING
    assert (await desk.standing(session)).taken == 1


@pytest.mark.parametrize("way", ["overbooked", "changed to it", "sent by a colleague", "moved by the office"])
async def test_who_was_not_approved_in_time_has_one_place_and_not_two_however_they_come_back(
    database: Database, now: datetime, way: str
) -> None:
    desk = open_desk(database, a_course(kind="forum"), booking=APPROVAL)
    rules = desk.rules
    bob = await desk.member("Bob", roles=[Role.DSL, Role.TRAINER, Role.MANAGER])
    alice = await desk.member("Alice", line_manager=bob)
    session = await desk.course_session("dsl-forum", now + SOON)
    await desk.book(alice, session, now)
    begins, later = session.starts_at, session.starts_at + SOON
    await desk.does(lambda work: bookings.end_unapproved(work, begins))
    await desk.does(lambda work: work.sessions.change(session.id, starts_at=later, ends_at=later + timedelta(hours=3)))
    other = await desk.course_session("dsl-forum", later + timedelta(days=10))
    there = (await desk.book(alice, other, begins)).booking.id

    async def come_back(work: Work) -> None:
        if way == "overbooked":
            await bookings.overbook(work, bob, alice, session.id, reason="Needed", now=begins, rules=rules)
        elif way == "changed to it":
            await bookings.swap(work, alice, there, session.id, now=begins, rules=rules)
        elif way == "moved by the office":
            await moving.move(work, bob, there, session.id, now=begins, rules=rules)
        else:
            his = await bookings.book(work, bob, session.id, now=begins, rules=rules)
            await bookings.substitute(work, bob, his.booking.id, alice, now=begins, rules=rules)

    await desk.does(come_back)

    assert (await desk.booking(alice, session)).state in HAS_PLACE
    assert (await desk.standing(session)).taken == 1


async def test_nobody_is_shown_as_not_approved_in_time_for_a_session_that_did_not_take_place(
    database: Database, now: datetime
) -> None:
    desk = open_desk(database, booking=APPROVAL)
    alice = await desk.member("Alice", line_manager=await desk.member("Bob"))
    session = await desk.course_session("dsl-forum", now + SOON)
    await desk.book(alice, session, now)
    await desk.does(lambda work: bookings.end_unapproved(work, session.starts_at))
    assert len(await desk.does(lambda work: work.bookings.unapproved_of(alice.id, now))) == 1

    called_off = SessionState.CANCELLED.value
    await desk.does(lambda work: work.sessions.change(session.id, state=called_off))

    assert await desk.does(lambda work: work.bookings.unapproved_of(alice.id, now)) == []
