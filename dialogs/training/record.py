"""`my training record`: the courses that somebody has attended, with the certificates they have earned."""

from __future__ import annotations

import re

from dialogs import cards
from dialogs.choosing import folded
from dialogs.talk import Reply
from dialogs.training import certificates
from dialogs.training.sessions import course_title, when
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say

SHOWN = 20
"""Courses attended, newest first. Older ones the partnership office has."""
_COURSES = r"(?:courses?|training(?: courses?)?|sessions?|forums?|workshops?)"
_DONE = r"(?:done|attended|been (?:on|to)|completed|had|taken|finished)"
_ASKS = re.compile(
    r"(?:(?:please|can i|could i|i want to|i need|show|see|view|get|download|print|what is|what's|copy of|a|me) )*"
    r"(?:my|the) (?:own )?(?:safeguarding )?(?:training|course|attendance|cpd) (?:records?|history|log)(?: please)?"
    rf"|(?:what|which) {_COURSES} (?:have i|i have|i've|did i) (?:already )?{_DONE}(?: (?:so far|already|here))*"
    rf"|(?:show (?:me )?|see |list )?(?:the |my |all )*(?:past|previous|completed|attended) {_COURSES}(?: please)?"
    rf"|(?:show (?:me )?|list )?(?:the |all )?{_COURSES} (?:that )?i(?: have|'ve|ve)? {_DONE}"
    rf"|(?:have i|did i) (?:already )?(?:done|do|attended?|completed?) any {_COURSES}"
)


def asks(text: str) -> bool:
    """True for words that ask for one's own record. Pure. Somebody else's, or a child's, is another matter."""
    return _ASKS.fullmatch(folded(text)) is not None


async def heard(turn: Turn) -> Answer | None:
    """The record, for who asks for it; None for words on anything else."""
    return await show(turn) if turn.personal and turn.person is not None and asks(turn.said.text) else None


async def show(turn: Turn) -> Answer:
    """What they have attended, newest first, each with its certificate or that there is none yet."""
    person = turn.known()
    attended = await turn.work.bookings.attended_of(person.id, limit=SHOWN)
    if not attended:
        return answer(Reply(say("attended-empty"), suggestions=("my bookings", "courses")))
    sessions = await turn.work.sessions.by_ids({one.session_id for one in attended})
    numbers = {one.booking_id: one.number for one in await turn.work.certificates.of_person(person.id, limit=SHOWN)}
    lines = []
    for booking in attended:
        session, number = sessions[booking.session_id], numbers.get(booking.id)
        earned = say("attended-certificate", number=number) if number else say("attended-no-certificate")
        lines.append(f"{course_title(turn, session.course_id)}, {when(turn, session)}. {earned}")
    rule = (
        [] if len(numbers) == len(attended) else [say("attended-rule", rule=certificates.certificate_rule(turn.rules))]
    )
    plain = "\n".join([say("attended-title"), *(f"- {line}" for line in lines), *rule])
    body = [cards.title(say("attended-title")), cards.points(lines), *(cards.words(one, quiet=True) for one in rule)]
    buttons = [cards.button("My certificates", certificates.MINE)] if numbers else []
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)))
