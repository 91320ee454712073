"""Another date instead of the one that is booked: never a question whether to cancel, which would lose the place."""

from __future__ import annotations

import re

from dialogs import cards
from dialogs.booking import BOOK
from dialogs.choosing import folded
from dialogs.courses import courses_meant, wanted_in
from dialogs.finding import SESSIONS
from dialogs.sessions import course_title, session_line, standing, when
from dialogs.talk import Reply
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import say
from services.model import Booking, Session

SHOWN = 4
"""Other dates in one answer."""
_POLITE = r"(?:(?:please|hi|can|could|may|i|we|you|want|need|have|would|like|d|to|how|do|is it possible|help|me) )*"
_MINE = r"(?:my|me|our|the (?:forum|training))"
_DATE = r"(?:dates?|day|sessions?|time|one|month|week)"
_MOVES = re.compile(
    rf"{_POLITE}(?:change|move|swap|switch|reschedule|rearrange|rebook|postpone)\b"
    rf"(?: (?:(?:the )?{_DATE} (?:of|for|on) )?{_MINE}\b| (?:the )?{_DATE}\b| (?:to|for)\b)"
    r".*"
)
_OF_A_PLACE = re.compile(
    rf"\b(?:{_DATE}|booking|bookings|place|course|training|forum)\b|reschedule|rearrange|rebook|postpone"
)
_SENDS = re.compile(r"\b(?:colleague|someone|somebody|with)\b")
"""The same date for somebody else."""


async def heard(turn: Turn) -> Answer | None:
    """`move my forum booking to may`: which other dates there are, and how to change without losing the place. None
    for anything else, and for who has nothing booked."""
    said = folded(turn.said.text)
    if not turn.personal or turn.person is None or not _MOVES.fullmatch(said) or _SENDS.search(said):
        return None
    mine = await turn.work.bookings.active_of(turn.person.id, turn.now)
    sessions = await turn.work.sessions.by_ids({one.session_id for one in mine})
    wanted = wanted_in(turn, said)
    if not _OF_A_PLACE.search(said) and wanted.span is None:
        return None
    named = {one.id for one in courses_meant(turn.rules.pack, wanted.words)}
    meant = [one for one in mine if sessions[one.session_id].course_id in named]
    meant = meant or (mine if not named else [])
    if not meant:
        return None
    if len({sessions[one.session_id].course_id for one in meant}) > 1:
        return answer(Reply(say("swap-which"), suggestions=("my bookings",)))
    return await _others(turn, meant, sessions[meant[0].session_id])


async def _others(turn: Turn, held: list[Booking], session: Session) -> Answer:
    """The other dates of the course, to be booked first; the place that is held stays until it is cancelled."""
    coming = await turn.work.sessions.coming(turn.now, course_ids=[session.course_id], limit=SHOWN + len(held))
    mine = {one.session_id for one in held}
    others = [one for one in coming if one.id not in mine][:SHOWN]
    course = course_title(turn, session.course_id)
    lead = say("swap-stands", course=course, when=when(turn, session))
    if not others:
        return answer(Reply(f"{lead} {say('swap-none')}", suggestions=("my bookings",)))
    stands = await standing(turn, others)
    lines = [f"{number}. {session_line(turn, one, stands)}" for number, one in enumerate(others, 1)]
    plain = "\n".join([lead, say("swap-others"), *lines, say("swap-how")])
    buttons = [
        cards.button(f"{number}. {when(turn, one)}", BOOK, session=one.id) for number, one in enumerate(others, 1)
    ]
    body = [cards.words(line) for line in plain.split("\n")]
    state = {EXPECT: SESSIONS, SESSIONS: " ".join(str(one.id) for one in others)}
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **state)
