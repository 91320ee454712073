"""Makes a report by its name. The words are handed in, so that this room has none of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from services.errors import ServiceError
from services.reports import challenges, office, people, training
from services.reports.asking import Asking, Say, year_at, year_called
from services.reports.table import Report
from services.rulebook import Rulebook
from services.work import Work
from services.workdays import require_aware

_MAKERS: dict[str, Callable[[Asking], Awaitable[Report]]] = {
    "training": training.training,
    "attendance": people.attendance,
    "cancelled-events": office.cancelled_events,
    "no-shows": training.no_shows,
    "impact-funnel": people.impact_funnel,
    "actions": office.actions,
    "challenges": challenges.challenges,
    "notices": office.notices,
    "unconfirmed": office.unconfirmed,
}
NAMES = tuple(_MAKERS)
"""Every report there is."""


async def report(work: Work, rules: Rulebook, name: str, *, year: str | None, now: datetime, say: Say) -> Report:
    """The report called `name` for a financial year written 2022-23; without one, the year that `now` is in.

    `say` gives the words for a key (`dialogs.wording.say`). Raises `ServiceError` for an unknown name or a bad year.
    """
    maker = _MAKERS.get(name)
    if maker is None:
        raise ServiceError("report-unknown", name=name[:40], names=", ".join(NAMES))
    zone = rules.pack.partnership.calendar.zone
    moment = require_aware(now)
    chosen = year_called(year, zone) if year is not None else year_at(moment, zone)
    return await maker(Asking(work, rules, chosen, moment, say))
