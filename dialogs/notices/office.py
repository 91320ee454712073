"""What the office did to a session, as the people on it read it; and what the office itself is warned of."""

from __future__ import annotations

import csv
import io

from dialogs import cards, dates
from dialogs.notices.item import Item, Occasion
from dialogs.office import verbs
from dialogs.office.sessions import state_name
from dialogs.training import booking, cancelling
from dialogs.training.sessions import place_of
from dialogs.unconfirmed import amount_words, doubt_mark
from dialogs.wording import say
from services import charges
from services.model import BookingState, ChargeKind, Session
from services.notices.gathered import PlacesUnconfirmed
from services.notices.subjects import (
    BookingMoved,
    BookingsListed,
    DidNotAttend,
    EvaluationsMissing,
    RegisterOpen,
    SessionCalledOff,
    SessionChanged,
    SessionPromoted,
    SessionWritten,
    TooFewBooked,
)
from services.office.cancelling import Reason
from services.ports import Attachment
from services.reports.writing import harmless

NAMED = 10
"""People whose names stand in one line. The list of the session has them all."""


def _cannot_come(booking_id: int) -> cards.Element:
    return cards.button("I cannot come", cancelling.CANCEL_ASK, booking=booking_id)


def _book(session: Session) -> cards.Element:
    label = "Book the next date" if session.places_left else "Join its waiting list"
    return cards.button(label, booking.BOOK, style="positive", session=session.id)


def called_off(subject: SessionCalledOff, occasion: Occasion) -> Item:
    """A session that does not take place, with the course's next date to book."""
    course, after = occasion.course(subject.session.course_id), subject.following
    known = subject.reason in {one.value for one in Reason}
    reason = say(f"report-reason-{subject.reason if known else 'other'}").lower()
    lead = say("called-off", course=course, when=occasion.session_time(subject.session), reason=reason)
    follow = (
        say("called-off-next", course=course, next=occasion.session_time(after)) if after else say("called-off-no-next")
    )
    return Item(say("called-off-title", course=course), f"{lead} {follow}", (_book(after),) if after else ())


def changed(subject: SessionChanged, occasion: Occasion) -> Item:
    """A session with another day, time, place or link."""
    course, session = occasion.course(subject.session.course_id), subject.session
    if subject.booking.state is BookingState.NOT_APPROVED:
        return _to_ask_again(subject, occasion)
    what = _what_changed(subject, occasion)
    key = "changed-what" if what else "changed"
    time, where = occasion.session_time(session), place_of(session, inside=True)
    text = say(key, course=course, when=time, where=where, what=what)
    return Item(say("changed-title", course=course), text, (_cannot_come(subject.booking.id),))


def _to_ask_again(subject: SessionChanged, occasion: Occasion) -> Item:
    """A new date, for somebody whose place was not approved before the old one: it is theirs only if they ask anew."""
    course, session = occasion.course(subject.session.course_id), subject.session
    time, where = occasion.session_time(session), place_of(session, inside=True)
    text = say("changed-not-approved", course=course, when=time, where=where, agrees=occasion.agrees)
    again = cards.button("Ask for a place again", booking.BOOK, style="positive", session=session.id)
    return Item(say("changed-title", course=course), text, (again,))


def _what_changed(subject: SessionChanged, occasion: Occasion) -> str:
    """What is different, with the old day and hours; empty where that is not on record."""
    said = []
    if subject.was is not None and not subject.what.isdisjoint({"starts_at", "ends_at"}):
        zone = occasion.rules.pack.partnership.calendar.zone
        said.append(say("changed-time", was=dates.session_time(*subject.was, zone)))
    said += [say("changed-place")] if "venue" in subject.what else []
    said += [say("changed-link")] if "join_url" in subject.what else []
    return ", ".join(said)


def moved(subject: BookingMoved, occasion: Occasion) -> Item:
    """A booking that stands on another date now."""
    course, session = occasion.course(subject.session.course_id), subject.session
    awaiting = subject.booking.state is BookingState.AWAITING
    key = "moved-told-awaiting" if awaiting else "moved-told"
    time, where = occasion.session_time(session), place_of(session, inside=True)
    text = say(key, course=course, when=time, where=where, agrees=occasion.agrees)
    return Item(say("moved-title", course=course), text, (_cannot_come(subject.booking.id),))


def written(subject: SessionWritten, occasion: Occasion) -> Item:
    """What the office or the trainer wrote."""
    course = occasion.course(subject.session.course_id)
    when = occasion.session_time(subject.session)
    text = say("message-told", author=subject.author.name, course=course, when=when, text=subject.message.text)
    return Item(say("message-title", course=course), text)


