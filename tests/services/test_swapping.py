"""Another date instead of the one that is held: both or neither, whoever races for the last place."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from services import bookings
from services.bookings import SWAPPED, Swapped
from services.errors import NotFound, ServiceError
from services.model import BookingState, ChargeKind, Person, Role, Session
from services.work import Database
from tests.builders import confirm
from tests.services.desk import SOON
from tests.services.places_desk import PlacesDesk, a_course, open_desk


async def swap(
    desk: PlacesDesk, person: Person, held: Session, to: Session, now: datetime, *, by: Person | None = None
) -> Swapped:
    booking = await desk.booking(person, held)
    return await desk.does(
        lambda work: bookings.swap(work, person, booking.id, to.id, now=now, rules=desk.rules, by=by)
    )


@pytest.fixture
def desk(database: Database) -> PlacesDesk:
    return open_desk(database, a_course(), a_course("lado"))


async def two_dates(desk: PlacesDesk, now: datetime, *, first: int = 5, second: int = 5) -> tuple[Session, Session]:
    at = [now + SOON, now + SOON + timedelta(days=10)]
    places = zip(at, (first, second), strict=True)
    one, other = [await desk.course_session("dsl-forum", when, capacity=capacity) for when, capacity in places]
    return one, other


async def test_the_new_date_is_booked_and_the_old_place_goes_to_who_waits(desk: PlacesDesk, now: datetime) -> None:
    first, second = await two_dates(desk, now, first=1)
    alice, bob = await desk.member("Alice"), await desk.member("Bob")
    for person in (alice, bob):
        await desk.book(person, first, now)

    done = await swap(desk, alice, first, second, now)
    again = await swap(desk, alice, first, second, now)

    assert (done.placed.booking.state, done.given_up.booking.state) == (BookingState.BOOKED, BookingState.CANCELLED)
    assert (done.given_up.booking.cancel_reason, done.given_up.booking.late) == (SWAPPED, False)
    assert again.placed.repeated
    assert again.placed.booking.id == done.placed.booking.id
    left, gained = await desk.standing(first), await desk.standing(second)
    assert (left.booked, left.offered, left.taken) == ([], [bob.id], 1)
    assert (gained.booked, gained.taken) == ([alice.id], 1)
    assert [subject for _, subject, _ in await desk.trail("cancelled")] == [done.given_up.booking.id]


@pytest.mark.parametrize("waits", [False, True], ids=["full", "somebody waits for the free place"])
async def test_a_full_date_leaves_everything_as_it_was(desk: PlacesDesk, now: datetime, waits: bool) -> None:
    first, second = await two_dates(desk, now, second=1)
    alice, bob, cara = [await desk.member(name) for name in ("Alice", "Bob", "Cara")]
    await desk.book(alice, first, now)
    await desk.book(bob, second, now)
    if waits:
        await desk.book(cara, second, now)
        async with desk.database.work() as work:
            await work.sessions.change(second.id, capacity=2)
            await work.commit()

    with pytest.raises(ServiceError, match="swap-full"):
        await swap(desk, alice, first, second, now)

    assert await desk.state(alice, first) is BookingState.BOOKED
    assert (await desk.standing(second)).booked == [bob.id]


async def test_of_many_who_change_to_the_last_place_one_gets_it_and_the_others_keep_theirs(
    desk: PlacesDesk, now: datetime
) -> None:
    first, second = await two_dates(desk, now, first=8, second=1)
    people = [await desk.member(f"P{number}") for number in range(8)]
    for person in people:
        await desk.book(person, first, now)

    ended = await asyncio.gather(*(swap(desk, one, first, second, now) for one in people), return_exceptions=True)

    won = [one for one, result in zip(people, ended, strict=True) if isinstance(result, Swapped)]
    assert len(won) == 1
    assert {str(result) for result in ended if not isinstance(result, Swapped)} == {"swap-full"}
    left, gained = await desk.standing(first), await desk.standing(second)
    assert (gained.booked, gained.taken) == ([won[0].id], 1)
    assert (sorted(left.booked), left.taken) == (sorted(one.id for one in people if one is not won[0]), 7)


async def test_changes_in_both_directions_and_a_booking_never_wait_for_each_other(
    desk: PlacesDesk, now: datetime
) -> None:
    first, second = await two_dates(desk, now, first=4, second=4)
    people = [await desk.member(f"P{number}") for number in range(6)]
    for number, person in enumerate(people):
        await desk.book(person, (first, second)[number % 2], now)
    steps = [
        swap(desk, person, *((first, second) if number % 2 == 0 else (second, first)), now)
        for number, person in enumerate(people)
    ]
    newcomer = await desk.member("Nora")

    ended = await asyncio.wait_for(
        asyncio.gather(*steps, desk.book(newcomer, second, now), return_exceptions=True), timeout=60
    )

    assert all(isinstance(one, Swapped) or str(one) == "swap-full" for one in ended[:-1])
    assert isinstance(ended[-1], bookings.Placed)
    stands = [await desk.standing(one) for one in (first, second)]
    assert all(one.taken <= one.capacity for one in stands)
    # The newcomer may have come to a full date and been offered the place that somebody left a moment later.
    everybody = [who for one in stands for who in (*one.booked, *one.offered, *one.waiting)]
    assert sorted(everybody) == sorted(one.id for one in (*people, newcomer))
    kept = {who for one in stands for who in one.booked}
    assert kept >= {one.id for one in people}


async def test_a_late_change_counts_and_is_charged_as_a_late_cancellation(database: Database, now: datetime) -> None:
    policy = {"notice_working_days": confirm(10), "late_cancellation_charged": confirm(True)}
    desk = open_desk(database, a_course(), booking=policy)
    alice = await desk.member("Alice")
    first, second = await two_dates(desk, now)
    await desk.book(alice, first, now)

    done = await swap(desk, alice, first, second, first.starts_at - timedelta(days=3))

    assert done.given_up.booking.late
    assert [one.kind for one in await desk.charges(done.given_up.booking)] == [ChargeKind.LATE_CANCELLATION]
    assert await desk.charges(done.placed.booking) == []


async def test_what_the_line_manager_agreed_to_holds_and_what_is_open_is_asked_anew(
    database: Database, now: datetime
) -> None:
    desk = open_desk(database, a_course(), booking={"manager_approval": confirm(True)})
    pat = await desk.member("Pat")
    alice, bob = [await desk.member(name, line_manager=pat) for name in ("Alice", "Bob")]
    first, second = await two_dates(desk, now)
    hers = await desk.book(alice, first, now)
    await desk.book(bob, first, now)
    await desk.does(lambda work: bookings.approve(work, pat, hers.booking.id, now=now))

    assert (await swap(desk, alice, first, second, now)).placed.booking.state is BookingState.BOOKED
    his = await swap(desk, bob, first, second, now)

    assert his.placed.booking.state is BookingState.AWAITING
    asked = [one.subject_id for one in await desk.notices(bookings.APPROVAL_ASKED)]
    assert his.placed.booking.id in asked


async def test_what_cannot_be_booked_or_changed_is_refused_and_the_place_stays(
    database: Database, now: datetime
) -> None:
    desk = open_desk(database, a_course(), a_course("lado"), booking={"closes_working_days_before": confirm(3)})
    first, second = await two_dates(desk, now)
    other = await desk.course_session("lado", second.starts_at)
    alice, bob = await desk.member("Alice"), await desk.member("Bob")
    await desk.book(alice, first, now)

    async def refused(to: Session, code: str, at: datetime = now, who: Person = alice) -> None:
        booking = await desk.booking(alice, first)
        with pytest.raises((ServiceError, NotFound), match=code):
            await desk.does(lambda work: bookings.swap(work, who, booking.id, to.id, now=at, rules=desk.rules))
        assert await desk.state(alice, first) is BookingState.BOOKED

    await refused(other, "swap-other-course")
    await refused(first, "swap-no-place")
    await refused(second, "booking-unknown", who=bob)
    await refused(second, "session-begun", at=first.starts_at)
    soon = await desk.course_session("dsl-forum", now + timedelta(days=1))
    await refused(soon, "booking-closed")
    await desk.book(alice, other, now)
    await refused(second, "booking-clash-you")
    async with desk.database.work() as work:
        await work.bookings.add(session_id=soon.id, person_id=alice.id, state="booked", booked_at=now)
        await work.commit()
    await refused(soon, "swap-there-already")


async def test_nobody_changes_to_a_date_that_has_begun_or_was_cancelled(desk: PlacesDesk, now: datetime) -> None:
    alice = await desk.member("Alice")
    held = await desk.course_session("dsl-forum", now + SOON)
    begun = await desk.course_session("dsl-forum", now - timedelta(hours=1))
    cancelled = await desk.course_session("dsl-forum", now + SOON + timedelta(days=10))
    await desk.book(alice, held, now)
    await desk.does(lambda work: work.sessions.change(cancelled.id, state="cancelled"))

    for to, refusal in ((begun, "session-begun"), (cancelled, "session-cancelled")):
        with pytest.raises(ServiceError, match=refusal):
            await swap(desk, alice, held, to, now)
        assert (await desk.standing(held)).booked == [alice.id]


async def test_a_date_that_overlaps_the_one_given_up_is_no_clash(desk: PlacesDesk, now: datetime) -> None:
    alice = await desk.member("Alice")
    first = await desk.course_session("dsl-forum", now + SOON)
    later = await desk.course_session("dsl-forum", now + SOON + timedelta(hours=1))
    await desk.book(alice, first, now)
    await swap(desk, alice, first, later, now)
    assert await desk.state(alice, later) is BookingState.BOOKED


@pytest.fixture
async def dora(desk: PlacesDesk) -> Person:
    """The school's Designated Safeguarding Lead."""
    return await desk.member("Dora", roles=[Role.DSL])


