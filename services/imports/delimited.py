"""CSV as offices make it: UTF-8 with or without a BOM, Windows-1252, or the tab-separated UTF-16 of Teams."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from services.imports.outcome import Refused
from services.imports.sheet import Line, Sheet

_DELIMITERS = (",", "\t", ";")
_SAMPLE = 30
NOT_UTF8 = "import-note-not-utf8"


def read_delimited(data: bytes) -> Sheet:
    """Every line of a delimited file. Raises `Refused` when it is not text, or its quotes do not close."""
    text, notes = _decode(data)
    if "\0" in text:
        raise Refused("import-not-a-table")
    try:
        lines = tuple(_lines(text, _delimiter(text)))
    except _BrokenQuotes as broken:
        raise Refused("import-csv-broken", at=broken.line) from broken
    return Sheet(lines, notes=notes)


class _BrokenQuotes(Exception):
    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """UTF-8 strictly, then Windows-1252: a file that is not UTF-8 would otherwise lose its accents in silence."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), ()
        except UnicodeDecodeError:
            raise Refused("import-not-a-table") from None
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), (NOT_UTF8,)
    except UnicodeDecodeError:
        raise Refused("import-not-a-table") from None


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    # `line_num` is where a record ends; one with a line break inside a cell starts earlier.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise _BrokenQuotes(start) from None
        yield start, cells
        start = reader.line_num + 1


def _lines(text: str, delimiter: str) -> Iterator[Line]:
    for number, cells in _records(text, delimiter):
        yield Line(number, tuple(cells))


def _delimiter(text: str) -> str:
    """The one that splits the first lines into most cells; a comma when nothing does."""

    def cells_of(delimiter: str) -> int:
        found = 0
        try:
            for number, (_, cells) in enumerate(_records(text, delimiter)):
                if number >= _SAMPLE:
                    break
                found += len(cells) - 1
        except _BrokenQuotes:
            pass
        return found

    return max(_DELIMITERS, key=cells_of)
