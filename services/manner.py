"""How somebody wants a session to be: online or in a room, on which weekdays, at which time of day. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ENDS = {"morning": 12, "afternoon": 17, "evening": 24}
"""The hour before which a session of that time of day begins, by the partnership's wall clock."""
_ABOUT_THE_WEB = r"(?! (?:platform|extremis|harm|safety|abuse|groom|exploit|sexual|bully|gam|risk))"
"""`online platforms` is what a course is about, `online` alone is how it is held."""
_ONLINE = re.compile(rf"\b(?:online|virtual(?:ly)?|remote(?:ly)?|(?:on|by|via) (?:teams|zoom))\b{_ABOUT_THE_WEB}")
_IN_ROOM = re.compile(r"\b(?:in[ -]person|face[ -]to[ -]face|in a room|classroom(?: based)?)\b")
_DAY = r"(?P<day>mon|tues|wednes|thurs|fri|satur|sun)day"
_WEEKDAYS = re.compile(rf"\b(?:on )?(?P<each>(?:a|any|every|each) )?{_DAY}(?(each)|s)\b")
_BARE_WEEKDAY = re.compile(rf"(?<!next )(?<!this )(?<!coming )(?<!last )\b{_DAY}\b(?! week\b|,? (?:the )?\d|,? of)")
_WEEKENDS = re.compile(r"\b(?:at |on )?weekends\b")
_PART = re.compile(r"(?<!this )(?<!tomorrow )\b(?:in the |an? )?(?P<part>morning|afternoon|evening)s?\b")


@dataclass(frozen=True, slots=True)
class Manner:
    """What was asked for of them; nothing that was not."""

    online: bool | None = None
    weekdays: tuple[int, ...] = ()
    """Monday is 0."""
    part: str = ""

    @property
    def asked(self) -> bool:
        """True if any of it was asked for."""
        return self != ANY

    def fits(self, starts: datetime, *, in_room: bool) -> bool:
        """True for a session that begins then, by the partnership's wall clock, in a room or online."""
        if self.online is not None and self.online == in_room:
            return False
        if self.weekdays and starts.weekday() not in self.weekdays:
            return False
        return not self.part or _part_of(starts) == self.part

    @property
    def said(self) -> tuple[str, ...]:
        """How to name it back."""
        held = () if self.online is None else ("online",) if self.online else ("in person",)
        days = (f"on {' and '.join(f'{_DAYS[day]}s' for day in self.weekdays)}",) if self.weekdays else ()
        return (*held, *days, *((f"in the {self.part}",) if self.part else ()))


ANY = Manner()
"""Nothing was asked for."""


def manner_of(text: str) -> tuple[Manner, str]:
    """What of it stands in a text in small letters, and the text without it."""
    text, online = cut(_ONLINE, text)
    text, in_room = cut(_IN_ROOM, text)
    weekdays: list[int] = []
    while (found := _WEEKDAYS.search(text)) is not None:
        weekdays.append(next(at for at, day in enumerate(_DAYS) if day.lower().startswith(found["day"])))
        text = f"{text[: found.start()]} {text[found.end() :]}"
    text, weekend = cut(_WEEKENDS, text)
    text, part = cut(_PART, text)
    held = None if bool(online) == bool(in_room) else bool(online)
    days = tuple(sorted({*weekdays, *((5, 6) if weekend else ())}))
    return Manner(held, days, part["part"] if part else ""), text


def on_any_such_weekday(text: str) -> str:
    """A weekday without a date, "on Tuesday", as any such day, "on Tuesdays"; the text itself where there is none."""
    return _BARE_WEEKDAY.sub(r"\g<day>days", text.lower())


def _part_of(starts: datetime) -> str:
    return next(part for part, ends in _ENDS.items() if starts.hour < ends)


def cut(pattern: re.Pattern[str], text: str) -> tuple[str, re.Match[str] | None]:
    """The text without what the pattern finds in it first, and that."""
    found = pattern.search(text)
    return (text, None) if found is None else (f"{text[: found.start()]} {text[found.end() :]}", found)
