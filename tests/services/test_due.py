"""When an item is due, by what its plan says. What a plan does not say is not made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from config.actions import PeriodYear, RagState
from config.spans import Span
from services.due import limit_date, limit_of, next_occurrence, period_end, read_due, recurrence, relative_due
from services.model import ActionItem, ActionState
from services.rag import rag_of
from services.workdays import Workdays
from tests.services.harrow import harrow_rules

DAYS = Workdays()
TODAY = date(2027, 1, 15)
ITEM = ActionItem(1, "A-1", "plan", "Do it", None, 1, date(2027, 2, 1), "", ActionState.OPEN)


@pytest.mark.parametrize(
    ("words", "financial", "academic"),
    [
        ("2023/24", date(2024, 3, 31), date(2024, 8, 31)),
        ("2023-24", date(2024, 3, 31), date(2024, 8, 31)),
        ("2020-2021", date(2021, 3, 31), date(2021, 8, 31)),
        ("2017-2019", None, None),
        ("2023/25", None, None),
        ("early 2023", None, None),
        ("", None, None),
    ],
)
def test_a_year_ends_on_the_day_that_is_configured(words: str, financial: date | None, academic: date | None) -> None:
    assert period_end(words, PeriodYear.FINANCIAL) == financial
    assert period_end(words, PeriodYear.ACADEMIC) == academic


@pytest.mark.parametrize(
    ("words", "often"),
    [
        ("recurring: every 6 weeks", "6 weeks"),
        ("every two years", "2 years"),
        ("each three months", "3 months"),
        ("Every four weeks", "4 weeks"),
        ("every six months", "6 months"),
        ("every week", "1 week"),
        ("first 17 January 2024, then quarterly", "3 months"),
        ("recurring: monthly", "1 month"),
        ("annually", "1 year"),
        ("weekly", "1 week"),
        ("fortnightly", "2 weeks"),
        ("yearly", "1 year"),
        ('recurring: "regularly"', None),
        ("every 0 weeks", None),
        ("every 9999 years", None),
        ("ongoing", None),
    ],
)
def test_how_often_is_read_from_words_that_say_so(words: str, often: str | None) -> None:
    assert recurrence(words) == (Span.parse(often) if often else None)


@pytest.mark.parametrize(
    ("after", "due"),
    [
        ("12 months", date(2028, 1, 15)),
        ("5 working days", date(2027, 1, 22)),
        ("72 hours", date(2027, 1, 18)),
        ("30 hours", date(2027, 1, 17)),
        ("25 hours", date(2027, 1, 17)),
        (None, None),
    ],
)
def test_a_relative_date_counts_from_its_event(after: str | None, due: date | None) -> None:
    assert relative_due(TODAY, after, DAYS) == due


@pytest.mark.parametrize(
    ("due_on", "today", "following"),
    [
        (date(2027, 2, 1), date(2027, 1, 15), date(2027, 3, 15)),
        (date(2027, 2, 1), date(2027, 2, 1), date(2027, 3, 15)),
        (date(2027, 2, 1), date(2027, 3, 15), date(2027, 4, 26)),
        (None, date(2027, 1, 15), date(2027, 2, 26)),
    ],
)
def test_the_next_occurrence_is_the_first_after_today(due_on: date | None, today: date, following: date) -> None:
    item = replace(ITEM, due_kind="recurring", every="6 weeks", due_on=due_on)
    assert next_occurrence(item, today, DAYS) == following


def test_an_occurrence_at_the_end_of_a_month_does_not_creep() -> None:
    item = replace(ITEM, due_kind="recurring", every="1 month", due_on=date(2027, 1, 31))
    assert next_occurrence(item, date(2027, 3, 1), DAYS) == date(2027, 3, 31)


@pytest.mark.parametrize("every", ["0 days", "-1 week", "24 hours", "9999 years", "999999999999 days"])
def test_a_length_of_time_that_leads_nowhere_has_no_next_time(every: str) -> None:
    item = replace(ITEM, due_kind="recurring", every=every, due_on=TODAY)
    assert next_occurrence(item, TODAY, DAYS) is None


@pytest.mark.parametrize("after", ["0 days", "-1 week", "9999 years", "999999999999 hours"])
def test_no_date_follows_from_a_length_of_time_that_leads_nowhere(after: str) -> None:
    assert relative_due(TODAY, after, DAYS) is None


@pytest.mark.parametrize("unit", [(1, "years"), (12, "months"), (52, "weeks"), (365, "days"), (260, "working days")])
def test_a_plan_looks_about_fifty_years_ahead_in_whatever_unit(unit: tuple[int, str]) -> None:
    in_a_year, counted = unit

    due = relative_due(TODAY, f"{50 * in_a_year} {counted}", DAYS)

    assert due is not None
    assert due.year in (2076, 2077, 2078)
    assert relative_due(TODAY, f"{51 * in_a_year} {counted}", DAYS) is None


def test_what_does_not_recur_has_no_next_time() -> None:
    assert next_occurrence(ITEM, TODAY, DAYS) is None
    assert next_occurrence(replace(ITEM, due_kind="recurring"), TODAY, DAYS) is None


def test_six_months_hold_for_multi_agency_audits_and_for_nothing_else() -> None:
    pack = harrow_rules().pack
    limits = {plan.kind.value: limit_of(pack, plan.id) for plan in pack.plans}
    assert {kind for kind, limit in limits.items() if limit is not None} == {"multi-agency-audit"}
    assert limits["multi-agency-audit"] == Span.parse("6 months")
    plan = next(plan for plan in pack.plans if plan.kind.value == "multi-agency-audit")
    item = replace(ITEM, plan_id=plan.id, due_on=None)
    assert limit_date(pack, item, TODAY, DAYS) == date(2027, 7, 15)
    assert limit_date(pack, replace(item, anchored_on=date(2026, 12, 1)), TODAY, DAYS) == date(2027, 6, 1)


def test_words_are_read_as_columns_and_what_only_people_can_judge_is_left() -> None:
    year = PeriodYear.FINANCIAL
    assert read_due("2026/27", year) == {"due_kind": "period", "period_ends": date(2027, 3, 31)}
    assert read_due("every 6 weeks", year) == {"due_kind": "recurring", "every": "6 weeks"}
    assert read_due("12 months after the policy is shared", year) == {
        "due_kind": "relative",
        "after": "12 months",
        "after_event": "the policy is shared",
    }
    assert read_due("Six months after the audit.", year) == {
        "due_kind": "relative",
        "after": "6 months",
        "after_event": "the audit",
    }
    assert read_due("a year from publication", year)["after"] == "1 year"
    unread = ("as required", "ongoing", "Spring 2024", "", "0 days after the audit", "9999 years after the audit")
    assert [read_due(words, year) for words in unread] == [{}] * len(unread)


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, RagState.AT_RISK),
        ({"due_on": date(2027, 6, 1)}, RagState.NOT_STARTED),
        ({"due_on": date(2027, 6, 1), "progress": "Begun"}, RagState.ON_TRACK),
        ({"due_on": None, "progress": "Begun"}, RagState.ON_TRACK),
        ({"due_on": date(2027, 1, 14)}, RagState.OVERDUE),
        ({"due_on": TODAY}, RagState.AT_RISK),
        ({"due_on": date(2027, 2, 14)}, RagState.AT_RISK),
        ({"due_on": date(2027, 2, 15)}, RagState.NOT_STARTED),
        ({"state": ActionState.DONE}, RagState.COMPLETE),
        ({"state": ActionState.DONE, "tested_on": TODAY}, RagState.TESTED),
        ({"state": ActionState.CLOSED}, None),
    ],
)
def test_the_state_is_derived(changes: dict[str, object], state: RagState | None) -> None:
    assert rag_of(replace(ITEM, **changes), TODAY, 30) is state  # type: ignore[arg-type]
