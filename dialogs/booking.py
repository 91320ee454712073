"""Holding a place: booking it, seeing what one has, waiting, and taking an offer."""

from __future__ import annotations

from dialogs import cards, dates
from dialogs.cancelling import CANCEL_ASK, cancel
from dialogs.sessions import course_title, session_facts, when
from dialogs.talk import Reply
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services import bookings
from services.bookings import Placed
from services.model import Booking, BookingState

BOOK, ACCEPT, DECLINE = "session.book", "offer.accept", "offer.decline"


async def book(turn: Turn) -> Answer:
    """Book the session that was pressed. The sender books for themselves, whatever the card says."""
    placed = await bookings.book(turn.work, turn.known(), turn.number("session"), now=turn.now, rules=turn.rules)
    return answer(_placed_reply(turn, placed))


def _placed_sentence(turn: Turn, placed: Placed) -> str:
    course, time = course_title(turn, placed.session.course_id), when(turn, placed.session)
    again = "-again" if placed.repeated else ""
    if placed.position is not None:
        return say(f"waiting{again}", course=course, when=time, position=placed.position)
    if placed.booking.state is BookingState.OFFERED and placed.booking.offer_until:
        until = dates.moment(placed.booking.offer_until, turn.rules.pack.partnership.calendar.zone)
        return say("offered-again", course=course, when=time, until=until)
    return say(f"booked{again}", course=course, when=time)


def _placed_reply(turn: Turn, placed: Placed) -> Reply:
    plain = _placed_sentence(turn, placed)
    waiting = placed.position is not None
    title = "You are on the waiting list" if waiting else "You are booked"
    label = "Leave the waiting list" if waiting else "Cancel my place"
    buttons = [cards.button(label, CANCEL_ASK, booking=placed.booking.id), cards.button("My bookings", "my-bookings")]
    body = [cards.title(title), cards.words(plain), session_facts(turn, placed.session)]
    return Reply(plain, cards.card(body, buttons, fallback=plain))


def _state_in_words(turn: Turn, booking: Booking, position: int | None) -> str:
    match booking.state:
        case BookingState.BOOKED:
            return "Booked"
        case BookingState.OFFERED if booking.offer_until:
            zone = turn.rules.pack.partnership.calendar.zone
            return f"Offered to you until {dates.moment(booking.offer_until, zone)}"
        case _:
            return f"Waiting list, number {position}"


async def my_bookings(turn: Turn) -> Answer:
    """What the person has coming up: booked, offered, waiting."""
    mine = await turn.work.bookings.active_of(turn.known().id, turn.now)
    if not mine:
        return answer(Reply(say("no-bookings"), suggestions=("courses",)))
    body: list[cards.Element] = [cards.title("Your bookings")]
    lines = []
    for booking in mine:
        placed = await bookings.find_own(turn.work, turn.known(), booking.id)
        state = _state_in_words(turn, booking, placed.position)
        course = course_title(turn, placed.session.course_id)
        lines.append(f"{course}, {when(turn, placed.session)}. {state}.")
        row = [cards.heading(course), cards.words(state), session_facts(turn, placed.session)]
        body.append(cards.panel([*row, cards.actions_row(_buttons(booking))]))
    plain = "\n".join(["Your bookings", *(f"{number}. {line}" for number, line in enumerate(lines, 1))])
    return answer(Reply(plain, cards.card(body, fallback=plain)))


def _buttons(booking: Booking) -> list[cards.Element]:
    if booking.state is BookingState.OFFERED:
        return [
            cards.button("Accept the place", ACCEPT, style="positive", booking=booking.id),
            cards.button("Decline", DECLINE, booking=booking.id),
        ]
    label = "Leave the waiting list" if booking.state is BookingState.WAITING else "Cancel my place"
    return [cards.button(label, CANCEL_ASK, booking=booking.id)]


async def accept(turn: Turn) -> Answer:
    """Take an offered place."""
    placed = await bookings.accept_offer(
        turn.work, turn.known(), turn.number("booking"), now=turn.now, rules=turn.rules
    )
    return answer(_placed_reply(turn, placed))


async def decline(turn: Turn) -> Answer:
    """Refuse an offered place: it goes to the next person at once."""
    return await cancel(turn)


async def waiting_list(turn: Turn) -> Answer:
    """Where the person stands on every waiting list."""
    mine = await turn.work.bookings.active_of(turn.known().id, turn.now)
    if not any(booking.state in (BookingState.WAITING, BookingState.OFFERED) for booking in mine):
        return answer(Reply(say("not-waiting"), suggestions=("courses",)))
    return await my_bookings(turn)
