"""A file as lines of cells, whatever it was. Knows no columns and no rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta
"""What a cell holds. An empty one is an empty string; CSV holds only strings."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row and the line it starts on, counted from 1."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def blank(self) -> bool:
        """True when no cell holds anything."""
        return all(isinstance(cell, str) and not cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that a workbook merged: lines from 1, columns from 0, both ends included."""

    first_line: int
    first_column: int
    last_line: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """Every line of a file. `formulas` holds (line, column) of cells that a workbook computes."""

    lines: tuple[Line, ...]
    formulas: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[Merged, ...] = ()
    notes: tuple[str, ...] = ()
    """Codes of notes about the file as a whole."""
