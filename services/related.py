"""Training for a topic: the next session with places, and what is asked about often but not on offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from config.catalogue import Course
from services.bookings.rules import closes_on
from services.model import Person, Role, Session
from services.questions import week_of
from services.rulebook import Rulebook
from services.work import Work

WEEKS, OFTEN = 4, 3
"""Our default: a topic is asked about often when it was asked about this many times in so many weeks."""
NOT_TAUGHT = frozenset({"emergency", "contacts", "training", "bot", "partnership"})
"""Topic groups about whom to call and how things are booked: nobody needs a course on them."""


async def session_on(
    work: Work, rules: Rulebook, topic: str, person: Person | None, *, now: datetime
) -> Session | None:
    """The next session on a course that covers `topic` with a place that this person could book, and has not yet."""
    courses = [course.id for course in rules.pack.courses_on(topic) if _is_for(course, person)]
    if not courses:
        return None
    sessions = await work.sessions.coming(now, course_ids=courses, limit=20)
    mine = {one.session_id for one in await work.bookings.active_of(person.id, now)} if person else set()
    today = rules.today(now)
    free = [one for one in sessions if one.places_left and one.id not in mine and today <= closes_on(one, rules)]
    return min(free, key=lambda one: (courses.index(one.course_id), one.starts_at), default=None)


def _is_for(course: Course, person: Person | None) -> bool:
    return not course.only_for or (person is not None and person.has(*(Role(role) for role in course.only_for)))


def course_on(rules: Rulebook, topic: str, person: Person) -> Course | None:
    """The course that covers `topic` in particular, to ask for a date of. A core course covers too much for that."""
    return next((one for one in rules.pack.courses_on(topic) if not one.core and _is_for(one, person)), None)


@dataclass(frozen=True, slots=True)
class Demand:
    """A topic that was asked about `asks` times while no course on it has an open session with places."""

    topic: str
    title: str
    asks: int
    courses: tuple[Course, ...]
    """Courses that cover it, if any."""
    full_on: date | None = None
    """The next date of one of them, where there is one: full, or there would be no demand."""


async def demand(work: Work, rules: Rulebook, *, now: datetime) -> list[Demand]:
    """What the weekly digest should say: topics asked about often of late without training on offer, most first."""
    until = week_of(rules.today(now)) + timedelta(weeks=1)
    asks = await work.gaps.asks(until - timedelta(weeks=WEEKS), until)
    often = {topic: count for topic, count in asks.items() if count >= OFTEN}
    return await without_training(work, rules, often, now=now)


async def without_training(work: Work, rules: Rulebook, asks: Mapping[str, int], *, now: datetime) -> list[Demand]:
    """Of these topics with their counts, those that no open session with places covers, most asked first."""
    on_offer = await work.sessions.courses_with_places(now) if asks else frozenset()
    found: list[Demand] = []
    for topic, count in asks.items():
        article = rules.pack.article(topic)
        courses = rules.pack.courses_on(topic)
        if article is None or article.group in NOT_TAUGHT or any(course.id in on_offer for course in courses):
            continue
        full_on = await _next_date(work, rules, courses, now=now)
        found.append(Demand(topic, article.title, count, courses, full_on))
    return sorted(found, key=lambda one: (-one.asks, one.title))


async def _next_date(work: Work, rules: Rulebook, courses: Sequence[Course], *, now: datetime) -> date | None:
    coming = await work.sessions.coming(now, course_ids=[one.id for one in courses], limit=1) if courses else []
    return rules.today(coming[0].starts_at) if coming else None
