"""A person given by initials, age and school: enough to know a child by. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection

from services.screening.schools import NAMED_SCHOOL

_DOTTED = r"(?<![A-Za-z.])(?:[A-Z]\.\s?[A-Z]\.?(?![A-Za-z])|[A-Z]\s[A-Z](?=,))"
_PLAIN = r"(?<![A-Za-z.&/])[A-Z]{2}(?![A-Za-z&/])"
_INITIALS = re.compile(rf"({_DOTTED})|({_PLAIN})")
_AGE = re.compile(
    r"\b(?:aged?|is|turned|just)\s(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    r"fourteen|fifteen|sixteen|seventeen)\b|\(\s?\d{1,2}\s?(?:y(?:rs?|/o|ears?)?)?\s?\)|\b\d{1,2}\s?-?\s?(?:y/?o|yrs?|years?)\b|,\s?\d{1,2}\s?(?:,|$|\.)",
    re.IGNORECASE,
)
_YEAR_GROUP = re.compile(
    r"\b(?:year|yr|y|class|reception|form|key stage|ks)\s?\d{1,2}\b|\breception\b|\bnursery class\b", re.IGNORECASE
)
_CHILD = re.compile(r"\b(?:boy|girl|child|kid|pupil|student|baby|tutee|lad|son|daughter|initials)\b", re.IGNORECASE)
# One who is said to be a child, or is said to be in a class, do or suffer something: then initials stand for a name.
_TWO = r"(?P<dotted>(?<![A-Za-z.])[A-Z]\.\s?[A-Z]\.?(?![A-Za-z]))|(?P<plain>(?<![A-Za-z\d.&/-])[A-Z]{2}(?![A-Za-z&/-]))"
_GOES_ON = (
    r"(?=\s?(?:$|[,.;:!?()-])|\s(?:is|was|has|had|hasn'?t|isn'?t|wasn'?t|won'?t|who|whose|in|from|and|with|keeps|told|said|"
    r"says|needs|disclosed|missed|came|lives|refuses|hits?|did|does)\b)"
)
_CHILD_BEFORE = re.compile(
    rf"(?<![A-Za-z])(?:[Pp]upil|[Ss]tudent|boy|girl|child|kid|son|daughter|toddler|baby|tutee|resident|patient|client|"
    r"initials(?:\s(?:are|is))?:?)\s"
    rf"(?:{_TWO}){_GOES_ON}"
)
_CLASS = (
    r"(?:\d{1,2}[A-Za-z]\b|(?:[Yy](?:ear|r)?|[Cc]lass|[Ff]orm)\s?\d{1,2}|[Rr]eception\b"
    r"|my\s(?:class|form|year|group)\b)"
)
_IN_CLASS = re.compile(rf"(?:{_TWO})[,:]?\s(?:(?:is|from|in|who is)\s)*{_CLASS}")
_SUFFERS = re.compile(
    rf"(?:{_TWO})\s(?:has|had|is|was|keeps|told|said|says|disclosed|hit|hits|won'?t|hasn'?t|isn'?t|came)\b(?P<rest>.{{0,80}})"
)
_RELATIVE = re.compile(
    rf"(?:{_TWO})'s\s(?:mum|mother|dad|father|parents?|nan|gran\w*|uncle|aunt\w*|brother|sister|step\w+|carer|family)\b"
)
_ONE_IN_CLASS = re.compile(rf"(?:^|\b(?:about|re|that|because)\s)[B-HJ-Z]\.?\s(?:in|from)\s{_CLASS}")
_HURRIED = re.compile(r"(?:^|\b(?:about|re|regarding)\s)(?P<two>[a-z]{2})[,:]?\s(?:in\s)?(?:yr|year|y)\s?\d{1,2}\b")
"""`jm yr 8 at ...`: without capitals only at the beginning, where a name would stand."""
_AGED_AT = re.compile(
    r"^\W*(?:(?:re|about|regarding)\W+)?(?P<two>[A-Za-z]\.?\s?[A-Za-z])\.?,?\s(?:aged?\s)?(?:[1-9]|1[0-7]),?\s"
    r"(?:(?:at|from|in|goes to|attends)\s)?"
    r"(?!(?:working|calendar|school)?\s?(?:days?|weeks?|months?|years?|hours?|yrs?)\b)"
    r"[A-Za-z']{4,}(?:\s(?:school|primary|academy|high|infants?|juniors?|nursery))?"
    r"(?:\W*$|,?\s(?:has|hasnt|hasn't|is|isnt|isn't|was|keeps|says|said|told|disclosed|came)\b)"
)
"""`jb 9 norbury`, and `jb 9 norbury has bruises`: who, how old, and where."""
_NAME_AND_INITIAL = re.compile(
    r"(?:^|\b(?:about|re)\s)(?!(?:plan|part|section|option|year|group|type|form|class|level|appendix|annex|schedule)\s)"
    r"[A-Za-z]{3,12}\s[A-Za-z]\.?,\s?(?:aged?\s)?(?:[1-9]|1[0-7])(?:,|\W*$)",
    re.IGNORECASE,
)
"""`tommo b, 9, ...`"""
_A_CHILD = re.compile(
    rf"(?:{_TWO}),?\s(?:a|an|my|our)\s(?:{_CLASS}|\d{{1,2}}\W?(?:years?|yrs?|y/?o)\W?(?:olds?)?)\W?"
    r"(?:\s?(?:boy|girl|pupil|student|child|lad|lass|kid)\b)"
)
"""`GP, a Year 11 girl`: no short form is one."""
_OF_A_PERSON = re.compile(
    r"\b(?:he|she|his|her|him|bruis\w*|self[\s-]?harm\w*|missing|hungry|crying|hit|hits|hurt\w*|mum|dad|pregnant|"
    r"groomed|bullied|abused|running away|excluded|cut|cuts|cutting)\b",
    re.IGNORECASE,
)
_NO_HOUR = re.compile(r"(?<![\d.] )(?<!\d)\b[A-Z]\.[A-Z]\.,\s\d{1,2},")
"""`A.M., 16, from ...` is somebody; `at 9 A.M., 16 May` is an hour."""
_LATIN = frozenset({"eg", "ie", "am", "pm", "nb", "ps"})


def has_person_by_initials(text: str, abbreviations: Collection[str]) -> bool:
    """True for initials with an age, or with a year group or a named school (issue 3, identifier screening).

    `abbreviations` are two capitals that practitioners write every day and that are nobody's initials.
    """
    signs = [bool(pattern.search(text)) for pattern in (_AGE, _YEAR_GROUP, NAMED_SCHOOL, _CHILD)]
    for dotted, plain in _INITIALS.findall(text):
        if plain.lower() in abbreviations or (_bare(dotted) in _LATIN and not _NO_HOUR.search(text)):
            continue
        if signs[0] or sum(signs[1:]) >= (1 if dotted else 2):
            return True
    return False


def stand_as_name(text: str, short_forms: Collection[str]) -> bool:
    """`pupil SR is missing`, `JS in 9B`, `C.J. has bruises`: initials where a name would stand, and no short form."""
    if any(pattern.search(text) for pattern in (_ONE_IN_CLASS, _A_CHILD, _NAME_AND_INITIAL)):
        return True
    for hurried in filter(None, (_HURRIED.search(text), _AGED_AT.search(text))):
        if _bare(hurried["two"]) not in {*short_forms, *_LATIN}:
            return True
    for pattern in (_CHILD_BEFORE, _IN_CLASS, _RELATIVE, _SUFFERS):
        for found in pattern.finditer(text):
            bare = _bare(found["dotted"] or found["plain"])
            if bare in short_forms or bare in _LATIN:
                continue
            if pattern is not _SUFFERS or _OF_A_PERSON.search(found["rest"]):
                return True
    return False


def _bare(initials: str) -> str:
    return initials.replace(".", "").replace(" ", "").lower()
