"""Opens a file and decides by its first bytes, not by its name, what it is."""

from __future__ import annotations

from pathlib import Path

from services.imports.delimited import read_delimited
from services.imports.outcome import Refused
from services.imports.sheet import Sheet
from services.imports.workbook import read_workbook

_MOST_BYTES = 30_000_000
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
"""Excel before 2007, and any workbook with a password."""
_PDF = b"%PDF"


def read_sheet(path: Path) -> Sheet:
    """Every line of a CSV or XLSX file. Raises `Refused` when it is missing, empty, too big or something else."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Refused("import-file-too-big")
        data = path.read_bytes()
    except FileNotFoundError:
        raise Refused("import-file-missing", file=path.name) from None
    except OSError:
        raise Refused("import-file-unreadable", file=path.name) from None
    if data.startswith(_OLE):
        raise Refused("import-old-excel")
    if data.startswith(_PDF):
        raise Refused("import-not-a-table")
    sheet = read_workbook(data) if data.startswith(_ZIP) else read_delimited(data)
    if all(line.blank for line in sheet.lines):
        raise Refused("import-file-empty")
    return sheet
