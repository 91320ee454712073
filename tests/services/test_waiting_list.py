from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from services import bookings
from services.bookings import PLACE_OFFERED, offer_deadline
from services.errors import ServiceError
from services.model import BookingState, NoticeState, Person, Session, SessionState
from services.work import Database
from tests.services.desk import SOON, Desk


async def offers_owed(database: Database) -> list[tuple[int, str, bool]]:
    async with database.reading() as work:
        notices = await work.notices.in_states([NoticeState.DUE])
    return sorted((one.person_id, one.step, one.urgent) for one in notices if one.kind == PLACE_OFFERED)


@pytest.fixture
async def first_booking(
    desk: Desk, alice: Person, bob: Person, charlie: Person, session: Session, now: datetime
) -> int:
    """Alice has the only place; Bob waits, then Charlie."""
    booking = (await desk.book(alice, session, now)).booking
    await desk.book(bob, session, now)
    await desk.book(charlie, session, now)
    return booking.id


async def test_a_cancellation_offers_the_place_to_who_waited_longest_and_owes_them_a_notice(
    desk: Desk, alice: Person, bob: Person, charlie: Person, session: Session, first_booking: int, now: datetime
) -> None:
    await desk.cancel(alice, first_booking, now)

    standing = await desk.standing(session)
    assert (standing.taken, standing.booked, standing.offered) == (1, [], [bob.id])
    assert standing.waiting == [charlie.id]
    assert await offers_owed(desk.database) == [(bob.id, "offer-1", True)]


async def test_a_cancellation_and_the_offer_it_causes_are_one_transaction(
    desk: Desk, alice: Person, bob: Person, charlie: Person, session: Session, first_booking: int, now: datetime
) -> None:
    with pytest.raises(RuntimeError, match="killed"):
        await _cancel_and_die(desk, alice, first_booking, now)

    standing = await desk.standing(session)
    assert (standing.booked, standing.offered, standing.waiting) == ([alice.id], [], [bob.id, charlie.id])
    assert await offers_owed(desk.database) == []


async def _cancel_and_die(desk: Desk, person: Person, booking_id: int, now: datetime) -> None:
    async with desk.database.work() as work:
        await bookings.cancel(work, person, booking_id, reason="", now=now, rules=desk.rules)
        raise RuntimeError("killed before the commit")


async def test_an_offered_place_becomes_a_booking_when_accepted_and_stays_one_when_accepted_again(
    desk: Desk, alice: Person, bob: Person, session: Session, first_booking: int, now: datetime
) -> None:
    await desk.cancel(alice, first_booking, now)
    offer = (await desk.book(bob, session, now)).booking

    accepted = await desk.accept(bob, offer.id, now)
    again = await desk.accept(bob, offer.id, now + timedelta(days=5))

    assert (accepted.booking.state, accepted.booking.offer_until) == (BookingState.BOOKED, None)
    assert (again.repeated, again.booking) == (True, accepted.booking)
    assert (await desk.standing(session)).booked == [bob.id]


async def test_a_declined_offer_goes_to_the_next_person_at_once(
    desk: Desk, alice: Person, bob: Person, charlie: Person, session: Session, first_booking: int, now: datetime
) -> None:
    await desk.cancel(alice, first_booking, now)
    offer = (await desk.book(bob, session, now)).booking

    declined = await desk.cancel(bob, offer.id, now)

    assert not declined.booking.late
    standing = await desk.standing(session)
    assert (standing.taken, standing.offered, standing.waiting) == (1, [charlie.id], [])
    with pytest.raises(ServiceError, match="offer-over"):
        await desk.accept(bob, offer.id, now)


async def test_an_offer_nobody_answered_in_time_goes_to_the_next_person(
    desk: Desk, alice: Person, bob: Person, charlie: Person, session: Session, first_booking: int, now: datetime
) -> None:
    await desk.cancel(alice, first_booking, now)
    offer = (await desk.book(bob, session, now)).booking
    assert offer.offer_until == now + timedelta(hours=72)

    assert await desk.expire(offer.offer_until - timedelta(seconds=1)) == 0
    assert await desk.expire(offer.offer_until) == 1
    assert await desk.expire(offer.offer_until) == 0

    standing = await desk.standing(session)
    assert (standing.taken, standing.offered, standing.waiting) == (1, [charlie.id], [])
    assert await desk.booking_state(offer.id) is BookingState.CANCELLED
    assert await offers_owed(desk.database) == [(bob.id, "offer-1", True), (charlie.id, "offer-2", True)]


