"""Moves a day by a length of time. Takes working days from whoever knows the calendar; knows no clock."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from config.spans import Span, Unit

AddWorkingDays = Callable[[date, int], date]
"""The date so many working days after (or before) a date, as the partnership counts them."""

_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7}
_MONTHS = {Unit.MONTHS: 1, Unit.YEARS: 12}


def shift(day: date, span: Span, add_working_days: AddWorkingDays) -> date:
    """The day `span` after `day`. Raises `ValueError` for hours, which are not days."""
    if span.unit in _DAYS:
        return day + timedelta(days=span.amount * _DAYS[span.unit])
    if span.unit is Unit.WORKING_DAYS:
        return add_working_days(day, span.amount)
    return add_months(day, months(span))


def months(span: Span) -> int:
    """A span of months or years in months. Raises `ValueError` for any other."""
    if span.unit not in _MONTHS:
        raise ValueError(f"must be in months or years, such as '12 months', not '{span}'")
    return span.amount * _MONTHS[span.unit]


def add_months(day: date, count: int) -> date:
    """The same day of the month `count` months later; the last day of a month that is too short."""
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
