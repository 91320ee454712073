"""The attendance report that Teams makes: lines about the meeting, then one row for each time somebody was there.

Both layouts are known: "1. Summary / 2. Participants / 3. In-Meeting Activities" of today, and "Meeting Summary" of
before. Its dates follow the organiser's computer, so that 3/4 may be March or April: they are only used to notice
that a report cannot be of the session it was given for. Durations say all that is needed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from services.imports import cells, layouts
from services.imports.columns import find_heads, plain
from services.imports.outcome import Tally
from services.imports.row import Context, Row, rows_of
from services.imports.sheet import Cell, Sheet


@dataclass(slots=True)
class Stay:
    """How long one e-mail address was there in all. `ran_it`: an organiser, who need not be booked."""

    row: Row
    length: timedelta
    ran_it: bool


@dataclass(frozen=True, slots=True)
class Report:
    """One meeting: its title, how long it took if the report says so, and who was there by e-mail."""

    title: str
    began: str
    """The start as the report prints it; empty when it does not."""
    took: timedelta | None
    stays: Mapping[str, Stay]

    def enough(self, planned: timedelta, share: float) -> timedelta:
        """How long somebody must have been there. A meeting that ended early asks for no more than there was."""
        whole = planned if self.took is None else min(planned, self.took)
        return whole * share

    def of_another_day(self, day: date) -> bool:
        """True when the report's start cannot be on `day`, in whatever order it prints day, month and year."""
        numbers = [int(number) % 100 for number in re.findall(r"\d+", self.began)[:3]]
        return len(numbers) == 3 and sorted(numbers) != sorted((day.day, day.month, day.year % 100))

    def sessions_named(self, refs: Collection[str], file_name: str) -> list[str]:
        """References that stand as a word in the title or the file's name; not those inside a longer one."""
        texts = (self.title, file_name)
        named = [ref for ref in refs if any(_is_named(ref, text) for text in texts)]
        return sorted(ref for ref in named if not any(ref != other and _is_named(ref, other) for other in named))


def _is_named(ref: str, text: str) -> bool:
    folded, sought = text.casefold(), ref.casefold()
    return sought in folded and re.search(rf"(?<![^\W_]){re.escape(sought)}(?![^\W_])", folded) is not None


def read_report(sheet: Sheet, context: Context, tally: Tally) -> Report:
    """Read the report. Somebody without an e-mail address is a fault: nobody is known by name here."""
    above = _summary(sheet)
    stays: dict[str, Stay] = {}
    for row in rows_of(sheet, layouts.TEAMS, context, tally):
        length = row.read("duration", cells.duration, needed=True)
        ran_it = "organi" in (row.read("role", cells.text()) or "").casefold()
        email = row.read("email", cells.email) or (None if row.faulty else row.read("upn", cells.email))
        if email is None and not row.faulty and not ran_it:
            row.fault("import-attendee-without-email", "email")
        if email is None or length is None:
            continue
        stay = stays.setdefault(email, Stay(row, timedelta(0), ran_it))
        stay.length += length
        stay.ran_it = stay.ran_it or ran_it
    return Report(cells.words_of(above.get("meeting title", "")), _began(above), _took(above), stays)


def _summary(sheet: Sheet) -> dict[str, Cell]:
    """The lines above the table, by what they call themselves."""
    heads = find_heads(sheet, layouts.TEAMS)
    return {
        plain(line.cells[0]): line.cells[1]
        for line in sheet.lines
        if heads is not None and line.number < heads.line.number and len(line.cells) > 1
    }


def _took(above: Mapping[str, Cell]) -> timedelta | None:
    try:
        return cells.duration(above["meeting duration"])
    except (KeyError, cells.CellError):
        return None


def _began(above: Mapping[str, Cell]) -> str:
    return cells.words_of(above.get("start time", above.get("meeting start time", "")))
