"""People's names in running text, from many cultures, in capitals or typed in lower case.

Knows the lists it is given and how people introduce a person; nothing of guidance.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from services.language.words import fold_each, straight
from services.screening.written import Sentence, Word

_SHORTEST = 4  # a shorter name is trusted with a capital only: "kai" may be a slip, "Kai" is not
_SHORT = 6
_SLIGHT = frozenset({"is", "was", "of", "the", "child", "a", "s", "him", "her"})
_SAINT = re.compile(r"\b(?:st|saint|ss)\.?\s[A-Z][a-z]+(?:'?s)?\b", re.IGNORECASE)
# Named after somebody long known: a law, a model, a school. A plan, a case or a referral may be anybody's.
_NAMED_AFTER = re.compile(
    r"\b(?:[A-Z][\w'-]+\s){1,3}(?:(?i:law|rule|model|protocol|inquiry|enquiry|framework|scale|principles|"
    r"foundation|charity|hospice|competence|guidelines|taxonomy|award|training)|Trust|School|Academy|College|Centre|"
    r"Hospital|House|Hub|Clinic|University|Primary|Nursery|Surgery|Church|Mosque|Temple|Review)\b"
)
_ENDING = re.compile(r"(?:e?s|e?d|ing|ers?|ly|ness|ment|al|ally|ity|able|y|ful|less)$")


class NameFinder:
    """Says whether a text names a person. Built once from lists; keeps nothing of what it reads."""

    def __init__(
        self,
        given: Collection[str],
        everyday: Collection[str],
        not_people: Iterable[str],
        signs: Mapping[str, Collection[str]],
    ) -> None:
        """`not_people` are places, organisations, laws and published reviews: their words name nobody.

        `signs` are the words of `identifier-words.toml` by their key.
        """
        self._everyday = frozenset(everyday)
        self._given = frozenset(fold_each(given))
        self._plainly = frozenset(name for name in self._given if len(name) >= _SHORTEST and name not in everyday)
        self._signs = {key: frozenset(words) for key, words in signs.items()}
        phrases = sorted((re.escape(straight(phrase)) for phrase in not_people), key=len, reverse=True)
        self._nobody = re.compile(rf"(?<![\w'-])(?:{'|'.join(phrases)})(?:'s)?(?![\w-])", re.IGNORECASE)

    def names_someone(self, text: str) -> bool:
        """True when the text holds a person's name: given, full, titled, or introduced by how it stands."""
        named = straight(text)
        for nobody in (self._nobody, _SAINT, _NAMED_AFTER):
            named = nobody.sub(lambda found: "#" * len(found[0]), named)
        sentence = Sentence(named)
        about_someone = any(word.plain in self._signs["about_a_person"] for word in sentence.words)
        return any(
            self._is_given(word)
            or self._is_titled(sentence, place)
            or self._is_introduced(sentence, place)
            or (not sentence.shouted and (self._is_pair(sentence, place) or self._is_spoken_of(sentence, place)))
            or (about_someone and (self._are_strangers(sentence, place) or self._has_spoken(sentence, place)))
            or self._is_family(sentence, place)
            for place, word in enumerate(sentence.words)
        )

    def _is_given(self, word: Word) -> bool:
        """A given name that is no everyday word, alone or as part of a double name."""
        if not self._plainly.isdisjoint(word.plain.split("-")):
            return True
        known = word.plain in self._given and word.plain not in self._everyday
        return known and word.capital and not word.all_capitals

    def _is_titled(self, sentence: Sentence, place: int) -> bool:
        """`Mrs Gill`, `mrs adebayo`, `Coach Whitlock`, but not `Mr or Mrs` nor `miss a deadline`."""
        title, named = sentence.words[place].plain, sentence.after(place)
        if named is not None and len(named.text) == 1 and title in self._signs["titles"]:
            named = sentence.after(place + 1)
        if named is None or named.all_capitals or named.plain in self._signs["heads"] | self._signs["titles"]:
            return False
        if title in self._signs["titles"]:
            return named.capital or self._unknown(named)
        if title not in self._signs["weak_titles"]:
            return False
        if named.capital:
            return named.plain in self._given or self._unknown(named)
        return title != "sir" and self._like_no_word(named)

    def _is_introduced(self, sentence: Sentence, place: int) -> bool:
        """`called Max`, `her name is sadia`, `surname: Wojcik`, but not `an app called Discord`."""
        word = sentence.words[place]
        if word.plain not in self._signs["introduces"]:
            return False
        later = place + 1
        while later < len(sentence.words) and sentence.words[later].plain in _SLIGHT:
            later += 1
        if later >= len(sentence.words) or later > place + 3 or "#" in sentence.between(place, later):
            return False
        named = sentence.words[later]
        if named.plain in self._given and (named.capital or word.plain in {"called", "named"}):
            return True
        return self._unknown(named) and not sentence.shouted and (named.capital or word.plain != "called")

    def _is_pair(self, sentence: Sentence, place: int) -> bool:
        """Two capitalised words of which one is a name: `Stellan Quigg`, `J Smithson`, `Will Archer`."""
        word, named = sentence.words[place], sentence.after(place)
        if named is None or word.owner or not word.capital or not named.capital:
            return False
        if len(named.text) == 1 and named.text != "I" and not word.first:
            return self._unknown(word) or (word.plain in self._given and not word.all_capitals)
        if named.all_capitals:
            return False
        if named.plain in self._signs["heads"] | self._signs["months"]:
            return False
        if len(word.text) == 1:
            return self._unknown(named) and sentence.before(place) not in self._signs["published"]
        if word.all_capitals or word.plain in self._signs["months"] | self._signs["heads"]:
            return False
        if word.plain in self._given:
            return not word.first or self._unknown(named)
        return self._unknown(word) and (self._unknown(named) or (named.plain in self._given and not word.first))

    def _is_spoken_of(self, sentence: Sentence, place: int) -> bool:
        """One capitalised word that is no everyday word, standing as a person stands: `about Leon`, `Wojcik's mum`."""
        word = sentence.words[place]
        if not word.capital or word.all_capitals or word.plain in self._signs["heads"] | self._signs["months"]:
            return False
        if not self._unknown(word) and (word.first or word.plain not in self._given):
            return False
        following = sentence.after(place)
        follows = following.plain if following else ""
        if word.owner and follows in self._signs["owned"]:
            return True
        if word.first:
            return follows in self._signs["speaks"] and self._unknown(word)
        stands_as_one = follows in self._signs["after"] or following is None or word.owner
        return follows in self._signs["speaks"] or (sentence.before(place) in self._signs["before"] and stands_as_one)

    def _has_spoken(self, sentence: Sentence, place: int) -> bool:
        """`ben told me his dad hits him`: a given name, however short and plain, that begins a message and speaks."""
        word, following = sentence.words[place], sentence.after(place)
        if place or following is None or word.plain not in self._given or word.all_capitals:
            return False
        return following.plain in self._signs["speaks_up"] and word.plain not in self._signs["about_a_person"]

    def _is_family(self, sentence: Sentence, place: int) -> bool:
        """`the Hallowbrook family`, `Penhallow-Rigby`: a surname stands for all who bear it."""
        word, following = sentence.words[place], sentence.after(place)
        if sentence.shouted or not word.capital or word.all_capitals or not self._unknown(word):
            return False
        parts = word.text.split("-")
        if len(parts) == 2 and all(part[:1].isupper() and self._strange(part.lower()) for part in parts):
            return True
        return following is not None and following.plain in self._signs["kin"] and not word.first

    def _are_strangers(self, sentence: Sentence, place: int) -> bool:
        """Two words in a row that are like no word, in a message about a person: `zephrine quillmore she is 12`."""
        following = sentence.after(place)
        if following is None or sentence.words[place].owner:
            return False
        return self._like_no_word(sentence.words[place]) and self._like_no_word(following)

    def _unknown(self, word: Word) -> bool:
        """Neither an everyday word nor an abbreviation; a hyphenated word is unknown when a part is."""
        if len(word.plain) < 2 or (word.all_capitals and len(word.text) < _SHORT):
            return False
        return any(self._strange(part) for part in word.plain.split("-"))

    def _strange(self, part: str) -> bool:
        if part in self._everyday or len(part) < 2:
            return False
        return _ENDING.sub("", part) not in self._everyday and not any(
            part.endswith(ending) and part[: -len(ending)] in self._everyday for ending in ("s", "d", "r", "y")
        )

    def _like_no_word(self, word: Word) -> bool:
        """Unknown, and no slip of an everyday word either: lower-case surnames look so, and typing errors do not."""
        if len(word.plain) < _SHORTEST or "-" in word.plain or not self._unknown(word):
            return False
        slips = 1 if len(word.plain) < _SHORT else 2
        return process.extractOne(word.plain, self._everyday, scorer=OSA.distance, score_cutoff=slips) is None
