from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.ladders import LadderKind
from config.spans import Span
from services.ladders import Clockwork, Rung, reach, rungs
from services.workdays import LONDON, Workdays
from tests.builders import a_ladder, a_step, the_ladder

CLOCKWORK = Clockwork(Workdays(), LONDON, time(8, 30))
FOR_EVER = datetime(2030, 1, 1, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def names(found: list[Rung]) -> list[str]:
    return [f"{rung.name} {rung.at:%Y-%m-%d %H:%M}" for rung in found]


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        pytest.param("6 weeks", "2026-10-30 08:30", id="six weeks, over the clock change"),
        pytest.param("-14 days", "2026-09-04 07:30", id="a fortnight before, in summer time"),
        pytest.param("1 day", "2026-09-21 07:30", id="a Saturday moves on to Monday"),
        pytest.param("-5 days", "2026-09-11 07:30", id="a Sunday before the date moves back to Friday"),
        pytest.param("0 days", "2026-09-18 07:30", id="the day itself"),
        pytest.param("5 working days", "2026-09-25 07:30", id="working days"),
        pytest.param("-5 working days", "2026-09-11 07:30", id="working days before"),
        pytest.param("1 month", "2026-10-19 07:30", id="a month, moved on from Sunday"),
        pytest.param("1 year", "2027-09-20 07:30", id="a year, moved on from Saturday"),
        pytest.param("-2 hours", "2026-09-18 13:30", id="hours fall at the hour"),
        pytest.param("48 hours", "2026-09-20 15:30", id="hours do not mind weekends"),
    ],
)
def test_a_step_falls_at_the_digest_hour_of_a_working_day(span: str, expected: str) -> None:
    friday_afternoon = at("2026-09-18T15:30:00")

    assert f"{CLOCKWORK.moment(friday_afternoon, Span.parse(span)):%Y-%m-%d %H:%M}" == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2027-03-31", -1, "2027-02-28"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-01-15", -1, "2026-12-15"),
        ("2027-12-15", 1, "2028-01-15"),
    ],
)
def test_months_end_on_the_last_day_there_is(day: str, months: int, expected: str) -> None:
    assert CLOCKWORK.shift(date.fromisoformat(day), Span.parse(f"{months} months")) == date.fromisoformat(expected)


def test_hours_cannot_be_counted_from_a_day() -> None:
    with pytest.raises(ValueError, match="hours"):
        CLOCKWORK.shift(date(2027, 1, 15), Span.parse("4 hours"))


def test_the_steps_of_an_impact_evaluation_fall_six_seven_and_eight_weeks_after() -> None:
    ladder = the_ladder(LadderKind.IMPACT_EVALUATION)

    climbed = rungs(ladder, at("2026-09-18T15:30:00"), CLOCKWORK, until=FOR_EVER)

    assert names(climbed) == ["invite 2026-10-30 08:30", "reminder 2026-11-06 08:30", "final 2026-11-13 08:30"]


def test_an_action_item_is_chased_before_on_and_every_week_after_its_date() -> None:
    ladder = the_ladder(LadderKind.ACTION_ITEM)

    climbed = rungs(ladder, at("2027-01-15T12:00:00"), CLOCKWORK, until=at("2027-02-20T00:00:00"))

    assert names(climbed) == [
        "fortnight-before 2026-12-31 08:30",
        "due-day 2027-01-15 08:30",
        "overdue 2027-01-22 08:30",
        "overdue 2027-01-29 08:30",
        "overdue 2027-02-05 08:30",
        "overdue 2027-02-12 08:30",
        "overdue-agency 2027-02-12 08:30",
        "overdue 2027-02-19 08:30",
    ]
    assert len({rung.key for rung in climbed}) == len(climbed)


def test_a_repeat_that_meets_a_bank_holiday_moves_on_and_the_next_does_not_drift() -> None:
    ladder = a_ladder(LadderKind.ACTION_ITEM, "due-date", a_step("overdue", "1 week", every="1 week"))

    climbed = rungs(ladder, at("2027-03-15T12:00:00"), CLOCKWORK, until=at("2027-04-10T00:00:00"))

    assert names(climbed) == ["overdue 2027-03-22 08:30", "overdue 2027-03-30 07:30", "overdue 2027-04-05 07:30"]


