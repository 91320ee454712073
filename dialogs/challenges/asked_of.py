"""Questions about one challenge: "when is C-1 due", "who is it with", "what was the impact of C-1". Answered by showing
it, with who acts now above it where that is asked."""

from __future__ import annotations

import re

from dialogs.challenges import challenging
from dialogs.challenges.challenge_log import LOGGED
from dialogs.challenges.challenge_words import stage_name
from dialogs.turn import Answer, Turn
from dialogs.wording import say
from services import challenges
from services.errors import ServiceError
from services.model import Challenge, ChallengeState

_ASKS = r"(?:(?:so|and|please|ok)\s+)*(?:by\s+when|when|who|whom|what|where|how|is|has|was)(?:['’]?s)?\b"
_OF_ONE = re.compile(
    rf"{_ASKS}(?:\s+\w+){{0,5}}?\s+(?:challenge\s+(?=\d)|c-?(?=\d))(?P<number>\d{{1,9}})(?:\s+\w+){{0,5}}\W*",
    re.IGNORECASE,
)
_OF_IT = re.compile(
    rf"{_ASKS}(?:\s+\w+){{0,3}}?\s+(?:it|this|that|(?:my|our|the|this|that) (?:challenge|escalation))"
    r"(?:\s+\w+){0,3}\W*",
    re.IGNORECASE,
)
_MATTERS = re.compile(
    r"\b(?:due|with|limit|deadline|answer\w*|late|overdue|stage|stand\w*|end\w*|impact|difference|outcome|settled|closed"
    r"|run out|runs out|dealing|about)\b",
    re.IGNORECASE,
)
"""What can be asked of one. "Is it confidential" asks something else."""
_WITH = re.compile(r"\bwho\w*\b|\bwith\b", re.IGNORECASE)


async def heard(turn: Turn, text: str) -> Answer | None:
    """The challenge that is asked about; None for words that ask of none."""
    if _MATTERS.search(text) is None:
        return None
    named = _OF_ONE.fullmatch(text)
    number = named["number"] if named else shown_last(turn) if _OF_IT.fullmatch(text) else ""
    if not number:
        return None
    if not turn.personal:
        raise ServiceError("personal-only")
    challenge = await challenges.find(turn.work, turn.known(), int(number))
    return challenging.shown(turn, challenge, _with_whom(turn, challenge) if _WITH.search(text) else "")


def shown_last(turn: Turn) -> str:
    """The challenge that was shown, asked about or logged just now; empty where none was."""
    return turn.state.get(challenging.ONE, "") or turn.state.get(LOGGED, "") if turn.personal else ""


def _with_whom(turn: Turn, challenge: Challenge) -> str:
    stage = turn.rules.pack.partnership.escalation.stage(challenge.stage)
    if stage is None or challenge.state is not ChallengeState.OPEN:
        return ""
    name = stage_name(turn, challenge.stage)
    return say("challenge-with", ref=challenge.ref, number=stage.number, name=name, who=stage.who.value)
