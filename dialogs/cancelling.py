"""Giving a place back: which one, are you sure, and whether it is late, before anything changes."""

from __future__ import annotations

from dialogs import cards
from dialogs.courses import courses_meant
from dialogs.sessions import course_title, said_number, said_yes, when
from dialogs.talk import Reply
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import say
from services import bookings
from services.model import BookingState

CANCEL_ASK, CANCEL, KEEP = "booking.cancel-ask", "booking.cancel", "booking.keep"
BOOKINGS, BOOKING = "bookings", "booking"
REASONS = ("Work commitments", "Sickness", "Booked by mistake", "Another reason")


async def find_to_cancel(turn: Turn) -> Answer:
    """`cancel`: which one, or straight to the question when there is only one it can mean."""
    mine = await turn.work.bookings.active_of(turn.known().id, turn.now)
    if not mine:
        return answer(Reply(say("nothing-to-cancel"), suggestions=("courses",)))
    sessions = await turn.work.sessions.by_ids({booking.session_id for booking in mine})
    meant = {course.id for course in courses_meant(turn.rules.pack, turn.said.text)}
    matching = [one for one in mine if sessions[one.session_id].course_id in meant] or mine
    if len(matching) == 1:
        return await ask_cancel(turn.saying(verb=CANCEL_ASK, booking=str(matching[0].id)))
    lines = [
        f"{course_title(turn, sessions[one.session_id].course_id)}, {when(turn, sessions[one.session_id])}"
        for one in matching
    ]
    plain = "\n".join([say("cancel-which"), *(f"{number}. {line}" for number, line in enumerate(lines, 1))])
    buttons = [
        cards.button(line.split(",")[0], CANCEL_ASK, booking=one.id) for line, one in zip(lines, matching, strict=True)
    ]
    body = [cards.title(say("cancel-which")), cards.points(lines)]
    state = {EXPECT: BOOKINGS, BOOKINGS: " ".join(str(one.id) for one in matching)}
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **state)


async def choose_to_cancel(turn: Turn) -> Answer | None:
    """A number after `which booking?`; None when the words are about something else."""
    offered = turn.state.get(BOOKINGS, "").split()
    chosen = said_number(turn.said.text, offered)
    return await ask_cancel(turn.saying(verb=CANCEL_ASK, booking=chosen)) if chosen else None


async def ask_cancel(turn: Turn) -> Answer:
    """Are you sure, why, and whether it is late: before anything changes."""
    placed = await bookings.find_own(turn.work, turn.known(), turn.number("booking"))
    course, time = course_title(turn, placed.session.course_id), when(turn, placed.session)
    if placed.booking.state is BookingState.CANCELLED:
        return answer(Reply(say("cancelled-again")))
    question = say("cancel-sure", course=course, when=time)
    holds = placed.booking.state is BookingState.BOOKED
    late = holds and bookings.is_late(placed.session, turn.now, turn.rules)
    warning = [say("cancel-late")] if late else []
    plain = "\n".join([question, *warning, "Type yes or no."])
    body = [
        cards.title(question),
        *(cards.panel([cards.words(line)], style="warning") for line in warning),
        cards.choice_input("reason", "Why, if you like to say", [(reason, reason) for reason in REASONS]),
    ]
    buttons = [
        cards.button("Yes, cancel it", CANCEL, style="destructive", booking=placed.booking.id),
        cards.button("No, keep it", KEEP, booking=placed.booking.id),
    ]
    state = {EXPECT: BOOKING, BOOKING: str(placed.booking.id)}
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **state)


async def confirm_cancel(turn: Turn) -> Answer | None:
    """`yes` or `no` after `cancel your place?`; None when the words are about something else."""
    agreed = said_yes(turn.said.text)
    if agreed:
        return await cancel(turn.saying(verb=CANCEL, booking=turn.state.get(BOOKING, "")))
    return None if agreed is None else await keep(turn)


async def keep(turn: Turn) -> Answer:
    """Nothing changes."""
    return answer(Reply(say("kept")))


async def cancel(turn: Turn) -> Answer:
    """Give the place back. Pressing twice is one cancellation."""
    reason = turn.field("reason")
    placed = await bookings.cancel(
        turn.work,
        turn.known(),
        turn.number("booking"),
        reason=reason if reason in REASONS else "not said",
        now=turn.now,
        rules=turn.rules,
    )
    if placed.repeated:
        return answer(Reply(say("cancelled-again")))
    course, time = course_title(turn, placed.session.course_id), when(turn, placed.session)
    waited = placed.booking.queue_no is not None and not placed.booking.late
    plain = say("left-waiting-list" if waited else "cancelled", course=course, when=time)
    body = [cards.title("Cancelled"), cards.words(plain)]
    return answer(Reply(plain, cards.card(body, [cards.button("My bookings", "my-bookings")], fallback=plain)))
