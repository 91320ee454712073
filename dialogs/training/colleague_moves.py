"""`move bob to the may date`: another date for a colleague whom the speaker booked, by the name that the bot shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.talk import Reply
from dialogs.training import swapping
from dialogs.training.called import NAME, as_typed, colleagues_called, places_of
from dialogs.training.courses import content, courses_meant, is_name, wanted_then
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services.errors import ServiceError
from services.finding import Span
from services.model import HAS_PLACE, Booking, Session
from services.understanding import Outcome, Understanding

_POLITE = (
    r"(?:please |pls |can you |could you |can we |can i |could i |i want to |i need to |i'd like to |sorry |actually )*"
)
_SOMEBODY = rf"(?!(?:i|me|my|we|us|our|you|your|it|this|that|the|a|an|date|somebody|someone)\b)(?P<name>{NAME})"
_PLACE = r"(?:places?|bookings?|spots?|seats?|dates?|sessions?|course|training)"
_TO = r"(?: (?:on ?to|to|into|for) (?P<to>.+?))?"
_MOVES = re.compile(
    rf"{_POLITE}(?:move|change|sw[ao]p|switch|reschedule|rearrange|rebook|postpone|transfer)"
    rf"(?: the (?:date|place|booking) (?:of|for))? {_SOMEBODY}(?:'s?(?: (?P<held>.+?))?|(?: {_PLACE})?"
    rf"(?: (?:from|on|off) (?P<off>.+?))?){_TO}(?: instead)?(?: please)?",
    re.IGNORECASE,
)
_GOES = re.compile(
    rf"(?:(?:please|sorry|actually|can|could|may|would) )*{_SOMEBODY}"
    r"(?: (?:can|could|would like to|wants to|would rather|prefers to|needs to|like to))?"
    r" (?:go|come|be|do|attend|have)(?: (?:on ?to|on|to))? (?P<to>.+?) instead(?: of (?P<off>.+?))?(?: please)?",
    re.IGNORECASE,
)
_PUTS = re.compile(
    rf"{_POLITE}(?:put|book) {_SOMEBODY} (?:on ?to|on|to|in|for) (?P<to>.+?) instead(?: of (?P<off>.+?))?(?: please)?",
    re.IGNORECASE,
)
_FORMS = (_MOVES, _GOES, _PUTS)
_ROUND = frozenset({"one", "ones", "day", "later", "earlier", "different", "booking", "bookings", "now", "instead"})
"""Words around a date, none of which names a course."""


@dataclass(frozen=True, slots=True)
class Named:
    """What was said of a place: on which of our courses and when, and whether that is all that was said."""

    courses: frozenset[str]
    span: Span | None
    ours: bool


async def heard(turn: Turn, understood: Understanding) -> Answer | None:
    """That date for the colleague who is named, to be confirmed, or which there are. None where none is meant: what
    is said of the date must be a day or a course of ours, since a child may be moved to many things. Raises
    `ServiceError` where it is a date of another course."""
    if not turn.personal or turn.person is None or understood.outcome is Outcome.EMERGENCY:
        return None
    found = next((one for form in _FORMS if (one := form.fullmatch(as_typed(turn)))), None)
    if found is None:
        return None
    groups = found.groupdict()
    off, to = named(turn, groups.get("held") or groups.get("off") or ""), named(turn, groups["to"] or "")
    if not off.ours or not to.ours or (found.re is not _MOVES and to.span is None):
        return None
    theirs = await turn.work.bookings.booked_by(turn.person.id, turn.now)
    people = await turn.work.people.by_ids({one.person_id for one in theirs})
    meant = places_of(found["name"], theirs, people)
    if not meant:
        return await _nothing_for_them(turn, understood, found["name"])
    sessions = await turn.work.sessions.by_ids({one.session_id for one in meant})
    meant = _narrowed(turn, meant, sessions, off, to)
    if to.courses and all(sessions[one.session_id].course_id not in to.courses for one in meant):
        raise ServiceError("swap-other-course")
    return await (
        swapping.others(turn, meant[0], to.span) if len(meant) == 1 else swapping.which(turn, meant, sessions)
    )


def named(turn: Turn, words: str) -> Named:
    """What these words say of a place."""
    wanted = wanted_then(turn, words)
    courses = courses_meant(turn.rules.pack, wanted.words)
    rest = content(wanted.words) - _ROUND
    ours = all(any(is_name(word, course) for course in courses) for word in rest)
    return Named(frozenset(one.id for one in courses) if rest else frozenset(), wanted.span, ours)


def _narrowed(
    turn: Turn, meant: list[Booking], sessions: Mapping[int, Session], off: Named, to: Named
) -> list[Booking]:
    """Those that are named by course or by their own day, and that are a place; all of them where none is named."""
    named = off.courses | to.courses
    on_course = [one for one in meant if not named or sessions[one.session_id].course_id in named] or meant
    then = [
        one
        for one in on_course
        if off.span is None or off.span.holds(turn.rules.today(sessions[one.session_id].starts_at))
    ] or on_course
    return [one for one in then if one.state in HAS_PLACE] or then


async def _nothing_for_them(turn: Turn, understood: Understanding, name: str) -> Answer | None:
    """A colleague for whom nothing is booked: no case data, and nothing to change."""
    if understood.outcome is Outcome.IDENTIFIABLE and not understood.only_names:
        return None
    if not await colleagues_called(turn, name):
        return None
    return answer(Reply(say("swap-nothing-for"), suggestions=("my bookings",)))
