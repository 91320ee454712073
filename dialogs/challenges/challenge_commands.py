"""Challenges in words, by their reference: `settle C-2`, `C2 moved to stage 2`, `C2`. What is typed names which.

The last challenge shown does not matter here: `outcome C-2` after C-1 was shown is about C-2. What follows the order
says how it ended, or is the note that is kept beside that.
"""

from __future__ import annotations

import re

from dialogs.challenges import asked_of, challenge_impact, challenging, endings, moving, reopening
from dialogs.challenges.challenge_log import LOGGED
from dialogs.choosing import folded
from dialogs.guidance import escalating
from dialogs.turn import EXPECT, Answer, Turn
from dialogs.wording import say
from services import challenges
from services.errors import ServiceError
from services.model import Challenge, ChallengeOutcome, ChallengeState

_REF = r"(?:challenge\s+)?c\s?[-–]?\s?(?P<challenge>\d{1,9})"
_OVER = r"(?:settled|closed|resolved|withdrawn|over|done|outcome)"
_REST = r"(?:\s*[:,;–-]\s*|\s+(?:because|as|since|for)\s+)(?P<rest>\S.*)"
_ENDS = re.compile(
    rf"(?:please\s+)?(?:(?:settle|close|end|finish|resolve|withdraw|drop|cancel|done|settled|"
    rf"(?:record\s+)?(?:the\s+)?outcome(?:\s+(?:of|for|on))?)\s+{_REF}"
    rf"|(?P<named>challenge\s+\d{{1,9}}|c\s?[-–]?\s?\d{{1,9}})\s+(?:(?:is|was|has been|now)\s+)*{_OVER})"
    rf"(?:{_REST})?\W*",
    re.IGNORECASE | re.DOTALL,
)
_STAGE = r"(?:the\s+)?(?:next\s+(?:stage|level)|stage\s+\w+)\b"
_MOVES = re.compile(
    rf"(?:please\s+)?(?:(?:move|take|escalate|push|put)\s+{_REF}\s+(?:(?:(?:on|up|in|to|into)\s+)*{_STAGE}"
    rf"|(?:on|up|further|forward)\b)|(?P<named>challenge\s+\d{{1,9}}|c\s?[-–]?\s?\d{{1,9}})\s+"
    rf"(?:(?:has|was|is|been|now|we|moved?|moves|gone|goes|went|escalated|taken|passed|on|up|in|at|to|into)\s+)*{_STAGE})"
    r".*",
    re.IGNORECASE | re.DOTALL,
)
_ESCALATES = re.compile(
    rf"(?:please\s+)?(?:escalate|move)\s+{_REF}\W*|(?P<named>challenge\s+\d{{1,9}}|c\s?[-–]?\s?\d{{1,9}})\W+"
    r"(?:please\s+)?(?:escalated?|escalates|move(?:s|d)? on|take (?:it )?(?:up|on|further)|further|onward)\W*",
    re.IGNORECASE,
)
_OVER_NOW = re.compile(
    r"(?:it(?:'s| is| was| has been| got)? )?(?:now )?(?:the )?(?:outcome|settled|resolved|sorted)(?: now)?"
)
_POINTS = r"(?:of|on|for|about|with|to|from|in)"
_TELLS = r"(?:details|status|state|story|latest|history|progress|position|news|update|updates|outcome|word)"
_ASKS_OF = (
    r"(?:open|show|see|view|read|find|display|look\s+at)(?:\s+(?:me|up))*"
    rf"(?:\s+(?:the\s+)?{_TELLS}\s+{_POINTS})?|(?:tell|remind)\s+me(?:\s+(?:more|all|everything))?\s+(?:about|of)"
    rf"|(?:what(?:'s|s|\s+is|\s+has|\s+was)?\s+(?:the\s+)?(?:{_TELLS}|happen(?:ed|ing|s)|become|became|came|going\s+on|new)"
    rf"|(?:is\s+there\s+)?(?:any\s+|the\s+)?{_TELLS})\s+{_POINTS}|what(?:'s|s|\s+is|\s+was)|(?:what|how)\s+about"
    r"|how(?:'s|s|\s+is|\s+did|\s+does|\s+was)|where\s+(?:is|are\s+we\s+(?:with|on)|do\s+we\s+stand\s+(?:with|on)|does)"
)
_SHOWS = re.compile(
    rf"(?:(?:please|pls|can|could|would|will|you|i|we|may)\s+)*(?:(?:{_ASKS_OF})\s+)?(?:{_REF}|challenge\s+(?P<named>\d{{1,9}}))"
    r"(?:\s+(?:go|going|end|ended|stand|doing|getting\s+on|up\s+to|at|about|please|pls|now|then|so\s+far|today))*\W*",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"(?:please\s+|(?:can|could|how (?:do|can)) i\s+)*(?:change|edit|correct|amend|fix|delete|remove|erase)\s+"
    rf"(?:the\s+)?(?:\w+\s+){{0,2}}?(?:(?:of|on|in|for)\s+)?{_REF}(?:\s+(?:to|from)\b.*)?\W*",
    re.IGNORECASE | re.DOTALL,
)
_IT = r"(?:it|this|that|(?:that|this|the) one|(?:my|our|the|this|that) challenge)"
_WRONG = (
    rf"(?:{_IT} )?(?:(?:twice|wrong|wrongly|by mistake|in error|by accident)"
    r"|(?:(?:with|under|for|on|as|at) )?the wrong \w+)"
)
_LOGGED_WRONG = re.compile(
    r"(?:(?:oh|oops|sorry|no|wait|please|pls|can you|could you|can i|i want to|i need to)[ ,.]+)*"
    rf"(?:(?:delete|remove|bin|erase|undo|change|edit|correct|amend|fix|get rid of|take back) {_IT}"
    rf"|(?:i|we|i've|we've|i have) (?:logged|put|put in|entered|gave|picked|chose|recorded|filed|typed) {_WRONG}"
    rf"|{_IT}(?:'s| is| was| has)(?: been)? (?:(?:logged|recorded) {_WRONG}|a (?:mistake|duplicate)|logged twice"
    r"|(?:the )?wrong (?:day|date|agency|stage|subject))|the (?:day|date|agency|stage|subject) (?:is|was) wrong)"
    r"(?:(?:[ ,.;:]+|\b).*)?"
)
"""What was logged is to be changed, of the challenge that was logged or shown just now."""
_WITHDRAWS = re.compile(r"\b(?:withdraw|withdrawn|drop)\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


async def heard(turn: Turn) -> Answer | None:
    """The answer to a command about a challenge that it names; `None` when the words are about something else."""
    text = " ".join(turn.said.text.split()).replace("’", "'")
    ends = _ENDS.fullmatch(text)
    moves = None if ends else _MOVES.fullmatch(text) or _ESCALATES.fullmatch(text)
    found = ends or moves or _SHOWS.fullmatch(text)
    if found is None:
        return await _otherwise(turn, text)
    if not turn.personal:
        raise ServiceError("personal-only")
    named = turn.saying(verb=challenging.OPEN, challenge=_number(found))
    if ends is None and moves is None:
        return await challenging.open_one(named)
    challenge = await challenges.find(turn.work, turn.known(), named.number("challenge"))
    if challenge.state is not ChallengeState.OPEN or (moves and not _moves_on(challenge, text)):
        return await challenging.open_one(named)
    if ends is None:
        return await moving.onward(turn.saying(text), challenge)
    note = ends["rest"] or ""
    if note and _WITHDRAWS.search(text[: ends.start("rest")]):
        return await challenging.end(turn, challenge, ChallengeOutcome.WITHDRAWN.value, note)
    if told := challenging.outcome_and_note(note):
        return await challenging.end(turn, challenge, *told)
    return challenging.ask_outcome(challenge, challenges.kept_note(note, turn.rules) or "")


async def _otherwise(turn: Turn, text: str) -> Answer | None:
    for hear in (reopening.heard, _to_change, asked_of.heard, _impact_said):
        if (answered := await hear(turn, text)) is not None:
            return answered
    return await _of_logged(turn)


async def _to_change(turn: Turn, text: str) -> Answer | None:
    """`delete C-1`, `change the date of C-1` and `i logged the wrong day`: how it stands, and what can be done."""
    found = _CHANGES.fullmatch(text)
    of_it = turn.state.get(EXPECT) in (None, challenging.ONE) and _LOGGED_WRONG.fullmatch(text.casefold())
    number = _number(found) if found else asked_of.shown_last(turn) if of_it else ""
    if not number:
        return None
    if not turn.personal:
        raise ServiceError("personal-only")
    challenge = await challenges.find(turn.work, turn.known(), int(number))
    return challenging.shown(turn, challenge, say("challenge-as-logged", ref=challenge.ref))


async def _impact_said(turn: Turn, text: str) -> Answer | None:
    """`impact C-1: they ring us now`: read back, once the outcome is there."""
    named = challenge_impact.impact_of(text)
    if named is None:
        return None
    if not turn.personal:
        raise ServiceError("personal-only")
    number, words = named
    challenge = await challenges.find(turn.work, turn.known(), int(number))
    if challenge.state is not ChallengeState.SETTLED:
        return challenging.shown(turn, challenge)
    return challenge_impact.read_back(turn, challenge, words)


async def _of_logged(turn: Turn) -> Answer | None:
    """`they changed their mind`, or `outcome`, of the challenge that was just logged: how it ended is asked, so that
    nothing is settled by a guess."""
    number, told = turn.state.get(LOGGED, ""), endings.told(turn.said.text)
    if (
        not turn.personal
        or turn.person is None
        or not number
        or not (told or _OVER_NOW.fullmatch(folded(turn.said.text)))
    ):
        return None
    challenge = await challenges.find(turn.work, turn.known(), int(number))
    if challenge.state is not ChallengeState.OPEN:
        return None
    note = challenges.kept_note(turn.said.text.strip(), turn.rules) if told else None
    return challenging.ask_outcome(challenge, note or "")


def _moves_on(challenge: Challenge, text: str) -> bool:
    """False for a question, and for a stage that is not the next one: then it is shown as it stands."""
    number = escalating.stage_said(text)
    return not text.endswith("?") and (number is None or number == challenge.stage + 1)


async def free_text(turn: Turn, text: str) -> str | None:
    """What an order about a challenge of ours says beside it; `None` when the words are no such order."""
    said = " ".join(text.split())
    ends = _ENDS.fullmatch(said)
    named = (_number(ends), ends["rest"] or "") if ends else challenge_impact.impact_of(said)
    if named is None or not await turn.work.challenges.by_ids([int(named[0])]):
        return None
    return named[1]


def _number(found: re.Match[str]) -> str:
    parts = found.groupdict()
    digits = _DIGITS.search(parts["challenge"] or parts.get("named") or "")
    return digits[0] if digits else ""
