"""`cancel drug awareness on 25 december`, `change the lado to 16 march`: a session, named by its course alone.

From the office these mean the session, where it holds no place of that course that they could be about.
"""

from __future__ import annotations

import re

from dialogs.office import postponing
from dialogs.training.courses import content, courses_meant, only_names, wanted_in
from dialogs.turn import Answer, Turn

_PLEASE = r"(?:(?:please|can (?:you|we|i)|could (?:you|we|i)|i want to|i need to|i'd like to|we need to|we have to) )*"
_ORDER = re.compile(
    rf"{_PLEASE}(?P<verb>cancel|call off|move|change|edit|reschedule|rearrange|postpone|push back|bring forward)"
    r" (?P<what>.+?)(?: (?:to|until|till|by) (?P<to>.+?))?(?:,? (?:please|pls|thanks))*",
    re.IGNORECASE,
)
_OF_ONES_OWN = re.compile(
    r"\b(?:my|me|mine|i|our|us|place|places|spot|seat|booking|bookings|reservation|for|colleague|alert|reminder)\b",
    re.IGNORECASE,
)


def read(text: str) -> str | None:
    """The words for the session that is to be cancelled or changed: its course, with its day where one was said; None
    for words that are no such order, or that speak of a place of one's own. Pure."""
    found = _ORDER.fullmatch(text.replace("’", "'"))
    return None if found is None or _OF_ONES_OWN.search(found["what"]) else str(found["what"])


async def heard(turn: Turn, text: str) -> Answer | None:
    """The session that is named, to be changed on its card, or the choice of sessions; None for anything else."""
    what = read(text)
    wanted = wanted_in(turn, what or "")
    if what is None or not content(wanted.words):
        return None
    misfit = wanted.misfit  # then the day still stands among the words
    named = courses_meant(turn.rules.pack, wanted.words)
    meant = {one.id for one in named if misfit or only_names(one, wanted.words)}
    if not meant or await _holds_one(turn, meant):
        return None
    if misfit is not None:
        raise misfit
    return await postponing.of_course(turn, text, what)


async def _holds_one(turn: Turn, courses: set[str]) -> bool:
    """True where the speaker has a place of these courses, or booked one for somebody else."""
    person = turn.known()
    held = await turn.work.bookings.active_of(person.id, turn.now)
    held += await turn.work.bookings.booked_by(person.id, turn.now)
    of = await turn.work.sessions.by_ids({one.session_id for one in held})
    return any(one.course_id in courses for one in of.values())
