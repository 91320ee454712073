"""A whole series at one tap: every date of a forum that is open, this term or this year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.bookings.booking import book
from services.bookings.places import Placed
from services.errors import ServiceError
from services.model import Person, Session
from services.rulebook import Rulebook
from services.work import Work

A_YEAR = timedelta(days=366)
MOST_IN_A_SERIES = 12


@dataclass(frozen=True, slots=True)
class SeriesOutcome:
    """What came of one date of the series: a place or a number in the queue, or why not."""

    session: Session
    placed: Placed | None = None
    refusal: ServiceError | None = None


async def dates_of(work: Work, course_id: str, *, now: datetime, rules: Rulebook, until: date | None) -> list[Session]:
    """The open dates of a course in the coming year, up to and including the day `until` if one is given."""
    coming = await work.sessions.coming(now, course_ids=[course_id], limit=MOST_IN_A_SERIES)
    return [
        one
        for one in coming
        if one.starts_at <= now + A_YEAR and (until is None or rules.today(one.starts_at) <= until)
    ]


async def book_series(
    work: Work, person: Person, course_id: str, *, now: datetime, rules: Rulebook, until: date | None = None
) -> list[SeriesOutcome]:
    """Book every date: a place where there is one, the waiting list where there is none. One refusal stops no other.

    Raises `ServiceError` when the course has no open date.
    """
    sessions = await dates_of(work, course_id, now=now, rules=rules, until=until)
    if not sessions:
        raise ServiceError("no-dates-in-series")
    # All of them first, in one order: two people who book the same series never wait for each other in a circle.
    for session_id in sorted(one.id for one in sessions):
        await work.sessions.lock(session_id)
    outcomes = []
    for session in sessions:
        try:
            got = await book(work, person, session.id, now=now, rules=rules)
        except ServiceError as refusal:
            outcomes.append(SeriesOutcome(session, refusal=refusal))
        else:
            outcomes.append(SeriesOutcome(got.session, got))
    return outcomes
