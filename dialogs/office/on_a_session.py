"""Who is on a course, asked in words: `who is booked on the lado course`, `email everyone on the forum`."""

from __future__ import annotations

import re

from dialogs.office import people, sessions
from dialogs.training.courses import courses_meant, only_names
from dialogs.turn import Answer, Turn

_BOOKED = r"(?:booked|coming|going|down|signed up|registered|enrolled|attending|expected)"
_COURSE = (
    r"(?:on|onto|in|to|for|at)(?: (?:the|our|this|next))* (?P<course>.+?)"
    r"(?: (?:session|course|training|event|one|so far))*"
)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?:(?:can you )?(?:show|tell|list)(?: me)? )?who(?: is|'s|s| are)?(?: {_BOOKED})? {_COURSE}",
        rf"(?:(?:can you )?(?:show|give|list|get)(?: me)? )?(?:(?:a|the) )?(?:list of )?(?:the )?"
        rf"(?:people|delegates|names|attendees|delegate list)(?: who are)?(?: {_BOOKED})? {_COURSE}",
        rf"how many(?: people| have| are| delegates)*(?: {_BOOKED})? {_COURSE}",
        r"(?:please )?(?:e-?mail|message|write to|text|contact|tell|let) "
        r"(?:everyone|everybody|all|the people|the delegates)"
        rf"(?: who (?:is|are))?(?: {_BOOKED})? {_COURSE}(?: (?:that|about|to say|know|and say)\b.*)?",
    )
)
"""Of the whole message, and of a course by its names alone: "who is on the child protection plan" is none."""


async def heard(turn: Turn, text: str) -> Answer | None:
    """The people of the session that is named, or the choice of sessions; None for words on something else."""
    said = text.replace("’", "'")
    for form in _FORMS:
        found = form.fullmatch(said)
        meant = courses_meant(turn.rules.pack, found["course"]) if found else []
        if found and any(only_names(one, found["course"]) for one in meant):
            coming = await turn.work.sessions.coming(turn.now, course_ids=[one.id for one in meant], limit=2)
            if len(coming) == 1:
                return await people.list_delegates(turn.saying(session=str(coming[0].id)))
            return await sessions.of_course(turn, found["course"])
    return None
