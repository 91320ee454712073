"""Words that mean the same: abbreviations, family words, role words. The list is the partnership's to edit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class Thesaurus:
    """Adds to what was said the words it means. `icpc` also means `initial child protection conference`."""

    def __init__(self, entries: Iterable[tuple[Sequence[str], Sequence[str]]]) -> None:
        """Each entry is the words said, one or several in a row, and the words they mean."""
        self._means: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for said, means in entries:
            if said:
                self._means.setdefault(said[0], []).append((tuple(said), tuple(means)))

    def vocabulary(self) -> frozenset[str]:
        """Every word that something means."""
        return frozenset(word for entries in self._means.values() for _, means in entries for word in means)

    def said(self) -> frozenset[str]:
        """Every word that means something by itself."""
        return frozenset(word for word, entries in self._means.items() if any(len(said) == 1 for said, _ in entries))

    def meanings(self, words: Sequence[str]) -> list[str]:
        """Every word that `words` also mean, in the order they were said."""
        found: list[str] = []
        for place, word in enumerate(words):
            for said, means in self._means.get(word, ()):
                if tuple(words[place : place + len(said)]) == said:
                    found.extend(means)
        return found
