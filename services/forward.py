"""The forward plan: what is ahead of the partnership, by day (the plan that the 2023 scrutiny asked for)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from services.rulebook import Rulebook
from services.work import Work

WEEKS = 12
"""How far the forward plan looks: a term."""


class AheadKind(StrEnum):
    """What can be ahead."""

    SESSION = "session"
    REVIEW = "review"
    ACTIONS = "actions"


@dataclass(frozen=True, slots=True)
class Ahead:
    """One thing on one day. `about` is a course, the post that owns articles, or the items' references."""

    day: date
    kind: AheadKind
    about: str
    count: int = 1
    taken: int = 0
    """Of a session, the places taken; `count` is then how many there are."""


async def plan_ahead(work: Work, rules: Rulebook, now: datetime, *, weeks: int = WEEKS) -> list[Ahead]:
    """Sessions, article reviews and action items from today on, in the order of their days."""
    today = rules.today(now)
    last = today + timedelta(weeks=weeks)
    found = [
        *await _sessions(work, rules, now, last),
        *_reviews(rules, today, last),
        *await _actions(work, today, last),
    ]
    return sorted(found, key=lambda one: (one.day, one.kind, one.about))


async def _sessions(work: Work, rules: Rulebook, now: datetime, last: date) -> list[Ahead]:
    ends = rules.at(last, time(23))
    return [
        Ahead(rules.today(one.starts_at), AheadKind.SESSION, one.course_id, one.capacity, one.taken)
        for one in await work.sessions.coming_by(now, ends)
    ]


def _reviews(rules: Rulebook, today: date, last: date) -> list[Ahead]:
    """Many articles of one owner fall due on the same day: they are one line."""
    due = Counter((one.review_due, one.owner) for one in rules.pack.articles if today <= one.review_due <= last)
    return [Ahead(day, AheadKind.REVIEW, owner, count) for (day, owner), count in due.items()]


async def _actions(work: Work, today: date, last: date) -> list[Ahead]:
    refs: defaultdict[date, list[str]] = defaultdict(list)
    for item in await work.actions.owned_and_due_by(last):
        if item.due_on is not None and item.due_on >= today:
            refs[item.due_on].append(item.ref)
    return [Ahead(day, AheadKind.ACTIONS, ", ".join(sorted(theirs)), len(theirs)) for day, theirs in refs.items()]
