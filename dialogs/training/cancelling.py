"""Giving a place back: which one, are you sure, and whether it is late, before anything changes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from config.catalogue import Course
from dialogs import cards
from dialogs.choosing import folded, said_number, said_yes, wavers
from dialogs.meanwhile import asks
from dialogs.talk import Reply
from dialogs.training.courses import courses_meant, only_names, wanted_in
from dialogs.training.sessions import course_title, when
from dialogs.turn import EXPECT, LAST_PLACE, Answer, Turn, answer
from dialogs.unconfirmed import amount_words
from dialogs.wording import say
from services import bookings, charges
from services.bookings import Placed
from services.finding import Span
from services.model import HAS_PLACE, Booking, BookingState, ChargeKind, Session
from services.understanding import Outcome

CANCEL_ASK, CANCEL, KEEP, REFUSE = "booking.cancel-ask", "booking.cancel", "booking.keep", "booking.refuse"
SUBSTITUTE_ASK = "substitute.ask"
BOOKINGS, BOOKING, DEED = "bookings", "booking", "deed"
_KEPT = {
    BookingState.WAITING: "kept-waiting",
    BookingState.OFFERED: "kept-offered",
    BookingState.CANCELLED: "cancelled-again",
}
_SICK = re.compile(r"(?:because )?(?:(?:i'm|i am|im) )?(?:off )?(?:sick|ill|unwell|not well)")
_NUMBERED = re.compile(r"^\s*(?:please )?(?:cancel|leave)\s+(?:(?:number|no\.?)\s*)?(?=\d{1,2}\W*$)", re.IGNORECASE)
"""What stands before the number of a booking as it is listed: the question names the booking before it is cancelled."""
_ALL = re.compile(r"\b(?:all|everything|both|every|lot|each)\b")
"""More than one place, each of which is somebody's to have: they are given back one after the other."""
_WHOLE = re.compile(r"(?:cancel )?(?:them )?(?:all|both|everything|the lot)(?: of (?:them|these|it))?(?: please)?")
_NOT_THAT = re.compile(
    r"(?:no|actually|sorry|wait|oh|oops|not (?:that|this|it)(?: one)?|i meant|i mean|wrong one)"
    r"(?: (?:no|actually|sorry|wait|but|not (?:that|this|it)(?: one)?|i meant|i mean|wrong one))*"
    r" (?:cancel )?(?:the |my )?(?P<course>.+?)(?: one)?(?: (?:instead|please|rather))*"
)
REASONS = ("Work commitments", "Sickness", "Booked by mistake", "Another reason")


async def find_to_cancel(turn: Turn) -> Answer:
    """`cancel`: which one, or straight to the question when there is only one it can mean.

    Words that name a course or a day which is not among them never lead to another booking. Raises `ServiceError` when
    a weekday and a date in them do not fit.
    """
    person = turn.known()
    mine = await turn.work.bookings.active_of(person.id, turn.now)
    mine += await turn.work.bookings.booked_by(person.id, turn.now)
    if not mine:
        return answer(Reply(say("nothing-to-cancel"), suggestions=("courses",)))
    sessions = await turn.work.sessions.by_ids({booking.session_id for booking in mine})
    if numbered := said_number(_NUMBERED.sub("", turn.said.text), [str(one.id) for one in mine]):
        return await ask_cancel(turn.saying(verb=CANCEL_ASK, booking=numbered))
    wanted = wanted_in(turn, turn.said.text)
    if wanted.misfit is not None:
        raise wanted.misfit
    courses = courses_meant(turn.rules.pack, wanted.words)
    matching = [one for one in mine if _is_meant(turn, sessions[one.session_id], courses, wanted.span)]
    if len(matching) == 1:
        return await ask_cancel(turn.saying(verb=CANCEL_ASK, booking=str(matching[0].id)))
    if matching:
        several = [say("cancel-one-at-a-time")] if _ALL.search(folded(turn.said.text)) else []
        return await which(turn, matching, sessions, [*several, say("cancel-which")])
    return await which(turn, mine, sessions, [_not_booked(courses, wanted.span), say("cancel-what-is-booked")])


def _is_meant(turn: Turn, session: Session, courses: Sequence[Course], span: Span | None) -> bool:
    named = not courses or session.course_id in {course.id for course in courses}
    return named and (span is None or span.holds(turn.rules.today(session.starts_at)))


def _not_booked(courses: Sequence[Course], span: Span | None) -> str:
    """That what was named is not among the bookings."""
    when = f" {span.said}" if span else ""
    if not courses:
        return say("cancel-nothing-then", when=when)
    return say("cancel-not-booked", course=" or ".join(course.title for course in courses), when=when)


