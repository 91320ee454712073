"""Holding a place: booking it, seeing what one has, waiting, and taking an offer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dialogs import cards, dates
from dialogs.talk import Reply
from dialogs.training.cancelling import CANCEL_ASK, REFUSE, ask_cancel, cancel
from dialogs.training.sessions import (
    cancel_freely,
    course_title,
    joining,
    session_facts,
    standing,
    when,
    where,
    who_agrees,
)
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services import bookings
from services.bookings import Placed
from services.colleagues import may_book_for
from services.model import HAS_PLACE, Booking, BookingState, Person

BOOK, ACCEPT, DECLINE = "session.book", "offer.accept", "offer.decline"
COLLEAGUE_ASK = "colleague.ask"
_LEAVES = re.compile(r"\b(?:leave|cancel|remove|drop|decline|turn down|off)\b")
SHOWN = 6
"""Bookings in one card. More than that are there in words."""


async def book(turn: Turn) -> Answer:
    """Book the session that was pressed. The sender books for themselves, whatever the card says."""
    placed = await bookings.book(turn.work, turn.known(), turn.number("session"), now=turn.now, rules=turn.rules)
    return answer(await _placed_reply(turn, placed))


async def placed_sentence(turn: Turn, placed: Placed) -> str:
    """Where somebody stands after asking for themselves."""
    course, time = course_title(turn, placed.session.course_id), when(turn, placed.session)
    again = "-again" if placed.repeated else ""
    if placed.position is not None:
        return say(f"waiting{again}", course=course, when=time, position=placed.position)
    if placed.booking.state is BookingState.OFFERED and placed.booking.offer_until:
        until = dates.moment(placed.booking.offer_until, turn.rules.pack.partnership.calendar.zone)
        return say("offered-again", course=course, when=time, until=until)
    if placed.booking.state is BookingState.AWAITING:
        return say(f"awaiting{again}", course=course, when=time, agrees=await who_agrees(turn, turn.known()))
    return say(f"booked{again}", course=course, when=time)


_TITLES = {
    BookingState.WAITING: "You are on the waiting list",
    BookingState.OFFERED: "A place is offered to you",
    BookingState.AWAITING: "Your place is held",
}


async def _placed_reply(turn: Turn, placed: Placed) -> Reply:
    sentence, booking = await placed_sentence(turn, placed), placed.booking
    stands = await standing(turn, [placed.session])
    lines = [sentence]
    if booking.state is BookingState.BOOKED:
        lines += [f"{where(placed.session, booking)}.", cancel_freely(turn, placed.session)]
    calendar = [say("calendar-comes")] if booking.state is BookingState.BOOKED and turn.by_mail else []
    lines += calendar
    plain = " ".join(lines)
    buttons = [*_buttons(turn, booking), *_links(placed), cards.button("My bookings", "my-bookings")]
    if may_book_for(turn.known(), turn.rules) and booking.state is not BookingState.OFFERED:
        buttons.append(cards.button("Book a colleague too", COLLEAGUE_ASK, session=placed.session.id))
    title = _TITLES.get(booking.state, "You are booked")
    body = [cards.title(title), cards.words(sentence), session_facts(turn, placed.session, stands)]
    body += [cards.words(line, quiet=True) for line in calendar]
    return Reply(plain, cards.card(body, buttons, fallback=plain))


def _links(placed: Placed) -> list[cards.Element]:
    return joining(placed.session) if placed.booking.state is BookingState.BOOKED else []


async def state_in_words(turn: Turn, booking: Booking, position: int | None) -> str:
    """A booking's state, said to the person whose it is."""
    match booking.state:
        case BookingState.BOOKED:
            return "Booked"
        case BookingState.AWAITING:
            return f"Held until {await who_agrees(turn, turn.known())} agrees"
        case BookingState.OFFERED if booking.offer_until:
            zone = turn.rules.pack.partnership.calendar.zone
            return f"Offered to you until {dates.moment(booking.offer_until, zone)}"
        case BookingState.WAITING:
            return f"Waiting list, number {position}"
        case _:
            return booking.state.value.replace("-", " ").capitalize()


async def my_bookings(turn: Turn) -> Answer:
    """What the person has coming up, what they booked for colleagues, and of which dates they want to hear."""
    person = turn.known()
    mine = await turn.work.bookings.active_of(person.id, turn.now)
    theirs = await turn.work.bookings.booked_by(person.id, turn.now)
    hoped = await turn.work.interests.of(person.id)
    titles = [course_title(turn, one.course_id) for one in hoped]
    wished = [say("interests-yours", courses=", ".join(titles))] if hoped else []
    ended = await _not_approved(turn)
    if not mine and not theirs:
        return answer(Reply("\n".join([say("no-bookings"), *ended, *wished]), suggestions=("courses",)))
    others = await turn.work.people.by_ids(
        {one.person_id for one in theirs} | {one.booked_by_id for one in mine if one.booked_by_id}
    )
    body: list[cards.Element] = [cards.title("Your bookings")] if mine else []
    lines = ["Your bookings"] if mine else [say("no-bookings")]
    own, panels = await _own_panels(turn, mine, others)
    lines += own
    body += panels
    lines += await _for_colleagues(turn, theirs, others, body)
    hints = [*_offer_words(mine), *ended, *wished]
    body += [cards.words(line, quiet=True) for line in hints]
    plain = "\n".join([*lines, *hints])
    return answer(Reply(plain, cards.card(body, fallback=plain)))


