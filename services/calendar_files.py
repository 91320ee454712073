"""A booking as a calendar file that Outlook, Google and Apple calendars take in, change and remove. Pure.

RFC 5545 for the file, RFC 5546 for what it asks a calendar to do: the same UID all along, and a higher SEQUENCE
each time. Times stand in UTC, which every calendar shows on the wall clock of whoever looks.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event, vCalAddress, vText

from services.model import Invitation, Method
from services.ports import Attachment

LONGEST_NAME = 48
"""Characters of a course's name in the name of its file. A letter takes 80 in all."""
PRODUCT = "-//Partnership Bot//Training//EN"


@dataclass(frozen=True, slots=True)
class Words:
    """What people read in their calendar. `place` is a venue, or says that it is online. `starts` is the local time,
    for the name of the file.
    """

    summary: str
    description: str
    place: str
    starts: datetime


@dataclass(frozen=True, slots=True)
class Parties:
    """Who invites whom, by mailbox. `partnership` is the pack's id: it makes the UID this partnership's own."""

    partnership: str
    organiser: str
    organiser_name: str
    attendee: str
    attendee_name: str


def uid_of(booking_id: int, partnership: str) -> str:
    """The one name of a booking's entry in every calendar. Never change how it is made: entries would double."""
    return f"booking-{booking_id}@{partnership}.partnership-bot"


def _mailbox(address: str, name: str, **parameters: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{address}")
    for key, value in {"CN": name, **parameters}.items():
        found.params[key] = vText(value)
    return found


def _event(invitation: Invitation, words: Words, parties: Parties) -> Event:
    event = Event()
    event.add("uid", uid_of(invitation.booking_id, parties.partnership))
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", invitation.starts_at.astimezone(UTC))
    event.add("dtend", invitation.ends_at.astimezone(UTC))
    event.add("summary", words.summary)
    event.add("description", words.description)
    event.add("location", words.place)
    if invitation.join_url:
        event.add("url", invitation.join_url)
    event.add("status", "CANCELLED" if invitation.method is Method.CANCEL else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if invitation.method is Method.CANCEL else "OPAQUE")
    event["organizer"] = _mailbox(parties.organiser, parties.organiser_name)
    # They have booked already, and nobody reads replies: no answer is asked for.
    answered = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    event.add("attendee", _mailbox(parties.attendee, parties.attendee_name, **answered), encode=False)
    return event


def calendar_file(invitation: Invitation, words: Words, parties: Parties) -> Attachment:
    """The file that puts a booking into a calendar, changes it there, or takes it out again."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", invitation.method.value)
    calendar.add_component(_event(invitation, words, parties))
    content_type = f"text/calendar; method={invitation.method.value}; charset=utf-8"
    return Attachment(_file_name(invitation.method, words), content_type, calendar.to_ical())


def _file_name(method: Method, words: Words) -> str:
    """Tells the files of one letter apart, by course, day and time: plain letters, so that every mailbox keeps it."""
    letters = unicodedata.normalize("NFKD", words.summary).encode("ascii", "ignore").decode().lower()
    course = textwrap.shorten(" ".join(re.findall(r"[a-z0-9]+", letters)), LONGEST_NAME, placeholder="")
    kind = "cancelled" if method is Method.CANCEL else "invitation"
    return "-".join(part for part in (kind, course.replace(" ", "-"), f"{words.starts:%Y-%m-%d-%H%M}") if part) + ".ics"
