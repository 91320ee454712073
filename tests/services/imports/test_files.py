"""Files as offices really send them: every encoding, every program, and some that are no tables at all."""

from __future__ import annotations

import zipfile
from collections.abc import AsyncIterator
from datetime import date, time
from io import BytesIO
from pathlib import Path

import pytest

from services.imports import Stage, workbook
from services.imports.outcome import Refused
from services.imports.reading import read_sheet
from services.imports.workbook import read_workbook
from services.work import Database
from tests.services.harrow import harrow_rules
from tests.services.imports.desk import Desk, codes, noted, said, to_xlsx
from tests.services.reports.year_2022_23 import to_csv


@pytest.fixture
async def desk(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    """One kind of database is enough: what differs here is the file."""
    database = Database.open(sqlite_url)
    yield Desk(database, harrow_rules(), tmp_path)
    await database.close()


PLAIN = "name,email\r\nZoë O'Neill,zoe@example.org\r\n"
ROWS = [("name", "email"), ("Alice", "alice@example.org")]


async def name_of(desk: Desk, email: str = "zoe@example.org") -> str:
    async with desk.database.reading() as work:
        found = await work.people.by_email(email)
    assert found is not None
    return found.name


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode("utf-8"),
        PLAIN.encode("utf-8-sig"),
        PLAIN.replace(",", "\t").encode("utf-16"),
        PLAIN.replace(",", ";").encode("utf-8"),
        PLAIN.replace("\r\n", "\n").encode("utf-8"),
        PLAIN.replace("\r\n", "\r").encode("utf-8"),
        b"\r\n\r\nPeople of the partnership,\r\n" + PLAIN.encode("utf-8"),
    ],
    ids=["utf-8", "bom", "utf-16-tabs", "semicolons", "unix", "old-mac", "title-above"],
)
async def test_a_csv_of_any_program_is_read(desk: Desk, data: bytes) -> None:
    report = await desk.file("people", data)
    assert (report.written, report.added, report.notes) == (True, 1, ()), said(report)
    assert await name_of(desk) == "Zoë O'Neill"


async def test_windows_text_is_read_and_the_office_told_to_look_at_accents(desk: Desk) -> None:
    report = await desk.file("people", PLAIN.encode("cp1252"))
    assert report.written
    assert noted(report) == [("import-note-not-utf8", 0)]
    assert await name_of(desk) == "Zoë O'Neill"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "import-file-empty"),
        (b"\r\n , \r\n", "import-file-empty"),
        (b"\xff\xfe\x00", "import-not-a-table"),
        (b"%PDF-1.7 ...", "import-not-a-table"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "import-not-a-table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "import-old-excel"),
        (b"PK\x03\x04 torn", "import-workbook-broken"),
        (b'name,email\r\nAlice,a@example.org\r\n"Bob,b@example.org\r\n', "import-csv-broken"),
        (b"name,email\r\n", "import-no-rows"),
    ],
)
async def test_what_is_no_table_is_refused_with_a_sentence(desk: Desk, data: bytes, code: str) -> None:
    report = await desk.file("people", data)
    assert [fault.code for fault in report.faults] == [code]
    assert not report.written
    assert said(report)


async def test_a_file_that_is_not_there_is_named(desk: Desk) -> None:
    with pytest.raises(Refused) as caught:
        read_sheet(desk.folder / "gone.csv")
    assert (caught.value.fault.code, caught.value.fault.params) == ("import-file-missing", {"file": "gone.csv"})
    with pytest.raises(Refused) as caught:
        read_sheet(desk.folder)
    assert caught.value.fault.code == "import-file-unreadable"


async def test_an_unclosed_quotation_mark_is_named_with_its_line(desk: Desk) -> None:
    report = await desk.file("people", 'name,email\nAlice,a@example.org\n"Bob,b@example.org\nCharlie,c@example.org\n')
    assert "line 3" in said(report)[0]


async def test_missing_columns_are_all_named_at_once(desk: Desk) -> None:
    report = await desk.file("sessions", "Event ref,Start date,Where\nF-1,2027-02-01,Here\n")
    assert [fault.column for fault in report.faults] == ["course", "starts", "ends", "capacity"]


async def test_the_same_heading_twice_is_a_fault(desk: Desk) -> None:
    report = await desk.file("people", "name,email,e mail,Email\nAlice,a@example.org,b@example.org,c@example.org\n")
    assert codes(report) == [("import-column-twice", 1, "email")]


async def test_a_row_with_more_cells_than_headings_is_a_fault(desk: Desk) -> None:
    report = await desk.file("people", "email,name\na@example.org,Alice,Smith\nb@example.org,Bob,,\n")
    assert codes(report) == [("import-too-many-cells", 2, "")]


async def test_lines_are_counted_as_a_spreadsheet_counts_them(desk: Desk) -> None:
    report = await desk.file("people", 'name,email\n"Alice\nof two lines",a@example.org\n\nBob,nonsense\n')
    assert codes(report) == [("import-bad-email", 5, "email")]


