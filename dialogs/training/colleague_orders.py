"""Orders that name a colleague: how to give them, where the name itself is refused and not kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.talk import Reply
from dialogs.training.booking import my_bookings
from dialogs.training.cancelling import SUBSTITUTE_ASK
from dialogs.training.colleagues import LONGEST_NAME, ask_substitute
from dialogs.training.courses import content, courses_meant, wanted_in
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services import colleagues
from services.colleagues import may_book_for
from services.errors import ServiceError
from services.model import HAS_PLACE, Booking, Person
from services.screening.kinds import OF_A_COLLEAGUE, IdentifierKind

ORDERS = re.compile(r"(?:please\s+)?(?:book|put|sign up|enrol|register|add|send)\b", re.IGNORECASE)
_BOOKS = re.compile(r"(?:please\s+)?book\b", re.IGNORECASE)
_BOOKS_WHOM = re.compile(
    r"(?:please\s+|pls\s+|can\s+y?o?u\s+|could\s+y?o?u\s+|can\s+i\s+|i\s+want\s+to\s+|i\s+would\s+like\s+to\s+|i'd\s+like\s+to\s+)*"
    r"(?:book|enroll?|reserve|register|sign|put|add)\s+(?P<whom>.+?)\s+(?:onto|on|into|in|to|for)\s+(?P<course>.+)",
    re.IGNORECASE | re.DOTALL,
)
_NO_NAME = re.compile(r"\b(?:me|myself|i|up|down|on|in|back|again|please|and)\b|[,;.]", re.IGNORECASE)
_A_PLACE = re.compile(r"\s+(?:a|the|another)\s+(?:place|space|seat|spot|slot)$", re.IGNORECASE)
"""After somebody: "book bob a place"."""
_NOBODY = re.compile(
    r"\b(?:places?|spaces?|seats?|spots?|slots?|sessions?|courses?|training|dates?|workshops?|seminars?|events?|forums?"
    r"|webinars?|class|interest|names?|everything|all|next|first)\b",
    re.IGNORECASE,
)
"""Words for what is booked, where a name could stand."""
_NAME_WORD = re.compile(r"[^\W\d_]+")
_ONESELF = frozenset({"me", "myself", "my"})
NO_NAMES = frozenset(
    {"will", "may", "april", "june", "august", "mark", "grant", "bill", "hope", "joy", "grace", "young"}
)
"""Words that are more often something else than somebody's name."""
LONGEST = 14
"""Words. What is longer tells a story, and is refused as it stands."""
_POLITE = r"(?:please |can i |could i |may i |i want to |i'd like to |i would like to |how do i )*"
_PLACE = r"(?:(?!\b(?:child|pupil|student|baby|nursery|school|college|foster)\b).)*?\b(?:place|booking|spot|seat)\b"
_WHOM = r"[\w'.@-]+(?: [\w'.-]+)?(?: please| instead)?"
_HANDS_ON = re.compile(
    rf"{_POLITE}(?:sw[ao]p|give|transfer|pass|hand|offer|move|let)\b (?:over )?(?:my|our) {_PLACE}.*"
    rf"\b(?:to|with|for) {_WHOM}"
    rf"|{_POLITE}(?:sw[ao]p|give|send|let)\b (?!my\b)[\w'.-]+(?: [\w'.-]+)? (?:have |take |go in )?"
    rf"(?:my|our) {_PLACE}.*"
)
_NAMED = (
    r"(?!(?:who|what|how|when|why|if|is|are|do|does|i|we|me|my)\b)[\w'.@-]+(?: (?!instead|in\b|to\b)[\w'.@-]+){0,2}?"
)
_TO = r"(?: (?:to|on|at|for) (?!me\b).{1,60}?)?"
_MY_STEAD = r"(?:instead of me|in my (?:place|stead)|in place of me)"
_I_CANNOT = (
    r"(?:(?:sorry|actually|hi),? )*(?:i|we) (?:can'?t|cannot|can not|won'?t|will not)(?: be able to)?"
    r" (?:make it|make|come|go|attend|be there|do it)(?: (?:on|to) (?!and\b)[\w ]{1,40}?)?(?: any ?more| now)*"
    r"[,.;]? (?:so |but |and |please )*"
)
_INSTEAD = re.compile(
    rf"{_POLITE}(?:(?:send|let|can|could) )?{_NAMED}(?: (?:to )?(?:go|goes|come|comes|attend|attends|going))?"
    rf"{_TO} {_MY_STEAD}{_TO}(?: please)?"
    rf"|{_POLITE}(?:send|let) {_NAMED}(?: (?:go|come|attend))?{_TO} instead(?: please)?"
    rf"|{_POLITE}(?:sw[ao]p|replace) me (?:with|for|by) {_NAMED}(?: (?:on|for) .{{1,60}}?)?(?: please| instead)*"
    rf"|{_I_CANNOT}(?:send|swap me for|swap me with) (?!it\b|that\b){_NAMED}"
    r"(?: (?:instead|for me|in my place))*(?: please)?"
    rf"|{_I_CANNOT}(?:can|could|will|let) (?!you\b|it\b|that\b|somebody\b|someone\b){_NAMED}"
    r" (?:go|come|attend|take (?:my place|it|over)|have (?:my place|it))(?: instead| for me)*(?: please)?"
    rf"|{_POLITE}(?:give|pass|hand|offer) (?:over )?(?:my|our) {_PLACE}.*"
    rf"\bto (?!(?:someone|somebody|anyone|anybody|others?|the|whoever)\b){_WHOM}"
)
"""Sends somebody in the speaker's place. No word of moving to another date, which nobody else takes part in."""
_CHILD = re.compile(r"\b(?:child|children|pupil|student|baby|son|daughter|nursery|foster)\b")
_COMMENTS = re.compile(
    rf"{_POLITE}(?:comment|give (?:a |my )?comment|my comment) (?:on|for|about) {_WHOM}(?:'s evaluation)?"
    rf"|(?:i think |i believe |i'm afraid )?(?:that )?{_WHOM}'s (?:impact |course )?(?:evaluation|feedback) "
    r"(?:is|was|looks|seems) (?:all |quite |rather )?(?:wrong|not right|not true|untrue|incorrect|inaccurate|unfair)"
)


