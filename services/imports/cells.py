"""What one cell means: words, days, times, numbers, yes or no. Pure; dates are read the British way or not at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from services.calendar_words import MONTHS
from services.imports.columns import plain
from services.imports.sheet import Cell

T = TypeVar("T")

LONGEST_EMAIL = 254
_SHOWN = 60

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})")
_BRITISH = re.compile(r"(?P<d>\d{1,2})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})")
_WORDS = re.compile(r"(?:[a-z]{3,9},? +)?(?P<d>\d{1,2})(?:st|nd|rd|th)?[ -]+(?P<m>[a-z]{3,9})[ ,-]+(?P<y>\d{4}|\d{2})")
_SERIAL = re.compile(r"[3-7]\d{4}(?:\.\d+)?")
"""A day as a workbook counts it, from about 1982 to 2118, when its cell has lost the form of a date."""
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CLOCK = re.compile(r"(?P<h>\d{1,2})(?:[:.](?P<m>\d{2}))?(?:[:.]\d{2})?\s*(?P<half>[ap]\.?m\.?)?", re.IGNORECASE)
_PARTS = re.compile(r"(\d+)\s*(h|m|s)[a-z]*\.?", re.IGNORECASE)
_COLONS = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")
_CALL = re.compile(r"\w\(|[|!]")
_YES = frozenset({"yes", "y", "true", "1", "x", "✓", "✔"})
_NO = frozenset({"no", "n", "false", "0"})


class CellError(Exception):
    """A cell does not say what its column is for. `code` selects the sentence."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def shown(cell: Cell) -> str:
    """A cell as a fault may repeat it: short, on one line."""
    text = words_of(cell)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def words_of(cell: Cell) -> str:
    """The words in a cell, on one line, without marks that only a machine sees. Workbooks keep 12 as 12.0."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = unicodedata.normalize("NFC", str(cell))
    seen = (" " if character.isspace() else character for character in text)
    return " ".join("".join(one for one in seen if one == " " or unicodedata.category(one) not in ("Cc", "Cf")).split())


def is_formula(text: str) -> bool:
    """True for words that a spreadsheet would compute or call when the data are exported again.

    `-` and `+` begin ordinary notes and phone numbers too, so they count only in front of a call.
    """
    return text.startswith(("=", "@")) or (text.startswith(("+", "-")) and _CALL.search(text) is not None)


def text(longest: int = 200) -> Callable[[Cell], str]:
    """Words up to `longest` characters."""

    def parse(cell: Cell) -> str:
        found = words_of(cell)
        if len(found) > longest:
            raise CellError("import-too-long", longest=longest)
        return found

    return parse


def email(cell: Cell) -> str:
    """One work e-mail address, in lower case."""
    found = words_of(cell).lower()
    if len(found) > LONGEST_EMAIL or not _EMAIL.fullmatch(found):
        raise CellError("import-bad-email", value=shown(cell))
    return found


def guid(cell: Cell) -> str:
    """An id that Microsoft Entra gave, in lower case."""
    found = words_of(cell).lower()
    if not _GUID.fullmatch(found):
        raise CellError("import-bad-guid", value=shown(cell))
    return found


def guid_if_any(cell: Cell) -> str | None:
    """The same under a heading that may mean many things: whatever is no such id is somebody else's number."""
    found = words_of(cell).lower()
    return found if _GUID.fullmatch(found) else None


def whole(least: int, most: int) -> Callable[[Cell], int]:
    """A whole number from `least` to `most`."""

    def parse(cell: Cell) -> int:
        found = words_of(cell)
        if not found.isdecimal() or not least <= int(found) <= most:
            raise CellError("import-bad-number", value=shown(cell), least=least, most=most)
        return int(found)

    return parse


def yes_no(cell: Cell) -> bool:
    """Yes or no."""
    found = words_of(cell).casefold()
    if found in _YES or found in _NO:
        return found in _YES
    raise CellError("import-bad-choice", value=shown(cell), choices="yes, no")


