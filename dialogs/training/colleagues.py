"""Booking for a colleague, and sending one instead: who it is, then one answer."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import cards
from dialogs.choosing import said_number, said_stop, said_yes
from dialogs.talk import Reply
from dialogs.training.booking import COLLEAGUE_ASK
from dialogs.training.cancelling import BOOKING, KEEP, SUBSTITUTE_ASK, confirm_cancel, keep
from dialogs.training.sessions import course_title, places_left, when, who_agrees
from dialogs.turn import EXPECT, Answer, Flow, Turn, answer
from dialogs.wording import say
from services import bookings, colleagues
from services.bookings import Placed
from services.colleagues import Newcomer, may_book_for
from services.errors import NotFound, ServiceError
from services.model import HAS_PLACE, BookingState, Person, Role, Session
from services.rights import require_trainer, runs

BOOK_COLLEAGUE = COLLEAGUE_ASK
SEND_COLLEAGUE, OVERBOOK, SUBSTITUTE = "colleague.book", "colleague.overbook", "substitute.send"
COLLEAGUE_WORDS = frozenset({"colleague", "colleagues", "somebody", "someone", "staff", "team"})
LONGEST_NAME = 3
"""Words."""
LONGEST_WISH = 5
"""Words in `send a colleague instead`."""
FOR_COLLEAGUE, FOR, INSTEAD, CHOICES = "for-colleague", "colleague-for", "colleague-instead", "choices"
NEWCOMER, VERB, AGAIN, SURE = "colleague-new", "colleague-verb", "colleague-again", "sure"


async def ask(turn: Turn) -> Answer:
    """Who is it for? A list of the agency's people, and a field for an address."""
    person = turn.known()
    session = await _session(turn)
    overbooks = runs(person, session) and session.places_left == 0
    if not overbooks:
        colleagues.require_may_book_for(person, turn.rules)
    buttons = (
        [cards.button("Book them", SEND_COLLEAGUE, session=session.id)] if may_book_for(person, turn.rules) else []
    )
    if overbooks:
        reason = cards.text_input("reason", "Why should there be one more place?", most=bookings.LONGEST_REASON)
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


async def _session(turn: Turn) -> Session:
    session = await turn.work.sessions.by_id(turn.number("session"))
    if session is None:
        raise NotFound("session-unknown")
    return session


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
    return _done(turn, await booked_sentence(turn, colleague, placed), placed.session)


async def booked_sentence(turn: Turn, who: Person, placed: Placed) -> str:
    """Where a colleague stands after they were booked."""
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
    """One place too many, by the trainer of the session or the office, with a reason."""
    # Before anybody is looked up: whoever may overbook may name people of any agency.
    require_trainer(turn.known(Role.TRAINER, Role.MANAGER), await _session(turn))
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
        return _done(turn, await booked_sentence(turn, who, placed), placed.session)
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
