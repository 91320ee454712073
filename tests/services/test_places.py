"""A whole series at once, more places and fewer, one too many, interest without a date, and charges due."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from services import bookings, charges, interests
from services.bookings import SeriesOutcome
from services.errors import NotAllowed, NotFound, ServiceError
from services.model import MOST_PLACES, BookingState, ChargeKind, ChargeState, Person, Role, Session
from services.notices.planning import plan
from services.work import Database
from tests.builders import IDENTIFYING, confirm
from tests.services.desk import SOON
from tests.services.places_desk import PlacesDesk, a_course, open_desk

POLICY = {
    "late_cancellation_charged": confirm(True),
    "no_show_charged": confirm(True),
    "charge": confirm(Decimal("50")),
}


@pytest.fixture
def desk(database: Database) -> PlacesDesk:
    return open_desk(database, a_course(kind="forum"), a_course("hoarding"), booking=POLICY)


@pytest.fixture
async def morgan(desk: PlacesDesk) -> Person:
    """The partnership manager."""
    return await desk.member("Morgan", agency=None, roles=[Role.MANAGER])


@pytest.fixture
async def alice(desk: PlacesDesk) -> Person:
    return await desk.member("Alice")


@pytest.fixture
async def bob(desk: PlacesDesk) -> Person:
    return await desk.member("Bob")


async def book_year(desk: PlacesDesk, who: Person, now: datetime, until: date | None = None) -> list[SeriesOutcome]:
    return await desk.does(
        lambda work: bookings.book_series(work, who, "dsl-forum", now=now, rules=desk.rules, until=until)
    )


async def resize(desk: PlacesDesk, session: Session, places: int, actor: Person, now: datetime) -> Session:
    return await desk.does(
        lambda work: bookings.change_capacity(work, session.id, places, actor=actor, now=now, rules=desk.rules)
    )


async def overbook(desk: PlacesDesk, actor: Person, who: Person, session: Session, now: datetime, reason: str) -> None:
    await desk.does(
        lambda work: bookings.overbook(work, actor, who, session.id, reason=reason, now=now, rules=desk.rules)
    )


# ------------------------------------------------------------------------------------ series


async def test_one_tap_books_every_date_of_the_coming_year(
    desk: PlacesDesk, alice: Person, bob: Person, now: datetime
) -> None:
    first, full, clash, last = [
        await desk.course_session("dsl-forum", now + timedelta(days=days), capacity=1) for days in (20, 120, 200, 300)
    ]
    beyond = await desk.course_session("dsl-forum", now + timedelta(days=400))
    await desk.book(bob, full, now)
    await desk.book(alice, await desk.course_session("other", clash.starts_at), now)

    outcomes = await book_year(desk, alice, now)
    again = await book_year(desk, alice, now)

    assert [one.session.id for one in outcomes] == [first.id, full.id, clash.id, last.id]
    states = [one.placed.booking.state if one.placed else one.refusal for one in outcomes]
    assert states[:2] == [BookingState.BOOKED, BookingState.WAITING]
    assert isinstance(states[2], ServiceError)
    assert states[3] is BookingState.BOOKED
    assert [one.placed.repeated for one in again if one.placed] == [True, True, True]
    assert (await desk.standing(beyond)).taken == 0


async def test_a_term_ends_a_series_early(desk: PlacesDesk, alice: Person, now: datetime) -> None:
    inside = await desk.course_session("dsl-forum", now + timedelta(days=20))
    await desk.course_session("dsl-forum", now + timedelta(days=120))
    outcomes = await book_year(desk, alice, now, until=desk.rules.today(inside.starts_at))
    assert [one.session.id for one in outcomes] == [inside.id]


async def test_a_series_without_a_date_is_said_to_have_none(desk: PlacesDesk, alice: Person, now: datetime) -> None:
    with pytest.raises(ServiceError, match="no-dates-in-series"):
        await book_year(desk, alice, now)


async def test_many_who_book_the_year_at_once_neither_oversell_nor_wait_for_each_other(
    desk: PlacesDesk, now: datetime
) -> None:
    people = [await desk.member(f"Dsl{number}") for number in range(12)]
    sessions = [await desk.course_session("dsl-forum", now + timedelta(days=30 * n), capacity=3) for n in (3, 2, 1)]

    singles = [desk.book(people[n], sessions[n % 3], now) for n in range(12)]
    await asyncio.gather(*(book_year(desk, one, now) for one in people), *singles)

    for session in sessions:
        standing = await desk.standing(session)
        assert (len(standing.booked), len(standing.waiting)) == (3, 9)


# ------------------------------------------------------------------------------------ capacity


async def test_more_places_are_offered_at_once_in_order(
    desk: PlacesDesk, alice: Person, bob: Person, morgan: Person, now: datetime
) -> None:
    charlie, dora = await desk.member("Charlie"), await desk.member("Dora")
    session = await desk.course_session("dsl-forum", now + SOON, capacity=1)
    for one in (alice, bob, charlie, dora):
        await desk.book(one, session, now)

    changed = await resize(desk, session, 3, morgan, now)

    assert (changed.capacity, changed.taken) == (3, 3)
    standing = await desk.standing(session)
    assert (standing.offered, standing.waiting) == ([bob.id, charlie.id], [dora.id])
    assert await desk.trail("capacity") == [(morgan.id, session.id, {"from": 1, "to": 3})]


async def test_fewer_places_than_taken_are_refused(
    desk: PlacesDesk, alice: Person, bob: Person, morgan: Person, now: datetime
) -> None:
    session = await desk.course_session("dsl-forum", now + SOON, capacity=2)
    await desk.book(alice, session, now)
    await desk.book(bob, session, now)

    with pytest.raises(ServiceError, match="capacity-below-taken") as shown:
        await resize(desk, session, 1, morgan, now)
    assert shown.value.params == {"taken": 2}
    assert (await desk.standing(session)).capacity == 2


async def test_who_may_change_places_and_to_what(
    desk: PlacesDesk, alice: Person, morgan: Person, now: datetime
) -> None:
    session = await desk.course_session("dsl-forum", now + SOON)
    tilda = await desk.member("Tilda", agency="office", roles=[Role.TRAINER])
    await desk.does(lambda work: work.sessions.change(session.id, trainer="Tilda"))
    for nobody in (alice, tilda):
        with pytest.raises(NotAllowed, match="manager-only"):
            await resize(desk, session, 30, nobody, now)
    for impossible in (-1, MOST_PLACES + 1):
        with pytest.raises(ServiceError, match="capacity-impossible"):
            await resize(desk, session, impossible, morgan, now)
    with pytest.raises(ServiceError, match="session-begun"):
        await resize(desk, session, 30, morgan, session.starts_at)
    with pytest.raises(NotFound, match="session-unknown"):
        await desk.does(lambda work: bookings.change_capacity(work, 9999, 3, actor=morgan, now=now, rules=desk.rules))
    assert await desk.trail("capacity") == []


async def test_one_place_too_many_has_a_reason_and_the_next_free_place_is_not_passed_on(
    desk: PlacesDesk, alice: Person, bob: Person, now: datetime
) -> None:
    tilda = await desk.member("Tilda", agency="office", roles=[Role.TRAINER])
    charlie, dora = await desk.member("Charlie"), await desk.member("Dora")
    session = await desk.course_session("dsl-forum", now + SOON, capacity=1)
    await desk.does(lambda work: work.sessions.change(session.id, trainer="Tilda"))
    hers = await desk.book(alice, session, now)
    await desk.book(bob, session, now)
    await desk.book(dora, session, now)

    await overbook(desk, tilda, charlie, session, now, "Their school asked for it")
    await overbook(desk, tilda, charlie, session, now, "Pressed twice")
    standing = await desk.standing(session)
    assert (standing.booked, standing.taken, standing.waiting) == ([alice.id, charlie.id], 2, [bob.id, dora.id])
    reasons = [detail for _, subject, detail in await desk.trail("overbooked") if detail]
    assert reasons == [{"reason": "Their school asked for it"}]

    await desk.cancel(alice, hers.booking.id, now)
    assert (await desk.standing(session)).offered == []
    await overbook(desk, tilda, dora, session, now, "Waited long")
    standing = await desk.standing(session)
    assert (standing.booked, standing.waiting) == ([charlie.id, dora.id], [bob.id])


async def test_what_nobody_may_overbook(
    desk: PlacesDesk, alice: Person, bob: Person, morgan: Person, now: datetime
) -> None:
    session = await desk.course_session("dsl-forum", now + SOON, capacity=1)
    await desk.book(alice, session, now)
    other_trainer = await desk.member("Tilda", agency="office", roles=[Role.TRAINER])
    for nobody in (bob, other_trainer):
        with pytest.raises(NotFound, match="session-not-yours"):
            await overbook(desk, nobody, bob, session, now, "Me too")
    with pytest.raises(ServiceError, match="overbook-reason-missing"):
        await overbook(desk, morgan, bob, session, now, "  ")
    with pytest.raises(ServiceError, match="answer-identifies"):
        await overbook(desk, morgan, bob, session, now, IDENTIFYING)
    with pytest.raises(ServiceError, match="session-begun"):
        await overbook(desk, morgan, bob, session, session.starts_at, "Too late")
    assert (await desk.standing(session)).taken == 1


# ------------------------------------------------------------------------------------ interest


async def test_who_asked_is_told_once_when_there_is_a_date(
    desk: PlacesDesk, alice: Person, bob: Person, now: datetime
) -> None:
    async def ask(who: Person) -> bool:
        return await desk.does(lambda work: interests.register(work, who, "hoarding", now=now, rules=desk.rules))

    assert [await ask(alice), await ask(bob), await ask(alice)] == [True, True, False]
    await desk.does(lambda work: plan(work, desk.rules, now))
    assert await desk.notices("date-published") == []

    later = await desk.course_session("hoarding", now + SOON + timedelta(days=9))
    sooner = await desk.course_session("hoarding", now + SOON)
    await desk.does(lambda work: interests.drop(work, bob, "hoarding", now=now))
    for _ in range(3):
        await desk.does(lambda work: plan(work, desk.rules, now))

    assert [(one.person_id, one.step) for one in await desk.notices("date-published")] == [
        (alice.id, f"session-{sooner.id}")
    ]
    await desk.does(lambda work: work.sessions.change(sooner.id, state="cancelled"))
    await desk.does(lambda work: plan(work, desk.rules, now))
    assert [one.step for one in await desk.notices("date-published")][1:] == [f"session-{later.id}"]


async def test_asking_again_after_a_date_has_gone_by_is_a_new_wish(
    desk: PlacesDesk, alice: Person, now: datetime
) -> None:
    register = interests.register
    await desk.does(lambda work: register(work, alice, "hoarding", now=now, rules=desk.rules))
    first = await desk.course_session("hoarding", now + SOON)
    await desk.does(lambda work: plan(work, desk.rules, now))
    after = first.ends_at + timedelta(days=1)

    assert await desk.does(lambda work: register(work, alice, "hoarding", now=after, rules=desk.rules))
    second = await desk.course_session("hoarding", after + SOON)
    await desk.does(lambda work: plan(work, desk.rules, after))

    steps = [one.step for one in await desk.notices("date-published")]
    assert steps == [f"session-{first.id}", f"session-{second.id}"]


async def test_a_booking_answers_the_wish(desk: PlacesDesk, alice: Person, now: datetime) -> None:
    await desk.does(lambda work: interests.register(work, alice, "hoarding", now=now, rules=desk.rules))
    await desk.book(alice, await desk.course_session("hoarding", now + SOON), now)

    await desk.does(lambda work: plan(work, desk.rules, now))

    assert await desk.notices("date-published") == []
    assert await desk.does(lambda work: work.interests.on_course("hoarding")) == []


async def test_an_unknown_course_cannot_be_wished_for(desk: PlacesDesk, alice: Person, now: datetime) -> None:
    with pytest.raises(ServiceError, match="course-unknown"):
        await desk.does(lambda work: interests.register(work, alice, "nothing", now=now, rules=desk.rules))


# ------------------------------------------------------------------------------------ charges


async def late(desk: PlacesDesk, who: Person, now: datetime) -> int:
    """The charge of a late cancellation."""
    session = await desk.course_session("dsl-forum", now + timedelta(days=3))
    booking = (await desk.book(who, session, now)).booking
    await desk.cancel(who, booking.id, now)
    await desk.cancel(who, booking.id, now)
    (charge,) = await desk.charges(booking)
    assert (charge.kind, charge.state, charge.amount) == (ChargeKind.LATE_CANCELLATION, ChargeState.DUE, "£50.00")
    return charge.id


async def test_a_late_cancellation_is_charged_once_and_one_in_time_is_not(
    desk: PlacesDesk, alice: Person, bob: Person, now: datetime
) -> None:
    await late(desk, alice, now)
    session = await desk.course_session("dsl-forum", now + SOON)
    booking = (await desk.book(bob, session, now)).booking
    await desk.cancel(bob, booking.id, now)
    assert await desk.charges(booking) == []


async def test_leaving_the_waiting_list_or_declining_is_never_charged(
    desk: PlacesDesk, alice: Person, bob: Person, now: datetime
) -> None:
    session = await desk.course_session("dsl-forum", now + timedelta(days=3), capacity=1)
    hers = await desk.book(alice, session, now)
    his = await desk.book(bob, session, now)
    await desk.cancel(alice, hers.booking.id, now)
    assert await desk.state(bob, session) is BookingState.OFFERED

    done = await desk.cancel(bob, his.booking.id, now)

    assert (done.booking.late, await desk.charges(his.booking)) == (False, [])


async def test_a_place_not_used_is_charged_and_one_that_was_is_not(
    desk: PlacesDesk, alice: Person, bob: Person, now: datetime
) -> None:
    session = await desk.course_session("dsl-forum", now + timedelta(days=9))
    placed = [(await desk.book(who, session, now)).booking for who in (alice, bob)]
    for booking, came in zip(placed, (True, False), strict=True):
        await desk.does(
            lambda work, one=booking, yes=came: bookings.record_attendance(  # type: ignore[misc]
                work, one, attended=yes, at=session.ends_at, rules=desk.rules
            )
        )
    assert await desk.charges(placed[0]) == []
    assert [one.kind for one in await desk.charges(placed[1])] == [ChargeKind.DID_NOT_ATTEND]


async def test_nothing_is_charged_where_the_policy_does_not(database: Database, now: datetime) -> None:
    desk = open_desk(database)
    alice = await desk.member("Alice")
    session = await desk.course_session("dsl-forum", now + timedelta(days=3))
    done = await desk.cancel(alice, (await desk.book(alice, session, now)).booking.id, now)
    assert done.booking.late
    assert await desk.charges(done.booking) == []


async def test_an_amount_nobody_told_us_stays_unknown(database: Database, now: datetime) -> None:
    desk = open_desk(database, booking=POLICY | {"charge": confirm(None)})
    alice = await desk.member("Alice")
    session = await desk.course_session("dsl-forum", now + timedelta(days=3))
    done = await desk.cancel(alice, (await desk.book(alice, session, now)).booking.id, now)
    assert [one.amount for one in await desk.charges(done.booking)] == [None]


async def test_the_manager_waives_with_a_reason_once(
    desk: PlacesDesk, alice: Person, morgan: Person, now: datetime
) -> None:
    charge_id = await late(desk, alice, now)

    async def waive(actor: Person, reason: str) -> str | None:
        charge = await desk.does(
            lambda work: charges.waive(work, actor, charge_id, reason=reason, now=now, rules=desk.rules)
        )
        assert charge.state is ChargeState.WAIVED
        return charge.reason

    with pytest.raises(NotAllowed, match="manager-only"):
        await waive(alice, "Please")
    with pytest.raises(ServiceError, match="waive-reason-missing"):
        await waive(morgan, " ")
    with pytest.raises(ServiceError, match="answer-identifies"):
        await waive(morgan, IDENTIFYING)
    assert await waive(morgan, "Was ill") == "Was ill"
    assert await waive(morgan, "Another reason") == "Was ill"
    assert len(await desk.trail("waived")) == 1
    assert await desk.does(lambda work: charges.list_due(work, morgan)) == []
    with pytest.raises(NotAllowed, match="manager-only"):
        await desk.does(lambda work: charges.list_due(work, alice))
    with pytest.raises(NotFound, match="charge-unknown"):
        await desk.does(lambda work: charges.waive(work, morgan, 999, reason="x", now=now, rules=desk.rules))
