"""`can i just ring`, `whats the number again`, `after 5?`: whom to phone, whatever page was read before."""

from __future__ import annotations

import re

from dialogs.choosing import folded
from dialogs.guidance import replies
from dialogs.turn import EXPECT, Answer, Turn
from services.understanding import Outcome, Understanding

CONTACTS = "who-to-call"
_NOT_ABOUT_CALLS = frozenset({"training", "bot"})
"""Groups of pages after which "after 5?" is asked of a session or of this bot."""
_LEAD = r"(?:(?:ok|okay|so|and|n|but|right|cool|or|sorry|then|actually|please|thanks|ta|wait) )*"
_END = r"(?: (?:again|please|pls|then|now|instead|for (?:that|it|them|this)|first|though|tho))*"
_CALL = r"(?:ring|phone|call|telephone)"
_RINGS = re.compile(
    rf"{_LEAD}(?:can|could|should|shall|may|do|cant|can't|cannot) (?:i|we) (?:not )?(?:just |simply )?"
    rf"(?:{_CALL}|give (?:someone|somebody|them) a (?:ring|call))"
    rf"(?: (?:someone|somebody|anyone|anybody|them|in|up))?{_END}"
)
_NUMBER = (
    r"(?:(?:the|that|their|your|a|mash|golden) )*(?:phone |telephone |contact |golden )?numbers?"
    rf"(?: (?:to|i|we|should|can|for) (?:\w+ )?{_CALL})?"
)
_ASKS_NUMBER = re.compile(
    rf"{_LEAD}(?:(?:what's|whats|what is|what was|what are|where is|wheres|where's|give me|gimme|i need|need|send me"
    r"|have you got|do you have|can i have|can you give me|whats) )?"
    rf"{_NUMBER}{_END}|{_LEAD}(?:what|which) number (?:do|should|can|shall) (?:i|we) {_CALL}{_END}"
)
_LATE = re.compile(
    rf"{_LEAD}(?:(?:what|how) about |what if (?:it's|its|it is) )?"
    r"(?:(?:after|past|before) (?:\d{1,2}|five|six|eight|nine|hours)(?: ?(?:am|pm|o'clock|oclock))?"
    rf"|out of (?:office )?hours|(?:at|on|over) (?:night|weekends?|the weekend)|evenings?|bank holidays?){_END}"
)


async def heard(turn: Turn, understood: Understanding) -> Answer | None:
    """Whom to call and when; None for words that name anything, and where the guide knows an order in them."""
    if understood.outcome is Outcome.COMMAND or turn.rules.pack.article(CONTACTS) is None:
        return None
    said = folded(turn.said.text)
    if _RINGS.fullmatch(said) or _ASKS_NUMBER.fullmatch(said) or (_LATE.fullmatch(said) and _may_call(turn)):
        return await replies.answer_question(turn, CONTACTS)
    return None


def _may_call(turn: Turn) -> bool:
    """True after a page, and no question of ours: elsewhere an hour is one of a session or of a form."""
    read = turn.rules.pack.article(turn.read_last or "")
    return read is not None and read.group not in _NOT_ABOUT_CALLS and EXPECT not in turn.state
