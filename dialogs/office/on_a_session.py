"""Who is on a course, asked in words: `who is booked on the lado course`, `email everyone on the forum`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from config.catalogue import Course
from dialogs import cards
from dialogs.office import people, sessions, verbs
from dialogs.training.courses import courses_meant, only_names, wanted_in
from dialogs.turn import Answer, Turn
from dialogs.wording import say
from services.finding import Wanted
from services.kept import kept_text
from services.office import writing

_BOOKED = r"(?:booked|coming|going|down|signed up|registered|enrolled|attending|expected)"
_COURSE = (
    r"(?:on|onto|in|to|for|at)(?: (?:the|our|this|next))* (?P<course>.+?)"
    r"(?: (?:session|course|training|event|one|so far))*"
)
_TEXT = (
    r"(?:(?:,? (?:that|about|to say|to tell them|to|know|and (?:say|tell them|ask them to)|saying|asking them to)\b"
    r"(?: that)?|\s*[:–-]|,)(?P<text> .*)?)?"
)
"""What is to be written to them."""
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?:(?:can you )?(?:show|tell|list)(?: me)? )?who(?: is|'s|s| are)?(?: {_BOOKED})? {_COURSE}",
        rf"(?:(?:can you )?(?:show|give|list|get)(?: me)? )?(?:(?:a|the) )?(?:list of )?(?:the )?"
        rf"(?:people|delegates|names|attendees|delegate list)(?: who are)?(?: {_BOOKED})? {_COURSE}",
        rf"how many(?: people| have| are| delegates)*(?: {_BOOKED})? {_COURSE}",
        r"(?:please )?(?:e-?mail|message|write to|text|contact|tell|let) "
        r"(?:everyone|everybody|all|the people|the delegates)"
        rf"(?: who (?:is|are))?(?: {_BOOKED})? {_COURSE}{_TEXT}",
    )
)
"""Of the whole message, and of a course by its names alone: "who is on the child protection plan" is none."""


async def heard(turn: Turn, text: str) -> Answer | None:
    """The people of the session that is named, or the choice of sessions; None for words on something else."""
    said = text.replace("’", "'")
    for form in _FORMS:
        if (found := form.fullmatch(said)) is None:
            continue
        meant, wanted = courses_meant(turn.rules.pack, found["course"]), wanted_in(turn, found["course"])
        if any(only_names(one, wanted.words) for one in meant):
            return await _people_of(turn, meant, wanted, found["course"], found.groupdict().get("text") or "")
    return None


async def _people_of(turn: Turn, meant: Sequence[Course], wanted: Wanted, named: str, text: str) -> Answer | None:
    """The people of the one session, or the choice of sessions. What is to be written goes with it.
    Raises `ServiceError` where that could identify somebody."""
    text = kept_text(text, turn.rules, longest=writing.LONGEST_MESSAGE)
    kept = {people.MESSAGE: text} if text else {}
    coming = await turn.work.sessions.coming(turn.now, course_ids=[one.id for one in meant], limit=sessions.LOOKED_AT)
    then = [one for one in coming if wanted.span is None or wanted.span.holds(turn.rules.today(one.starts_at))]
    if len(then) == 1:
        return await people.list_delegates(replace(turn, state=kept).saying(session=str(then[0].id)))
    if not kept or not coming:
        return await sessions.of_course(turn, named)
    rows = [
        (one, sessions.line(turn, one), cards.button("Write to them", verbs.DELEGATES, session=one.id))
        for one in (then or coming)[: sessions.PAGE]
    ]
    return sessions.choice(say("message-which"), rows, verbs.DELEGATES, **kept)
