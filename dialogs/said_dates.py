"""Reads a day to come as a card or a person writes it: 2027-03-14, 14 March 2027, 14/03/2027, in 2 weeks. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime

from config import dates
from config.spans import Span
from services.errors import ServiceError

_LAYOUTS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y")
_YEARLESS = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERS = {"a": "1", "one": "1", "two": "2", "three": "3", "four": "4", "six": "6"}
_NOISE = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+(?=\d)|(?<=\d)(?:st|nd|rd|th)\b"
)


def read_date(text: str, today: date | None = None) -> date:
    """The day that is meant; without a year the next such day after `today`. Raises `ServiceError` for none."""
    plain = " ".join(_NOISE.sub("", text.strip().casefold().strip(".!")).split())
    found = _written(plain, _LAYOUTS)
    if found is None and today is not None:
        found = _yearless(plain, today) or _spoken(plain, today)
    if found is None:
        raise ServiceError("bad-date")
    return found


def _written(text: str, layouts: tuple[str, ...]) -> date | None:
    for layout in layouts:
        try:
            return datetime.strptime(text, layout).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    return None


def _yearless(text: str, today: date) -> date | None:
    for year in (today.year, today.year + 1):
        joint = "/" if "/" in text else " "
        found = _written(f"{text}{joint}{year}", _YEARLESS)
        if found is not None and found > today:
            return found
    return None


def _spoken(text: str, today: date) -> date | None:
    if text == "tomorrow":
        return dates.shift(today, Span.parse("1 day"), lambda day, count: day)
    span = re.fullmatch(r"(?:in |for )?(\w+) (day|week|month)s?", text)
    if span is not None:
        count = _NUMBERS.get(span[1], span[1])
        if count.isdecimal() and 0 < int(count) < 100:
            return dates.shift(today, Span.parse(f"{count} {span[2]}s"), lambda day, count: day)
    weekday = re.fullmatch(r"(?:on |next )?(mon|tue|wed|thu|fri|sat|sun)\w*", text)
    if weekday is not None:
        ahead = (_WEEKDAYS.index(weekday[1]) - today.weekday() - 1) % 7 + 1
        return dates.shift(today, Span.parse(f"{ahead} days"), lambda day, count: day)
    return None
