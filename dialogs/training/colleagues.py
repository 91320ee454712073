"""Booking for a colleague, and sending one instead: who it is, then one answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs import cards
from dialogs.choosing import said_number, said_stop, said_yes
from dialogs.talk import Reply
from dialogs.training.booking import COLLEAGUE_ASK
from dialogs.training.cancelling import BOOKING, KEEP, SUBSTITUTE_ASK, confirm_cancel, keep
from dialogs.training.courses import content, courses_meant, wanted_in
from dialogs.training.sessions import course_title, places_left, when, who_agrees
from dialogs.turn import EXPECT, Answer, Flow, Turn, answer
from dialogs.wording import say
from services import bookings, colleagues
from services.bookings import Placed
from services.colleagues import Newcomer, may_book_for
from services.errors import NotFound, ServiceError
from services.model import HAS_PLACE, BookingState, Person, Role, Session
from services.understanding import IdentifierKind

BOOK_COLLEAGUE = COLLEAGUE_ASK
SEND_COLLEAGUE, OVERBOOK, SUBSTITUTE = "colleague.book", "colleague.overbook", "substitute.send"
COLLEAGUE_WORDS = frozenset({"colleague", "colleagues", "somebody", "someone", "staff", "team"})
_ORDERS = re.compile(r"(?:please\s+)?(?:book|put|sign up|enrol|register|add|send)\b", re.IGNORECASE)
_BOOKS = re.compile(r"(?:please\s+)?book\b", re.IGNORECASE)
_BOOKS_WHOM = re.compile(
    r"(?:please\s+|pls\s+|can\s+y?o?u\s+|could\s+y?o?u\s+|can\s+i\s+|i\s+want\s+to\s+|i\s+would\s+like\s+to\s+|i'd\s+like\s+to\s+)*"
    r"(?:book|enroll?|reserve|register|sign|put|add)\s+(?P<whom>.+?)\s+(?:onto|on|into|in|to|for)\s+(?P<course>.+)",
    re.IGNORECASE | re.DOTALL,
)
_NO_NAME = re.compile(r"\b(?:me|myself|i|up|down|on|in|please|and)\b|[,;.]", re.IGNORECASE)
_A_PLACE = re.compile(r"\s+(?:a|the|another)\s+(?:place|space|seat|spot|slot)$", re.IGNORECASE)
"""After somebody: "book bob a place"."""
_PLACE = re.compile(
    r"\b(?:places?|spaces?|seats?|spots?|slots?|sessions?|courses?|training|dates?|workshops?|seminars?|events?|forums?"
    r"|webinars?|class|interest|names?|everything|all|next|first)\b",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"[^\W\d_]+")
_ONESELF = frozenset({"me", "myself", "my"})
NO_NAMES = frozenset(
    {"will", "may", "april", "june", "august", "mark", "grant", "bill", "hope", "joy", "grace", "young"}
)
"""Words that are more often something else than somebody's name."""
OF_A_COLLEAGUE = frozenset({IdentifierKind.EMAIL, IdentifierKind.NAME})
"""What an order that is meant for a colleague may hold of one."""
LONGEST_NAME = 3
"""Words."""
LONGEST_WISH = 5
"""Words in `send a colleague instead`."""
FOR_COLLEAGUE, FOR, INSTEAD, CHOICES = "for-colleague", "colleague-for", "colleague-instead", "choices"
NEWCOMER, VERB, AGAIN, SURE = "colleague-new", "colleague-verb", "colleague-again", "sure"


