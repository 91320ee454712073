"""People's names in running text, from many cultures, in capitals or typed in lower case.

Knows the lists it is given and how people introduce a person; nothing of guidance.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from services.language.words import straight
from services.screening.families import is_family
from services.screening.lexicon import Lexicon, Names
from services.screening.standing import stands_as_person
from services.screening.written import Sentence

_SLIGHT = frozenset({"is", "was", "of", "the", "child", "a", "s", "him", "her"})
_SAINT = re.compile(r"\b(?:st|saint|ss)\.?\s[A-Z][a-z]+(?:'?s)?\b", re.IGNORECASE)
# Named after somebody long known: a law, a model, a school. A plan, a case or a referral may be anybody's.
_NAMED_AFTER = re.compile(
    r"\b(?:[A-Z][\w'-]+\s){1,3}(?:(?i:law|rule|model|protocol|inquiry|enquiry|framework|scale|principles|"
    r"foundation|charity|hospice|competence|guidelines|taxonomy|award|training)|Trust|School|Academy|College|Centre|"
    r"Hospital|House|Hub|Clinic|University|Primary|Nursery|Surgery|Church|Mosque|Temple|Review)\b"
)

_MATTERS = frozenset({"case", "cases", "file", "referral", "children", "kids", "siblings", "address"})
_CAPITALISED = re.compile(r"\s[A-Z][a-z'-]+")
_DONE = re.compile(r"(?:ed|ing)$")  # "father barricaded in"
# A question who made a work, or played in one, names the work. One on what was written about a family names people.
_WORK = re.compile(
    r"^\W*(?:(?:hi|hello|hey)\W+)?(?:who|what year did|when did)\s(?:\w+\s)?"
    r"(?:wrote|painted|sang|sings|directed|invented|composed|designed|sculpted|starred in|stars in|played|plays|voiced|"
    r"illustrated)\s(?!(?:to|about|with|for|at)\b)[^.?!\n]{1,60}\??\s*$",
    re.IGNORECASE,
)
_OF_THE_FIELD = re.compile(
    r"\b(?:plans?|referrals?|reports?|assessments?|letters?|notes?|statements?|chronolog\w+|e-?mails?|records?|files?|minutes|"
    r"school|social|mum|dad|mother|father|child|family|class|pupils?)\b",
    re.IGNORECASE,
)


class NameFinder:
    """Says whether a text names a person. Built once from lists; keeps nothing of what it reads."""

    def __init__(
        self,
        names: Names,
        not_people: Iterable[str],
        signs: Mapping[str, Collection[str]],
    ) -> None:
        """`not_people` are places, organisations, laws and published reviews: their words name nobody.

        `signs` are the words of `identifier-words.toml` by their key.
        """
        self._lexicon = Lexicon(names, signs)
        self._signs = self._lexicon.signs
        phrases = sorted((re.escape(straight(phrase)) for phrase in not_people), key=len, reverse=True)
        self._nobody = re.compile(rf"(?<![\w'-])(?:{'|'.join(phrases)})(?:'s)?(?![\w-])", re.IGNORECASE)

    def names_someone(self, text: str) -> bool:
        """True when the text holds a person's name: given, full, titled, or introduced by how it stands."""
        named = straight(text)
        if _WORK.match(named) and not _OF_THE_FIELD.search(named):
            return False
        for nobody in (self._nobody, _SAINT, _NAMED_AFTER):
            named = nobody.sub(self._struck_out, named)
        sentence = Sentence(named)
        about_someone = any(word.plain in self._signs["about_a_person"] for word in sentence.words)
        return any(
            self._lexicon.plainly_a_name(word)
            or self._is_titled(sentence, place)
            or self._is_introduced(sentence, place)
            or (not sentence.shouted and (self._is_pair(sentence, place) or self._is_spoken_of(sentence, place)))
            or (about_someone and self._are_strangers(sentence, place))
            or stands_as_person(self._lexicon, sentence, place)
            or is_family(self._lexicon, sentence, place)
            or self._is_a_case(sentence, place)
            for place, word in enumerate(sentence.words)
        )

    def _struck_out(self, found: re.Match[str]) -> str:
        """Signs that are no words; but `Jordan Thistlewood` is somebody, though Jordan is a country."""
        if found[0].lower() in self._lexicon.given and found[0][0].isupper():
            surname = _CAPITALISED.match(found.string, found.end())
            if surname and self._lexicon.can_only_be_name(Sentence(surname[0]).words[0]):
                return found[0]
        return "#" * len(found[0])

    def _is_titled(self, sentence: Sentence, place: int) -> bool:
        """`Mrs Gill`, `mrs adebayo`, `Coach Whitlock`, but not `Mr or Mrs` nor `miss a deadline`."""
        title, named = sentence.words[place].plain, sentence.after(place)
        if named is not None and len(named.text) == 1 and title in self._signs["titles"]:
            named = sentence.after(place + 1)
        if named is None or named.all_capitals or named.plain in self._signs["titles"]:
            return False
        if self._lexicon.may_be_surname(named.plain) and (
            title in self._signs["titles"] or (named.capital and title in self._signs["weak_titles"])
        ):
            return True
        if named.plain in self._signs["heads"]:
            return False
        if title in self._signs["titles"]:
            return named.capital or self._lexicon.unknown(named)
        if title not in self._signs["weak_titles"]:
            return False
        if named.capital:
            return named.plain in self._lexicon.given or self._lexicon.unknown(named)
        return title != "sir" and not _DONE.search(named.plain) and self._lexicon.like_no_word(named)

    def _is_introduced(self, sentence: Sentence, place: int) -> bool:
        """`called Max`, `her name is sadia`, `surname: Wojcik`, but not `an app called Discord`."""
        word = sentence.words[place]
        if word.plain not in self._signs["introduces"] or sentence.before(place) == "so":
            return False  # "so called honour"
        later = place + 1
        while later < len(sentence.words) and sentence.words[later].plain in _SLIGHT:
            later += 1
        if later >= len(sentence.words) or later > place + 3 or "#" in sentence.between(place, later):
            return False
        named = sentence.words[later]
        if named.plain in self._lexicon.given and (named.capital or word.plain in {"called", "named"}):
            return named.capital or named.plain not in self._signs["little_names"]  # "called an idiot"
        return self._lexicon.unknown(named) and not sentence.shouted and (named.capital or word.plain != "called")

    def _is_pair(self, sentence: Sentence, place: int) -> bool:
        """Two capitalised words of which one is a name: `Stellan Quigg`, `J Smithson`, `Will Archer`."""
        word, named = sentence.words[place], sentence.after(place)
        if named is None or word.owner or not word.capital or not named.capital:
            return False
        if len(named.text) == 1 and named.text != "I" and not word.first:
            return self._lexicon.unknown(word) or (word.plain in self._lexicon.given and not word.all_capitals)
        if named.all_capitals:
            return False
        if named.plain in self._signs["heads"] | self._signs["months"]:
            return False
        if len(word.text) == 1:
            return self._lexicon.unknown(named) and sentence.before(place) not in self._signs["published"]
        if word.all_capitals or word.plain in self._signs["months"] | self._signs["heads"]:
            return False
        if word.plain in self._lexicon.given:
            return not word.first or self._lexicon.unknown(named)
        return self._lexicon.unknown(word) and (
            self._lexicon.unknown(named) or (named.plain in self._lexicon.given and not word.first)
        )

    def _is_spoken_of(self, sentence: Sentence, place: int) -> bool:
        """One capitalised word that is no everyday word, standing as a person stands: `about Leon`, `Wojcik's mum`."""
        word = sentence.words[place]
        if not word.capital or word.all_capitals or word.plain in self._signs["heads"] | self._signs["months"]:
            return False
        if not self._lexicon.unknown(word) and (word.first or word.plain not in self._lexicon.given):
            return False
        following = sentence.after(place)
        follows = following.plain if following else ""
        if word.owner and follows in self._signs["owned"]:
            return True
        if word.first:
            return follows in self._signs["speaks"] and self._lexicon.unknown(word)
        stands_as_one = follows in self._signs["after"] or following is None or word.owner
        return follows in self._signs["speaks"] or (sentence.before(place) in self._signs["before"] and stands_as_one)

    def _are_strangers(self, sentence: Sentence, place: int) -> bool:
        """Two words in a row that are like no word, in a message about a person: `zephrine quillmore she is 12`."""
        following = sentence.after(place)
        if following is None or sentence.words[place].owner:
            return False
        return self._lexicon.like_no_word(sentence.words[place]) and self._lexicon.like_no_word(following)

    def _is_a_case(self, sentence: Sentence, place: int) -> bool:
        """`the Kettlewick case`; one that was published is struck out before."""
        word, following = sentence.words[place], sentence.after(place)
        if not word.capital or word.first or word.owner or sentence.before(place) != "the":
            return False
        return following is not None and following.plain in _MATTERS and self._lexicon.can_only_be_name(word)
