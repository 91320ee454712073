"""Several courses in one order: the first is booked as usual, and the others are not dropped without a word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from config.catalogue import Course
from config.pack import Pack
from dialogs.talk import Reply
from dialogs.training.courses import content, courses_meant, only_names, short_name
from dialogs.turn import Answer, Turn
from dialogs.wording import say

NEXT = "next-courses"
_JOINED = re.compile(r"\s*(?:,|&|\+|;|\band also\b|\band then\b|\bas well as\b|\bplus\b|\band\b)\s*")
_ORDER = re.compile(
    r"^.*?\b(?:book|enroll?|reserve|register|sign|put|add)\b(?: (?:me|us))?(?: (?:up|down|in))?"
    r"(?: (?:on|onto|to|for))?\b"
)
_ROUND = re.compile(r"\b(?:both|also|too|as well|please|then|and|the|a|an|on|for|course|courses|training)\b")
"""Words around a course's name in such an order."""


def in_one_order(pack: Pack, words: str) -> list[Course]:
    """The courses that an order joins by "and", as they were said; none where it names one course or anything else.

    "Hoarding and self-neglect" is one course: its name has the word in it.
    """
    said = _ORDER.sub("", words, count=1)
    meant = courses_meant(pack, said)
    if not meant or any(only_names(one, said) for one in meant):
        return []
    parts = [one for one in (_ROUND.sub(" ", part) for part in _JOINED.split(said)) if one.strip()]
    named = [_named(pack, part) for part in parts]
    found = list(dict.fromkeys(one for one in named if one is not None))
    return found if None not in named and len(found) > 1 else []


def _named(pack: Pack, part: str) -> Course | None:
    meant = courses_meant(pack, part) if content(part) else []
    return meant[0] if meant and only_names(meant[0], part) else None


def told(turn: Turn, answered: Answer, later: Sequence[Course], *, colleague: bool) -> Answer:
    """The first date, and that the others come after it; they are remembered until something else is said."""
    state = {**answered.state, NEXT: " ".join(one.id for one in later)}
    whom = f" {say('for-a-colleague')}" if colleague else ""
    return Answer((*answered.replies, _reply(turn, "one-at-a-time", later, whom)), state)


def then(turn: Turn, answered: Answer) -> Answer:
    """The answer to a booking, and the course that was asked for with it."""
    later = [found for one in turn.state.get(NEXT, "").split() if (found := turn.rules.pack.course(one))]
    if not later:
        return answered
    return Answer((*answered.replies, _reply(turn, "one-at-a-time-next", later)), answered.state)


def _reply(turn: Turn, key: str, later: Sequence[Course], whom: str = "") -> Reply:
    words = [f"book {short_name(turn.rules.pack, one)}{whom}" for one in later]
    courses = ", ".join(one.title for one in later)
    return Reply(say(key, courses=courses, words=say("or-words").join(words)), suggestions=tuple(words))
