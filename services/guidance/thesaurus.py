"""Words that mean the same: abbreviations, family words, role words. The list is the partnership's to edit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, pairwise


class Thesaurus:
    """Adds to what was said the words it means. `icpc` also means `initial child protection conference`."""

    def __init__(self, entries: Iterable[tuple[Sequence[str], Sequence[str]]]) -> None:
        """Each entry is the words said, one or several in a row, and the words they mean."""
        self._single: dict[str, tuple[str, ...]] = {}
        self._longer: dict[tuple[str, str], list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for said, means in entries:
            if len(said) == 1:
                self._single[said[0]] = (*self._single.get(said[0], ()), *means)
            elif said:
                self._longer.setdefault((said[0], said[1]), []).append((tuple(said), tuple(means)))

    def vocabulary(self) -> frozenset[str]:
        """Every word that something means."""
        longer = (means for entries in self._longer.values() for _, means in entries)
        return frozenset(chain(*self._single.values(), *longer))

    def said(self) -> frozenset[str]:
        """Every word that means something by itself."""
        return frozenset(self._single)

    def meanings(self, words: Sequence[str]) -> list[str]:
        """Every word that `words` also mean: first what they mean one by one, then what they mean together."""
        return [*chain.from_iterable(map(self.meant_by, words)), *self.meant_together(words)]

    def meant_by(self, word: str) -> Sequence[str]:
        """What one word means by itself."""
        return self._single.get(word, ())

    def meant_together(self, words: Sequence[str]) -> list[str]:
        """What words mean that stand in a row, and do not mean one by one."""
        found: list[str] = []
        if self._longer.keys().isdisjoint(pairwise(words)):
            return found
        for place, pair in enumerate(pairwise(words)):
            for said, means in self._longer.get(pair, ()):
                if tuple(words[place : place + len(said)]) == said:
                    found.extend(means)
        return found