async def book_for(desk: PlacesDesk, dora: Person, who: Person, session: Session, now: datetime) -> None:
    await desk.does(lambda work: bookings.book(work, who, session.id, now=now, rules=desk.rules, by=dora))


async def told(desk: PlacesDesk, session: Session, person: Person) -> list[str]:
    """Of what on that session somebody is told."""
    booking = await desk.booking(person, session)
    notices = [one for one in await desk.notices(bookings.BOOKING_NEWS) if one.subject_id == booking.id]
    return [one.step_name for one in notices if one.person_id == person.id]


async def test_who_booked_a_colleague_changes_their_date_and_the_colleague_is_told_of_both(
    desk: PlacesDesk, dora: Person, now: datetime
) -> None:
    first, second = await two_dates(desk, now, first=1)
    alice, bob = await desk.member("Alice"), await desk.member("Bob")
    await book_for(desk, dora, bob, first, now)
    await desk.book(alice, first, now)
    later = now + timedelta(minutes=1)

    done = await swap(desk, bob, first, second, later, by=dora)
    again = await swap(desk, bob, first, second, later, by=dora)

    assert (done.placed.booking.person_id, done.placed.booking.booked_by_id) == (bob.id, dora.id)
    assert again.placed.repeated
    left, gained = await desk.standing(first), await desk.standing(second)
    assert (left.booked, left.offered, gained.booked, gained.taken) == ([], [alice.id], [bob.id], 1)
    assert await told(desk, first, bob) == ["booked-for-you", "cancelled-for-you"]
    assert await told(desk, second, bob) == ["booked-for-you"]
    assert [one for one in await desk.trail("cancelled") if one[0] != dora.id] == []