def choice(table: Mapping[str, T]) -> Callable[[Cell], T]:
    """One of the words in `table`, compared as headings are. Its keys are plain."""

    def parse(cell: Cell) -> T:
        found = table.get(plain(words_of(cell)))
        if found is None:
            raise CellError("import-bad-choice", value=shown(cell), choices=", ".join(table))
        return found

    return parse


def day(cell: Cell) -> date:
    """A day: 2027-03-14, 14/03/2027, 14 March 2027. 3/14/2027 is refused, and never guessed at."""
    if isinstance(cell, datetime):
        return _of_our_time(cell.date(), cell)
    if isinstance(cell, date):
        return _of_our_time(cell, cell)
    found = words_of(cell).casefold()
    parts = _ISO.fullmatch(found) or _BRITISH.fullmatch(found) or _WORDS.fullmatch(found)
    if parts is None:
        raise CellError("import-bad-date", value=shown(cell))
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    try:
        return _of_our_time(date(year, _month(parts["m"]), int(parts["d"])), cell)
    except ValueError:
        raise CellError("import-bad-date", value=shown(cell)) from None


def looks_like_day(cell: Cell) -> bool:
    """True for what was meant as a day, whether or not there is one: 31/11/2026, or the number a workbook keeps."""
    found = words_of(cell).casefold()
    in_words = _WORDS.fullmatch(found)
    is_words = in_words is not None and _month(in_words["m"]) > 0
    shaped = _ISO.fullmatch(found) or _BRITISH.fullmatch(found) or _SERIAL.fullmatch(found)
    return isinstance(cell, date) or is_words or shaped is not None


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return next((number for number, name in enumerate(MONTHS, start=1) if name.startswith(text)), 0)


def _of_our_time(found: date, cell: Cell) -> date:
    if not 2000 <= found.year < 2100:
        raise CellError("import-bad-date", value=shown(cell))
    return found


def clock(cell: Cell) -> time:
    """A time on the wall: 09:30, 9.30am, 9am. A bare 9 is refused: it may be morning or evening."""
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0)
    # A bare number is a workbook's fraction of a day, or a dot that was taken for a decimal point.
    parts = _CLOCK.fullmatch(words_of(cell)) if isinstance(cell, str) else None
    if parts is None or not (parts["m"] or parts["half"]):
        raise CellError("import-bad-time", value=shown(cell))
    hour, minute = int(parts["h"]), int(parts["m"] or 0)
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"][0] in "pP" else 0) if 1 <= hour <= 12 else 99
    try:
        return time(hour, minute)
    except ValueError:
        raise CellError("import-bad-time", value=shown(cell)) from None


def day_and_clock(cell: Cell) -> tuple[date, time]:
    """A day with a time on the wall: `14/03/2027 09:30`, `2027-03-14T09:30`, or a workbook's own moment."""
    if isinstance(cell, datetime):
        return day(cell), clock(cell)
    found = words_of(cell).replace("T", " ", 1) if isinstance(cell, str) else ""
    for cut in (found.rfind(" ", 0, found.rfind(" ")), found.rfind(" ")):
        if cut > 0:
            try:
                return day(found[:cut].rstrip(",")), clock(found[cut:])
            except CellError:
                continue
    raise CellError("import-bad-moment", value=shown(cell))


def duration(cell: Cell) -> timedelta:
    """How long: `1h 2m 3s` as Teams writes it, `1:02:03`, or a workbook's own duration."""
    if isinstance(cell, timedelta):
        return cell
    if isinstance(cell, time):
        return timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second)
    found = words_of(cell)
    parts = _PARTS.findall(found)
    if parts and not _PARTS.sub("", found).strip(" ,"):
        unit = {"h": 3600, "m": 60, "s": 1}
        return timedelta(seconds=sum(int(amount) * unit[name.lower()] for amount, name in parts))
    colons = _COLONS.fullmatch(found)
    if colons is None:
        raise CellError("import-bad-duration", value=shown(cell))
    return timedelta(hours=int(colons[1]), minutes=int(colons[2]), seconds=int(colons[3] or 0))
