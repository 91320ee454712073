"""The training table of the annual report, and no-show rates by course (annual report 2022-23, section 6)."""

from __future__ import annotations

from collections import defaultdict

from services.reports.asking import Asking
from services.reports.figures import Event, Figures, figures_of
from services.reports.table import Chart, Kind, Report, Value, share


async def training(asking: Asking) -> Report:
    """One row for each event: booked, attended, not attended. Every row says where its figures are from."""
    found = await figures_of(asking)
    origin = asking.say(f"report-origin-{found.origin}")
    rows = [
        (number, one.title, one.booked, one.attended, one.not_attended, share(one.not_attended, one.booked), origin)
        for number, one in enumerate(found.events, start=1)
    ]
    return asking.report(
        "training",
        columns=(
            asking.column("row"),
            asking.column("course", Kind.TEXT),
            asking.column("booked"),
            asking.column("attended"),
            asking.column("not_attended"),
            asking.column("no_show_share", Kind.SHARE),
            asking.column("figures", Kind.TEXT),
        ),
        rows=rows,
        totals=(None, asking.say("report-total"), *_totals(found), origin),
        notes=found.notes,
        sources=found.sources,
        chart=Chart("course", ("attended", "not_attended")),
    )


async def no_shows(asking: Asking) -> Report:
    """Places wasted by course, the largest share first."""
    found = await figures_of(asking)
    by_course: dict[str, list[Event]] = defaultdict(list)
    for event in found.events:
        by_course[event.title].append(event)
    rows = sorted((_course(title, events) for title, events in by_course.items()), key=_most_wasted_first)
    return asking.report(
        "no-shows",
        columns=(
            asking.column("course", Kind.TEXT),
            asking.column("events"),
            asking.column("booked"),
            asking.column("attended"),
            asking.column("not_attended"),
            asking.column("no_show_share", Kind.SHARE),
            asking.column("late_cancellations"),
        ),
        rows=rows,
        totals=(asking.say("report-total"), len(found.events), *_totals(found), _late(list(found.events))),
        notes=found.notes,
        sources=found.sources,
        chart=Chart("course", ("no_show_share",)),
    )


def _totals(found: Figures) -> tuple[Value, ...]:
    return found.booked, found.attended, found.not_attended, share(found.not_attended, found.booked)


def _late(events: list[Event]) -> int | None:
    """Late cancellations; `None` when nothing is known of them."""
    known = [one.late for one in events if one.late is not None]
    return sum(known) if known else None


def _course(title: str, events: list[Event]) -> tuple[str, int, int, int, int, float | None, int | None]:
    booked, attended = sum(one.booked for one in events), sum(one.attended for one in events)
    missed = sum(one.not_attended for one in events)
    return title, len(events), booked, attended, missed, share(missed, booked), _late(events)


def _most_wasted_first(row: tuple[str, int, int, int, int, float | None, int | None]) -> tuple[float, str]:
    return -(row[5] or 0), row[0]
