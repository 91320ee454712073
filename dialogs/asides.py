"""Words beside the point: a greeting, thanks, a yes nobody asked for, a number that is on no list.

They are neither questions nor gaps in the guidance: scolding for them, or counting them for the manager, helps nobody.
"""

from __future__ import annotations

import re

from dialogs import about, guidance
from dialogs.courtesies import answers, approves, greets, nods, plain, thanks
from dialogs.talk import Reply
from dialogs.turn import EXPECT, TOPIC, Answer, Turn, answer
from dialogs.wording import say

_IT = r"(?:this|that|it|the answer)"
_HELPED = re.compile(rf"{_IT} helped|{_IT} (?:is|was) helpful|helpful|very helpful")
_UNHELPED = re.compile(
    rf"{_IT} (?:did not|didn't|does not|doesn't) help(?: me)?|{_IT} (?:is|was) (?:not helpful|unhelpful|no help)"
    r"|not helpful|unhelpful|no help|wrong answer"
)
_STOP = re.compile(r"stop|quit|exit|never ?mind|forget it|leave it|enough|abort")
_NUMBER = re.compile(r"\d{1,2}[.)]?")


async def heard(turn: Turn) -> Answer | None:
    """The answer to such words; None for anything else. Where the conversation stood is kept, but for a stop."""
    said = plain(turn.said.text)
    if greets(said):
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
    if thanks(said):
        return "you-are-welcome"
    if _NUMBER.fullmatch(said):
        return "number-not-listed"
    if EXPECT in turn.state and nods(said):
        return "say-which"
    if approves(said):
        return "good"
    return "nothing-asked" if answers(said) else None
