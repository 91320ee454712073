"""Dates and times as people say them: weekdays, UK order, and how far away. Pure."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from services.workdays import LONDON, Workdays, in_words


def day(when: date) -> str:
    """`Tuesday 1 December 2026`."""
    return in_words(when)


def short_day(when: date) -> str:
    """`Tue 1 Dec 2026`, for lists."""
    return f"{when:%a} {when.day} {when:%b %Y}"


def clock(when: datetime, zone: ZoneInfo = LONDON) -> str:
    """`1.30pm`, `9am`, on the wall clock of `zone`."""
    return hour_of_day(when.astimezone(zone).time())


def hour_of_day(at: time) -> str:
    """`1.30pm`, `9am`."""
    minutes = f".{at:%M}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def session_time(starts: datetime, ends: datetime, zone: ZoneInfo = LONDON) -> str:
    """`Tuesday 1 December 2026, 1.30pm to 3.30pm`."""
    first, last = starts.astimezone(zone).date(), ends.astimezone(zone).date()
    until = clock(ends, zone) if first == last else f"{day(last)}, {clock(ends, zone)}"
    return f"{day(first)}, {clock(starts, zone)} to {until}"


def moment(when: datetime, zone: ZoneInfo = LONDON) -> str:
    """`3.15pm on Monday 30 November 2026`."""
    return f"{clock(when, zone)} on {day(when.astimezone(zone).date())}"


def distance(today: date, when: date, workdays: Workdays) -> str:
    """How far `when` is: `today`, `tomorrow`, `the next working day`, `in 3 working days`, `2 weeks ago`."""
    days = (when - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days)
    if near:
        return near
    if 0 < days <= 14:
        count = workdays.between(today, when)
        if count == 1:  # "in 1 working day" of a Friday means Monday to nobody
            return "the next working day"
        return f"in {count} working days" if count else f"in {days} days"
    amount, unit = (abs(days) // 7, "week") if abs(days) >= 14 else (abs(days), "day")
    words = f"{amount} {unit}{'' if amount == 1 else 's'}"
    return f"in {words}" if days > 0 else f"{words} ago"


def overdue_by(today: date, due: date) -> str:
    """`1 day overdue`, `3 weeks overdue`, `2 years overdue`. `today` is after `due`."""
    days = (today - due).days
    amount, unit = (days // 7, "week") if days >= 14 else (days, "day")
    if days >= 730:
        amount, unit = days // 365, "year"
    return f"{amount} {unit}{'' if amount == 1 else 's'} overdue"
