"""How many places a session has, changed in words: `make it 6 places`, `add 2 places to the lado course on 4 march`.

The session and both numbers are read back, and nothing changes before a yes. The rights are those of the card.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs import button_titles, cards
from dialogs.choosing import said_yes
from dialogs.guidance.articles import contact_lines
from dialogs.office import verbs
from dialogs.office.planning import resized
from dialogs.office.sessions import PAGE, SHOWN, choice, chosen_of, find, line, show
from dialogs.talk import Reply
from dialogs.training.courses import content, courses_meant, only_names, wanted_in
from dialogs.training.sessions import course_title, places_in_words, when
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import say
from services import bookings
from services.bookings.rules import require_not_over
from services.calendar_words import MONTH_NAME, NUMBERS
from services.errors import ServiceError
from services.model import MOST_PLACES, Role, Session

SESSION, CHANGE = "session", "change"
LOOKED_AT = 500
_PLEASE = r"(?:(?:please|can (?:you|we|i)|could (?:you|we|i)|i want to|i need to|id like to|we need to|no|actually) )*"
_SEATS = r"(?:places?|spaces?|seats?)"
_NO_DAY = rf"(?! (?:of )?{MONTH_NAME}\b| (?:am|pm)\b)"
_TO = rf"(?P<to>\d{{1,5}})\b{_NO_DAY}"
_FROM = re.compile(r" from \d{1,5}(?= to \d)")
_COUNT = rf"(?P<count>\d{{1,4}}|an?|another|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_MORE = r"(?: (?:more|extra|additional|further|fewer|less))*"
_CHANGE = r"(?:change|set|make|put|move|update|limit|increase|raise|extend|reduce|cut|lower|bring|take)"
_NUMBER_OF = rf"(?: (?:the|up|down|number|of|maximum|max|total))* (?:{_SEATS}|capacity)"
_WHAT, _THEN = r"(?P<what>(?: .+?)??)", r"(?P<more>(?: .+)?)"
_ON = r"(?P<what>(?: (?:to|on|for|in|at|of|from|off) .+)?)"
_ABSOLUTE = (
    rf"(?:make|set|put(?! \d)|let|change|limit){_WHAT}(?: (?:to|at|have|up|down))* {_TO} {_SEATS}{_THEN}",
    rf"{_CHANGE}{_NUMBER_OF}(?P<what>(?: .+)?) (?:to|at|as) {_TO}(?: {_SEATS})?{_THEN}",
    rf"{_CHANGE}{_NUMBER_OF}(?P<what>) {_TO}(?: {_SEATS})?{_THEN}",
    rf"{_CHANGE}{_NUMBER_OF}{_WHAT} {_TO}(?: {_SEATS})?",
)
_RAISED = (
    rf"(?:add|open up|open|release) {_COUNT}{_MORE} {_SEATS}{_ON}",
    rf"(?:increase|raise|extend){_WHAT} by {_COUNT}{_MORE} {_SEATS}{_THEN}",
    rf"(?:have|get|need|(?:we|i) (?:need|want)) {_COUNT} (?:more|extra|additional) {_SEATS}{_ON}",
    rf"(?:increase|raise|extend|put up){_NUMBER_OF}{_WHAT} by {_COUNT}(?: {_SEATS})?{_THEN}",
    rf"{_COUNT} (?:more|extra) {_SEATS}{_ON}",
)
_LOWERED = (
    rf"(?:remove|take away|take off|take|drop|cut|lose) {_COUNT}{_MORE} {_SEATS}(?: (?:off|away))?{_ON}",
    rf"(?:reduce|cut|lower){_WHAT} by {_COUNT}{_MORE} {_SEATS}{_THEN}",
    rf"(?:reduce|cut|lower|bring down){_NUMBER_OF}{_WHAT} by {_COUNT}(?: {_SEATS})?{_THEN}",
)
_READ = tuple(
    (how, re.compile(_PLEASE + form))
    for how, forms in (("+", _RAISED), ("-", _LOWERED), ("", _ABSOLUTE))
    for form in forms
)
_IT = re.compile(rf"{_PLEASE}(?:make|set|put|change) (?:it|that) (?:to |at )?(?P<to>\d{{1,5}})(?: instead)?")
"""Says no word of places: the session must stand right above."""
_OTHER = re.compile(
    r"(?:(?:no|actually|sorry|oops|wait|oh|hmm|make it|make that|i mean|i meant|rather|or|better)[,.]? )*"
    rf"(?P<to>\d{{1,5}})(?: {_SEATS})?(?: instead| rather)?"
)
"""Another number, where it was asked whether to change it."""
_COURTESY = re.compile(r"(?:,? (?:please|pls|plz|thanks|thank you|ta))+$")
_WRITTEN = re.compile(r"(?P<sign>[+-]?)(?P<number>\d{1,5})")
_SESSION = re.compile(
    r"\b(?:sessions?|courses?|training|forums?|workshops?|webinars?|seminars?|events?|class|waiting)\b"
)
_READ_BACK = re.compile(r"(?P<before>\d{1,5})\|(?P<after>\d{1,5})")
"""Both numbers, as they were agreed to."""
_NAMES_NONE = frozenset({"event", "class", "from", "off", "number", "only", "just", "up", "down"})


async def heard(turn: Turn, text: str) -> Answer | None:
    """The question whether to change it, or which session is meant; None for words on something else."""
    person = turn.known()
    said = _plain(text)
    wish = _read(said) if person.has(Role.MANAGER, Role.TRAINER) else None
    if wish is None and person.has(Role.MANAGER) and just_shown(turn) and (it := _IT.fullmatch(said)):
        wish = it["to"], ""
    if wish is None or not _of_a_session(turn, wish[1]):
        return None
    if not person.has(Role.MANAGER):
        office = contact_lines(turn.rules.pack, ("training", "partnership-office"))
        return answer(Reply("\n".join([say("capacity-office-only"), *office])), **dict(turn.state))
    change, what = wish
    wanted = wanted_in(turn, what)
    if wanted.misfit is not None:
        raise wanted.misfit
    left = content(wanted.words) - _NAMES_NONE
    if not left and wanted.span is None:
        shown = just_shown(turn)
        return await _ask(turn, await find(turn.saying(session=shown)), change) if shown else await _which(turn, change)
    meant = [one.id for one in courses_meant(turn.rules.pack, wanted.words) if only_names(one, " ".join(left))]
    coming = await turn.work.sessions.coming(turn.now, course_ids=meant or None, limit=LOOKED_AT)
    found = [one for one in coming if wanted.span is None or wanted.span.holds(turn.rules.today(one.starts_at))]
    if (left and not meant) or not found:
        return await _which(turn, change, coming if meant else (), unknown=True)
    return await _ask(turn, found[0], change) if len(found) == 1 else await _which(turn, change, found)


def _of_a_session(turn: Turn, what: str) -> bool:
    """True unless the words name something else altogether: "at nursery"."""
    wanted = wanted_in(turn, what)
    if wanted.misfit is not None or wanted.span is not None or _SESSION.search(what):
        return True
    left = " ".join(content(wanted.words) - _NAMES_NONE)
    return not left or any(only_names(one, left) for one in courses_meant(turn.rules.pack, wanted.words))


def _plain(text: str) -> str:
    return _COURTESY.sub("", " ".join(text.casefold().replace("’", "'").replace("'", "").split()).rstrip(".!"))


def _read(said: str) -> tuple[str, str] | None:
    """The change as it is kept (`20`, `+2`, `-2`), and the words for the session."""
    for how, form in _READ:
        if found := form.fullmatch(_FROM.sub("", said)):
            groups = found.groupdict()
            return (
                f"{how}{groups.get('to') or _counted(groups['count'])}",
                f"{groups['what']}{groups.get('more') or ''}",
            )
    return None


def _counted(word: str) -> str:
    return word if word.isdecimal() else str(NUMBERS.get(word, 1))


def just_shown(turn: Turn) -> str | None:
    """The one session that the last card is about."""
    about = (verbs.EDIT, verbs.SESSION, verbs.DELEGATES)
    found = {one for verb in about for one in button_titles.ids_of(turn, verb, SESSION)}
    return found.pop() if len(found) == 1 else None


async def _which(turn: Turn, change: str, found: Sequence[Session] = (), *, unknown: bool = False) -> Answer:
    """The sessions to choose from: those that fit, else what is coming up."""
    shown = (found or await turn.work.sessions.coming(turn.now, limit=PAGE))[:PAGE]
    if not shown:
        return answer(Reply(say("office-no-sessions")))
    rows = [
        (one, line(turn, one), cards.button("This one", verbs.PLACES_ASK, session=one.id, change=change))
        for one in shown
    ]
    question = say("capacity-which-unknown" if unknown else "capacity-which")
    return choice(question, rows, verbs.PLACES_ASK, **{CHANGE: change})


async def choose(turn: Turn) -> Answer | None:
    """A number after the choice of sessions; None when the words are about something else."""
    chosen = chosen_of(turn)
    return await ask(turn.saying(session=chosen, change=turn.state.get(CHANGE, ""))) if chosen else None


async def ask(turn: Turn) -> Answer:
    """The session was chosen: both numbers are read back."""
    turn.known(Role.MANAGER)
    return await _ask(turn, await find(turn), turn.field(CHANGE))


async def _ask(turn: Turn, session: Session, change: str) -> Answer:
    after = _after(session, change)
    require_not_over(session, turn.now)
    if not 0 <= after <= MOST_PLACES:
        raise ServiceError("capacity-impossible", most=MOST_PLACES)
    if after < session.taken:
        raise ServiceError("capacity-below-taken", taken=session.taken)
    if after == session.capacity:
        return await show(turn, session, say("capacity-same", count=places_in_words(after)))
    course = course_title(turn, session.course_id)
    question = say(
        "capacity-sure", course=course, when=when(turn, session), before=session.capacity, after=places_in_words(after)
    )
    lines = [say("session-taken", taken=session.taken, capacity=session.capacity) + "."]
    lines += [say("capacity-to-waiting")] if after > session.capacity else []
    plain = "\n".join([question, *lines, say("type-yes-or-no")])
    agreed = f"{session.capacity}|{after}"
    buttons = [
        cards.button("Yes, change it", verbs.PLACES, style="positive", session=session.id, change=agreed),
        cards.button("No, leave it", verbs.SESSION, session=session.id),
    ]
    card = cards.card([cards.title(question), *map(cards.words, lines)], buttons, fallback=plain)
    return answer(Reply(plain, card), **{EXPECT: verbs.PLACES, SHOWN: str(session.id), CHANGE: agreed})


def _after(session: Session, change: str) -> int:
    """How many places it would have then. A card can be forged: what cannot be read is refused."""
    written = _WRITTEN.fullmatch(change)
    if written is None:
        raise ServiceError("stale-card")
    return session.capacity + int(change) if written["sign"] else int(change)


async def sure(turn: Turn) -> Answer | None:
    """The yes or no to it, or another number; None when the words are about something else."""
    agreed = said_yes(turn.said.text, "change")
    if agreed is None and (other := _OTHER.fullmatch(_plain(turn.said.text))):
        return await ask(turn.saying(session=turn.state.get(SHOWN, ""), change=other["to"]))
    if agreed is None:
        return None
    press = turn.saying(session=turn.state.get(SHOWN, ""), change=turn.state.get(CHANGE, ""))
    return await change_places(press) if agreed else await show(turn, await find(press), say("capacity-left"))


async def change_places(turn: Turn) -> Answer:
    """Change it. Pressed twice, it is changed once; where it was changed otherwise since, it is asked about anew."""
    person = turn.known(Role.MANAGER)
    read_back = _READ_BACK.fullmatch(turn.field(CHANGE))
    if read_back is None:
        raise ServiceError("stale-card")
    session = await bookings.locked(turn.work, turn.number(SESSION))
    before, after = session.capacity, int(read_back["after"])
    if before not in (int(read_back["before"]), after):
        return await _ask(turn, session, str(after))
    session = await bookings.change_capacity(turn.work, session.id, after, actor=person, now=turn.now, rules=turn.rules)
    said = say("capacity-same", count=places_in_words(after)) if before == after else resized(before, after)
    return await show(turn, session, said)
