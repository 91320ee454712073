"""Whether a question leans on the topic just shown (`how long does that take`) or stands for itself. Pure.

Chosen on questions asked after an answer, on questions that stand for themselves, and on what is outside, each read
beside a topic (docs/guidance-search.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.guidance.search import Reading, Search
from services.guidance.verdicts import is_outside, is_sure

NAMED = 0.85
"""From this chance on a question that points back names another topic than the one just shown."""
UNMISTAKABLE = 0.9
"""From this chance on a question that does not point back is about its own topic, whatever was shown before it."""
ITSELF = 0.5
"""From this chance on a word names a topic with no other beside it: `mash` does, `tell` does not."""
LEANS = 0.3
"""From this chance on a question that does not point back is, read beside the topic shown, about that topic."""
ELSEWHERE, POINTING_ELSEWHERE = 0.6, 0.75
"""From this chance on that it is outside, a question leans on nothing we have shown; later if it points back."""
FOREIGN, POINTING_FOREIGN = 0.01, 0.3
"""The same from this share of words that are not ours: `what wiper blades fit`."""
_LONGEST = 9
_WHOLE = 5
"""From so many words on a question that is joined on to the last may be whole."""
_FOLLOWS_ON = frozenset({"and", "but", "also", "or", "so", "then", "ok", "okay"})
_ASKS = frozenset({"how", "what", "who", "when", "where", "why", "which"})
"""May begin a question on anything, though one of them stands alone among our phrases."""
_HOW_LONG = frozenset(
    {"how", "quickly", "quick", "soon", "fast", "long", "when", "by", "what", "is", "the", "time", "limit", "deadline"}
)
"""Asks for a time and says of nothing: `how quickly` is asked of the page just shown, whatever page is about times."""
_ARTICLES = frozenset({"a", "an", "another", "one", "my", "our"})
_SOMEBODY = frozenset(
    {"boy", "girl", "child", "kid", "pupil", "student", "baby", "toddler", "teenager", "sibling", "resident", "patient"}
    | {"parent", "mum", "mother", "dad", "father", "stepdad", "carer", "teacher", "coach", "tenant", "neighbour"}
)
"""Who is brought up anew at the beginning of a message begins a new subject: `a girl is not eating`."""
_NUMBERED = frozenset({"level", "stage"})
"""After a page on these, a number is one of them: `and 4?`."""
_POINTS_BACK = frozenset({"that", "it", "this", "they", "them", "those", "these", "there", "one"})


@dataclass(frozen=True, slots=True)
class Leaning:
    """What a question is about, beside the topic that was just shown."""

    topics: tuple[tuple[str, float], ...]
    """With their chances, best first."""
    sure: bool
    """False when it may mean either of the first two."""


class FollowUps:
    """Reads questions beside the topic just shown. A question leans on its title with half the weight of a word."""

    def __init__(self, search: Search, titles: Mapping[str, Sequence[str]]) -> None:
        """`titles` are the words of each topic's title."""
        self._search = search
        self._titles = titles

    def leaning(self, words: Sequence[str], shown: str | None, alone: Reading) -> Leaning | None:
        """What `words` are about after the topic `shown`; None when they stand for themselves.

        `alone` is what they say without it.
        """
        if shown is None or shown not in self._titles or len(words) > _LONGEST or _brings_up_somebody(words):
            return None
        if (counted := _counted(words, self._titles[shown])) != list(words):
            read = self._search.read(counted)
            return Leaning(read.topics, sure=is_sure(read))
        if _HOW_LONG.issuperset(words):
            return _first(shown, self._search.read(words, self._titles[shown]))
        return self._beside(words, shown, alone)

    def _beside(self, words: Sequence[str], shown: str, alone: Reading) -> Leaning | None:
        """The same for words that may well be about another topic, or about nothing of ours."""
        if self._asks_anew(words, shown):
            return None
        pointing = _follows_on(words)
        if alone.outside_chance >= (POINTING_ELSEWHERE if pointing else ELSEWHERE):
            return None
        if alone.strange_share >= (POINTING_FOREIGN if pointing else FOREIGN):
            return None
        beside = self._search.read(words, self._titles[shown])
        if is_outside(beside):
            return None
        if pointing:
            return self._pointing_back(words, shown, alone, beside)
        if self._stands_for_itself(words, shown, alone, beside):
            return None
        return _about(shown, beside)

    def _asks_anew(self, words: Sequence[str], shown: str) -> bool:
        """True for `also how do i escalate`: a whole question on another topic, behind a word that only joins it on."""
        if words[0] not in _FOLLOWS_ON or len(words) < _WHOLE or words[1] not in _ASKS:
            return False
        if not _POINTS_BACK.isdisjoint(words) or words[1:3] in (["what", "about"], ["how", "about"], ["what", "if"]):
            return False
        rest = self._search.read(words[1:])
        named, chance = rest.topics[0]
        return named != shown and is_sure(rest) and chance >= UNMISTAKABLE

    def _pointing_back(self, words: Sequence[str], shown: str, alone: Reading, beside: Reading) -> Leaning | None:
        """`and for level 4` names a topic, `and what about dad` may, `and how long does that take` does not."""
        named, chance = alone.topics[0]
        still_named = beside.topics[0][0] == named
        if named != shown and is_sure(alone) and (still_named or self._says(words, named)):
            if still_named or chance >= NAMED:
                return None
            if _POINTS_BACK.isdisjoint(words):
                return Leaning(((named, chance), (shown, dict(alone.topics)[shown])), sure=False)
        return _about(shown, beside)

    def _stands_for_itself(self, words: Sequence[str], shown: str, alone: Reading, beside: Reading) -> bool:
        """True for `what does iro mean`; `how long have I got` could be asked of any topic."""
        named, chance = alone.topics[0]
        if is_sure(alone) and (chance >= UNMISTAKABLE or beside.topics[0][0] == named or self._says(words)):
            return True
        return dict(beside.topics)[shown] < LEANS

    def _says(self, words: Sequence[str], topic: str | None = None) -> bool:
        """True when a word, or a word with its number (`level 4`), names `topic` (or any) by itself."""
        numbered = (two for two in pairwise(words) if two[1].isdigit())
        runs = {*((word,) for word in words if word not in _ASKS), *numbered}
        return any(chance >= ITSELF and topic in {None, named} for named, chance in map(self._search.named_by, runs))


def _about(shown: str, beside: Reading) -> Leaning:
    return Leaning(beside.topics, sure=True) if is_sure(beside) else _first(shown, beside)


def _first(shown: str, beside: Reading) -> Leaning:
    others = tuple(one for one in beside.topics if one[0] != shown)
    return Leaning(((shown, beside.topics[0][1]), *others), sure=True)


def _brings_up_somebody(words: Sequence[str]) -> bool:
    return len(words) > 2 and words[0] in _ARTICLES and words[1] in _SOMEBODY


def _counted(words: Sequence[str], title: Sequence[str]) -> list[str]:
    """`and 4` after a page on levels is `and level 4`."""
    kinds = [kind for kind in _NUMBERED if not {kind, f"{kind}s"}.isdisjoint(title)]
    *before, last = words
    if not kinds or not last.isdigit() or not before or not _follows_on(before) or not _NUMBERED.isdisjoint(before):
        return list(words)
    return [*before, kinds[0], last]


def _follows_on(words: Sequence[str]) -> bool:
    if words[0] in _FOLLOWS_ON or tuple(words[:2]) in {("what", "about"), ("how", "about"), ("what", "if")}:
        return True
    return not _POINTS_BACK.isdisjoint(words)