async def how(turn: Turn, kinds: frozenset[IdentifierKind]) -> Answer | None:
    """How to book for a colleague, to hand a place on, or to comment as a line manager; `None` for anything else that
    names somebody, which is refused as it stands."""
    if not turn.personal or turn.person is None or not kinds <= OF_A_COLLEAGUE:
        return None
    return _how_to_book(turn, turn.person, kinds) or await _how_to_hand_on(turn)


async def _how_to_hand_on(turn: Turn) -> Answer | None:
    said = _said(turn)
    if len(said.split()) > LONGEST:
        return None
    if _hands_on(said) and await _places_held(turn):
        return await heard(turn)
    if _HANDS_ON.fullmatch(said) or _hands_on(said):
        return answer(Reply(say("hand-on-how"), suggestions=("cancel", "my bookings")))
    if _COMMENTS.fullmatch(said):
        return answer(Reply(say("comment-how"), suggestions=("evaluate",)))
    return None


def _how_to_book(turn: Turn, person: Person, kinds: frozenset[IdentifierKind]) -> Answer | None:
    """For "book alice@school.example on the forum". Only an order to book is meant, of a course by its name or, from a
    lead, with an address in it. Who may not book for others is told so."""
    said = turn.said.text.strip()
    course = bool(courses_meant(turn.rules.pack, said))
    may = may_book_for(person, turn.rules)
    by_name = _BOOKS.match(said) is not None and course
    ordered = ORDERS.match(said) is not None and IdentifierKind.EMAIL in kinds and (may or course)
    if not by_name and not ordered:
        return None
    if not may:
        return answer(Reply(say("not-for-colleagues")))
    return answer(Reply(say("colleague-how"), suggestions=("book a colleague",)))


