"""Dates as the partnership counts them: England working days and London wall-clock time. Pure; takes dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")


def require_aware(moment: datetime) -> datetime:
    """Return `moment` in UTC. Raises `ValueError` for a naive one: it would silently mean the server's clock."""
    if moment.tzinfo is None:
        raise ValueError("a time without a time zone was given; pass an aware datetime")
    return moment.astimezone(UTC)


def local_day(moment: datetime, zone: ZoneInfo = LONDON) -> date:
    """The calendar day on the wall at `moment`. The day belongs to the people, the store is UTC."""
    return require_aware(moment).astimezone(zone).date()


def in_words(day: date) -> str:
    """`Tuesday 1 December 2026`: how a day stands in a sentence, everywhere."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def wall_clock(day: date, at: time, zone: ZoneInfo = LONDON) -> datetime:
    """The UTC moment when the wall clock shows `at` on `day`.

    Raises `ValueError` between 01:00 and 02:00, an hour that is missing or doubled when the clocks change.
    """
    if time(1) <= at < time(2):
        raise ValueError("nothing is scheduled between 01:00 and 02:00 local time")
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True)
class Workdays:
    """Counts working days: `week` (Monday is 0), less bank holidays of `region`, less `extra` closed days."""

    extra: frozenset[date] = frozenset()
    week: frozenset[int] = frozenset(range(5))
    region: str = "ENG"
    _bank: holidays.HolidayBase = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Bank holidays of the region of the United Kingdom, for any year, worked out offline.

        Raises `ValueError` for a week without a working day: counting in it would never end.
        """
        if not self.week:
            raise ValueError("a week needs at least one working day")
        object.__setattr__(self, "_bank", holidays.country_holidays("GB", subdiv=self.region))

    @classmethod
    def closed_on(
        cls, days: Iterable[date], *, week: frozenset[int] = frozenset(range(5)), region: str = "ENG"
    ) -> Workdays:
        """Working days for a partnership that is also closed on `days`."""
        return cls(frozenset(days), week, region)

    def is_working(self, day: date) -> bool:
        """True on a day when offices are open."""
        return day.weekday() in self.week and day not in self.extra and day not in self._bank

    def add(self, day: date, count: int) -> date:
        """The date `count` working days after `day` (before it if negative). `day` itself is never counted."""
        step = timedelta(days=1 if count >= 0 else -1)
        left = abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def on_or_after(self, day: date) -> date:
        """`day` itself if offices are open, else the next day they are."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def on_or_before(self, day: date) -> date:
        """`day` itself if offices are open, else the last day they were."""
        while not self.is_working(day):
            day -= timedelta(days=1)
        return day

    def between(self, earlier: date, later: date) -> int:
        """Working days after `earlier` up to and including `later`; negative when `later` is the earlier one."""
        if later < earlier:
            return -self.between(later, earlier)
        days = (later - earlier).days
        return sum(self.is_working(earlier + timedelta(days=n)) for n in range(1, days + 1))
