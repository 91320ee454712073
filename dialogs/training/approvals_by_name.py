"""`approve alice`, `say no to bob`: the word of a line manager on a request that waits for it, by whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.talk import Reply
from dialogs.training.approving import APPROVE, REFUSE_APPROVAL, decide, list_waiting
from dialogs.training.called import NAME, as_typed, colleagues_called, places_of
from dialogs.training.courses import content, courses_meant, only_names, wanted_then
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services import bookings
from services.model import Booking, Role

_POLITE = r"(?:(?:please|yes|ok|okay|no|sorry|i|i'd like to|i want to|can i|can you|could you),? )*"
_REQUEST = r"(?:places?|bookings?|requests?|seats?|spots?|training|course)"
_WHOSE = (
    rf"(?:the {_REQUEST} (?:of|for|from) )?(?P<name>{NAME})(?:'s (?P<own>.+?)|'?(?: {_REQUEST})?)"
    r"(?: (?:for|on|onto|at|to go (?:on|to)|to attend) (?P<what>.+?))?(?: then)?(?: please)?"
)
_GIVES = re.compile(rf"{_POLITE}(?:approve|agree to|say yes to|yes to) {_WHOSE}", re.IGNORECASE)
_REFUSES = re.compile(
    rf"{_POLITE}(?:(?:do not|don't|dont|not) (?:approve|agree to)|disapprove|reject|refuse|decline|turn down|say no to"
    rf"|no to) {_WHOSE}",
    re.IGNORECASE,
)
_ONE = re.compile(r"\b(?:the|one|date|bookings?|requests?|seats?|spots?)\b", re.IGNORECASE)


async def heard(turn: Turn) -> Answer | None:
    """The request of the person who is named, decided as its button decides it; which one, where several are meant.

    Only who has a request open with this very speaker can be meant, or whose line manager the speaker is: for any other
    name it is None, and the words are read, or refused, as they were before.
    """
    said = as_typed(turn)
    refuses = _REFUSES.fullmatch(said)
    found = refuses or _GIVES.fullmatch(said)
    if found is None or not turn.personal or turn.person is None:
        return None
    waiting = await bookings.to_approve(turn.work, turn.person, turn.now)
    people = {who.id: who for _, who in waiting}
    theirs = places_of(found["name"], [one for one, _ in waiting], people)
    kept = await _of_what(turn, theirs, " ".join(filter(None, [found["own"], found["what"]])))
    if kept is None:
        return None
    if not theirs:
        return await _nothing_waits(turn, found["name"])
    deed = REFUSE_APPROVAL if refuses else APPROVE
    if len(kept) == 1:
        return await decide(turn, deed, str(kept[0].id))
    lead = [] if kept else [say("approvals-not-that")]
    lead.append(say("approvals-refuse-which" if refuses else "approvals-agree-which"))
    return await list_waiting(turn, [(one, people[one.person_id]) for one in kept or theirs], lead, deed)


async def _nothing_waits(turn: Turn, name: str) -> Answer | None:
    """That nothing of one of their own people waits, who was agreed to, or not, before; for the partnership manager, of
    anybody whom the partnership knows."""
    mine = any(who.line_manager_id == turn.known().id for who in await colleagues_called(turn, name))
    if not mine and not (turn.known().has(Role.MANAGER) and await turn.work.people.called(name)):
        return None
    return answer(Reply(say("approvals-none-theirs"), suggestions=("approvals",)))


async def _of_what(turn: Turn, theirs: Sequence[Booking], what: str) -> list[Booking] | None:
    """Those on the course and the day that are named; None where words stand there that name neither."""
    wanted = wanted_then(turn, what)
    words = _ONE.sub(" ", wanted.words)
    if not content(words) and wanted.span is None:
        return list(theirs)
    courses = courses_meant(turn.rules.pack, words)
    named = {one.id for one in courses if only_names(one, words)}
    if not named and (wanted.span is None or courses):
        return None
    sessions = await turn.work.sessions.by_ids({one.session_id for one in theirs})
    return [
        one
        for one in theirs
        if (not named or sessions[one.session_id].course_id in named)
        and (wanted.span is None or wanted.span.holds(turn.rules.today(sessions[one.session_id].starts_at)))
    ]
