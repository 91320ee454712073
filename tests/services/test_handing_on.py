"""Booking for a colleague, saying no to it, and sending a colleague instead."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from services import bookings, colleagues
from services.bookings import Placed
from services.colleagues import Newcomer
from services.errors import NotAllowed, NotFound, ServiceError
from services.model import BookingState, Person, Role, Session
from services.work import Database, Work
from tests.builders import confirm
from tests.services.desk import SOON
from tests.services.places_desk import TRUST, PlacesDesk, a_course, open_desk

CHARGED = {"late_cancellation_charged": confirm(True)}


@pytest.fixture
def desk(database: Database) -> PlacesDesk:
    return open_desk(database, booking=CHARGED)


@pytest.fixture
async def dora(desk: PlacesDesk) -> Person:
    """The school's Designated Safeguarding Lead."""
    return await desk.member("Dora", roles=[Role.DSL])


@pytest.fixture
async def bob(desk: PlacesDesk) -> Person:
    return await desk.member("Bob")


async def find(desk: PlacesDesk, actor: Person, email: str, now: datetime, name: str = "") -> Person:
    """Who is meant by an address; somebody new is taken in."""

    async def by_address(work: Work) -> Person:
        found = await colleagues.by_email(work, actor, email, name=name)
        return await colleagues.take_in(work, actor, found, now=now) if isinstance(found, Newcomer) else found

    return await desk.does(by_address)


async def book_for(desk: PlacesDesk, actor: Person, who: Person, session: Session, now: datetime) -> Placed:
    return await desk.does(lambda work: bookings.book(work, who, session.id, now=now, rules=desk.rules, by=actor))


async def hand_on(desk: PlacesDesk, actor: Person, booking_id: int, to: Person, now: datetime) -> Placed:
    return await desk.does(lambda work: bookings.substitute(work, actor, booking_id, to, now=now, rules=desk.rules))


async def test_a_colleague_is_found_by_work_address_whatever_its_letter_case(
    desk: PlacesDesk, dora: Person, bob: Person, now: datetime
) -> None:
    assert (await find(desk, dora, " BOB@School.example.org ", now)).id == bob.id


async def test_somebody_new_is_taken_in_when_the_agency_uses_their_domain(
    desk: PlacesDesk, dora: Person, now: datetime
) -> None:
    found = await find(desk, dora, "sam.o'specimen@school.example.org", now)
    assert (found.name, found.agency_id, found.active) == ("Sam O'specimen", "school", True)
    assert (found.roles, found.aad_object_id) == (frozenset({Role.PRACTITIONER}), None)
    assert (await find(desk, dora, "sam.o'specimen@school.example.org", now)).id == found.id
    assert await desk.trail("added") == [(dora.id, found.id, {})]
    named = await find(desk, dora, "nn@school.example.org", now, name="Nora Nobody")
    assert named.name == "Nora Nobody"


@pytest.mark.parametrize(
    "email",
    [
        "bob@trust.example.org",
        "new@trust.example.org",
        "new@sub.school.example.org",
        "new@notschool.example.org",
        "new@school_example.org",
        "new@xschool.example.org",
    ],
)
async def test_anybody_else_looks_the_same_known_or_not(
    desk: PlacesDesk, dora: Person, now: datetime, email: str
) -> None:
    await desk.member("Bob", agency=TRUST, domain="trust.example.org")
    with pytest.raises(ServiceError) as shown:
        await find(desk, dora, email, now)
    assert (shown.value.code, shown.value.params) in [("colleague-elsewhere", {}), ("bad-email", {})]
    assert (shown.value.code == "bad-email") == ("_" in email)


async def test_an_address_that_anybody_can_have_proves_nothing(desk: PlacesDesk, now: datetime) -> None:
    small = await desk.member("Dora", agency="charity", domain="gmail.com", roles=[Role.DSL])
    await desk.member("Terry", agency="charity", domain="gmail.com")
    for email in ("stranger@gmail.com", "terry@gmail.com"):
        with pytest.raises(ServiceError, match="colleague-elsewhere"):
            await find(desk, small, email, now)
    assert await desk.does(lambda work: colleagues.list_colleagues(work, small)) == []


