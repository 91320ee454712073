"""The date that is meant of those just shown, by its day, and another date or course than these: `17 feb`, `the other
one`, `actually the april one`, `no, intro instead`."""

from __future__ import annotations

import re

from dialogs.choosing import folded
from dialogs.meanwhile import asks
from dialogs.talk import Reply
from dialogs.training import finding
from dialogs.training.courses import content, courses_meant, only_course, only_names, searches, wanted_in
from dialogs.training.sessions import SESSIONS, course_title
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say

_LEAD = r"(?:(?:no|actually|sorry|wait|oh|hmm|or|make it|make that|rather|better|i meant|i mean) )"
_END = r"(?: (?:instead|rather|please))"
_OTHER = re.compile(rf"{_LEAD}+(?P<led>.+?){_END}*|(?P<ended>.+?) (?:instead|rather){_END}*")
_MAY = re.compile(r"^(?:the )?may(?= (?:one|date)|$)")
_ONE = frozenset({"one", "ones"})
LONGEST = 12
_THE_OTHER = re.compile(
    r"(?:(?:no|actually|sorry|wait|oh|hmm|not (?:that|this) one|i meant|i mean|is there|are there|what about|how about"
    r"|what are|book|book me on|can i have|do you have|have you got) )*(?:(?:the|an|any|a) )?"
    r"(?:others?|another|other|later|next|different|after that)(?: (?:ones?|dates?|day|time|times))?"
    rf"{_END}*(?: then)?"
)
"""Of one date that is shown: whatever comes after it."""
_ABOUT = re.compile(
    r"(?:(?:yes|ok|please|book(?: me on)?|no|actually|i want|i'd like|id like|i meant) )*"
    r"(?:the|that|a) (?:one|course|training|session) (?:that is |that's |thats |which is )?"
    r"(?:about|on|for|regarding|called|covering|with) (?:the )?(?P<subject>.+?)(?: please)?"
)
_ASKS_ABOUT = re.compile(
    r"(?:(?:and|ok|so|hm|hmm|or) )*(?:what|how) about (?:the )?(?P<what>.+?)(?: one| course| training)?(?: please)?"
    r"|(?:is|are) there (?:a |any |an? )?(?:ones?|courses?|anything|something|dates?) (?:about|on|for) (?:the )?"
    r"(?P<there>.+?)"
)
"""Asks whether there is such a course: it is shown, and not booked."""
_NTH = re.compile(r"(?:(?:the )?one on )?(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)(?: (?:please|then))?")


async def choose_session(turn: Turn) -> Answer | None:
    """What was changed to, looked for anew; else the answer to the list of dates."""
    chosen = await _by_its_day(turn) or await _the_other(turn) or await _changed(turn) or await _asked_about(turn)
    return chosen or await finding.choose_session(turn) or await _by_its_subject(turn)


async def _asked_about(turn: Turn) -> Answer | None:
    """`what about the mental health one`: its next date, to be booked after a yes."""
    asked = _ASKS_ABOUT.fullmatch(folded(turn.said.text))
    subject = (asked["what"] or asked["there"]) if asked is not None else ""
    return await finding.find_to_book(turn.saying(f"book {subject}")) if only_course(turn, subject) else None


async def _by_its_subject(turn: Turn) -> Answer | None:
    """`the one about domestic abuse`: the one date of the list that is of such a course, else what there is on that."""
    found = _ABOUT.fullmatch(folded(turn.said.text))
    if found is None or not courses_meant(turn.rules.pack, found["subject"]):
        return None
    listed = await finding.choose_session(turn.saying(f"the {found['subject']} one"))
    return listed or await finding.find_to_book(turn.saying(f"book {found['subject']}"))


async def _by_its_day(turn: Turn) -> Answer | None:
    """The one date of those shown that is on the day which was typed and nothing else, `17 feb` or `the 17th`; of
    another day, what there is of the course that is shown."""
    said = folded(turn.said.text)
    nth, wanted = _NTH.fullmatch(said), wanted_in(turn, _MAY.sub("in may", said))
    if nth is None and (wanted.span is None or content(wanted.words) - _ONE or asks(turn.said.text)):
        return None
    if searches(turn.said.text):
        return None  # or a search of the week would book what there is in it
    offered = turn.state.get(SESSIONS, "").split()
    sessions = await turn.work.sessions.by_ids([int(one) for one in offered])
    days = {one: turn.rules.today(sessions[int(one)].starts_at) for one in offered}
    if nth is not None:
        on_it = [one for one, day in days.items() if day.day == int(nth["day"])]
    else:
        on_it = [one for one, day in days.items() if wanted.span is not None and wanted.span.holds(day)]
    if len(on_it) == 1:
        return await finding.choose_session(turn.saying(str(offered.index(on_it[0]) + 1)))
    title = await _course_shown(turn)
    return await finding.find_to_book(turn.saying(f"book {title} {said}")) if title and nth is None else None


async def _the_other(turn: Turn) -> Answer | None:
    """`the other one` than the one date that is shown; of several, which."""
    if _THE_OTHER.fullmatch(folded(turn.said.text)) is None:
        return None
    offered, title = turn.state.get(SESSIONS, "").split(), await _course_shown(turn)
    if len(offered) == 1 and title:
        return await finding.more_dates(turn.saying(verb=finding.MORE, search=title, start="1"))
    return answer(Reply(say("which-number", most=len(offered))), **dict(turn.state)) if len(offered) > 1 else None


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