async def which(turn: Turn, found: Sequence[Booking], sessions: Mapping[int, Session], lead: Sequence[str]) -> Answer:
    """Bookings to choose from, by button or by number. `lead` is said first."""
    names = await turn.work.people.by_ids({one.person_id for one in found})
    lines, labels = [], []
    for one in found:
        course = course_title(turn, sessions[one.session_id].course_id)
        whose = "" if one.person_id == turn.known().id else f"{names[one.person_id].name}: "
        lines.append(f"{whose}{course}, {when(turn, sessions[one.session_id])}")
        labels.append(f"{whose}{course}")
    numbered = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
    plain = "\n".join([*lead, *numbered])
    buttons = [
        cards.button(f"{number}. {label}", CANCEL_ASK, booking=one.id)
        for number, (label, one) in enumerate(zip(labels, found, strict=True), 1)
    ]
    body = [cards.title(lead[0]), *(cards.words(line) for line in [*lead[1:], *numbered])]
    state = {EXPECT: BOOKINGS, BOOKINGS: " ".join(str(one.id) for one in found)}
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **state)


async def choose_to_cancel(turn: Turn) -> Answer | None:
    """A number after `which booking?`; None when the words are about something else."""
    offered = turn.state.get(BOOKINGS, "").split()
    chosen = said_number(_NUMBERED.sub("", turn.said.text), offered)
    if chosen or (chosen := await _named(turn, offered)):
        return await ask_cancel(turn.saying(verb=CANCEL_ASK, booking=chosen))
    if said_yes(turn.said.text, "cancel") is False:
        return await keep(turn)
    if turn.said.text.strip().rstrip(".)").isdecimal():
        return answer(Reply(say("which-number", most=len(offered))), **dict(turn.state))
    if _WHOLE.fullmatch(folded(turn.said.text)):
        again = say("which-number", most=len(offered))
        return answer(Reply(f"{say('cancel-one-at-a-time')} {again}"), **dict(turn.state))
    return None


async def _named(turn: Turn, offered: Sequence[str]) -> str | None:
    """The one of several bookings that a course's name means, as it stands in the list or as people call it."""
    courses = {course.id for course in courses_meant(turn.rules.pack, turn.said.text)}
    if not courses or asks(turn.said.text):
        return None
    found = [(await bookings.find_own(turn.work, turn.known(), int(one))).session.course_id for one in offered]
    named = [one for one, course_id in zip(offered, found, strict=True) if course_id in courses]
    return named[0] if len(named) == 1 else None


async def ask_cancel(turn: Turn, *, lead: str = "") -> Answer:
    """Are you sure, why, and whether it is late: before anything changes. `lead` is said first."""
    placed = await bookings.find_own(turn.work, turn.known(), turn.number("booking"))
    booking = placed.booking
    if booking.state is BookingState.CANCELLED:
        return answer(Reply(say("cancelled-again")))
    question = " ".join(filter(None, [lead, await _question(turn, placed)]))
    has_place = booking.state in HAS_PLACE
    late = bookings.counts_as_late(booking, placed.session, turn.known(), turn.now, turn.rules)
    warning = [late_warning(turn)] if late else []
    own = booking.person_id == turn.known().id
    instead = [say("cancel-send-instead" if own else "cancel-send-instead-for")] if has_place else []
    plain = "\n".join([question, *warning, *instead, say("type-yes-or-no")])
    body = [
        cards.title(question),
        *(cards.panel([cards.words(line)], style="warning") for line in warning),
        cards.choice_input("reason", "Why, if you like to say", [(reason, reason) for reason in REASONS]),
    ]
    leaves = booking.state is BookingState.WAITING
    yes, no = ("Yes, take me off", "No, keep me on it") if leaves else ("Yes, cancel it", "No, keep it")
    buttons = [
        cards.button(yes, CANCEL, style="destructive", booking=booking.id),
        cards.button(no, KEEP, booking=booking.id),
    ]
    if has_place:
        buttons.append(cards.button("Send a colleague", SUBSTITUTE_ASK, booking=booking.id))
    state = {EXPECT: BOOKING, BOOKING: str(booking.id), DEED: "leave" if leaves else "cancel"}
    state[LAST_PLACE] = str(booking.id)
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **state)


async def _question(turn: Turn, placed: Placed) -> str:
    course, time = course_title(turn, placed.session.course_id), when(turn, placed.session)
    if placed.booking.person_id == turn.known().id:
        key = "leave-sure" if placed.booking.state is BookingState.WAITING else "cancel-sure"
        return say(key, course=course, when=time)
    return say("cancel-sure-for", who=await _whose(turn, placed.booking), course=course, when=time)


async def _whose(turn: Turn, booking: Booking) -> str:
    person = await turn.work.people.by_id(booking.person_id)
    return person.name if person else say("somebody")


