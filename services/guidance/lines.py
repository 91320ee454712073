"""The line of an article that comes closest to a question: what is shown beside a topic that was offered."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from services.guidance.features import Features

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


class Lines:
    """The approved lines of every topic, compared when asked for. A tie goes to the earlier line."""

    def __init__(self, lines: Mapping[str, Sequence[str]], features: Features, rarity: Callable[[str], float]) -> None:
        """`lines` by topic, the title first; `rarity` says how telling a stem is."""
        self._lines = lines
        self._features = features
        self._rarity = rarity
        self._stems: dict[str, list[list[frozenset[str]]]] = {}  # of each sentence, once a topic has been offered

    def closest(self, topic: str, words: Sequence[str]) -> str:
        """The line of `topic` that shares most with `words`, as a whole and in one sentence; else its title."""
        asked = self._features.stems(words)
        scores = [
            self._score(asked, frozenset().union(*sentences)) + max(self._score(asked, one) for one in sentences)
            for sentences in self._stems_of(topic)
        ]
        return self._lines[topic][scores.index(max(scores))]

    def _stems_of(self, topic: str) -> list[list[frozenset[str]]]:
        if topic not in self._stems:
            self._stems[topic] = [
                [self._features.stems(self._features.words(sentence)) for sentence in _SENTENCE_END.split(line)]
                for line in self._lines[topic]
            ]
        return self._stems[topic]

    def _score(self, asked: frozenset[str], stems: frozenset[str]) -> float:
        return self._weight(asked & stems) / math.sqrt(1 + self._weight(stems))

    def _weight(self, stems: Iterable[str]) -> float:
        return sum(self._rarity(stem) for stem in stems)
