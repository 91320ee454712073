"""The day and the hours that a session is to have instead, as typed: `postpone the forum to 10 january`. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from dialogs import dates
from dialogs.office.clock_words import hours_in
from dialogs.turn import Turn
from dialogs.wording import say
from services.coming_days import day_to_come
from services.errors import ServiceError

_TO = re.compile(r"\b(?:to|until|till|by)\s+")
_NO_MOVE = re.compile(r"(?:please )?(?:cancel|call off|promote|open)\b", re.IGNORECASE)
_COURTESY = re.compile(r"(?:,? (?:please|pls|plz|thanks|thank you|instead|now))+$")
_AT = re.compile(r"^(?:the )?|[ ,]+(?:at|from)?$")


@dataclass(frozen=True, slots=True)
class NewTime:
    """When it is to be then. None is what was not said, and stays."""

    day: date | None
    starts: time | None = None
    ends: time | None = None

    def __str__(self) -> str:
        """As a button sends it."""
        return "|".join(one.isoformat() if one else "" for one in (self.day, self.starts, self.ends))


def said(order: str, today: date, since: date) -> NewTime | None:
    """The new time that an order names after "to"; `since` is the day that stands. None where it names none.

    Raises `ServiceError` for a weekday and a date that do not fit, and for a day in the past.
    """
    text = " ".join(order.lower().split()).rstrip(".!? ")
    if _NO_MOVE.match(text):
        return None
    tails = (text[found.end() :] for found in _TO.finditer(text))
    return next((new for tail in tails if (new := _read(tail, today, since)) is not None), None)


def _read(tail: str, today: date, since: date) -> NewTime | None:
    rest, starts, ends = hours_in(_COURTESY.sub("", tail))
    words = _AT.sub("", " ".join(rest.split()))
    if not words:
        return NewTime(None, starts, ends) if starts else None
    try:
        day = day_to_come(words, today, since=since)
    except ServiceError as error:
        if error.code != "bad-date":
            raise
        return None
    if day < today:
        raise ServiceError("session-day-past", day=day)
    return NewTime(day, starts, ends)


def sent(value: str) -> NewTime | None:
    """What a button sent. Raises `ServiceError` for what no button of ours sends."""
    if not value:
        return None
    try:
        day, starts, ends = value.split("|")
        return NewTime(
            date.fromisoformat(day) if day else None,
            time.fromisoformat(starts) if starts else None,
            time.fromisoformat(ends) if ends else None,
        )
    except ValueError as error:
        raise ServiceError("stale-card") from error


def values(new: NewTime, starts_at: datetime, ends_at: datetime) -> dict[str, str]:
    """What the form holds of it. Where only the start was said, it lasts as long as before; `starts_at` and `ends_at`
    are on the partnership's wall clock."""
    lasts = ends_at - starts_at
    found = {"day": new.day.isoformat() if new.day else ""}
    if new.starts is not None:
        end = new.ends or (datetime.combine(starts_at.date(), new.starts) + lasts).time()
        found |= {"starts": f"{new.starts:%H:%M}", "ends": f"{end:%H:%M}"}
    return {name: value for name, value in found.items() if value}


def read_back(turn: Turn, new: NewTime, was: str) -> list[str]:
    """What was read, instead of when it `was`, and what is unusual about it, to be looked over before it is saved."""
    day = dates.day(new.day) if new.day else ""
    hours = " to ".join(dates.hour_of_day(at) for at in (new.starts, new.ends) if at)
    lines = [say("change-read", when=", ".join(filter(None, [day, hours])), was=was)]
    if new.day is not None and not turn.rules.workdays.is_working(new.day):
        weekend = new.day.weekday() not in turn.rules.workdays.week
        lines.append(say("change-at-weekend" if weekend else "change-on-holiday", day=day))
    return lines