async def ask(turn: Turn) -> Answer:
    """Who is it for? A list of the agency's people, and a field for an address."""
    person = turn.known()
    session = await turn.work.sessions.by_id(turn.number("session"))
    if session is None:
        raise NotFound("session-unknown")
    overbooks = person.has(Role.TRAINER, Role.MANAGER) and session.places_left == 0
    if not overbooks:
        colleagues.require_may_book_for(person, turn.rules)
    buttons = (
        [cards.button("Book them", SEND_COLLEAGUE, session=session.id)] if may_book_for(person, turn.rules) else []
    )
    if overbooks:
        reason = cards.text_input("reason", "Why should there be one place more?", most=bookings.LONGEST_REASON)
        over = cards.button("Book one more", OVERBOOK, session=session.id)
        buttons.append(cards.reveal("Overbook", [reason], [over]))
    waiting = (await turn.work.bookings.waiting_counts([session.id])).get(session.id, 0)
    about = say(
        "colleague-session",
        course=course_title(turn, session.course_id),
        when=when(turn, session),
        places=places_left(session, waiting, colleague=True),
    )
    return await _who(turn, say("colleague-who"), about, buttons, FOR, session.id)


async def colleague_on(turn: Turn, sessions: Sequence[str]) -> Answer:
    """Who goes on the date that was just shown; of several, on which first."""
    if len(sessions) == 1:
        return await ask(turn.saying(verb=BOOK_COLLEAGUE, session=sessions[0]))
    lead = say("colleague-date-first", most=len(sessions))
    return answer(Reply(lead), **{EXPECT: FOR_COLLEAGUE, FOR_COLLEAGUE: " ".join(sessions)})


async def ask_substitute(turn: Turn) -> Answer:
    """Who goes instead? Anybody may send a colleague of their own agency in their own place."""
    placed = await bookings.find_own(turn.work, turn.known(), turn.number("booking"))
    if placed.booking.state not in HAS_PLACE:
        raise ServiceError("no-place-to-hand-on")
    about = f"{course_title(turn, placed.session.course_id)}, {when(turn, placed.session)}."
    buttons = [cards.button("Send them", SUBSTITUTE, booking=placed.booking.id)]
    return await _who(turn, say("colleague-who-else"), about, buttons, INSTEAD, placed.booking.id)


async def _who(
    turn: Turn, question: str, about: str, buttons: Sequence[cards.Element], expect: str, subject: int
) -> Answer:
    listed = await colleagues.list_colleagues(turn.work, turn.known()) if may_book_for(turn.known(), turn.rules) else []
    lines = [f"{number}. {one.name}" for number, one in enumerate(listed, 1)]
    hint = say("colleague-typed" if listed else "colleague-typed-email")
    plain = "\n".join([question, about, *lines, hint])
    body: list[cards.Element] = [cards.title(question), cards.words(about)]
    if listed:
        body.append(cards.choice_input("colleague", "A colleague", [(one.name, str(one.id)) for one in listed]))
    body += [
        cards.text_input("email", "Or their work e-mail address", most=colleagues.LONGEST_EMAIL),
        cards.text_input("name", "Their name, if they are new here", most=colleagues.LONGEST_NAME),
    ]
    state = {EXPECT: expect, expect: str(subject), CHOICES: " ".join(str(one.id) for one in listed)}
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **state)


async def _chosen(turn: Turn, *, anybody: bool = False) -> Person | Newcomer:
    """Who was chosen or written down. An address that was typed counts before the list.

    Somebody new is entered in the directory only once the actor is sure of it.
    """
    actor = turn.known()
    if email := turn.field("email"):
        found = await colleagues.by_email(turn.work, actor, email, name=turn.field("name"), anybody=anybody)
        if isinstance(found, Newcomer) and turn.field(SURE):
            return await colleagues.take_in(turn.work, actor, found, now=turn.now)
        return found
    if turn.field("colleague"):
        return await colleagues.by_id(turn.work, actor, turn.number("colleague"), anybody=anybody)
    raise ServiceError("colleague-none")


def _carried(turn: Turn, newcomer: Newcomer) -> dict[str, str]:
    """What the buttons of the question carry; the name is a field of its own, to be put right."""
    data = {"email": newcomer.email, SURE: "yes", "reason": turn.field("reason")}
    return data | {key: turn.field(key) for key in ("session", "booking") if turn.field(key)}


