"""What every use case needs to decide by: the partnership's rules, its calendar, and the screen for free text."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from config.pack import Pack
from config.partnership import Calendar
from services.ladders import Clockwork
from services.screening.kinds import IdentifierKind
from services.workdays import Workdays, local_day, require_aware

Screen = Callable[[str], Collection[IdentifierKind]]
"""Says which kinds of identifier a text holds; empty when it is clean."""


def workdays_of(calendar: Calendar) -> Workdays:
    """Working days as this partnership counts them: its week, its closed days, England's bank holidays."""
    return Workdays.closed_on(
        calendar.closed_days, week=frozenset(day.number for day in calendar.working_week), region=calendar.region
    )


@dataclass(frozen=True)
class Rulebook:
    """The rules in force. Built once at the door and passed to every use case that decides something."""

    pack: Pack
    workdays: Workdays
    screen: Screen

    def today(self, now: datetime) -> date:
        """The calendar day on the partnership's wall clock."""
        return local_day(now, self.pack.partnership.calendar.zone)

    @cached_property
    def clockwork(self) -> Clockwork:
        """The calendar that ladders climb by."""
        calendar = self.pack.partnership.calendar
        return Clockwork(self.workdays, calendar.zone, calendar.digest_at.value)

    def quiet(self, now: datetime) -> bool:
        """True when nothing but urgent notices may go out: quiet hours, weekends and bank holidays."""
        calendar = self.pack.partnership.calendar
        local = require_aware(now).astimezone(calendar.zone)
        hours = calendar.quiet_hours.value
        clock = local.time()
        if hours.starts <= hours.ends:
            asleep = hours.starts <= clock < hours.ends
        else:
            asleep = clock >= hours.starts or clock < hours.ends
        return asleep or not self.workdays.is_working(local.date())
