"""A message as written: its words with their capitals and what stands between them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.language.words import fold

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_OWNER = re.compile(r"'s$|'$")
_SHOUTED = 0.8


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed. `owner` when it ends in 's; `first` when it opens a sentence."""

    text: str
    plain: str
    owner: bool
    first: bool
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """True when it starts with a capital."""
        return self.text[0].isupper()

    @property
    def all_capitals(self) -> bool:
        """True for MASH and M; such a word's capitals say nothing about names."""
        return self.text.isupper()


class Sentence:
    """The words of a message. `shouted` when nearly all are capitalised: then capitals say nothing."""

    def __init__(self, text: str) -> None:
        """`text` has straight apostrophes (`services.language.words.straight`)."""
        self._text = text
        self.words = _split(text)
        capitals = sum(word.capital for word in self.words)
        self.shouted = (
            capitals >= _SHOUTED * len(self.words)
            if len(self.words) > 2
            else all(word.all_capitals for word in self.words)
        )

    def after(self, place: int) -> Word | None:
        """The following word if only a space, or the dot of an initial, stands between."""
        if place + 1 >= len(self.words):
            return None
        following = self.words[place + 1]
        return following if not self.between(place, place + 1).strip(" .") else None

    def before(self, place: int) -> str:
        """The word before, in plain lower case; empty at the start."""
        return self.words[place - 1].plain if place else ""

    def between(self, place: int, later: int) -> str:
        """What is written between two words."""
        return self._text[self.words[place].end : self.words[later].start]


def _split(text: str) -> list[Word]:
    words: list[Word] = []
    for found in _WORD.finditer(text):
        bare = _OWNER.sub("", found[0])
        gap = text[words[-1].end : found.start()] if words else "."
        words.append(
            Word(
                text=bare,
                plain=fold(bare),
                owner=bare != found[0],
                first=any(mark in gap for mark in ".?!\n"),
                start=found.start(),
                end=found.end(),
            )
        )
    return words
