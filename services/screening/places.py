"""Where somebody lives: a numbered home in a named street, or a full postcode. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_NUMBER = r"(?:no\.?\s?|number\s)?\d{1,4}\s?[a-fA-F]?"
_NOT_INSIDE = r"(?<![\d/.:£-])\b"
_NOT_COUNTING = r"(?<!this )(?<!that )(?<!the )(?<!a )(?<!an )(?<!my )(?<!our )(?<!your )(?<!her )(?<!his )(?<!these )"
"""A number after these counts something: `this 40 page court bundle`."""
_NOT_A_PAPER = (
    r"(?!\s(?:bundles?|orders?|reports?|hearings?|dates?|cases?|papers?|documents?|proceedings|forms?|forward)\b)"
)
_FLAT = re.compile(
    r"\b(?:flat|apartment|apt|unit|room)\s(?:no\.?\s?)?\d{1,4}[a-z]?\b[,\s]+"
    r"(?:at\s|of\s)?(?:\d{1,4}[a-z]?\b|[A-Z][a-z]+\s)"
)
_LIVES_AT = re.compile(
    r"\b(?:lives?|living|lived|resid\w+|stays|staying|moved|address(?:es)?|home|house|based)\b[^\d\n.?!]{0,25}"
    rf"\b(?:at|is|:|to)\s*:?\s*(?:flat\s\d+\w?,?\s)?{_NUMBER},?\s"
    r"(?!year|yr|day|week|month|o'?clock|%|am|pm)[A-Za-z'’]{3,}\s[A-Za-z'’]{2,}",
    re.IGNORECASE,
)
_NAMED_STREET = (
    r"(?:[A-Z][a-z'’]+\s){1,2}(?i:road|rd|street|avenue|ave|close|drive|crescent|gardens|way|mews|terrace|grove)\b"
)
_AT_HOME = r"\b(?i:lives?|living|lived|stays|staying|resid(?:es|ing)|moved|home is|house is|flat is|address is)\s"
_WITH = r"(?:(?:alone|with(?:\s\w+){1,3})\s)?"
_STREET_OF_HOME = re.compile(_AT_HOME + _WITH + r"(?:on|in|at|to|off|down)\s" + _NAMED_STREET)
_HOUSE_IN_STREET = re.compile(r"\b(?i:house|flat|family|households?)\s(?:on|in|at|off|down)\s" + _NAMED_STREET)
# A lane or a hill may be a district that is known by it: one lives in Rayners Lane, but on or off Kenton Lane.
_ON_STREET = re.compile(
    _AT_HOME + _WITH + r"(?:on|off|down|along)\s(?P<named>(?:[A-Za-z'’]+\s){1,3})"
    r"(?:(?i:road|rd|street|avenue|ave|close(?!\sto)|drive|crescent|gardens|mews|terrace|grove|lane|hill)|"
    r"Way|Place|Rise|Walk|View|Square|Row|Parade|Court|Broadway|Vale)\b"
)
_NUMBER_AFTER = re.compile(rf"\b{_NAMED_STREET},?\s(?:at\s)?(?i:no\.?|number)\s?\d")
_NUMBER_BEFORE = re.compile(
    r"\b(?i:house|home|flat|door|no\.?|number)\s(?:(?i:no\.?|number)\s)?\d{1,4}[a-z]?\s(?:on|in|of|down)\s"
    + _NAMED_STREET
)
_POSTCODE = re.compile(r"\b([A-Za-z]{1,2}\d[A-Za-z\d]?) ?(\d)([ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2})\b")
_ORDINALS = frozenset({"st", "nd", "rd", "th"})


class AddressFinder:
    """Finds street addresses, in capitals or typed in a hurry."""

    def __init__(self, streets: Iterable[str], counted: Collection[str], any_street: Collection[str]) -> None:
        """`streets` are kinds of street (`road`, `mews`); `counted` words follow a number without naming a street.

        Neither do those of `any_street` before a kind name one: `the main road`.
        """
        self._any_street = frozenset(any_street)
        kinds = "|".join(sorted(streets))
        self._counted = frozenset(counted)
        self._capitals = re.compile(
            rf"{_NOT_INSIDE}{_NUMBER},?\s(?:[A-Z][A-Za-z'’-]+\s){{1,3}}(?i:{kinds})\b"
            rf"|\b{_NUMBER},?\sThe\s[A-Z][a-z]+\b"
        )
        self._hurried = re.compile(
            rf"{_NOT_INSIDE}{_NOT_COUNTING}{_NUMBER},?\s((?:[a-z'’-]{{3,}}\s){{1,2}})(?:{kinds})\b{_NOT_A_PAPER}",
            re.IGNORECASE,
        )

    def has_address(self, text: str) -> bool:
        """True for a numbered home in a named street, or a street that somebody is said to live in."""
        telling = (self._capitals, _FLAT, _STREET_OF_HOME, _HOUSE_IN_STREET, _NUMBER_AFTER, _NUMBER_BEFORE)
        if any(pattern.search(text) for pattern in telling):
            return True
        if any(self._any_street.isdisjoint(street["named"].lower().split()) for street in _ON_STREET.finditer(text)):
            return True
        named = self._hurried.findall(text)
        if named and _LIVES_AT.search(text):
            return True
        return any(not self._counted & set(words.lower().split()) for words in named)


def has_postcode(text: str, areas: Collection[str], ours: Iterable[str] = ()) -> bool:
    """True for a full postcode of one of `areas` that is not one of `ours`. A district alone (HA1) finds nobody."""
    published = {code.replace(" ", "").lower() for code in ours}
    for outward, digit, letters in _POSTCODE.findall(text.replace("\u00a0", " ")):
        area = re.sub(r"\d.*", "", outward).lower()
        if area in areas and letters.lower() not in _ORDINALS and (outward + digit + letters).lower() not in published:
            return True
    return False