def test_daily_steps_that_a_weekend_pushes_together_are_one_step() -> None:
    ladder = a_ladder(LadderKind.ACTION_ITEM, "due-date", a_step("late", "1 day", every="1 day"))

    climbed = rungs(ladder, at("2027-01-14T12:00:00"), CLOCKWORK, until=at("2027-01-20T00:00:00"))

    assert names(climbed) == ["late 2027-01-15 08:30", "late 2027-01-18 08:30", "late 2027-01-19 08:30"]


@pytest.mark.parametrize(
    ("first", "every", "expected"),
    [
        ("4 hours", "4 hours", ["01-15 16:00", "01-15 20:00", "01-16 00:00"]),
        ("1 day", "4 hours", ["01-18 08:30", "01-18 12:30", "01-18 16:30"]),
        ("4 hours", "1 day", ["01-15 16:00", "01-18 08:30", "01-19 08:30"]),
    ],
)
def test_hours_and_days_can_be_mixed_in_one_repeating_step(first: str, every: str, expected: list[str]) -> None:
    ladder = a_ladder(LadderKind.CHALLENGE_STAGE, "stage-limit", a_step("late", first, every=every))

    climbed = rungs(ladder, at("2027-01-15T12:00:00"), CLOCKWORK, until=at("2027-01-25T00:00:00"))

    assert [f"{rung.at:%m-%d %H:%M}" for rung in climbed[:3]] == expected


def test_what_comes_straight_after_a_session_is_not_due_before_it_ended() -> None:
    ladder = a_ladder(LadderKind.COURSE_EVALUATION, "session-end", a_step("invite", "0 days"))
    ends = at("2027-01-16T15:00:00")

    assert rungs(ladder, ends, CLOCKWORK, until=ends - timedelta(minutes=1)) == []
    assert [rung.at for rung in rungs(ladder, ends, CLOCKWORK, until=ends)] == [ends]


def test_a_moved_date_starts_the_ladder_anew() -> None:
    ladder = the_ladder(LadderKind.ACTION_ITEM)
    before = rungs(ladder, at("2027-01-15T12:00:00"), CLOCKWORK, until=FOR_EVER)
    after = rungs(ladder, at("2027-01-18T12:00:00"), CLOCKWORK, until=FOR_EVER)

    assert {rung.key for rung in before}.isdisjoint(rung.key for rung in after)


def test_steps_at_one_moment_stand_in_the_order_of_the_ladder() -> None:
    ladder = a_ladder(LadderKind.ACTION_ITEM, "due-date", a_step("low", "1 week"), a_step("high", "1 week"))

    assert [rung.name for rung in rungs(ladder, at("2027-01-15T12:00:00"), CLOCKWORK, until=FOR_EVER)] == [
        "low",
        "high",
    ]


@pytest.mark.parametrize("first", ["-3 months", "-14 days", "-10 working days", "-36 hours", "1 week"])
@pytest.mark.parametrize("basis", ["2026-12-29T12:00:00", "2027-03-30T12:00:00", "2027-06-10T12:00:00"])
def test_nothing_falls_earlier_than_the_ladder_reaches(first: str, basis: str) -> None:
    ladder = a_ladder(LadderKind.RE_AUDIT, "due-date", a_step("first", first))

    (rung,) = rungs(ladder, at(basis), CLOCKWORK, until=FOR_EVER)

    assert at(basis) - rung.at <= reach(ladder)


@given(st.dates(date(2025, 1, 1), date(2029, 12, 31)), st.integers(-60, 60), st.sampled_from(["days", "working days"]))
def test_no_step_counted_in_days_ever_falls_on_a_closed_day(day: date, amount: int, unit: str) -> None:
    basis = datetime.combine(day, time(12), tzinfo=UTC)

    local = CLOCKWORK.moment(basis, Span.parse(f"{amount} {unit}")).astimezone(LONDON)

    assert CLOCKWORK.workdays.is_working(local.date())
    assert local.time() == time(8, 30)
    assert (local.date() > day) == (amount > 0)


@given(st.dates(date(2025, 1, 1), date(2029, 12, 31)), st.integers(1, 40))
def test_every_repeat_is_later_than_the_one_before(day: date, days: int) -> None:
    ladder = a_ladder(LadderKind.ACTION_ITEM, "due-date", a_step("late", "1 day", every=f"{days} days"))
    basis = datetime.combine(day, time(12), tzinfo=UTC)

    moments = [rung.at for rung in rungs(ladder, basis, CLOCKWORK, until=basis + timedelta(days=120))]

    assert moments
    assert moments == sorted(set(moments))
