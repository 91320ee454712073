"""Design.md section 5, rule 3: everything is looked at again at the moment of sending."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from services import actions, bookings, evaluations
from services.model import NoticeState, Person, Role, SessionState
from services.office import attendance
from services.work import Database, Work
from tests.builders import a_rulebook, add_booking, add_item, add_session, confirm
from tests.services.notices.office import Office

MORNING = datetime(2027, 1, 15, 9, tzinfo=UTC)
TODAY = date(2027, 1, 15)
Meanwhile = Callable[[Work, Office, Person], Awaitable[object]]


async def in_between(office: Office, person: Person, step: Meanwhile) -> None:
    async with office.database.work() as work:
        await step(work, office, person)
        await work.commit()


async def ended(office: Office) -> list[tuple[str, str | None]]:
    return [(one.state.value, one.reason) for one in await office.notices()]


async def _complete(work: Work, office: Office, alice: Person) -> None:
    (item,) = await work.actions.open_of(alice.id)
    await actions.complete(work, alice, item.id, evidence="Audit", now=MORNING, rules=office.rules)


async def _move(work: Work, office: Office, alice: Person) -> None:
    (item,) = await work.actions.open_of(alice.id)
    await work.actions.change_open(item.id, due_on=date(2027, 3, 1))


async def _lose_its_date(work: Work, office: Office, alice: Person) -> None:
    (item,) = await work.actions.open_of(alice.id)
    await work.actions.change_open(item.id, due_on=None)


async def _give_to_bob(work: Work, office: Office, alice: Person) -> None:
    (item,) = await work.actions.open_of(alice.id)
    assert alice.line_manager_id is not None
    await work.people.change(alice.line_manager_id, line_manager_id=None)
    await work.actions.change_open(item.id, owner_id=alice.line_manager_id)


async def _leave(work: Work, office: Office, alice: Person) -> None:
    await work.people.change(alice.id, active=False)


@pytest.mark.parametrize(
    ("meanwhile", "reason"),
    [
        (_complete, "done"),
        (_move, "date-moved"),
        (_lose_its_date, "date-moved"),
        (_give_to_bob, "somebody-else-now"),
        (_leave, "person-left"),
    ],
)
async def test_nobody_is_chased_for_what_changed_an_hour_ago(
    office: Office, alice: Person, meanwhile: Meanwhile, reason: str
) -> None:
    async with office.database.work() as work:
        await add_item(work, owner=alice, due_on=TODAY)
        await work.commit()
    await office.plan(MORNING)
    await in_between(office, alice, meanwhile)

    assert await office.deliver(MORNING) == {("action-item", "cancelled"): 1}

    assert office.messenger.tried == 0
    assert await ended(office) == [("cancelled", reason)]
    (notice,) = await office.notices()
    assert await office.attempts(notice.id) == []


async def test_a_line_manager_who_is_not_theirs_any_more_is_not_told(
    office: Office, morgan: Person, alice: Person, bob: Person
) -> None:
    async with office.database.work() as work:
        await add_item(work, owner=alice, due_on=TODAY - timedelta(days=7))
        await work.commit()
    await office.plan(MORNING)
    async with office.database.work() as work:
        await work.people.change(alice.id, line_manager_id=morgan.id)
        await work.commit()

    await office.deliver(MORNING)

    assert (len(office.messenger.to("Alice")), office.messenger.to("Bob")) == (1, [])


async def test_the_new_owner_of_an_item_is_chased_in_place_of_the_old_one(
    office: Office, morgan: Person, alice: Person
) -> None:
    dora = await office.person("Dora", line_manager=morgan)
    async with office.database.work() as work:
        item = await add_item(work, owner=alice, due_on=TODAY)
        await work.commit()
    await office.plan(MORNING)
    async with office.database.work() as work:
        await work.actions.change_open(item.id, owner_id=dora.id)
        await work.commit()

    await office.plan_and_deliver(MORNING)

    assert (office.messenger.to("Alice"), len(office.messenger.to("Dora"))) == ([], 1)


async def test_an_answered_evaluation_is_not_asked_for(office: Office, alice: Person) -> None:
    ends = datetime(2026, 12, 4, 15, tzinfo=UTC)
    async with office.database.work() as work:
        session = await add_session(work, ends - timedelta(hours=3))
        booking = await add_booking(work, alice, session, ends - timedelta(days=60))
        await bookings.record_attendance(work, booking, attended=True, at=ends, rules=office.rules)
        await work.commit()
    await office.plan(MORNING)
    async with office.database.work() as work:
        for owed in await evaluations.open_evaluations(work, alice, now=MORNING, rules=office.rules):
            given = {"satisfaction": "Very", "used": "Often"}
            await evaluations.answer(work, alice, owed.id, given, now=MORNING, rules=office.rules)
        await work.commit()

    await office.deliver(MORNING)

    open_states = {NoticeState.DUE, NoticeState.CLAIMED, NoticeState.RETRY, NoticeState.SENT}
    alive = {one.kind for one in await office.notices() if one.state in open_states}
    assert alive == {"certificate", "certificate-letter"}


async def test_a_certificate_is_not_sent_once_the_register_says_they_did_not_attend(database: Database) -> None:
    office = Office(database, a_rulebook(booking={"certificate": confirm("after-attendance")}))
    morgan, alice = await office.person("Morgan", roles=[Role.MANAGER]), await office.person("Alice")
    ends = datetime(2027, 1, 14, 15, tzinfo=UTC)
    async with database.work() as work:
        session = await add_session(work, ends - timedelta(hours=3))
        booking = await add_booking(work, alice, session, ends - timedelta(days=60))
        await attendance.mark(work, morgan, session.id, {booking.id: True}, now=ends, rules=office.rules)
        await work.commit()
    await office.plan(MORNING)
    async with database.work() as work:
        await attendance.mark(work, morgan, session.id, {booking.id: False}, now=MORNING, rules=office.rules)
        await work.commit()

    await office.deliver(MORNING)

    told = {one.kind: (one.state, one.reason) for one in await office.notices() if one.kind.startswith("certificate")}
    done = (NoticeState.CANCELLED, "done")
    assert told == {"certificate": done, "certificate-letter": done}


async def test_nothing_is_asked_of_who_turned_out_not_to_have_come(
    office: Office, morgan: Person, alice: Person
) -> None:
    ends = MORNING - timedelta(days=1)
    async with office.database.work() as work:
        session = await add_session(work, ends - timedelta(hours=3))
        booking = await add_booking(work, alice, session, ends - timedelta(days=60))
        await attendance.mark(work, morgan, session.id, {booking.id: True}, now=ends, rules=office.rules)
        await work.commit()
    await office.plan(MORNING)
    async with office.database.work() as work:
        await attendance.mark(work, morgan, session.id, {booking.id: False}, now=MORNING, rules=office.rules)
        await work.commit()

    await office.deliver(MORNING)

    about = [one for one in await office.notices() if one.kind == "course-evaluation"]
    assert [(one.state, one.reason) for one in about] == [(NoticeState.CANCELLED, "done")]


async def test_who_is_marked_present_after_all_is_asked_although_the_number_of_the_form_was_used_before(
    office: Office, morgan: Person, alice: Person
) -> None:
    ends = MORNING - timedelta(days=1)
    async with office.database.work() as work:
        session = await add_session(work, ends - timedelta(hours=3))
        booking = await add_booking(work, alice, session, ends - timedelta(days=60))
        await work.commit()

    async def mark(*, came: bool) -> None:
        async with office.database.work() as work:
            await attendance.mark(work, morgan, session.id, {booking.id: came}, now=MORNING, rules=office.rules)
            await work.commit()

    for _ in range(2):
        await mark(came=True)
        await office.plan(MORNING)
        await mark(came=False)
    await mark(came=True)
    await office.plan_and_deliver(MORNING)

    about = [one for one in await office.notices() if one.kind == "course-evaluation" and one.person_id == alice.id]
    assert [one.state for one in about if one.subject_id > 0] == [NoticeState.SENT]
    assert {one.state for one in about if one.subject_id < 0} == {NoticeState.CANCELLED}


async def test_the_weekly_question_is_dropped_once_everything_has_an_owner(
    office: Office, morgan: Person, alice: Person
) -> None:
    async with office.database.work() as work:
        item = await add_item(work, owner=None, due_on=TODAY)
        await work.commit()
    await office.plan(MORNING)
    async with office.database.work() as work:
        await work.actions.change_open(item.id, owner_id=alice.id)
        await work.commit()

    await office.deliver(MORNING)

    assert await ended(office) == [("cancelled", "done")]


async def test_who_stopped_being_manager_is_not_asked(office: Office, morgan: Person) -> None:
    async with office.database.work() as work:
        await add_item(work)
        await work.commit()
    await office.plan(MORNING)
    async with office.database.work() as work:
        await work.people.set_roles(morgan.id, [Role.TRAINER])
        await work.commit()

    await office.deliver(MORNING)

    assert await ended(office) == [("cancelled", "somebody-else-now")]


STARTS = datetime(2027, 1, 18, 10, tzinfo=UTC)


async def _cancel(work: Work, office: Office, alice: Person) -> None:
    (booking,) = await work.bookings.active_of(alice.id, MORNING)
    await bookings.cancel(work, alice, booking.id, reason="", now=MORNING, rules=office.rules)


async def _cancel_session(work: Work, office: Office, alice: Person) -> None:
    (booking,) = await work.bookings.active_of(alice.id, MORNING)
    await work.sessions.change(booking.session_id, state=SessionState.CANCELLED.value)


@pytest.mark.parametrize("meanwhile", [_cancel, _cancel_session])
async def test_nobody_is_reminded_of_what_will_not_happen(office: Office, alice: Person, meanwhile: Meanwhile) -> None:
    async with office.database.work() as work:
        await add_booking(work, alice, await add_session(work, STARTS), MORNING - timedelta(days=9))
        await work.commit()
    await office.plan(MORNING)
    await in_between(office, alice, meanwhile)

    await office.deliver(MORNING)

    assert office.messenger.tried == 0
    assert ("cancelled", "done") in await ended(office)


async def test_a_reminder_that_could_not_go_out_before_the_session_began_is_missed(
    office: Office, alice: Person
) -> None:
    async with office.database.work() as work:
        await add_booking(work, alice, await add_session(work, STARTS), MORNING - timedelta(days=2))
        await work.commit()
    await office.plan(MORNING)

    await office.deliver(STARTS)

    assert await ended(office) == [("missed", "moment-passed")]
    assert office.messenger.tried == 0


async def offered(office: Office, alice: Person, bob: Person, now: datetime) -> int:
    """Bob is offered the place that Alice gave back. Returns his booking's id."""
    async with office.database.work() as work:
        session = await add_session(work, MORNING + timedelta(days=20), capacity=1)
        hers = await bookings.book(work, alice, session.id, now=now, rules=office.rules)
        his = await bookings.book(work, bob, session.id, now=now, rules=office.rules)
        await bookings.cancel(work, alice, hers.booking.id, reason="", now=now, rules=office.rules)
        await work.commit()
    return his.booking.id


