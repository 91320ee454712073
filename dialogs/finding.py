"""Finding a date: all that is coming up, or the next one of the course that somebody means."""

from __future__ import annotations

from collections.abc import Sequence

from config.catalogue import Course, CourseKind
from dialogs import cards
from dialogs.booking import BOOK, book
from dialogs.courses import courses_meant
from dialogs.sessions import course_title, said_number, said_yes, session_facts, session_line
from dialogs.talk import Reply
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import say
from services.model import Session

SESSIONS = "sessions"


def _session_list(turn: Turn, sessions: Sequence[Session], lead: str) -> Answer:
    """Dates to choose from, by button or by number."""
    shown = list(sessions)[: cards.MOST_ACTIONS]
    lines = [session_line(turn, session) for session in shown]
    plain = "\n".join([lead, *(f"{number}. {line}" for number, line in enumerate(lines, 1))])
    body: list[cards.Element] = [cards.title(lead)]
    for session in shown:
        label = "Book" if session.places_left else "Join the waiting list"
        row = [cards.heading(course_title(turn, session.course_id)), session_facts(turn, session)]
        body.append(cards.panel([*row, cards.actions_row([cards.button(label, BOOK, session=session.id)])]))
    state = {EXPECT: SESSIONS, SESSIONS: " ".join(str(session.id) for session in shown)}
    return answer(Reply(plain, cards.card(body, fallback=plain)), **state)


async def list_courses(turn: Turn) -> Answer:
    """What is coming up, all of it or the courses that the words mean."""
    meant = courses_meant(turn.rules.pack, turn.said.text)
    ids = [course.id for course in meant] or None
    sessions = await turn.work.sessions.coming(turn.now, course_ids=ids, limit=cards.MOST_ACTIONS)
    if sessions:
        return _session_list(turn, sessions, "Coming up")
    return _no_dates(turn, meant)


def _no_dates(turn: Turn, meant: Sequence[Course]) -> Answer:
    if not meant:
        return answer(Reply(say("no-sessions-at-all")))
    return answer(Reply(say("no-sessions", course=meant[0].title), suggestions=("courses",)))


async def find_to_book(turn: Turn) -> Answer:
    """`book dsl forum`: the next date of the course that is meant, ready to book."""
    turn.known()
    meant = courses_meant(turn.rules.pack, turn.said.text)
    ids = [course.id for course in meant] or None
    sessions = await turn.work.sessions.coming(turn.now, course_ids=ids, limit=cards.MOST_ACTIONS)
    if not sessions:
        return _no_dates(turn, meant)
    one_course = len({session.course_id for session in sessions}) == 1
    if meant and one_course:
        return _session_list(turn, sessions[:1], f"The next {_kind(meant[0])}")
    return _session_list(turn, sessions, say("which-course"))


def _kind(course: Course) -> str:
    return "forum" if course.kind is CourseKind.FORUM else "date"


async def choose_session(turn: Turn) -> Answer | None:
    """`yes` or a number after a list of dates; None when the words are about something else."""
    offered = turn.state.get(SESSIONS, "").split()
    agreed = said_yes(turn.said.text)
    if agreed is False:
        return answer(Reply(say("nothing-booked")))
    chosen = offered[0] if agreed and len(offered) == 1 else said_number(turn.said.text, offered)
    return await book(turn.saying(verb=BOOK, session=chosen)) if chosen else None
