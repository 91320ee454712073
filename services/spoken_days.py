"""The day that somebody means: "on Tuesday", "yesterday", "12 March", "3 working days ago". Pure; keeps no words.

Only days up to today are found: what is asked for is when something happened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from rapidfuzz import fuzz, process

from services.calendar_words import MONTHS, WEEKDAYS
from services.workdays import Workdays

LONGEST_BACK = 366
"""Days. A day further back is more likely misread, and nothing that old is still being answered."""

CLOSE = 85
"""How alike a word must be, of 100, to count as a misspelt weekday or "yesterday"."""

_SHORT = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}
_MONTHS = tuple(month[:3] for month in MONTHS)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
} | {"a": 1, "an": 1, "couple": 2}

_WORD = re.compile(r"[a-z]+")
_AHEAD = re.compile(r"\b(?:by|till?|until|next|before|coming|due|for|every)\s+(?:the\s+)?$")
"""What stands before a day that is still to come, or that is no single day."""
_TODAY = re.compile(r"(?<!\bdo )(?<!\bact )\b(?:today|this morning|this afternoon|just now|(?:an|\d+) hours? ago)\b")
"""Not "what can I do today?", which asks what comes next."""
_BEFORE_YESTERDAY = re.compile(r"\bday before yesterday\b")
_AGO = re.compile(
    r"\b(?P<count>\d{1,3}|[a-z]+)\s+(?:of\s+)?(?P<unit>working days?|days?|weeks?|fortnights?)\s+(?:ago|back|since)\b"
)
_ISO = re.compile(r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b")
_SLASHED = re.compile(
    r"(?<![\d/.-])(?!24/7\b)(?P<day>\d{1,2})(?:[/.-](?P<m>\d{1,2})[/.-](?P<year>\d{4}|\d\d)|/(?P<month>\d{1,2}))(?![\d/-])"
)
_MONTH = "(?P<name>" + "|".join(_MONTHS) + r")[a-z]*\.?"
_ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DAY_MONTH = re.compile(rf"\b{_ORDINAL}\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>20\d\d))?\b")
_MONTH_DAY = re.compile(rf"\b{_MONTH}\s+(?:the\s+)?{_ORDINAL}(?:,?\s+(?P<year>20\d\d))?\b")
_BARE = re.compile(
    r"\b(?:the|on)\s+(?P<day>\d{1,2})(?:st|nd|rd|th)\b(?!\s+(?:of\s+)?[a-z]*(?:day|time|stage|referral))"
)


def day_meant(text: str, today: date, workdays: Workdays) -> date | None:
    """The latest day up to `today` that `text` names; `None` when it names none.

    A weekday is the last one before today, for who means today says "today". A day without a year is the last
    one there was.
    """
    said = " ".join(text.casefold().split())
    found = [*_relative(said, today, workdays), *_weekdays(said, today), *_dates(said, today)]
    earliest = today - timedelta(days=LONGEST_BACK)
    past = max((day for day in found if earliest <= day <= today), default=None)
    return today if past is None and _TODAY.search(said) else past


def _relative(said: str, today: date, workdays: Workdays) -> Iterator[date]:
    before, *_ = parts = _BEFORE_YESTERDAY.split(said)
    if len(parts) > 1:
        yield today - timedelta(days=2)
    if any(_alike(word, ("yesterday",)) for part in parts for word in _WORD.findall(part)) or "last night" in before:
        yield today - timedelta(days=1)
    for ago in _AGO.finditer(said):
        count = int(ago["count"]) if ago["count"].isdecimal() else _NUMBERS.get(ago["count"])
        if count is None:
            continue
        if ago["unit"].startswith("working"):
            yield workdays.add(today, -min(count, LONGEST_BACK))
        else:
            yield today - timedelta(days=count * {"d": 1, "w": 7, "f": 14}[ago["unit"][0]])


def _weekdays(said: str, today: date) -> Iterator[date]:
    for word in _WORD.finditer(said):
        number = _weekday(word[0])
        if number is not None and not _AHEAD.search(said[: word.start()]):
            yield today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)


def _weekday(word: str) -> int | None:
    if word in _SHORT:
        return _SHORT[word]
    # "Tuesdays" is a habit and not a day.
    name = None if word.endswith("days") else _alike(word, WEEKDAYS)
    return WEEKDAYS.index(name) if name else None


def _alike(word: str, known: tuple[str, ...]) -> str | None:
    if word in known:
        return word
    if len(word) < 6:
        return None
    found = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=CLOSE)
    return found[0] if found else None


def _dates(said: str, today: date) -> Iterator[date]:
    for pattern in (_ISO, _SLASHED, _DAY_MONTH, _MONTH_DAY, _BARE):
        for match in pattern.finditer(said):
            parts = match.groupdict()
            if not _AHEAD.search(said[: match.start()]):
                yield from _latest(int(parts["day"]), _month(parts), _year(parts.get("year")), today)


def _month(parts: dict[str, str | None]) -> int | None:
    if name := parts.get("name"):
        return _MONTHS.index(name) + 1
    month = parts.get("month") or parts.get("m")
    return int(month) if month else None


def _year(written: str | None) -> int | None:
    return None if not written else int(written) if len(written) == 4 else 2000 + int(written)


def _latest(day: int, month: int | None, year: int | None, today: date) -> Iterator[date]:
    """The last such day up to `today`: of this year or the one before, of this month or an earlier one."""
    years = (year,) if year else (today.year, today.year - 1)
    months = (month,) if month else range(12, 0, -1)
    for each_year in years:
        for each_month in months:
            try:
                found = date(each_year, each_month, day)
            except ValueError:
                continue
            if found <= today:
                yield found
                return
