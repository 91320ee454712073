"""Joining details and calendar files: what is sent, when, to whom, and whether a strict reader takes it in."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import icalendar
import pytest

from dialogs.notices import Renderer
from services import bookings
from services.calendar_files import Parties, Words, calendar_file
from services.mail.letter import Letterhead, write
from services.model import Invitation, Method, Person, Session
from services.ports import Attachment, DeliveryError, Mail
from tests.builders import add_session
from tests.services.harrow import harrow_rules
from tests.services.notices.office import Office

NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
STARTS = datetime(2027, 6, 15, 8, 30, tzinfo=UTC)
"""A Tuesday in summer, half past nine in London."""


@pytest.fixture
def post(office: Office) -> Office:
    """The office with the product's own words, and rules of a partnership that there is."""
    return replace(office, rules=harrow_rules(), render=Renderer(harrow_rules(), "training@example.org"))


async def a_session(post: Office, **values: object) -> Session:
    async with post.database.work() as work:
        session = await add_session(work, STARTS)
        await work.sessions.change(session.id, join_url="https://example.org/join", **values)
        await work.commit()
    return session


async def book(post: Office, person: Person, session: Session) -> int:
    async with post.database.work() as work:
        placed = await bookings.book(work, person, session.id, now=NOW, rules=post.rules)
        await work.commit()
    return placed.booking.id


async def change(post: Office, session: Session, **values: object) -> None:
    async with post.database.work() as work:
        await work.sessions.change(session.id, **values)
        await work.commit()


async def cancel(post: Office, person: Person, booking_id: int) -> None:
    async with post.database.work() as work:
        await bookings.cancel(work, person, booking_id, reason="Sickness", now=NOW, rules=post.rules)
        await work.commit()


def event_of(file: Attachment) -> tuple[icalendar.Calendar, icalendar.Event]:
    """The event, read by a parser that refuses what is wrong."""
    calendar = icalendar.Calendar.from_ical(file.content)
    assert not calendar.errors
    (event,) = calendar.walk("VEVENT")
    assert not event.errors
    assert isinstance(event, icalendar.Event)
    return calendar, event


def require_rfc_5545(content: bytes) -> None:
    """What a parser forgives and a mail server or a calendar may not."""
    lines = content.split(b"\r\n")
    assert lines.pop() == b"", "the last line ends too"
    assert all(b"\n" not in line and b"\r" not in line for line in lines), "every line ends with CR LF"
    assert max(map(len, lines)) <= 75, "long lines are folded (3.1)"
    content.decode("utf-8")
    names = [line.split(b":")[0].split(b";")[0] for line in lines if not line.startswith(b" ")]
    for once in (b"UID", b"DTSTAMP", b"DTSTART", b"DTEND", b"SEQUENCE", b"ORGANIZER", b"METHOD", b"VERSION", b"PRODID"):
        assert names.count(once) == 1, once
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-1] == b"END:VCALENDAR"


async def test_who_books_is_sent_joining_details_and_a_calendar_file_once(post: Office, alice: Person) -> None:
    session = await a_session(post)
    booking_id = await book(post, alice, session)

    await post.plan_and_deliver(NOW)
    await post.plan_and_deliver(NOW + timedelta(minutes=1))

    (mail,) = post.mailer.to("Alice")
    assert post.messenger.to("Alice") == []
    assert "https://example.org/join" in mail.text
    assert "Tuesday 15 June 2027, 9.30am to 12.30pm" in mail.text
    (file,) = mail.attachments
    require_rfc_5545(file.content)
    calendar, event = event_of(file)
    assert (calendar["METHOD"], event["SEQUENCE"], event["STATUS"]) == ("REQUEST", 0, "CONFIRMED")
    assert event["UID"] == f"booking-{booking_id}@harrow.partnership-bot"
    assert (event.start, event.end) == (STARTS, STARTS + timedelta(hours=3))
    assert event["ATTENDEE"] == "mailto:alice@example.org"
    assert event["ORGANIZER"] == "mailto:training@example.org"