async def test_another_organisation_of_the_same_kind_is_another_workplace(
    desk: PlacesDesk, dora: Person, bob: Person, now: datetime
) -> None:
    tess = await desk.member("Tess", domain="elm.example.org")

    listed = await desk.does(lambda work: colleagues.list_colleagues(work, dora))

    assert [one.name for one in listed] == ["Bob"]
    for email in ("tess@elm.example.org", "new@elm.example.org"):
        with pytest.raises(ServiceError, match="colleague-elsewhere"):
            await find(desk, dora, email, now)
    with pytest.raises(ServiceError, match="colleague-elsewhere"):
        await desk.does(lambda work: colleagues.by_id(work, dora, tess.id))
    assert await desk.trail("added") == []


async def test_many_people_of_other_schools_do_not_crowd_out_ones_own(
    desk: PlacesDesk, dora: Person, bob: Person
) -> None:
    for number in range(colleagues.MOST_LISTED + 5):
        await desk.member(f"Anna{number}", domain="elm.example.org")
    listed = await desk.does(lambda work: colleagues.list_colleagues(work, dora))
    assert [one.name for one in listed] == ["Bob"]


async def test_somebody_who_left_is_not_booked(desk: PlacesDesk, dora: Person, now: datetime) -> None:
    await desk.member("Gone", active=False)
    with pytest.raises(ServiceError, match="colleague-elsewhere"):
        await find(desk, dora, "gone@school.example.org", now)


@pytest.mark.parametrize("text", ["", "bob", "bob@", "@school.example.org", "a b@school.example.org", "x" * 300])
async def test_what_is_no_address_is_said_to_be_none(desk: PlacesDesk, dora: Person, now: datetime, text: str) -> None:
    with pytest.raises(ServiceError, match="bad-email"):
        await find(desk, dora, text, now)


async def test_an_address_that_nobody_has_makes_no_person_by_itself(
    desk: PlacesDesk, dora: Person, now: datetime
) -> None:
    found = await desk.does(lambda work: colleagues.by_email(work, dora, "Bbo@school.example.org"))
    assert found == Newcomer("bbo@school.example.org", "Bbo")
    async with desk.database.reading() as work:
        assert await work.people.by_email("bbo@school.example.org") is None
    assert await desk.trail("added") == []


async def test_two_who_write_to_one_new_address_at_once_take_in_one_person(
    desk: PlacesDesk, dora: Person, now: datetime
) -> None:
    found = await asyncio.gather(*(find(desk, dora, "new@school.example.org", now) for _ in range(6)))
    assert len({one.id for one in found}) == 1


async def test_who_may_book_for_others(desk: PlacesDesk, database: Database, dora: Person, bob: Person) -> None:
    morgan = await desk.member("Morgan", agency=None, roles=[Role.MANAGER])
    colleagues.require_may_book_for(dora, desk.rules)
    colleagues.require_may_book_for(morgan, desk.rules)
    with pytest.raises(NotAllowed, match="not-for-colleagues"):
        colleagues.require_may_book_for(bob, desk.rules)
    unwanted = open_desk(database, booking={"book_for_colleagues": confirm(False)})
    with pytest.raises(NotAllowed, match="not-for-colleagues"):
        colleagues.require_may_book_for(dora, unwanted.rules)


async def test_the_list_of_colleagues_is_of_the_own_workplace_and_by_name(
    desk: PlacesDesk, dora: Person, bob: Person
) -> None:
    await desk.member("Alice")
    await desk.member("Gone", active=False)
    await desk.member("Terry", agency=TRUST, domain="trust.example.org")
    listed = await desk.does(lambda work: colleagues.list_colleagues(work, dora))
    assert [one.name for one in listed] == ["Alice", "Bob"]


async def test_a_colleague_is_booked_told_and_the_trail_says_by_whom(
    desk: PlacesDesk, dora: Person, bob: Person, now: datetime
) -> None:
    session = await desk.course_session("dsl-forum", now + SOON)

    placed = await book_for(desk, dora, bob, session, now)
    again = await book_for(desk, dora, bob, session, now)

    assert (placed.booking.person_id, placed.booking.booked_by_id, again.repeated) == (bob.id, dora.id, True)
    assert [(one.person_id, one.urgent) for one in await desk.notices("booking-news")] == [(bob.id, False)]
    assert [actor for actor, _, _ in await desk.trail("booked")] == [dora.id]


async def test_a_colleague_booked_for_the_day_after_tomorrow_is_told_at_once(
    desk: PlacesDesk, dora: Person, bob: Person, now: datetime
) -> None:
    session = await desk.course_session("dsl-forum", now + timedelta(days=2))
    await book_for(desk, dora, bob, session, now)
    assert [one.urgent for one in await desk.notices("booking-news")] == [True]