async def test_an_offer_that_was_made_and_ran_out_is_in_the_trail_once(
    desk: Desk, alice: Person, bob: Person, session: Session, first_booking: int, now: datetime
) -> None:
    await desk.cancel(alice, first_booking, now)
    offer = (await desk.book(bob, session, now)).booking
    assert offer.offer_until is not None
    for _ in range(2):
        await desk.expire(offer.offer_until)

    async with desk.database.reading() as work:
        deeds = await work.events.about("booking", [offer.id])
    assert [(one.verb, one.actor_id, one.detail) for one in deeds] == [
        ("waiting", bob.id, {}),
        ("offered", None, {}),
        ("offer-lapsed", None, {"until": offer.offer_until.isoformat()}),
    ]


async def test_the_place_is_free_again_when_the_last_offer_runs_out(
    desk: Desk, alice: Person, bob: Person, session: Session, now: datetime
) -> None:
    booking = (await desk.book(alice, session, now)).booking
    await desk.book(bob, session, now)
    await desk.cancel(alice, booking.id, now)

    await desk.expire(now + timedelta(hours=72))

    assert (await desk.standing(session)).taken == 0


@pytest.mark.parametrize("too_late", [timedelta(0), timedelta(seconds=1), timedelta(days=40)])
async def test_an_offer_cannot_be_accepted_once_its_time_is_up_even_before_the_sweep_ran(
    desk: Desk, alice: Person, bob: Person, session: Session, first_booking: int, now: datetime, too_late: timedelta
) -> None:
    await desk.cancel(alice, first_booking, now)
    offer = (await desk.book(bob, session, now)).booking

    with pytest.raises(ServiceError, match="offer-over"):
        await desk.accept(bob, offer.id, now + timedelta(hours=72) + too_late)
    assert (await desk.standing(session)).offered == [bob.id]


async def test_no_offer_is_made_once_the_session_has_begun(
    desk: Desk, alice: Person, bob: Person, charlie: Person, session: Session, first_booking: int, now: datetime
) -> None:
    shortly_before = session.starts_at - timedelta(minutes=2)
    await desk.cancel(alice, first_booking, shortly_before)

    assert await desk.expire(session.starts_at) == 1

    standing = await desk.standing(session)
    assert (standing.taken, standing.offered, standing.waiting) == (0, [], [charlie.id])


async def test_an_offer_of_a_session_that_was_cancelled_cannot_be_accepted_and_goes_to_nobody(
    desk: Desk, alice: Person, bob: Person, charlie: Person, session: Session, first_booking: int, now: datetime
) -> None:
    await desk.cancel(alice, first_booking, now)
    offer = (await desk.book(bob, session, now)).booking
    async with desk.database.work() as work:
        await work.sessions.change(session.id, state=SessionState.CANCELLED.value)
        await work.commit()

    with pytest.raises(ServiceError, match="session-cancelled"):
        await desk.accept(bob, offer.id, now)
    await desk.expire(now + timedelta(hours=72))

    standing = await desk.standing(session)
    assert (standing.taken, standing.offered, standing.waiting) == (0, [], [charlie.id])


@pytest.mark.parametrize(
    ("left", "stands_for"),
    [
        (timedelta(days=30), timedelta(hours=72)),
        (timedelta(days=14), timedelta(hours=72)),
        (timedelta(days=13, hours=23), timedelta(hours=24)),
        (timedelta(days=3), timedelta(hours=24)),
        (timedelta(days=2, hours=23), timedelta(hours=4)),
        (timedelta(hours=6), timedelta(hours=3)),
        (timedelta(minutes=2), timedelta(minutes=1)),
    ],
)
async def test_the_nearer_the_session_the_shorter_the_offer(
    desk: Desk, now: datetime, left: timedelta, stands_for: timedelta
) -> None:
    session = await desk.session(now + left)

    assert offer_deadline(session, now, desk.rules) - now == stands_for


async def test_each_turn_on_the_waiting_list_brings_a_notice_of_its_own_offer(
    desk: Desk, alice: Person, bob: Person, session: Session, now: datetime
) -> None:
    """Two offers of one place to one person within a minute: the second must be told as well."""
    booking = (await desk.book(alice, session, now)).booking
    waiting = (await desk.book(bob, session, now)).booking
    await desk.cancel(alice, booking.id, now)
    await desk.cancel(bob, waiting.id, now)
    await desk.book(alice, session, now)
    await desk.book(bob, session, now)
    await desk.cancel(alice, booking.id, now)

    assert await offers_owed(desk.database) == [(bob.id, "offer-1", True), (bob.id, "offer-2", True)]


