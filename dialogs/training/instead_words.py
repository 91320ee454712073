"""One colleague instead of another, as people say it: `swap dave for bob`, `bob is going instead of dave`. Pure: what
stands where a name would is held against the people a speaker may act for, and means nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.training.called import NAME

_LEAD = (
    r"(?:(?:sorry|actually|oops|oh|no|wait|ok|hang on|please|can you|could you|can i|can we|i want|i want to|i need to"
    r"|i'd like|i'd like to|just|but|and|so|changed my mind|it's|its|it is|it will be)[,.]? )*"
)
_COURSE = r"(?: (?:on|to|for|at) (?P<course>.+?))?(?: please| now)*"
_HAVE = r"(?:(?:send|book|put|have|let|can|could|may|will) )?"
_GO = r"(?:go|goes|going|come|comes|coming|attend|attends|attending|on|in)"
_GOES = rf"(?:'s|'ll)?(?: (?:is|will|would|can|could|should|to|be|{_GO}))*"
_PLACE = r"(?:place|stead|spot|seat|booking)"
_CANNOT = (
    r"(?: (?:can'?t|cannot|can not|won'?t|will not|(?:isn'?t|is not) able to)(?: be able to)?"
    r" (?:make it|make|come|go|attend|be there|do it)(?: (?:on|to) (?P<course>[\w ]{1,40}?))?"
    r"|(?: is not| isn'?t|'s not) (?:coming|going)|(?: is|'s) (?:ill|away|on leave|(?:off )?sick|off))"
    r"(?: any ?more| now)*"
)
_SO = r"[,.;]? (?:(?:so|but|and|please|can you|could you|can we|can i) )*"
_FOR_THEM = r"(?: (?:on|in|instead|for (?:me|him|her|them)|in (?:my|his|her|their) place))*(?: please)?"
_FORMS = (
    rf"{_HAVE}(?P<goes>{NAME}){_GOES},? (?:instead of|in place of|rather than|(?:and )?not) (?P<out>{NAME}){_COURSE}",
    rf"{_HAVE}(?P<goes>{NAME}){_GOES} in (?P<out>{NAME})(?:'s)? {_PLACE}{_COURSE}",
    rf"(?P<goes>{NAME})(?: is taking| takes| will take| has| gets| will have|'s taking) (?P<out>{NAME})(?:'s)? {_PLACE}"
    rf"{_COURSE}",
    rf"(?:give|pass|hand|transfer) (?:over )?(?P<out>{NAME})(?:'s)? {_PLACE}(?: (?:on|for|at) (?P<course>.+?))?"
    rf" to (?P<goes>{NAME})(?: please| instead)*",
    rf"replace (?P<out>{NAME}) (?:with|by|for) (?P<goes>{NAME})(?: instead)?{_COURSE}",
    rf"(?:sw[ao]p|switch) (?:out (?P<out>{NAME})|(?P<gone>{NAME}) out) (?:for|with) (?P<goes>{NAME}){_COURSE}",
    rf"(?:sw[ao]p|switch) in (?P<goes>{NAME}) for (?P<out>{NAME}){_COURSE}",
    rf"(?P<out>{NAME}){_CANNOT}{_SO}(?:send|put|book|swap me (?:for|with)) (?P<goes>{NAME}){_FOR_THEM}",
    rf"(?P<out>{NAME}){_CANNOT}{_SO}(?:can|could|will) (?P<goes>{NAME}) (?:go|come|attend){_FOR_THEM}",
    rf"(?P<out>{NAME}){_CANNOT}{_SO}(?P<goes>{NAME}){_GOES} instead(?: please)?",
)
_SENDS = tuple(re.compile(_LEAD + form, re.IGNORECASE) for form in _FORMS)
_SWAPS = re.compile(
    rf"{_LEAD}(?:sw[ao]p|switch) (?P<out>{NAME}) (?:over )?(?:for|with|and|by) (?P<goes>{NAME}){_COURSE}", re.IGNORECASE
)
_CHANGES = re.compile(
    rf"{_LEAD}(?:change|sw[ao]p|switch) (?:(?:the|that|this) (?:booking|place) )?(?:from )?(?P<out>{NAME})"
    rf" (?:over )?to (?P<goes>{NAME})(?: instead)?(?: please)?",
    re.IGNORECASE,
)
"""Also said of a date: "change bob to the later one"."""
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
    or_date: bool = False
    """What they change to may be a date as well."""


def read(said: str) -> Order | None:
    """What the words say, on one line; None for any others."""
    if len(said.split()) > LONGEST:
        return None
    found = next((one for form in (*_SENDS, _SWAPS, _CHANGES) if (one := form.fullmatch(said))), None)
    if found is None:
        alone = _ALONE.fullmatch(said)
        return Order(_bare(alone["goes"])) if alone is not None else None
    said_of = {"course": "", "gone": "", **{key: one for key, one in found.groupdict().items() if one}}
    out = said_of.get("out") or said_of["gone"]
    of_either, or_date = found.re is _SWAPS, found.re is _CHANGES
    return Order(_bare(found["goes"]), out, said_of["course"], either=of_either, or_date=or_date)


def _bare(name: str) -> str:
    """The name in "bob'll"."""
    return name[: -len("'ll")] if name.casefold().endswith("'ll") else name


def is_self(name: str) -> bool:
    """True where the speaker speaks of themselves."""
    return name.casefold() in _SELF
