"""What the office steers by: cancelled events, action plans, notices, and what has still to be confirmed."""

from __future__ import annotations

from collections import Counter

from services.office.cancelling import Reason
from services.reports.asking import Asking
from services.reports.table import Chart, Kind, Report, Value

_REASONS = frozenset(one.value for one in Reason)


async def cancelled_events(asking: Asking) -> Report:
    """Events that did not take place, with their reasons; the notes count them by reason as annual reports do."""
    found = await asking.work.reports.cancelled(asking.year.first, asking.year.until)
    reasons = [asking.say(f"report-reason-{one.reason if one.reason in _REASONS else 'unknown'}") for one in found]
    rows = tuple(
        (asking.rules.today(one.starts_at), one.ref, asking.course(one.course_id), reason)
        for one, reason in zip(found, reasons, strict=True)
    )
    counted = Counter(reasons).most_common()
    notes = [asking.say("report-note-cancelled", count=len(rows))]
    if not rows and asking.year.label in dict(asking.rules.pack.history):
        # Only its published totals are known: a nought would end up in the next annual report.
        notes = [asking.say("report-note-cancelled-unrecorded", year=asking.year.label)]
    return asking.report(
        "cancelled-events",
        columns=(
            asking.column("date", Kind.DAY),
            asking.column("session", Kind.TEXT),
            asking.column("course", Kind.TEXT),
            asking.column("reason", Kind.TEXT),
        ),
        rows=rows,
        notes=(
            *notes,
            *(asking.say("report-note-by-reason", reason=reason, count=count) for reason, count in counted),
        ),
    )


async def actions(asking: Asking) -> Report:
    """Action items by plan, as they stand now and not by year."""
    found = await asking.work.reports.plans(asking.rules.today(asking.now))
    keys = ("items", "open", "done", "closed", "overdue", "unowned", "undated")
    rows: list[tuple[Value, ...]] = []
    sums = [0] * len(keys)
    for one in found:
        plan = asking.rules.pack.plan(one.plan_id)
        counts = [one.open + one.done + one.closed, one.open, one.done, one.closed]
        counts += [one.overdue, one.unowned, one.undated]
        sums = [left + right for left, right in zip(sums, counts, strict=True)]
        rows.append((plan.title if plan else one.plan_id, *counts))
    unchased = sum(one.unchased for one in found)
    notes = [asking.say("report-note-as-it-stands", at=asking.today)]
    notes += [asking.say("report-note-unchased", count=unchased)] if unchased else []
    return asking.report(
        "actions",
        columns=(asking.column("plan", Kind.TEXT), *(asking.column(key) for key in keys)),
        rows=rows,
        totals=(asking.say("report-total"), *sums),
        notes=notes,
        chart=Chart("plan", ("open", "overdue")),
    )


async def notices(asking: Asking) -> Report:
    """Notices that fell due in the year, by kind, how they ended, and why."""
    found = await asking.work.reports.notices(asking.year.first, asking.year.until)
    return asking.report(
        "notices",
        columns=(*(asking.column(key, Kind.TEXT) for key in ("kind", "state", "reason")), asking.column("count")),
        rows=tuple((one.kind, one.state, one.reason or "", one.how_many) for one in found),
        totals=(asking.say("report-total"), "", "", sum(one.how_many for one in found)),
    )


async def unconfirmed(asking: Asking) -> Report:
    """Every value of the partnership's folder that the office has still to confirm."""
    found = asking.rules.pack.unconfirmed()
    return asking.report(
        "unconfirmed",
        columns=(
            asking.column("file", Kind.TEXT),
            asking.column("line"),
            asking.column("key", Kind.TEXT),
            asking.column("question", Kind.TEXT),
        ),
        rows=tuple((one.file, one.line, one.key, one.note) for one in found),
        notes=(asking.say("report-note-to-confirm", count=len(found)),),
        sources=(asking.rules.pack.folder.name,),
    )