def _are_you_sure(turn: Turn, newcomer: Newcomer, verb: str, again: str) -> Answer:
    """Nobody is known at this address: was it meant? `verb` goes on with it, `again` asks who it is once more."""
    carried = _carried(turn, newcomer)
    go_on = {
        SEND_COLLEAGUE: cards.button("Yes, go on", SEND_COLLEAGUE, **carried),
        OVERBOOK: cards.button("Yes, go on", OVERBOOK, **carried),
        SUBSTITUTE: cards.button("Yes, go on", SUBSTITUTE, **carried),
    }
    choose = {
        BOOK_COLLEAGUE: cards.button("No, choose again", BOOK_COLLEAGUE, **carried),
        SUBSTITUTE_ASK: cards.button("No, choose again", SUBSTITUTE_ASK, **carried),
    }
    buttons = [go_on[verb], choose[again]]
    question = say("colleague-new", email=newcomer.email, name=newcomer.name)
    name = cards.text_input("name", "Their name", most=colleagues.LONGEST_NAME, value=newcomer.name)
    body = [cards.title(question), name]
    if verb not in _FLOWS:
        # The reason for one place more is free text that nobody has screened yet: it stays on the card.
        return answer(Reply(question, cards.card(body, buttons, fallback=question)))
    plain = f"{question} {say('colleague-new-how')}"
    state = {EXPECT: NEWCOMER, NEWCOMER: newcomer.email, "name": newcomer.name, VERB: verb, AGAIN: again}
    state |= {key: turn.field(key) for key in ("session", "booking") if turn.field(key)}
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **state)


async def said_of_newcomer(turn: Turn) -> Answer | None:
    """`yes`, `no`, `stop` or another address after `I do not know this address`; None for words on something else."""
    state, sure = turn.state, said_yes(turn.said.text)
    subject = {key: state[key] for key in ("session", "booking") if key in state}
    verb = state.get(VERB, "")
    if said_stop(turn.said.text):
        # before a no, which asks once more who it is
        return await keep(turn.saying(verb=KEEP, **subject)) if "booking" in state else nothing_booked()
    if colleagues.is_address(turn.said.text):
        return await _FLOWS[verb](turn.saying(verb=verb, email=turn.said.text.strip(), **subject))
    if sure:
        whom = {"email": state.get(NEWCOMER, ""), "name": state.get("name", ""), SURE: "yes"}
        return await _FLOWS[verb](turn.saying(verb=verb, **whom, **subject))
    return None if sure is None else await _FLOWS[state.get(AGAIN, "")](turn.saying(**subject))


async def send(turn: Turn) -> Answer:
    """Book the colleague. They are told, and can say no. Pressing twice books once."""
    actor = turn.known()
    colleagues.require_may_book_for(actor, turn.rules)
    colleague = await _chosen(turn)
    if isinstance(colleague, Newcomer):
        return _are_you_sure(turn, colleague, SEND_COLLEAGUE, BOOK_COLLEAGUE)
    if colleague.id == actor.id:
        raise ServiceError("colleague-you")
    session_id = turn.number("session")
    placed = await bookings.book(turn.work, colleague, session_id, now=turn.now, rules=turn.rules, by=actor)
    return _done(turn, await _booked_sentence(turn, colleague, placed), placed.session)


async def _booked_sentence(turn: Turn, who: Person, placed: Placed) -> str:
    course, time = course_title(turn, placed.session.course_id), when(turn, placed.session)
    if placed.repeated:
        key = "colleague-offered" if placed.booking.state is BookingState.OFFERED else "colleague-again"
        return say(key, who=who.name, course=course, when=time)
    if placed.position is not None:
        return say("colleague-waiting", who=who.name, course=course, when=time, position=placed.position)
    key = "colleague-awaiting" if placed.booking.state is BookingState.AWAITING else "colleague-booked"
    agrees = await who_agrees(turn, who)
    return say(key, who=who.name, course=course, when=time, agrees=agrees)


def _done(turn: Turn, plain: str, session: Session) -> Answer:
    buttons = [cards.button("My bookings", "my-bookings")]
    if may_book_for(turn.known(), turn.rules):
        buttons.insert(0, cards.button("Book another colleague", BOOK_COLLEAGUE, session=session.id))
    return answer(Reply(plain, cards.card([cards.words(plain)], buttons, fallback=plain)))


