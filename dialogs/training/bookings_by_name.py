"""Colleagues who are named in the order itself, `book me and bob on the forum`: read back, and booked after a yes.

A name is only held against the speaker's own colleagues, whom they may book and see listed anyway, and never kept:
what is remembered are the ids of whom it means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dialogs import cards
from dialogs.choosing import folded, said_number, said_yes
from dialogs.talk import Reply
from dialogs.training import colleagues
from dialogs.training.booking import BOOK, book
from dialogs.training.colleague_orders import NO_NAMES
from dialogs.training.colleagues import BOOK_COLLEAGUE, CHOICES, FOR, FOR_COLLEAGUE, booked_sentence
from dialogs.training.courses import catalogue_words
from dialogs.training.instead_words import Order, read
from dialogs.training.sessions import course_title, places_left, when
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import explain, say
from services import bookings
from services import colleagues as directory
from services.errors import NotFound, ServiceError
from services.finding import Span
from services.model import ACTIVE

NAMED, BOOK_NAMED = "colleagues-named", "colleague.book-named"
WITH_ME = "with-me"
"""The speaker goes as well, though nobody else is named yet: `me and two colleagues`."""
MOST = 12
"""People in one order."""
_WITH_ME = re.compile(
    r"\b(?:me|myself)\b\s*(?:,|&|\band\b|\bplus\b|\bwith\b)|(?:,|&|\band\b|\bplus\b)\s*(?:me|myself)\b", re.IGNORECASE
)


_OOPS = r"(?:(?:no|actually|oops|oh|sorry|wait|ok|yes|but|and|please|hmm|make it|make that)[,.]? )*"
_CHANGES = re.compile(
    rf"{_OOPS}(?:(?P<drops>not|without|leave out|leave off|take off|minus|drop|remove|except|skip)"
    r"|(?P<only>just|only)|(?P<adds>and|plus|also|add|with)) (?P<whom>[^\d?]{2,80})",
    re.IGNORECASE,
)
"""Another choice of people, where some were read back: `not carol`, `just bob`, `and me`."""
_ME = re.compile(r"\b(?:me|myself)\b", re.IGNORECASE)


async def named_in(turn: Turn, text: str) -> str:
    """The ids of the colleagues whom the words name for certain, the speaker's own before them in `me and bob`; empty
    where nobody is named, and for who may not book for others."""
    actor = turn.known()
    if not directory.may_book_for(actor, turn.rules):
        return ""
    theirs = await directory.work_with(turn.work, actor, most=directory.MOST_LISTED)
    ours = catalogue_words(turn.rules.pack)
    found: list[int] = []
    for word in folded(text).split():
        called = [one.id for one in theirs if directory.is_called(one, word)]
        if len(called) == 1 and word not in NO_NAMES and word not in ours:
            found += [one for one in called if one not in found]
    own = [actor.id] if found and _WITH_ME.search(text) else []
    return " ".join(str(one) for one in [*own, *found][:MOST])


async def without_names(turn: Turn, named: str, text: str) -> str:
    """The order as it is said of a colleague in general, so that no name is looked for among the courses."""
    people = await turn.work.people.by_ids({int(one) for one in named.split()} - {turn.known().id})
    names = {re.escape(word) for one in people.values() for word in folded(one.name).split()} | {"me", "myself"}
    whom = rf"(?:(?:\band\b|[,&])?\s*\b(?:{'|'.join(sorted(names))})\b\s*(?:\band\b|[,&])?)+"
    return f"{re.sub(whom, ' ', text, flags=re.IGNORECASE)} for a colleague"


def naming(turn: Turn, named: str) -> Turn:
    """The turn as if a date had been asked for, for these colleagues."""
    return replace(turn, state={**turn.state, EXPECT: FOR_COLLEAGUE, NAMED: named}) if named else turn


async def carried(turn: Turn, listed: Answer, named: str, span: Span | None) -> Answer:
    """The dates for a colleague, and for whom; where there is but one, and it is in the time that was said, the
    question whether to book it."""
    if not named or listed.state.get(EXPECT) != FOR_COLLEAGUE:
        return listed
    shown = listed.state.get(FOR_COLLEAGUE, "").split()
    only = await turn.work.sessions.by_id(int(shown[0])) if len(shown) == 1 else None
    if only is not None and (span is None or span.holds(turn.rules.today(only.starts_at))):
        return await colleague_on(naming(turn, named), shown)
    return Answer(listed.replies, {**listed.state, NAMED: named})


async def colleague_on(turn: Turn, sessions: Sequence[str]) -> Answer:
    """Who goes on the date that was just shown; of several, on which first."""
    if len(sessions) == 1:
        return await ask(turn.saying(verb=BOOK_COLLEAGUE, session=sessions[0]))
    lead = say("colleague-date-first", most=len(sessions))
    named = {NAMED: turn.state[NAMED]} if NAMED in turn.state else {}
    return answer(Reply(lead), **{EXPECT: FOR_COLLEAGUE, FOR_COLLEAGUE: " ".join(sessions)}, **named)


def goes_too(turn: Turn, text: str, listed: Answer) -> Answer:
    """The dates for a colleague, remembering that the speaker goes as well where the order says so."""
    if not _WITH_ME.search(text) or listed.state.get(EXPECT) != FOR_COLLEAGUE:
        return listed
    return Answer(listed.replies, {**listed.state, WITH_ME: "yes"})


async def ask(turn: Turn) -> Answer:
    """Who is it for? Whoever was named when the date was asked for is read back."""
    asked = await colleagues.ask(turn)
    named = turn.state.get(NAMED, "") if turn.state.get(EXPECT) == FOR_COLLEAGUE else ""
    if named:
        return await read_back(turn, turn.number("session"), named)
    if WITH_ME not in turn.state or turn.state.get(EXPECT) != FOR_COLLEAGUE:
        return asked
    return Answer((*asked.replies, Reply(say("colleague-and-you"))), {**asked.state, WITH_ME: "yes"})


def with_me(turn: Turn, named: str) -> str:
    """These people, and the speaker before them where they go as well."""
    own = str(turn.known().id)
    return f"{own} {named}" if named and WITH_ME in turn.state and own not in named.split() else named


async def read_back(turn: Turn, session_id: int, named: str) -> Answer:
    """Book these people on that date? Nobody is booked before a yes."""
    session = await turn.work.sessions.by_id(session_id)
    if session is None:
        raise NotFound("session-unknown")
    course, time = course_title(turn, session.course_id), when(turn, session)
    on_it = {str(one.person_id) for one in await turn.work.bookings.on_session(session.id, ACTIVE)}
    held = [one for one in named.split() if one in on_it]
    named = " ".join(one for one in named.split() if one not in on_it)
    already = [say("colleague-has-place", who=await _names(turn, " ".join(held)), course=course)] if held else []
    if not named:
        return answer(Reply("\n".join([*already, say("nothing-booked")]), suggestions=("my bookings",)))
    question = say("colleague-named", who=await _names(turn, named), course=course, when=time)
    waiting = (await turn.work.bookings.waiting_counts([session.id])).get(session.id, 0)
    about = f"{places_left(session, waiting, colleague=True)}."
    plain = "\n".join([question, *already, about, say("colleague-named-how")])
    buttons = [
        cards.button("Yes, book them", BOOK_NAMED, style="positive", session=session.id, whom=named),
        cards.button("Somebody else", BOOK_COLLEAGUE, session=session.id),
    ]
    state = {EXPECT: FOR, FOR: str(session.id), CHOICES: "", NAMED: named}
    body = [cards.title(question), *map(cards.words, already), cards.words(about)]
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **state)


async def chosen_anew(turn: Turn) -> Answer | None:
    """`not carol`, `just bob`, `and me` or `swap bob for carol` to who was read back: that read back instead; None for
    anything else."""
    before, said = turn.state.get(NAMED, "").split(), " ".join(turn.said.text.split()).strip(" .!")
    order = read(said) if before else None
    if order is not None and (now := await _changed(turn, before, order)):
        return await read_back(turn, int(turn.state.get(FOR, "0")), " ".join(now))
    found = _CHANGES.fullmatch(said) if before else None
    if found is None:
        return None
    whom = (await named_in(turn, found["whom"])).split()
    me = str(turn.known().id)
    whom += [me] if _ME.search(found["whom"]) and me not in whom else []
    if not whom:
        return None
    if found["drops"]:
        now = [one for one in before if one not in whom]
    else:
        now = whom if found["only"] else [*before, *(one for one in whom if one not in before)]
    if not now:
        return colleagues.nothing_booked()
    return await read_back(turn, int(turn.state.get(FOR, "0")), " ".join(now[:MOST]))


async def _changed(turn: Turn, before: Sequence[str], order: Order) -> list[str]:
    """The people who were read back, with one instead of another; empty where neither is meant."""
    goes, out = (await named_in(turn, order.goes)).split(), (await named_in(turn, order.out)).split()
    if order.either and set(goes) <= set(before):
        goes, out = out, goes
    if not order.out and len(before) == 1:
        out = list(before)
    if len(goes) != 1 or not out or not set(out) <= set(before) or goes[0] in before:
        return []
    return [*(one for one in before if one not in out), *goes]


async def leaves_out(turn: Turn) -> bool:
    """True for `no wait, not alex` where nobody was chosen yet, and Alex is a colleague."""
    said = " ".join(turn.said.text.split()).strip(" .!")
    found = _CHANGES.fullmatch(said) if not turn.state.get(NAMED) else None
    return found is not None and bool(found["drops"]) and bool(await named_in(turn, found["whom"]))


async def _names(turn: Turn, named: str) -> str:
    ids = [int(one) for one in named.split()]
    people = await turn.work.people.by_ids(set(ids))
    names = [say("yourself") if one == turn.known().id else people[one].name for one in ids]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


async def said_for(turn: Turn) -> Answer | None:
    """`yes` to whoever was read back, else what the question for a colleague expects."""
    named = turn.state.get(NAMED, "")
    if named and said_yes(turn.said.text):
        return await send(turn.saying(verb=BOOK_NAMED, session=turn.state.get(FOR, ""), whom=named))
    chosen = said_number(turn.said.text, turn.state.get(CHOICES, "").split()) if WITH_ME in turn.state else None
    if chosen:
        return await read_back(turn, int(turn.state.get(FOR, "0")), with_me(turn, chosen))
    answered = await colleagues.said_for(turn)
    return _and_not_me(turn, answered) if answered is not None and directory.is_address(turn.said.text) else answered


async def send_one(turn: Turn) -> Answer:
    """The colleague of the form; who wanted to go as well is told that they are not booked yet."""
    return _and_not_me(turn, await colleagues.send(turn))


def _and_not_me(turn: Turn, answered: Answer) -> Answer:
    if WITH_ME not in turn.state:
        return answered
    return Answer((*answered.replies, Reply(say("colleague-and-not-you"))), answered.state)


async def send(turn: Turn) -> Answer:
    """Book each of them. What is refused of one is said, and the others are booked all the same."""
    directory.require_may_book_for(turn.known(), turn.rules)
    session = str(turn.number("session"))
    whom = [one for one in turn.field("whom").split() if one.isdecimal() and len(one) <= 9][:MOST]
    if not whom:
        raise ServiceError("stale-card")
    lines = [await _booked(turn, session, one) for one in whom]
    buttons = [
        cards.button("Book another colleague", BOOK_COLLEAGUE, session=session),
        cards.button("My bookings", "my-bookings"),
    ]
    plain = "\n".join(lines)
    return answer(Reply(plain, cards.card([*map(cards.words, lines)], buttons, fallback=plain)))


async def _booked(turn: Turn, session: str, one: str) -> str:
    """What became of the place of one of them."""
    actor = turn.known()
    try:
        if one == str(actor.id):
            return (await book(turn.saying(verb=BOOK, session=session))).replies[0].text
        who = await directory.by_id(turn.work, actor, int(one))
        # what a booking refuses, it refuses before it writes
        placed = await bookings.book(turn.work, who, int(session), now=turn.now, rules=turn.rules, by=actor)
        return await booked_sentence(turn, who, placed)
    except ServiceError as error:
        person = await turn.work.people.by_id(int(one)) if error.code != "colleague-elsewhere" else None
        return say("colleague-named-not", who=person.name if person else say("somebody"), why=explain(error))