async def test_who_was_booked_by_another_may_say_no_at_no_cost(
    desk: PlacesDesk, dora: Person, bob: Person, now: datetime
) -> None:
    session = await desk.course_session("dsl-forum", now + timedelta(days=3))
    placed = await book_for(desk, dora, bob, session, now)

    done = await desk.cancel(bob, placed.booking.id, now + timedelta(hours=5))

    assert (done.booking.state, done.booking.late) == (BookingState.CANCELLED, False)
    assert await desk.charges(done.booking) == []
    told = [(one.person_id, one.step.partition(":")[0]) for one in await desk.notices("booking-news")]
    assert told == [(bob.id, "booked-for-you"), (dora.id, "colleague-gave-up")]


async def test_the_time_to_say_no_begins_with_the_place_and_not_with_the_queue(
    desk: PlacesDesk, dora: Person, bob: Person, now: datetime
) -> None:
    session = await desk.course_session("dsl-forum", now + SOON, capacity=1)
    charlie = await desk.member("Charlie")
    hers = await desk.book(charlie, session, now)
    queued = await book_for(desk, dora, bob, session, now)
    later = now + timedelta(days=26)
    await desk.cancel(charlie, hers.booking.id, later)

    taken = await desk.accept(dora, queued.booking.id, later)
    done = await desk.cancel(bob, queued.booking.id, later + timedelta(hours=1))

    assert (taken.booking.booked_at, done.booking.late) == (later, False)
    assert await desk.charges(done.booking) == []
    told = [(one.person_id, one.step.partition(":")[0]) for one in await desk.notices("booking-news")]
    assert told == [(bob.id, "booked-for-you"), (bob.id, "booked-for-you"), (dora.id, "colleague-gave-up")]


async def test_an_offer_taken_for_a_colleague_who_is_booked_elsewhere_by_then_is_refused_in_words_about_them(
    desk: PlacesDesk, dora: Person, bob: Person, now: datetime
) -> None:
    session = await desk.course_session("dsl-forum", now + SOON, capacity=1)
    charlie = await desk.member("Charlie")
    hers = await desk.book(charlie, session, now)
    queued = await book_for(desk, dora, bob, session, now)
    await desk.cancel(charlie, hers.booking.id, now)
    await desk.book(bob, await desk.course_session("other", session.starts_at), now)

    with pytest.raises(ServiceError, match="booking-clash-colleague"):
        await desk.accept(dora, queued.booking.id, now)


@pytest.mark.parametrize(("minutes_after_friday", "late"), [(-1, False), (0, True)])
async def test_the_last_day_to_say_no_is_five_working_days_after_being_booked(
    desk: PlacesDesk, dora: Person, bob: Person, now: datetime, minutes_after_friday: int, late: bool
) -> None:
    """Booked on Friday the 15th, for Wednesday the 27th: until the end of Friday the 22nd."""
    session = await desk.course_session("dsl-forum", now + timedelta(days=12))
    placed = await book_for(desk, dora, bob, session, now)
    saturday = datetime(2027, 1, 23, tzinfo=UTC)

    done = await desk.cancel(bob, placed.booking.id, saturday + timedelta(minutes=minutes_after_friday))

    assert done.booking.late is late


async def test_who_booked_a_colleague_and_gives_the_place_back_late_is_late_like_anybody(
    desk: PlacesDesk, dora: Person, bob: Person, now: datetime
) -> None:
    session = await desk.course_session("dsl-forum", now + timedelta(days=3))
    placed = await book_for(desk, dora, bob, session, now)

    done = await desk.cancel(dora, placed.booking.id, now + timedelta(hours=5))

    assert done.booking.late
    assert [one.kind.value for one in await desk.charges(done.booking)] == ["late-cancellation"]


async def test_saying_no_long_after_is_a_cancellation_like_any_other(
    desk: PlacesDesk, dora: Person, bob: Person, now: datetime
) -> None:
    session = await desk.course_session("dsl-forum", now + SOON)
    placed = await book_for(desk, dora, bob, session, now)

    done = await desk.cancel(bob, placed.booking.id, session.starts_at - timedelta(days=1))

    assert done.booking.late
    assert [one.kind.value for one in await desk.charges(done.booking)] == ["late-cancellation"]