def _said(turn: Turn) -> str:
    return " ".join(turn.said.text.casefold().replace("’", "'").split()).rstrip(".!?")


def _hands_on(said: str) -> bool:
    return _INSTEAD.fullmatch(said) is not None and not _CHILD.search(said)


_WHO_IS_BOOKED = re.compile(
    r"(?:who(?:'s|s)?|which (?:of )?(?:my |our )?(?:colleagues?|staff|people))"
    r"(?: (?:is|are|have|has|i|we|got|all|else))* (?:booked|going|coming|signed up)(?: in| up)?(?P<what>"
    r"(?: (?:on|onto|for|to|from) .{1,60})?)"
)
_IS_BOOKED = re.compile(
    rf"(?:is|are|has|have) (?P<whom>{_NAMED})(?: (?:been|already|still))* (?:booked|going|coming|signed up)"
    r"(?: in)?(?P<what>(?: (?:on|onto|for|to) .{1,60}?)?)(?: yet| too| as well)*"
)


_OURS = re.compile(
    r"\b(?:(?:my|our|the) (?:school|college|agency|team|service|nursery|place)|it|that|this|here|training)\b"
)


async def booked(turn: Turn) -> Answer | None:
    """`who is booked?` and `is bob booked?` of a lead: what they have booked, which is all that is theirs to see."""
    person, said = turn.person, _said(turn)
    if not turn.personal or person is None or not may_book_for(person, turn.rules):
        return None
    who, one = _WHO_IS_BOOKED.fullmatch(said), _IS_BOOKED.fullmatch(said)
    found = who or one
    if found is None or not _of_training(turn, found["what"]):
        return None
    if one is not None and not await names_one_of_ours(turn, one["whom"]):
        return None
    shown = await my_bookings(turn)
    return Answer((*shown.replies, Reply(say("booked-by-you"))), shown.state)


def _of_training(turn: Turn, what: str) -> bool:
    """True where nothing else than a course of ours, its day or one's own workplace is named."""
    return not content(_OURS.sub(" ", what)) or bool(courses_meant(turn.rules.pack, what))


async def heard(turn: Turn) -> Answer | None:
    """`send bob instead of me to the forum`: who goes instead, and never a question whether to cancel, to which a yes
    would lose the place. The name that was typed is not used: it may be anybody's. None for anything else."""
    said = _said(turn)
    if not turn.personal or turn.person is None or len(said.split()) > LONGEST or not _hands_on(said):
        return None
    held = await _places_held(turn)
    if not held:
        raise ServiceError("no-place-to-hand-on")
    sessions = await turn.work.sessions.by_ids({one.session_id for one in held})
    wanted = wanted_in(turn, said)
    courses = {course.id for course in courses_meant(turn.rules.pack, wanted.words)}
    meant = [one for one in held if not courses or sessions[one.session_id].course_id in courses]
    if wanted.span is not None:
        meant = [one for one in meant if wanted.span.holds(turn.rules.today(sessions[one.session_id].starts_at))]
    if len(meant) == 1:
        return await ask_substitute(turn.saying(verb=SUBSTITUTE_ASK, booking=str(meant[0].id)))
    return answer(Reply(say("hand-on-how"), suggestions=("cancel", "my bookings")))


async def _places_held(turn: Turn) -> list[Booking]:
    """The speaker's own places to come."""
    return [one for one in await turn.work.bookings.active_of(turn.known().id, turn.now) if one.state in HAS_PLACE]


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
    if await names_one_of_ours(turn, words):
        return True
    after = words.casefold().rpartition(" for ")[2].strip(" .!?").split() if " for " in words.casefold() else []
    return bool(after) and len(after) <= LONGEST_NAME and await _is_known(turn, after)


def _is_somebody(turn: Turn, whom: Sequence[str]) -> bool:
    said = " ".join(whom)
    spoken_of = bool(content(said)) and not courses_meant(turn.rules.pack, said) and not _NOBODY.search(said)
    return spoken_of and len(whom) <= LONGEST_NAME


async def names_one_of_ours(turn: Turn, text: str) -> bool:
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
