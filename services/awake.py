"""When a message may arrive that is to be read soon but need not wake anybody. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from services.rulebook import Rulebook
from services.workdays import wall_clock


def when_awake(rules: Rulebook, moment: datetime) -> datetime:
    """`moment` itself (UTC), or the end of the quiet time that it falls into."""
    if not rules.quiet(moment):
        return moment
    calendar = rules.pack.partnership.calendar
    ends = max(calendar.quiet_hours.value.ends, time(2))
    day = rules.workdays.on_or_after(rules.today(moment))
    at = wall_clock(day, ends, calendar.zone)
    if at > moment:
        return at
    return wall_clock(rules.workdays.on_or_after(day + timedelta(days=1)), ends, calendar.zone)
