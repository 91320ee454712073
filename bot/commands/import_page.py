"""docs/imports.md, made from the columns that imports know: `python -m bot.commands.import_page > docs/imports.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from dialogs.wording.columns import EXAMPLES, KINDS, MEANINGS
from services.imports import OF_KIND, ImportKind

OTHERS_SHOWN = 4
"""Other headings of a column that are named; more are known."""

_LEAD = """# Files to import

`python -m bot import KIND FILE` reads a CSV or XLSX file: all of it or nothing. With `--dry-run` it checks the file and
writes nothing. What is wrong is listed with its line and column, so that the file can be mended and imported again;
importing the same file twice changes nothing.

- The headings stand in one row near the top. Capitals, spaces and punctuation do not matter, nor does the order.
- A column that is not known is left alone, and named. An empty cell leaves what is known as it is.
- Days are read the British way: 14/03/2027, 2027-03-14 or 14 March 2027. Times are 09:30 or 9.30am.
- Of a workbook the first sheet is read. Formulas and merged cells are refused.
- Nothing may identify a child or family.

Import in this order, since each file names what stands in those before it: people, sessions, bookings, attendance;
actions at any time after people."""


def page() -> str:
    """The whole page."""
    return "\n\n".join([_LEAD, *(_section(kind) for kind in ImportKind)]) + "\n"


def in_short(kind: ImportKind) -> str:
    """The columns of a kind of file in one sentence or two."""
    needed, other = OF_KIND[kind].told()
    more = f" It may have: {', '.join(other)}." if other else ""
    return f"Its columns must be: {', '.join(needed)}.{more}"


def _section(kind: ImportKind) -> str:
    table = ["| column | needed | what it holds | also known as |", "|---|---|---|---|", *_rows(kind)]
    example = f"```csv\n{EXAMPLES[kind.value]}\n```"
    return "\n\n".join([f"## {kind.value}", KINDS[kind.value], "\n".join(table), "For example:", example])


def _rows(kind: ImportKind) -> Iterator[str]:
    layout = OF_KIND[kind]
    for column in layout.columns:
        group = next((some for some in layout.needs if column.key in some), ())
        other = [layout.head(key) for key in group if key != column.key]
        needed = f"yes, or {' or '.join(other)}" if other else "yes" if group else ""
        also = ", ".join(column.heads[1 : 1 + OTHERS_SHOWN])
        yield f"| `{column.heads[0]}` | {needed} | {MEANINGS[kind.value][column.key]} | {also} |"


if __name__ == "__main__":
    sys.stdout.write(page())
