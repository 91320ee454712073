"""What difference a challenge made, which closes it for good: read back before it is recorded, or asked again later."""

from __future__ import annotations

import re

from dialogs.challenges.challenging import DIFFERENCE, IMPACT, ONE, flow_for, impact_question, shown, the_one
from dialogs.choosing import said_stop, said_yes
from dialogs.courtesies import courteous, nods, plain
from dialogs.meanwhile import asks, is_command, meanwhile
from dialogs.not_yet import not_yet
from dialogs.talk import Reply
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import say
from services import challenges
from services.errors import ServiceError

DRAFT = "impact"
"""What was typed as the impact, screened, until a yes records it."""
_FORM = frozenset({"impact", "record impact", "record the impact", "keep it"})

_WANTS = re.compile(
    r"(?:(?:please|ok|now|and|just|can you|could you|i want to|i need to) )*"
    r"(?:(?:show|list|see|view|open|find|display|count|export) (?:me|us|all|every|any|the|my|our|late|challenges)\b.*"
    r"|(?:\w+ ){0,2}(?:challenges|escalations)(?: (?:by|without|with|of|in|at|for|from|per|since)(?: \w+){1,3})?)"
)
"""Orders for a list, however they are put: "challenges by subject"."""


def _wants_something(words: str) -> bool:
    return _WANTS.fullmatch(words) is not None


async def said(turn: Turn) -> Answer | None:
    """The impact in words, read back first. A command typed here is a command, and "later" is an answer."""
    words = plain(turn.said.text).strip(" .?!")
    draft = turn.state.get(DRAFT, "")
    agreed = said_yes(turn.said.text, "record")
    if draft and agreed:
        return await impact(turn.saying(verb=IMPACT, challenge=turn.state.get(ONE, ""), impact=draft))
    if said_stop(words) or not_yet(words):
        return answer(Reply(say("challenge-impact-later", ref=(await the_one(turn)).ref)))
    if words in _FORM:
        return shown(turn, await the_one(turn))
    if agreed is not None or nods(turn.said.text):
        return await _ask_again(turn)
    if courteous(turn.said.text):
        return None
    if asked := await meanwhile(turn, impact_question(await the_one(turn))):
        return asked
    if flow_for(words) or _wants_something(words) or asks(turn.said.text, lessons=True) or is_command(turn):
        return None
    return await _read_back(turn)


async def _ask_again(turn: Turn) -> Answer:
    """A bare yes, no or ok tells no difference."""
    challenge = await the_one(turn)
    return answer(Reply(impact_question(challenge)), **{EXPECT: DIFFERENCE, ONE: str(challenge.id)})


async def _read_back(turn: Turn) -> Answer:
    challenge = await the_one(turn)
    words = challenges.kept_note(turn.said.text, turn.rules) or ""
    state = {EXPECT: DIFFERENCE, ONE: str(challenge.id), DRAFT: words}
    return answer(Reply(say("challenge-impact-sure", ref=challenge.ref, impact=words)), **state)


async def impact(turn: Turn) -> Answer:
    """What difference it made, which ends it. Raises `ServiceError` for a remark that tells none."""
    words = plain(turn.field("impact")).strip(" .?!")
    if said_stop(words) or not_yet(words) or nods(words) or courteous(words):
        raise ServiceError("impact-missing")
    challenge = await challenges.record_impact(
        turn.work,
        turn.known(),
        turn.number("challenge"),
        impact=turn.field("impact"),
        now=turn.now,
        rules=turn.rules,
    )
    return shown(turn, challenge, say("challenge-impact-kept", ref=challenge.ref))
