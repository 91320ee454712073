"""What a cell means, in every way that offices write it; and what it must not be taken for."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.imports import cells
from services.imports.cells import CellError
from services.imports.delimited import read_delimited
from services.imports.outcome import Refused
from services.imports.sheet import Cell


@pytest.mark.parametrize(
    "cell",
    [
        "2027-03-04",
        "2027-3-4",
        "04/03/2027",
        "4/3/27",
        "04.03.2027",
        "4-3-2027",
        "4 March 2027",
        "4th Mar 2027",
        "Thursday 4 March 2027",
        "Thu, 4 Mar 27",
        "4-Mar-27",
        date(2027, 3, 4),
        datetime(2027, 3, 4, 12, 0),  # noqa: DTZ001 - a workbook knows no zone
    ],
)
def test_a_day_is_read_the_british_way(cell: Cell) -> None:
    assert cells.day(cell) == date(2027, 3, 4)


@pytest.mark.parametrize(
    "cell",
    [
        "3/14/2027",
        "31/02/2027",
        "4/3",
        "March 2027",
        "44989",
        44989.0,
        "soon",
        "4/3/1927",
        "0/1/2027",
        "4 M 2027",
        True,
    ],
)
def test_what_is_not_surely_a_day_is_refused(cell: Cell) -> None:
    with pytest.raises(CellError) as caught:
        cells.day(cell)
    assert caught.value.code == "import-bad-date"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("09:30", time(9, 30)),
        ("9.30", time(9, 30)),
        ("9.30am", time(9, 30)),
        ("9:30 PM", time(21, 30)),
        ("12pm", time(12)),
        ("12 a.m.", time(0)),
        ("13:05:59", time(13, 5)),
        (time(9, 30, 1), time(9, 30)),
    ],
)
def test_a_time_is_read_as_people_write_it(cell: Cell, expected: time) -> None:
    assert cells.clock(cell) == expected


@pytest.mark.parametrize("cell", ["9", "25:00", "9:75", "13pm", "0am", "noon", 0.39])
def test_what_is_not_surely_a_time_is_refused(cell: Cell) -> None:
    with pytest.raises(CellError):
        cells.clock(cell)


@pytest.mark.parametrize(
    "cell",
    ["04/03/2027 09:30", "2027-03-04T09:30", "2027-03-04 09:30:00", "4 March 2027, 9.30am", "4 March 2027 9.30 am"],
)
def test_a_moment_is_a_day_and_a_time(cell: Cell) -> None:
    assert cells.day_and_clock(cell) == (date(2027, 3, 4), time(9, 30))


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("1h 2m 3s", 3723),
        ("58m 12s", 3492),
        ("45s", 45),
        ("2 hours 5 minutes", 7500),
        ("1:02:03", 3723),
        (timedelta(minutes=5), 300),
        (time(0, 5), 300),
    ],
)
def test_a_duration_is_read_as_teams_and_excel_write_it(cell: Cell, seconds: int) -> None:
    assert cells.duration(cell) == timedelta(seconds=seconds)


@pytest.mark.parametrize("cell", ["", "long", "1h or so", 90.0, "-5m"])
def test_what_is_no_duration_is_refused(cell: Cell) -> None:
    with pytest.raises(CellError):
        cells.duration(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "a@b@example.org",
        "a b@example.org",
        "a@example",
        "Alice <a@example.org>",
        "a@example.org;b@example.org",
        "é@example.org",
        "a" * 255 + "@example.org",
    ],
)
def test_what_is_not_one_work_address_is_refused(cell: str) -> None:
    with pytest.raises(CellError):
        cells.email(cell)


def test_a_workbook_number_is_the_number_that_was_typed() -> None:
    assert cells.words_of(1042.0) == "1042"
    assert cells.whole(1, 5000)(25.0) == 25
    assert cells.yes_no(True)
    assert not cells.yes_no(" No ")


@pytest.mark.parametrize("cell", ["", "x", "1.5", 1.5, "-3", "0", "5001", "1e3", "²"])
def test_places_are_a_whole_number_in_reason(cell: Cell) -> None:
    with pytest.raises(CellError):
        cells.whole(1, 5000)(cell)


@pytest.mark.parametrize(
    "words", ["+44 20 8424 0999", "- brief the governors (all)", "-5", "+ new", "Smith-Jones", "a=b", "me@work"]
)
def test_ordinary_words_are_no_formula(words: str) -> None:
    assert not cells.is_formula(words)


def test_a_fault_repeats_only_the_beginning_of_a_long_cell() -> None:
    assert len(cells.shown("x" * 500)) == 60


_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp"), exclude_characters="\x85"),
    max_size=20,
)


@given(
    rows=st.lists(st.lists(_WORDS, min_size=3, max_size=3), min_size=1, max_size=10), delimiter=st.sampled_from(",;\t")
)
def test_whatever_a_csv_writer_writes_is_read_back(rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(["one", "two", "three"])
    writer.writerows(rows)
    for data in (out.getvalue().encode("utf-8-sig"), out.getvalue().encode("utf-16")):
        sheet = read_delimited(data)
        assert [list(line.cells) for line in sheet.lines[1:]] == rows


@given(st.binary(max_size=400))
def test_no_bytes_at_all_break_the_reader(data: bytes) -> None:
    try:
        sheet = read_delimited(data)
    except Refused:
        return
    assert all(line.number >= 1 for line in sheet.lines)


@given(_WORDS)
def test_words_come_out_on_one_line_and_stay_as_they_are(words: str) -> None:
    once = cells.words_of(words)
    assert "\n" not in once
    assert cells.words_of(once) == once