async def test_a_new_time_changes_the_same_entry_with_the_next_sequence(post: Office, alice: Person) -> None:
    session = await a_session(post)
    await book(post, alice, session)
    await post.plan_and_deliver(NOW)
    later = STARTS + timedelta(days=7)
    await change(post, session, starts_at=later, ends_at=later + timedelta(hours=3))

    await post.plan_and_deliver(NOW)

    first, second = (event_of(mail.attachments[0])[1] for mail in post.mailer.to("Alice"))
    assert first["UID"] == second["UID"]
    assert (second["SEQUENCE"], second.start) == (1, later)


@pytest.mark.parametrize("values", [{"venue": "Room 2"}, {"join_url": None}, {"join_url": "https://example.org/2"}])
async def test_a_new_place_is_sent_and_a_new_capacity_is_not(
    post: Office, alice: Person, values: dict[str, object]
) -> None:
    session = await a_session(post)
    await book(post, alice, session)
    await post.plan_and_deliver(NOW)

    await change(post, session, capacity=30, trainer="Somebody Else")
    assert await post.plan(NOW) == 0
    await change(post, session, **values)
    assert await post.plan(NOW) == 1


async def test_a_cancelled_place_is_taken_out_of_the_calendar_and_booking_again_puts_it_back(
    post: Office, alice: Person
) -> None:
    session = await a_session(post)
    booking_id = await book(post, alice, session)
    await post.plan_and_deliver(NOW)
    await cancel(post, alice, booking_id)
    await post.plan_and_deliver(NOW)
    assert await book(post, alice, session) == booking_id
    await post.plan_and_deliver(NOW)

    read = [event_of(mail.attachments[0]) for mail in post.mailer.to("Alice")]
    assert [(calendar["METHOD"], event["SEQUENCE"], event["STATUS"]) for calendar, event in read] == [
        ("REQUEST", 0, "CONFIRMED"),
        ("CANCEL", 1, "CANCELLED"),
        ("REQUEST", 2, "CONFIRMED"),
    ]
    assert len({str(event["UID"]) for _, event in read}) == 1
    for mail in post.mailer.to("Alice"):
        require_rfc_5545(mail.attachments[0].content)


async def test_what_never_reached_a_calendar_is_not_taken_out_of_it(post: Office, alice: Person) -> None:
    session = await a_session(post)
    booking_id = await book(post, alice, session)
    await post.plan(NOW)
    await cancel(post, alice, booking_id)

    await post.plan_and_deliver(NOW)

    assert post.mailer.delivered == []
    assert await post.ledger() == [f"invitation seq-0 {alice.id} cancelled", f"invitation seq-1 {alice.id} cancelled"]


async def test_a_cancelled_session_leaves_every_calendar(post: Office, alice: Person, bob: Person) -> None:
    session = await a_session(post)
    await book(post, alice, session)
    await book(post, bob, session)
    await post.plan_and_deliver(NOW)
    await change(post, session, state="cancelled")

    await post.plan_and_deliver(NOW)

    assert [event_of(post.mailer.to(name)[-1].attachments[0])[0]["METHOD"] for name in ("Alice", "Bob")] == [
        "CANCEL",
        "CANCEL",
    ]


async def test_without_an_address_the_joining_details_come_in_teams(post: Office) -> None:
    dora = await post.person("Dora", email=False)
    booking_id = await book(post, dora, await a_session(post))
    await post.plan_and_deliver(NOW)
    await cancel(post, dora, booking_id)
    await post.plan_and_deliver(NOW)

    (message,) = post.messenger.to("Dora")
    assert "https://example.org/join" in message.text
    assert "attached" not in message.text
    assert post.mailer.delivered == []


