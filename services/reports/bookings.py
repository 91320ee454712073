"""The bookings of one session as a report: what the command line and the office's e-mail hand out."""

from __future__ import annotations

from datetime import datetime

from services.errors import NotFound
from services.reports.asking import Asking, Say, year_at
from services.reports.table import Kind, Report
from services.rulebook import Rulebook
from services.work import Work
from services.workdays import require_aware

_MOST_PEOPLE = 5000


async def session_bookings(work: Work, rules: Rulebook, ref: str, *, now: datetime, say: Say) -> Report:
    """Everybody on the session with this office reference. Raises `NotFound` when there is none."""
    session = await work.sessions.by_ref(ref)
    if session is None:
        raise NotFound("session-ref-unknown", ref=ref[:60])
    zone = rules.pack.partnership.calendar.zone
    asking = Asking(work, rules, year_at(require_aware(now), zone), now, say)
    found = await work.office.delegates_page(session.id, limit=_MOST_PEOPLE)
    rows = []
    for one in found:
        agency = rules.pack.agency(one.agency_id or "")
        booked_on = one.booked_at.astimezone(zone).date()
        rows.append((one.name, agency.name if agency else "", one.email or "", one.state.value, booked_on))
    return Report(
        name="bookings",
        title=say("report-title-bookings", session=f"{asking.course(session.course_id)}, {ref}"),
        year=asking.year.label,
        columns=(
            asking.column("name", Kind.TEXT),
            asking.column("agency", Kind.TEXT),
            asking.column("email", Kind.TEXT),
            asking.column("state", Kind.TEXT),
            asking.column("booked_on", Kind.DAY),
        ),
        rows=tuple(rows),
        sources=(asking.records,),
    )
