"""Months, weekdays, numbers and dates as people write them, whatever the locale of the machine: `calendar` would follow
that."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH_NAME = "(?:" + "|".join(f"{name}|{name[:3]}t?" for name in MONTHS) + r")"
"""A pattern for a month, written out or shortened."""
NUMBERS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
} | {"a": 1, "an": 1}
"""Counts of days and weeks, written out."""


def date_of(year: int, month: int, day: int) -> date | None:
    """The date, if there is one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(written: str) -> int:
    """`27` is 2027."""
    return int(written) if len(written) == 4 else 2000 + int(written)
