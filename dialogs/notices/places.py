"""What somebody else did to a booking, a line manager's word, and a course that has a date."""

from __future__ import annotations

from dialogs import cards
from dialogs.guidance.articles import contact_lines
from dialogs.notices.item import Item, Occasion
from dialogs.training import approving, booking, cancelling, interests
from dialogs.training.sessions import place_of, places_left
from dialogs.wording import say
from services.bookings import SWAPPED, News
from services.model import BookingState
from services.notices.subjects import ApprovalAsked, BookingTold, DatePublished, PlaceUnconfirmed


def _key(subject: BookingTold) -> str:
    """A place for you that is yours, or held, or in the queue, is told in other words; and who only changed their date
    is not told of as who cannot come, nor who was moved to another as if their place were gone."""
    if subject.what is News.BOOKED_FOR_YOU and subject.booking.state is BookingState.AWAITING:
        return "news-awaiting-for-you"
    if subject.what is News.BOOKED_FOR_YOU and subject.booking.state in (BookingState.WAITING, BookingState.OFFERED):
        return "news-waiting-for-you"
    if subject.what is News.COLLEAGUE_GAVE_UP and subject.booking.cancel_reason == SWAPPED:
        return "news-colleague-changed"
    if subject.what is News.CANCELLED_FOR_YOU and subject.booking.cancel_reason == SWAPPED:
        return "news-changed-for-you"
    return f"news-{subject.what.value}"


def _why(subject: BookingTold) -> str:
    """Why a place was cancelled, where one of the card's reasons was chosen."""
    reason = subject.booking.cancel_reason
    return say("news-cancelled-why", reason=reason) if reason in cancelling.REASONS else ""


def told(subject: BookingTold, occasion: Occasion) -> Item:
    """What was done; and, where they did not ask for it, the button to say no."""
    course = occasion.course(subject.session.course_id)
    text = say(
        _key(subject),
        course=course,
        when=occasion.session_time(subject.session),
        where=place_of(subject.session, inside=True),
        other=subject.other.name if subject.other else say("somebody"),
        position=subject.booking.queue_no,
        agrees=occasion.agrees,
        until=occasion.moment(subject.until or subject.session.starts_at),
        why=_why(subject),
    )
    no = cards.button("I cannot take it", cancelling.REFUSE, booking=subject.booking.id)
    buttons = (no,) if subject.what is News.BOOKED_FOR_YOU else ()
    return Item(say(f"{_key(subject)}-title", course=course), text, buttons)


def approval(subject: ApprovalAsked, occasion: Occasion) -> Item:
    """Agree or not, by button."""
    course, who = occasion.course(subject.session.course_id), subject.delegate.name
    where = place_of(subject.session, inside=True)
    above = subject.delegate.line_manager_id == occasion.person.id
    key = "approval-asked" if above else "approval-asked-office"
    text = say(key, who=who, course=course, when=occasion.session_time(subject.session), where=where)
    buttons = (
        cards.button("I agree", approving.APPROVE, style="positive", booking=subject.booking.id),
        cards.button("I do not agree", approving.REFUSE_APPROVAL, booking=subject.booking.id),
    )
    return Item(say("approval-asked-title", who=who, course=course), text, buttons)


def unconfirmed(subject: PlaceUnconfirmed, occasion: Occasion) -> Item:
    """Nobody has agreed yet, and the session is near: whom to ask, and whom to ring."""
    course, own = occasion.course(subject.session.course_id), occasion.person.id == subject.delegate.id
    agrees = say("unconfirmed-office")
    if subject.above is not None:
        agrees = say("unconfirmed-yours" if own else "unconfirmed-theirs", name=subject.above.name)
    key = "unconfirmed" if own else "unconfirmed-for-you-to-agree" if subject.asked else "unconfirmed-for-colleague"
    ring = "; ".join(contact_lines(occasion.rules.pack, ("training", "partnership-office")))
    time, who = occasion.session_time(subject.session), subject.delegate.name
    text = say(key, course=course, when=time, who=who, agrees=agrees, ring=ring or say("to-be-confirmed"))
    return Item(say("unconfirmed-title", course=course), text, own=own)


def published(subject: DatePublished, occasion: Occasion) -> Item:
    """The date, ready to book."""
    session = subject.session
    course = occasion.course(session.course_id)
    text = say(
        "date-published",
        course=course,
        when=occasion.session_time(session),
        where=place_of(session, inside=True),
        places=places_left(session),
    )
    label = "Book" if session.places_left else "Join the waiting list"
    buttons = (
        cards.button(label, booking.BOOK, session=session.id),
        cards.button("I do not want to hear", interests.DROP, course=session.course_id),
    )
    return Item(say("date-published-title", course=course), text, buttons)