async def overbook(turn: Turn) -> Answer:
    """One place too many, by a trainer or the office, with a reason."""
    turn.known(Role.TRAINER, Role.MANAGER)
    who = await _chosen(turn, anybody=True)
    if isinstance(who, Newcomer):
        return _are_you_sure(turn, who, OVERBOOK, BOOK_COLLEAGUE)
    placed = await bookings.overbook(
        turn.work,
        turn.known(),
        who,
        turn.number("session"),
        reason=turn.field("reason"),
        now=turn.now,
        rules=turn.rules,
    )
    if placed.repeated:
        return _done(turn, await _booked_sentence(turn, who, placed), placed.session)
    plain = say(
        "overbooked",
        who=who.name,
        course=course_title(turn, placed.session.course_id),
        when=when(turn, placed.session),
        capacity=placed.session.capacity,
    )
    return _done(turn, plain, placed.session)


async def substitute(turn: Turn) -> Answer:
    """Hand the place on. It stays taken, so nobody on the waiting list gains or loses."""
    actor = turn.known()
    who = await _chosen(turn)
    if isinstance(who, Newcomer):
        return _are_you_sure(turn, who, SUBSTITUTE, SUBSTITUTE_ASK)
    booking_id = turn.number("booking")
    placed = await bookings.substitute(turn.work, actor, booking_id, who, now=turn.now, rules=turn.rules)
    course, time = course_title(turn, placed.session.course_id), when(turn, placed.session)
    if placed.repeated:
        holder = await turn.work.people.by_id(placed.booking.person_id)
        name = holder.name if holder else who.name
        plain = say("substituted-again", who=name, course=course, when=time)
    else:
        awaiting = placed.booking.state is BookingState.AWAITING
        key = "substituted-awaiting" if awaiting else "substituted"
        agrees = await who_agrees(turn, who)
        plain = say(key, who=who.name, course=course, when=time, agrees=agrees)
    buttons = [cards.button("My bookings", "my-bookings")]
    return answer(Reply(plain, cards.card([cards.words(plain)], buttons, fallback=plain)))


_FLOWS: dict[str, Flow] = {
    SEND_COLLEAGUE: send,
    SUBSTITUTE: substitute,
    BOOK_COLLEAGUE: ask,
    SUBSTITUTE_ASK: ask_substitute,
}
"""What can go on in words once it is settled who somebody new is."""


async def said_after_cancel(turn: Turn) -> Answer | None:
    """`colleague` after `cancel your place?`, else what that question expects."""
    words = turn.said.text.lower().replace(".", " ").split()
    if len(words) <= LONGEST_WISH and COLLEAGUE_WORDS & set(words):
        return await ask_substitute(turn.saying(verb=SUBSTITUTE_ASK, booking=turn.state.get(BOOKING, "")))
    return await confirm_cancel(turn)


def is_whom(turn: Turn) -> bool:
    """True if these words are an address that was asked for: it names somebody, and it is meant to."""
    return turn.state.get(EXPECT) in (FOR_COLLEAGUE, FOR, INSTEAD, NEWCOMER) and colleagues.is_address(turn.said.text)


async def said_for(turn: Turn) -> Answer | None:
    """A number of the list or an address after `who is it for?`; None when the words are about something else."""
    if leaves_it(turn):
        return nothing_booked()
    whom = _whom(turn)
    return await taken(turn, **whom) if whom else None


async def said_instead(turn: Turn) -> Answer | None:
    """The same after `who goes instead?`."""
    if leaves_it(turn):
        return await keep(turn.saying(verb=KEEP, booking=turn.state.get(INSTEAD, "")))
    whom = _whom(turn)
    return await taken(turn, **whom) if whom else None


async def taken(turn: Turn, **whom: str) -> Answer:
    """The colleague who was asked for, by id or address: booked, or sent instead, as the question was."""
    if turn.state.get(EXPECT) == INSTEAD:
        return await substitute(turn.saying(verb=SUBSTITUTE, booking=turn.state.get(INSTEAD, ""), **whom))
    return await send(turn.saying(verb=SEND_COLLEAGUE, session=turn.state.get(FOR, ""), **whom))


