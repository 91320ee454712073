"""Design.md section 6: a session never has more booked than its capacity, whatever races.

The controls at the end run the same race with the guard switched off and must oversell: a race that cannot be lost
would prove nothing.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections import Counter
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import sqlalchemy as sa

from services import bookings
from services.bookings import Placed
from services.errors import ServiceError
from services.model import BookingState, Person, Session
from services.store.sessions import SessionRows
from services.tables import sessions
from services.work import Database
from tests.builders import a_rulebook, add_booking, add_people, add_session
from tests.services.desk import SOON, Desk

BOOKERS, PLACES = 200, 20


async def test_two_hundred_bookers_for_twenty_places_leave_twenty_booked_and_an_ordered_queue(
    desk: Desk, now: datetime
) -> None:
    people = await add_people(desk.database, BOOKERS)
    session = await desk.session(now + SOON, capacity=PLACES)

    placed = await asyncio.gather(*(desk.book(person, session, now) for person in people))

    standing = await desk.standing(session)
    _require_a_fair_result(placed, standing.booked, standing.waiting)


def _require_a_fair_result(placed: Sequence[Placed], booked: list[int], waiting: list[int]) -> None:
    told = Counter(one.booking.state for one in placed)
    assert told == {BookingState.BOOKED: PLACES, BookingState.WAITING: BOOKERS - PLACES}
    assert booked == sorted(one.booking.person_id for one in placed if one.position is None)
    in_order = sorted((one.position, one.booking.person_id) for one in placed if one.position is not None)
    assert [position for position, _ in in_order] == list(range(1, BOOKERS - PLACES + 1))
    assert waiting == [person_id for _, person_id in in_order]


async def test_one_person_pressing_many_times_at_once_gets_one_place(desk: Desk, now: datetime) -> None:
    (alice,) = await add_people(desk.database, 1)
    session = await desk.session(now + SOON, capacity=5)

    placed = await asyncio.gather(*(desk.book(alice, session, now) for _ in range(20)))

    assert {one.booking.id for one in placed} == {placed[0].booking.id}
    assert [one.repeated for one in placed].count(False) == 1
    assert (await desk.standing(session)).taken == 1


async def test_the_last_place_is_given_once_when_it_is_cancelled_booked_and_accepted_at_the_same_time(
    desk: Desk, now: datetime
) -> None:
    people = await add_people(desk.database, 12)
    session = await desk.session(now + SOON, capacity=2)
    placed = [await desk.book(person, session, now) for person in people[:8]]
    steps: list[Coroutine[object, object, object]] = [desk.book(person, session, now) for person in people[8:]]
    steps += [desk.cancel(one, done.booking.id, now) for one, done in zip(people[:3], placed[:3], strict=True)]
    steps += [_accept_if_offered(desk, one, done, now) for one, done in zip(people[2:6], placed[2:6], strict=True)]
    random.Random(7).shuffle(steps)

    await asyncio.gather(*steps, desk.expire(now + timedelta(hours=71)), desk.expire(now + timedelta(hours=71)))

    standing = await desk.standing(session)
    assert standing.taken == standing.capacity
    waited_before = [person.id for person in people[5:8]]
    assert standing.waiting[:3] == waited_before
    assert sorted(standing.waiting[3:]) == [person.id for person in people[8:]]


async def _accept_if_offered(desk: Desk, person: Person, placed: Placed, now: datetime) -> None:
    with suppress(ServiceError):
        await desk.accept(person, placed.booking.id, now)


async def test_sweeps_that_run_at_the_same_time_pass_each_place_on_once(desk: Desk, now: datetime) -> None:
    people = await add_people(desk.database, 6)
    some = [await desk.session(now + SOON + timedelta(days=n), capacity=2) for n in range(4)]
    for session in some:
        placed = [await desk.book(person, session, now) for person in people]
        for person, one in zip(people[:2], placed[:2], strict=True):
            await desk.cancel(person, one.booking.id, now)

    lapsed = await asyncio.gather(*(desk.expire(now + timedelta(hours=73)) for _ in range(4)))

    assert sum(lapsed) == 8
    for session in some:
        standing = await desk.standing(session)
        assert (standing.offered, standing.waiting) == ([people[4].id, people[5].id], [])


BOOK_MANY = """
import asyncio, json, sys
from datetime import datetime
from services import bookings
from services.work import Database
from tests.builders import a_rulebook

rules = a_rulebook()

async def book(database, person_id, session_id, now):
    async with database.work() as work:
        person = await work.people.by_id(person_id)
        placed = await bookings.book(work, person, session_id, now=now, rules=rules)
        await work.commit()
        return placed.booking.id, placed.position

async def main(url, session_id, first, last, now):
    database = Database.open(url)
    print("ready", flush=True)
    sys.stdin.readline()
    moment = datetime.fromisoformat(now)
    placed = await asyncio.gather(
        *(book(database, one, int(session_id), moment) for one in range(int(first), int(last) + 1))
    )
    print(json.dumps(placed), flush=True)
    await database.close()

