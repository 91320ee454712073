"""`calendar`, `add it to my outlook`: where the calendar file of a booking is. Without e-mail there is none."""

from __future__ import annotations

import re

from dialogs.choosing import folded
from dialogs.talk import Reply
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say

_CALENDAR = r"(?:(?:outlook|google|teams|ical|work|phone)(?: calendar)?|calendar|diary)"
_FILE = r"(?:file|entry|entries|invite|invites|invitation|invitations|link|event|attachment|appointment|reminder)"
_IT = (
    r"(?:it|that|this|them|these|my (?:bookings?|places?|dates?|course|courses|forum|training|sessions?)"
    r"|the (?:bookings?|dates?|course|courses|forum|training|sessions?))"
)
_POLITE = (
    r"(?:(?:please|and|so|ok|okay|can|could|will|would|do|does|did|i|we|you|to|want|need|like|id|i'd|get|got|have|give"
    r"|send|me|show|where|where's|wheres|is|there|how|download|find|see|resend|again|just) )*"
)
_ASKS = re.compile(
    rf"{_POLITE}(?:(?:the|a|an|my|any) )?(?:{_CALENDAR} {_FILE}|(?:ics|ical)(?: file)?)"
    r"(?: (?:please|again|for (?:it|that|this)|sent|come|to me))*"
    r"|(?:my |in my |download (?:the |my )?)?(?:outlook )?(?:calendar|diary)(?: please)?"
    rf"|{_POLITE}(?:add|put|save|export|sync|send|email|place|go|come|be|show|stick|pop)(?: {_IT})?"
    rf" (?:up )?(?:in|into|to|on|with) (?:my|our|the) {_CALENDAR}(?: (?:automatically|please|too|as well|for me))*"
    rf"|(?:is|are|will|was) {_IT} (?:be )?(?:already |now )?(?:in|on|added to|put in|put into) (?:my|our) {_CALENDAR}"
    r"(?: (?:automatically|now|already|yet))*"
)
"""The whole message. A calendar of somebody else's, or of what the partnership does, is another question."""


def asks(text: str) -> bool:
    """True for words that ask for the calendar entry of one's own bookings. Pure."""
    return _ASKS.fullmatch(folded(text)) is not None


async def heard(turn: Turn) -> Answer | None:
    """Where the file is; None for words on something else. The talk stands where it stood."""
    if not turn.personal or turn.person is None or not asks(turn.said.text):
        return None
    key = "calendar-by-mail" if turn.by_mail else "calendar-no-address" if turn.rules.by_mail else "calendar-no-mail"
    return answer(Reply(say(key), suggestions=("my bookings",)), **dict(turn.state))
