"""A given name by how it stands, when it is too short or too common a word to be told by itself.

`mark my booking` names nobody, `mark has bruises` does; so do `will's mum`, `about tom` and `my son grace is`. Pure.
"""

from __future__ import annotations

import re

from services.screening.lexicon import Lexicon
from services.screening.written import Sentence, Word


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_BEFORE_ONE_OF_MANY = _words(
    "a an the my our your his her their its this that these those each every one another some any no of in both"
)
"""Before a word these make it a common noun: `the king's mother`, `a mark`."""
_BEGINS_CLAUSE = _words("because that and but think thinks says said if when since while as suspect know so")
_OFTEN_OTHERWISE = frozenset({"may", "will", "might", "missing"})
_FOLLOWS_ANYBODY = _words("day long law price page read park major best love little power may young")
_FAR = 4
"""How many words after a verb what is said of a person may stand."""
_PERSON = _words(
    "boy girl pupil student child kid son daughter toddler baby client resident patient nephew niece cousin "
    "grandson granddaughter brother sister friend mate tutee uncle aunt auntie aunty stepdad stepmum stepfather "
    "stepmother stepbrother stepsister dad mum nanny boyfriend girlfriend partner husband wife ex neighbour lodger "
    "grandad granddad grandpa grandma granny nana gran"
)
_TWO_OF_THEM = _words("are have were both told said live keep arent havent")
_SCHOOL_YEARS = (["year"], ["yr"], ["reception"])
_MY_CLASS = [[whose, group] for whose in ("my", "our") for group in ("class", "form", "group", "year", "nursery")]
_AFTER_NO_WILL = _words("has hasnt had was wasnt isnt keeps gets doesnt didnt")
"""Verbs that "will" cannot stand before, but for somebody called so."""
_MOSTLY_TOO_SHORT = _words("rob ted kay abu lev zev jem ryo jin riz ayo zia ken ron leo ivy eve amy ann jon lou")
_CAPITAL_AS_THINGS = _words("faith king queen prince princess royal baby saint grant justice guy sultan gent roman")
_SOUGHT = frozenset({"up", "find", "on", "check"})
_AFTER_AGE = _words("and is has lives living yr yrs yo year years")
_OWN = frozenset({"his", "her", "their"})
_ASKS = _words("is has was does did hasnt isnt doesnt didnt")
_ON_RECORD = _words("on known safe been being in allowed still subject")


def stands_as_person(lexicon: Lexicon, sentence: Sentence, place: int) -> bool:
    """True when the word at `place` could be a given name and stands as only a person does."""
    word = sentence.words[place]
    if (word.all_capitals and not sentence.shouted) or len(word.plain) < 2:
        return False
    if _has_relative(lexicon, sentence, place) or _is_followed_by_surname(lexicon, sentence, place):
        return True
    if word.plain not in lexicon.given or word.plain in lexicon.signs["hardly_names"]:
        return False
    mostly = word.plain in lexicon.signs["mostly_names"]
    if mostly and word.plain not in lexicon.everyday | _MOSTLY_TOO_SHORT:
        return sentence.before(place) not in _BEFORE_ONE_OF_MANY
    return (
        _acts(lexicon, sentence, place)
        or _is_in_class(sentence, place)
        or _is_introduced_by_kind(lexicon, sentence, place)
        or _is_subject(lexicon, sentence, place)
        or _is_referred(lexicon, sentence, place)
        or _is_capital_for_nothing_else(lexicon, sentence, place)
        or (mostly and (_is_spoken_about(lexicon, sentence, place) or _is_asked_about(sentence, place)))
        or (mostly and (_is_one_of_two(lexicon, sentence, place) or _is_full_name(lexicon, sentence, place)))
    )


def _has_relative(lexicon: Lexicon, sentence: Sentence, place: int) -> bool:
    """`tom's mum`, `okonkwo's dad`; without an apostrophe `toms mum`, and `marks dad` where a clause begins."""
    word, following = sentence.words[place], sentence.after(place)
    if following is None or following.plain not in lexicon.signs["relatives"]:
        return False
    if sentence.before(place) in _BEFORE_ONE_OF_MANY or sentence.before(place) in lexicon.signs["titles"]:
        return False
    if word.owner:
        name = word.plain.removesuffix("s") if word.text.endswith("'") else word.plain
        return name in lexicon.given or word.plain in lexicon.given or lexicon.can_only_be_name(word)
    name = word.plain.removesuffix("s")
    if name == word.plain or name not in lexicon.given or name in lexicon.signs["hardly_names"]:
        return False
    return word.plain not in lexicon.everyday or sentence.before(place) in {"", "about"}


