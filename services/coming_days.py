"""The one reader of a day to come: "friday week", "the 14th", "20.01.27", "end of january", "in two weeks".

Pure; keeps no words. UK order throughout. Days that have been are read by `services.spoken_days`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from services.calendar_words import MONTH_NAME, MONTHS, NUMBERS, WEEKDAYS, date_of, full_year
from services.errors import ServiceError

LONGEST_AHEAD = 100
"""How many days, weeks or months somebody may count on."""
FAR_FIT = 62
"""Days within which "Thursday the 14th" is looked for, when the next 14th is no Thursday."""

_SHORT = r"mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun"
WEEKDAY = rf"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:{_SHORT})\b\.?"
_WEEKDAY = rf"(?P<weekday>{WEEKDAY})"
_MONTH = rf"(?P<month>{MONTH_NAME})\b\.?"
_YEAR = r"(?:,?\s+(?P<year>20\d\d)\b)?"
_TH = r"(?:st|nd|rd|th)"
_WITH = rf"(?:{_WEEKDAY},?\s+(?:the\s+)?)?"
"""A date may have its weekday before it, which must then fit."""
_COUNT = r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a couple of)"
_UNIT = r"(?P<unit>day|week|fortnight|month)s?\b"
_NUMBERS = NUMBERS | {"a couple of": 2}


@dataclass(frozen=True, slots=True)
class Named:
    """A day that words name, where in them, and how it is meant: `counted` in weeks or months it is about that day."""

    day: date
    start: int
    end: int
    counted: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What days are read against. `since`: what "by two weeks" is counted from, and what "the 14th" comes after."""

    today: date
    first: date
    since: date


_Reader = Callable[[re.Match[str], _Asked], date | None]


def day_to_come(text: str, today: date, *, since: date | None = None) -> date:
    """The day after today that the whole text names. `since` is the date that stands, if it is to be moved on.

    Raises `ServiceError` when it names none, or when its weekday and its date do not fit.
    """
    said = _LEAD.sub("", " ".join(text.casefold().strip(" .!,?").split()))
    standing = max(today, since) if since else today
    asked = _Asked(today, today + timedelta(days=1), standing)
    for pattern, reader in (*_READERS, *_ALONE):
        found = pattern.fullmatch(said)
        day = reader(found, asked) if found else None
        if day is not None:
            return day
    raise ServiceError("bad-date")


def first_named(text: str, today: date) -> Named | None:
    """The first day from today on that a text of lower-case words names anywhere.

    Raises `ServiceError` when its weekday and its date do not fit.
    """
    return next(_all_named(text, _Asked(today, today, today)), None)


def _all_named(text: str, asked: _Asked) -> Iterator[Named]:
    for pattern, reader in _READERS:
        for found in pattern.finditer(text):
            short = found.groupdict().get("bare")
            if short in ("sat", "sun", "wed", "mon") and not _LED.search(text[: found.start("bare")]):
                # "the sun", "sat with": words of their own, unless something makes them days.
                continue
            if _NUMBERED.search(text[: found.start()]) or (reader is _of_month and not _stands_alone(found)):
                continue
            day = reader(found, asked)
            if day is not None:
                unit = found.groupdict().get("unit") or ""
                yield Named(day, found.start(), found.end(), "" if unit == "day" else unit)


def _stands_alone(found: re.Match[str]) -> bool:
    """True for "on the 11th" and "the 11th, please", but not for "the 2nd session"."""
    before, after = found.string[: found.start("d")], found.string[found.end() :]
    return bool(found["weekday"] or _LED.search(before) or _NOTHING_NAMED.match(after))


def misfit(weekday: str, day: date) -> ServiceError:
    """The question which is meant, of a date and a weekday that do not go together."""
    number = weekday_number(weekday)
    other = day + timedelta(days=(number - day.weekday() + 3) % 7 - 3)
    return ServiceError("day-misfit", day=day, said=WEEKDAYS[number].capitalize(), other=other)


def weekday_number(word: str) -> int:
    """0 for Monday, however it is shortened."""
    return next(number for number, name in enumerate(WEEKDAYS) if name.startswith(word[:3]))


def _fitting(found: re.Match[str], day: date | None) -> date | None:
    weekday = found["weekday"]
    if day is not None and weekday and day.weekday() != weekday_number(weekday):
        raise misfit(weekday, day)
    return day


