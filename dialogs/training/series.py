"""A forum's dates as a series: one tap books the term or the year, and one answer says what came of each date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from config.catalogue import Course, CourseKind
from config.partnership import Term
from dialogs import cards, dates
from dialogs.talk import Reply
from dialogs.training.sessions import course_title, who_agrees
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import explain, say
from services import bookings
from services.bookings import SeriesOutcome
from services.bookings.series import dates_of
from services.model import BookingState

SERIES_BOOK = "series.book"
_WHOLE = re.compile(
    r"\b(?:(?:whole|full|entire) (?:school |academic )?(?:year|series|term)|(?:for|all) the (?:school |academic )?year|"
    r"all year|all (?:of )?them|every (?:date|forum|one|term)|"
    r"all (?:the |of the )?(?:dsl )?(?:forums|dates|seminars|terms))\b"
)


def wants_series(text: str) -> bool:
    """True if the words ask for more than one date: `the whole year`, `all the forums`, `this term`."""
    said = text.lower().strip().rstrip(".!")
    return bool(_WHOLE.search(said)) or said == "all"


async def series_length(turn: Turn, course: Course) -> int:
    """How many open dates the coming year has; 0 for a course that is no series."""
    if course.kind is not CourseKind.FORUM:
        return 0
    return len(await dates_of(turn.work, course.id, now=turn.now, rules=turn.rules, until=None))


async def press(turn: Turn) -> Answer:
    """The button."""
    return await book_whole_series(turn, turn.field("course"), turn.field("span"))


def _term(turn: Turn, text: str) -> Term | None:
    """The term that is meant, where the partnership has told us its terms; else the whole year is."""
    terms = turn.rules.pack.partnership.calendar.terms.value or ()
    if "term" not in text.lower():
        return None
    return next((one for one in sorted(terms, key=lambda one: one.starts) if one.ends >= turn.today), None)


async def book_whole_series(turn: Turn, course_id: str, text: str) -> Answer:
    """Book every open date, once each, and say what came of it."""
    term = _term(turn, text)
    until: date | None = term.ends if term else None
    outcomes = await bookings.book_series(
        turn.work, turn.known(), course_id, now=turn.now, rules=turn.rules, until=until
    )
    course = course_title(turn, course_id)
    summary = _summary(outcomes)
    if term is None:
        lead = say("series-done", course=course, summary=summary)
    else:
        lead = say("series-term-done", course=course, summary=summary, term=term.name)
    agrees = await who_agrees(turn, turn.known())
    lines = [f"{_day(turn, one)}: {_came_of(one, agrees)}" for one in outcomes]
    plain = "\n".join([lead, *(f"- {line}" for line in lines)])
    body = [cards.title(course), cards.words(lead), cards.points(lines)]
    return answer(Reply(plain, cards.card(body, [cards.button("My bookings", "my-bookings")], fallback=plain)))


def _summary(outcomes: Sequence[SeriesOutcome]) -> str:
    """How many of the dates they have now, wait for, or could not book."""
    refused = sum(one.placed is None for one in outcomes)
    waiting = sum(one.placed is not None and one.placed.position is not None for one in outcomes)
    said = say("series-count", places=len(outcomes) - refused - waiting, count=len(outcomes))
    said += say("series-count-waiting", waiting=waiting) if waiting else ""
    return said + (say("series-count-not", refused=refused) if refused else "")


def _day(turn: Turn, outcome: SeriesOutcome) -> str:
    session = outcome.session
    return dates.session_time(session.starts_at, session.ends_at, turn.rules.pack.partnership.calendar.zone)


def _came_of(outcome: SeriesOutcome, agrees: str) -> str:
    if outcome.refusal is not None:
        return f"not booked. {explain(outcome.refusal)}"
    assert outcome.placed is not None
    placed = outcome.placed
    if placed.repeated:
        waits = f" ({say('series-waiting', position=placed.position)})" if placed.position is not None else ""
        return say("series-again") + waits
    if placed.position is not None:
        return say("series-waiting", position=placed.position)
    if placed.booking.state is BookingState.AWAITING:
        return say("series-awaiting", agrees=agrees)
    return say("series-booked")
