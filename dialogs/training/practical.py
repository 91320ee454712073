"""What nobody has told us of a day of training: said to be unknown, with what is known of it, and whom to ask."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from dialogs import button_titles, cards
from dialogs.guidance.articles import ask_person, bulleted, contact_lines
from dialogs.guidance.replies import way_on
from dialogs.talk import Reply
from dialogs.training import last_place, practical_words
from dialogs.training.cancelling import CANCEL_ASK, REFUSE
from dialogs.training.courses import content, courses_meant
from dialogs.training.sessions import SESSIONS, course_title, standing, when, where
from dialogs.turn import ASKED, EXPECT, Answer, Turn, answer
from dialogs.wording import say
from services.model import HAS_PLACE, Booking, Session
from services.understanding import Outcome, Understanding

SHOWN = 3
"""What is known is said of so many dates. A longer list has just been read."""
_ANY_EVENT = frozenset({"forum", "workshop", "webinar", "seminar", "event"})
_THIS_CHAT = re.compile(r".*\bis this(?: being)? recorded")
GROUP = "training"
"""The topic group whose experts such a question goes to."""


async def told(turn: Turn, kind: str, sessions: Sequence[Session]) -> Answer:
    """That it is not known, what is known of these sessions, and whom to ask. The talk stands where it stood if these
    had been offered."""
    remote = kind in practical_words.IN_A_ROOM and sessions and not any(one.venue for one in sessions)
    lines = [say("asked-no-room") if remote else say("asked-unknown", what=say(f"unknown-{kind}"))]
    lines += await _known(turn, sessions) if len(sessions) <= SHOWN else []
    stands = as_it_stood(turn, sessions)
    if remote:
        return answer(Reply("\n".join(lines)), **stands)
    office = contact_lines(turn.rules.pack, ("training", "partnership-office"))
    after = [say("asked-needs")] if kind in practical_words.NEEDS else []
    after += way_on(turn, "unhelpful-person")
    plain = "\n".join([*lines, say("asked-office"), bulleted(office), *after])
    if not turn.known_here:
        return answer(Reply(plain), **stands)
    body = [*map(cards.words, (*lines, say("asked-office"))), cards.points(office), *map(cards.words, after)]
    topic = next((one.id for one in turn.rules.pack.topics if one.group == GROUP), "")
    card = cards.card(body, [ask_person(topic=topic)], fallback=plain)
    return answer(Reply(plain, card), **{**stands, ASKED: turn.said.text})


def as_it_stood(turn: Turn, told: Collection[Session]) -> dict[str, str]:
    """Where the talk stands after a question about these sessions: they can still be booked if they had been offered.

    A question about anything else is over, as after any other words: a yes would not be meant for it any more.
    """
    offered = turn.state.get(SESSIONS, "").split()
    if EXPECT not in turn.state or any(str(one.id) in offered for one in told):
        return dict(turn.state)
    return button_titles.kept(turn)


async def _known(turn: Turn, sessions: Sequence[Session]) -> list[str]:
    stands = await standing(turn, sessions)
    return [say("asked-known", facts=_line(turn, one, stands.of(one))) for one in sessions]


def _line(turn: Turn, session: Session, booking: Booking | None) -> str:
    course, has_place = course_title(turn, session.course_id), booking is not None and booking.state in HAS_PLACE
    facts = [where(session, booking)]
    facts += [say("joining-link", link=session.join_url)] if has_place and session.join_url else []
    facts += [say("joining-trainer", trainer=session.trainer)] if session.trainer else []
    return f"{course}, {when(turn, session)}. {'. '.join(facts)}."


async def just_shown(turn: Turn) -> list[Session]:
    """The sessions of the speaker's own bookings on the card last shown: the place that was just booked, say."""
    shown = {one for verb in (CANCEL_ASK, REFUSE) for one in button_titles.ids_of(turn, verb, "booking")}
    mine = [one for one in await _coming(turn) if str(one.id) in shown] if shown else []
    return await _sessions_of(turn, mine)


async def in_mind(turn: Turn) -> list[Session]:
    """The date of their own that was spoken of last, else the next few that they have coming up."""
    mine, last = await _coming(turn), await last_place.of(turn)
    spoken = [one for one in mine if last is not None and one.id == last.booking.id]
    return await _sessions_of(turn, spoken or mine[:SHOWN])


async def booked_on(turn: Turn, course_ids: Sequence[str]) -> list[Session]:
    """The dates of these courses that the speaker has coming up."""
    found = await _sessions_of(turn, await _coming(turn))
    return [one for one in found if one.course_id in course_ids]


async def heard(turn: Turn, understood: Understanding, kind: str, plain: str) -> Answer | None:
    """The answer where no date is shown: of the course that is named, else of what the speaker is booked on next.

    None for words that may well be about a meeting, a form or the guidance just read.
    """
    called = practical_words.event_named(plain)
    named = courses_meant(turn.rules.pack, called or turn.said.text)
    if _THIS_CHAT.fullmatch(plain):
        return None  # with no date in view
    if named or (called and content(called) - _ANY_EVENT):
        return await told(turn, kind, await booked_on(turn, [one.id for one in named]))
    doubtful = kind in practical_words.OF_PRACTICE_TOO and not called
    if doubtful and of_practice(turn, turn.read_last):
        return None
    coming = await _sessions_of(turn, await _next(turn))
    if doubtful and not coming and understood.outcome is Outcome.ANSWER and of_practice(turn, understood.topic):
        return None
    return await told(turn, kind, coming)


def of_practice(turn: Turn, topic: str | None) -> bool:
    """True for the topic of an article about anything but training."""
    article = turn.rules.pack.article(topic or "")
    return article is not None and article.group != GROUP


async def _next(turn: Turn) -> list[Booking]:
    """The next place of theirs; without one, the next thing they wait for."""
    mine = await _coming(turn)
    return [one for one in mine if one.state in HAS_PLACE][:1] or mine[:1]


async def _coming(turn: Turn) -> list[Booking]:
    if turn.person is None or not turn.personal:
        return []
    return await turn.work.bookings.active_of(turn.person.id, turn.now)


async def _sessions_of(turn: Turn, mine: Sequence[Booking]) -> list[Session]:
    found = await turn.work.sessions.by_ids({one.session_id for one in mine})
    return [found[one.session_id] for one in mine]