async def test_who_booked_for_a_colleague_may_cancel_it_and_the_colleague_is_told(
    desk: PlacesDesk, dora: Person, bob: Person, now: datetime
) -> None:
    session = await desk.course_session("dsl-forum", now + SOON)
    theirs = await book_for(desk, dora, bob, session, now)
    own = await desk.book(dora, session, now)

    assert (await desk.cancel(dora, theirs.booking.id, now)).booking.state is BookingState.CANCELLED
    with pytest.raises(NotFound):
        await desk.cancel(bob, own.booking.id, now)
    steps = [one.step.partition(":")[0] for one in await desk.notices("booking-news")]
    assert steps == ["booked-for-you", "cancelled-for-you"]


async def test_a_substitute_keeps_the_place_and_who_waits_gains_nothing(
    desk: PlacesDesk, dora: Person, bob: Person, now: datetime
) -> None:
    charlie = await desk.member("Charlie")
    session = await desk.course_session("dsl-forum", now + timedelta(days=2), capacity=1)
    hers = await desk.book(dora, session, now)
    await desk.book(charlie, session, now)

    placed = await hand_on(desk, dora, hers.booking.id, bob, now)
    again = await hand_on(desk, dora, hers.booking.id, bob, now)

    standing = await desk.standing(session)
    assert (standing.booked, standing.offered, standing.waiting) == ([bob.id], [], [charlie.id])
    assert (placed.repeated, again.repeated, again.booking.id) == (False, True, placed.booking.id)
    gave = await desk.booking(dora, session)
    assert (gave.state, gave.late, await desk.charges(gave)) == (BookingState.CANCELLED, False, [])
    assert [one.person_id for one in await desk.notices("booking-news")] == [bob.id]
    assert [detail for _, _, detail in await desk.trail("handed-on")] == [{"by": placed.booking.id}]


async def test_who_booked_for_one_colleague_and_sends_another_has_both_told(
    desk: PlacesDesk, dora: Person, bob: Person, now: datetime
) -> None:
    charlie = await desk.member("Charlie")
    session = await desk.course_session("dsl-forum", now + SOON)
    placed = await book_for(desk, dora, bob, session, now)

    await hand_on(desk, dora, placed.booking.id, charlie, now)

    told = [(one.person_id, one.step.partition(":")[0]) for one in await desk.notices("booking-news")]
    assert sorted(told) == sorted([(bob.id, "booked-for-you"), (bob.id, "handed-on"), (charlie.id, "booked-for-you")])


async def test_who_booked_a_colleague_may_go_in_their_stead_and_twice_is_once(
    desk: PlacesDesk, dora: Person, bob: Person, now: datetime
) -> None:
    session = await desk.course_session("dsl-forum", now + SOON)
    his = await book_for(desk, dora, bob, session, now)

    first, again = [await hand_on(desk, dora, his.booking.id, dora, now) for _ in range(2)]

    assert (first.booking.booked_by_id, first.repeated) == (None, False)
    assert (again.booking.id, again.repeated) == (first.booking.id, True)
    assert (await desk.standing(session)).booked == [dora.id]


async def test_a_place_that_was_given_up_is_not_handed_to_a_colleague_who_has_one(
    desk: PlacesDesk, dora: Person, bob: Person, now: datetime
) -> None:
    session = await desk.course_session("dsl-forum", now + SOON)
    hers = await desk.book(dora, session, now)
    await book_for(desk, dora, bob, session, now)
    await desk.cancel(dora, hers.booking.id, now)

    with pytest.raises(ServiceError, match="no-place-to-hand-on"):
        await hand_on(desk, dora, hers.booking.id, bob, now)


async def test_a_substitute_who_was_waiting_leaves_the_queue(
    desk: PlacesDesk, dora: Person, bob: Person, now: datetime
) -> None:
    charlie = await desk.member("Charlie")
    session = await desk.course_session("dsl-forum", now + SOON, capacity=1)
    hers = await desk.book(dora, session, now)
    await desk.book(bob, session, now)
    await desk.book(charlie, session, now)

    await hand_on(desk, dora, hers.booking.id, bob, now)

    standing = await desk.standing(session)
    assert (standing.booked, standing.waiting) == ([bob.id], [charlie.id])


