"""Finds the columns of a file by their headings, under whatever name an office gives them.

Headings are compared without case, spaces and punctuation. The first row that names every needed column is the
heading row, so that titles and summary lines above a table do no harm.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.imports.outcome import Tally
from services.imports.sheet import Cell, Line, Merged, Sheet

_SEARCHED = 30
_SECTION = re.compile(r"\d+\.\s+\S")
"""How Teams begins the next part of its report: "3. In-Meeting Activities"."""
IGNORED = "import-note-column-ignored"


@dataclass(frozen=True, slots=True)
class Column:
    """One thing a file can tell. The first of `heads` is the heading we recommend; earlier ones win over later."""

    key: str
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one kind of file. Of each group in `needs` at least one must be there."""

    columns: tuple[Column, ...]
    needs: tuple[tuple[str, ...], ...]
    one_part: bool = False
    """True when the table ends at the first blank line or numbered heading."""

    def told(self) -> tuple[list[str], list[str]]:
        """The headings that a file must have, and those that it may have, as we recommend them."""
        needed = [" / ".join(self.head(key) for key in group) for group in self.needs]
        wanted = {key for group in self.needs for key in group}
        return needed, [column.heads[0] for column in self.columns if column.key not in wanted]

    def head(self, key: str) -> str:
        """The heading we recommend for `key`."""
        return next(column.heads[0] for column in self.columns if column.key == key)


@dataclass(frozen=True, slots=True)
class Record:
    """One row by column key. Blank cells are absent. `computed` names those that hold a formula."""

    line: int
    cells: Mapping[str, Cell]
    computed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows under the headings, and the headings as they stand in the file."""

    records: tuple[Record, ...]
    titles: Mapping[str, str]
    head_line: int


@dataclass(frozen=True, slots=True)
class _Heads:
    line: Line
    position: Mapping[str, int]

    def satisfies(self, layout: Layout) -> bool:
        return all(any(key in self.position for key in group) for group in layout.needs)


def plain(text: object) -> str:
    """A heading or a name for comparison: `E-mail address ` is `e mail address`."""
    return " ".join(re.findall(r"[^\W_]+", str(text).casefold()))


def find_table(sheet: Sheet, layout: Layout, tally: Tally) -> Table | None:
    """The table in the file. `None`, with faults in the tally, when its headings are not all there."""
    heads = find_heads(sheet, layout)
    if heads is None:
        _report_missing(sheet, layout, tally)
        return None
    _report_headings(heads, layout, tally)
    body = _body(sheet, heads.line.number, layout)
    _report_merged(sheet.merged, heads, body, tally)
    records = []
    for line in body:
        if any(str(cell).strip() for cell in line.cells[len(heads.line.cells) :]):
            tally.fault("import-too-many-cells", line.number)
        records.append(_record(line, heads.position, sheet.formulas))
    tally.rows = len(records)
    titles = {key: str(heads.line.cells[at]).strip() for key, at in heads.position.items()}
    return Table(tuple(records), titles, heads.line.number)


def find_heads(sheet: Sheet, layout: Layout) -> _Heads | None:
    """The first row that names every needed column."""
    for line in sheet.lines[:_SEARCHED]:
        heads = _Heads(line, _positions(line, layout))
        if heads.satisfies(layout):
            return heads
    return None


def _positions(line: Line, layout: Layout) -> dict[str, int]:
    """Where each column stands: under the earliest of its headings that the row has."""
    at = {plain(cell): index for index, cell in reversed(list(enumerate(line.cells)))}
    found: dict[str, int] = {}
    for column in layout.columns:
        head = next((head for head in column.heads if plain(head) in at), None)
        if head is not None:
            found[column.key] = at[plain(head)]
    return found


def _body(sheet: Sheet, head_line: int, layout: Layout) -> list[Line]:
    body: list[Line] = []
    for line in sheet.lines:
        if line.number <= head_line:
            continue
        if not line.blank and not (layout.one_part and _SECTION.match(str(line.cells[0]))):
            body.append(line)
        elif layout.one_part:
            break
    return body


def _record(line: Line, position: Mapping[str, int], formulas: frozenset[tuple[int, int]]) -> Record:
    cells = {key: line.cells[at] for key, at in position.items() if at < len(line.cells)}
    return Record(
        line.number,
        {key: cell for key, cell in cells.items() if not (isinstance(cell, str) and not cell.strip())},
        frozenset(key for key, at in position.items() if (line.number, at) in formulas),
    )


def _report_missing(sheet: Sheet, layout: Layout, tally: Tally) -> None:
    """Which columns are missing, judged by the row that has most of them."""
    rows = [_positions(line, layout) for line in sheet.lines[:_SEARCHED]]
    best = max(rows, key=len, default={})
    for group in layout.needs:
        if not any(key in best for key in group):
            tally.fault("import-column-missing", column=" / ".join(layout.head(key) for key in group))


def _report_headings(heads: _Heads, layout: Layout, tally: Tally) -> None:
    names = [plain(cell) for cell in heads.line.cells]
    used = set(heads.position.values())
    known = {plain(head): head for column in layout.columns for head in column.heads}
    for at, cell in enumerate(heads.line.cells):
        title = str(cell).strip()
        if at in used:
            if names.count(names[at]) > 1:
                tally.fault("import-column-twice", heads.line.number, title)
        elif title and names.index(names[at]) == at:
            near = difflib.get_close_matches(names[at], known, n=1, cutoff=0.8)
            code = f"{IGNORED}-near" if near else IGNORED
            tally.note(code, heads.line.number, title, near=known[near[0]] if near else "")


def _report_merged(merged: Sequence[Merged], heads: _Heads, body: Sequence[Line], tally: Tally) -> None:
    """A merged cell belongs to several rows or columns, and says to which only to the eye."""
    last = body[-1].number if body else heads.line.number
    read = set(heads.position.values())
    for one in merged:
        in_rows = one.last_line >= heads.line.number and one.first_line <= last
        if in_rows and read.intersection(range(one.first_column, one.last_column + 1)):
            tally.fault("import-merged", one.first_line, last_line=one.last_line)
