"""What comes next when professionals disagree, and by when. Pure: the partnership's stages, a day, a calendar.

The stages and limits are configuration (`config.escalation`). A limit that the partnership has not told us gives
no date: nothing is invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from config import dates
from config.escalation import Escalation, Stage
from config.spans import Span, Unit
from services.workdays import Workdays


@dataclass(frozen=True, slots=True)
class StageDates:
    """One stage on the calendar. `by` is the last day to answer; `None` when no limit is known.

    `latest` marks a stage that is not reached yet: its days hold if every stage before it takes all its time.
    """

    stage: Stage
    starts_on: date | None
    by: date | None
    latest: bool

    @property
    def confirmed(self) -> bool:
        """False while the office has still to confirm the stage, who acts in it, or its limit."""
        return self.stage.confirmed and self.stage.who.confirmed and self.stage.limit.confirmed

    def over(self, today: date) -> bool:
        """True from the day after the last day to answer."""
        return self.by is not None and today > self.by


def limit_of(stage: Stage, starts_on: date, workdays: Workdays) -> date | None:
    """The last day to answer in `stage`, if its clock starts on `starts_on`; `None` when no limit is known."""
    limit = stage.limit.value
    return None if limit is None else _after(starts_on, limit, workdays)


def _after(day: date, limit: Span, workdays: Workdays) -> date:
    if limit.unit is Unit.HOURS:
        # Only the day is known and not the hour: 48 hours from a day end two days later.
        return day + timedelta(days=-(-limit.amount // 24))
    return dates.shift(day, limit, workdays.add)


def timetable(escalation: Escalation, number: int, starts_on: date, workdays: Workdays) -> list[StageDates]:
    """Stage `number`, whose clock starts on `starts_on`, and every stage that may follow it.

    Empty for a stage that does not exist.
    """
    return list(_climb(escalation, number, starts_on, workdays))


def _climb(escalation: Escalation, number: int, starts_on: date, workdays: Workdays) -> Iterator[StageDates]:
    start: date | None = starts_on
    while stage := escalation.stage(number):
        by = limit_of(stage, start, workdays) if start else None
        yield StageDates(stage, start, by, latest=start != starts_on or start is None)
        start, number = by, number + 1
