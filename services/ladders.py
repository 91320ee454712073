"""When the steps of a ladder fall. Pure: a ladder, the moment it counts from, a calendar; no database, no clock.

Steps counted in days, weeks or working days fall at the digest hour of a working day, so that a chase never
climbs on a weekend. Steps counted in hours fall at the hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config import dates
from config.ladders import Basis, Ladder, Recipient, Step
from config.spans import Span, Unit
from services.workdays import Workdays, require_aware, wall_clock

_LONGEST = {
    Unit.HOURS: timedelta(hours=1),
    Unit.DAYS: timedelta(days=1),
    Unit.WORKING_DAYS: timedelta(days=2),
    Unit.WEEKS: timedelta(weeks=1),
    Unit.MONTHS: timedelta(days=31),
    Unit.YEARS: timedelta(days=366),
}
_CLOSED_FOR = timedelta(days=14)
"""Longer than offices are ever closed in a row, which is how far a step can move to an earlier working day."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step at its moment (UTC). `key` is unique for what the ladder counts from, so a moved date starts anew."""

    key: str
    name: str
    at: datetime
    to: tuple[Recipient, ...]
    urgent: bool


@dataclass(frozen=True)
class Clockwork:
    """The calendar that ladders climb by."""

    workdays: Workdays
    zone: ZoneInfo
    digest_at: time

    def day_of(self, moment: datetime) -> date:
        """The day on the wall at `moment`."""
        return require_aware(moment).astimezone(self.zone).date()

    def shift(self, day: date, span: Span) -> date:
        """`span` after `day` (before it if negative) on the calendar. Months end on the last day there is.

        Raises `ValueError` for hours, which are counted from a moment and not from a day.
        """
        return dates.shift(day, span, self.workdays.add)

    def digest_hour(self, day: date) -> datetime:
        """The UTC moment at which the digest of `day` goes out."""
        return wall_clock(day, self.digest_at, self.zone)

    def morning(self, day: date) -> datetime:
        """The digest hour of `day`, or of the next day on which offices are open."""
        return self.digest_hour(self.workdays.on_or_after(day))

    def moment(self, basis: datetime, span: Span) -> datetime:
        """The UTC moment of a step: before the date it moves to an earlier working day, after it to a later one."""
        if span.unit is Unit.HOURS:
            return require_aware(basis) + timedelta(hours=span.amount)
        day = self.shift(self.day_of(basis), span)
        settled = self.workdays.on_or_after(day) if span.amount > 0 else self.workdays.on_or_before(day)
        return self.digest_hour(settled)

    def repeat(self, basis: datetime, span: Span, every: Span, times: int) -> datetime:
        """The UTC moment of a step's repetition, counted from its first day so that closed days add up to nothing."""
        if every.unit is Unit.HOURS:
            return self.moment(basis, span) + timedelta(hours=every.amount * times)
        in_hours = span.unit is Unit.HOURS
        first = self.day_of(self.moment(basis, span)) if in_hours else self.shift(self.day_of(basis), span)
        day = self.shift(first, Span(every.amount * times, every.unit))
        return self.morning(day)


def _repeats(step: Step, basis: datetime, clockwork: Clockwork, until: datetime) -> Iterator[tuple[int, datetime]]:
    """The moments of one step up to `until`, numbered from 1. Of those that closed days push together, the last."""
    at = clockwork.moment(basis, step.at)
    number = 1
    while at <= until:
        following = clockwork.repeat(basis, step.at, step.every, number) if step.every else None
        if following is None or following > at:
            yield number, at
        if following is None:
            return
        at, number = following, number + 1


def _not_before_it_happened(ladder: Ladder, step: Step, at: datetime, basis: datetime) -> datetime:
    """What comes straight after is not due the morning before, though the digest hour of that day may be earlier."""
    happened = ladder.basis in (Basis.SESSION_END, Basis.ADDED)
    return max(at, basis) if happened and step.at.amount == 0 else at


def rungs(ladder: Ladder, basis: datetime, clockwork: Clockwork, *, until: datetime) -> list[Rung]:
    """Every step of `ladder` that falls by `until`, oldest first, counted from `basis` (UTC)."""
    anchor = clockwork.day_of(basis)
    found = [
        Rung(
            key=f"{step.name}-{number}:{anchor}" if step.every else f"{step.name}:{anchor}",
            name=step.name,
            at=_not_before_it_happened(ladder, step, at, basis),
            to=step.to,
            urgent=step.urgent,
        )
        for step in ladder.steps
        for number, at in _repeats(step, basis, clockwork, until)
    ]
    return sorted((rung for rung in found if rung.at <= until), key=lambda rung: rung.at)


def reach(ladder: Ladder) -> timedelta:
    """How long before its basis the first step can fall: how far ahead to look for what is due by now."""
    before = [span.amount * -1 * _LONGEST[span.unit] for step in ladder.steps if (span := step.at).amount < 0]
    return max(before, default=timedelta(0)) + _CLOSED_FOR
