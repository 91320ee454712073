"""What somebody says on the way through the levels that is no choice: not sure, one back, from the start. Pure."""

from __future__ import annotations

import re
from enum import StrEnum

from dialogs.choosing import folded


class Aside(StrEnum):
    """What these words want of the walk-through."""

    UNSURE = "unsure"
    BACK = "back"
    ANEW = "anew"


_LEAD = (
    r"(?:(?:oh|um|er|hm|hmm|ok|okay|well|honestly|actually|sorry|no|please|to be honest|im|i'm|i am|i|it is|it's|its"
    r"|let me|lets|let's|can (?:i|we|you)|could (?:i|we|you)|i(?:'d| would) like to|i (?:want|need) to) )*"
)
_END = r"(?: (?:please|now|then|again|yet|either|thanks|sorry|to be honest))*"
_WHICH = (
    r"(?: (?:which|what|about (?:it|that|this|any of (?:it|them|these|those)))"
    r"(?: (?:one|part|level|it is|to (?:pick|choose|say)|that is))*)?"
)
_UNSURE = re.compile(
    rf"{_LEAD}(?:not (?:too |really |quite |so |very |entirely |at all )?(?:sure|certain)|unsure|undecided"
    r"|(?:really )?(?:don't|dont|do not) know|dunno|idk|no idea|(?:haven't|have) (?:a clue|no clue|no idea)|no clue"
    r"|hard to (?:say|tell)|(?:can't|cant|cannot) (?:say|tell|decide|choose)|not clear|unclear|all of (?:them|these|it)"
    r"|(?:could be )?(?:both|either|any|several|more than one)"
    r"|(?:somewhere )?(?:in )?between(?: (?:two|the two|levels|them))*)"
    rf"{_WHICH}{_END}"
    rf"|{_LEAD}(?:(?:maybe|perhaps|probably|either|somewhere|between|level) )*\d (?:or|and|to) (?:level )?\d{_END}"
    r"|what (?:do|does|did) (?:you|that|this|it|the question) mean(?: by (?:that|this|it))?"
    r"|what(?:'s| is|s) the difference(?: between (?:them|these|the levels|the parts))?"
    r"|(?:i )?(?:don't|dont|do not) (?:understand|get it|get the question|understand the question)"
)
_STEP = r"(?:step|question|page)"
_BACK = re.compile(
    rf"{_LEAD}(?:go |take me |one |a )*(?:back|step back)"
    rf"(?: (?:one|a|1)(?: {_STEP})?| to (?:the )?(?:last|previous)(?: (?:one|{_STEP}))?)?{_END}"
    rf"|{_LEAD}(?:the )?(?:previous|last) {_STEP}{_END}"
    rf"|another|another (?:part|level)|again|undo{_END}"
)
_ANEW = re.compile(
    rf"{_LEAD}(?:(?:go |do it |do this |start |begin )*(?:from|to|at) (?:the )?(?:start|beginning|top)"
    r"|(?:re ?start|start (?:it |this )?(?:all )?(?:again|over|afresh|anew)|begin again|reset)"
    r"(?: from (?:the )?(?:start|beginning))?"
    rf"|back to (?:the )?(?:start|beginning|top)){_END}"
)


def aside(text: str) -> Aside | None:
    """What these words want of the walk-through; None for a choice, and for words about something else."""
    said = folded(text)
    # "back to the start" is from the start, and not one back
    forms = ((Aside.ANEW, _ANEW), (Aside.BACK, _BACK), (Aside.UNSURE, _UNSURE))
    return next((one for one, form in forms if form.fullmatch(said)), None)
