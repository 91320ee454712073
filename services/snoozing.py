"""Reminders asked for later. Whatever a notice is about, its next steps to this person wait until the day they chose.

The thing itself does not change: dates stand, and others who are to hear of it still do.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from services.errors import ServiceError
from services.model import Person
from services.rulebook import Rulebook
from services.work import Work

LONGEST = timedelta(days=14)
"""How long somebody may put a reminder off. Our own choice: longer than that is asking for more time."""


async def snooze(
    work: Work, person: Person, kind: str, subject_id: int, *, until: date, now: datetime, rules: Rulebook
) -> datetime:
    """Hold this person's reminders of one thing until the digest hour of `until`, or of the next working day.

    Returns the UTC moment from which they go out again. A later snooze replaces an earlier one.
    Raises `ServiceError` unless `until` lies after today and within `LONGEST`.
    """
    today = rules.today(now)
    if not today < until <= today + LONGEST:
        raise ServiceError("snooze-out-of-reach", most=LONGEST.days)
    moment = rules.clockwork.morning(until)
    await work.snoozes.keep(person.id, kind, subject_id, moment)
    await work.snoozes.hold(now)
    detail = {"until": until.isoformat(), "kind": kind}
    await work.events.record("snoozed", ("notice-subject", subject_id), at=now, actor_id=person.id, detail=detail)
    return moment
