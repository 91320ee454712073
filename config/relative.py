"""Moments written from today ("+9 working days 13:30", "-6 weeks"), so that a demo is never out of date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator

from config.dates import AddWorkingDays, shift
from config.spans import Span, Unit

_WRITTEN = re.compile(r"^([+-]\d+ [a-z ]+?)(?: (\d{2}:\d{2}))?$")


@dataclass(frozen=True, slots=True)
class FromToday:
    """A day counted from today, and a time on the wall if one is given."""

    span: Span
    at: time | None

    @classmethod
    def parse(cls, text: str) -> FromToday:
        """Read `+9 working days 13:30` or `-1 week`. Raises `ValueError` for anything else."""
        written = _WRITTEN.match(text.strip())
        if written is None:
            raise ValueError(f"must look like '+9 working days 13:30' or '-6 weeks', not '{text}'")
        span = Span.parse(written[1])
        if span.unit is Unit.HOURS:
            raise ValueError(f"must count days, not hours: '{text}'")
        return cls(span, time.fromisoformat(written[2]) if written[2] else None)

    def day(self, today: date, add_working_days: AddWorkingDays) -> date:
        """The day meant, if today is `today`."""
        return shift(today, self.span, add_working_days)

    def working_moment(self, today: date, add_working_days: AddWorkingDays, zone: ZoneInfo) -> datetime:
        """The same moment on a working day: on the next one for a day to come, on the one before for a day that was."""
        day, ahead = self.day(today, add_working_days), 1 if self.span.amount > 0 else -1
        # a step against the way and one along it come back to a working day, and pass over any other
        day = add_working_days(add_working_days(day, -ahead), ahead)
        return self._on(day, zone)

    def moment(self, today: date, add_working_days: AddWorkingDays, zone: ZoneInfo) -> datetime:
        """The UTC moment meant: that time on the wall of `zone`, noon if none is written."""
        return self._on(self.day(today, add_working_days), zone)

    def _on(self, day: date, zone: ZoneInfo) -> datetime:
        return datetime.combine(day, self.at or time(12), tzinfo=zone).astimezone(UTC)


def _read(value: object) -> object:
    return FromToday.parse(value) if isinstance(value, str) else value


FromTodayText = Annotated[FromToday, BeforeValidator(_read)]
