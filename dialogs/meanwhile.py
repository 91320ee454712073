"""A question of guidance, a call for help or a command in the middle of a form. What is asked is answered, and the
form's question is put again. What was answered before stays, and nobody's question is kept as an answer of theirs."""

from __future__ import annotations

import re

from dialogs import about
from dialogs.guidance import replies
from dialogs.talk import Reply
from dialogs.turn import Answer, Turn, put_again
from services.understanding import Command, Outcome

_LEADS_IN = re.compile(
    r"(?:(?:please|hi|hello|sorry|ok|okay|so|and|but|also|just|wait|first|quick question)\b[\s,:;.!-]*)+"
)
_VERB = (
    r"(?:is|are|was|were|do|does|did|can|could|should|shall|must|may|might|will|would|has|have|had"
    r"|happens|if|about|long|many|much|old|soon|often|far|quickly|counts|makes)"
)
_WE = r"(?:i|we|you|they|he|she|it|there|the|a|an|this|that|these|those|my|our|any|anyone|anybody|someone|somebody)"
_TELLS = (
    r"\s+(?:now|already|all|both|still|just|being|fully|partly|only|to|part|on|in|at|with|under|up|due|attached|included"
    r"|kept|held|agreed|signed|published|recorded|minuted|filed|planned|booked|waiting|going|complete|completed|done"
    r"|finished)\b"
)
"""What stands behind "is" where the thing it is said of was left out: "is in the induction pack", "are waiting"."""
_ASKS = re.compile(
    rf"(?:what|whom|whose|which|how|when|where|why)(?:'?s|'?re|\s+{_VERB})\b|who(?:'?s|'?re|\s+(?!to\b)\w+)\b"
    rf"|(?:what|which)\s+\w+\s+{_VERB}\b"
    rf"|(?:can|could|do|does|did|should|must|may|will|would|have|has|am)(?:n't)?\s+{_WE}\b|(?:is|are|does)\b(?!{_TELLS})"
    r"|(?:why|who|what|when|how|where|which|why not|how come|what for)\W*$"
    r"|(?:tell|remind) me\b|(?:i|we) (?:want|need|would like) to know\b"
)
"""Asked, and not told: "what is level 3", but not "what level 3 means" nor "when we rang them"."""
_HOW_TO = re.compile(r"(?:what|who|whom|how|when|where|whether)\s+to\b")
LONGEST_COMMAND = 3
"""Words."""
LONGEST_CALL = 3
"""Words in a call for help. "They were a great help to us" is none."""


def asks(text: str, *, lessons: bool = False) -> bool:
    """True for words put as a question. With `lessons`, "how to refer" is what somebody has learned."""
    said = " ".join(text.casefold().replace("’", "'").split())
    lead = _LEADS_IN.match(said)
    said = said[lead.end() :] if lead else said
    return said.endswith("?") or bool(_ASKS.match(said)) or (not lessons and bool(_HOW_TO.match(said)))


def is_command(turn: Turn) -> bool:
    """True for a few words that are a command, "my bookings": who wants something else is not asked again.

    Longer words are an answer, however much they sound like one.
    """
    said = turn.said.text
    few = len(said.split()) <= LONGEST_COMMAND and any(character.isalpha() for character in said)
    return few and turn.guide.understand(said).outcome is Outcome.COMMAND


async def meanwhile(turn: Turn, question: str, *, fits: bool = True, lessons: bool = False) -> Answer | None:
    """The answer to what was asked in between, then `question` again; None for words that are an answer to it.

    What does not fit the form (`fits`) need not be put as a question: it is one if the guidance surely answers it.
    """
    understood = turn.guide.understand(turn.said.text)
    if understood.outcome is Outcome.COMMAND and understood.command is Command.HELP:
        called = len(turn.said.text.split()) <= LONGEST_CALL
        return _then(turn, await about.show_help(turn), question) if called else None
    if understood.outcome is not Outcome.ANSWER or understood.topic is None:
        return None
    if fits and not asks(turn.said.text, lessons=lessons):
        return None
    return _then(turn, await replies.answer_question(turn, understood.topic), question)


def _then(turn: Turn, answered: Answer, question: str) -> Answer:
    return Answer((*answered.replies, Reply(question)), put_again(turn.state))
