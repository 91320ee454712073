"""Who came, by sector and agency, and how far they came with the impact evaluation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from config.catalogue import Sector
from services.reports.asking import Asking
from services.reports.table import Chart, Kind, Report, Value, share
from services.store.reports import ByAgency

_UNKNOWN = ""


async def attendance(asking: Asking) -> Report:
    """Attendance by sector, and within it by agency. The row of a whole sector stands before its agencies."""
    found = await asking.work.reports.by_agency(asking.year.first, asking.year.until)
    everybody = sum(one.attended for one in found)
    rows, sums = _rows(asking, found, everybody)
    notes = [] if found else [asking.say("report-note-nothing", year=asking.year.label)]
    if not found and asking.year.label in dict(asking.rules.pack.history):
        notes.append(asking.say("report-note-not-broken-down"))
    return asking.report(
        "attendance",
        columns=(
            asking.column("sector", Kind.TEXT),
            asking.column("agency", Kind.TEXT),
            asking.column("booked"),
            asking.column("attended"),
            asking.column("not_attended"),
            asking.column("no_show_share", Kind.SHARE),
            asking.column("attended_share", Kind.SHARE),
        ),
        rows=rows,
        totals=_row(asking.say("report-total"), "", found, everybody),
        notes=notes,
        chart=Chart("sector", ("attended",), sums),
    )


def _rows(
    asking: Asking, found: Sequence[ByAgency], everybody: int
) -> tuple[tuple[tuple[Value, ...], ...], tuple[int, ...]]:
    """Sector by sector; those whose agency the pack does not know stand last. And which rows are of whole sectors."""
    sectors: dict[str, list[ByAgency]] = defaultdict(list)
    for one in found:
        agency = asking.rules.pack.agency(one.agency_id or "")
        sectors[agency.sector.value if agency else _UNKNOWN].append(one)
    order = [one for one in (*(sector.value for sector in Sector), _UNKNOWN) if one in sectors]
    blocks = [_sector(asking, sector, sectors[sector], everybody) for sector in order]
    sums = tuple(sum(map(len, blocks[:at])) for at in range(len(blocks)))
    return tuple(row for block in blocks for row in block), sums


def _sector(asking: Asking, sector: str, agencies: list[ByAgency], everybody: int) -> list[tuple[Value, ...]]:
    name = asking.say(f"report-sector-{sector or 'unknown'}")
    whole = _row(name, asking.say("report-all-of-sector", sector=name), agencies, everybody)
    if sector == _UNKNOWN:
        return [whole]
    parts = []
    for one in agencies:
        agency = asking.rules.pack.agency(one.agency_id or "")
        parts.append(_row(name, agency.name if agency else "", [one], everybody))
    return [whole, *sorted(parts, key=lambda row: str(row[1]))]


def _row(sector: str, agency: str, some: list[ByAgency], everybody: int) -> tuple[Value, ...]:
    attended, missed = sum(one.attended for one in some), sum(one.not_attended for one in some)
    booked = attended + missed + sum(one.unmarked for one in some)
    return sector, agency, booked, attended, missed, share(missed, booked), share(attended, everybody)


async def impact_funnel(asking: Asking) -> Report:
    """Attended, invited, answered, manager commented, certified: each as a share of those who attended."""
    found = await asking.work.reports.funnel(asking.year.first, asking.year.until)
    stages = {
        "attended": found.attended,
        "invited": found.invited,
        "answered": found.answered,
        "manager-commented": found.commented,
        "certified": found.certified,
    }
    rate = share(found.answered, found.owed)
    notes = [asking.say("report-note-response-rate", percent=f"{rate:.0%}")] if rate is not None else []
    if found.owed < found.attended:
        notes.append(asking.say("report-note-owed-nothing", count=found.attended - found.owed))
    return asking.report(
        "impact-funnel",
        columns=(
            asking.column("stage", Kind.TEXT),
            asking.column("people"),
            asking.column("attended_share", Kind.SHARE),
        ),
        rows=tuple(
            (asking.say(f"report-stage-{stage}"), people, share(people, found.attended))
            for stage, people in stages.items()
        ),
        notes=notes,
        chart=Chart("stage", ("people",)),
    )
