"""A day to come, as people in England write it, counted from Saturday 28 November 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.coming_days import day_to_come, first_named
from services.errors import ServiceError

TODAY = date(2026, 11, 28)
DUE = date(2026, 12, 12)

EVERYWHERE = [
    ("friday week", date(2026, 12, 11)),
    ("a week on friday", date(2026, 12, 11)),
    ("week on friday", date(2026, 12, 11)),
    ("tues week", date(2026, 12, 8)),
    ("a week tomorrow", date(2026, 12, 6)),
    ("tomorrow week", date(2026, 12, 6)),
    ("friday fortnight", date(2026, 12, 18)),
    ("two weeks on friday", date(2026, 12, 18)),
    ("friday", date(2026, 12, 4)),
    ("next fri", date(2026, 12, 4)),
    ("this thursday", date(2026, 12, 3)),
    ("on saturday", date(2026, 12, 5)),
    ("wednesday next week", date(2026, 12, 2)),
    ("next week on wed", date(2026, 12, 2)),
    ("the 11th", date(2026, 12, 11)),
    ("on the 30th", date(2026, 11, 30)),
    ("thursday the 14th", date(2027, 1, 14)),
    ("4.12", date(2026, 12, 4)),
    ("4/12", date(2026, 12, 4)),
    ("04/12/2026", date(2026, 12, 4)),
    ("20.01.27", date(2027, 1, 20)),
    ("20/1/27", date(2027, 1, 20)),
    ("20-01-2027", date(2027, 1, 20)),
    ("2027-01-20", date(2027, 1, 20)),
    ("14 march", date(2027, 3, 14)),
    ("14th of march 2028", date(2028, 3, 14)),
    ("march 14", date(2027, 3, 14)),
    ("friday 4 december", date(2026, 12, 4)),
    ("fri 4 dec", date(2026, 12, 4)),
    ("friday, 4th december 2026", date(2026, 12, 4)),
    ("29 february", date(2028, 2, 29)),
    ("end of january", date(2027, 1, 31)),
    ("the end of feb 2028", date(2028, 2, 29)),
    ("end of the month", date(2026, 11, 30)),
    ("end of next month", date(2026, 12, 31)),
    ("start of january", date(2027, 1, 1)),
    ("end of the week", date(2026, 12, 4)),
    ("end of the year", date(2026, 12, 31)),
    ("tomorrow", date(2026, 11, 29)),
    ("the day after tomorrow", date(2026, 11, 30)),
    ("in two weeks", date(2026, 12, 12)),
    ("in a fortnight", date(2026, 12, 12)),
    ("in 10 days", date(2026, 12, 8)),
    ("in 3 months", date(2027, 2, 28)),
]


@pytest.mark.parametrize(("said", "day"), EVERYWHERE)
def test_a_day_to_come_is_read_alone_and_in_a_sentence(said: str, day: date) -> None:
    assert day_to_come(said, TODAY) == day
    assert day_to_come(f" {said.upper()}. ", TODAY) == day
    named = first_named(f"book introduction {said} please", TODAY)
    assert named is not None
    assert named.day == day
    assert f"book introduction {said} please"[named.start : named.end].strip() in said


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("by two weeks", DUE + timedelta(days=14)),
        ("another week", DUE + timedelta(days=7)),
        ("2 more weeks", DUE + timedelta(days=14)),
        ("a month longer", date(2027, 1, 12)),
        ("the 14th", date(2026, 12, 14)),
        ("11th", date(2027, 1, 11)),
        ("in two weeks", DUE),
        ("thursday", date(2026, 12, 3)),
    ],
)
def test_a_date_that_is_moved_on_is_counted_from_where_it_stands(said: str, day: date) -> None:
    assert day_to_come(said, TODAY, since=DUE) == day


def test_a_date_that_has_passed_is_moved_on_from_today() -> None:
    assert day_to_come("two weeks", TODAY, since=TODAY - timedelta(days=9)) == DUE


@pytest.mark.parametrize(
    ("said", "day", "other"),
    [
        ("friday 14 january", date(2027, 1, 14), date(2027, 1, 15)),
        ("thursday 4 december", date(2026, 12, 4), date(2026, 12, 3)),
        ("mon 4/12", date(2026, 12, 4), date(2026, 12, 7)),
        ("tuesday 1.12.28", date(2028, 12, 1), date(2028, 11, 28)),
        ("friday the 14th", date(2026, 12, 14), date(2026, 12, 11)),
    ],
)
def test_a_weekday_that_does_not_fit_its_date_is_asked_about(said: str, day: date, other: date) -> None:
    for read in (day_to_come, first_named):
        with pytest.raises(ServiceError) as fault:
            read(said, TODAY)
        assert fault.value.code == "day-misfit"
        assert (fault.value.params["day"], fault.value.params["other"]) == (day, other)


@pytest.mark.parametrize("said", ["", "soon", "31 february", "today", "next", "13.13.27", "100 years", "2", "level 2"])
def test_what_names_no_day_to_come_is_refused(said: str) -> None:
    with pytest.raises(ServiceError, match="bad-date"):
        day_to_come(said, TODAY)


@pytest.mark.parametrize(
    "said",
    [
        "book the dsl forum",
        "open 24/7",
        "the 3rd time",
        "at 9.30 am",
        "level 2",
        "we sat in the sun",
        "may i",
        "book the 2nd session",
        "what does section 4.12 say",
    ],
)
def test_words_that_name_no_day_name_none(said: str) -> None:
    assert first_named(said, TODAY) is None


@given(some.text(max_size=60), some.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_no_text_on_any_day_is_too_strange_to_read(said: str, today: date) -> None:
    try:
        day = day_to_come(said, today)
    except ServiceError:
        return
    assert day > today or day.year >= 2000
