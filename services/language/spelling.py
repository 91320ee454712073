"""Texting and misspelling put right, against the words that the guidance and the word lists use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from services.language.shorthand import Shorthand
from services.language.words import tokens, tokens_of_each

_SHORTEST = 4  # a three-letter word is one slip away from too many others
_LONG = 8
_RARER = 10
"""So much rarer than the word with its last letter, one that ends in "in" is a slip of it."""


class Speller:
    """Gives each typed word the spelling we know it by. A word that is near nothing stays as it is typed."""

    def __init__(self, known: Iterable[str], correct: Mapping[str, int], texting: Mapping[str, str]) -> None:
        """`known` words are never changed; unknown ones become the nearest of `correct`, one or two slips away.

        `correct` says how often we use each word: of two words as near, the commoner is meant.
        """
        self._uses = correct
        at_large = frozenset(known)
        # `thin` is rare with us beside `thing`, and a word all the same
        short = {typed: meant for typed, meant in _without_g(correct).items() if typed not in at_large}
        self._texting = short | {typed: tuple(meant.split()) for typed, meant in texting.items()}
        self._known = at_large | frozenset(correct)
        self._shorthand = Shorthand(correct)
        self._by_length: dict[int, list[str]] = {}
        for word in sorted({word for word in correct if len(word) >= _SHORTEST and word.isalpha()}):
            self._by_length.setdefault(len(word), []).append(word)

    def words(self, text: str) -> list[str]:
        """The words of `text` as they were meant."""
        return self.meant(tokens(text))

    def words_of_each(self, texts: Iterable[str]) -> list[list[str]]:
        """The words of many texts as they were meant, in one go."""
        return [self.meant(typed) for typed in tokens_of_each(texts)]

    def meant(self, typed: Sequence[str]) -> list[str]:
        """The words that typed tokens stand for: texting written out, slips put right."""
        if self._known.issuperset(typed) and self._texting.keys().isdisjoint(typed):
            return list(typed)
        meant: list[str] = []
        for token in typed:
            if written := self._texting.get(token):
                meant.extend(written)
            else:
                meant.append(token if token in self._known else self.spell(token))
        return meant

    def spell(self, word: str) -> str:
        """The known word that `word` is short for or a slip of, or `word` itself."""
        if word in self._known or not word.isalpha():
            return word
        return self._shorthand.stands_for(word) or self._nearest(word)

    def _nearest(self, word: str) -> str:
        if len(word) < _SHORTEST:
            return word
        slips = 1 if len(word) < _LONG else 2
        near: list[tuple[int, bool, bool, int, str]] = []
        for length in range(len(word) - slips, len(word) + slips + 1):
            among = self._by_length.get(length)
            if not among:
                continue
            for candidate, distance, _ in process.extract(
                word, among, scorer=OSA.distance, score_cutoff=slips, limit=5
            ):
                swapped = sorted(candidate) == sorted(
                    word
                )  # "fourm" has every letter of "forum", one too many of "form"
                near.append((distance, not swapped, candidate[0] != word[0], -self._uses[candidate], candidate))
        return min(near)[-1] if near else word


def _without_g(uses: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """`trainin` for `training`; but `martin` and `begin` are words that we use, and lack nothing."""
    ending = ((word.removesuffix("g"), word) for word in uses if word.endswith("ing"))
    return {short: (word,) for short, word in ending if uses.get(short, 0) * _RARER < uses[word]}
