"""Words beside the point: a greeting, thanks, a yes nobody asked for, a number that is on no list.

They are neither questions nor gaps in the guidance: scolding for them, or counting them for the manager, helps nobody.
"""

from __future__ import annotations

import re

from dialogs import about, guidance
from dialogs.talk import Reply
from dialogs.turn import EXPECT, TOPIC, Answer, Turn, answer
from dialogs.wording import say

_HELLO = re.compile(
    r"(?:hello|hi|hey|hiya|good (?:morning|afternoon|evening|day)|morning|afternoon)(?: (?:there|bot|all))?"
)
_THANKS = re.compile(
    r"(?:(?:ok(?:ay)?|great|brilliant|lovely|perfect|super|cool|no),? )?"
    r"(?:thanks|thank you|many thanks|cheers|ta|thx)(?: (?:very much|so much|a lot|again|for (?:that|your help)))?"
    r"|(?:good)?bye|see you"
)
_ANSWER = re.compile(r"yes|yes please|yep|yeah|y|no|nope|n|please")
_GOOD = re.compile(r"ok(?:ay)?|k|all right|alright|sure|fine|great|good|perfect|lovely|got it|understood|will do")
_IT = r"(?:this|that|it|the answer)"
_HELPED = re.compile(rf"{_IT} helped|{_IT} (?:is|was) helpful|helpful|very helpful")
_UNHELPED = re.compile(
    rf"{_IT} (?:did not|didn't|does not|doesn't) help(?: me)?|{_IT} (?:is|was) (?:not helpful|unhelpful|no help)"
    r"|not helpful|unhelpful|no help|wrong answer"
)
_STOP = re.compile(r"stop|quit|exit|never ?mind|forget it|leave it|enough|abort")
_NUMBER = re.compile(r"\d{1,2}[.)]?")


def courteous(text: str) -> bool:
    """True for a greeting, thanks or a goodbye, and nothing more."""
    said = _plain(text)
    return _HELLO.fullmatch(said) is not None or _THANKS.fullmatch(said) is not None


def nods(text: str) -> bool:
    """True for a bare yes, no, ok or the like."""
    said = _plain(text)
    return _ANSWER.fullmatch(said) is not None or _GOOD.fullmatch(said) is not None


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split()).rstrip(".!")


async def heard(turn: Turn) -> Answer | None:
    """The answer to such words; None for anything else. Where the conversation stood is kept, but for a stop."""
    said = _plain(turn.said.text)
    if _HELLO.fullmatch(said):
        shown = await about.show_help(turn)
        return Answer((Reply(f"{say('hello')}\n{shown.replies[0].text}", shown.replies[0].card),), dict(turn.state))
    if _HELPED.fullmatch(said) and TOPIC in turn.state:
        return await guidance.was_helpful(turn.saying(topic=turn.state[TOPIC]))
    if _UNHELPED.fullmatch(said) and TOPIC in turn.state:
        return await guidance.was_unhelpful(turn.saying(topic=turn.state[TOPIC]))
    if _STOP.fullmatch(said):
        return answer(Reply(say("nothing-to-stop"), suggestions=("help",)))
    key = _key(turn, said)
    return answer(Reply(say(key), suggestions=("help",)), **dict(turn.state)) if key else None


def _key(turn: Turn, said: str) -> str | None:
    if _THANKS.fullmatch(said):
        return "you-are-welcome"
    if _NUMBER.fullmatch(said):
        return "number-not-listed"
    if EXPECT in turn.state and (_ANSWER.fullmatch(said) or _GOOD.fullmatch(said)):
        return "say-which"
    if _GOOD.fullmatch(said):
        return "good"
    return "nothing-asked" if _ANSWER.fullmatch(said) else None
