"""Words that were not understood and yet ask nothing of the guidance: they are no gap for the office to close. Pure."""

from __future__ import annotations

import re

from dialogs.choosing import folded
from dialogs.judgements import displeased, pleased

_WORD = re.compile(r"[\w']+")
_ASKS = frozenset(
    _WORD.findall(
        "what who whom whose which when where why how do does did can could is are should must may would will if"
    )
)
_LITTLE = frozenset(
    _WORD.findall(
        "a about again all also am an and any as at be been but by for from get go got had has have he her him his i "
        "i'm im in into is it it's its just me mine my no not now of off ok okay on one or our out please she so some "
        "sorry than that that's thats the their them then there they this those to too up us was we well were whats "
        "what's with yes you your"
    )
)
_THANKS = frozenset({"thanks", "thank", "thx", "thankyou", "cheers", "ta", "ty", "tysm"})
_ORDER = re.compile(
    r"(?:please |can you |could you )?(?:show|open|list|mark|clear|delete|remove|undo|send|close|answer|do)(?: me)?"
    r"(?: (?:it|this|that|these|those|them|the|as|all|first|second|third|last|next|\d+|list|ones?|done|dealt|with"
    r"|off))*"
)
"""An order about what was shown, that names nothing."""
_FEW = 7
"""Words. Thanks with more behind them may hold a question."""


def asks_nothing(text: str) -> bool:
    """True for `when`, `thats mine`, `cheers duck thats us done`, `clear that list` and the like."""
    said = folded(text)
    words = said.split()
    if all(word in _LITTLE or word in _ASKS for word in words):
        return True
    if _ORDER.fullmatch(said) or pleased(text) or displeased(text):
        return True
    return words[0] in _THANKS and len(words) <= _FEW and _ASKS.isdisjoint(words) and "?" not in text
