"""Orders that name a colleague: how to give them, where the name itself is refused and not kept."""

from __future__ import annotations

import re

from dialogs.talk import Reply
from dialogs.training.cancelling import SUBSTITUTE_ASK
from dialogs.training.colleagues import OF_A_COLLEAGUE, ask_substitute
from dialogs.training.courses import courses_meant, wanted_in
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services.errors import ServiceError
from services.model import HAS_PLACE
from services.understanding import IdentifierKind

LONGEST = 14
"""Words. What is longer tells a story, and is refused as it stands."""
_POLITE = r"(?:please |can i |could i |may i |i want to |i'd like to |i would like to |how do i )*"
_PLACE = r"(?:(?!\b(?:child|pupil|student|baby|nursery|school|college|foster)\b).)*?\b(?:place|booking|spot|seat)\b"
_WHOM = r"[\w'.@-]+(?: [\w'.-]+)?(?: please| instead)?"
_HANDS_ON = re.compile(
    rf"{_POLITE}(?:sw[ao]p|give|transfer|pass|hand|offer|move|let)\b (?:over )?(?:my|our) {_PLACE}.*"
    rf"\b(?:to|with|for) {_WHOM}"
    rf"|{_POLITE}(?:sw[ao]p|give|send|let)\b (?!my\b)[\w'.-]+(?: [\w'.-]+)? (?:have |take |go in )?"
    rf"(?:my|our) {_PLACE}.*"
)
_NAMED = (
    r"(?!(?:who|what|how|when|why|if|is|are|do|does|i|we|me|my)\b)[\w'.@-]+(?: (?!instead|in\b|to\b)[\w'.@-]+){0,2}?"
)
_TO = r"(?: (?:to|on|at|for) (?!me\b).{1,60}?)?"
_MY_STEAD = r"(?:instead of me|in my (?:place|stead)|in place of me)"
_INSTEAD = re.compile(
    rf"{_POLITE}(?:(?:send|let|can|could) )?{_NAMED}(?: (?:to )?(?:go|goes|come|comes|attend|attends|going))?"
    rf"{_TO} {_MY_STEAD}{_TO}(?: please)?"
    rf"|{_POLITE}(?:send|let) {_NAMED}(?: (?:go|come|attend))?{_TO} instead(?: please)?"
    rf"|{_POLITE}(?:give|pass|hand|offer) (?:over )?(?:my|our) {_PLACE}.*"
    rf"\bto (?!(?:someone|somebody|anyone|anybody|others?|the|whoever)\b){_WHOM}"
)
"""Sends somebody in the speaker's place. No word of moving to another date, which nobody else takes part in."""
_CHILD = re.compile(r"\b(?:child|children|pupil|student|baby|son|daughter|nursery|foster)\b")
_COMMENTS = re.compile(
    rf"{_POLITE}(?:comment|give (?:a |my )?comment|my comment) (?:on|for|about) {_WHOM}(?:'s evaluation)?"
)


def how(turn: Turn, kinds: frozenset[IdentifierKind]) -> Answer | None:
    """How to hand a place on or to comment as a line manager; `None` for anything else that names somebody."""
    said = _said(turn)
    if not turn.personal or turn.person is None or not kinds <= OF_A_COLLEAGUE or len(said.split()) > LONGEST:
        return None
    if _HANDS_ON.fullmatch(said) or _hands_on(said):
        return answer(Reply(say("hand-on-how"), suggestions=("cancel", "my bookings")))
    if _COMMENTS.fullmatch(said):
        return answer(Reply(say("comment-how"), suggestions=("evaluate",)))
    return None


def _said(turn: Turn) -> str:
    return " ".join(turn.said.text.casefold().replace("’", "'").split()).rstrip(".!?")


def _hands_on(said: str) -> bool:
    return _INSTEAD.fullmatch(said) is not None and not _CHILD.search(said)


async def heard(turn: Turn) -> Answer | None:
    """`send bob instead of me to the forum`: who goes instead, and never a question whether to cancel, to which a yes
    would lose the place. The name that was typed is not used: it may be anybody's. None for anything else."""
    said = _said(turn)
    if not turn.personal or turn.person is None or len(said.split()) > LONGEST or not _hands_on(said):
        return None
    held = [one for one in await turn.work.bookings.active_of(turn.person.id, turn.now) if one.state in HAS_PLACE]
    if not held:
        raise ServiceError("no-place-to-hand-on")
    sessions = await turn.work.sessions.by_ids({one.session_id for one in held})
    wanted = wanted_in(turn, said)
    courses = {course.id for course in courses_meant(turn.rules.pack, wanted.words)}
    meant = [one for one in held if not courses or sessions[one.session_id].course_id in courses]
    if wanted.span is not None:
        meant = [one for one in meant if wanted.span.holds(turn.rules.today(sessions[one.session_id].starts_at))]
    if len(meant) == 1:
        return await ask_substitute(turn.saying(verb=SUBSTITUTE_ASK, booking=str(meant[0].id)))
    return answer(Reply(say("hand-on-how"), suggestions=("cancel", "my bookings")))