@pytest.mark.parametrize(
    "cell", ['=HYPERLINK("http://x","Bob")', "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", " \t=1+1"]
)
async def test_a_formula_in_a_csv_is_refused(desk: Desk, cell: str) -> None:
    report = await desk.file("people", to_csv(("name", "email"), [("Alice", "a@example.org"), (cell, "b@example.org")]))
    assert codes(report) == [("import-formula", 3, "name")]
    assert "calc" not in said(report)[0]


async def test_a_formula_in_a_column_that_is_not_read_does_no_harm(desk: Desk) -> None:
    report = await desk.file("people", to_csv(("name", "email", "Note"), [("Alice", "a@example.org", "=1+1")]))
    assert report.written


async def test_a_workbook_is_read_with_its_numbers_days_and_times(desk: Desk) -> None:
    rows = [
        ("Reference", "Course", "Date", "Start time", "End time", "Places"),
        (1042, "DSL forum", date(2027, 2, 10), time(9, 30), time(12, 30), 25),
    ]
    report = await desk.file("sessions", to_xlsx(rows), name="sessions.xlsx")
    assert report.written, said(report)
    async with desk.database.reading() as work:
        session = await work.sessions.by_ref("1042")
    assert session is not None
    assert (f"{session.starts_at:%Y-%m-%d %H:%M}", session.capacity) == ("2027-02-10 09:30", 25)


async def test_a_formula_in_a_workbook_is_refused_though_it_shows_a_name(desk: Desk) -> None:
    data = to_xlsx([*ROWS, ("", "bob@example.org")], formulas={"A3": '=HYPERLINK("http://x","Bob")'})
    assert codes(await desk.file("people", data)) == [("import-formula", 3, "name")]


async def test_merged_cells_are_named(desk: Desk) -> None:
    report = await desk.file("people", to_xlsx([*ROWS, ("", "")], merge="A3:B4"))
    assert ("import-merged", 3, "") in codes(report)
    beside = await desk.file("people", to_xlsx(ROWS, merge="D1:E4"))
    assert beside.written, said(beside)


async def test_a_merged_title_above_the_table_does_no_harm(desk: Desk) -> None:
    report = await desk.file("people", to_xlsx([("", ""), *ROWS], merge="A1:D1"))
    assert report.written, said(report)


async def test_only_the_first_sheet_that_is_seen_is_read(desk: Desk) -> None:
    report = await desk.file("people", to_xlsx(ROWS, hidden_first=True, sheets=2))
    assert (report.added, noted(report)) == (1, [("import-note-first-sheet", 0)])
    assert await name_of(desk, "alice@example.org") == "Alice"


def _with_part(data: bytes, part: str, old: str, new: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = before.read(name)
            after.writestr(name, text.replace(old.encode(), new.encode(), 1) if name == part else text)
    return out.getvalue()


def test_a_cell_at_the_end_of_the_world_cannot_fill_the_memory() -> None:
    far = '</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    data = _with_part(to_xlsx(ROWS), "xl/worksheets/sheet1.xml", "</row></sheetData>", far)
    with pytest.raises(Refused) as caught:
        read_workbook(data)
    assert caught.value.fault.code == "import-too-many-rows"


def test_a_workbook_with_a_document_type_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet '
    data = _with_part(to_xlsx(ROWS), "xl/worksheets/sheet1.xml", "<worksheet ", bomb)
    with pytest.raises(Refused) as caught:
        read_workbook(data)
    assert caught.value.fault.code == "import-workbook-broken"


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_MOST_UNPACKED", 5_000_000)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as part:
        for _ in range(6):
            part.write(bytes(1_000_000))
    with pytest.raises(Refused) as caught:
        read_workbook(out.getvalue())
    assert caught.value.fault.code == "import-file-too-big"


async def test_ten_thousand_rows_come_in_with_progress(desk: Desk) -> None:
    heard: list[tuple[Stage, int, int]] = []
    rows = [(f"Person {number}", f"p{number}@example.org") for number in range(10_000)]
    report = await desk.file(
        "people",
        to_csv(("name", "email"), rows),
        progress=lambda stage, done, total: heard.append((stage, done, total)),
    )
    assert (report.written, report.rows, report.added) == (True, 10_000, 10_000)
    assert heard[0] == (Stage.READING, 0, 10_000)
    assert (Stage.READING, 10_000, 10_000) in heard
    assert heard[-1] == (Stage.WRITING, 10_000, 10_000)
    assert len(heard) < 100


async def test_one_bad_row_of_ten_thousand_stops_them_all(desk: Desk) -> None:
    rows = [(f"Person {number}", f"p{number}@example.org" if number != 9_000 else "oh") for number in range(10_000)]
    report = await desk.file("people", to_csv(("name", "email"), rows))
    assert codes(report) == [("import-bad-email", 9_002, "email")]
    async with desk.database.reading() as work:
        assert await work.imports.person_ids(["p1@example.org"]) == {}
