"""`reopen C-1`: a challenge that has ended stays as it ended. What goes on after it is a new one that refers to it."""

from __future__ import annotations

import re

from dialogs import cards
from dialogs.challenges import challenging
from dialogs.challenges.challenge_log import LOG_ASK
from dialogs.challenges.half_logged import FOLLOWS
from dialogs.talk import Reply
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import say
from services import challenges
from services.errors import ServiceError
from services.model import ChallengeState

_REF = r"(?:challenge\s+(?:c\s?[-–]?\s?)?|c\s?[-–]?\s?)(?P<{name}>\d{{1,9}})"
_LEAD = (
    r"(?:(?:please|pls|ok|okay|so|now|and|but|can|could|would|will|may|should|how|do|to|i|we|you|want|need|like|have"
    r"|must)\s+)*"
)
_DISPUTE = (
    r"(?:(?:old|closed|settled|last|ended)\s+)*(?:challenge|escalation|disagreement|dispute)s?"
    r"(?:\s+(?:that\s+)?(?:i|we|they)\s+(?:have\s+)?\w+)?"
)
_WHICH = rf"(?P<that>it|this|that|(?:my|the|that|this|our)\s+{_DISPUTE})|(?:(?:an?|any|old|closed)\s+)?{_DISPUTE}"
_OPENS = r"(?:re-?\s?open(?:ing)?|un-?\s?close|re-?\s?activate|revive)"
_WHY = r"(?:\s*[:,;–-].*|\s+(?:because|as|since|for|that|which)\s.*)?"
_END = rf"(?:\s+(?:again|up|please|pls|now|today|then))*{_WHY}\W*"
_ORDERS = re.compile(
    rf"{_LEAD}(?:{_OPENS}|open(?=.*\bagain\b))\s+(?:up\s+)?(?:{_REF.format(name='ref')}|{_WHICH}){_END}"
    rf"|{_LEAD}{_REF.format(name='passive')}\s+(?:(?:needs|has|have|should|must|can|could|ought|to|be)\s+)+"
    rf"(?:re-?\s?opened|re-?\s?opening|opened\s+again){_END}",
    re.IGNORECASE | re.DOTALL,
)
_SHOWN = (None, challenging.ONE, challenging.DIFFERENCE)
"""What may be asked beneath a challenge that was just shown."""


async def heard(turn: Turn, text: str) -> Answer | None:
    """Why it is not opened again, and how to log one that follows it; None for words on anything else.

    Without a number it is the one just shown. "Reopen it" where none was shown is about something else. Raises
    `ServiceError` where others read along.
    """
    found = _ORDERS.fullmatch(text)
    if found is None:
        return None
    that = found["that"] or ""
    number = found["ref"] or found["passive"] or (_just_shown(turn) if that else "")
    if not number and that.casefold() in ("it", "this", "that"):
        return None
    if not turn.personal:
        raise ServiceError("personal-only")
    if number:
        return await stays(turn.saying(verb=challenging.OPEN, challenge=number))
    return answer(Reply(say("challenges-stay-closed"), suggestions=("log a challenge",)))


def _just_shown(turn: Turn) -> str:
    """The challenge that was shown last; empty where something else was asked since."""
    return turn.state.get(challenging.ONE, "") if turn.state.get(EXPECT) in _SHOWN else ""


async def stays(turn: Turn) -> Answer:
    """The challenge as it stands, with what can be done instead of opening it again."""
    challenge = await challenges.find(turn.work, turn.known(), turn.number("challenge"))
    if challenge.state is ChallengeState.OPEN:
        return challenging.shown(turn, challenge, say("challenge-open-still", ref=challenge.ref))
    log = cards.button("Log a new challenge", LOG_ASK, style="positive", **{FOLLOWS: challenge.id})
    return challenging.shown(turn, challenge, say(f"challenge-stays-{challenge.state.value}", ref=challenge.ref), [log])
