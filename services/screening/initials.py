"""A person given by initials, age and school: enough to know a child by. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection

_DOTTED = r"(?<![A-Za-z.])[A-Z]\.\s?[A-Z]\.?(?![A-Za-z])"
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
_SCHOOL = re.compile(
    r"\b(?:[A-Z][\w'’.-]+\s)+(?i:school|primary|secondary|academy|college|nursery|pre-?school|infants?|juniors?|high|"
    r"grammar|playgroup|university|sixth form)\b|\b(?:at|attends|goes to|from|in)\s(?:st|saint)\s[A-Z]\w+",
)
_CHILD = re.compile(r"\b(?:boy|girl|child|kid|pupil|student|baby|tutee|lad|son|daughter|initials)\b", re.IGNORECASE)
_LATIN = frozenset({"eg", "ie", "am", "pm", "nb", "ps"})


def has_person_by_initials(text: str, abbreviations: Collection[str]) -> bool:
    """True for initials with an age, or with a year group or a named school (issue 3, identifier screening).

    `abbreviations` are two capitals that practitioners write every day and that are nobody's initials.
    """
    signs = [bool(pattern.search(text)) for pattern in (_AGE, _YEAR_GROUP, _SCHOOL, _CHILD)]
    for dotted, plain in _INITIALS.findall(text):
        if dotted.replace(".", "").replace(" ", "").lower() in _LATIN or plain.lower() in abbreviations:
            continue
        if signs[0] or sum(signs[1:]) >= (1 if dotted else 2):
            return True
    return False
