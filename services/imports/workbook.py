"""XLSX: values by calamine; formulas by a pass of our own, because calamine gives only what they last computed."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from python_calamine import CalamineError, CalamineSheet, SheetTypeEnum, SheetVisibleEnum, load_workbook

from services.imports.outcome import Refused
from services.imports.sheet import Line, Merged, Sheet

_REF = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MOST_LINES, _MOST_COLUMNS = 60_000, 300
_MOST_UNPACKED = 200_000_000
_NS = "\x1f"
FIRST_SHEET = "import-note-first-sheet"


def read_workbook(data: bytes) -> Sheet:
    """The first visible sheet. Raises `Refused` when the workbook is broken, or too large to be what it seems."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST_UNPACKED:
                raise Refused("import-file-too-big")
            with load_workbook(io.BytesIO(data)) as workbook:
                visible = [
                    one.name
                    for one in workbook.sheets_metadata
                    if one.visible is SheetVisibleEnum.Visible and one.typ is SheetTypeEnum.WorkSheet
                ]
                if not visible:
                    raise Refused("import-file-empty")
                # Before calamine: it makes room for every cell up to the last, however far out that is.
                layout = _layout(archive, visible[0])
                notes = (FIRST_SHEET,) if len(visible) > 1 else ()
                return _sheet(workbook.get_sheet_by_name(visible[0]), layout, notes)
    except (zipfile.BadZipFile, CalamineError, expat.ExpatError, KeyError, ValueError, NotImplementedError) as error:
        raise Refused("import-workbook-broken") from error


@dataclass
class _Layout:
    formulas: set[tuple[int, int]] = field(default_factory=set)
    line: int = 0
    column: int = -1


def _sheet(sheet: CalamineSheet, layout: _Layout, notes: tuple[str, ...]) -> Sheet:
    rows = sheet.to_python(skip_empty_area=False)
    merged = [Merged(first[0] + 1, first[1], last[0] + 1, last[1]) for first, last in sheet.merged_cell_ranges or []]
    lines = tuple(Line(number, tuple(cells)) for number, cells in enumerate(rows, start=1))
    return Sheet(lines, frozenset(layout.formulas), tuple(merged), notes)


def _part(archive: zipfile.ZipFile, name: str) -> str:
    """The path of the sheet called `name` inside the archive."""
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}

    def on_sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            ids[attributes["name"]] = next(v for k, v in attributes.items() if k.endswith(f"relationships{_NS}id"))

    def on_relationship(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[attributes["Id"]] = attributes["Target"]

    _walk(archive.read("xl/workbook.xml"), on_sheet)
    _walk(archive.read("xl/_rels/workbook.xml.rels"), on_relationship)
    target = targets[ids[name]]
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def _layout(archive: zipfile.ZipFile, name: str) -> _Layout:
    """Where the formulas stand. Refuses a sheet with a cell so far out that reading it would fill the memory."""
    found = _Layout()

    def on_cell(tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            found.line = int(attributes.get("r", found.line + 1))
            found.column = -1
        elif tag == "c":
            reference = _REF.fullmatch(attributes.get("r", ""))
            found.column = _column(reference[1]) if reference else found.column + 1
        elif tag in ("v", "is", "f"):
            if found.line > _MOST_LINES or found.column >= _MOST_COLUMNS:
                raise Refused("import-too-many-rows", most=_MOST_LINES)
            if tag == "f":
                found.formulas.add((found.line, found.column))

    _walk(archive.read(_part(archive, name)), on_cell)
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _walk(xml: bytes, on_start: Callable[[str, dict[str, str]], None]) -> None:
    """Call `on_start` with every element's own name. A document type is refused: only an attack brings one."""

    def local(tag: str, attributes: dict[str, str]) -> None:
        on_start(tag.rpartition(_NS)[2], attributes)

    def refuse(*_: object) -> None:
        raise Refused("import-workbook-broken")

    parser = expat.ParserCreate(namespace_separator=_NS)
    parser.StartElementHandler = local
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(xml, True)
