"""What every use case needs to decide by: the partnership's rules, its calendar, and the screen for free text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise

from config.catalogue import Sector
from config.ladders import Ladder
from config.pack import Pack
from config.partnership import Calendar, Term
from services.ladders import Clockwork, reach
from services.model import Person
from services.screening.kinds import IdentifierKind
from services.workdays import Workdays, local_day, require_aware, wall_clock

_LONGEST_HOLIDAY = 60
"""Days: longer than any school is closed in a row."""

Screen = Callable[[str], Collection[IdentifierKind]]
"""Says which kinds of identifier a text holds; empty when it is clean."""


def workdays_of(calendar: Calendar) -> Workdays:
    """Working days as this partnership counts them: its week, its closed days, England's bank holidays."""
    return Workdays.closed_on(
        calendar.closed_days, week=frozenset(day.number for day in calendar.working_week), region=calendar.region
    )


def holidays_between(terms: Sequence[Term]) -> tuple[date, ...]:
    """The days between one known term and the next. Before the first and after the last nothing is known."""
    ordered = sorted(terms, key=lambda term: term.starts)
    return tuple(
        earlier.ends + timedelta(days=number)
        for earlier, later in pairwise(ordered)
        for number in range(1, (later.starts - earlier.ends).days)
    )


@dataclass(frozen=True)
class Rulebook:
    """The rules in force. Built once at the door and passed to every use case that decides something."""

    pack: Pack
    workdays: Workdays
    screen: Screen
    by_mail: bool = True
    """Whether this installation can send e-mail at all. Where it cannot, an address is no way to reach a person."""

    def local(self, moment: datetime) -> datetime:
        """The moment on the partnership's wall clock. Raises `ValueError` without a time zone."""
        return require_aware(moment).astimezone(self.pack.partnership.calendar.zone)

    def today(self, now: datetime) -> date:
        """The calendar day on the partnership's wall clock."""
        return local_day(now, self.pack.partnership.calendar.zone)

    def at(self, day: date, clock: time) -> datetime:
        """The UTC moment when the partnership's wall clock shows `clock` on `day`. Raises `ValueError` for the hour
        in which the clocks change."""
        return wall_clock(day, clock, self.pack.partnership.calendar.zone)

    @cached_property
    def clockwork(self) -> Clockwork:
        """The calendar that ladders climb by."""
        calendar = self.pack.partnership.calendar
        return Clockwork(self.workdays, calendar.zone, calendar.digest_at.value)

    @cached_property
    def _school_clockwork(self) -> Clockwork:
        """The same calendar less the school holidays, as far as the partnership's term dates are known."""
        calendar = self.pack.partnership.calendar
        closed = (*calendar.closed_days, *holidays_between(calendar.terms.value or ()))
        days = Workdays.closed_on(
            closed, week=frozenset(day.number for day in calendar.working_week), region=calendar.region
        )
        return Clockwork(days, calendar.zone, calendar.digest_at.value)

    def clockwork_of(self, person: Person) -> Clockwork:
        """The calendar that a ladder climbs by for this person: in education, once terms are known, theirs.

        People in schools are not chased in the holidays. Without term dates nothing is skipped.
        """
        if not self.pack.partnership.calendar.terms.value:
            return self.clockwork
        agency = self.pack.agency(person.agency_id) if person.agency_id else None
        in_school = agency is not None and agency.sector is Sector.EDUCATION
        return self._school_clockwork if in_school else self.clockwork

    def look_ahead(self, ladder: Ladder) -> timedelta:
        """How far ahead of now the date lies that a first step may count from, closed schools included."""
        holidays = len(holidays_between(self.pack.partnership.calendar.terms.value or ()))
        return reach(ladder) + timedelta(days=min(holidays, _LONGEST_HOLIDAY))

    def quiet(self, now: datetime) -> bool:
        """True when nothing but urgent notices may go out: quiet hours, weekends and bank holidays."""
        calendar = self.pack.partnership.calendar
        local = self.local(now)
        hours = calendar.quiet_hours.value
        clock = local.time()
        if hours.starts <= hours.ends:
            asleep = hours.starts <= clock < hours.ends
        else:
            asleep = clock >= hours.starts or clock < hours.ends
        return asleep or not self.workdays.is_working(local.date())
