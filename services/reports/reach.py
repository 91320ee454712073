"""People whom neither Teams nor e-mail can reach: known before a forum, and not after it."""

from __future__ import annotations

from services.reports.asking import Asking
from services.reports.table import Kind, Report


async def unreachable(asking: Asking) -> Report:
    """Everybody out of reach as it stands now; not by year."""
    found = await asking.work.doubts.out_of_reach(asking.now, by_mail=asking.rules.by_mail)
    agencies = {agency.id: agency.name for agency in asking.rules.pack.agencies}
    rows = tuple(
        (
            one.name,
            agencies.get(one.agency_id or "", one.agency_id or ""),
            asking.say(f"reach-why-{one.chat}" if one.chat in ("blocked", "gone") else "reach-why-never"),
            asking.rules.today(one.next_session) if one.next_session else None,
            one.waiting,
        )
        for one in found
    )
    return asking.report(
        "unreachable",
        columns=(
            asking.column("person", Kind.TEXT),
            asking.column("agency", Kind.TEXT),
            asking.column("why", Kind.TEXT),
            asking.column("next_session", Kind.DAY),
            asking.column("waiting"),
        ),
        rows=rows,
        notes=(
            asking.say("report-note-unreachable" if asking.rules.by_mail else "report-note-unreachable-no-mail"),
            asking.say("report-note-as-it-stands", at=asking.today),
        ),
    )
