"""Whether something helped, in whatever words and spelling people say it. Pure.

People put it in too many ways for fixed forms. What these messages have in common is that they hold no other word than
a few dozen, and among those one that judges: a word more ("was it helpful to tell the mother") makes it a question.
"""

from __future__ import annotations

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD = re.compile(r"\w+")
_HELPED = frozenset(_WORD.findall("helped helpful useful"))
_OF_USE = _HELPED | frozenset(_WORD.findall("help helps use good great right answered relevant clear"))
"""What it was not, when a "not" stands beside these."""
_NOT = frozenset(_WORD.findall("not didnt doesnt wasnt isnt hasnt hardly never"))
_BAD = frozenset(_WORD.findall("unhelpful useless irrelevant wrong unclear"))
_WANTED = frozenset(_WORD.findall("asked ask meant wanted want needed need after expected expecting looking"))
_SMALL = frozenset(
    _WORD.findall(
        """
        a actually afraid again ah all an and answer any anyway at be been bit bot but cheers did does
        either for from good great guess had has he her his honest i im in is it its just loads lot lots
        luck mate me much my no nope of oh ok okay one page particularly please question quite rather real
        really reply response rly say so sorry still ta tbf tbh thank thanks that thats the their then they
        this tho though thx to too totally ty u unfortunately us very was well what yeah yep yes you your
        youre
        """
    )
)
_KNOWN = _SMALL | _OF_USE | _NOT | _BAD | _WANTED
_LONG_ENOUGH = 5
"""Letters. In a shorter word one wrong letter makes another word."""
_LONG = sorted(word for word in _KNOWN if len(word) >= _LONG_ENOUGH)
_NO_USE = re.compile(r"\bno (?:real |great |much )*(?:help|use|good)\b")
_NO_ANSWER = re.compile(
    r"\b(?:not|didnt|doesnt|hasnt) (?:really |quite |actually )*answer(?:ed)? (?:it|me|that|my|the)\b"
)
_SIGN = re.compile(r"[,.!;:–-]+")
_MOST = 12
"""Words. What is longer says more than whether it helped."""

_IT = r"(?:this|that|it|the answer)"
_VERY = r"(?:(?:so|just|really|very|all|totally|completely|absolutely|bloody|fucking|complete|total|utter|a load of) )*"
_REVILED = (
    r"(?:useless|rubbish|crap|bollocks|nonsense|rubbish answer|pointless|hopeless|stupid|terrible|awful|annoying"
    r"|frustrating|ridiculous|a joke|a waste of time|no use|no good|not (?:useful|any use|much help|good enough)"
    r"|wrong|incorrect|not (?:right|true|correct)|(?:out of date|outdated))"
)
_THEY = rf"(?:{_IT}|you|(?:this|the) bot|(?:that|this) answer)"
_ANGRY = re.compile(
    rf"(?:no,? |but |well,? |i think )*(?:{_THEY}(?:s|re| is| are| was)? )?"
    rf"{_VERY}{_REVILED}(?: (?:answer|bot|thing|about (?:that|this|it)|there|again|too))*"
    r"|wtf|ffs|omg|argh+|for (?:god|goodness|fuck|pete)s? ?sake|what the (?:hell|heck|fuck)|(?:stupid|useless) bot"
    r"|you (?:dont|do not|didnt|did not) (?:understand|get it|get me|help|listen)(?: me| at all)?"
    r"|(?:this|it|that) (?:doesnt|does not|isnt|is not) (?:make sense|work|working)"
)


def pleased(text: str) -> bool:
    """True for "that helped", "cheers that was realy useful" and the like."""
    words = _words(text)
    return words is not None and not _HELPED.isdisjoint(words) and not _denied(words)


def displeased(text: str) -> bool:
    """True for "it didnt realy help", "not what i needed", "wrong page", and for anger."""
    if _ANGRY.fullmatch(" ".join(text.replace("'", "").split())):
        return True
    words = _words(text)
    return words is not None and _denied(words)


def _denied(words: list[str]) -> bool:
    said, told = " ".join(words), set(words)
    if _NO_USE.search(said) or _NO_ANSWER.search(said):
        return True
    if not _BAD.isdisjoint(told) and told.isdisjoint({"i", "im", "my"}):
        return True
    wished = _OF_USE - {"answered"} | (_WANTED if told & {"i", "im"} else frozenset())
    return not _NOT.isdisjoint(told) and not wished.isdisjoint(told)


def _words(text: str) -> list[str] | None:
    """The words, put right where one letter is wrong; None where there is one that judges nothing, and for a question.
    Apostrophes, which few people type, are left out."""
    said = _SIGN.sub(" ", text.casefold().replace("’", "").replace("'", "")).split()
    if not said or len(said) > _MOST:
        return None
    meant = [_known(word) for word in said]
    return [word for word in meant if word is not None] if None not in meant else None


def _known(word: str) -> str | None:
    if word in _KNOWN:
        return word
    if len(word) < _LONG_ENOUGH - 1:
        return None
    found = process.extractOne(word, _LONG, scorer=OSA.distance, score_cutoff=1)
    return str(found[0]) if found else None