asyncio.run(main(*sys.argv[1:]))
"""


async def _booking_process(*arguments: object) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    command = [sys.executable, "-c", BOOK_MANY, *(str(one) for one in arguments)]
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=pipe)
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    return process


async def test_bookers_in_two_processes_share_the_places_fairly(desk: Desk, now: datetime) -> None:
    people = await add_people(desk.database, BOOKERS)
    session = await desk.session(now + SOON, capacity=PLACES)
    url = desk.database.engine.url.render_as_string(hide_password=False)
    half = BOOKERS // 2
    processes = await asyncio.gather(
        _booking_process(url, session.id, people[0].id, people[half - 1].id, now.isoformat()),
        _booking_process(url, session.id, people[half].id, people[-1].id, now.isoformat()),
    )

    ended = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))

    assert [errors for _, errors in ended] == [b"", b""]
    positions = [position for out, _ in ended for _, position in json.loads(out)]
    assert positions.count(None) == PLACES
    assert sorted(one for one in positions if one) == list(range(1, BOOKERS - PLACES + 1))
    standing = await desk.standing(session)
    assert (len(standing.booked), len(standing.waiting)) == (PLACES, BOOKERS - PLACES)


class TrustingRows(SessionRows):
    """No lock and no condition: believes what somebody read before."""

    free: bool

    async def lock(self, session_id: int) -> Session | None:
        """Hold nothing."""
        return await self.by_id(session_id)

    async def take_free_place(self, session_id: int) -> bool:
        """Take a place because there was one when we looked."""
        if self.free:
            await self._take_one(session_id)
        return self.free

    async def _take_one(self, session_id: int) -> None:
        more = sa.update(sessions).where(sessions.c.id == session_id).values(taken=sessions.c.taken + 1)
        await self._changed(more)


class CheckingRows(TrustingRows):
    """Looks and then takes in one transaction, but holds nothing in between."""

    async def take_free_place(self, session_id: int) -> bool:
        """Take a place if there is one."""
        session = await self.by_id(session_id)
        self.free = session is not None and session.places_left > 0
        await asyncio.sleep(0.01)
        return await super().take_free_place(session_id)


async def _book_unguarded(database: Database, person: Person, session: Session, now: datetime) -> Placed:
    async with database.reading() as work:
        seen = await work.sessions.by_id(session.id)
    async with database.work() as work:
        rows = TrustingRows(work.sessions._connection)
        rows.free = seen is not None and seen.places_left > 0
        vars(work)["sessions"] = rows
        placed = await bookings.book(work, person, session.id, now=now, rules=a_rulebook())
        await work.commit()
    return placed


async def _book_without_lock(database: Database, person: Person, session: Session, now: datetime) -> Placed:
    async with database.work() as work:
        vars(work)["sessions"] = CheckingRows(work.sessions._connection)
        placed = await bookings.book(work, person, session.id, now=now, rules=a_rulebook())
        await work.commit()
    return placed


async def test_control_looking_first_and_booking_later_oversells(desk: Desk, now: datetime) -> None:
    people = await add_people(desk.database, 40)
    session = await desk.session(now + SOON, capacity=5)

    await asyncio.gather(*(_book_unguarded(desk.database, person, session, now) for person in people))

    standing = await desk.standing(session)
    assert len(standing.booked) > standing.capacity


async def test_control_a_transaction_without_the_lock_oversells_where_there_are_many_writers(
    postgres_url: str, now: datetime
) -> None:
    desk = Desk(Database.open(postgres_url), a_rulebook())
    people = await add_people(desk.database, 40)
    session = await desk.session(now + SOON, capacity=5)

    await asyncio.gather(*(_book_without_lock(desk.database, person, session, now) for person in people))

    standing = await desk.standing(session)
    assert len(standing.booked) > standing.capacity
    await desk.database.close()


async def test_the_same_race_with_the_guard_on_never_does(desk: Desk, now: datetime) -> None:
    people = await add_people(desk.database, 40)
    session = await desk.session(now + SOON, capacity=5)

    await asyncio.gather(*(desk.book(person, session, now) for person in people))

    assert len((await desk.standing(session)).booked) == session.capacity


async def test_ending_held_places_waits_for_whoever_is_marking_the_register(desk: Desk, now: datetime) -> None:
    alice, bob = await add_people(desk.database, 2)
    async with desk.database.work() as work:
        session = await add_session(work, now - timedelta(minutes=1))
        long_ago, waits = now - SOON, BookingState.AWAITING
        hers, his = [await add_booking(work, one, session, long_ago, state=waits) for one in (alice, bob)]
        await work.commit()

    async def end() -> int:
        async with desk.database.work() as work:
            ended = await bookings.end_unapproved(work, now)
            await work.commit()
        return ended

    async with desk.database.work() as work:
        await bookings.locked(work, session.id)
        assert await work.bookings.move(his, BookingState.ATTENDED)
        ending = asyncio.create_task(end())
        await asyncio.sleep(0.5)
        # without the lock it would hold hers and wait for his, while this waits for hers
        assert await work.bookings.move(hers, BookingState.ATTENDED)
        await work.commit()

    assert await ending == 0
