"""Finds tagged phrases in spelled-out words. Knows the lists it is given and nothing of what the tags are for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

Span = tuple[int, int, str]
"""Start, end and tag of one phrase found."""


class Tagger:
    """Which tags stand in a run of words. Every phrase counts, also one inside a longer one."""

    def __init__(self, phrases: Mapping[str, Iterable[Sequence[str]]]) -> None:
        """`phrases` by tag, each as its words."""
        self._single: dict[str, list[str]] = {}
        self._longer: dict[tuple[str, str], list[tuple[tuple[str, ...], str]]] = {}
        self._starts: dict[frozenset[str], tuple[frozenset[str], frozenset[tuple[str, str]]]] = {}
        for tag, listed in phrases.items():
            for words in sorted({tuple(phrase) for phrase in listed}):
                if len(words) == 1:
                    self._single.setdefault(words[0], []).append(tag)
                elif words:
                    self._longer.setdefault((words[0], words[1]), []).append((words, tag))

    def may_hold(self, words: Sequence[str], quiet: frozenset[str]) -> bool:
        """False when no tag but `quiet` ones can stand in `words`; far quicker than finding them."""
        singles, pairs = self._starts_of(quiet)
        return not (singles.isdisjoint(words) and pairs.isdisjoint(pairwise(words)))

    def _starts_of(self, quiet: frozenset[str]) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
        if quiet not in self._starts:
            self._starts[quiet] = (
                frozenset(word for word, tags in self._single.items() if not quiet.issuperset(tags)),
                frozenset(
                    pair for pair, listed in self._longer.items() if not quiet.issuperset(tag for _, tag in listed)
                ),
            )
        return self._starts[quiet]

    def found(self, words: Sequence[str]) -> list[Span]:
        """Each phrase in `words`, in order of start."""
        spans: list[Span] = []
        for start, pair in enumerate(pairwise([*words, ""])):
            for tag in self._single.get(pair[0], ()):
                spans.append((start, start + 1, tag))
            for phrase, tag in self._longer.get(pair, ()):
                end = start + len(phrase)
                if len(phrase) == 2 or tuple(words[start:end]) == phrase:
                    spans.append((start, end, tag))
        return spans