async def test_only_who_may_cancel_the_place_of_a_colleague_changes_its_date(
    desk: PlacesDesk, dora: Person, now: datetime
) -> None:
    first, second = await two_dates(desk, now)
    bob, cara, eve = [await desk.member(name) for name in ("Bob", "Cara", "Eve")]
    mona = await desk.member("Mona", roles=[Role.MANAGER])
    await desk.book(bob, first, now)
    await book_for(desk, dora, cara, first, now)

    for who, by in ((bob, dora), (bob, eve), (cara, eve), (cara, bob)):
        with pytest.raises(NotFound, match="booking-unknown"):
            await swap(desk, who, first, second, now, by=by)
    hers = await desk.booking(cara, first)
    with pytest.raises(NotFound, match="booking-unknown"):
        # the place is another colleague's than the one who is said to be moved
        await desk.does(lambda work: bookings.swap(work, bob, hers.id, second.id, now=now, rules=desk.rules, by=dora))
    assert sorted((await desk.standing(first)).booked) == sorted([bob.id, cara.id])

    assert (await swap(desk, bob, first, second, now, by=mona)).placed.booking.booked_by_id == mona.id
    assert await told(desk, first, bob) == ["cancelled-for-you"]


async def test_what_stands_in_the_way_of_a_colleagues_change_is_said_of_them(
    desk: PlacesDesk, dora: Person, now: datetime
) -> None:
    first, second = await two_dates(desk, now)
    bob = await desk.member("Bob")
    clash = await desk.course_session("lado", second.starts_at)
    await book_for(desk, dora, bob, first, now)
    await desk.book(bob, clash, now)
    for to, code in ((second, "booking-clash-colleague"), (first, "swap-no-place-for"), (clash, "swap-other-course")):
        with pytest.raises(ServiceError, match=code):
            await swap(desk, bob, first, to, now, by=dora)
    third = await desk.course_session("dsl-forum", now + SOON + timedelta(days=20))
    await desk.book(bob, third, now)
    with pytest.raises(ServiceError, match="swap-there-already-for"):
        await swap(desk, bob, first, third, now, by=dora)
    assert await desk.state(bob, first) is BookingState.BOOKED


