"""A course without a date: asking to be told when there is one."""

from __future__ import annotations

from collections.abc import Sequence

from config.catalogue import Course
from dialogs import cards
from dialogs.choosing import said_yes
from dialogs.talk import Reply
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import say
from services import interests
from services.errors import ServiceError

ADD, DROP = "interest.add", "interest.drop"
INTEREST = "interest"
SHOWN = 4


async def offer_interest(turn: Turn, courses: Sequence[Course]) -> Answer:
    """No date is open: shall I tell you when there is one? In a channel only that there is none."""
    first = courses[0]
    if not turn.personal or turn.person is None:
        return answer(Reply(say("no-sessions", course=first.title), suggestions=("courses",)))
    plain = say("interest-offer", course=first.title)
    buttons = [cards.button(_label(one, courses), ADD, course=one.id) for one in courses[:SHOWN]]
    buttons.append(cards.button("All dates", "courses"))
    body = [cards.title(f"No date yet: {first.title}"), cards.words(plain)]
    state = {EXPECT: INTEREST, INTEREST: first.id}
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain), suggestions=("courses",)), **state)


def _label(course: Course, courses: Sequence[Course]) -> str:
    return "Tell me when there is a date" if len(courses) == 1 else f"Tell me: {course.title}"


def _title(turn: Turn, course_id: str) -> str:
    course = turn.rules.pack.course(course_id)
    if course is None:
        raise ServiceError("course-unknown")
    return course.title


async def add(turn: Turn) -> Answer:
    """Keep the interest. Pressing twice keeps it once."""
    course_id = turn.field("course")
    title = _title(turn, course_id)
    new = await interests.register(turn.work, turn.known(), course_id, now=turn.now, rules=turn.rules)
    plain = say("interest-kept" if new else "interest-kept-again", course=title)
    buttons = [cards.button("I do not want to hear", DROP, course=course_id), cards.button("All dates", "courses")]
    return answer(Reply(plain, cards.card([cards.words(plain)], buttons, fallback=plain)))


async def drop(turn: Turn) -> Answer:
    """Forget it."""
    course_id = turn.field("course")
    title = _title(turn, course_id)
    await interests.drop(turn.work, turn.known(), course_id, now=turn.now)
    return answer(Reply(say("interest-dropped", course=title)))


async def said(turn: Turn) -> Answer | None:
    """`yes` or `no` after the question; None when the words are about something else."""
    agreed = said_yes(turn.said.text, "tell")
    if agreed is None:
        return None
    if not agreed:
        return answer(Reply(say("interest-not-kept")))
    return await add(turn.saying(verb=ADD, course=turn.state.get(INTEREST, "")))