def nothing_booked() -> Answer:
    """No to a booking for somebody else."""
    return answer(Reply(say("nothing-booked")))


def leaves_it(turn: Turn) -> bool:
    """True for a no, or a stop, to a question about a colleague."""
    return said_stop(turn.said.text) or said_yes(turn.said.text) is False


def _whom(turn: Turn) -> dict[str, str]:
    if colleagues.is_address(turn.said.text):
        return {"email": turn.said.text.strip()}
    chosen = said_number(turn.said.text, turn.state.get(CHOICES, "").split())
    return {"colleague": chosen} if chosen else {}


async def names_colleague(turn: Turn, text: str) -> bool:
    """True for "book the forum for Bob" and "book Bob on the forum": the place is not for who types it.

    After "for" a name counts that the partnership knows, and anywhere the name of somebody who works with the speaker;
    what stands between the order and its course is somebody, known or not, unless it is the speaker or a word for the
    place.
    """
    words = wanted_in(turn, text).words
    booked = _BOOKS_WHOM.match(words)
    if booked is not None and courses_meant(turn.rules.pack, booked["course"]):
        whom = _NO_NAME.sub(" ", _A_PLACE.sub("", booked["whom"])).split()
        if _is_somebody(turn, whom) and not _is_named(turn.known(), whom):
            return True
    if await _names_one_of_ours(turn, words):
        return True
    after = words.casefold().rpartition(" for ")[2].strip(" .!?").split() if " for " in words.casefold() else []
    return bool(after) and len(after) <= LONGEST_NAME and await _is_known(turn, after)


def _is_somebody(turn: Turn, whom: Sequence[str]) -> bool:
    said = " ".join(whom)
    spoken_of = bool(content(said)) and not courses_meant(turn.rules.pack, said) and not _PLACE.search(said)
    return spoken_of and len(whom) <= LONGEST_NAME


async def _names_one_of_ours(turn: Turn, text: str) -> bool:
    """True where a colleague's given name or surname stands in the words and the speaker does not, who may be booking
    with them: "can bob come to the forum in may instead"."""
    said = set(_NAME_WORD.findall(text.casefold())) - NO_NAMES
    if said & _ONESELF:
        return False
    theirs = await colleagues.work_with(turn.work, turn.known(), most=colleagues.MOST_LISTED)
    own = set(_NAME_WORD.findall(turn.known().name.casefold()))
    names = {word for one in theirs for word in _NAME_WORD.findall(one.name.casefold())} - own
    return any(not courses_meant(turn.rules.pack, word) for word in said & names)


def _is_named(person: Person, whom: Sequence[str]) -> bool:
    name = person.name.casefold().split()
    return bool(name) and [word.casefold() for word in whom] in (name, name[:1])


async def _is_known(turn: Turn, whom: Sequence[str]) -> bool:
    """True for the whole name of anybody else whom the partnership knows, and for a first name."""
    if _is_named(turn.known(), whom):
        return False
    known = turn.work.people.called if len(whom) == 1 else turn.work.people.named
    return bool(await known(" ".join(whom)))


def how_to_name_one(turn: Turn, kinds: frozenset[IdentifierKind]) -> Answer | None:
    """How to book a colleague, for "book alice@school.example on the forum"; None for anything else.

    Only an order to book is meant, of a course by its name or, from a lead, with an address in it: whatever else names
    somebody is refused as it stands. Who may not book for others is told so.
    """
    said = turn.said.text.strip()
    course = bool(courses_meant(turn.rules.pack, said))
    if not turn.personal or turn.person is None or not kinds <= OF_A_COLLEAGUE:
        return None
    may = may_book_for(turn.person, turn.rules)
    by_name = _BOOKS.match(said) is not None and course
    ordered = _ORDERS.match(said) is not None and IdentifierKind.EMAIL in kinds and (may or course)
    if not by_name and not ordered:
        return None
    if not may:
        return answer(Reply(say("not-for-colleagues")))
    return answer(Reply(say("colleague-how"), suggestions=("book a colleague",)))