def _dated(found: re.Match[str], asked: _Asked) -> date | None:
    parts = found.groupdict()
    name, number = parts.get("month"), parts.get("m")
    month = month_number(name) if name else int(number or 0)
    year = parts.get("year")
    years = [full_year(year)] if year else range(asked.today.year, 2100)
    for each in list(years)[:9]:
        day = date_of(each, month, int(found["d"]))
        if day is not None and (year or day >= asked.first):
            return _fitting(found, day)
    return None


def month_number(name: str) -> int:
    """1 for January, however it is shortened."""
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name[:3]))


def _iso(found: re.Match[str], asked: _Asked) -> date | None:
    return date_of(int(found["y"]), int(found["m"]), int(found["d"]))


def _of_month(found: re.Match[str], asked: _Asked) -> date | None:
    """`the 14th`: the next one, and the next that fits when a weekday stands before it."""
    first = max(asked.first, asked.since + timedelta(days=1)) if asked.since > asked.today else asked.first
    days = [day for ahead in range(FAR_FIT) if (day := first + timedelta(days=ahead)).day == int(found["d"])]
    weekday = found["weekday"]
    fits = [day for day in days if not weekday or day.weekday() == weekday_number(weekday)]
    return fits[0] if fits else _fitting(found, days[0]) if days else None


def _next_weekday(word: str, today: date) -> date:
    return today + timedelta(days=(weekday_number(word) - today.weekday() - 1) % 7 + 1)


def _weekday(found: re.Match[str], asked: _Asked) -> date | None:
    return _next_weekday(found["bare"], asked.today)


def _weekday_week(found: re.Match[str], asked: _Asked) -> date | None:
    """`friday week`, `a week on friday`: a week after the next one."""
    word = found["after"] or found["before"]
    near = {"today": 0, "tomorrow": 1}.get(word)
    day = _next_weekday(word, asked.today) if near is None else asked.today + timedelta(days=near)
    return day + timedelta(days=14 if "two " in found[0] or "fortnight" in found[0] else 7)


def _weekday_next_week(found: re.Match[str], asked: _Asked) -> date | None:
    monday = asked.today + timedelta(days=7 - asked.today.weekday())
    return monday + timedelta(days=weekday_number(found["a"] or found["b"]))


def _near(found: re.Match[str], asked: _Asked) -> date | None:
    ahead = {"today": 0, "tomorrow": 1}.get(found["near"], 2)
    day = asked.today + timedelta(days=ahead)
    return day if day >= asked.first else None


def _edge(found: re.Match[str], asked: _Asked) -> date | None:
    """`end of january`, `the start of next month`."""
    if found["month"]:
        number = month_number(found["month"])
        past = number < asked.today.month and not found["year"]
        first = date(int(found["year"]) if found["year"] else asked.today.year + past, number, 1)
    else:
        first = asked.today.replace(day=1)
        first = month_end(first) + timedelta(days=1) if found["which"] == "next" else first
    day = first if found["edge"] in ("start", "beginning") else month_end(first)
    return day if day >= asked.first else None


