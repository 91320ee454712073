"""On which date a colleague goes: chosen by number or by its day, without losing that it is for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.choosing import said_number, said_yes
from dialogs.talk import Reply
from dialogs.training import bookings_by_name, colleagues, finding
from dialogs.training.colleagues import FOR_COLLEAGUE, LONGEST_NAME, SEND_COLLEAGUE
from dialogs.training.courses import content, courses_meant, searches, wanted_in
from dialogs.training.sessions import course_title
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services.colleagues import is_address
from services.model import Session
from services.understanding import Outcome

_ONE = frozenset({"one", "ones", "yes", "ok"})

_MAY = re.compile(r"^\W*(?:the )?may (?=one|date)", re.IGNORECASE)
"""The month, where its name alone could as well be the verb."""


async def said_session(turn: Turn) -> Answer | None:
    """A number, or a day, after a list of dates that was asked for a colleague; None for words on something else.

    Their name comes next, and is no question of ours: it would stand on the list of questions that nobody answered.
    """
    offered, said = turn.state.get(FOR_COLLEAGUE, "").split(), turn.said.text
    chosen = said_number(said, offered)
    if len(offered) == 1 and is_address(said):
        return await colleagues.send(turn.saying(verb=SEND_COLLEAGUE, session=offered[0], email=said.strip()))
    if chosen or (said_yes(said) and len(offered) == 1):
        return await _ask(turn, chosen or offered[0])
    if colleagues.leaves_it(turn):
        return colleagues.nothing_booked()
    if said_yes(said) or is_address(said):
        return date_first(turn)
    if answered := await _by_its_day(turn, offered):
        return answered
    few = len(said.split()) <= LONGEST_NAME
    out = few and turn.guide.understand(said).outcome is Outcome.OUT_OF_SCOPE
    return date_first(turn) if out else None


async def _ask(turn: Turn, session: str) -> Answer:
    return await bookings_by_name.ask(turn.saying(verb=colleagues.BOOK_COLLEAGUE, session=session))


def date_first(turn: Turn) -> Answer:
    """That the date comes before the person."""
    most = len(turn.state.get(FOR_COLLEAGUE, "").split())
    return answer(Reply(say("colleague-date-first", most=most)), **dict(turn.state))


async def _by_its_day(turn: Turn, offered: Sequence[str]) -> Answer | None:
    """`the one in may`: that date; where several or none of those shown are meant, the same courses then."""
    said = _MAY.sub("in may ", turn.said.text)
    wanted = wanted_in(turn, said)
    sessions = await turn.work.sessions.by_ids({int(one) for one in offered})
    if wanted.span is None or searches(said) or not _names_only(turn, wanted.words, list(sessions.values())):
        return None
    named = {course.id for course in courses_meant(turn.rules.pack, wanted.words)}
    meant = [
        one
        for one in sessions.values()
        if wanted.span.holds(turn.rules.today(one.starts_at)) and (not named or one.course_id in named)
    ]
    if len(meant) == 1:
        return await _ask(turn, str(meant[0].id))
    titles = {course_title(turn, one.course_id) for one in sessions.values()}
    # one course is looked for by its name; of several, whatever is on then
    title = titles.pop() if len(titles) == 1 and not named else ""
    return await finding.find_to_book(turn.saying(f"book {title} {said} for a colleague"))


def _names_only(turn: Turn, words: str, shown: Sequence[Session]) -> bool:
    """True where nothing is named but the day, and the courses of the list."""
    if not content(words) - _ONE:
        return True
    named = {course.id for course in courses_meant(turn.rules.pack, words)}
    return bool(named) and named <= {one.course_id for one in shown}
