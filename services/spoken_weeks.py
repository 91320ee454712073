"""Days named by their weekday or their week: "last Tuesday", "the Friday before last". Pure; keeps no words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from rapidfuzz import fuzz, process

from services.calendar_words import WEEKDAYS

CLOSE = 85
"""How alike a word must be, of 100, to count as a misspelt weekday or "yesterday"."""
AHEAD = re.compile(r"\b(?:by|till?|until|next|before|coming|due|for|every)\s+(?:the\s+)?$")
"""What stands before a day that is still to come, or that is no single day."""

_SHORT = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}
_WRITTEN_OUT = {"wk": "week", "wks": "weeks", "yest": "yesterday"}
_WORD = re.compile(r"[a-z]+")
_WEEKEND = re.compile(r"\b(?P<day>sat|sun)\b\.?(?=,?\s+(?:the\s+)?\d)")
""""Sat" and "sun" are words of other things; before a date they are days."""

_DAY = "(?P<day>" + "|".join(WEEKDAYS) + ")"
_WEEKS = r"(?:(?:\d{1,2}|[a-z]+)\s+)?(?:weeks?|fortnights?)\s+(?:ago|back|since)"
_BANK_HOLIDAY = r"(?:easter|bank holiday|may day)"
_ON = r",?\s+(?:on\s+)?(?:the\s+)?"
_DOUBTFUL = re.compile(
    rf"\b{_WEEKS}{_ON}{_DAY}\b|\b(?:{'|'.join(WEEKDAYS)}),?\s+{_WEEKS}\b"
    rf"|\b{_BANK_HOLIDAY}(?:\s+(?:{'|'.join(WEEKDAYS)}))?\b|\b(?:{'|'.join(WEEKDAYS)}){_ON}{_BANK_HOLIDAY}\b"
)
"""A weekday "a fortnight ago" may be of that week or of the one before it, and a bank holiday any of eight days."""


def plainly(text: str) -> str:
    """Words in lower case with weekdays and "yesterday" in full and spelt right, and one space between them."""
    said = " ".join(text.casefold().split())
    said = _WEEKEND.sub(lambda found: "saturday" if found["day"] == "sat" else "sunday", said)
    return _WORD.sub(lambda found: _spelt(found[0]), said)


def weekday(word: str) -> int | None:
    """0 for Monday, however it is shortened or misspelt; None for any other word. "Tuesdays" is a habit and no day."""
    if word in _SHORT:
        return _SHORT[word]
    name = None if word.endswith("days") else _alike(word, WEEKDAYS)
    return WEEKDAYS.index(name) if name else None


def is_doubtful(said: str) -> bool:
    """True where a week or a holiday is named and yet no day to count from; `said` as `plainly` has it."""
    return _DOUBTFUL.search(said) is not None


def by_week(said: str, today: date) -> tuple[list[date], str]:
    """The days up to today that weekdays name, and the words without them. `said` as `plainly` has it.

    A weekday is the last one before today, for who means today says "today".
    """
    days = list[date]()
    for pattern, counted in _FORMS:
        for found in pattern.finditer(said):
            if counted is not None and not AHEAD.search(said[: found.start()]):
                days.append(counted(WEEKDAYS.index(found["day"]), today))
        said = blanked(pattern, said)
    return days, said


def blanked(pattern: re.Pattern[str], said: str) -> str:
    """The words with as many blanks where the pattern stands: they have been read, and mean nothing twice."""
    return pattern.sub(lambda found: " " * len(found[0]), said)


def _spelt(word: str) -> str:
    if (number := weekday(word)) is not None:
        return WEEKDAYS[number]
    if _alike(word, ("yesterday",)):
        return "yesterday"
    return _WRITTEN_OUT.get(word, word)


def _alike(word: str, known: tuple[str, ...]) -> str | None:
    if word in known:
        return word
    if len(word) < 6:
        return None
    found = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=CLOSE)
    return found[0] if found else None


def _last(number: int, today: date) -> date:
    return today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)


def _before_last(number: int, today: date) -> date:
    return _last(number, today) - timedelta(days=7)


def _of_week(weeks_back: int) -> Callable[[int, date], date]:
    return lambda number, today: today + timedelta(days=number - today.weekday() - 7 * weeks_back)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[int, date], date] | None], ...] = (
    (_DOUBTFUL, None),
    (re.compile(rf"\b(?:the\s+)?{_DAY}\s+before\s+last\b"), _before_last),
    (re.compile(rf"\b(?:a\s+)?week\s+last\s+{_DAY}\b"), _before_last),
    (re.compile(rf"\bweek\s+before\s+last{_ON}{_DAY}\b"), _of_week(2)),
    (re.compile(rf"\b{_DAY},?\s+(?:(?:of|in)\s+)?(?:the\s+)?week\s+before\s+last\b"), _of_week(2)),
    (re.compile(rf"\blast\s+week{_ON}{_DAY}\b"), _of_week(1)),
    (re.compile(rf"\b{_DAY},?\s+(?:(?:of|in)\s+)?last\s+week\b"), _of_week(1)),
    (re.compile(rf"\b{_DAY}\b"), _last),
)
"""How a weekday is spoken of, the longest first, and the day that is meant; None where it must be asked."""
