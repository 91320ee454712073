"""The day that somebody means, counted back from Wednesday 25 November 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.errors import ServiceError
from services.spoken_days import LONGEST_BACK, day_meant, day_or_doubt, is_only_a_day, past_day, says_roughly_when
from services.workdays import Workdays

TODAY = date(2026, 11, 25)
WORKDAYS = Workdays()


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("MASH said no further action on Tuesday, what now and by when?", date(2026, 11, 24)),
        ("they closed it last Friday", date(2026, 11, 20)),
        ("on Wednesday they said no", date(2026, 11, 18)),
        ("tuseday", date(2026, 11, 24)),
        ("monday last week", date(2026, 11, 16)),
        ("last week on tuesday", date(2026, 11, 17)),
        ("friday of last week", date(2026, 11, 20)),
        ("Friday's decision", date(2026, 11, 20)),
        ("weds", date(2026, 11, 18)),
        ("yesterday", date(2026, 11, 24)),
        ("yesteday", date(2026, 11, 24)),
        ("the day before yesterday", date(2026, 11, 23)),
        ("today", TODAY),
        ("this morning", TODAY),
        ("3 days ago", date(2026, 11, 22)),
        ("two weeks ago", date(2026, 11, 11)),
        ("a fortnight ago", date(2026, 11, 11)),
        ("3 working days ago", date(2026, 11, 20)),
        ("12 March", date(2026, 3, 12)),
        ("12th of March", date(2026, 3, 12)),
        ("March 12", date(2026, 3, 12)),
        ("1 December 2025", date(2025, 12, 1)),
        ("1 February", date(2026, 2, 1)),
        ("Tuesday 24 November", date(2026, 11, 24)),
        ("they said no on Tuesday, the meeting is on 1 December", date(2026, 11, 24)),
        ("12/11/2026", date(2026, 11, 12)),
        ("12.11.26", date(2026, 11, 12)),
        ("12/11", date(2026, 11, 12)),
        ("2026-11-12", date(2026, 11, 12)),
        ("the 12th", date(2026, 11, 12)),
        ("on the 30th", date(2026, 10, 30)),
        ("mash said nfa on monday 9 november, what now and by when?", date(2026, 11, 9)),
        ("Monday 9 November 2026", date(2026, 11, 9)),
        ("mon 9 nov", date(2026, 11, 9)),
        ("monday 9/11", date(2026, 11, 9)),
        ("tue 03/11/2026", date(2026, 11, 3)),
        ("monday the 9th", date(2026, 11, 9)),
        ("saturday the 14th", date(2026, 11, 14)),
        ("sat 14th", date(2026, 11, 14)),
        ("friday 13th", date(2026, 11, 13)),
        ("the 12th of march", date(2026, 3, 12)),
        ("monday 31 august", date(2026, 8, 31)),
        ("the tuesday before last", date(2026, 11, 17)),
        ("friday before last", date(2026, 11, 13)),
        ("a week last tuesday", date(2026, 11, 17)),
        ("a week yesterday", date(2026, 11, 17)),
        ("week before last, thursday", date(2026, 11, 12)),
        ("thursday of the week before last", date(2026, 11, 12)),
        ("tusday last wk", date(2026, 11, 17)),
        ("they said no fortnight ago", date(2026, 11, 11)),
        ("a wk ago", date(2026, 11, 18)),
        ("yest", date(2026, 11, 24)),
        ("day before yest", date(2026, 11, 23)),
    ],
)
def test_a_day_is_the_latest_one_that_it_can_mean(said: str, day: date) -> None:
    assert day_meant(said, TODAY, WORKDAYS) == day


@pytest.mark.parametrize(
    "said",
    [
        "",
        "what now",
        "by Friday",
        "by Tuesday 24 November",
        "can it wait until Monday",
        "next Tuesday",
        "tomorrow",
        "every Tuesday",
        "we meet on Tuesdays",
        "in 5 working days",
        "stage 2",
        "open 24/7",
        "the 3rd time",
        "31 February",
        "20 November 2027",
        "12 March 2019",
        "we may do that",
    ],
)
def test_words_that_name_no_past_day_name_none(said: str) -> None:
    assert day_meant(said, TODAY, WORKDAYS) is None


@pytest.mark.parametrize("said", ["3/12", "they said no on 3 December", "on Thursday 3/12", "Dec 3rd", "on 20 January"])
def test_a_date_long_past_that_is_near_to_come_is_asked_about(said: str) -> None:
    with pytest.raises(ServiceError, match="day-to-come") as fault:
        day_meant(said, TODAY, WORKDAYS)
    past, coming = fault.value.params["past"], fault.value.params["coming"]
    assert isinstance(past, date)
    assert isinstance(coming, date)
    assert past < TODAY < coming
    day, doubt = day_or_doubt(said, TODAY, WORKDAYS)
    assert day is None
    assert doubt is not None


@pytest.mark.parametrize(
    ("said", "day", "other"),
    [
        ("mash said nfa on Tuesday 23 November", date(2026, 11, 23), date(2026, 11, 24)),
        ("on Tues, 23/11/2026", date(2026, 11, 23), date(2026, 11, 24)),
        ("Friday the 12th", date(2026, 11, 12), date(2026, 11, 13)),
    ],
)
def test_a_weekday_that_does_not_fit_its_date_is_asked_about(said: str, day: date, other: date) -> None:
    with pytest.raises(ServiceError, match="day-misfit") as fault:
        day_meant(said, TODAY, WORKDAYS)
    assert (fault.value.params["day"], fault.value.params["other"]) == (day, other)


def test_of_several_days_the_latest_counts_and_today_only_when_it_is_the_only_one() -> None:
    assert day_meant("we referred on Monday and they said no on Tuesday", TODAY, WORKDAYS) == date(2026, 11, 24)
    assert day_meant("no on Tuesday, so what can we do today?", TODAY, WORKDAYS) == date(2026, 11, 24)


def test_the_weekday_of_today_is_the_one_a_week_ago() -> None:
    for ahead in range(7):
        today = TODAY + timedelta(days=ahead)
        assert day_meant(f"on {today:%A}", today, WORKDAYS) == today - timedelta(days=7)


@given(some.text(max_size=80), some.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_whatever_is_typed_the_day_is_never_ahead_nor_more_than_a_year_back(said: str, today: date) -> None:
    day, _ = day_or_doubt(said, today, WORKDAYS)

    assert day is None or today - timedelta(days=LONGEST_BACK) <= day <= today


@given(some.dates(TODAY - timedelta(days=360), TODAY))
def test_a_date_in_full_means_itself_however_it_is_written(day: date) -> None:
    dated = [f"{day.day} {day:%B %Y}", f"{day.day} {day:%b} {day.year}", f"{day:%d/%m/%Y}", day.isoformat()]
    written = [*dated, *(f"{day:%A} {one}" for one in dated), *(f"{day:%a}, {one}" for one in dated)]

    assert {day_meant(f"they said no on {one}.", TODAY, WORKDAYS) for one in written} == {day}


@pytest.mark.parametrize(
    ("said", "code", "echoed"),
    [
        ("MASH said NFA next Tuesday, by when must I escalate", "day-ahead", "next tuesday"),
        ("tomorrow", "day-ahead", "tomorrow"),
        ("on 25 December 2026", "day-ahead", "25 December 2026"),
        ("25/12/2026", "day-ahead", "25 December 2026"),
        ("on 31 February", "day-uncounted", "31 February"),
        ("30/02", "day-uncounted", "30 February"),
        ("2026-14-01", "day-uncounted", "1/14/2026"),
        ("12 March 2019", "day-uncounted", "12 March 2019"),
    ],
)
def test_a_day_that_nothing_can_be_counted_from_is_asked_about(said: str, code: str, echoed: str) -> None:
    day, doubt = past_day(said, TODAY, WORKDAYS)
    assert day is None
    assert doubt is not None
    assert (doubt.code, doubt.params["said"]) == (code, echoed)


@pytest.mark.parametrize(
    "said", ["what now", "by Friday", "until tomorrow", "every Tuesday", "a 50/50 decision", "open 24/7", "stage 2"]
)
def test_words_that_tell_of_no_day_are_not_asked_about(said: str) -> None:
    assert past_day(said, TODAY, WORKDAYS) == (None, None)


def test_a_day_that_has_been_is_counted_from_though_another_is_to_come() -> None:
    assert past_day("they said no on Tuesday, we meet tomorrow", TODAY, WORKDAYS) == (date(2026, 11, 24), None)


@pytest.mark.parametrize(
    ("said", "only"),
    [
        ("tuesday", True),
        ("Tuseday.", True),
        ("last thursday", True),
        ("wednesday, last week", True),
        ("the 12th of march", True),
        ("12/3/2026", True),
        ("three working days ago", True),
        ("they rang on tuesday", False),
        ("stage 2", False),
        ("", False),
    ],
)
def test_a_day_with_nothing_else_is_told_from_one_that_something_is_told_of(said: str, only: bool) -> None:
    assert is_only_a_day(said) is only


@pytest.mark.parametrize(
    ("said", "roughly"),
    [
        ("mash said no last week", True),
        ("a few days ago", True),
        ("they closed it at the weekend", True),
        ("two months ago", True),
        ("a fortnight ago on friday", True),
        ("two weeks ago on monday", True),
        ("friday week ago", True),
        ("easter monday", True),
        ("on the bank holiday monday", True),
        ("how long does stage 1 have", False),
        ("who decides next week", False),
    ],
)
def test_what_says_roughly_when_names_no_day(said: str, roughly: bool) -> None:
    assert says_roughly_when(said) is roughly
    assert day_meant(said, TODAY, WORKDAYS) is None
