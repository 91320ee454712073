from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.workdays import LONDON, Workdays, local_day, require_aware, wall_clock

WORKDAYS = Workdays()
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
COUNTS = st.integers(-80, 80)
MOMENTS = st.builds(datetime.combine, DAYS, st.times(), st.just(UTC))

# The dates that gov.uk publishes for England and Wales.
BANK_HOLIDAYS = {
    2026: ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"],
    2027: ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"],
    2028: ["01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"],
}


@pytest.mark.parametrize("year", BANK_HOLIDAYS)
def test_the_weekdays_on_which_england_is_closed_are_its_bank_holidays(year: int) -> None:
    first = date(year, 1, 1)
    weekdays = [day for n in range(366) if (day := first + timedelta(n)).year == year and day.weekday() < 5]

    closed = [f"{day:%m-%d}" for day in weekdays if not WORKDAYS.is_working(day)]

    assert closed == BANK_HOLIDAYS[year]


def test_scotland_and_england_do_not_share_their_holidays() -> None:
    second_of_january = date(2026, 1, 2)

    assert WORKDAYS.is_working(second_of_january)
    assert not Workdays(region="SCT").is_working(second_of_january)


def test_days_the_partnership_is_closed_are_no_working_days() -> None:
    closed = date(2026, 12, 29)

    assert WORKDAYS.is_working(closed)
    assert not Workdays.closed_on([closed]).is_working(closed)


def test_a_partnership_that_is_closed_on_no_days_of_its_own_counts_as_england_does() -> None:
    assert WORKDAYS.is_working(date(2026, 12, 29)), "which bank holidays were looked up already makes no difference"
    assert Workdays.closed_on([]) == WORKDAYS


def test_a_partnership_may_work_on_saturdays() -> None:
    saturday = date(2027, 1, 16)

    assert Workdays(week=frozenset(range(6))).is_working(saturday)


def test_a_week_without_working_days_is_refused_for_counting_in_it_would_never_end() -> None:
    with pytest.raises(ValueError, match="at least one working day"):
        Workdays(week=frozenset())


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        pytest.param("2027-01-15", 1, "2027-01-18", id="over a weekend"),
        pytest.param("2026-12-24", 1, "2026-12-29", id="over Christmas and the substitute for Boxing Day"),
        pytest.param("2027-03-25", 1, "2027-03-30", id="over Easter"),
        pytest.param("2027-03-30", -1, "2027-03-25", id="back over Easter"),
        pytest.param("2027-01-16", 1, "2027-01-18", id="from a Saturday"),
        pytest.param("2027-01-16", -1, "2027-01-15", id="back from a Saturday"),
        pytest.param("2027-01-16", 0, "2027-01-16", id="none at all"),
    ],
)
def test_working_days_are_counted_over_what_is_closed(day: str, count: int, expected: str) -> None:
    assert WORKDAYS.add(date.fromisoformat(day), count) == date.fromisoformat(expected)


@given(DAYS, COUNTS)
def test_counting_lands_on_a_working_day_so_many_away(day: date, count: int) -> None:
    assume(count)
    there = WORKDAYS.add(day, count)

    assert WORKDAYS.is_working(there)
    assert (there > day) == (count > 0)
    earlier, later = min(day, there), max(day, there)
    passed = sum(WORKDAYS.is_working(earlier + timedelta(n)) for n in range((later - earlier).days + 1))
    assert passed - WORKDAYS.is_working(day) == abs(count)


@given(DAYS, COUNTS)
def test_counting_there_and_back_returns_to_a_working_day(day: date, count: int) -> None:
    assume(WORKDAYS.is_working(day))

    assert WORKDAYS.add(WORKDAYS.add(day, count), -count) == day


@given(DAYS, COUNTS)
def test_between_undoes_add(day: date, count: int) -> None:
    assume(WORKDAYS.is_working(day))

    assert WORKDAYS.between(day, WORKDAYS.add(day, count)) == count


@given(DAYS, DAYS, DAYS)
def test_stretches_of_working_days_add_up(first: date, second: date, third: date) -> None:
    parts = WORKDAYS.between(first, second) + WORKDAYS.between(second, third)

    assert parts == WORKDAYS.between(first, third)


@given(DAYS)
def test_the_nearest_working_days_enclose_a_day_and_are_less_than_a_week_away(day: date) -> None:
    before, after = WORKDAYS.on_or_before(day), WORKDAYS.on_or_after(day)

    assert before <= day <= after
    assert WORKDAYS.is_working(before)
    assert WORKDAYS.is_working(after)
    assert (after - before).days <= 6
    assert not any(WORKDAYS.is_working(before + timedelta(n)) for n in range(1, (after - before).days))
    assert (before == day) == (after == day) == WORKDAYS.is_working(day)


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [
        pytest.param("2026-10-24", time(9), "2026-10-24T08:00:00Z", id="the day before clocks go back"),
        pytest.param("2026-10-25", time(9), "2026-10-25T09:00:00Z", id="the day they go back"),
        pytest.param("2027-03-27", time(9), "2027-03-27T09:00:00Z", id="the day before clocks go forward"),
        pytest.param("2027-03-28", time(9), "2027-03-28T08:00:00Z", id="the day they go forward"),
    ],
)
def test_nine_in_the_morning_is_nine_on_the_wall_on_both_sides_of_a_clock_change(
    day: str, at: time, expected: str
) -> None:
    assert wall_clock(date.fromisoformat(day), at) == datetime.fromisoformat(expected)


@pytest.mark.parametrize("at", [time(1), time(1, 30), time(1, 59, 59)])
def test_nothing_can_be_scheduled_in_the_hour_that_is_missing_or_doubled(at: time) -> None:
    with pytest.raises(ValueError, match="01:00 and 02:00"):
        wall_clock(date(2026, 10, 25), at)


@pytest.mark.parametrize(("at", "expected"), [(time(0, 59), "2027-03-28T00:59:00Z"), (time(2), "2027-03-28T01:00:00Z")])
def test_the_minutes_on_either_side_of_that_hour_can_be_scheduled(at: time, expected: str) -> None:
    assert wall_clock(date(2027, 3, 28), at) == datetime.fromisoformat(expected)


@given(DAYS, st.times().filter(lambda at: at.hour != 1))
def test_what_is_scheduled_shows_on_the_wall_as_asked(day: date, at: time) -> None:
    moment = wall_clock(day, at)

    assert moment.tzinfo is UTC
    assert moment.astimezone(LONDON).replace(tzinfo=None) == datetime.combine(day, at)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        pytest.param("2026-07-01T23:30:00Z", "2026-07-02", id="summer: tomorrow already"),
        pytest.param("2026-12-01T23:30:00Z", "2026-12-01", id="winter: still today"),
    ],
)
def test_the_day_is_the_one_on_the_wall(moment: str, expected: str) -> None:
    assert local_day(datetime.fromisoformat(moment)) == date.fromisoformat(expected)


def test_the_day_may_be_read_in_another_zone() -> None:
    assert local_day(datetime(2026, 7, 1, 23, tzinfo=UTC), ZoneInfo("Pacific/Auckland")) == date(2026, 7, 2)


def test_a_time_without_a_zone_is_refused_everywhere() -> None:
    naive = datetime(2027, 1, 15, 9)  # noqa: DTZ001 - naive on purpose
    for rule in (require_aware, local_day):
        with pytest.raises(ValueError, match="without a time zone"):
            rule(naive)