def _acts(lexicon: Lexicon, sentence: Sentence, place: int) -> bool:
    """`max keeps running away`, `rose is being groomed`, `mark's been hit`; not `max is 20`, `summer is busy`."""
    word, following = sentence.words[place], sentence.after(place)
    if not _begins_clause(sentence, place) or place + 1 >= len(sentence.words):
        return False
    if following is None:
        return _has_age(lexicon, sentence, place) or _has_bare_age(lexicon, sentence, place)
    if lexicon.may_be_surname(following.plain) and not word.owner and place + 2 < len(sentence.words):
        place += 1  # "mark hill has bruises"
        following = sentence.words[place + 1]
    if not word.owner and following.plain in lexicon.signs["does"] - _OFTEN_OTHERWISE:
        return word.plain not in lexicon.signs["months"] or _says_of_person(lexicon, sentence, place + 1)
    if word.owner or following.plain in lexicon.signs["verges"]:
        impossible = word.plain == "will" and following.plain in _AFTER_NO_WILL
        mostly = (impossible or word.plain in lexicon.signs["mostly_names"]) and following.plain not in _OFTEN_OTHERWISE
        return (mostly and not _counts(sentence, place + 1)) or _says_of_person(lexicon, sentence, place)
    return _is_with_family(lexicon, sentence, place)


def _has_age(lexicon: Lexicon, sentence: Sentence, place: int) -> bool:
    """`dawn (84)`, `rose, 9, is`; not `may (12)`."""
    if place + 1 >= len(sentence.words) or sentence.words[place].plain in lexicon.signs["months"] | {"max"}:
        return False
    return re.match(r"\s?\(\d{1,2}\)|,\s\d{1,2},", sentence.between(place, place + 1)) is not None


def _has_bare_age(lexicon: Lexicon, sentence: Sentence, place: int) -> bool:
    """`lucian 7 and his sister`; an everyday word before a number counts something."""
    if place + 1 >= len(sentence.words) or not lexicon.is_first_name(sentence.words[place].plain):
        return False
    number = re.fullmatch(r"\s\d{1,2}\s", sentence.between(place, place + 1))
    return number is not None and sentence.words[place + 1].plain in _AFTER_AGE


def _is_with_family(lexicon: Lexicon, sentence: Sentence, place: int) -> bool:
    """`mia and her brother`."""
    then = [word.plain for word in sentence.words[place + 1 : place + 4]]
    return len(then) == 3 and then[0] == "and" and then[1] in _OWN and then[2] in lexicon.signs["relatives"]


def _counts(sentence: Sentence, place: int) -> bool:
    """A number follows: `max is 20`."""
    return place + 1 < len(sentence.words) and any(map(str.isdigit, sentence.between(place, place + 1)))


def _is_in_class(sentence: Sentence, place: int) -> bool:
    """`Grace in my class`, `will from year 4`."""
    word, then = sentence.words[place], [word.plain for word in sentence.words[place + 1 : place + 4]]
    if not (_begins_clause(sentence, place) or word.capital or sentence.before(place) in {"about", "re", "with"}):
        return False
    return then[:1] in (["in"], ["from"]) and (then[1:2] in _SCHOOL_YEARS or then[1:] in _MY_CLASS)


def _begins_clause(sentence: Sentence, place: int) -> bool:
    if place == 0 or sentence.words[place].first or sentence.before(place) in _BEGINS_CLAUSE:
        return True
    return any(mark in sentence.between(place - 1, place) for mark in ",:;-")


def _says_of_person(lexicon: Lexicon, sentence: Sentence, place: int) -> bool:
    abstract = sentence.words[place].plain in lexicon.signs["abstract_names"]
    far = _FAR - abstract  # "faith is used to hurt" says nothing of a person, "hope is being hit" does
    said = {word.plain for word in sentence.words[place + 1 : place + 1 + far]}
    if sentence.words[place].plain in lexicon.signs["months"]:
        said -= _OFTEN_OTHERWISE
    return not said.isdisjoint(lexicon.signs["suffers"])


