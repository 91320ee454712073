"""Joining details, with a calendar file for whoever has an address."""

from __future__ import annotations

from dialogs import cards
from dialogs.notices.item import Item, Occasion
from dialogs.training import cancelling
from dialogs.training.sessions import place_of
from dialogs.wording import say
from services.calendar_files import Parties, Words, calendar_file
from services.model import Method, Session
from services.notices.subjects import Invited
from services.ports import Attachment


def joining_lines(session: Session, occasion: Occasion) -> list[str]:
    """When, where, how to get in, who leads it: one thing on a line."""
    lines = [
        say("joining-when", when=occasion.session_time(session)),
        say("joining-where", where=place_of(session)),
    ]
    if session.join_url:
        lines.append(say("joining-link", link=session.join_url))
    elif session.venue is None:
        lines.append(say("joining-link-later"))
    if session.trainer:
        lines.append(say("joining-trainer", trainer=session.trainer))
    return lines


def invitation(subject: Invited, occasion: Occasion) -> Item:
    """A booking's details as they stand now; the first time, after a change, and when it is over."""
    session, entry = subject.session, subject.invitation
    course = occasion.course(session.course_id)
    files = (_file(subject, occasion),) if occasion.by_mail else ()
    if entry.method is Method.CANCEL:
        hint = [say("invitation-cancelled-file")] if files else []
        text = " ".join([say("invitation-cancelled", course=course, when=occasion.session_time(session)), *hint])
        return Item(say("invitation-cancelled-title", course=course), text, attachments=files)
    changed = entry.sequence > 0
    title = say("invitation-changed-title" if changed else "invitation-title", course=course)
    lead = say("invitation-changed" if changed else "invitation-first")
    hint = [say("invitation-file")] if files else []
    text = "\n\n".join([lead, *joining_lines(session, occasion), *hint, say("invitation-cannot-come")])
    cannot = cards.button("I cannot come", cancelling.CANCEL_ASK, booking=subject.booking.id)
    return Item(title, text, (cannot,), files)


def _file(subject: Invited, occasion: Occasion) -> Attachment:
    session, person = subject.session, occasion.person
    details = "\n".join([*joining_lines(session, occasion), say("invitation-cannot-come")])
    starts = occasion.rules.local(session.starts_at)
    words = Words(occasion.course(session.course_id), details, place_of(session), starts)
    about = occasion.rules.pack.partnership.partnership
    parties = Parties(about.id, occasion.organiser, about.name.value, person.email or "", person.name)
    return calendar_file(subject.invitation, words, parties)
