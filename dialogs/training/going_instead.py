"""One colleague goes instead of another, named in the order itself: read back, and handed on after a yes.

A name is only held against people whom the speaker may act for anyway, and never kept: what is remembered are ids.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dialogs import button_titles, cards
from dialogs.choosing import said_yes
from dialogs.kin import of_a_family
from dialogs.talk import Reply
from dialogs.training import colleague_answers, colleagues, last_place, which_place
from dialogs.training.bookings_by_name import NAMED
from dialogs.training.called import as_typed, colleagues_called, means_otherwise, places_of
from dialogs.training.cancelling import SUBSTITUTE_ASK
from dialogs.training.colleague_moves import named
from dialogs.training.colleague_orders import NO_NAMES
from dialogs.training.colleagues import BOOK_COLLEAGUE, CHOICES, COLLEAGUE_WORDS, INSTEAD, SUBSTITUTE, ask_substitute
from dialogs.training.instead_words import Order, is_self, read
from dialogs.training.sessions import SESSIONS, course_title, when
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import say
from services import bookings
from services import colleagues as directory
from services.bookings import Placed
from services.errors import ServiceError
from services.model import HAS_PLACE, Booking, Person, Session
from services.understanding import Understanding

_IN_GENERAL = COLLEAGUE_WORDS | {"else", "anyone", "anybody", "deputy"}
"""Words for somebody, none of which is a name."""
_NOT_THEN = frozenset({"later", "earlier", "it", "that", "this", "them", "him", "her", "one"})


async def heard(turn: Turn, understood: Understanding) -> Answer | None:
    """`bob goes instead of dave`, in the place that was booked for Dave: shall he? Without a name that is known, who
    goes. None where no place is meant, and for words that say more than who, whose and which course."""
    order = read(as_typed(turn))
    if order is None or of_a_family(order.goes) or of_a_family(order.out):
        return None
    if {order.goes.casefold(), order.out.casefold()} <= NO_NAMES:
        return None  # "may instead of june"
    if not order.out:
        return await _instead_of_the_last(turn, order)
    course = named(turn, order.course)
    if not course.ours:
        return None
    goes, held = order.goes, await _held_by(turn, order.out)
    if not held and order.either:
        goes, held = order.out, await _held_by(turn, order.goes)
    if not held:
        return await _nothing_for_them(turn, order.out)
    if not await _is_somebody(turn, goes, screened=understood.only_names, or_date=order.or_date):
        return None
    sessions = await turn.work.sessions.by_ids({one.session_id for one in held})
    on_course = [one for one in held if not course.courses or sessions[one.session_id].course_id in course.courses]
    meant = [
        one
        for one in on_course
        if course.span is None or course.span.holds(turn.rules.today(sessions[one.session_id].starts_at))
    ]
    return await (_in_one_of(turn, meant, sessions, goes) if meant else _nothing_for_them(turn, order.out))


async def _is_somebody(turn: Turn, name: str, *, screened: bool, or_date: bool) -> bool:
    """True for a colleague, for somebody in general, and for one word that can be a name; not for a course or a date:
    "swap bob for the next one"."""
    if await _whom(turn, name):
        return True
    if means_otherwise(turn, name) or name.casefold() in _NOT_THEN:
        return False
    return screened or (not or_date and (_in_general(name) or " " not in name))


async def _held_by(turn: Turn, name: str) -> list[Booking]:
    """The places to come of whoever is called so, if the speaker booked them; the speaker's own for `me`."""
    if is_self(name):
        found = await turn.work.bookings.active_of(turn.known().id, turn.now)
    else:
        booked = await turn.work.bookings.booked_by(turn.known().id, turn.now)
        found = places_of(name, booked, await turn.work.people.by_ids({one.person_id for one in booked}))
    return [one for one in found if one.state in HAS_PLACE]


async def _nothing_for_them(turn: Turn, name: str) -> Answer | None:
    """A colleague for whom nothing is booked: no case data, and nothing to hand on."""
    if is_self(name) or name.casefold() in NO_NAMES or not await colleagues_called(turn, name):
        return None
    return answer(Reply(say("hand-on-nothing-for"), suggestions=("my bookings",)))


async def _in_one_of(turn: Turn, meant: Sequence[Booking], sessions: Mapping[int, Session], goes: str) -> Answer | None:
    """In the one place that is meant, or the one of several that was spoken of last; else which."""
    who, own = await _whom(turn, goes), any(one.person_id == turn.known().id for one in meant)
    if own and (len(meant) > 1 or (not who and _in_general(goes))):
        return None
    last = await last_place.of(turn, within=last_place.CLOSE) if len(meant) > 1 else None
    if last is not None and last.booking.id in {one.id for one in meant}:
        meant = [last.booking]
    return await (_ask(turn, meant[0], who, goes) if len(meant) == 1 else _which(turn, meant, sessions, who))


async def _instead_of_the_last(turn: Turn, order: Order) -> Answer | None:
    """`ivan instead`, said of the place that was spoken of last, and of a colleague alone."""
    who = await _whom(turn, order.goes) if order.goes.casefold() not in NO_NAMES else []
    # a date that is on offer is not the place that was spoken of before
    held = await _spoken_of(turn) if who and turn.state.get(EXPECT) != SESSIONS else None
    if held is None or [one.id for one in who] == [held.person_id]:
        return None
    return await _ask(turn, held, who, order.goes)


