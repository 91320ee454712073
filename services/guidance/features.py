"""What a phrase is made of, for learning and for searching: its words, their stems, their meanings and their pairs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations, pairwise

from services.guidance.thesaurus import Thesaurus
from services.language import Speller, stem
from services.language.examples import PAIR
from services.screening.tags import Tagger

# How much each kind of evidence weighs before training. Found by cross-validation: docs/guidance-search.md.
_WORD, _LITTLE_WORD, _STEM, _MEANING, _UNKNOWN = 1.0, 0.4, 0.8, 0.6, 0.5
NEIGHBOURS = 0.6
"""How much two words weigh that stand side by side."""
_FAMILY, _FAMILIES, _OPENS = 0.15, 0.3, 0.3
_SAY_LITTLE = frozenset(
    {"mine", "asking", "soon", "please", "family", "show", "done", "lost", "begin", "theme", "standing"}
)
UNKNOWN = "?"
"""Stands for a word that no phrase of ours holds."""
BEGIN, END = "^", "$"
"""Stand beside the first word and the last."""


class Features:
    """Turns text into weighted evidence. Built once from lists; pure after that."""

    def __init__(
        self,
        speller: Speller,
        thesaurus: Thesaurus,
        little: Collection[str],
        known: Collection[str],
        families: Mapping[str, Iterable[Sequence[str]]],
    ) -> None:
        """`little` words (`the`, `do`, `my`) carry less; `known` words are those that any phrase of ours holds.

        `families` are the words by which a command is told from a question about it, by family.
        """
        self._speller = speller
        self._thesaurus = thesaurus
        self._families = Tagger(families)
        self._little = frozenset(little)
        self._known = frozenset(known)
        # Worked out for our own words only: what people type is never kept, not even one word of it.
        self._own = {word: self._own_features(word) for word in self._known}
        self._meant = {word: f"s {stem(word)}" for word in thesaurus.vocabulary()}
        self._means = {word: self._meaning(thesaurus.meant_by(word)) for word in thesaurus.said()}

    def words(self, text: str) -> list[str]:
        """The words of `text` as they were meant."""
        return self._speller.words(text)

    def content(self, words: Sequence[str]) -> list[str]:
        """The words that carry meaning."""
        return [word for word in words if word not in self._little]

    def of(self, words: Sequence[str]) -> dict[str, float]:
        """Evidence by feature. A word that occurs twice counts once: people repeat themselves in a hurry."""
        found = self.together(words)
        for word in words:
            found |= self._means.get(word, {})
        for word in words:  # after what it means: what was said weighs more
            own = self._own.get(word)
            found |= self._own_features(word) if own is None else own
        if not self._known.issuperset(words):
            found[UNKNOWN] = unknown(sum(word not in self._known for word in words))
        for before, word in pairwise([BEGIN, *words, END]):
            found[pair(before, word)] = NEIGHBOURS
        return found

    def by_itself(self, word: str) -> dict[str, float]:
        """Evidence of a word of ours, whatever stands beside it."""
        return self._means.get(word, {}) | self._own[word]

    def together(self, words: Sequence[str]) -> dict[str, float]:
        """Evidence of words that stand together: what they mean in a row, and the families they belong to."""
        found = self._meaning(self._thesaurus.meant_together(words))
        if self._families.may_hold(words, _SAY_LITTLE):
            found |= self._told(words)
        return found

    def _meaning(self, meanings: Iterable[str]) -> dict[str, float]:
        return {self._meant[meaning]: _MEANING for meaning in meanings}

    def _told(self, words: Sequence[str]) -> dict[str, float]:
        """The families of words that stand in a message, two by two in their order, and the one it opens with."""
        spans = self._families.found(words)
        tags = list(dict.fromkeys(tag for _, _, tag in spans))
        found = {f"f {tag}": _FAMILY for tag in tags}
        for first, second in combinations(sorted(tags), 2):
            found[f"{PAIR}{first}+{second}"] = _FAMILIES
        for start, _, tag in spans:
            if start == 0:
                found[f"{PAIR}{BEGIN}{tag}"] = _OPENS
        return found

    def _own_features(self, word: str) -> dict[str, float]:
        little = word in self._little
        own = {f"w {word}": _LITTLE_WORD if little else _WORD} if word in self._known else {}
        return own if little else own | {f"s {stem(word)}": _STEM}

    def means_something(self) -> frozenset[str]:
        """Words that the thesaurus explains: ours, whether or not a phrase holds them."""
        return self._thesaurus.said()

    def stems(self, words: Sequence[str]) -> frozenset[str]:
        """The stems of the words that carry meaning, with those of what they also mean."""
        said = [word for word in words if word not in self._little]
        return frozenset(stem(word) for word in [*said, *self._thesaurus.meanings(words)])


def pair(before: str, word: str) -> str:
    """The feature of two words side by side."""
    return f"{PAIR}{before} {word}"


def unknown(words: int) -> float:
    """The weight of so many words that are not ours."""
    return min(1.0, _UNKNOWN * words)
