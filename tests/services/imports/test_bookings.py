"""Bookings come in without overselling a session, and without undoing what people did in the bot since."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from dialogs.notices import Renderer
from services import bookings, interests
from services.model import Booking, BookingState, ChargeKind, ChargeState, NoticeState, Person
from services.notices.planning import plan
from tests.builders import confirm
from tests.services.imports.desk import NOW, Desk, codes, noted, said
from tests.services.notices.office import Office
from tests.services.places_desk import a_course, rules_with

HEAD = "session ref,email,status,booked on,cancelled on,reason,overbooked"
NAMES = ("Alice", "Bob", "Charlie", "Dora", "Ed")
CHARGING = rules_with(
    a_course(kind="forum"), booking={"late_cancellation_charged": confirm(True), "no_show_charged": confirm(True)}
)


def row(
    name: str,
    status: str = "",
    *,
    ref: str = "F-1",
    booked: str = "",
    cancelled: str = "",
    reason: str = "",
    over: str = "",
) -> tuple[str, ...]:
    return (ref, f"{name.lower()}@example.org", status, booked, cancelled, reason, over)


async def person(desk: Desk, name: str) -> Person:
    async with desk.database.reading() as work:
        found = await work.people.by_email(f"{name.lower()}@example.org")
    assert found is not None
    return found


async def booking(desk: Desk, name: str, ref: str = "F-1") -> Booking:
    who = await person(desk, name)
    async with desk.database.reading() as work:
        session = await work.sessions.by_ref(ref)
        assert session is not None
        found = await work.bookings.of(who.id, session.id)
    assert found is not None
    return found


async def charges_of(desk: Desk, name: str) -> list[tuple[ChargeKind, ChargeState]]:
    async with desk.database.reading() as work:
        found = await work.charges.of_booking((await booking(desk, name)).id)
    return [(one.kind, one.state) for one in found]


async def cancel(desk: Desk, name: str) -> None:
    one, who = await booking(desk, name), await person(desk, name)
    async with desk.database.work() as work:
        await bookings.cancel(work, who, one.id, reason="sick", now=NOW, rules=desk.rules)
        await work.commit()


async def test_bookings_to_come_take_places_and_queue_in_the_order_of_the_file(desk: Desk) -> None:
    await desk.people(*NAMES)
    await desk.session(places=2)
    rows = [
        row("Alice", booked="10/01/2027"),
        row("Bob", "Confirmed"),
        row("Dora", "Waiting list"),
        row("Charlie", "waiting"),
    ]
    report = await desk.done("bookings", HEAD, rows)
    assert report.added == 4
    assert await desk.states() == {"Alice": "booked", "Bob": "booked", "Dora": "waiting", "Charlie": "waiting"}
    assert await desk.taken() == (2, 2)
    assert (await booking(desk, "Alice")).booked_at == datetime(2027, 1, 10, 12, tzinfo=UTC)
    assert (await booking(desk, "Dora")).queue_no == 1
    assert (await booking(desk, "Charlie")).queue_no == 2


async def test_a_session_is_never_oversold_by_a_file(desk: Desk) -> None:
    await desk.people(*NAMES)
    await desk.session(places=2)
    report = await desk.rows("bookings", HEAD, [row(name) for name in NAMES])
    assert codes(report) == [("import-session-full", line, "session ref") for line in (4, 5, 6)]
    assert await desk.states() == {}
    marked = await desk.rows("bookings", HEAD, [row(name, over="yes") for name in NAMES])
    assert len(marked.faults) == 3, "a session to come is not overbooked by a file, marked or not"


async def test_who_waits_comes_before_any_file(desk: Desk) -> None:
    await desk.people(*NAMES)
    await desk.session(places=1)
    await desk.done("bookings", HEAD, [row("Alice"), row("Bob", "waiting")])
    await desk.rows(
        "sessions", "ref,course,date,start,end,capacity", [("F-1", "dsl-forum", "2027-02-10", "09:30", "12:30", 2)]
    )
    assert codes(await desk.rows("bookings", HEAD, [row("Charlie")])) == [("import-session-full", 2, "session ref")]


async def test_history_may_exceed_the_places_only_where_the_file_says_so(desk: Desk) -> None:
    await desk.people(*NAMES)
    await desk.session(day="2026-11-02", places=2)
    rows = [row("Alice", "attended"), row("Bob", "did not attend"), row("Charlie", "attended")]
    report = await desk.rows("bookings", HEAD, rows)
    assert codes(report) == [("import-session-full-past", 4, "session ref")]
    assert "overbooked" in said(report)[0]
    marked = await desk.rows("bookings", HEAD, [*rows[:2], row("Charlie", "attended", over="yes")])
    assert (marked.added, noted(marked)) == (3, [("import-note-overbooked", 0)])
    assert said(marked) == ["More people than the 2 places of F-1: 1 more."]
    assert await desk.taken() == (3, 2)


async def test_unknown_people_and_sessions_are_faults_with_a_hint(desk: Desk) -> None:
    await desk.people("Alice")
    await desk.session()
    report = await desk.rows(
        "bookings", HEAD, [row("Alice"), row("Nobody"), row("Alice", ref="F-9"), row("Alice", ref="F-1")]
    )
    assert codes(report) == [
        ("import-person-unknown", 3, "email"),
        ("import-session-unknown", 4, "session ref"),
        ("import-repeated", 5, "email"),
    ]
    assert said(report)[0].endswith("Nobody with the address nobody@example.org is known. Import them as people first.")
    assert await desk.states() == {}


async def test_nobody_attends_what_has_not_begun_or_was_cancelled(desk: Desk) -> None:
    await desk.people("Alice")
    await desk.session("F-1")
    await desk.session("F-2", day="2026-11-02", status="cancelled")
    report = await desk.rows("bookings", HEAD, [row("Alice", "attended"), row("Alice", "booked", ref="F-2")])
    assert codes(report) == [
        ("import-session-not-begun", 2, "session ref"),
        ("import-session-cancelled", 3, "session ref"),
    ]


async def test_what_people_did_in_the_bot_since_stands(desk: Desk) -> None:
    await desk.people("Alice", "Bob")
    await desk.session()
    rows = [row("Alice"), row("Bob")]
    await desk.done("bookings", HEAD, rows)
    await cancel(desk, "Alice")
    again = await desk.rows("bookings", HEAD, rows)
    assert (again.unchanged, noted(again)) == (2, [("import-note-kept-booking", 2)])
    assert said(again) == ["Line 2, column “status”: The bot has this booking as: cancelled. That stands."]
    assert await desk.states() == {"Alice": "cancelled", "Bob": "booked"}
    assert await desk.taken() == (1, 20)


async def test_a_cancellation_passes_the_place_on_and_is_dated_as_the_file_says(desk: Desk) -> None:
    await desk.people("Alice", "Bob")
    await desk.session(places=1)
    await desk.done("bookings", HEAD, [row("Alice", booked="01/12/2026"), row("Bob", "waiting")])
    undated = await desk.rows("bookings", HEAD, [row("Alice", "cancelled")])
    assert codes(undated) == [("import-cancelled-when", 2, "session ref")]
    report = await desk.done("bookings", HEAD, [row("Alice", "cancelled", cancelled="11/01/2027", reason="Sickness")])
    assert report.changed == 1
    assert await desk.states() == {"Alice": "cancelled", "Bob": "offered"}
    alice = await booking(desk, "Alice")
    assert (alice.cancelled_at, alice.cancel_reason, alice.late) == (
        datetime(2027, 1, 11, 12, tzinfo=UTC),
        "Sickness",
        False,
    )


async def test_an_old_cancellation_does_not_undo_a_new_booking(desk: Desk) -> None:
    await desk.people("Alice")
    await desk.session()
    await desk.done("bookings", HEAD, [row("Alice", booked="12/01/2027")])
    report = await desk.rows("bookings", HEAD, [row("Alice", "cancelled", cancelled="11/01/2027")])
    assert (report.changed, noted(report)) == (0, [("import-note-kept-booking", 2)])


async def test_late_cancellations_of_the_past_are_counted_as_late(desk: Desk) -> None:
    await desk.people("Alice", "Bob")
    await desk.session(day="2026-11-16")
    rows = [row("Alice", "cancelled", cancelled="13/11/2026"), row("Bob", "withdrawn", cancelled="01/10/2026")]
    await desk.done("bookings", HEAD, rows)
    assert ((await booking(desk, "Alice")).late, (await booking(desk, "Bob")).late) == (True, False)
    assert await desk.taken() == (0, 20)


@pytest.mark.parametrize("status", ["", "waiting"])
async def test_only_a_place_that_was_theirs_was_given_back_late(desk: Desk, status: str) -> None:
    await desk.people("Alice")
    await desk.session(day="2027-01-19", places=1)
    await desk.done("bookings", HEAD, [row("Alice", status, booked="01/12/2026")])
    desk.now = datetime(2027, 1, 20, 9, tzinfo=UTC)
    await desk.done("bookings", HEAD, [row("Alice", "cancelled", cancelled="18/01/2027")])
    assert (await booking(desk, "Alice")).late is (status != "waiting")


async def test_who_was_booked_by_another_and_says_no_in_time_is_not_late_in_a_file_either(desk: Desk) -> None:
    await desk.people("Alice", "Bob")
    await desk.session(day="2027-01-19")
    alice, bob = await person(desk, "Alice"), await person(desk, "Bob")
    async with desk.database.work() as work:
        session = await work.sessions.by_ref("F-1")
        assert session is not None
        monday = datetime(2027, 1, 18, 9, tzinfo=UTC)
        fields = {"booked_at": monday, "booked_by_id": bob.id}
        await work.sessions.take_place(session.id)
        await work.bookings.add(session_id=session.id, person_id=alice.id, state="booked", **fields)
        await work.commit()
    desk.now = datetime(2027, 1, 20, 9, tzinfo=UTC)
    await desk.done("bookings", HEAD, [row("Alice", "cancelled", cancelled="18/01/2027")])
    assert not (await booking(desk, "Alice")).late


@pytest.mark.parametrize("read_on", ["2027-01-18", "2027-01-20"])
async def test_a_late_cancellation_is_charged_whenever_the_file_is_read(desk: Desk, read_on: str) -> None:
    desk.rules = CHARGING
    await desk.people("Alice")
    await desk.session(day="2027-01-19")
    await desk.done("bookings", HEAD, [row("Alice", booked="01/12/2026")])
    desk.now = datetime.fromisoformat(f"{read_on}T15:00:00Z")
    await desk.done("bookings", HEAD, [row("Alice", "cancelled", cancelled="18/01/2027")])
    assert await charges_of(desk, "Alice") == [(ChargeKind.LATE_CANCELLATION, ChargeState.DUE)]


async def test_late_cancellations_of_long_ago_are_counted_and_charge_nobody(desk: Desk) -> None:
    desk.rules = CHARGING
    await desk.people("Alice")
    await desk.session(day="2026-11-16")
    await desk.done("bookings", HEAD, [row("Alice", "cancelled", cancelled="13/11/2026")])
    assert (await booking(desk, "Alice")).late
    assert await charges_of(desk, "Alice") == []


async def test_who_was_called_absent_and_had_cancelled_late_is_charged_for_that_instead(desk: Desk) -> None:
    desk.rules = CHARGING
    await desk.people("Alice")
    await desk.session(day="2027-01-13")
    await desk.done("bookings", HEAD, [row("Alice", "did not attend", booked="1/10/2026")])
    await desk.done("bookings", HEAD, [row("Alice", "cancelled", cancelled="12/01/2027")])
    assert (await booking(desk, "Alice")).late
    assert await charges_of(desk, "Alice") == [
        (ChargeKind.DID_NOT_ATTEND, ChargeState.WITHDRAWN),
        (ChargeKind.LATE_CANCELLATION, ChargeState.DUE),
    ]


async def test_history_that_was_put_right_counts_its_places_right(desk: Desk) -> None:
    await desk.people("Alice", "Bob")
    await desk.session(day="2026-11-16", places=2)
    await desk.done(
        "bookings", HEAD, [row("Alice", "attended", booked="1/10/2026"), row("Bob", "cancelled", cancelled="1/11/2026")]
    )
    rows = [row("Alice", "cancelled", cancelled="2/11/2026"), row("Bob", "attended")]
    await desk.done("bookings", HEAD, rows)
    assert await desk.states() == {"Alice": "cancelled", "Bob": "attended"}
    assert await desk.taken() == (1, 2)


async def test_nobody_is_charged_for_not_attending_what_the_file_says_they_cancelled(desk: Desk) -> None:
    await desk.people("Alice")
    await desk.session(day="2027-01-13")
    await desk.done("bookings", HEAD, [row("Alice", "did not attend", booked="1/10/2026")])
    await desk.done("bookings", HEAD, [row("Alice", "cancelled", cancelled="2/12/2026")])
    async with desk.database.reading() as work:
        (charge,) = await work.charges.of_booking((await booking(desk, "Alice")).id)
    assert (charge.kind, charge.state) == (ChargeKind.DID_NOT_ATTEND, ChargeState.WITHDRAWN)


async def test_whoever_attended_lately_owes_evaluations_and_history_owes_none(desk: Desk) -> None:
    await desk.people("Alice", "Bob")
    await desk.session("NEW", day="2027-01-13")
    await desk.session("OLD", day="2026-11-02")
    await desk.done("bookings", HEAD, [row("Alice", "attended", ref="NEW"), row("Bob", "attended", ref="OLD")])
    later = (NOW + timedelta(days=90)).date()
    async with desk.database.reading() as work:
        owed = [await work.evaluations.open_of((await person(desk, name)).id, later) for name in ("Alice", "Bob")]
    assert [[one.kind.value for one in each] for each in owed] == [["course", "impact"], []]
    assert [one.due_on.isoformat() for one in owed[0]] == ["2027-01-13", "2027-02-24"]


async def test_a_reason_that_identifies_somebody_is_refused_and_not_repeated(desk: Desk) -> None:
    await desk.people("Alice")
    await desk.session()
    report = await desk.rows(
        "bookings", HEAD, [row("Alice", "cancelled", cancelled="1/1/2027", reason="visiting Jane Roe")]
    )
    assert codes(report) == [("import-identifies", 2, "reason")]
    assert "Jane" not in said(report)[0]


async def test_a_file_and_many_bookers_at_once_never_oversell(desk: Desk) -> None:
    names = [f"P{number:02}" for number in range(40)]
    await desk.people(*names)
    await desk.session(places=25)
    people = [await person(desk, name) for name in names[20:]]
    async with desk.database.reading() as work:
        session = await work.sessions.by_ref("F-1")
    assert session is not None
    session_id = session.id

    async def book(who: Person) -> None:
        async with desk.database.work() as work:
            await bookings.book(work, who, session_id, now=NOW, rules=desk.rules)
            await work.commit()

    importing = asyncio.create_task(desk.rows("bookings", HEAD, [row(name) for name in names[:20]]))
    await asyncio.gather(*(book(who) for who in people))
    report = await importing
    states = list((await desk.states()).values())
    booked = states.count(BookingState.BOOKED.value)
    assert (booked, (booked, 25)) == (25 if report.written else 20, await desk.taken())
    assert report.written or {fault.code for fault in report.faults} == {"import-session-full"}


async def test_a_cancellation_that_cannot_be_made_leaves_nothing_half_done(desk: Desk) -> None:
    await desk.people("Alice", "Bob")
    await desk.session()
    rows = [row("Bob"), row("Alice", "cancelled")]
    await desk.done("bookings", HEAD, [row("Alice")])
    assert codes(await desk.rows("bookings", HEAD, rows)) == [("import-cancelled-when", 3, "session ref")]
    assert await desk.states() == {"Alice": "booked"}


async def test_a_file_waits_for_a_booking_that_is_being_made(desk: Desk) -> None:
    await desk.people("Alice", "Bob")
    await desk.session(places=1)
    alice = await person(desk, "Alice")
    async with desk.database.work() as work:
        session = await work.sessions.by_ref("F-1")
        assert session is not None
        await bookings.book(work, alice, session.id, now=NOW, rules=desk.rules)
        importing = asyncio.create_task(desk.rows("bookings", HEAD, [row("Bob")]))
        await asyncio.sleep(0.5)
        assert not importing.done()
        await work.commit()
    assert codes(await importing) == [("import-session-full", 2, "session ref")]
    assert await desk.taken() == (1, 1)


async def test_who_is_booked_from_a_file_is_not_told_that_the_course_has_a_date(desk: Desk) -> None:
    await desk.people("Alice", "Bob", "Charlie", "Dora")
    await desk.session("OLD", day="2026-11-16")
    await desk.session(places=1)
    async with desk.database.work() as work:
        for name in ("Alice", "Bob", "Charlie", "Dora"):
            await interests.register(work, await person(desk, name), "dsl-forum", now=NOW, rules=desk.rules)
        await work.commit()
    rows = [row("Alice"), row("Bob", "waiting"), row("Charlie", "attended", ref="OLD"), row("Dora", "cancelled")]
    await desk.done("bookings", HEAD, rows)
    async with desk.database.work() as work:
        await plan(work, desk.rules, NOW)
        await work.commit()
    told = [one.person_id for one in await Office(desk.database, desk.rules).notices() if one.kind == "date-published"]
    assert told == [(await person(desk, name)).id for name in ("Charlie", "Dora")]


@pytest.mark.parametrize(
    ("day", "at_once"),
    [
        pytest.param("2027-01-19", True, id="two working days ahead"),
        pytest.param("2027-01-20", False, id="three working days ahead"),
        pytest.param("2027-06-15", False, id="months ahead"),
    ],
)
async def test_joining_details_of_what_a_file_brought_come_in_one_message_in_working_hours(
    desk: Desk, day: str, at_once: bool
) -> None:
    await desk.people("Alice")
    for ref, on in (("F-1", day), ("F-2", "2027-06-16")):
        await desk.session(ref, day=on)
    await desk.done("bookings", "ref,email,status", [(ref, "alice@example.org", "booked") for ref in ("F-1", "F-2")])
    post = Office(desk.database, desk.rules)
    night = NOW + timedelta(hours=12)

    await post.plan_and_deliver(night)
    assert len(post.mailer.to("Alice")) == int(at_once)
    await post.plan_and_deliver(NOW + timedelta(days=3))
    assert len(post.mailer.to("Alice")) == 1 + int(at_once)


async def test_who_books_anew_what_a_file_brought_is_told_at_once(desk: Desk) -> None:
    await desk.people("Alice")
    await desk.session(day="2027-06-15")
    await desk.done("bookings", "ref,email,status", [("F-1", "alice@example.org", "booked")])
    post = Office(desk.database, desk.rules)
    night = NOW + timedelta(hours=12)
    async with desk.database.work() as work:
        alice = await work.people.by_email("alice@example.org")
        assert alice is not None
        (booking,) = await work.bookings.active_of(alice.id, NOW)
        await bookings.cancel(work, alice, booking.id, reason="", now=night, rules=desk.rules)
        await bookings.book(work, alice, booking.session_id, now=night, rules=desk.rules)
        await work.commit()

    await post.plan_and_deliver(night)

    assert len(post.mailer.to("Alice")) == 1


@pytest.mark.parametrize(
    ("status", "becomes"),
    [("did not attend", "not-approved-in-time"), ("attended", "attended"), ("cancelled", "cancelled")],
)
async def test_a_file_never_calls_absent_whose_place_was_not_approved_in_time(
    desk: Desk, status: str, becomes: str
) -> None:
    await desk.people("Alice")
    await desk.session(day="2027-01-13")
    await desk.done("bookings", HEAD, [row("Alice", "booked", booked="01/12/2026")])
    async with desk.database.work() as work:
        (booking,) = await work.bookings.on_sessions([1], [BookingState.BOOKED])
        await work.bookings.move(booking, BookingState.NOT_APPROVED)
        await work.commit()

    cancelled = "12/01/2027" if status == "cancelled" else ""
    await desk.done("bookings", HEAD, [row("Alice", status, booked="01/12/2026", cancelled=cancelled)])

    assert await desk.states() == {"Alice": becomes}
    assert (await desk.taken())[0] == int(becomes != "cancelled")


async def test_who_was_not_approved_in_time_is_not_absent_once_a_file_takes_a_wrong_mark_back(desk: Desk) -> None:
    await desk.people("Alice")
    await desk.session(day="2027-01-13")
    await desk.done("bookings", HEAD, [row("Alice", "booked", booked="01/12/2026")])
    async with desk.database.work() as work:
        (found,) = await work.bookings.on_sessions([1], [BookingState.BOOKED])
        await work.bookings.move(found, BookingState.AWAITING)
        await bookings.end_unapproved(work, NOW)
        await work.commit()
    await desk.done("bookings", HEAD, [row("Alice", "attended", booked="01/12/2026")])

    report = await desk.done("bookings", HEAD, [row("Alice", "did not attend", booked="01/12/2026")])

    assert await desk.states() == {"Alice": "not-approved-in-time"}
    assert (report.changed, noted(report)) == (1, [("import-note-never-approved", 2)])
    async with desk.database.reading() as work:
        assert await work.evaluations.of_bookings([found.id]) == {}
    again = await desk.done("bookings", HEAD, [row("Alice", "did not attend", booked="01/12/2026")])
    assert (again.changed, again.unchanged) == (0, 1)
    assert (await desk.taken())[0] == 1


async def test_joining_details_in_the_days_message_take_nothing_else_of_it_out_of_teams(desk: Desk) -> None:
    post = Office(desk.database, desk.rules, render=Renderer(desk.rules))
    alice = await post.person("Alice")
    for ref, on in (("F-1", "2027-06-15"), ("F-2", "2027-06-16")):
        await desk.session(ref, day=on)
    await desk.done("bookings", "ref,email,status", [(ref, str(alice.email), "booked") for ref in ("F-1", "F-2")])
    await post.owe(alice, NOW)

    await post.plan_and_deliver(NOW)

    (mail,), (chat,) = post.mailer.to("Alice"), post.messenger.to("Alice")
    course = "safeguarding-in-education-termly-seminar-dsl"
    names = [f"invitation-{course}-2027-06-{day}-0930.ics" for day in (15, 16)]
    assert sorted(one.name for one in mail.attachments) == names, "two files are told apart by their names"
    assert ("Action X-" in mail.text, "Action X-" in chat.text) == (False, True)
    assert {one.state for one in await post.notices()} == {NoticeState.SENT}
