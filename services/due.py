"""When an action item is due, by what its plan says: a period, a recurrence, an event, the six-month limit. Pure."""

from __future__ import annotations

import re
from datetime import date

from config import dates
from config.actions import PeriodYear
from config.pack import Pack
from config.plans import DueKind
from config.spans import Span, Unit
from services.model import ActionItem
from services.workdays import Workdays

_YEAR = re.compile(r"\s*(20\d\d)\s*[/-]\s*(?:20)?(\d\d)\s*")
_EVERY = re.compile(r"\b(?:every|each)\s+(\d+|two|three|four|six)?\s*(days?|weeks?|months?|years?)\b", re.IGNORECASE)
_OFTEN = {
    "weekly": "1 week",
    "fortnightly": "2 weeks",
    "monthly": "1 month",
    "quarterly": "3 months",
    "annually": "1 year",
    "yearly": "1 year",
}
_NUMBERS = {"two": 2, "three": 3, "four": 4, "six": 6}
_MOST = {
    Unit.HOURS: 8_760,
    Unit.DAYS: 18_250,
    Unit.WORKING_DAYS: 13_000,
    Unit.WEEKS: 2_600,
    Unit.MONTHS: 600,
    Unit.YEARS: 50,
}
"""A year of hours, and about fifty years of anything else: further no plan looks ahead, and the calendar ends."""


def counts_forward(span: Span) -> bool:
    """Whether a date can be counted by this length of time: it leads on, and not past the end of the calendar."""
    return 0 < span.amount <= _MOST[span.unit]


def can_recur(span: Span) -> bool:
    """Whether something can fall due again at this distance. Hours are too short for what has a day and no time."""
    return counts_forward(span) and span.unit is not Unit.HOURS


def period_end(words: str, year: PeriodYear) -> date | None:
    """The last day of a year written like 2023/24, 2023-24 or 2023-2024; `None` for any other words."""
    written = _YEAR.fullmatch(words)
    if written is None or (int(written[1]) + 1) % 100 != int(written[2]):
        return None
    last = int(written[1]) + 1
    return date(last, 3, 31) if year is PeriodYear.FINANCIAL else date(last, 8, 31)


def recurrence(words: str) -> Span | None:
    """How often, when a plan says "every 6 weeks" or "quarterly"; `None` for "regularly", "every 0 weeks" and the
    like."""
    written = _EVERY.search(words)
    if written is not None:
        count = (written[1] or "1").lower()
        span = Span.parse(f"{_NUMBERS.get(count, count)} {written[2].lower()}")
        return span if can_recur(span) else None
    found = next((often for word, often in _OFTEN.items() if re.search(rf"\b{word}\b", words, re.IGNORECASE)), None)
    return Span.parse(found) if found else None


def relative_due(anchored_on: date, after: str | None, workdays: Workdays) -> date | None:
    """The due date once the event that it is counted from has a date; `None` when no usable length of time is known."""
    if not after:
        return None
    span = Span.parse(after)
    if not counts_forward(span):
        return None
    if span.unit is Unit.HOURS:
        # A date has no hours: the day by which they are surely over.
        span = Span(-(-span.amount // 24), Unit.DAYS)
    return dates.shift(anchored_on, span, workdays.add)


def next_occurrence(item: ActionItem, today: date, workdays: Workdays) -> date | None:
    """When a recurring item falls due after the one that is done: the first such date after today, counted from
    the present due date so that one late occurrence does not move all others.

    `None` if it does not recur, or recurs at a distance that leads nowhere.
    """
    span = Span.parse(item.every) if item.due_kind == DueKind.RECURRING and item.every else None
    if span is None or not can_recur(span):
        return None
    first = item.due_on or today
    times = 1
    while (due := dates.shift(first, Span(span.amount * times, span.unit), workdays.add)) <= today:
        times += 1
    return due


def limit_of(pack: Pack, plan_id: str) -> Span | None:
    """The partnership's time limit for items of this plan, if one is set for plans of its kind.

    Harrow: six months for actions from multi-agency audits, and only those (Arrangements 2019, 10.29).
    """
    plan = pack.plan(plan_id)
    rules = pack.partnership.actions
    return rules.limit.value if plan is not None and plan.kind in rules.limit_applies_to else None


def limit_date(pack: Pack, item: ActionItem, today: date, workdays: Workdays) -> date | None:
    """The date to propose for an undated item under a limit: counted from its event if dated, else from today."""
    span = limit_of(pack, item.plan_id)
    return dates.shift(item.anchored_on or today, span, workdays.add) if span else None


_AFTER = re.compile(
    r"(\d+ (?:working )?(?:days?|weeks?|months?|years?)|six months|a year) (?:after|from) (.{3,150})", re.I
)
_SPELT = {"six months": "6 months", "a year": "1 year"}


def read_due(words: str, year: PeriodYear) -> dict[str, object]:
    """What words such as "2023/24", "every 6 weeks" or "12 months after the policy is shared" say, as columns.

    Empty for words that only people can judge: "ongoing", "as required".
    """
    ends = period_end(words, year)
    if ends is not None:
        return {"due_kind": DueKind.PERIOD.value, "period_ends": ends}
    after = _AFTER.search(words)
    if after is not None:
        span = Span.parse(_SPELT.get(after[1].lower(), after[1]))
        if not counts_forward(span):
            return {}
        return {"due_kind": DueKind.RELATIVE.value, "after": str(span), "after_event": after[2].strip(" .")}
    every = recurrence(words)
    return {"due_kind": DueKind.RECURRING.value, "every": str(every)} if every else {}
