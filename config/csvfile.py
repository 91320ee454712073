"""CSV with line numbers and typed rows. An empty cell is an absent value."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from config.faults import Fault
from config.reading import Located, build

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Row(Generic[M]):
    """One typed row and the line on which it starts."""

    line: int
    value: M


def read_rows(folder: Path, name: str, model: type[M], faults: list[Fault]) -> tuple[Row[M], ...]:
    """Every good row of `folder/name`; every bad one, and every wrong column, is added to `faults`.

    A wrong header is reported once, without its rows: they would only repeat it.
    """
    try:
        text = (folder / name).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        faults.append(Fault(name, 0, "", "is missing"))
        return ()
    except UnicodeDecodeError:
        faults.append(Fault(name, 0, "", "is not UTF-8 text; save it again as 'CSV UTF-8'"))
        return ()
    records = _records(text)
    first = next(records, None)
    if first is None:
        faults.append(Fault(name, 0, "", "is empty; its first line must name the columns"))
        return ()
    header = [cell.strip() for cell in first[1]]
    wrong = _header_faults(name, header, model)
    faults.extend(wrong)
    return () if wrong else tuple(_typed(name, header, records, model, faults))


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    # `line_num` is where a record ends; one with a line break inside a cell starts earlier.
    reader = csv.reader(text.splitlines(keepends=True))
    start = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield start, cells
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
    name: str, header: Sequence[str], records: Iterator[tuple[int, list[str]]], model: type[M], faults: list[Fault]
) -> Iterator[Row[M]]:
    for line, cells in records:
        if len(cells) > len(header):
            faults.append(Fault(name, line, "", f"has {len(cells)} cells for {len(header)} columns; quote its commas"))
            continue
        data = {column: cell.strip() for column, cell in zip(header, cells, strict=False) if cell.strip()}
        value = build(model, Located(name, data, {(): line}), faults)
        if value is not None:
            yield Row(line, value)
