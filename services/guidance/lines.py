"""The line of an article that comes closest to a question: what is shown beside a topic that was offered."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from services.guidance.features import Features

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


@dataclass(frozen=True, slots=True)
class _Part:
    """A line or one of its sentences: how much each of its stems tells, and the length that it is measured by."""

    weights: Mapping[str, float]
    length: float

    def score(self, asked: frozenset[str]) -> float:
        return sum(self.weights[stem] for stem in asked & self.weights.keys()) / self.length


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    whole: _Part
    sentences: tuple[_Part, ...]

    def score(self, asked: frozenset[str]) -> float:
        return self.whole.score(asked) + max(one.score(asked) for one in self.sentences)


class Lines:
    """The approved lines of every topic, compared when asked for. A tie goes to the earlier line."""

    def __init__(self, lines: Mapping[str, Sequence[str]], features: Features, rarity: Callable[[str], float]) -> None:
        """`lines` by topic, the title first; `rarity` says how telling a stem is."""
        self._lines = lines
        self._features = features
        self._rarity = rarity
        self._weighed: dict[str, tuple[_Line, ...]] = {}  # once a topic has been offered: most never are

    def closest(self, topic: str, words: Sequence[str]) -> str:
        """The line of `topic` that shares most with `words`, as a whole and in one sentence; else its title."""
        if topic not in self._weighed:
            self._weighed[topic] = tuple(self._line(text) for text in self._lines[topic])
        asked = self._features.stems(words)
        return max(self._weighed[topic], key=lambda line: line.score(asked)).text

    def _line(self, text: str) -> _Line:
        sentences = [self._features.stems(self._features.words(part)) for part in _SENTENCE_END.split(text)]
        return _Line(text, self._part(frozenset().union(*sentences)), tuple(self._part(one) for one in sentences))

    def _part(self, stems: frozenset[str]) -> _Part:
        weights = {stem: self._rarity(stem) for stem in stems}
        return _Part(weights, math.sqrt(1 + sum(weights.values())))
