"""When a message may arrive that is to be read soon but need not wake anybody. Pure."""

from __future__ import annotations

from datetime import date, datetime, time

from services.rulebook import Rulebook


def wakes(day: date, rules: Rulebook) -> datetime:
    """The moment on `day` at which quiet hours are over; never while the clocks change."""
    return rules.at(day, max(rules.pack.partnership.calendar.quiet_hours.value.ends, time(2)))


def when_awake(rules: Rulebook, moment: datetime) -> datetime:
    """`moment` itself (UTC), or the end of the quiet time that it falls into."""
    if not rules.quiet(moment):
        return moment
    day = rules.workdays.on_or_after(rules.today(moment))
    at = wakes(day, rules)
    return at if at > moment else wakes(rules.workdays.add(day, 1), rules)