async def test_a_colleague_who_changes_while_they_are_moved_ends_with_one_place(
    desk: PlacesDesk, dora: Person, now: datetime
) -> None:
    first, second = await two_dates(desk, now)
    third = await desk.course_session("dsl-forum", now + SOON + timedelta(days=20))
    people = [await desk.member(f"P{number}") for number in range(4)]
    for person in people:
        await book_for(desk, dora, person, first, now)
    moves = [swap(desk, one, first, second, now, by=dora) for one in people]
    own = [swap(desk, one, first, third, now) for one in people]

    ended = await asyncio.gather(*moves, *own, return_exceptions=True)

    for moved, changed in zip(ended[:4], ended[4:], strict=True):
        (lost,) = [one for one in (moved, changed) if not isinstance(one, Swapped)]
        assert str(lost) in ("swap-no-place", "swap-no-place-for")
    stands = [await desk.standing(one) for one in (first, second, third)]
    assert stands[0].booked == []
    assert [one.taken for one in stands] == [len(one.booked) for one in stands]
    assert sorted([*stands[1].booked, *stands[2].booked]) == sorted(one.id for one in people)


async def test_of_many_who_are_moved_to_the_last_place_one_gets_it(
    desk: PlacesDesk, dora: Person, now: datetime
) -> None:
    first, second = await two_dates(desk, now, first=8, second=1)
    people = [await desk.member(f"P{number}") for number in range(6)]
    for person in people:
        await book_for(desk, dora, person, first, now)

    ended = await asyncio.gather(
        *(swap(desk, one, first, second, now, by=dora) for one in people), return_exceptions=True
    )

    assert [str(one) for one in ended if not isinstance(one, Swapped)] == ["swap-full"] * 5
    left, gained = await desk.standing(first), await desk.standing(second)
    assert (gained.taken, left.taken, len(left.booked)) == (1, 5, 5)
