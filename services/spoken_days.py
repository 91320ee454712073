"""The day that somebody means: "on Tuesday", "yesterday", "12 March", "3 working days ago". Pure; keeps no words.

Only days up to today are found: what is asked for is when something happened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from services.calendar_words import MONTHS, NUMBERS, date_of, full_year
from services.coming_days import WEEKDAY, misfit, weekday_number
from services.errors import ServiceError
from services.spoken_weeks import AHEAD, blanked, by_week, is_doubtful, plainly, weekday
from services.workdays import Workdays

LONGEST_BACK = 366
"""Days. A day further back is more likely misread, and nothing that old is still being answered."""

LONG_PAST, SOON = 60, 60
"""Days. A date without a year that was longer ago than the one, and comes again within the other, may be either."""

_MONTHS = tuple(month[:3] for month in MONTHS)
_NUMBERS = NUMBERS | {"couple": 2}

_WORD = re.compile(r"[a-z]+")
_OF_A_DAY = frozenset(
    _WORD.findall(
        "today yesterday night morning afternoon evening last this the on of in at week weeks day days working "
        "fortnight fortnights month ago back before and past about around few other weekend "
        "easter spring summer bank holiday"
    )
)
"""Words that stand in what names a day, beside its weekday, month and numbers."""
_FIGURES = re.compile(r"\d{1,4}(?:[/.-]\d{1,2}(?:[/.-]\d{1,4})?)?(?:st|nd|rd|th)?")
_DEADLINE = re.compile(r"\b(?:by|till?|until|before|due|from)\s+(?:the\s+)?$")
_TO_COME = re.compile(rf"\b(?:tomorrow|(?:next|this coming|coming)\s+(?:{WEEKDAY}))\b")
_TODAY = re.compile(r"(?<!\bdo )(?<!\bact )\b(?:today|this morning|this afternoon|just now|(?:an|\d+) hours? ago)\b")
"""Not "what can I do today?", which asks what comes next."""
_YESTERDAY = re.compile(
    r"\b(?P<before>(?:the )?day before )?(?P<week>(?:a )?week (?:ago )?)?yesterday\b|\blast night\b"
)
_NO_DAY = re.compile(
    r"\b(?:(?:earlier |sometime )?(?:last|this|the other) (?:week|fortnight|month|day)"
    r"|(?:a few|few|some|several|many|a couple of) (?:days|weeks|months) (?:ago|back)"
    r"|(?:a|some) (?:while|time) (?:ago|back)|ages ago|(?:a|one|\d+|\w+) months? ago|recently|not long ago"
    r"|(?:at|over|on) the weekend|last weekend|last term"
    r"|(?:beginning|start|end|middle) of (?:last|the) (?:week|month))\b"
)
_AGO = re.compile(
    r"\b(?:(?P<count>\d{1,3}|[a-z]+)\s+(?:of\s+)?)?(?P<unit>working days?|days?|weeks?|fortnights?)"
    r"\s+(?:ago|back|since)\b"
)
_ISO = re.compile(r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b")
_SLASHED = re.compile(
    r"(?<![\d/.-])(?!24/7\b)(?P<day>\d{1,2})(?:[/.-](?P<m>\d{1,2})[/.-](?P<year>\d{4}|\d\d)|/(?P<month>\d{1,2}))(?![\d/-])"
)
_MONTH = "(?P<name>" + "|".join(_MONTHS) + r")[a-z]*\.?"
_ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DAY_MONTH = re.compile(rf"\b{_ORDINAL}\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>20\d\d))?\b")
_MONTH_DAY = re.compile(rf"\b{_MONTH}\s+(?:the\s+)?{_ORDINAL}(?:,?\s+(?P<year>20\d\d))?\b")
_WEEKDAY_BEFORE = rf"\b({WEEKDAY}),?\s+(?:the\s+)?(?:on\s+(?:the\s+)?)?"
_BEFORE_IT = re.compile(f"{_WEEKDAY_BEFORE}$")
"""A weekday just before a date: it must fit."""
_BARE = re.compile(
    r"(?:\b(?:the|on)\s+|(?<=day )|(?<=day, ))(?P<day>\d{1,2})(?:st|nd|rd|th)\b"
    r"(?!\s+(?:of\s+)?[a-z]*(?:day|time|stage|referral))"
)
_WRITTEN = tuple(
    (pattern, re.compile(f"(?:{_WEEKDAY_BEFORE})?(?:{pattern.pattern})"))
    for pattern in (_ISO, _SLASHED, _DAY_MONTH, _MONTH_DAY, _BARE)
)
"""Each way of writing a date, and the same with the weekday that may stand before it."""


def day_meant(text: str, today: date, workdays: Workdays) -> date | None:
    """The latest day up to `today` that `text` names; `None` when it names none.

    A weekday is the last one before today, for who means today says "today". A day without a year is the last
    one there was. Raises `ServiceError` to ask which is meant: of a weekday and a date that do not fit, and of a date
    without a year that is long past and near to come.
    """
    said, dated, doubts = _dates(plainly(text), today)
    weeks, said = by_week(said, today)
    found = [*dated, *weeks, *_relative(said, today, workdays)]
    earliest = today - timedelta(days=LONGEST_BACK)
    past = max((day for day in found if earliest <= day <= today), default=None)
    if past is None and _TODAY.search(said):
        return today
    if past is None and doubts:
        raise doubts[0]
    return past


def day_or_doubt(text: str, today: date, workdays: Workdays) -> tuple[date | None, ServiceError | None]:
    """`day_meant`, with the question which day is meant beside it: for who has an answer to give all the same."""
    try:
        return day_meant(text, today, workdays), None
    except ServiceError as doubt:
        return None, doubt


def past_day(text: str, today: date, workdays: Workdays) -> tuple[date | None, ServiceError | None]:
    """`day_or_doubt` for who counts from the day: one that cannot be counted from is asked about, and not passed over.

    That is a day still to come ("next Tuesday"), one that is in no calendar, and one of long ago.
    """
    day, doubt = day_or_doubt(text, today, workdays)
    if day is not None or doubt is not None:
        return day, doubt
    return None, _not_countable(plainly(text), today)


def says_roughly_when(text: str) -> bool:
    """True for "last week" and "a few days ago": when it happened is said, and from which day to count is not."""
    said = plainly(text)
    return _NO_DAY.search(said) is not None or is_doubtful(said)


def is_only_a_day(text: str) -> bool:
    """True where every word is part of what names a day up to today: "wednesday last week", "the 12th of March"."""
    words = [word.strip(".!?;:") for word in plainly(text.replace(",", " ")).split()]
    return bool(words) and all(
        word in _OF_A_DAY
        or word in _NUMBERS
        or word in MONTHS
        or word in _MONTHS
        or _FIGURES.fullmatch(word) is not None
        or weekday(word) is not None
        for word in words
    )


def _not_countable(said: str, today: date) -> ServiceError | None:
    for ahead in _TO_COME.finditer(said):
        if not _DEADLINE.search(said[: ahead.start()]):
            return ServiceError("day-ahead", said=ahead[0])
    for pattern in (_ISO, _SLASHED, _DAY_MONTH, _MONTH_DAY):
        for match in pattern.finditer(said):
            parts = match.groupdict()
            number, month, written = int(parts["day"]), _month(parts) or 0, parts.get("year")
            if AHEAD.search(_without_weekday(said[: match.start()])) or (not written and (month > 12 or number > 31)):
                continue
            day = date_of(full_year(written), month, number) if written else None
            ahead_of_us = day is not None and day > today
            return ServiceError("day-ahead" if ahead_of_us else "day-uncounted", said=_written(number, month, written))
    return None


def _written(day: int, month: int, year: str | None) -> str:
    """A date as it is read back, though it may be in no calendar. Of what was typed only its numbers are used."""
    if not 1 <= month <= 12:
        return f"{day}/{month}/{year}"
    return " ".join([str(day), MONTHS[month - 1].capitalize(), *([str(full_year(year))] if year else [])])


def _relative(said: str, today: date, workdays: Workdays) -> Iterator[date]:
    for found in _YESTERDAY.finditer(said):
        yield today - timedelta(days=1 + bool(found["before"]) + 7 * bool(found["week"]))
    for ago in _AGO.finditer(blanked(_YESTERDAY, said)):
        named = ago["count"] or ""
        count = int(named) if named.isdecimal() else _NUMBERS.get(named, 1 if ago["unit"] == "fortnight" else None)
        if count is None:
            continue
        if ago["unit"].startswith("working"):
            yield workdays.add(today, -min(count, LONGEST_BACK))
        else:
            yield today - timedelta(days=count * {"d": 1, "w": 7, "f": 14}[ago["unit"][0]])


def _dates(said: str, today: date) -> tuple[str, list[date], list[ServiceError]]:
    """The words without the dates in them, the dates that are meant, and the questions about those that may be two.

    A weekday before a date is part of it: read once more, "Monday 9 November" would be last Monday as well. Raises
    `ServiceError` for a date that may be two and has its weekday before it.
    """
    days, doubts = list[date](), list[ServiceError]()
    for pattern, with_weekday in _WRITTEN:
        for match in pattern.finditer(said):
            before, parts = said[: match.start()], match.groupdict()
            named = _BEFORE_IT.search(before)
            if AHEAD.search(_without_weekday(before)):
                continue
            written = parts.get("year")
            number, month, year = int(parts["day"]), _month(parts), full_year(written) if written else None
            for day in _latest(number, month, year, today):
                if (coming := _coming(number, month, year, day, today)) is not None:
                    doubts.append(ServiceError("day-to-come", coming=coming, past=day))
                    if named:
                        raise doubts[-1]
                elif named and weekday_number(named[1]) != day.weekday():
                    raise misfit(named[1], day)
                else:
                    days.append(day)
        said = blanked(with_weekday, said)
    return said, days, doubts


def _without_weekday(before: str) -> str:
    return _BEFORE_IT.sub("", before)


def _coming(day: int, month: int | None, year: int | None, past: date, today: date) -> date | None:
    """The next such day, if it may be meant: it is near and the last one was long ago."""
    if month is None or year or (today - past).days <= LONG_PAST:
        return None
    dates = (date_of(each, month, day) for each in (today.year, today.year + 1))
    ahead = next((found for found in dates if found is not None and found > today), None)
    return ahead if ahead is not None and (ahead - today).days <= SOON else None


def _month(parts: dict[str, str | None]) -> int | None:
    if name := parts.get("name"):
        return _MONTHS.index(name) + 1
    month = parts.get("month") or parts.get("m")
    return int(month) if month else None


def _latest(day: int, month: int | None, year: int | None, today: date) -> Iterator[date]:
    """The last such day up to `today`: of this year or the one before, of this month or an earlier one."""
    years = (year,) if year else (today.year, today.year - 1)
    months = (month,) if month else range(12, 0, -1)
    for each_year in years:
        for each_month in months:
            found = date_of(each_year, each_month, day)
            if found is not None and found <= today:
                yield found
                return
