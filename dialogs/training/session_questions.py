"""Short questions about the dates just shown: how long, where, online or not, what it costs, for whom, by whom.

Answered from the sessions themselves; what nobody has told us, lunch or parking, is said to be unknown (`practical`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dialogs import dates
from dialogs.guidance.replies import TOPICS
from dialogs.talk import Reply
from dialogs.training import practical, practical_words
from dialogs.training.booking import waiting_list
from dialogs.training.sessions import Standing, course_title, places, standing, when, where
from dialogs.turn import LAST_PLACE, Answer, Turn, answer
from dialogs.wording import say
from services.bookings.rules import audience
from services.model import Session
from services.understanding import Outcome, Understanding

PLACES, WHEN = "places", "when"
_IT = r"(?:it|this|that|they|one|(?:the|this) (?:course|session|forum|training|seminar|workshop|event|one))"
_PLACE = r"(?:places?|spaces?|seats?|room)"
_ON_IT = rf"(?: (?:on|for|in|at) {_IT})?"
_REMOTE, _ROOM = r"(?:online|virtual|remote|on teams|on zoom)", r"(?:in person|face to face)"
_QUESTIONS: tuple[tuple[str, str], ...] = (
    (WHEN, rf"when(?:s| is| are) {_IT}(?: (?:on|held|happening|taking place|again))*"),
    (WHEN, rf"what(?:s| is) the (?:day|date)(?: (?:of|for) {_IT})?"),
    (WHEN, rf"what (?:day|date)(?:s| is) {_IT}(?: on)?|what (?:day|date) am i (?:going|booked)(?: on)?"),
    (WHEN, r"when (?:do|should) i (?:go|attend|(?:need|have) to be there)"),
    ("length", rf"how long(?: (?:is|does|will|are|do) {_IT}(?: (?:last|take|be|go on)(?: for)?)?)?"),
    ("length", rf"how many hours(?: is {_IT})?|(?:what is the )?duration"),
    ("length", rf"what times?(?: (?:is|does|are|will) {_IT})?(?: (?:start|begin|finish|end|on|at|be))?"),
    ("length", rf"when does {_IT} (?:start|begin|finish|end)"),
    ("where", rf"where(?: (?:is|will|are) {_IT})?(?: (?:be|held|on|at|taking place))*"),
    ("where", r"(?:what is the |whats the )?(?:venue|address|location)|which (?:room|venue|building)"),
    ("online", rf"(?:(?:is|are|will) {_IT} (?:be )?)?(?:held )?(?:an )?(?:{_REMOTE}|{_ROOM})(?: course| session)?"),
    ("online", rf"(?:(?:is|are|will) {_IT} (?:be )?)?(?:{_REMOTE} or {_ROOM}|{_ROOM} or {_REMOTE})"),
    ("cost", rf"(?:do|will|would|must|should) (?:i|we|you) (?:have to |need to )?pay(?: for {_IT}| anything)?"),
    ("cost", rf"how much(?: (?:is|does|do|are|will) {_IT}(?: cost)?)?(?: me| us)?|what (?:does|will) {_IT} cost"),
    ("cost", rf"(?:is|are) {_IT} free(?: of charge)?|is there (?:a|any) (?:charge|cost|fee)(?: for {_IT})?"),
    ("cost", rf"(?:what is the )?(?:cost|price|fee|charge)|what(?:s| is| do| does)? {_IT} cost(?: me| us)?"),
    (PLACES, rf"how many (?:places|spaces|seats)(?: (?:are|is|left|there|free|still))*{_ON_IT}|is {_IT} full(?: yet)?"),
    (PLACES, rf"(?:is there |are there )?(?:any |still )*{_PLACE}(?: left| free| available)*{_ON_IT}"),
    ("trainer", r"who(?:s| is| are)? (?:the )?(?:trainer|speaker|facilitator|tutor)s?"),
    ("trainer", rf"who (?:runs|teaches|delivers|leads|is running|is teaching|is delivering) {_IT}"),
    ("for", rf"who (?:is|are) {_IT} (?:for|aimed at)|who should (?:go|attend|come)|(?:is|are) {_IT} for me"),
)
_MY_NUMBER = re.compile(
    r"(?:what|which) (?:number|position|place)(?: in (?:the |that )?(?:queue|line|waiting list|list))? am i"
    r"(?: (?:on|in|at)(?: (?:the|that) (?:queue|line|waiting list|list))?)?(?: now)?"
    r"|where am i (?:on|in) (?:the |that )?(?:queue|line|waiting list|list)(?: now)?"
    r"|how (?:far|high) up am i(?: (?:on|in) (?:the )?(?:queue|list|waiting list))?|what is my (?:number|position)"
    r"|how many(?: people)? are (?:ahead of|before|in front of) me(?: (?:on|in) (?:the )?(?:queue|list|waiting list))?"
)
"""Asked by who waits for a place."""
CLEAR = frozenset({"trainer", "cost"})
"""Asked of training alone, whatever guidance was read since."""
_READ = tuple((kind, re.compile(pattern)) for kind, pattern in _QUESTIONS)
_TRAINERS = re.compile(r"\b(?:trainer|speaker|facilitator|tutor)s?\b")
"""Only training has one: a question with this word leans on no guidance that was read before it."""
_NOT_WORDS = re.compile(r"[^\w\s]")


def asked(text: str) -> str | None:
    """Which fact of a session is asked for; `None` when the words ask something else."""
    plain = folded(text)
    return next((kind for kind, pattern in _READ if pattern.fullmatch(plain)), None) or practical_words.asked(plain)


def folded(text: str) -> str:
    """The words as they are read here: without capitals, punctuation and apostrophes."""
    said = text.casefold().replace("’", "'").replace("'", "").replace("-", " ")
    return " ".join(_NOT_WORDS.sub(" ", said).split()).removeprefix("and ")


async def heard(turn: Turn, shown: Sequence[str]) -> Answer | None:
    """The fact that is asked for, of each session shown; the talk stands where it stood."""
    kind = asked(turn.said.text)
    if kind is None:
        return None
    found = [session for one in shown if one.isdecimal() and (session := await turn.work.sessions.by_id(int(one)))]
    if not found:
        return None
    return await told(turn, kind, found)


async def of_bookings(turn: Turn, understood: Understanding) -> Answer | None:
    """The fact of the speaker's own booking: of the one that was just shown, else of the one spoken of last, else of
    what they have coming up, where no guidance is asked for; what is practical, of their next one."""
    if turn.personal and turn.person is not None and _MY_NUMBER.fullmatch(folded(turn.said.text)):
        return await waiting_list(turn)
    kind = asked(turn.said.text)
    if kind is None:
        return None
    if shown := await practical.just_shown(turn):
        return await told(turn, kind, shown)
    if kind in practical_words.KINDS:
        return await practical.heard(turn, understood, kind, folded(turn.said.text))
    meant = await practical.in_mind(turn) if _of_a_place(turn, understood, kind) else []
    if not meant:
        return None
    answered = await told(turn, kind, meant)
    only = await turn.work.bookings.of(turn.known().id, meant[0].id) if len(meant) == 1 else None
    return answered if only is None else replace(answered, state={**answered.state, LAST_PLACE: str(only.id)})


def _of_a_place(turn: Turn, understood: Understanding, kind: str) -> bool:
    """True where such a question is about a place of theirs, and not about the guidance that is read or asked for."""
    guidance = practical.of_practice(turn, turn.read_last) or TOPICS in turn.state
    if understood.outcome is Outcome.OUT_OF_SCOPE:
        return kind != "where" or not guidance  # an office that was just named is somewhere, too
    if _TRAINERS.search(folded(turn.said.text)):
        return True
    if guidance and kind not in CLEAR:
        return False
    asks_training = understood.outcome is Outcome.ANSWER and not practical.of_practice(turn, understood.topic)
    return understood.outcome is Outcome.UNSURE or asks_training


async def told(turn: Turn, kind: str, sessions: Sequence[Session]) -> Answer:
    """The fact of that kind (one that `asked` gave), of each of the sessions. The talk stands where it stood if
    these had been offered."""
    if kind in practical_words.KINDS:
        return await practical.told(turn, kind, sessions)
    stands = await standing(turn, sessions)
    lines = list(dict.fromkeys(_line(turn, kind, one, stands) for one in sessions))
    return answer(Reply("\n".join(lines)), **practical.as_it_stood(turn, sessions))


def _line(turn: Turn, kind: str, session: Session, stands: Standing) -> str:
    course = course_title(turn, session.course_id)
    if kind == "cost":
        return _cost(turn, course)
    if kind == "for":
        found = turn.rules.pack.course(session.course_id)
        whom = audience(found) if found else ""
        return say("asked-for", course=course, whom=whom) if whom else say("asked-for-unknown", course=course)
    held = where(session, stands.of(session))
    day = turn.rules.today(session.starts_at)
    facts = {
        WHEN: dates.distance(turn.today, day, turn.rules.workdays),
        "length": _length(session),
        "where": held,
        "online": say("asked-in-person", venue=session.venue) if session.venue else held,
        PLACES: places(turn, session, stands),
        "trainer": session.trainer or say("to-be-confirmed"),
    }
    return say("asked-fact", course=course, when=when(turn, session), fact=facts[kind])


def _cost(turn: Turn, course: str) -> str:
    absent = turn.rules.pack.partnership.booking.no_show_charged
    charged = f" {say('asked-cost-absent')}" if absent.value and absent.confirmed else ""
    return say("asked-cost", course=course) + charged


def _length(session: Session) -> str:
    hours, minutes = divmod(int((session.ends_at - session.starts_at).total_seconds()) // 60, 60)
    parts = [f"{hours} hour{'' if hours == 1 else 's'}"] if hours else []
    parts += [f"{minutes} minutes"] if minutes else []
    return " ".join(parts)
