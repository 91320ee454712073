"""Attendance comes in from a register, or from the report that Teams makes of a meeting."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services import bookings
from services.imports import ImportReport
from services.model import BookingState
from tests.builders import a_rulebook, confirm
from tests.services.imports.desk import NOW, Desk, codes, said

SUMMARY = (
    "1. Summary\r\nMeeting title\t{title}\r\nAttended participants\t4\r\nStart time\t13/01/2027, 09:25:40\r\n"
    "End time\t13/01/2027, 12:31:02\r\nMeeting duration\t{took}\r\nAverage attendance time\t2h 1m 3s\r\n\r\n"
    "2. Participants\r\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\r\n"
)
ACTIVITIES = (
    "\r\n3. In-Meeting Activities\r\nName\tJoin Time\tLeave Time\tDuration\tEmail\tRole\r\n"
    "Bob\t13/01/2027, 09:30:00\t13/01/2027, 12:30:00\t3h 0m 0s\tbob@example.org\tAttendee\r\n"
)


def person(name: str, stayed: str, *, email: str | None = None, role: str = "Attendee") -> str:
    address = f"{name.lower()}@example.org" if email is None else email
    return f"{name}\t13/01/2027, 09:28:00\t13/01/2027, 12:30:00\t{stayed}\t{address}\t{address}\t{role}\r\n"


def teams(*people: str, title: str = "F-1 DSL forum", took: str = "3h 5m 22s") -> bytes:
    return (SUMMARY.format(title=title, took=took) + "".join(people) + ACTIVITIES).encode("utf-16")


@pytest.fixture
async def held(desk: Desk) -> Desk:
    """A forum two days ago, 9.30 to 12.30, with three booked, one waiting, and a trainer who is not."""
    await desk.people("Alice", "Bob", "Charlie", "Dora", "Ed")
    await desk.done("people", "name,email,roles", [("Tilda", "tilda@example.org", "trainer")])
    await desk.session(day="2027-01-13")
    rows = [("F-1", f"{name}@example.org", "booked") for name in ("alice", "bob", "charlie")]
    await desk.done("bookings", "ref,email,status", [*rows, ("F-1", "dora@example.org", "waiting")])
    return desk


async def owed(desk: Desk, name: str) -> list[str]:
    async with desk.database.reading() as work:
        found = await work.people.by_email(f"{name.lower()}@example.org")
        assert found is not None
        return [one.kind.value for one in await work.evaluations.open_of(found.id, (NOW + timedelta(days=90)).date())]


async def marks_of(desk: Desk, name: str) -> list[dict[str, object]]:
    """What the trail says of each mark of this person, oldest first."""
    async with desk.database.reading() as work:
        found = await work.people.by_email(f"{name.lower()}@example.org")
        session = await work.sessions.by_ref("F-1")
        assert found is not None
        assert session is not None
        booking = await work.bookings.of(found.id, session.id)
        assert booking is not None
        deeds = await work.events.about("booking", [booking.id])
    return [dict(one.detail) for one in deeds if one.verb == "marked"]


async def test_a_register_marks_who_came_and_who_did_not(held: Desk) -> None:
    rows = [("F-1", "alice@example.org", "Yes"), ("F-1", "BOB@example.org", "DNA")]
    report = await held.done("attendance", "Event ref,Delegate email,Attended", rows)
    assert report.changed == 2
    assert await held.states() == {"Alice": "attended", "Bob": "did-not-attend", "Charlie": "booked", "Dora": "waiting"}
    assert (await owed(held, "Alice"), await owed(held, "Bob")) == (["course", "impact"], [])
    assert await held.taken() == (3, 20)


async def test_a_mark_from_a_file_is_kept_in_the_words_of_one_from_the_chat(held: Desk) -> None:
    for came in ("no", "yes"):
        await held.done("attendance", "ref,email,attended", [("F-1", "alice@example.org", came)])
    await held.done("bookings", "ref,email,status", [("F-1", "ed@example.org", "attended")])
    assert await marks_of(held, "Alice") == [
        {"was": "booked", "is": "did-not-attend", "by": "import"},
        {"was": "did-not-attend", "is": "attended", "by": "import"},
    ]
    assert await marks_of(held, "Ed") == [{"was": None, "is": "attended", "by": "import"}]


async def test_a_register_that_is_put_right_takes_the_evaluations_back(held: Desk) -> None:
    head = "ref,email,attended"
    await held.done("attendance", head, [("F-1", "alice@example.org", "yes"), ("F-1", "bob@example.org", "no")])
    await held.done("attendance", head, [("F-1", "alice@example.org", "no"), ("F-1", "bob@example.org", "yes")])
    assert (await owed(held, "Alice"), await owed(held, "Bob")) == ([], ["course", "impact"])


async def test_every_row_of_a_register_that_cannot_be_marked_is_named(held: Desk) -> None:
    await held.session("F-2", day="2027-03-01")
    await held.session("F-3", day="2027-01-12", status="cancelled")
    report = await held.rows(
        "attendance",
        "ref,email,attended",
        [
            ("F-1", "alice@example.org", "yes"),
            ("F-1", "dora@example.org", "yes"),
            ("F-1", "ed@example.org", "yes"),
            ("F-1", "stranger@example.org", "yes"),
            ("F-2", "alice@example.org", "yes"),
            ("F-3", "alice@example.org", "yes"),
            ("F-1", "bob@example.org", "perhaps"),
            ("F-1", "charlie@example.org", ""),
        ],
    )
    assert codes(report) == [
        ("import-not-booked", 3, "email"),
        ("import-not-booked", 4, "email"),
        ("import-person-unknown", 5, "email"),
        ("import-session-not-begun", 6, "ref"),
        ("import-session-cancelled", 7, "ref"),
        ("import-bad-choice", 8, "attended"),
        ("import-empty-cell", 9, "attended"),
    ]
    assert said(report)[0].endswith("This person is not booked on the session (waiting). Book them first.")
    assert (await held.states())["Alice"] == "booked"


async def test_a_teams_report_marks_everybody_who_is_booked(held: Desk) -> None:
    data = teams(
        person("Tilda", "3h 5m 0s", role="Organizer"),
        person("Alice", "2h 58m 1s", role="Presenter"),
        person("Bob", "40m 12s"),
    )
    report = await held.file("attendance", data)
    assert (report.written, report.changed) == (True, 3), said(report)
    assert await held.states() == {
        "Alice": "attended", "Bob": "did-not-attend", "Charlie": "did-not-attend", "Dora": "waiting",
    }  # fmt: skip
    again = await held.file("attendance", data)
    assert (again.changed, again.unchanged) == (0, 3)


async def test_somebody_who_came_back_is_counted_for_the_whole_of_their_stay(held: Desk) -> None:
    await held.file(
        "attendance", teams(person("Alice", "1h 30m 0s"), person("Alice", "50m"), person("Bob", "1h 30m 0s"))
    )
    assert (await held.states())["Alice"] == "attended"
    assert (await held.states())["Bob"] == "did-not-attend"


@pytest.mark.parametrize(
    ("stayed", "share", "took", "state"),
    [
        ("1h 30m", 0.5, "3h 5m 22s", "attended"),
        ("1h 29m 59s", 0.5, "3h 5m 22s", "did-not-attend"),
        ("2h 15m", 0.75, "3h 5m 22s", "attended"),
        ("2h 14m", 0.75, "3h 5m 22s", "did-not-attend"),
        ("1h 31m", 0.75, "2h 0m 0s", "attended"),
    ],
    ids=["half", "less-than-half", "three-quarters", "less", "meeting-ended-early"],
)
async def test_how_long_is_long_enough_is_what_the_partnership_says(
    held: Desk, stayed: str, share: float, took: str, state: str
) -> None:
    held.rules = a_rulebook(booking={"attended_share": confirm(share)})
    await held.file("attendance", teams(person("Alice", stayed), took=took))
    assert (await held.states())["Alice"] == state


async def test_the_report_of_a_meeting_that_was_started_again_takes_nothing_back(held: Desk) -> None:
    await held.file("attendance", teams(person("Alice", "3h"), person("Charlie", "1m")))
    second = await held.file("attendance", teams(person("Bob", "2h 50m"), took="2h 55m"))
    assert second.changed == 1
    states = await held.states()
    assert (states["Alice"], states["Bob"], states["Charlie"]) == ("attended", "attended", "did-not-attend")


@pytest.mark.parametrize(
    "began", ["13/01/2027, 09:25:40", "1/13/27, 9:25:40 AM", "2027-01-13 09:25", "13.01.2027", "soon"]
)
async def test_the_day_of_a_report_is_compared_in_any_order(held: Desk, began: str) -> None:
    data = teams(person("Alice", "3h")).decode("utf-16").replace("13/01/2027, 09:25:40", began)
    assert (await held.file("attendance", data)).written


async def test_a_report_of_another_day_marks_nobody(held: Desk) -> None:
    data = teams(person("Alice", "3h")).decode("utf-16").replace("13/01/2027, 09:25:40", "1/14/27, 9:25:40 AM")
    report = await held.file("attendance", data)
    assert said(report) == ["This report is of a meeting on another day than F-1, which was on 13/01/2027."]
    assert (await held.states())["Alice"] == "booked"


async def test_strangers_and_people_who_are_not_booked_are_named(held: Desk) -> None:
    report = await held.file(
        "attendance",
        teams(
            person("Alice", "3h"),
            person("Guest", "3h", email="guest@elsewhere.example"),
            person("Anonymous", "3h", email=""),
            person("Ed", "3h"),
            person("Dora", "3h"),
            person("Helper", "3h", email="", role="Co-organizer"),
        ),
    )
    assert codes(report) == [
        ("import-person-unknown", 12, "Email"),
        ("import-attendee-without-email", 13, "Email"),
        ("import-not-booked", 14, "Email"),
        ("import-not-booked", 15, "Email"),
    ]
    assert (await held.states())["Alice"] == "booked"


async def test_an_older_layout_with_commas_is_read_too(held: Desk) -> None:
    text = (
        "Meeting Summary\nTotal Number of Participants,2\nMeeting Title,Forum F-1\n"
        'Meeting Start Time,"1/13/2027, 9:25:40 AM"\n\n'
        "Full Name,Join Time,Leave Time,Duration,Email,Role,Participant ID (UPN)\n"
        'Alice,"1/13/2027, 9:28 AM","1/13/2027, 12:30 PM",3h 2m,alice@example.org,Attendee,\n'
        'Bob,"1/13/2027, 9:28 AM","1/13/2027, 12:30 PM",3h 2m,,Attendee,bob@example.org\n'
    )
    report = await held.file("attendance", text)
    assert report.written, said(report)
    states = await held.states()
    assert (states["Alice"], states["Bob"], states["Charlie"]) == ("attended", "attended", "did-not-attend")


async def _which(desk: Desk, title: str, name: str = "report.csv", session_ref: str | None = None) -> ImportReport:
    return await desk.file("attendance", teams(person("Alice", "3h"), title=title), name=name, session_ref=session_ref)


async def test_the_session_is_known_by_the_title_the_file_name_or_the_command(held: Desk) -> None:
    await held.session("F-1-B", day="2027-01-12")
    await held.session("F-10", day="2027-01-12")
    nothing = await _which(held, "DSL forum")
    assert [fault.code for fault in nothing.faults] == ["import-which-session"]
    both = await _which(held, "F-1 and F-10")
    assert [(fault.code, fault.params["refs"]) for fault in both.faults] == [("import-which-of-sessions", "F-1, F-10")]
    unknown = await _which(held, "F-1", session_ref="F-99")
    assert [fault.code for fault in unknown.faults] == ["import-session-unknown"]
    assert (await _which(held, "forum", name="Attendance_f-1_13.csv")).written
    assert (await _which(held, "F-10", session_ref="F-1")).written
    assert (await held.states())["Alice"] == "attended"


async def test_a_session_that_has_not_begun_or_was_cancelled_takes_no_report(held: Desk) -> None:
    await held.session("LATER", day="2027-03-01")
    await held.session("TUESDAY", day="2027-01-12")
    await held.session("OFF", day="2027-01-12", status="cancelled")
    assert [fault.code for fault in (await _which(held, "LATER")).faults] == ["import-session-not-begun"]
    assert [fault.code for fault in (await _which(held, "OFF")).faults] == ["import-session-cancelled"]


async def test_a_file_that_is_neither_register_nor_report_says_what_is_missing(held: Desk) -> None:
    report = await held.file("attendance", "ref,email\nF-1,alice@example.org\n")
    assert [fault.column for fault in report.faults] == ["attended"]


async def test_whose_place_was_not_approved_in_time_is_marked_if_they_came_and_never_absent(held: Desk) -> None:
    async with held.database.work() as work:
        for name in ("bob", "charlie"):
            found = await work.people.by_email(f"{name}@example.org")
            assert found is not None
            (booking,) = [
                one for one in await work.bookings.on_sessions([1], list(BookingState)) if one.person_id == found.id
            ]
            await work.bookings.move(booking, BookingState.NOT_APPROVED)
        await work.commit()
    await held.done(
        "attendance",
        "ref,email,attended",
        [("F-1", "alice@example.org", "yes"), ("F-1", "bob@example.org", "yes"), ("F-1", "charlie@example.org", "no")],
    )
    assert await held.states() == {
        "Alice": "attended",
        "Bob": "attended",
        "Charlie": "not-approved-in-time",
        "Dora": "waiting",
    }
    assert await held.taken() == (3, 20)


async def test_who_was_not_approved_in_time_is_not_absent_once_a_file_takes_a_wrong_mark_back(held: Desk) -> None:
    async with held.database.work() as work:
        bob = await work.people.by_email("bob@example.org")
        assert bob is not None
        booking = await work.bookings.of(bob.id, 1)
        assert booking is not None
        await work.bookings.move(booking, BookingState.AWAITING)
        await bookings.end_unapproved(work, NOW)
        await work.commit()
    for came in ("yes", "no"):
        await held.done("attendance", "ref,email,attended", [("F-1", "bob@example.org", came)])

    assert (await held.states())["Bob"] == "not-approved-in-time"
    assert await owed(held, "Bob") == []
