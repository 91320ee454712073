"""What is known of single words: whether one is a name, could be one, or is like no word at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from services.language.words import fold_each
from services.screening.written import Word

_SHORTEST = 4  # a shorter name is trusted with a capital only: "kai" may be a slip, "Kai" is not
_SHORT = 6
_ENDING = re.compile(r"(?:e?s|e?d|ing|ers?|ly|ness|ment|al|ally|ity|able|y|ful|less)$")


@dataclass(frozen=True, slots=True)
class Names:
    """The lists that tell names from words. `surnames` are no words; a `given` name may be one (`will`, `rose`)."""

    given: Collection[str]
    surnames: Collection[str]
    everyday: Collection[str]
    common: Collection[str] = ()
    """Words of English at large, names among them."""
    at_large: Collection[str] = ()
    """First names that are names only where no everyday word is meant, and plainly so where no common one is."""


class Lexicon:
    """Built once from lists. `signs` are the words of `identifier-words.toml` by their key."""

    def __init__(self, names: Names, signs: Mapping[str, Collection[str]]) -> None:
        """See `Names` for the lists."""
        self.signs = {key: frozenset(words) for key, words in signs.items()}
        own = frozenset(fold_each(names.given))
        self.surnames = frozenset(fold_each(names.surnames))
        self.everyday = frozenset(names.everyday)
        self._common = names.common
        # Most need no folding, which would take as long as all the rest of a lexicon.
        plain = [name.lower() for name in names.at_large if name.isascii()]
        folded = fold_each(name for name in names.at_large if not name.isascii())
        at_large = frozenset(name for name in (*plain, *folded) if not self._may_be_word(name))
        self.given = own | at_large
        self._at_large = at_large - frozenset(names.common)
        plainly = own - self.everyday
        self._plainly = frozenset(name for name in plainly | self.surnames if len(name) >= _SHORTEST)

    def _may_be_word(self, name: str) -> bool:
        """An everyday word, or one whose last letter is left out: "sayin"."""
        return name in self.everyday or f"{name}g" in self.everyday

    def plainly_a_name(self, word: Word) -> bool:
        """A name that is no everyday word, alone or as part of a double name; a short one needs its capital."""
        parts = word.plain.split("-")
        if not self._plainly.isdisjoint(parts) or any(self._is_first_name(part, word) for part in parts):
            return True
        known = word.plain in self.given and word.plain not in self.everyday
        return known and word.capital and not word.all_capitals

    def _is_first_name(self, part: str, word: Word) -> bool:
        """One of the names at large. In lower case some of them are slips of everyday words: "leda", "afer"."""
        if part not in self._at_large or len(part) < _SHORTEST:
            return False
        return (word.capital and not word.first and not word.all_capitals) or not self._is_slip(part, 1)

    def _is_slip(self, plain: str, slips: int) -> bool:
        return process.extractOne(plain, self.everyday, scorer=OSA.distance, score_cutoff=slips) is not None

    def may_be_surname(self, plain: str) -> bool:
        """True for a listed surname, though it be a word as well."""
        return plain in self.surnames or plain in self.signs["surnames_too"]

    def unknown(self, word: Word) -> bool:
        """Neither an everyday word nor an abbreviation; a hyphenated word is unknown when a part is."""
        if len(word.plain) < 2 or (word.all_capitals and len(word.text) < _SHORT):
            return False
        return any(self.strange(part) for part in word.plain.split("-"))

    def strange(self, part: str) -> bool:
        """True for a word in lower case that is neither an everyday word nor a form of one."""
        if part in self.everyday or len(part) < 2:
            return False
        return _ENDING.sub("", part) not in self.everyday and not any(
            part.endswith(ending) and part[: -len(ending)] in self.everyday for ending in ("s", "d", "r", "y")
        )

    def like_no_word(self, word: Word) -> bool:
        """Unknown, and no slip of an everyday word either: lower-case surnames look so, and typing errors do not."""
        if len(word.plain) < _SHORTEST or "-" in word.plain or not self.unknown(word):
            return False
        return not self._is_slip(word.plain, 1 if len(word.plain) < _SHORT else 2)

    def can_only_be_name(self, word: Word) -> bool:
        """Like no word, and none of English at large: "okonkwo", but not "conjoined". Of a double name one part is."""
        if "-" in word.plain:
            return any(self._only_a_name(part) for part in word.plain.split("-"))
        return word.plain not in self._common and self.like_no_word(word)

    def _only_a_name(self, part: str) -> bool:
        strange = len(part) > _SHORTEST and part not in self._common and self.strange(part)
        return strange and not self._is_slip(part, 1 if len(part) < _SHORT else 2)

    def is_first_name(self, plain: str) -> bool:
        """A given name that is no everyday word; it may be a word of English at large ("lucian")."""
        return plain in self.given and plain not in self.everyday
