"""The stages on the calendar: England's working days, and no date where no limit is known."""

from __future__ import annotations

from datetime import date

import pytest

from config.escalation import Escalation
from services.escalation import limit_of, timetable
from services.workdays import Workdays
from tests.builders import a_pack, confirm
from tests.services.harrow import harrow_rules

WORKDAYS = Workdays()


def an_escalation(*limits: str | None) -> Escalation:
    """A procedure whose stages have these limits."""
    given = a_pack().partnership.escalation.model_dump()
    first = given["stages"][0]
    given["stages"] = [
        first | {"number": number, "limit": confirm(limit), "final": number == len(limits)}
        for number, limit in enumerate(limits, 1)
    ]
    return Escalation.model_validate(given)


@pytest.mark.parametrize(
    ("limit", "since", "by"),
    [
        ("5 working days", date(2026, 11, 24), date(2026, 12, 1)),
        ("5 working days", date(2026, 11, 28), date(2026, 12, 4)),
        ("5 working days", date(2026, 12, 23), date(2027, 1, 4)),
        ("1 working day", date(2027, 3, 25), date(2027, 3, 30)),
        ("1 week", date(2026, 11, 24), date(2026, 12, 1)),
        ("48 hours", date(2026, 11, 24), date(2026, 11, 26)),
        ("24 hours", date(2026, 11, 24), date(2026, 11, 25)),
        ("25 hours", date(2026, 11, 24), date(2026, 11, 26)),
        ("0 working days", date(2026, 11, 24), date(2026, 11, 24)),
    ],
    ids=[
        "a week",
        "from a Saturday",
        "over Christmas",
        "over Easter",
        "calendar week",
        "48 h",
        "24 h",
        "25 h",
        "same day",
    ],
)
def test_a_limit_is_counted_as_the_partnership_writes_it(limit: str, since: date, by: date) -> None:
    stage = an_escalation(limit).stages[0]

    assert limit_of(stage, since, WORKDAYS) == by


def test_each_stage_begins_when_the_one_before_ran_out() -> None:
    stages = timetable(an_escalation("5 working days", "2 working days", None), 1, date(2026, 11, 24), WORKDAYS)

    assert [(one.stage.number, one.starts_on, one.by, one.latest) for one in stages] == [
        (1, date(2026, 11, 24), date(2026, 12, 1), False),
        (2, date(2026, 12, 1), date(2026, 12, 3), True),
        (3, date(2026, 12, 3), None, True),
    ]


def test_after_a_stage_without_a_known_limit_no_date_is_invented() -> None:
    stages = timetable(an_escalation(None, "5 working days"), 1, date(2026, 11, 24), WORKDAYS)

    assert [(one.starts_on, one.by) for one in stages] == [(date(2026, 11, 24), None), (None, None)]
    assert not stages[0].over(date(2099, 1, 1))


def test_one_can_start_at_a_later_stage_and_not_at_one_that_does_not_exist() -> None:
    escalation = an_escalation("5 working days", "2 working days")

    assert [one.by for one in timetable(escalation, 2, date(2026, 11, 24), WORKDAYS)] == [date(2026, 11, 26)]
    assert timetable(escalation, 3, date(2026, 11, 24), WORKDAYS) == []


def test_a_stage_is_over_on_the_day_after_its_last() -> None:
    (stage,) = timetable(an_escalation("5 working days"), 1, date(2026, 11, 24), WORKDAYS)

    assert not stage.over(date(2026, 12, 1))
    assert stage.over(date(2026, 12, 2))


def test_nothing_of_harrows_stages_passes_as_confirmed() -> None:
    stages = timetable(harrow_rules().pack.partnership.escalation, 1, date(2026, 11, 24), WORKDAYS)

    assert [one.by for one in stages] == [date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15), None]
    assert not any(one.confirmed for one in stages)