def _is_introduced_by_kind(lexicon: Lexicon, sentence: Sentence, place: int) -> bool:
    """`my son mark is`, `pupil grace has`, but neither `child may be` nor `a child will`."""
    word = sentence.words[place]
    if sentence.before(place) not in _PERSON or word.plain in _OFTEN_OTHERWISE or word.owner:
        return False
    return not sentence.between(place - 1, place).strip() and _ends_or_goes_on(lexicon, sentence.after(place))


def _is_spoken_about(lexicon: Lexicon, sentence: Sentence, place: int) -> bool:
    """`worried about tom`, `a call re sam who`."""
    before = sentence.before(place)
    if place and "#" in sentence.between(place - 1, place):
        return False  # "on christmas eve", of which "christmas" is taken out as nobody's name
    if before in _SOUGHT and place + 1 == len(sentence.words):
        return True
    if before not in lexicon.signs["before"] - {"of", "case", "on", "ta"}:
        return False
    return sentence.words[place].owner or _ends_or_goes_on(lexicon, sentence.after(place))


def _is_subject(lexicon: Lexicon, sentence: Sentence, place: int) -> bool:
    """`this is about mark`, `re: rose`, `her name is grace`: the last word, and what the message is about."""
    plain = sentence.words[place].plain
    if place + 1 < len(sentence.words) or not place or "#" in sentence.between(place - 1, place):
        return False
    before = [word.plain for word in sentence.words[max(0, place - 3) : place]]
    if before[-1] in {"about", "re", "regarding"}:
        return plain not in lexicon.signs["abstract_names"] | lexicon.signs["months"]
    if before[-1] == "name":
        return sentence.words[place - 1].owner or ":" in sentence.between(place - 1, place)
    return before[-2:] == ["name", "is"] and before[0] not in {"my", "the", "your", "our"}


def _is_referred(lexicon: Lexicon, sentence: Sentence, place: int) -> bool:
    """`should i refer grace to mash`."""
    following = sentence.after(place)
    goes = following is None or following.plain in {"to", "into", "on"}
    return sentence.before(place) in {"refer", "referred", "referring"} and goes


def _is_capital_for_nothing_else(lexicon: Lexicon, sentence: Sentence, place: int) -> bool:
    """`when I saw Rose she`: in the middle of a sentence only a name needs its capital."""
    word, following = sentence.words[place], sentence.after(place)
    if sentence.shouted or word.first or not place or not word.capital or sentence.words[place - 1].capital:
        return False
    if word.plain in lexicon.signs["months"] | _CAPITAL_AS_THINGS or sentence.between(place - 1, place) != " ":
        return False
    return following is None or not (following.capital or following.plain in lexicon.signs["heads"])


def _is_asked_about(sentence: Sentence, place: int) -> bool:
    """`is tom on a plan`, `has leo been referred`."""
    following = sentence.after(place)
    return sentence.before(place) in _ASKS and following is not None and following.plain in _ON_RECORD


def _is_one_of_two(lexicon: Lexicon, sentence: Sentence, place: int) -> bool:
    """`tom and grace are`, `mia and jack have`."""
    then = [word.plain for word in sentence.words[place + 1 : place + 4]]
    return len(then) == 3 and then[0] == "and" and then[1] in lexicon.given and then[2] in _TWO_OF_THEM


def _is_full_name(lexicon: Lexicon, sentence: Sentence, place: int) -> bool:
    """`jo brown`, `toby miller`; the surname alone is a word."""
    following = sentence.after(place)
    return following is not None and following.plain in lexicon.signs["surnames_too"] - _FOLLOWS_ANYBODY


def _is_followed_by_surname(lexicon: Lexicon, sentence: Sentence, place: int) -> bool:
    """`lucian fairbrass`: a first name, and behind it what can only be a name."""
    word, following = sentence.words[place], sentence.after(place)
    if following is None or word.owner or not lexicon.is_first_name(word.plain):
        return False
    return lexicon.can_only_be_name(following)


def _ends_or_goes_on(lexicon: Lexicon, following: Word | None) -> bool:
    return following is None or following.plain in lexicon.signs["after"] | lexicon.signs["does"]