async def test_a_substitute_who_had_been_offered_another_place_leaves_that_to_the_next(
    desk: PlacesDesk, dora: Person, bob: Person, now: datetime
) -> None:
    alice, charlie = await desk.member("Alice"), await desk.member("Charlie")
    session = await desk.course_session("dsl-forum", now + SOON, capacity=2)
    hers, alices = await desk.book(dora, session, now), await desk.book(alice, session, now)
    await desk.book(bob, session, now)
    await desk.book(charlie, session, now)
    await desk.cancel(alice, alices.booking.id, now)

    await hand_on(desk, dora, hers.booking.id, bob, now)

    standing = await desk.standing(session)
    assert (standing.booked, standing.offered, standing.waiting) == ([bob.id], [charlie.id], [])


async def test_what_cannot_be_handed_on(desk: PlacesDesk, dora: Person, bob: Person, now: datetime) -> None:
    charlie = await desk.member("Charlie")
    session = await desk.course_session("dsl-forum", now + SOON, capacity=2)
    hers = await desk.book(dora, session, now)
    await desk.book(bob, session, now)
    waits = await desk.book(charlie, session, now)

    with pytest.raises(ServiceError, match="no-place-to-hand-on"):
        await hand_on(desk, charlie, waits.booking.id, bob, now)
    with pytest.raises(ServiceError, match="substitute-has-place"):
        await hand_on(desk, dora, hers.booking.id, bob, now)
    with pytest.raises(ServiceError, match="no-place-to-hand-on"):
        await hand_on(desk, dora, hers.booking.id, dora, now)
    with pytest.raises(NotFound, match="booking-unknown"):
        await hand_on(desk, bob, hers.booking.id, bob, now)
    with pytest.raises(ServiceError, match="session-begun"):
        await hand_on(desk, dora, hers.booking.id, charlie, session.starts_at)
    await desk.does(lambda work: work.sessions.change(session.id, state="cancelled"))
    with pytest.raises(ServiceError, match="session-cancelled"):
        await hand_on(desk, dora, hers.booking.id, charlie, now)


async def test_a_substitute_must_fit_the_course_and_be_free(database: Database, now: datetime) -> None:
    desk = open_desk(database, a_course(only_for="dsl"))
    dora, bob = await desk.member("Dora", roles=[Role.DSL]), await desk.member("Bob")
    lena = await desk.member("Lena", roles=[Role.DSL])
    forum = await desk.course_session("dsl-forum", now + SOON)
    await desk.book(lena, await desk.course_session("other", now + SOON), now)
    hers = await desk.book(dora, forum, now)

    with pytest.raises(ServiceError, match="not-for-colleague"):
        await hand_on(desk, dora, hers.booking.id, bob, now)
    with pytest.raises(ServiceError, match="booking-clash-colleague"):
        await hand_on(desk, dora, hers.booking.id, lena, now)
    assert await desk.state(dora, forum) is BookingState.BOOKED


async def test_a_place_that_was_handed_on_is_not_there_for_a_second_colleague(
    desk: PlacesDesk, dora: Person, bob: Person, now: datetime
) -> None:
    waits, gone, has = [await desk.member(name) for name in ("Charlie", "Dana", "Emil")]
    session = await desk.course_session("dsl-forum", now + SOON, capacity=2)
    hers = await desk.book(dora, session, now)
    await desk.cancel(gone, (await desk.book(gone, session, now)).booking.id, now)
    await desk.book(has, session, now)
    await desk.book(waits, session, now)
    await hand_on(desk, dora, hers.booking.id, bob, now)

    for somebody in (waits, gone, has):
        with pytest.raises(ServiceError, match="no-place-to-hand-on"):
            await hand_on(desk, dora, hers.booking.id, somebody, now)

    assert (await hand_on(desk, dora, hers.booking.id, bob, now)).repeated
    standing = await desk.standing(session)
    assert (standing.booked, standing.waiting) == (sorted([bob.id, has.id]), [waits.id])


async def test_one_place_handed_to_two_colleagues_at_once_goes_to_one(
    desk: PlacesDesk, dora: Person, bob: Person, now: datetime
) -> None:
    charlie = await desk.member("Charlie")
    session = await desk.course_session("dsl-forum", now + SOON, capacity=1)
    hers = await desk.book(dora, session, now)

    ended = await asyncio.gather(
        *(hand_on(desk, dora, hers.booking.id, who, now) for who in (bob, charlie)), return_exceptions=True
    )

    assert sorted(type(one).__name__ for one in ended) == ["Placed", "ServiceError"]
    assert len((await desk.standing(session)).booked) == 1