async def test_waiting_and_history_are_in_no_calendar(post: Office, alice: Person, bob: Person) -> None:
    async with post.database.work() as work:
        past = await add_session(work, NOW - timedelta(days=2))
        full = await add_session(work, STARTS, capacity=0)
        await work.bookings.add(session_id=past.id, person_id=alice.id, state="booked", booked_at=NOW)
        await work.commit()
    await book(post, bob, full)

    assert await post.plan(NOW) == 0


async def test_two_planners_at_once_raise_the_sequence_once(post: Office, alice: Person) -> None:
    session = await a_session(post)
    booking_id = await book(post, alice, session)
    async with post.database.work() as work:
        assert await work.invitations.request(session, [booking_id], NOW) == {booking_id: 0}
        assert await work.invitations.request(session, [booking_id], NOW) == {}
        assert await work.invitations.take_back([booking_id], NOW) == {booking_id: 1}
        assert await work.invitations.take_back([booking_id], NOW) == {}
        await work.commit()


HARD_WORDS = "Neglect; “risk”, reviews\\ and\nmore: " + "Zoë’s ångström " * 12


def a_file(method: Method = Method.REQUEST) -> Attachment:
    entry = Invitation(7, 3, method, STARTS, STARTS + timedelta(hours=2), None, "https://example.org/j", NOW)
    parties = Parties("harrow", "o@example.org", 'The "Office": one; two, three', "a@example.org", 'O\'Neil, Zoë "Z"')
    return calendar_file(entry, Words(HARD_WORDS, HARD_WORDS * 3, HARD_WORDS, STARTS.astimezone(LONDON)), parties)


@pytest.mark.parametrize("method", list(Method))
def test_any_words_make_a_valid_file_that_reads_back_the_same(method: Method) -> None:
    file = a_file(method)
    assert re.fullmatch(r"(?:invitation|cancelled)-[a-z0-9-]+-2027-06-15-0930\.ics", file.name)
    assert len(file.name) <= 80
    require_rfc_5545(file.content)
    _, event = event_of(file)
    assert str(event["SUMMARY"]) == HARD_WORDS
    assert str(event["DESCRIPTION"]) == HARD_WORDS * 3
    assert event.DTSTAMP == NOW
    assert event["DTSTART"].to_ical() == b"20270615T083000Z"


def test_a_letter_carries_the_file_as_calendars_expect_it() -> None:
    mail = Mail("a@example.org", "You are booked", "Hello", "1", (a_file(),))
    _, letter = write(mail, Letterhead.of("bot@example.org"), NOW)
    parsed = message_from_bytes(letter, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    (part,) = parsed.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert dict(part.get_params() or [])["method"] == "REQUEST"
    assert part.get_filename() == a_file().name
    assert part.get_payload(decode=True) == a_file().content


@pytest.mark.parametrize(
    ("name", "content_type"),
    [("a\r\nBcc: x@example.org", "text/calendar"), ("../a.ics", "text/calendar"), ("a.ics", "text/calendar\r\nX: y")],
)
def test_a_file_with_a_strange_name_is_refused(name: str, content_type: str) -> None:
    mail = Mail("a@example.org", "You are booked", "Hello", "1", (Attachment(name, content_type, b""),))
    with pytest.raises(DeliveryError):
        write(mail, Letterhead.of("bot@example.org"), NOW)


async def test_without_a_mail_server_nobody_is_sent_to_a_file_that_is_not_there(post: Office, alice: Person) -> None:
    post = replace(post, rules=replace(post.rules, by_mail=False), render=Renderer(replace(post.rules, by_mail=False)))
    booking_id = await book(post, alice, await a_session(post))
    await post.plan(NOW)
    await post.deliver_without_mail(NOW)
    await cancel(post, alice, booking_id)
    await post.plan(NOW)
    await post.deliver_without_mail(NOW)

    (message,) = post.messenger.to("Alice")
    assert "https://example.org/join" in message.text
    assert "attached" not in message.text