def month_end(first: date) -> date:
    """The last day of a month."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _edge_of_week(found: re.Match[str], asked: _Asked) -> date | None:
    friday = asked.today + timedelta(days=4 - asked.today.weekday() + 7 * (found["which"] == "next"))
    return friday if friday >= asked.first else friday + timedelta(days=7)


def _end_of_year(found: re.Match[str], asked: _Asked) -> date | None:
    return date(asked.today.year + (found["which"] == "next"), 12, 31)


def _counted(found: re.Match[str], asked: _Asked) -> date | None:
    return _moved(found, asked.today)


def _moved_on(found: re.Match[str], asked: _Asked) -> date | None:
    """`two weeks`, `by two more weeks`: from the date that stands."""
    return _moved(found, asked.since)


def _moved(found: re.Match[str], start: date) -> date | None:
    word = found["count"] or "a"
    count = int(word) if word.isdecimal() else _NUMBERS[word]
    if not 0 < count < LONGEST_AHEAD:
        return None
    if found["unit"] != "month":
        return start + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[found["unit"]])
    years, month = divmod(start.month - 1 + count, 12)
    first = date(start.year + years, month + 1, 1)
    return first.replace(day=min(start.day, month_end(first).day))


_LEAD = re.compile(r"^(?:(?:on|by|until|till|for|to)\s+)+(?=\S)")
_LED = re.compile(r"\b(?:on|by|until|till|next|this|coming|before|after|from|every)\s+(?:the\s+)?$")
_NUMBERED = re.compile(
    r"\b(?:section|para|paragraph|version|level|chapter|page|part|stage|step|annex|appendix|article|option)\s+$"
)
"""After these comes a number and no date."""
_NOTHING_NAMED = re.compile(r"\s*(?:$|[,.!?;)]|(?:at|or|and|please|if|with|in|for|then|when)\b)")
_NO_CLOCK = r"(?!\s*(?:am|pm)\b)(?![\d/.:-]*\d)"


def _reads(pattern: str, reader: _Reader) -> tuple[re.Pattern[str], _Reader]:
    return re.compile(pattern), reader


_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    _reads(r"\b(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", _iso),
    _reads(rf"(?<![\d/.])\b{_WITH}\b(?P<d>\d{{1,2}}){_TH}?(?:\s+of)?\s+{_MONTH}{_YEAR}", _dated),
    _reads(rf"\b{_WITH}{_MONTH}\s+(?:the\s+)?(?P<d>\d{{1,2}}){_TH}?\b{_YEAR}", _dated),
    _reads(rf"(?<![\d/.-])\b{_WITH}\b(?P<d>\d{{1,2}})[/.-](?P<m>\d{{1,2}})[/.-](?P<year>\d{{4}}|\d\d)\b", _dated),
    _reads(rf"(?<![\d/.-])(?!24/7\b)\b{_WITH}\b(?P<d>\d{{1,2}})[/.](?P<m>1[0-2]|0?[1-9])\b{_NO_CLOCK}", _dated),
    _reads(rf"\b(?:the )?(?P<edge>end|start|beginning) of {_MONTH}{_YEAR}", _edge),
    _reads(
        r"\b(?:the )?(?P<edge>end|start|beginning) of (?:the|(?P<which>this|next)) (?P<month>(?!))?month\b"
        r"(?P<year>(?!))?",
        _edge,
    ),
    _reads(r"\b(?:the )?end of (?:the|(?P<which>this|next)) week\b", _edge_of_week),
    _reads(r"\b(?:the )?end of (?:the|(?P<which>this|next)) year\b", _end_of_year),
    _reads(
        rf"\b(?:(?P<a>{WEEKDAY}),? (?:of |in )?next week\b|next week,? (?:on )?(?P<b>{WEEKDAY}))", _weekday_next_week
    ),
    _reads(
        rf"\b(?:(?:on |next )?(?P<after>{WEEKDAY}|tomorrow|today),? (?:in )?(?:a |two )?(?:weeks?|fortnight)\b"
        rf"(?! (?:after|before|later))"
        rf"|(?<!\d )(?:a |two )?(?:weeks?|fortnight) (?:on |from )?(?:next )?(?P<before>{WEEKDAY}|tomorrow|today)\b)",
        _weekday_week,
    ),
    _reads(
        rf"\b(?:(?P<weekday>{WEEKDAY})\s+(?:the\s+)?|(?:on )?the )(?P<d>\d{{1,2}}){_TH}\b(?! [a-z]*time)", _of_month
    ),
    _reads(rf"\bon (?P<weekday>(?!))?(?P<d>\d{{1,2}}){_TH}\b", _of_month),
    _reads(r"\b(?:the )?(?P<near>today|day after tomorrow|tomorrow)\b", _near),
    _reads(rf"\bin {_COUNT} {_UNIT}(?:'?s'? time)?", _counted),
    _reads(rf"\b(?:on )?(?:(?:next|this|coming) )?(?P<bare>{WEEKDAY})(?!\w)", _weekday),
)
"""In this order: what is longer first, for `friday` stands in `friday week`."""

_ALONE: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    _reads(rf"(?:{_WEEKDAY},\s+)?(?:the\s+)?(?P<d>\d{{1,2}}){_TH}", _of_month),
    _reads(rf"(?:another )?(?:{_COUNT} )?(?:more )?(?:extra )?{_UNIT}(?: more| longer| extra| later)?", _moved_on),
)
"""Readable only where nothing but a day was asked for."""
