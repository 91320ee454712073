"""CSV with line numbers and typed rows. An empty cell is an absent value."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from config.faults import Fault
from config.reading import Located, build

M = TypeVar("M", bound=BaseModel)
Record = tuple[int, list[str]]
"""The line on which a record starts, and its cells."""


@dataclass(frozen=True, slots=True)
class Row(Generic[M]):
    """One typed row and the line on which it starts."""

    line: int
    value: M


def read_rows(folder: Path, name: str, model: type[M], faults: list[Fault]) -> tuple[Row[M], ...]:
    """Every good row of `folder/name`; every bad one, and every wrong column, is added to `faults`.

    A wrong header is reported once, without its rows: they would only repeat it.
    """
    records = read_records(folder, name, faults)
    if not records:
        return ()
    (_, header), *rows = records
    wrong = _header_faults(name, header, model)
    faults.extend(wrong)
    return () if wrong else tuple(_typed(name, header, rows, model, faults))


def read_records(folder: Path, name: str, faults: list[Fault]) -> list[Record]:
    """The line and the cells of every record of `folder/name`, its header first, without blanks around a cell.

    Empty when the file cannot be read or holds nothing, which is added to `faults`.
    """
    try:
        text = (folder / name).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        faults.append(Fault(name, 0, "", "is missing"))
        return []
    except UnicodeDecodeError:
        faults.append(Fault(name, 0, "", "is not UTF-8 text; save it again as 'CSV UTF-8'"))
        return []
    records = list(_records(text))
    if not records:
        faults.append(Fault(name, 0, "", "is empty; its first line must name the columns"))
    return records


def _records(text: str) -> Iterator[Record]:
    # `line_num` is where a record ends; one with a line break inside a cell starts earlier.
    reader = csv.reader(text.splitlines(keepends=True))
    start = 1
    for cells in reader:
        stripped = [cell.strip() for cell in cells]
        if any(stripped):
            yield start, stripped
        start = reader.line_num + 1


def _header_faults(name: str, header: Sequence[str], model: type[BaseModel]) -> list[Fault]:
    fields = model.model_fields
    doubled = {column for column in header if header.count(column) > 1}
    missing = [field for field, info in fields.items() if info.is_required() and field not in header]
    return [
        *(Fault(name, 1, column, "is not a column of this file") for column in header if column not in fields),
        *(Fault(name, 1, column, "is a column twice") for column in sorted(doubled)),
        *(Fault(name, 1, column, "is a column that is missing") for column in missing),
    ]


def _typed(
    name: str, header: Sequence[str], records: Iterable[Record], model: type[M], faults: list[Fault]
) -> Iterator[Row[M]]:
    for line, cells in records:
        if len(cells) > len(header):
            faults.append(Fault(name, line, "", f"has {len(cells)} cells for {len(header)} columns; quote its commas"))
            continue
        data = {column: cell for column, cell in zip(header, cells, strict=False) if cell}
        value = build(model, Located(name, data, {(): line}), faults)
        if value is not None:
            yield Row(line, value)
