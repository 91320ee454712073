"""A report written out holds what it held, and runs nothing on the computer of whoever opens it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook

from services.reports import Chart, Column, Kind, Report, to_csv, to_json, to_xlsx
from services.reports.writing import harmless

EVIL = '=HYPERLINK("http://evil.example","click")'
REPORT = Report(
    name="training",
    title="Multi-agency training 2022-23",
    year="2022-23",
    columns=(
        Column("course", "Course", Kind.TEXT),
        Column("booked", "Booked"),
        Column("share", "Share, %", Kind.SHARE),
        Column("date", "Date", Kind.DAY),
    ),
    rows=(
        ("Adult: Modern Slavery & Exploitation", 18, 1 / 18, date(2022, 4, 5)),
        (EVIL, -3, None, None),
        ("O'Neill, “Zoë”", 0, 0.0, date(2023, 3, 31)),
    ),
    totals=("Total", 15, 1 / 15, None),
    notes=("From the records.", "=1+1"),
    sources=("Annual report 2022-23",),
    chart=Chart("course", ("booked",)),
)


def test_csv_has_headings_rows_and_totals_and_no_formula() -> None:
    lines = list(csv.reader(io.StringIO(to_csv(REPORT), newline="")))
    assert lines == [
        ["Course", "Booked", "Share, %", "Date"],
        ["Adult: Modern Slavery & Exploitation", "18", "5.6%", "2022-04-05"],
        [f"'{EVIL}", "-3", "", ""],
        ["O'Neill, “Zoë”", "0", "0.0%", "2023-03-31"],
        ["Total", "15", "6.7%", ""],
    ]


def test_json_speaks_in_keys_and_plain_numbers() -> None:
    made = json.loads(to_json(REPORT))
    assert made["rows"][0] == {
        "course": "Adult: Modern Slavery & Exploitation",
        "booked": 18,
        "share": 0.0556,
        "date": "2022-04-05",
    }
    assert made["totals"] == {"course": "Total", "booked": 15, "share": 0.0667, "date": None}
    assert made["rows"][1]["course"] == EVIL
    assert (made["report"], made["year"], made["notes"][0]) == ("training", "2022-23", "From the records.")


def test_a_workbook_holds_the_table_a_chart_and_no_formula() -> None:
    data = to_xlsx(REPORT)
    with load_workbook(io.BytesIO(data)) as book:
        lines = book.get_sheet_by_name("training").to_python(skip_empty_area=False)
    assert lines[0][0] == "Multi-agency training 2022-23"
    assert lines[2][:4] == ["Course", "Booked", "Share, %", "Date"]
    assert lines[3][:4] == ["Adult: Modern Slavery & Exploitation", 18.0, 1 / 18, date(2022, 4, 5)]
    assert lines[4][0] == EVIL
    assert lines[6][:2] == ["Total", 15.0]
    assert [line[0] for line in lines[8:11]] == ["From the records.", "=1+1", "Annual report 2022-23"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        chart = archive.read("xl/charts/chart1.xml").decode()
    assert "training!$B$4:$B$6" in chart
    assert "training!$A$4:$A$6" in chart


def test_an_empty_report_can_be_written_too() -> None:
    empty = Report("actions", "Action plans", "2026-27", REPORT.columns, (), None, chart=REPORT.chart)
    assert to_csv(empty).splitlines() == ['Course,Booked,"Share, %",Date']
    assert json.loads(to_json(empty))["totals"] is None
    assert to_xlsx(empty).startswith(b"PK")


_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))


@given(st.lists(_TEXT, min_size=1, max_size=8))
def test_any_words_are_read_back_from_csv_and_none_begins_a_formula(words: list[str]) -> None:
    columns = tuple(Column(f"c{number}", f"c{number}", Kind.TEXT) for number in range(len(words)))
    text = to_csv(Report("x", "x", "2022-23", columns, (tuple(words),)))
    _, row = csv.reader(io.StringIO(text, newline=""))
    assert row == [harmless(word) for word in words]
    assert [cell.removeprefix("'") if cell != word else cell for cell, word in zip(row, words, strict=True)] == words
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in row)


def test_a_chart_of_sums_draws_those_rows_alone_by_the_column_that_it_names() -> None:
    columns = (Column("sector", "Sector", Kind.TEXT), Column("agency", "Agency", Kind.TEXT), Column("people", "People"))
    rows = (("Health", "Health: all", 3), ("Health", "GP", 3), ("Fire", "Fire: all", 1), ("Fire", "Brigade", 1))
    report = Report("attendance", "Attendance", "2026-27", columns, rows, chart=Chart("sector", ("people",), (0, 2)))
    with zipfile.ZipFile(io.BytesIO(to_xlsx(report))) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    assert "(&apos;attendance&apos;!$A$4,&apos;attendance&apos;!$A$6)" in chart.replace("'", "&apos;")
    assert "(&apos;attendance&apos;!$C$4,&apos;attendance&apos;!$C$6)" in chart.replace("'", "&apos;")
