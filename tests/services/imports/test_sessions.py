"""Sessions come in by office reference; people who are booked are never moved or cancelled behind their backs."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dialogs.notices import Renderer
from services import bookings
from services.model import BookingState, Session, SessionState
from tests.services.imports.desk import NOW, Desk, codes, noted, said
from tests.services.notices.office import Office

HEAD = (
    "Event ref,Event title,Start date,Start time,End time,Max delegates,Delivery,Venue,Join link,Trainer,Status,"
    "Cancellation reason"
)


def row(
    ref: str = "F-1",
    course: str = "dsl-forum",
    day: str = "10/02/2027",
    start: str = "09:30",
    end: str = "12:30",
    places: object = 20,
    *,
    mode: str = "",
    venue: str = "",
    link: str = "",
    trainer: str = "",
    status: str = "",
    reason: str = "",
) -> tuple[object, ...]:
    return (ref, course, day, start, end, places, mode, venue, link, trainer, status, reason)


async def session(desk: Desk, ref: str = "F-1") -> Session:
    async with desk.database.reading() as work:
        found = await work.sessions.by_ref(ref)
    assert found is not None
    return found


async def test_a_session_comes_in_on_the_london_wall_clock(desk: Desk) -> None:
    link = "https://teams.example.org/l/meetup-join/1"
    report = await desk.done(
        "sessions",
        HEAD,
        [
            row("W-1", "DSL forum", day="10/02/2027", link=link, trainer="Tilda Testerton"),
            row(
                "S-1",
                "Managing Allegations (LADO)",
                day="1 July 2027",
                start="9.30am",
                end="4pm",
                venue="Room 1, Civic Centre",
            ),
            row("S-2", "Parental Mental Health Workshop", venue="MS Teams"),
        ],
    )
    assert report.added == 3
    winter, summer, online = await session(desk, "W-1"), await session(desk, "S-1"), await session(desk, "S-2")
    assert (winter.starts_at, winter.ends_at) == (
        datetime(2027, 2, 10, 9, 30, tzinfo=UTC),
        datetime(2027, 2, 10, 12, 30, tzinfo=UTC),
    )
    assert (winter.course_id, winter.mode, winter.join_url, winter.trainer) == (
        "dsl-forum",
        "online",
        link,
        "Tilda Testerton",
    )
    assert summer.starts_at == datetime(2027, 7, 1, 8, 30, tzinfo=UTC)
    assert (summer.mode, summer.venue, summer.course_id) == (
        "in-person",
        "Room 1, Civic Centre",
        "managing-allegations-lado",
    )
    assert (online.mode, online.venue, online.course_id) == ("online", None, "parental-mental-health")


async def test_a_start_and_an_end_may_each_be_one_cell(desk: Desk) -> None:
    await desk.done(
        "sessions",
        "ref,course,starts,ends,capacity",
        [("F-1", "dsl-forum", "10/02/2027 09:30", "2027-02-10 12:30", 20)],
    )
    assert (await session(desk)).ends_at == datetime(2027, 2, 10, 12, 30, tzinfo=UTC)


async def test_every_bad_cell_of_a_session_is_named(desk: Desk) -> None:
    report = await desk.rows(
        "sessions",
        HEAD,
        [
            row("A", course="Digital exploitaton"),
            row("B", day="02/31/2027"),
            row("C", start="12:30", end="09:30"),
            row("D", start="01:30", end="03:00"),
            row("E", places="many", mode="by post", link="http://example.org", status="maybe"),
            row("A"),
            row("F", day=""),
            row("G", course="Basket weaving"),
        ],
    )
    assert codes(report) == [
        ("import-course-unknown-near", 2, "Event title"),
        ("import-bad-date", 3, "Start date"),
        ("import-ends-before-start", 4, "End time"),
        ("import-small-hours", 5, "Start time"),
        ("import-bad-number", 6, "Max delegates"),
        ("import-bad-choice", 6, "Delivery"),
        ("import-bad-link", 6, "Join link"),
        ("import-bad-choice", 6, "Status"),
        ("import-empty-cell", 8, "Start date"),
        ("import-course-unknown", 9, "Event title"),
    ]
    assert "Did you mean Digital Exploitation?" in said(report)[0]
    twice = await desk.rows("sessions", HEAD, [row("A"), row("A")])
    assert codes(twice) == [("import-repeated", 3, "Event ref")]


@pytest.mark.parametrize(
    ("course", "near"),
    [
        ("Nonsense course", ""),
        ("Basket training", ""),
        ("lado trainin", "Managing Allegations (LADO)"),
        ("drug awarenes course", "Drug Awareness"),
    ],
)
async def test_only_the_title_of_a_course_is_suggested_and_only_where_one_is_near(
    desk: Desk, course: str, near: str
) -> None:
    report = await desk.rows("sessions", HEAD, [row("A", course=course)])
    assert ("Did you mean" in said(report)[0]) == bool(near)
    assert near in said(report)[0]


async def test_places_can_be_raised_but_not_below_what_is_taken(desk: Desk) -> None:
    await desk.session(places=3)
    await desk.people("Alice", "Bob")
    await desk.done("bookings", "ref,email", [("F-1", "alice@example.org"), ("F-1", "bob@example.org")])
    assert (await desk.rows("sessions", HEAD, [row(places=30)])).changed == 1
    assert await desk.taken() == (2, 30)
    report = await desk.rows("sessions", HEAD, [row(places=1)])
    assert codes(report) == [("import-capacity-below-taken", 2, "Max delegates")]
    assert await desk.taken() == (2, 30)


async def test_a_session_with_bookings_is_not_moved_or_cancelled_by_a_file(desk: Desk) -> None:
    await desk.session()
    await desk.people("Alice")
    await desk.done("bookings", "ref,email", [("F-1", "alice@example.org")])
    for changed in (row(day="11/02/2027"), row(end="13:00"), row(course="drug-awareness"), row(status="cancelled")):
        report = await desk.rows("sessions", HEAD, [changed])
        assert codes(report) == [("import-session-has-bookings", 2, "Event ref")]
    assert (await desk.rows("sessions", HEAD, [row(venue="Room 2", mode="in person")])).changed == 1
    assert (await session(desk)).venue == "Room 2"


async def test_a_reference_is_the_same_whatever_the_case_of_its_letters(desk: Desk) -> None:
    await desk.people("Alice")
    await desk.done("sessions", HEAD, [row("Q-1")])
    report = await desk.done("sessions", HEAD, [row("q-1", places=25)])
    assert (report.added, report.changed, (await session(desk, "Q-1")).capacity) == (0, 1, 25)
    assert codes(await desk.rows("sessions", HEAD, [row("R1"), row("r1")])) == [("import-repeated", 3, "Event ref")]
    await desk.done("bookings", "session,email", [("q-1", "alice@example.org")])
    assert await desk.states("Q-1") == {"Alice": "booked"}
    both = [("Q-1", "alice@example.org"), ("q-1", "alice@example.org")]
    assert codes(await desk.rows("bookings", "session,email", both)) == [("import-repeated", 3, "email")]


async def test_a_session_without_bookings_moves(desk: Desk) -> None:
    await desk.session()
    async with desk.database.work() as work:
        await work.sessions.change((await session(desk)).id, closes_on=date(2027, 2, 10))
        await work.commit()
    assert (await desk.rows("sessions", HEAD, [row(day="11/02/2027")])).changed == 1
    moved = await session(desk)
    assert (moved.starts_at, moved.closes_on) == (datetime(2027, 2, 11, 9, 30, tzinfo=UTC), None)


async def test_a_cancelled_event_keeps_its_reason_and_is_not_revived_by_an_old_file(desk: Desk) -> None:
    await desk.session(day="2022-06-01", status="Cancelled", reason="Trainer unavailable")
    found = await session(desk)
    assert found.state is SessionState.CANCELLED
    async with desk.database.reading() as work:
        assert await work.events.latest_detail("cancelled", "session", [found.id]) == {
            found.id: {"reason": "trainer-unavailable"}
        }
    old = await desk.rows("sessions", HEAD, [row(day="01/06/2022", status="open")])
    assert (old.changed, old.unchanged, noted(old)) == (0, 1, [("import-note-kept-cancelled", 2)])
    assert (await session(desk)).state is SessionState.CANCELLED
    other = await desk.rows("sessions", HEAD, [row(day="01/06/2022", status="cancelled", reason="Weather")])
    assert other.changed == 1


async def test_a_session_of_the_past_may_be_put_right(desk: Desk) -> None:
    await desk.session(day="2026-11-02", places=2)
    await desk.people("Alice")
    await desk.done("bookings", "ref,email,status", [("F-1", "alice@example.org", "attended")])
    assert (await desk.rows("sessions", HEAD, [row(day="03/11/2026", places=2)])).changed == 1


async def unapproved(desk: Desk, name: str) -> None:
    """Their place on F-1 was held, and its session began before anybody had agreed."""
    await desk.done(
        "bookings", "ref,email,status,booked on", [("F-1", f"{name.lower()}@example.org", "", "01/12/2026")]
    )
    async with desk.database.work() as work:
        person = await work.people.by_email(f"{name.lower()}@example.org")
        assert person is not None
        booking = await work.bookings.of(person.id, 1)
        assert booking is not None
        await work.bookings.move(booking, BookingState.AWAITING)
        await bookings.end_unapproved(work, NOW)
        await work.commit()


async def test_whose_place_was_not_approved_in_time_hears_of_a_new_date_and_how_to_ask_again(desk: Desk) -> None:
    post = Office(desk.database, desk.rules, render=Renderer(desk.rules))
    for name in ("Alice", "Bob"):
        await post.person(name)
    await desk.session(day="2027-01-13")
    await unapproved(desk, "Alice")
    await post.plan_and_deliver(NOW)
    before = len(post.messenger.to("Alice"))

    await desk.rows("sessions", HEAD, [row(day="17/02/2027")], dry_run=True)
    await desk.rows("sessions", HEAD, [row(day="17/02/2027")])
    await desk.rows("sessions", HEAD, [row(day="17/02/2027")])
    await post.plan_and_deliver(NOW)

    (told,) = post.messenger.to("Alice")[before:]
    assert "has another date: Wednesday 17 February 2027, 9.30am to 12.30pm, online" in told.text
    assert "the partnership manager had not agreed to your place, so you have none on this date" in told.text
    assert "type book Safeguarding in Education" in told.text
    assert "Ask for a place again" in str(told.card)
    assert post.messenger.to("Bob") == []


async def test_a_session_put_right_within_the_past_tells_nobody(desk: Desk) -> None:
    post = Office(desk.database, desk.rules)
    await post.person("Alice")
    await desk.session(day="2027-01-13")
    await unapproved(desk, "Alice")
    await desk.rows("sessions", HEAD, [row(day="14/01/2027")])
    await desk.rows("sessions", HEAD, [row(day="14/01/2027", trainer="Tilda")])
    assert await post.notices() == []


async def test_what_is_still_to_answer_follows_a_held_session_to_the_day_it_was_held(desk: Desk) -> None:
    await desk.session("F-1", day="2027-01-04")
    await desk.people("Alice", "Bob")
    came = [("F-1", f"{who}@example.org", "attended") for who in ("alice", "bob")]
    await desk.done("bookings", "session,email,status", came)
    async with desk.database.work() as work:
        alice = await work.people.by_email("alice@example.org")
        assert alice is not None
        course, _ = await work.evaluations.open_of(alice.id, date(2027, 12, 31))
        assert await work.evaluations.answer(course.id, {"satisfaction": "5"}, desk.now)
        await work.commit()

    await desk.session("F-1", day="2026-12-07")

    async with desk.database.reading() as work:
        session = await work.sessions.by_ref("F-1")
        assert session is not None
        found = await work.bookings.on_session(session.id, [BookingState.ATTENDED])
        forms = await work.evaluations.of_bookings([one.id for one in found])
    days = sorted((one.kind.value, one.due_on) for owed in forms.values() for one in owed)
    assert days == [
        ("course", date(2026, 12, 7)),
        ("course", date(2027, 1, 4)),
        ("impact", date(2027, 1, 18)),
        ("impact", date(2027, 1, 18)),
    ]


async def test_a_session_that_somebody_attended_is_not_called_off_by_a_file(desk: Desk) -> None:
    await desk.session(day="2026-11-02", places=2)
    await desk.people("Alice")
    await desk.done("bookings", "ref,email,status", [("F-1", "alice@example.org", "attended")])
    report = await desk.rows("sessions", HEAD, [row(day="02/11/2026", places=2, status="cancelled")])
    assert codes(report) == [("import-session-was-held", 2, "Status")]
    assert (await session(desk)).state is SessionState.OPEN


async def test_a_day_that_cannot_be_is_not_called_a_bad_time(desk: Desk) -> None:
    head = "Session ref,Course,Starts,Ends,Capacity"
    report = await desk.rows("sessions", head, [("F-1", "dsl-forum", "13/13/2027 09:30", "half past", 20)])
    assert codes(report) == [("import-bad-moment", 2, "Starts"), ("import-bad-time", 2, "Ends")]
