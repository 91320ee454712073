"""Words written without their vowels: `mtg`, `schl`, `cnsnt`."""

from __future__ import annotations

import re
from collections.abc import Mapping

_VOWELS = frozenset("aeiou")
_VOWEL_INSIDE = re.compile(r"(?<=.)[aeiou]")
_DOUBLE = re.compile(r"(.)\1+")
_SHORTEST = 3
_LEAST_USED = 3
"""Words that we use so often are worth a short form."""


class Shorthand:
    """Knows the words that are in use; a short form has their first and last consonant, and lacks one other at most."""

    def __init__(self, uses: Mapping[str, int]) -> None:
        """`uses` says how often each word is used: of several that fit as well, the commonest is meant."""
        self._by_ends: dict[tuple[str, str], list[tuple[str, int, str]]] = {}
        often = [word for word, times in uses.items() if times >= _LEAST_USED and len(word) > _SHORTEST]
        words = [word for word in often if word.isalpha()]
        for word, bones in zip(words, _bones("\n".join(words)).splitlines(), strict=True):
            if len(bones) >= _SHORTEST:
                self._by_ends.setdefault((bones[0], bones[-1]), []).append((bones, uses[word], word))

    def stands_for(self, typed: str) -> str | None:
        """The word that is meant; None where `typed` has vowels of its own, or is short for nothing."""
        if len(typed) < _SHORTEST or not _VOWELS.isdisjoint(typed[1:]):
            return None
        typed = _bones(typed)
        fitting = [
            (len(bones) - len(typed), -times, word)
            for bones, times, word in self._by_ends.get((typed[0], typed[-1]), ())
            if len(typed) <= len(bones) <= len(typed) + 1 and _is_within(typed, bones)
        ]
        return min(fitting)[-1] if fitting else None


def _bones(words: str) -> str:
    """The first letter and the consonants after it, double ones once; of many words, a line each, in one go."""
    return _DOUBLE.sub(r"\1", _VOWEL_INSIDE.sub("", words))


def _is_within(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)
