"""Which courses somebody's words mean. Pure: the pack's titles and other names for them, against the words."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from config.catalogue import Course
from config.pack import Pack
from dialogs.turn import Turn
from services.finding import Wanted, read

_SWAPPED = 0.9
"""How sure a word is of which two letters were swapped: "fourm"."""
CLOSE = 86
"""How alike a word must be, of 100, to count as a misspelling of a course's word."""

_WORD = re.compile(r"[a-z0-9]+")
_MAY = re.compile(r"^(?:the )?may\b", re.IGNORECASE)
_OF_ONESELF = re.compile(r"\bself[\s-]+(?=[a-z])")
"""Self-neglect is not neglect, nor self-harm harm: each is one word."""
_COMMON = frozenset(
    _WORD.findall(
        "a an and any are at be book booking can cancel cant course courses date do dont for from get got have i in is "
        "it join list me my next of off on or place places please plz see session sessions show soon space spaces take "
        "that the there this to training up want what when which with you your about after all another anything are "
        "available before colleague colleagues coming everything find going has how instead into its like look looking "
        "offer offers open other people please run running s someone something staff still team them they upcoming us "
        "we whats whole will would year yearly term terms somebody else send every each rest both put sign"
    )
)


_SEARCHES = re.compile(
    r"\b(?:anything|something|everything|courses|trainings?|sessions|workshops?|seminars?|forums|events?"
    r"|what(?: is|'s|s) on|what have you(?: got)?|show me|list|find)\b",
    re.IGNORECASE,
)


def searches(text: str) -> bool:
    """True for words that look for training anew: "anything next week" is about no course that was just shown, and
    chooses no date. Pure."""
    return _SEARCHES.search(text.replace("’", "'")) is not None


def in_order(text: str) -> list[str]:
    """The words of a text that can name a course, as they were said."""
    return [word for word in _WORD.findall(_OF_ONESELF.sub("self", text.lower())) if word not in _COMMON]


def content(text: str) -> set[str]:
    """The words of a text that can name a course."""
    return set(in_order(text))


def catalogue_words(pack: Pack) -> set[str]:
    """Every word with which the pack itself names a course."""
    return set().union(*(_words_of(name) for course in pack.courses for name in (course.title, *course.aliases)))


@lru_cache(maxsize=1024)
def _words_of(name: str) -> frozenset[str]:
    """The words of one of the pack's own names, read once: every question is held against all of them. What people
    type is never kept so."""
    return frozenset(content(name))


def wanted_in(turn: Turn, text: str) -> Wanted:
    """What somebody looks for, read against today and the partnership's terms."""
    return read(text, turn.today, turn.rules.pack.partnership.calendar.terms.value)


def wanted_then(turn: Turn, words: str) -> Wanted:
    """The same of words for a date or a course and nothing else, where "may" is the month."""
    return wanted_in(turn, _MAY.sub("in may", words))


def _hit(word: str, known: AbstractSet[str]) -> float:
    if word in known:
        return 1.0
    if len(word) < 4:
        return 0.0
    longer = [other for other in known if len(other) > 3]
    best = process.extractOne(word, longer, scorer=fuzz.ratio, score_cutoff=CLOSE)
    if best is None:
        swapped = any(sorted(word) == sorted(other) and OSA.distance(word, other) == 1 for other in longer)
        return _SWAPPED if swapped else 0.0
    return best[1] / 100


def only_names(course: Course, text: str) -> bool:
    """True for words that all belong to the names of a course, misspelt or not: "lado", and no "lado referral"."""
    return all(is_name(word, course) for word in content(text))


def is_name(word: str, course: Course) -> bool:
    """True for a word of a course's names, misspelt or not."""
    return bool(_hit(word, set().union(*(_words_of(name) for name in (course.title, *course.aliases)))))


def _score(course: Course, said: set[str]) -> float:
    """How much of a course's best-fitting name was said; a short name said in full beats part of a long one."""
    best = 0.0
    for name in (course.title, *course.aliases):
        wanted = _words_of(name)
        if not wanted:
            continue
        hits = sum(_hit(word, wanted) for word in said)
        best = max(best, hits * hits / (len(wanted) * max(len(said), 1)))
    return best


def courses_meant(pack: Pack, text: str) -> list[Course]:
    """The courses that `text` names, best first; empty when it names none."""
    said = content(text)
    if not said:
        return []
    scored = sorted(((_score(course, said), course) for course in pack.courses), key=lambda pair: -pair[0])
    top = scored[0][0] if scored else 0.0
    return [course for score, course in scored if score >= 0.2 and score >= top * 0.8]


def only_course(turn: Turn, words: str) -> set[str]:
    """The ids of the courses that are named by these words and nothing else; none where they say more, or nothing."""
    return {one.id for one in courses_meant(turn.rules.pack, words) if only_names(one, words)}


def short_name(pack: Pack, course: Course) -> str:
    """What to type for a course: the shortest of its names that means no other."""
    names = sorted((*course.aliases, course.title), key=len)
    return next((one for one in names if [found.id for found in courses_meant(pack, one)] == [course.id]), course.title)
