"""One colleague instead of another, as people say it: `swap dave for bob`, `bob is going instead of dave`. Pure: what
stands where a name would is held against the people a speaker may act for, and means nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.training.called import NAME

_LEAD = (
    r"(?:(?:sorry|actually|oops|oh|no|wait|ok|hang on|please|can you|could you|can i|can we|i want|i want to|i need to"
    r"|i'd like|i'd like to|just|but|and|so|changed my mind)[,.]? )*"
)
_COURSE = r"(?: (?:on|to|for|at) (?P<course>.+?))?(?: please)?"
_HAVE = r"(?:(?:send|book|put|have|let|can|could|may|will) )?"
_GOES = r"(?: (?:is|will|would|can|could|should|to|be|go|goes|going|come|comes|coming|attend|attends|attending|on|in))*"
_PLACE = r"(?:place|stead|spot|seat|booking)"
_CANNOT = (
    r"(?:can'?t|cannot|can not|won'?t|will not|isn'?t able to|is not able to)(?: be able to)?"
    r" (?:make it|make|come|go|attend|be there|do it)(?: (?:on|to) (?P<course>[\w ]{1,40}?))?(?: any ?more| now)*"
)
_SO_SEND = r"[,.;]? (?:(?:so|but|and|please|can you|could you|can we|can i) )*(?:send|put|book|swap me (?:for|with))"
_FORMS = (
    rf"{_HAVE}(?P<goes>{NAME}){_GOES} (?:instead of|in place of|rather than) (?P<out>{NAME}){_COURSE}",
    rf"{_HAVE}(?P<goes>{NAME}){_GOES} in (?P<out>{NAME})(?:'s)? {_PLACE}{_COURSE}",
    rf"(?:give|pass|hand|transfer) (?:over )?(?P<out>{NAME})(?:'s)? {_PLACE}(?: (?:on|for|at) (?P<course>.+?))?"
    rf" to (?P<goes>{NAME})(?: please| instead)*",
    rf"replace (?P<out>{NAME}) (?:with|by|for) (?P<goes>{NAME})(?: instead)?{_COURSE}",
    rf"(?P<out>{NAME}) {_CANNOT}{_SO_SEND} (?P<goes>{NAME})"
    r"(?: (?:on|in|instead|for (?:me|him|her|them)|in (?:my|his|her|their) place))*(?: please)?",
)
_SENDS = tuple(re.compile(_LEAD + form, re.IGNORECASE) for form in _FORMS)
_SWAPS = re.compile(
    rf"{_LEAD}(?:sw[ao]p|switch) (?P<out>{NAME}) (?:over )?(?:for|with|to|and|by) (?P<goes>{NAME}){_COURSE}",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"{_LEAD}{_HAVE}(?P<goes>{NAME}){_GOES} instead(?: of (?:him|her|them))?(?: please)?", re.IGNORECASE
)
_SELF = frozenset({"i", "me", "my", "myself"})
LONGEST = 16
"""Words. What is longer tells something else as well."""


@dataclass(frozen=True, slots=True)
class Order:
    """Who goes, and who does not, as they were named; nobody is named whose place it is in `ivan instead`."""

    goes: str
    out: str = ""
    course: str = ""
    either: bool = False
    """`swap dave for bob` is said of either of them."""


def read(said: str) -> Order | None:
    """What the words say, on one line; None for any others."""
    if len(said.split()) > LONGEST:
        return None
    found = next((one for form in (*_SENDS, _SWAPS) if (one := form.fullmatch(said))), None)
    if found is not None:
        return Order(found["goes"], found["out"], found["course"] or "", either=found.re is _SWAPS)
    alone = _ALONE.fullmatch(said)
    return Order(alone["goes"]) if alone is not None else None


def is_self(name: str) -> bool:
    """True where the speaker speaks of themselves."""
    return name.casefold() in _SELF