async def test_an_offer_is_told_at_once_whatever_the_hour(office: Office, alice: Person, bob: Person) -> None:
    saturday_night = datetime(2027, 1, 16, 23, tzinfo=UTC)
    await offered(office, alice, bob, saturday_night)

    assert await office.deliver(saturday_night) == {("place-offered", "sent"): 1}
    assert len(office.messenger.to("Bob")) == 1


async def test_an_offer_that_ran_out_before_it_could_be_told_is_missed_for_all_to_see(
    office: Office, alice: Person, bob: Person
) -> None:
    await offered(office, alice, bob, MORNING)
    late = MORNING + timedelta(hours=72)
    async with office.database.work() as work:
        await bookings.expire_offers(work, now=late, rules=office.rules)
        await work.commit()

    await office.deliver(late)

    # the offer itself is missed; that it ran out is news, and still told
    assert await ended(office) == [("missed", "moment-passed"), ("sent", None)]


async def test_an_offer_is_missed_as_well_when_the_sweep_has_not_run_yet(
    office: Office, alice: Person, bob: Person
) -> None:
    await offered(office, alice, bob, MORNING)

    await office.deliver(MORNING + timedelta(hours=72))

    assert await ended(office) == [("missed", "moment-passed")]


async def test_an_offer_that_was_answered_already_is_not_told(office: Office, alice: Person, bob: Person) -> None:
    his = await offered(office, alice, bob, MORNING)
    async with office.database.work() as work:
        await bookings.accept_offer(work, bob, his, now=MORNING, rules=office.rules)
        await work.commit()

    await office.deliver(MORNING)

    assert await ended(office) == [("cancelled", "done")]
    assert office.messenger.tried == 0


async def test_only_the_offer_of_the_present_turn_is_told(office: Office, alice: Person, bob: Person) -> None:
    his = await offered(office, alice, bob, MORNING)
    async with office.database.work() as work:
        await bookings.cancel(work, bob, his, reason="", now=MORNING, rules=office.rules)
        booking = await work.bookings.by_id(his)
        assert booking is not None
        hers = await bookings.book(work, alice, booking.session_id, now=MORNING, rules=office.rules)
        await bookings.book(work, bob, booking.session_id, now=MORNING, rules=office.rules)
        await bookings.cancel(work, alice, hers.booking.id, reason="", now=MORNING, rules=office.rules)
        await work.commit()

    await office.deliver(MORNING)

    assert sorted(await ended(office)) == [("cancelled", "done"), ("sent", None)]
    assert [message.text for message in office.messenger.to("Bob")] == [f"place-offered {his} offer-2"]