async def _spoken_of(turn: Turn) -> Booking | None:
    """The place that was spoken of last, or was booked for a colleague just now."""
    last = await last_place.of(turn, within=last_place.CLOSE)
    if last is not None:
        return last.booking if last.booking.state in HAS_PLACE else None
    shown = button_titles.ids_of(turn, BOOK_COLLEAGUE, "session")
    booked = await turn.work.bookings.booked_by(turn.known().id, turn.now)
    found = [one for one in booked if str(one.session_id) in shown and one.state in HAS_PLACE]
    return found[0] if len(found) == 1 else None


async def _whom(turn: Turn, name: str) -> list[Person]:
    return [turn.known()] if is_self(name) else await colleagues_called(turn, name)


def _in_general(name: str) -> bool:
    return not _IN_GENERAL.isdisjoint(name.casefold().split())


async def _ask(turn: Turn, held: Booking, who: Sequence[Person], name: str) -> Answer:
    """That colleague in this place, after a yes; of several that are called so, which; and where there is none, who."""
    if len(who) == 1:
        return await _read_back(turn, held.id, who[0])
    asked = await ask_substitute(turn.saying(verb=SUBSTITUTE_ASK, booking=str(held.id)))
    if who:
        return colleague_answers.which(replace(turn, state=asked.state), who)
    if _in_general(name):
        return asked
    return Answer((Reply(say("colleague-name-unknown")), *asked.replies), asked.state)


async def _read_back(turn: Turn, booking_id: int, who: Person) -> Answer:
    """Do they go instead? Raises `ServiceError` where there is no place to hand on, or they have one there."""
    placed = await bookings.find_own(turn.work, turn.known(), booking_id)
    if placed.booking.state not in HAS_PLACE or placed.booking.person_id == who.id:
        raise ServiceError("no-place-to-hand-on")
    theirs = await turn.work.bookings.of(who.id, placed.session.id)
    if theirs is not None and theirs.state in HAS_PLACE:
        raise ServiceError("substitute-has-place")
    question = await _question(turn, placed, who)
    plain = f"{question}\n{say('colleague-named-how')}"
    buttons = [
        cards.button("Yes, send them", SUBSTITUTE, style="positive", booking=booking_id, colleague=who.id),
        cards.button("Somebody else", SUBSTITUTE_ASK, booking=booking_id),
    ]
    state = {EXPECT: INSTEAD, INSTEAD: str(booking_id), CHOICES: "", NAMED: str(who.id)}
    return answer(Reply(plain, cards.card([cards.title(question)], buttons, fallback=plain)), **state)


async def _question(turn: Turn, placed: Placed, who: Person) -> str:
    course, time = course_title(turn, placed.session.course_id), when(turn, placed.session)
    own, holder = turn.known().id, await turn.work.people.by_id(placed.booking.person_id)
    if placed.booking.person_id == own or holder is None:
        return say("send-named-for-me", who=who.name, course=course, when=time)
    name = say("yourself") if who.id == own else who.name
    return say("send-named", who=name, whom=holder.name, course=course, when=time)


async def _which(
    turn: Turn, meant: Sequence[Booking], sessions: Mapping[int, Session], who: Sequence[Person]
) -> Answer:
    """Several places could be meant: by button or by number. Who was named for it is not forgotten."""
    people = await turn.work.people.by_ids({one.person_id for one in meant})
    whom = {"whom": str(who[0].id)} if len(who) == 1 else {}
    lines, buttons = [say("hand-on-which")], []
    for number, one in enumerate(meant, 1):
        course = course_title(turn, sessions[one.session_id].course_id)
        title = f"{number}. {people[one.person_id].name}: {course}"
        lines.append(f"{title}, {when(turn, sessions[one.session_id])}")
        buttons.append(cards.button(title, SUBSTITUTE_ASK, booking=one.id, **whom))
    plain = "\n".join(lines)
    state = which_place.asked(SUBSTITUTE_ASK, (one.id for one in meant)) | {NAMED: whom.get("whom", "")}
    return answer(Reply(plain, cards.card(list(map(cards.words, lines)), buttons, fallback=plain)), **state)


async def ask(turn: Turn) -> Answer:
    """The button "Send a colleague": who goes, or whether it is who was named before the place was chosen."""
    named_before = turn.state.get(NAMED, "") if turn.state.get(EXPECT) == which_place.WHICH else ""
    whom = turn.field("whom") or named_before
    if not whom.isdecimal():
        return await ask_substitute(turn)
    who = await directory.by_id(turn.work, turn.known(), int(whom))
    return await _read_back(turn, turn.number("booking"), who)


async def said_instead(turn: Turn) -> Answer | None:
    """`yes` to who was read back, else what the question who goes expects."""
    whom = turn.state.get(NAMED, "")
    if whom and said_yes(turn.said.text, "send"):
        return await colleagues.taken(turn, colleague=whom)
    return await colleagues.said_instead(turn)
