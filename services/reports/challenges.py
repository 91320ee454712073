"""Challenges of a year, by stage, agency and subject: the log that Ofsted missed (Ofsted 2017, paragraph 93)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from services.model import Challenge, ChallengeOutcome, ChallengeState
from services.reports.asking import Asking
from services.reports.table import Chart, Kind, Report, Value

_COUNTED = ("raised", "open", "late", "settled", "impact")


async def challenges(asking: Asking) -> Report:
    """Challenges whose disagreement fell in the year. Late: a stage that is or was answered after its last day."""
    first, until = (asking.rules.today(moment) for moment in (asking.year.first, asking.year.until))
    found = await asking.work.challenges.raised_between(first, until)
    overdue = await asking.work.challenges.late_stages_between(first, until)
    today = asking.rules.today(asking.now)
    late = {one.id for one in found if one.id in overdue or one.late(today)}
    rows: list[tuple[Value, ...]] = []
    for key, name in _ways(asking):
        for value in sorted({name(one) for one in found}):
            rows.append(
                (asking.say(f"report-by-{key}"), value, *_counts([one for one in found if name(one) == value], late))
            )
    return asking.report(
        "challenges",
        columns=(
            asking.column("by", Kind.TEXT),
            asking.column("value", Kind.TEXT),
            *(asking.column(f"challenges_{key}") for key in _COUNTED),
        ),
        rows=rows,
        totals=(asking.say("report-total"), "", *_counts(found, late)),
        notes=_notes(asking, found),
        chart=Chart("value", ("challenges_raised", "challenges_late")),
    )


def _ways(asking: Asking) -> tuple[tuple[str, Callable[[Challenge], str]], ...]:
    """The ways of counting: each gives every challenge one name."""

    def agency(agency_id: str) -> str:
        found = asking.rules.pack.agency(agency_id)
        return found.name if found else agency_id

    def stage(one: Challenge) -> str:
        found = asking.rules.pack.partnership.escalation.stage(one.stage)
        return f"{one.stage}. {found.name}" if found else str(one.stage)

    return (
        ("stage", stage),
        ("agency", lambda one: agency(one.agency_id)),
        ("other-agency", lambda one: agency(one.other_agency_id)),
        ("subject", lambda one: one.subject),
    )


def _counts(found: list[Challenge], late: set[int]) -> list[int]:
    ended = [one for one in found if one.state is not ChallengeState.OPEN]
    return [
        len(found),
        len(found) - len(ended),
        len([one for one in found if one.id in late]),
        len(ended),
        len([one for one in found if one.state is ChallengeState.CLOSED]),
    ]


def _notes(asking: Asking, found: list[Challenge]) -> list[str]:
    """How they ended, whose impact is missing, and that each challenge stands in the table once for every way."""
    ended = Counter(one.outcome for one in found if one.outcome)
    missing = len([one for one in found if one.state is ChallengeState.SETTLED])
    notes = [asking.say("report-note-challenges-each")] if found else []
    notes += [
        asking.say("report-note-by-reason", reason=asking.say(f"outcome-{outcome.value}"), count=ended[outcome])
        for outcome in ChallengeOutcome
        if ended[outcome]
    ]
    return [*notes, *([asking.say("report-note-no-impact", count=missing)] if missing else [])]