async def _not_approved(turn: Turn) -> list[str]:
    """Places of the last two weeks that ended because nobody had agreed in time."""
    ended = await turn.work.bookings.unapproved_of(turn.known().id, turn.now - bookings.UNAPPROVED_SHOWN)
    sessions = await turn.work.sessions.by_ids({one.session_id for one in ended})
    people = await turn.work.people.by_ids({one.person_id for one in ended})
    lines = []
    for booking in ended:
        session, delegate = sessions[booking.session_id], people[booking.person_id]
        course = course_title(turn, session.course_id)
        whose = "" if delegate.id == turn.known().id else f"{delegate.name}: "
        agrees = await who_agrees(turn, delegate)
        lines.append(say("place-not-approved", whose=whose, course=course, when=when(turn, session), agrees=agrees))
    return lines


def _offer_words(shown: Sequence[Booking]) -> list[str]:
    return [say("offer-words")] if any(one.state is BookingState.OFFERED for one in shown) else []


async def _own_panels(
    turn: Turn, mine: Sequence[Booking], others: Mapping[int, Person]
) -> tuple[list[str], list[cards.Element]]:
    """Somebody's own bookings as lines and as panels, with buttons as long as there is room for them."""
    lines: list[str] = []
    panels: list[cards.Element] = []
    left = SHOWN
    for booking in mine:
        placed = await bookings.find_own(turn.work, turn.known(), booking.id)
        line, panel, used = await _own_panel(turn, placed, others, left)
        lines.append(f"- {line}")
        panels.append(panel)
        left -= used
    return lines, panels


async def _own_panel(
    turn: Turn, placed: Placed, others: Mapping[int, Person], left: int
) -> tuple[str, cards.Element, int]:
    """One booking as a line and as a panel, and how many buttons it took of those that are left."""
    booking, session = placed.booking, placed.session
    state = await state_in_words(turn, booking, placed.position)
    booker = others.get(booking.booked_by_id or 0)
    state += f", by {booker.name}" if booker and booking.booked_by_id != booking.person_id else ""
    course = course_title(turn, session.course_id)
    line = f"{course}, {when(turn, session)}. {where(session, booking)}. {state}."
    links = _links(placed)
    # whoever reads no cards has to see the link as well
    line += f" {say('joining-link', link=session.join_url)}" if links else ""
    buttons = [*_buttons(turn, booking), *links][: max(left, 0)]
    row: list[cards.Element] = [cards.heading(course), cards.words(state)]
    stands = await standing(turn, [session])
    row.append(session_facts(turn, session, stands) if buttons else cards.words(when(turn, session)))
    return line, cards.panel([*row, *([cards.actions_row(buttons)] if buttons else [])]), len(buttons)


async def _for_colleagues(
    turn: Turn, theirs: list[Booking], others: Mapping[int, Person], body: list[cards.Element]
) -> list[str]:
    if not theirs:
        return []
    sessions = await turn.work.sessions.by_ids({one.session_id for one in theirs})
    lines = []
    for booking in theirs:
        session = sessions[booking.session_id]
        state = booking.state.value.replace("-", " ")
        name = others[booking.person_id].name
        lines.append(f"{name}: {course_title(turn, session.course_id)}, {when(turn, session)}. {state.capitalize()}.")
    body += [cards.heading(say("colleagues-yours")), cards.points(lines)]
    return [say("colleagues-yours"), *(f"- {line}" for line in lines)]


def _buttons(turn: Turn, booking: Booking) -> list[cards.Element]:
    if booking.state is BookingState.OFFERED:
        return [
            cards.button("Accept the place", ACCEPT, style="positive", booking=booking.id),
            cards.button("Decline", DECLINE, booking=booking.id),
        ]
    if bookings.is_refusal(booking, turn.known(), turn.now, turn.rules):
        return [cards.button("I cannot take it", REFUSE, booking=booking.id)]
    label = "Leave the waiting list" if booking.state is BookingState.WAITING else "Cancel my place"
    return [cards.button(label, CANCEL_ASK, booking=booking.id)]


async def accept(turn: Turn) -> Answer:
    """Take an offered place."""
    placed = await bookings.accept_offer(
        turn.work, turn.known(), turn.number("booking"), now=turn.now, rules=turn.rules
    )
    if placed.repeated or placed.booking.state is BookingState.AWAITING:
        return answer(await _placed_reply(turn, placed))
    reply = await _placed_reply(turn, placed)
    course, time = course_title(turn, placed.session.course_id), when(turn, placed.session)
    plain = say("offer-accepted", course=course, when=time)
    return answer(Reply(plain, reply.card))


async def decline(turn: Turn) -> Answer:
    """Refuse an offered place: it goes to the next person at once.

    A place that was accepted since the offer is one's own: it is asked about before it is cancelled.
    """
    booking = (await bookings.find_own(turn.work, turn.known(), turn.number("booking"))).booking
    if booking.state in (BookingState.OFFERED, BookingState.CANCELLED):
        return await cancel(turn)
    return await ask_cancel(turn, lead=say("offer-taken-since") if booking.state in HAS_PLACE else "")


async def waiting_list(turn: Turn) -> Answer:
    """Where the person stands on every waiting list; straight to the question for who wants to leave their only one."""
    person = turn.known()
    mine = await turn.work.bookings.active_of(person.id, turn.now)
    queued = [booking for booking in mine if booking.state in (BookingState.WAITING, BookingState.OFFERED)]
    if not queued:
        return answer(Reply(say("not-waiting"), suggestions=("courses",)))
    if len(queued) == 1 and _LEAVES.search(turn.said.text.casefold()):
        return await ask_cancel(turn.saying(verb=CANCEL_ASK, booking=str(queued[0].id)))
    others = await turn.work.people.by_ids({one.booked_by_id for one in queued if one.booked_by_id})
    title = say("waiting-title")
    lines, panels = await _own_panels(turn, queued, others)
    plain = "\n".join([title, *lines, *_offer_words(queued), say("waiting-words")])
    return answer(Reply(plain, cards.card([cards.title(title), *panels], fallback=plain)))