def late_warning(turn: Turn) -> str:
    """What being late costs: nothing where the policy does not charge, else the amount if it is known."""
    policy = turn.rules.pack.partnership.booking
    if not charges.is_charged(ChargeKind.LATE_CANCELLATION, turn.rules):
        return say("cancel-late-free") if policy.late_cancellation_charged.confirmed else say("cancel-late")
    return say("cancel-late-charged", amount=amount_words(charges.amount(turn.rules), turn.rules))


async def confirm_cancel(turn: Turn) -> Answer | None:
    """`yes` or `no` after `cancel your place?`; None when the words are about something else."""
    agreed = said_yes(turn.said.text, turn.state.get(DEED, "cancel"))
    if agreed:
        return await cancel(turn.saying(verb=CANCEL, booking=turn.state.get(BOOKING, "")))
    if agreed is False:
        return await keep(turn.saying(verb=KEEP, booking=turn.state.get(BOOKING, "")))
    if reason := _reason(turn.said.text):
        return await cancel(turn.saying(verb=CANCEL, booking=turn.state.get(BOOKING, ""), reason=reason))
    if other := _of_another(turn):
        return await find_to_cancel(turn.saying(f"cancel {other}"))
    unread = turn.guide.understand(turn.said.text).outcome in (Outcome.UNSURE, Outcome.OUT_OF_SCOPE)
    return answer(Reply(say("yes-or-no")), **dict(turn.state)) if unread and wavers(turn.said.text) else None


def _of_another(turn: Turn) -> str:
    """The course that is named instead, `actually not that, the forum`; empty for words on anything else."""
    found = _NOT_THAT.fullmatch(folded(turn.said.text))
    named = courses_meant(turn.rules.pack, found["course"]) if found is not None else []
    return found["course"] if found is not None and any(only_names(one, found["course"]) for one in named) else ""


def _reason(text: str) -> str:
    """One of the card's reasons, typed alone or after a yes: nobody says why who does not mean to cancel."""
    words = folded(text)
    first, _, rest = words.partition(" ")
    said = rest if said_yes(first, "cancel") else words
    known = {folded(one): one for one in REASONS}
    return known.get(said, "") or (REASONS[1] if _SICK.fullmatch(said) else "")


async def keep(turn: Turn) -> Answer:
    """Nothing changes, and how it stands is said."""
    if not turn.field("booking"):
        return answer(Reply(say("kept")))
    booking = (await bookings.find_own(turn.work, turn.known(), turn.number("booking"))).booking
    if booking.person_id != turn.known().id and booking.state is not BookingState.CANCELLED:
        return answer(Reply(say("kept-for", who=await _whose(turn, booking))))
    return answer(Reply(say(_KEPT.get(booking.state, "kept"))))


async def cancel(turn: Turn) -> Answer:
    """Give the place back. Pressing twice is one cancellation."""
    reason = turn.field("reason")
    before = await bookings.find_own(turn.work, turn.known(), turn.number("booking"))
    placed = await _cancel(turn, reason if reason in REASONS else "not said")
    if placed.repeated:
        return answer(Reply(say("cancelled-again")))
    return _gone(await _cancelled_sentence(turn, before, placed), placed.booking)


async def _cancel(turn: Turn, reason: str) -> Placed:
    return await bookings.cancel(
        turn.work, turn.known(), turn.number("booking"), reason=reason, now=turn.now, rules=turn.rules
    )


async def _cancelled_sentence(turn: Turn, before: Placed, placed: Placed) -> str:
    course, time = course_title(turn, placed.session.course_id), when(turn, placed.session)
    if placed.booking.person_id != turn.known().id:
        return say("cancelled-for", who=await _whose(turn, placed.booking), course=course, when=time)
    if before.booking.state is BookingState.WAITING:
        return say("left-waiting-list", course=course, when=time)
    if before.booking.state is BookingState.OFFERED:
        return say("declined", course=course, when=time)
    return say("cancelled", course=course, when=time)


def _gone(plain: str, booking: Booking) -> Answer:
    body = [cards.title("Cancelled"), cards.words(plain)]
    card = cards.card(body, [cards.button("My bookings", "my-bookings")], fallback=plain)
    return answer(Reply(plain, card), **{LAST_PLACE: str(booking.id)})


async def refuse(turn: Turn) -> Answer:
    """Say no to what somebody else booked: at once and at no cost while that may be said, else as any cancellation."""
    found = await bookings.find_own(turn.work, turn.known(), turn.number("booking"))
    if found.booking.state is BookingState.CANCELLED:
        return answer(Reply(say("cancelled-again")))
    if not bookings.is_refusal(found.booking, turn.known(), turn.now, turn.rules):
        return await ask_cancel(turn)
    placed = await _cancel(turn, "refused: booked by somebody else")
    booker = await turn.work.people.by_id(found.booking.booked_by_id or 0)
    who = booker.name if booker else say("somebody")
    course, time = course_title(turn, placed.session.course_id), when(turn, placed.session)
    return _gone(say("refused", course=course, when=time, who=who), placed.booking)
