"""What is told of a challenge without its number: "we still disagree", "go to stage 3", "it was resolved". Pure."""

from __future__ import annotations

import re

from dialogs.choosing import folded

_POLITE = (
    r"(?:(?:please|ok|okay|so|now|well|can|could|may|should|do|we|i|you|i'd|we'd|i'll|we'll|want|need|would|like|have"
    r"|got|to|will|must|had) )*"
)
_MINE = (
    r"(?:it|this|that|things|mine|(?:my|our|the|this|that) (?:challenge|disagreement|escalation|dispute|case|matter))"
)
_NEXT = r"(?:the )?(?:next (?:stage|level|step)|stage (?:\d|one|two|three|four|five))"
_WHEN = r"(?: (?:please|now|then|today|yesterday|(?:since|from|on|as of) .+))*"
_GOES = r"(?:goes|moves|has gone|has moved|is going|is moving|needs to go|needs to move|should go|must go)"
_ORDERS = re.compile(
    rf"{_POLITE}(?:escalate|move|take|push|put|go)(?: {_MINE})?(?: (?:on|up))?(?: (?:to|in|into|at))? {_NEXT}{_WHEN}"
    rf"|{_POLITE}(?:escalate|move|take|push) {_MINE}(?: (?:on|up|further|higher|forward))+{_WHEN}"
    rf"|(?:{_MINE} )?{_GOES} (?:(?:on|up) )?(?:to )?{_NEXT}{_WHEN}"
)
_WE = r"(?:(?:but|and|so|however|though|yet) )?(?:we(?:'re| are)?|i(?:'m| am)?|they(?:'re| are)?)"
_NOT = r"(?:do not|don't|dont|can't|cannot|could not|couldn't|have not|haven't|did not|didn't)"
_WITH = r"(?: (?:with (?:it|them|that|this|their \w+)|on it))?"
_DISAGREE = rf"(?:{_NOT} agreed?|disagree(?:d|ing)?|not (?:agreed|in agreement|happy|satisfied)){_WITH}"
_NO_AGREEMENT = r"(?:but )?(?:there is |there's |there was )?(?:still )?no agreement"
_THEY = r"(?:they|he|she|mash|the mash|the (?:other )?(?:agency|manager|team|police|school|side))(?:'ve| have| has)?"
_ANSWERED = (
    rf"{_THEY} (?:now |just |finally )*(?:answered|replied|responded|come back|came back|got back|written back)"
    r"(?: to (?:us|me))?"
)
_STILL = re.compile(
    rf"{_ANSWERED} (?:{_WE} (?:still )?{_DISAGREE}|{_NO_AGREEMENT})|{_WE} still {_DISAGREE}"
    r"|still (?:no agreement|not agreed|disagree)"
)
_IS = r"(?:is|was|has been|has|got|is now|was now|now)"
_SETTLED = r"(?:resolved|settled|sorted|sorted out|agreed|closed|over|withdrawn)"
_OVER = re.compile(
    rf"(?:(?:good news|ok|okay|so|well|yes|actually|oh) )*(?:{_MINE} (?:{_IS} )+(?:now )?(?:been )?{_SETTLED}"
    rf"|(?:we|they)(?:'ve| have)? (?:now |just |finally )*(?:resolved|settled|sorted|closed)(?: out)? {_MINE}(?: out)?"
    rf"|(?:it's|that's) (?:(?:all|now|been) )*{_SETTLED})"
    r"(?: (?:now|today|yesterday|in the end|at last|thanks|thank you))*"
)


def moves_on(text: str) -> bool:
    """True for an order to go on to another stage, and for "they have answered but we still disagree"."""
    said = folded(text)
    told = "?" not in text
    return told and (_ORDERS.fullmatch(said) is not None or _STILL.fullmatch(said) is not None)


def is_over(text: str) -> bool:
    """True for "it was resolved" and the like: a challenge is over, and how is not said."""
    return "?" not in text and _OVER.fullmatch(folded(text)) is not None