def promoted(subject: SessionPromoted, occasion: Occasion) -> Item:
    """A session with places, for somebody who wanted the course before."""
    course, left = occasion.course(subject.session.course_id), subject.session.places_left
    places = f"{left} place{'' if left == 1 else 's'} left"
    text = say("promoted-told", course=course, when=occasion.session_time(subject.session), places=places)
    book = cards.button("Book a place", booking.BOOK, style="positive", session=subject.session.id)
    return Item(say("promoted-title", course=course), text, (book,))


def unconfirmed(subject: PlacesUnconfirmed, occasion: Occasion) -> Item:
    """Places that nobody has agreed to, shortly before the session."""
    course, count = occasion.course(subject.session.course_id), len(subject.names)
    names = ", ".join(subject.names[:NAMED])
    more = say("unconfirmed-more", count=count - NAMED) if count > NAMED else ""
    key = "unconfirmed-places-one" if count == 1 else "unconfirmed-places"
    text = say(key, course=course, when=occasion.session_time(subject.session), count=count, names=f"{names}{more}")
    people = cards.button("Show the people", verbs.DELEGATES, session=subject.session.id)
    return Item(say("unconfirmed-places-title", course=course), text, (people,))


def too_few(subject: TooFewBooked, occasion: Occasion) -> Item:
    """A session that is too empty near its day: the choices are one tap away, and cancelling asks again."""
    session, course = subject.session, occasion.course(subject.session.course_id)
    text = say(
        "too-few",
        course=course,
        when=occasion.session_time(session),
        taken=session.taken,
        capacity=session.capacity,
        minimum=subject.minimum,
        doubt=doubt_mark(subject.confirmed),
    )
    buttons = (
        cards.button("Promote it", verbs.PROMOTE, style="positive", session=session.id),
        cards.button("Keep booking open", verbs.EXTEND, session=session.id),
        cards.button("Cancel the session", verbs.CALL_OFF_ASK, style="destructive", session=session.id),
    )
    return Item(say("too-few-title", course=course), text, buttons)


def register_open(subject: RegisterOpen, occasion: Occasion) -> Item:
    """Who came: the register is one tap away, and what depends on it is said."""
    session, course = subject.session, occasion.course(subject.session.course_id)
    key = "unmarked-one" if subject.unmarked == 1 else "unmarked"
    text = say(key, course=course, when=occasion.session_time(session), count=subject.unmarked)
    marking = cards.button("Mark attendance", verbs.REGISTER, style="positive", session=session.id)
    return Item(say("unmarked-title", course=course), text, (marking,))


def absent(subject: DidNotAttend, occasion: Occasion) -> Item:
    """A place that was not used: how to put it right, whether it costs, and the next date."""
    course, after = occasion.course(subject.session.course_id), subject.following
    lines = [say("absent", course=course, when=occasion.session_time(subject.session))]
    if charges.is_charged(ChargeKind.DID_NOT_ATTEND, occasion.rules):
        amount = amount_words(charges.amount(occasion.rules), occasion.rules)
        lines.append(say("absent-charge", amount=amount))
    if after:
        lines.append(say("absent-next", next=occasion.session_time(after)))
    return Item(say("absent-title", course=course), " ".join(lines), (_book(after),) if after else ())


def missing(subject: EvaluationsMissing, occasion: Occasion) -> Item:
    """Who attended and never said what changed: for the managers, once a week."""
    first = "; ".join(
        f"{one.name}, {occasion.course(one.course_id)} ({occasion.day(one.held_at)})" for one in subject.first
    )
    percent = round(100 * subject.answered / subject.owed) if subject.owed else 0
    title = say("missing-notice-title", count=subject.owed - subject.answered)
    text = say("missing-notice", answered=subject.answered, owed=subject.owed, percent=percent, first=first)
    return Item(title, text, (cards.button("Show the list", verbs.MISSING),))


def listed(subject: BookingsListed, occasion: Occasion) -> Item:
    """The list of bookings, as a file by e-mail."""
    course, when = occasion.course(subject.session.course_id), occasion.session_time(subject.session)
    title = say("list-title", course=course, when=when)
    if not occasion.rules.by_mail:
        return Item(title, say("list-not-by-mail", course=course, when=when))
    file = Attachment(f"bookings-{subject.session.id}.csv", "text/csv; charset=utf-8", _csv(subject, occasion))
    return Item(title, say("list-told", course=course, when=when), attachments=(file,))


def _csv(subject: BookingsListed, occasion: Occasion) -> bytes:
    """With a byte order mark, by which Excel knows that it is UTF-8. No cell can be a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([say(f"list-column-{one}") for one in ("name", "agency", "email", "state", "booked")])
    for one in subject.delegates:
        agency = occasion.rules.pack.agency(one.agency_id or "")
        cells = [one.name, agency.name if agency else "", one.email or "", state_name(one.state)]
        writer.writerow([*map(harmless, cells), f"{occasion.local(one.booked_at):%d/%m/%Y}"])
    return out.getvalue().encode("utf-8-sig")
