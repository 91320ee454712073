"""Another date or course than the one just shown: `actually the april one`, `no, intro instead`."""

from __future__ import annotations

import re

from dialogs.choosing import folded
from dialogs.training import finding
from dialogs.training.courses import content, courses_meant, only_names, wanted_in
from dialogs.training.sessions import SESSIONS, course_title
from dialogs.turn import Answer, Turn

_LEAD = r"(?:(?:no|actually|sorry|wait|oh|hmm|or|make it|make that|rather|better|i meant|i mean) )"
_END = r"(?: (?:instead|rather|please))"
_OTHER = re.compile(rf"{_LEAD}+(?P<led>.+?){_END}*|(?P<ended>.+?) (?:instead|rather){_END}*")
_MAY = re.compile(r"^(?:the )?may(?= (?:one|date)|$)")
_ONE = frozenset({"one", "ones"})
LONGEST = 12


async def choose_session(turn: Turn) -> Answer | None:
    """What was changed to, looked for anew; else the answer to the list of dates."""
    return await _changed(turn) or await finding.choose_session(turn)


async def _changed(turn: Turn) -> Answer | None:
    said = folded(turn.said.text)
    other = _OTHER.fullmatch(said)
    if other is None or len(said.split()) > LONGEST:
        return None
    which = _MAY.sub("in may", other["led"] or other["ended"])
    wanted = wanted_in(turn, which)
    left = " ".join(sorted(content(wanted.words) - _ONE))
    named = [one for one in courses_meant(turn.rules.pack, left) if only_names(one, left)] if left else []
    if (left and not named) or not (named or wanted.span):
        return None
    title = "" if named else await _course_shown(turn)
    return await finding.find_to_book(turn.saying(f"book {title} {which}"))


async def _course_shown(turn: Turn) -> str:
    """The title of the course whose dates are shown; empty where they are of several."""
    offered = [int(one) for one in turn.state.get(SESSIONS, "").split()]
    shown = await turn.work.sessions.by_ids(offered)
    titles = {course_title(turn, one.course_id) for one in shown.values()}
    return titles.pop() if len(titles) == 1 else ""
