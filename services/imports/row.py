"""Reads one row, cell by cell, and keeps every fault with its line and column."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from services.imports.cells import CellError, is_formula, words_of
from services.imports.columns import Layout, Record, Table, find_table
from services.imports.outcome import Progress, Stage, Tally
from services.imports.sheet import Sheet
from services.rulebook import Rulebook

T = TypeVar("T")

_PLACEHOLDERS = frozenset({"-", "–", "—", "n/a", "unknown"})
"""What people write into a cell that has nothing to say."""
_STEP = 500
"""Rows between two words of progress."""


@dataclass(frozen=True)
class Context:
    """What every kind of import is told. Times are aware; `now` decides what is past."""

    rules: Rulebook
    now: datetime
    file_name: str
    write: bool
    session_ref: str | None = None
    actor_id: int | None = None
    progress: Progress | None = None
    tenants: frozenset[str] = frozenset()
    """Microsoft Entra tenants whose people may use the bot; empty where that is not known."""

    def told(self, stage: Stage, done: int, total: int) -> None:
        """Say how far it is."""
        if self.progress is not None:
            self.progress(stage, done, total)

    def writing(self, rows: Sequence[T]) -> Iterator[Sequence[T]]:
        """What is to be written, a few hundred at a time; each time they are written it says how far it is."""
        for start in range(0, len(rows), _STEP):
            some = rows[start : start + _STEP]
            yield some
            self.told(Stage.WRITING, start + len(some), len(rows))


class Row:
    """One row. A cell that is wrong is reported once, and reads as absent."""

    def __init__(self, record: Record, table: Table, tally: Tally) -> None:
        self.line = record.line
        self.faulty = False
        self._record = record
        self._titles = table.titles
        self._tally = tally

    def read(self, key: str, parse: Callable[..., T], *, needed: bool = False) -> T | None:
        """What the cell says; `None` when it is empty or wrong. Only a `needed` one must not be empty."""
        cell = self._record.cells.get(key)
        if cell is not None and isinstance(cell, str) and words_of(cell).casefold() in _PLACEHOLDERS:
            cell = None
        if cell is None:
            if needed:
                self.fault("import-empty-cell", key)
            return None
        if key in self._record.computed or (isinstance(cell, str) and is_formula(words_of(cell))):
            self.fault("import-formula", key)
            return None
        try:
            return parse(cell)
        except CellError as error:
            self.fault(error.code, key, **error.params)
            return None

    def fault(self, code: str, key: str = "", **params: object) -> None:
        """Report this row."""
        self.faulty = True
        self._tally.fault(code, self.line, self._titles.get(key, ""), **params)

    def note(self, code: str, key: str = "", **params: object) -> None:
        """Say something about this row that stops nothing."""
        self._tally.note(code, self.line, self._titles.get(key, ""), **params)

    def title(self, key: str) -> str:
        """The heading of a column as it stands in the file; empty when it is not there."""
        return self._titles.get(key, "")


def rows_of(sheet: Sheet, layout: Layout, context: Context, tally: Tally) -> Iterator[Row]:
    """Every row of the table; nothing when its headings are not all there."""
    table = find_table(sheet, layout, tally)
    if table is None:
        return
    total = len(table.records)
    for number, record in enumerate(table.records):
        if number % _STEP == 0:
            context.told(Stage.READING, number, total)
        yield Row(record, table, tally)
    context.told(Stage.READING, total, total)


class Drafted(Protocol):
    """What was read of one row."""

    @property
    def row(self) -> Row:
        """Where it was read."""
        ...


D = TypeVar("D", bound=Drafted)


def first_of_each(drafts: Iterable[D | None], key: Callable[[D], Hashable], column: str) -> Iterator[D]:
    """The drafts, without those that say in `column` what an earlier row says: each of these is a fault of its row.

    `None` stands for a row that could not be read.
    """
    seen: dict[Hashable, D] = {}
    for draft in drafts:
        if draft is None:
            continue
        first = seen.setdefault(key(draft), draft)
        if first is draft:
            yield draft
        else:
            draft.row.fault("import-repeated", column, first=first.row.line)
