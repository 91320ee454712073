"""What somebody answers to a question of ours: yes or no, stop, one of what was listed, a mark of a scale. Pure.

Said with the bare word, with the button's own title, by number or number word, or as the choice was shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_HESITATES = frozenset({"actually", "oh", "well", "um", "hm", "er"})
_NODS = frozenset({"ok", "okay", "sure"})
"""With thanks after them they end a talk and agree to nothing."""
_SLIPS = frozenset({"yse", "yess", "yh"})
"""Of a yes, and no other word."""
_YES = _NODS | _SLIPS | {"yes", "y", "yep", "yeah", "yup", "yea", "yeh", "ya", "aye", "please", "confirm", "confirmed"}
_MISTYPED = {
    **dict.fromkeys(("pls", "plz", "plse", "pleas"), "please"),
    **dict.fromkeys(("actualy", "actully", "acctually"), "actually"),
    **dict.fromkeys(("cancle", "cancell", "cansel", "canel"), "cancel"),
    **dict.fromkeys(("calender", "calander", "calandar"), "calendar"),
    **dict.fromkeys(("chnage", "cahnge"), "change"),
}
"""What orders are mostly mistyped as. Whole messages go through the speller; words read by their form do not."""
_NO = frozenset({"no", "n", "nope", "nah", "keep", "stop"})
_DENIES = frozenset({"not", "don't", "dont", "never"})
_LITTLE = frozenset(
    _WORD.findall(
        "it this that that's one please thanks thank you very much do so is fine right correct i i'm am i'll will i'd "
        "would like want to me my the a place for now go ahead off take of course"
    )
)
_STAYS = _DENIES | frozenset(_WORD.findall("no keep stay leave stop on waiting list alone mind"))
_IT = frozenset({"it", "this", "that", "one", "please", "now", "for", "me"})
_GOES_AHEAD = re.compile(
    rf"(?:(?:{'|'.join(sorted(_YES))}) )*(?:go (?:on|ahead|for it)|do (?:it|that|so)|carry on|that works|works for me"
    r"|(?:that )?sounds (?:good|great|fine|perfect|lovely|right))(?: then)?(?: please)?(?: thanks| thank you)?"
)
"""A yes to whatever was asked, without a word for it."""
_GOES_ON = re.compile(
    r"(?:(?:ok|okay|right|so|now|lets|and) )*(?:carry on|continue|go on|resume|where (?:was i|were we)|back to it)"
    r"(?: (?:with it|now|please|then))*"
)
_TAKES_IT = re.compile(r"(?:i'll|i will) (?:take|have) (?:it|(?:that|this) one)(?: please)?")

_BOOKS_IT = re.compile(
    rf"(?:(?:{'|'.join(sorted(_YES))}|can you|could you|will you|just|then|go on and) )*"
    r"(?:(?:book|put|add|sign|stick|pop|enrol|register|get) me(?: (?:on|onto|in|down|up|for|to|a place|a spot))*"
    r"|(?:join|book|get on|go on)(?: on| onto)?)"
    r" (?:it|this|that|this one|that one|(?:the|this|that)(?: wait(?:ing)?)? ?list|the waitlist)"
    r"(?: (?:please|then|thanks|thank you|ta|too|as well))*"
)
"""Orders what was shown, and names nothing else."""

_COURTESY = r"(?:please|thanks|thank you|sorry)"
_STOP = re.compile(
    rf"(?:(?:ok|okay|oh|no|nah|actually|just|well|hm|um|{_COURTESY}) )*"
    r"(?:(?:(?:let's|lets|i want to|i'd like to|i would like to) )?(?:stop|quit|exit|abort)(?: asking| the form)?"
    r"|leave|enough|never ?mind|(?:forget|drop|scrap)(?: about)?(?= (?:it|this|that)\b)"
    r"|(?<!no )cancel(?! (?:it|this|that)\b))"
    rf"(?: (?:it|this|that|now|for now|here|{_COURTESY}))*"
)
"""To cancel alone ends a talk; "cancel it" and "no, cancel it" may well mean a place."""

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_A_NUMBER = re.compile(
    rf"(?:(?:number|option|choice) )?(?:(?P<digits>\d{{1,9}})|(?P<word>{'|'.join(_NUMBERS)}))(?: please)?"
    rf"|(?:the )?(?P<nth>{'|'.join(_ORDINALS)})(?: one)?(?: please)?"
    r"|(?:the )?(?P<short>\d{1,2})(?:st|nd|rd|th) one(?: please)?"
)
_A_MARK = re.compile(
    r"(?:(?:about|around|roughly|maybe|probably|perhaps|dunno|i'd say|id say|i would say|i think|say|it was|only|a|an)"
    r"[ ,]+)*(?P<mark>\w+)(?:\s*(?:/|out of|of)\s*(?P<top>\w+))?"
    r"(?:,? (?:before|then|now|i think|i guess|probably|maybe|or so|ish|please|thanks))*"
)
"""A mark, and at most how sure it is and of what time."""
FEWEST = 2
"""Words with which a choice that was shown may be shortened."""

_SMALL = frozenset(
    _WORD.findall("a an the in on at by of or and to i i've we it have used shared just only mostly some")
)
_ALIKE = {"bit": "little", "slightly": "little"}
SHORTEST_SEVERAL = 3
"""Letters. "His" and "was" are no several of anything."""
LONGEST_ANSWER = 8
"""Words in an answer that names a choice. More than that tell something else as well."""


def folded(text: str) -> str:
    """The words of a text without case and punctuation, and those of orders in one spelling."""
    words = _WORD.findall(text.casefold().replace("’", "'"))
    return " ".join(_MISTYPED.get(word, word) for word in words)


def said_yes(text: str, deed: str = "book") -> bool | None:
    """True for yes, False for no, None for anything else. `deed` is what a yes does: "yep, cancel it".

    Who says both ("no, cancel it") has said neither.
    """
    words = folded(text).split()
    while words and words[0] in _HESITATES:
        words.pop(0)
    if not words:
        return None
    said = " ".join(words)
    if _GOES_AHEAD.fullmatch(said) or (deed == "book" and _TAKES_IT.fullmatch(said)):
        return True
    first, rest = words[0], set(words[1:])
    denies = bool(_DENIES & set(words))
    if first in _NO or denies:
        return False if rest <= _LITTLE | _STAYS | ({deed} if denies else set()) else None
    if first == deed:
        return True if rest <= _IT and (rest or deed == "book") else None
    if first in _NODS and rest & {"thanks", "thank"} and deed not in rest:
        return None
    return True if first in _YES and rest <= _LITTLE | {deed} else None


def books_it(text: str) -> bool:
    """True for "yes book me on it pls" and "stick me on the waiting list": the date that was just shown is meant."""
    return _BOOKS_IT.fullmatch(folded(text)) is not None


def said_stop(text: str) -> bool:
    """True for words that end what is being asked, and are no answer to it: "Stop.", "never mind", "ok, forget it"."""
    return _STOP.fullmatch(folded(text)) is not None


def goes_on(text: str) -> bool:
    """True for "carry on" and "ok where was I?": what was left half done is meant."""
    return _GOES_ON.fullmatch(folded(text)) is not None


def wavers(text: str) -> bool:
    """True for words that begin with a yes or a no, whatever comes after."""
    return folded(text).partition(" ")[0] in (_YES - _NODS | _NO) - {"please", "keep", "stop"}


def said_number(text: str, offered: Sequence[str]) -> str | None:
    """The offered id that a typed number means ("2", "number 2", "the second one"); None when it is none."""
    found = _A_NUMBER.fullmatch(folded(text))
    if found is None:
        return None
    if digits := found["digits"] or found["short"]:
        number = int(digits)
    else:
        number = _NUMBERS.index(found["word"]) + 1 if found["word"] else _ORDINALS.index(found["nth"]) + 1
    return offered[number - 1] if 1 <= number <= len(offered) else None


def said_option(text: str, offered: Sequence[str], shown: Sequence[str] | None = None) -> str | None:
    """The offered id that is meant by its number, or by the words that were `shown` for it (the ids themselves, if
    none are given), or by enough of these to mean no other. None for anything else."""
    by_number = said_number(text, offered)
    said = folded(text)
    if by_number is not None or not said:
        return by_number
    names = [folded(one) for one in shown or offered]
    if said in names:
        return offered[names.index(said)]
    begun = [one for one, name in zip(offered, names, strict=True) if name.startswith(f"{said} ")]
    return begun[0] if len(begun) == 1 and len(said.split()) >= FEWEST else None


def said_words_of(text: str, offered: Sequence[str]) -> str | None:
    """The one choice that these words are part of ("thresholds" of "The thresholds guidance"), or that stands among
    them ("I shared it in supervision"); None where that could be several, for a denial, and for a mere yes or no."""
    said = _telling(text)
    words = set(folded(text).split())
    if not said or words & _DENIES or said <= _YES | _NO or len(words) > LONGEST_ANSWER:
        return None
    known = {one: _telling(one) for one in offered}
    held = [one for one, telling in known.items() if said <= telling]
    held = held or [one for one, telling in known.items() if telling and telling <= said and not telling <= _YES | _NO]
    return held[0] if len(held) == 1 else None


def _telling(text: str) -> set[str]:
    return {_ALIKE.get(word, _one(word)) for word in folded(text).split()} - _SMALL


def _one(word: str) -> str:
    """The word for one of them: "thresholds" are what "a threshold decision" is about."""
    return word[:-1] if len(word) > SHORTEST_SEVERAL and word.endswith("s") and not word.endswith("ss") else word


def option_and_note(text: str, offered: Sequence[str], shown: Sequence[str]) -> tuple[str, str] | None:
    """The same where a few words of one's own may follow: "1 they looked again", "the decision was changed at once"."""
    if whole := said_option(text, offered, shown):
        return whole, ""
    words = text.split()
    for count in range(len(words) - 1, 0, -1):
        start = " ".join(words[:count])
        chosen = said_option(start, offered, shown) if count > 1 or any(one.isdecimal() for one in start) else None
        if chosen is not None and (count == 1 or folded(start) in map(folded, shown)):
            return chosen, " ".join(words[count:]).lstrip(",:;-– ")
    return None


def said_mark(text: str, top: int) -> str | None:
    """A mark of a scale from 1 to `top`: "4", "four", "4/5", "about a 4", "8 now". None when it is none."""
    found = _A_MARK.fullmatch(text.casefold().replace("’", "'").strip().strip(".!?"))
    if found is None:
        return None
    marks = [str(mark) for mark in range(1, top + 1)]
    named = found["top"] is None or said_number(found["top"], marks) == str(top)
    return said_number(found["mark"], marks) if named else None
