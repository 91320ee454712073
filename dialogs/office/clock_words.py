"""The hours of a session as people write them: `10am to 12`, `9.30-12.30`, `1 to 3pm`, `at 2pm for 2 hours`. Pure."""

from __future__ import annotations

import re
from datetime import time

from services.calendar_words import MONTH_NAME, NUMBERS
from services.manner import cut

FIRST_OF_DAY = 7
"""An hour without am or pm is read as one from seven in the morning to half past six in the evening."""


def _clock(name: str) -> str:
    return (
        rf"(?:(?P<{name}h>\d{{1,2}})(?:[:.](?P<{name}m>[0-5]\d))?\s?(?P<{name}z>[ap]\.?m\b\.?)?"
        rf"|(?P<{name}noon>noon|midday))"
    )


_NO_MONTH = rf"(?!\s*(?:st|nd|rd|th|of)?\s*{MONTH_NAME}\b)(?![\d/:.-]*\d)"
_RANGE = re.compile(
    rf"(?P<lead>\b(?:from|between|at)\s+)?(?<![\d/.:-])(?<!level )(?<!levels )(?<!ages )\b{_clock('a')}"
    rf"\s*(?P<to>-|–|\bto\b|\buntil\b|\btill\b|\band\b)\s*{_clock('b')}{_NO_MONTH}",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    r"(?:\b(?:at|from|starting(?: at)?|begins?(?: at)?|starts?(?: at)?)\s+)?"
    r"(?<![\d/.:-])\b(?:(?P<h>\d{1,2})(?:[:.](?P<m>[0-5]\d))?\s?(?P<z>[ap]\.?m\b\.?)|(?P<noon>noon|midday)\b"
    r"|(?P<h2>\d{1,2}):(?P<m2>[0-5]\d)\b)"
    r"|\bat (?P<h3>\d{1,2})(?:\.(?P<m3>[0-5]\d))?(?=\s*(?:$|[,;])| (?:on|online|for|with|in|next|this|tomorrow)\b)",
    re.IGNORECASE,
)
_LASTS = re.compile(
    rf"\bfor (?P<count>\d{{1,3}}(?:\.5)?|{'|'.join(sorted(NUMBERS))}) ?(?P<unit>hours?|hrs?|minutes?|mins?)\b",
    re.IGNORECASE,
)


def hours_in(text: str) -> tuple[str, time | None, time | None]:
    """The text without its hours, when it starts and when it ends; None for what is not said or is no hour."""
    for found in _RANGE.finditer(text):
        if not _is_range(found):
            continue
        starts, ends = _both(found)
        if starts is not None and ends is not None:
            return f"{text[: found.start()]} {text[found.end() :]}", _time(starts), _time(ends)
    rest, found_one = cut(_SINGLE, text)
    if found_one is None:
        return text, None, None
    hour = found_one["h"] or found_one["h2"] or found_one["h3"]
    minute = found_one["m"] or found_one["m2"] or found_one["m3"]
    options = _options(hour, minute, found_one["z"], found_one["noon"])
    if not options:
        return text, None, None
    starts = options[0] if found_one["z"] or found_one["noon"] else _of_day(options)
    rest, lasts = cut(_LASTS, rest)
    ends = starts + _minutes(lasts) if lasts else None
    return rest, _time(starts), _time(ends) if ends is not None and ends < 24 * 60 else None


def _is_range(found: re.Match[str]) -> bool:
    """True unless it may be two days, or two numbers of anything: "14 to 16", "levels 2 and 3"."""
    marked = found["az"] or found["bz"] or found["anoon"] or found["bnoon"]
    led = found["lead"] and found["lead"].strip().lower() != "at"
    return bool(marked or (found["am"] and found["bm"]) or led or found["to"] in "-–")


def _both(found: re.Match[str]) -> tuple[int | None, int | None]:
    first = _options(found["ah"], found["am"], found["az"], found["anoon"])
    last = _options(found["bh"], found["bm"], found["bz"], found["bnoon"])
    if not first or not last:
        return None, None
    if len(first) == 1 or len(last) > 1:
        starts = first[0] if len(first) == 1 else _of_day(first)
        return starts, min((one for one in last if one > starts), default=None)
    # "1 to 3pm" is in the afternoon, "10 to 12pm" in the morning: as late as it may be
    return max((one for one in first if one < last[0]), default=None), last[0]


def _options(hour: str | None, minute: str | None, half: str | None, noon: str | None) -> list[int]:
    """The minutes of the day that may be meant, earliest first."""
    if noon:
        return [12 * 60]
    number, minutes = int(hour or 0), int(minute or 0)
    if half:
        if not 1 <= number <= 12:
            return []
        return [(number % 12 + (12 if half.lower().startswith("p") else 0)) * 60 + minutes]
    if number > 23:
        return []
    hours = [number] if number > 12 or number == 0 else sorted({number % 12, number % 12 + 12})
    return [one * 60 + minutes for one in hours]


def _of_day(options: list[int]) -> int:
    return next((one for one in options if one >= FIRST_OF_DAY * 60), options[0])


def _minutes(lasts: re.Match[str]) -> int:
    word = lasts["count"].lower()
    count = float(NUMBERS.get(word, 0) or word)
    return int(count * (60 if lasts["unit"][0].lower() == "h" else 1))


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
