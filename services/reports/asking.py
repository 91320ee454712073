"""What every report is made from, and the years it is made for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Protocol
from zoneinfo import ZoneInfo

from services.errors import ServiceError
from services.reports.table import Chart, Column, Kind, Report, Value
from services.rulebook import Rulebook
from services.work import Work
from services.workdays import in_words, wall_clock

_YEAR = re.compile(r"(20\d\d)[-/](\d\d)")


class Say(Protocol):
    """The sentence for a key, filled in: words live in one place, and not here."""

    def __call__(self, key: str, **params: object) -> str:
        """The words for people to read."""
        ...


@dataclass(frozen=True, slots=True)
class Year:
    """A financial year, April to March, as annual reports count. `first` is in it, `until` is not; both UTC."""

    label: str
    first: datetime
    until: datetime


def year_called(label: str, zone: ZoneInfo) -> Year:
    """The year written like 2022-23. Raises `ServiceError` for anything else."""
    parts = _YEAR.fullmatch(label.strip())
    if parts is None or (int(parts[1]) + 1) % 100 != int(parts[2]):
        raise ServiceError("report-bad-year", year=label[:20])
    return _year(int(parts[1]), zone)


def year_at(now: datetime, zone: ZoneInfo) -> Year:
    """The year that `now` falls in."""
    day = now.astimezone(zone).date()
    return _year(day.year - (day < date(day.year, 4, 1)), zone)


def _year(starts: int, zone: ZoneInfo) -> Year:
    first, until = (wall_clock(date(year, 4, 1), time(0), zone) for year in (starts, starts + 1))
    return Year(f"{starts}-{(starts + 1) % 100:02}", first, until)


@dataclass(frozen=True)
class Asking:
    """One request for a report."""

    work: Work
    rules: Rulebook
    year: Year
    now: datetime
    say: Say
    plan: str | None = None
    """One action plan, by id or title; all of them when none is named."""

    def column(self, key: str, kind: Kind = Kind.NUMBER) -> Column:
        """A column with its heading in words."""
        return Column(key, self.say(f"report-column-{key.replace('_', '-')}"), kind)

    def report(
        self,
        name: str,
        *,
        columns: Iterable[Column],
        rows: Iterable[tuple[Value, ...]],
        title: str = "",
        totals: tuple[Value, ...] | None = None,
        notes: Iterable[str] = (),
        sources: tuple[str, ...] | None = None,
        chart: Chart | None = None,
        notes_apart: bool = False,
    ) -> Report:
        """The report called `name`, for the year asked for: under the title it has in words, and out of the product's
        own records, unless something else is given."""
        return Report(
            name=name,
            title=title or self.say(f"report-title-{name}", year=self.year.label),
            year=self.year.label,
            columns=tuple(columns),
            rows=tuple(rows),
            totals=totals,
            notes=tuple(notes),
            sources=(self.records,) if sources is None else sources,
            chart=chart,
            notes_apart=notes_apart,
        )

    def course(self, course_id: str) -> str:
        """A course as the annual report last printed it; else as the catalogue has it; else its id."""
        printed = [one.title for _, results in self.rules.pack.history for one in results if one.course == course_id]
        course = self.rules.pack.course(course_id)
        return printed[-1] if printed else course.title if course else course_id

    @property
    def today(self) -> str:
        """The day on which the figures stand as they do, as it is said in a sentence."""
        return in_words(self.rules.today(self.now))

    @cached_property
    def records(self) -> str:
        """The product's own records, as a source."""
        name = self.rules.pack.partnership.partnership.name.value
        return self.say("report-source-records", partnership=name, at=self.today)

    def cited(self, source: str) -> str:
        """A source of the pack, written `id > section`, in words."""
        ref, _, section = source.partition(" > ")
        found = self.rules.pack.source(ref)
        return f"{found.title if found else ref}: {section}" if section else found.title if found else ref
