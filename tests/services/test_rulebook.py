from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rulebook import Rulebook, workdays_of
from services.workdays import wall_clock
from tests.builders import a_pack, a_rulebook, confirm

NIGHT = {"starts": time(18), "ends": time(8)}
LUNCH = {"starts": time(12), "ends": time(14)}


RULES = a_rulebook()


def quiet(rules: Rulebook, moment: str) -> bool:
    return rules.quiet(datetime.fromisoformat(moment))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        pytest.param("2027-01-15T07:59:59Z", True, id="before eight"),
        pytest.param("2027-01-15T08:00:00Z", False, id="at eight"),
        pytest.param("2027-01-15T17:59:59Z", False, id="before six"),
        pytest.param("2027-01-15T18:00:00Z", True, id="at six"),
        pytest.param("2027-01-16T12:00:00Z", True, id="a Saturday"),
        pytest.param("2027-03-29T12:00:00Z", True, id="Easter Monday"),
        pytest.param("2026-12-28T12:00:00Z", True, id="the substitute for Boxing Day"),
        pytest.param("2026-07-01T07:00:00Z", False, id="eight on the wall in summer"),
        pytest.param("2026-07-01T17:00:00Z", True, id="six on the wall in summer"),
    ],
)
def test_it_is_quiet_at_night_at_weekends_and_on_bank_holidays(moment: str, expected: bool) -> None:
    assert quiet(a_rulebook(), moment) is expected


def test_quiet_hours_follow_the_wall_over_both_clock_changes() -> None:
    rules = a_rulebook()
    for day, eight_utc in [("2026-10-23", 7), ("2026-10-26", 8), ("2027-03-25", 8), ("2027-03-30", 7)]:
        assert quiet(rules, f"{day}T{eight_utc - 1:02}:59:00Z")
        assert not quiet(rules, f"{day}T{eight_utc:02}:00:00Z")


def test_quiet_hours_may_lie_within_a_day() -> None:
    rules = a_rulebook(calendar={"quiet_hours": confirm(LUNCH)})

    assert quiet(rules, "2027-01-15T12:00:00Z")
    assert not quiet(rules, "2027-01-15T14:00:00Z")
    assert not quiet(rules, "2027-01-15T22:00:00Z")


def test_without_quiet_hours_only_closed_days_are_quiet() -> None:
    rules = a_rulebook(calendar={"quiet_hours": confirm({"starts": time(0), "ends": time(0)})})

    assert not quiet(rules, "2027-01-15T00:00:00Z")
    assert quiet(rules, "2027-01-16T00:00:00Z")


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2027, 1, 15, 9)  # noqa: DTZ001 - naive on purpose
    rules = a_rulebook()

    with pytest.raises(ValueError, match="without a time zone"):
        rules.quiet(naive)
    with pytest.raises(ValueError, match="without a time zone"):
        rules.today(naive)


def test_closed_days_and_the_working_week_are_the_partnerships_own() -> None:
    calendar = {"working_week": ["sat", "sun"], "closed_days": ["2027-01-16"]}
    workdays = workdays_of(a_pack(calendar=calendar).partnership.calendar)

    assert not workdays.is_working(date(2027, 1, 15))
    assert not workdays.is_working(date(2027, 1, 16))
    assert workdays.is_working(date(2027, 1, 17))


def test_today_is_the_day_on_the_partnerships_wall() -> None:
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)

    assert a_rulebook().today(late) == date(2026, 7, 2)
    assert a_rulebook(calendar={"time_zone": "UTC"}).today(late) == date(2026, 7, 1)


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)))
def test_no_digest_hour_of_a_working_day_is_quiet(day: date) -> None:
    working_day = RULES.workdays.on_or_after(day)

    assert not RULES.quiet(wall_clock(working_day, time(8, 30)))
