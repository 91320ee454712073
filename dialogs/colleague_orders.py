"""Orders that name a colleague: how to give them, where the name itself is refused and not kept. Pure."""

from __future__ import annotations

import re

from dialogs.colleagues import OF_A_COLLEAGUE
from dialogs.talk import Reply
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services.understanding import IdentifierKind

LONGEST = 14
"""Words. What is longer tells a story, and is refused as it stands."""
_POLITE = r"(?:please |can i |could i |may i |i want to |i'd like to |i would like to |how do i )*"
_PLACE = r"(?:(?!\b(?:child|pupil|student|baby|nursery|school|college|foster)\b).)*?\b(?:place|booking|spot|seat)\b"
_WHOM = r"[\w'.@-]+(?: [\w'.-]+)?(?: please| instead)?"
_HANDS_ON = re.compile(
    rf"{_POLITE}(?:swap|give|transfer|pass|hand|offer|move|let)\b (?:over )?(?:my|our) {_PLACE}.*"
    rf"\b(?:to|with|for) {_WHOM}"
    rf"|{_POLITE}(?:swap|give|send|let)\b (?!my\b)[\w'.-]+(?: [\w'.-]+)? (?:have |take |go in )?(?:my|our) {_PLACE}.*"
)
_COMMENTS = re.compile(
    rf"{_POLITE}(?:comment|give (?:a |my )?comment|my comment) (?:on|for|about) {_WHOM}(?:'s evaluation)?"
)


def how(turn: Turn, kinds: frozenset[IdentifierKind]) -> Answer | None:
    """How to hand a place on or to comment as a line manager; `None` for anything else that names somebody."""
    said = " ".join(turn.said.text.casefold().replace("’", "'").split())
    if not turn.personal or turn.person is None or not kinds <= OF_A_COLLEAGUE or len(said.split()) > LONGEST:
        return None
    if _HANDS_ON.fullmatch(said):
        return answer(Reply(say("hand-on-how"), suggestions=("cancel", "my bookings")))
    if _COMMENTS.fullmatch(said):
        return answer(Reply(say("comment-how"), suggestions=("evaluate",)))
    return None
