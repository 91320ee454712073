"""What is charged for a place given back late, and what is not after all."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from services import bookings
from services.bookings.attending import consequences
from services.model import BookingState, ChargeKind, ChargeState, Person
from services.work import Database, Work
from tests.builders import confirm
from tests.services.places_desk import PlacesDesk, a_course, open_desk


@pytest.fixture
def desk(database: Database) -> PlacesDesk:
    return open_desk(database, a_course(kind="forum"), booking={"late_cancellation_charged": confirm(True)})


@pytest.fixture
async def alice(desk: PlacesDesk) -> Person:
    return await desk.member("Alice")


@pytest.fixture
async def bob(desk: PlacesDesk) -> Person:
    return await desk.member("Bob")


async def test_who_comes_back_after_a_late_cancellation_is_not_charged_for_it(
    desk: PlacesDesk, alice: Person, now: datetime
) -> None:
    session = await desk.course_session("dsl-forum", now + timedelta(days=3))
    booking = (await desk.book(alice, session, now)).booking
    await desk.cancel(alice, booking.id, now)
    again = (await desk.book(alice, session, now + timedelta(minutes=1))).booking
    assert [one.state for one in await desk.charges(again)] == [ChargeState.WITHDRAWN]

    await desk.cancel(alice, again.id, now + timedelta(minutes=2))
    assert [one.state for one in await desk.charges(again)] == [ChargeState.DUE]


async def test_waiting_again_after_a_late_cancellation_is_charged_until_the_offer_is_taken(
    desk: PlacesDesk, alice: Person, bob: Person, now: datetime
) -> None:
    session = await desk.course_session("dsl-forum", now + timedelta(days=3), capacity=1)
    hers = (await desk.book(alice, session, now)).booking
    await desk.cancel(alice, hers.id, now)
    his = (await desk.book(bob, session, now)).booking
    await desk.book(alice, session, now)
    assert [one.state for one in await desk.charges(hers)] == [ChargeState.DUE]

    await desk.cancel(bob, his.id, now)
    await desk.does(lambda work: bookings.accept_offer(work, alice, hers.id, now=now, rules=desk.rules))

    assert [one.state for one in await desk.charges(hers)] == [ChargeState.WITHDRAWN]


async def test_a_place_that_waits_for_the_line_manager_is_never_given_back_late(
    desk: PlacesDesk, alice: Person, now: datetime
) -> None:
    session = await desk.course_session("dsl-forum", now + timedelta(days=3))

    async def ask(work: Work) -> int:
        await work.sessions.take_place(session.id)
        asked = {"session_id": session.id, "person_id": alice.id, "booked_at": now}
        return await work.bookings.add(state=BookingState.AWAITING.value, **asked)

    done = await desk.cancel(alice, await desk.does(ask), now)

    assert (done.booking.late, await desk.charges(done.booking)) == (False, [])


BOOKED, CANCELLED, ATTENDED = BookingState.BOOKED, BookingState.CANCELLED, BookingState.ATTENDED
ABSENT, UNAPPROVED = BookingState.DID_NOT_ATTEND, BookingState.NOT_APPROVED
BOTH = frozenset(ChargeKind)


@pytest.mark.parametrize("in_time", [True, False])
@pytest.mark.parametrize(
    ("before", "after", "late", "owes", "drops", "charged", "withdrawn"),
    [
        pytest.param(None, ATTENDED, False, True, False, None, frozenset(), id="new, and came"),
        pytest.param(None, CANCELLED, True, False, False, ChargeKind.LATE_CANCELLATION, frozenset(), id="new, late"),
        pytest.param(BOOKED, ATTENDED, False, True, False, None, BOTH, id="came"),
        pytest.param(CANCELLED, ATTENDED, False, True, False, None, BOTH, id="cancelled late, and came after all"),
        pytest.param(
            ATTENDED,
            ABSENT,
            False,
            False,
            True,
            ChargeKind.DID_NOT_ATTEND,
            {ChargeKind.LATE_CANCELLATION},
            id="did not come after all",
        ),
        pytest.param(
            ABSENT,
            CANCELLED,
            False,
            False,
            False,
            None,
            {ChargeKind.DID_NOT_ATTEND},
            id="had cancelled in time",
        ),
        pytest.param(ATTENDED, UNAPPROVED, False, False, True, None, BOTH, id="never approved, and did not come"),
    ],
)
def test_what_a_mark_brings_and_takes_back(
    before: BookingState | None,
    after: BookingState,
    late: bool,
    owes: bool,
    drops: bool,
    charged: ChargeKind | None,
    withdrawn: frozenset[ChargeKind],
    in_time: bool,
) -> None:
    found = consequences(before, after, late=late, in_time=in_time)
    assert (found.owes, found.charged) == ((owes, charged) if in_time else (False, None))
    assert (found.drops, found.withdrawn) == (drops, withdrawn)