async def test_nobody_overtakes_the_waiting_list_when_the_office_adds_places(
    desk: Desk, alice: Person, bob: Person, charlie: Person, session: Session, now: datetime
) -> None:
    await desk.book(alice, session, now)
    await desk.book(bob, session, now)
    async with desk.database.work() as work:
        await work.sessions.change(session.id, capacity=2)
        await work.commit()

    assert (await desk.book(charlie, session, now)).position == 2
    await desk.expire(now)

    standing = await desk.standing(session)
    assert (standing.booked, standing.offered, standing.waiting) == ([alice.id], [bob.id], [charlie.id])


async def test_a_place_given_back_on_a_session_the_office_made_smaller_is_offered_to_nobody(
    desk: Desk, alice: Person, bob: Person, charlie: Person, now: datetime
) -> None:
    two = await desk.session(now + SOON, capacity=2)
    booking = (await desk.book(alice, two, now)).booking
    await desk.book(bob, two, now)
    await desk.book(charlie, two, now)
    async with desk.database.work() as work:
        await work.sessions.change(two.id, capacity=1)
        await work.commit()

    await desk.cancel(alice, booking.id, now)

    standing = await desk.standing(two)
    assert (standing.booked, standing.offered, standing.waiting) == ([bob.id], [], [charlie.id])


async def test_two_offers_that_run_out_together_go_to_the_next_two_in_order(
    desk: Desk, alice: Person, bob: Person, charlie: Person, now: datetime
) -> None:
    two = await desk.session(now + SOON, capacity=2)
    people = [alice, bob, charlie, *[await desk.person(name) for name in ("Dora", "Emil", "Fay")]]
    booked = [(await desk.book(person, two, now)).booking for person in people]
    for person, booking in zip(people[:2], booked[:2], strict=True):
        await desk.cancel(person, booking.id, now)

    assert await desk.expire(now + timedelta(hours=72)) == 2

    standing = await desk.standing(two)
    assert (standing.offered, standing.waiting) == ([people[4].id, people[5].id], [])


async def test_offers_of_several_sessions_run_out_in_one_sweep(
    desk: Desk, alice: Person, bob: Person, charlie: Person, now: datetime
) -> None:
    sessions = [await desk.session(now + SOON + timedelta(days=day)) for day in (2, 1, 0)]
    for session in sessions:
        booking = (await desk.book(alice, session, now)).booking
        await desk.book(bob, session, now)
        await desk.book(charlie, session, now)
        await desk.cancel(alice, booking.id, now)

    assert await desk.expire(now + timedelta(hours=72)) == 3
    assert [(await desk.standing(session)).offered for session in sessions] == [[charlie.id]] * 3


async def test_who_left_or_has_a_place_elsewhere_at_that_time_is_passed_over_and_keeps_their_turn(
    desk: Desk, alice: Person, bob: Person, charlie: Person, session: Session, first_booking: int, now: datetime
) -> None:
    dora = await desk.person("Dora")
    await desk.book(dora, session, now)
    other = await desk.session(session.starts_at + timedelta(minutes=30), capacity=5)
    elsewhere = (await desk.book(charlie, other, now)).booking
    await desk.leave(bob)

    await desk.cancel(alice, first_booking, now)

    standing = await desk.standing(session)
    assert (standing.offered, standing.waiting) == ([dora.id], [bob.id, charlie.id])
    await desk.leave(dora)
    assert await desk.expire(now) == 1, "who leaves holds no place by an offer"
    assert (await desk.standing(session)).offered == []
    await desk.cancel(charlie, elsewhere.id, now)
    await desk.expire(now)
    assert (await desk.standing(session)).offered == [charlie.id]


async def test_a_free_place_is_not_kept_for_who_cannot_be_offered_it(
    desk: Desk, alice: Person, bob: Person, session: Session, now: datetime
) -> None:
    booking = (await desk.book(alice, session, now)).booking
    await desk.book(bob, session, now)
    await desk.leave(bob)
    await desk.cancel(alice, booking.id, now)
    dora = await desk.person("Dora")
    assert (await desk.book(dora, session, now)).booking.state is BookingState.BOOKED
