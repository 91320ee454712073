"""A report as a typed table in plain words, whatever it is written as. Knows no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Value = str | int | float | date | None


class Kind(StrEnum):
    """What a column holds, which decides how it is written."""

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"
    """A part of a whole, from 0 to 1; shown as a percentage."""
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a key that programs rely on, and a heading for people."""

    key: str
    title: str
    kind: Kind = Kind.NUMBER


@dataclass(frozen=True, slots=True)
class Chart:
    """What is worth drawing: columns of numbers, named by a column of text."""

    label: str
    values: tuple[str, ...]
    sums: tuple[int, ...] = ()
    """Rows, from 0, that sum up those beneath them. They are drawn alone: beside its own parts a whole says everything
    twice."""


@dataclass(frozen=True, slots=True)
class Report:
    """A table with what must be known about it. `notes` qualify the figures; `sources` say where they are from."""

    name: str
    title: str
    year: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    totals: tuple[Value, ...] | None = None
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    chart: Chart | None = None
    notes_apart: bool = False
    """True for a table that is read in again: in a workbook, notes and sources stand on a sheet of their own."""

    def index(self, key: str) -> int:
        """Where the column called `key` stands, from 0."""
        return [column.key for column in self.columns].index(key)

    def records(self) -> list[dict[str, Value]]:
        """The rows by column key, without the totals."""
        return [self._keyed(row) for row in self.rows]

    def total(self) -> Mapping[str, Value]:
        """The totals by column key; empty when there are none."""
        return self._keyed(self.totals) if self.totals else {}

    def _keyed(self, row: Sequence[Value]) -> dict[str, Value]:
        return {column.key: value for column, value in zip(self.columns, row, strict=True)}


def share(part: int, whole: int) -> float | None:
    """A part of a whole; `None` of nothing."""
    return part / whole if whole else None
