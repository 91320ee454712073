"""What an import came to: what was added and changed, and every fault with its line and column. Codes, no sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ImportKind(StrEnum):
    """What a file is about."""

    PEOPLE = "people"
    SESSIONS = "sessions"
    BOOKINGS = "bookings"
    ATTENDANCE = "attendance"
    ACTIONS = "actions"


class Stage(StrEnum):
    """What is being done with the rows."""

    READING = "reading"
    WRITING = "writing"


Progress = Callable[[Stage, int, int], None]
"""Told how many rows of how many are done. Reading happens on another thread."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend, or, among the notes, one thing to know.

    `code` selects the sentence; `line` counts from 1 as spreadsheets do (0: the file as a whole); `column` is the
    heading as it stands in the file.
    """

    code: str
    line: int = 0
    column: str = ""
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def filling(self) -> dict[str, object]:
        """Everything the sentence may name."""
        return {"line": self.line, "column": self.column, **self.params}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcome. Rows with a fault change nothing, and neither does any other row: it is all or nothing."""

    kind: ImportKind
    rows: int
    added: int
    changed: int
    unchanged: int
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]
    dry_run: bool

    @property
    def written(self) -> bool:
        """True when the database now holds what the file says."""
        return not self.faults and not self.dry_run


class Refused(Exception):
    """The file cannot be read as a table at all. Carries the one fault that says why."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.fault = Fault(code, params=params)


@dataclass
class Tally:
    """Counts and faults while an import goes on."""

    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    def fault(self, code: str, line: int = 0, column: str = "", **params: object) -> None:
        """Something to mend before anything can be imported."""
        self.faults.append(Fault(code, line, column, params))

    def note(self, code: str, line: int = 0, column: str = "", **params: object) -> None:
        """Something to know; the import goes on."""
        self.notes.append(Fault(code, line, column, params))

    def report(self, kind: ImportKind, *, dry_run: bool) -> ImportReport:
        """The outcome, faults and notes in the order of the file. With a fault nothing was added or changed."""
        counts = (0, 0, 0) if self.faults else (self.added, self.changed, self.unchanged)
        faults, notes = (tuple(sorted(some, key=lambda one: one.line)) for some in (self.faults, self.notes))
        return ImportReport(kind, self.rows, *counts, faults, notes, dry_run)
