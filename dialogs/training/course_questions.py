"""Short questions about a course by its name: "how many places are left on the LADO course", "when is the intro".

The name is read as `it`, and what is left is a question about the dates of that course (`session_questions`).
"""

from __future__ import annotations

import re

from config.catalogue import Course
from dialogs.training import practical, practical_words, session_questions
from dialogs.training.courses import courses_meant, is_name
from dialogs.training.finding import list_courses
from dialogs.turn import Answer, Turn

SHOWN = 3
"""So many dates of the course are answered for."""
_WORD = re.compile(r"[\w'-]+")
_BEFORE_A_NAME = frozenset({"the", "a", "an", "my", "your", "next"})
_AFTER_A_NAME = frozenset({"course", "courses", "training", "session", "forum", "workshop", "seminar"})
_WHEN = re.compile(r"(?:when(?: s| is|s)?|is|what (?:day|date) is) it(?: on)?(?: (?:today|tomorrow|next|this week))?")
_IT = "it"
_HOW_MANY = re.compile(r"\bhow many\b|\b(?:left|free|available|still)\b", re.IGNORECASE)
"""Words of a question about places, beside which a course of one short name is not found."""


async def heard(turn: Turn) -> Answer | None:
    """The fact that is asked for, of the next dates of the course that is named; None for any other words."""
    pack = turn.rules.pack
    meant = courses_meant(pack, turn.said.text) or courses_meant(pack, _HOW_MANY.sub(" ", turn.said.text))
    if len(meant) != 1:
        return None
    question, named_fully = _without_name(meant[0], turn.said.text)
    kind = session_questions.asked(question)
    if kind in (None, session_questions.WHEN):
        dated = _WHEN.fullmatch(question) is not None and named_fully
        return await list_courses(turn.saying(meant[0].title)) if dated else None
    practical_kind = kind in practical_words.KINDS
    if not named_fully and kind != session_questions.PLACES and not practical_kind:
        return None  # "who runs the LADO" asks about a person, "how many places are left on LADO" about a course
    mine = await practical.booked_on(turn, [meant[0].id]) if practical_kind else []
    sessions = mine or await turn.work.sessions.coming(turn.now, course_ids=[meant[0].id], limit=SHOWN)
    return await session_questions.told(turn, kind, sessions) if sessions else None


def _without_name(course: Course, text: str) -> tuple[str, bool]:
    """The text with `it` for the course, and whether it is called a course or by two words of its name at least."""
    kept: list[str] = []
    names = called = 0
    for word in _WORD.findall(text.lower().replace("’", "'")):
        named, calls = is_name(word, course), word in _AFTER_A_NAME
        names, called = names + named, called + calls
        if (named or calls) and kept[-1:] != [_IT]:
            while kept and kept[-1] in _BEFORE_A_NAME:
                kept.pop()
            kept.append(_IT)
        elif not (named or calls):
            kept.append(word)
    return " ".join(kept), bool(called) or names > 1
