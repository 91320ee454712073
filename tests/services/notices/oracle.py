"""What a year of chasing ought to be, worked out on paper: no line of the product is used here.

Bank holidays are a list; ladders are a table of Harrow's steps; a working day is counted on the fingers. If the
product and this disagree, one of them is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
BANK_HOLIDAYS = {
    date(2026, 12, 25), date(2026, 12, 28),
    date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 3), date(2027, 5, 31), date(2027, 8, 30),
    date(2027, 12, 27), date(2027, 12, 28),
    date(2028, 1, 3),
}  # fmt: skip
"""England, as published on gov.uk."""

DIGEST_AT = time(8, 30)
DAY = timedelta(days=1)
Sent = tuple[str, int, str, str, date]
"""Kind, subject, step, to whom, on which day."""


def working(day: date) -> bool:
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


def forwards(day: date) -> date:
    return day if working(day) else forwards(day + DAY)


def backwards(day: date) -> date:
    return day if working(day) else backwards(day - DAY)


def working_days_after(day: date, count: int) -> date:
    for _ in range(count):
        day = forwards(day + DAY)
    return day


def working_days_before(day: date, count: int) -> date:
    for _ in range(count):
        day = backwards(day - DAY)
    return day


def morning(day: date) -> datetime:
    return datetime.combine(day, DIGEST_AT, tzinfo=LONDON)


@dataclass(frozen=True)
class Step:
    """A step of a chase: its name, when it falls, and to whom it goes then."""

    name: str
    at: datetime
    to: tuple[str, ...]


@dataclass
class Booking:
    """Somebody on a session. None of the moments: it never happened."""

    number: int
    who: str
    boss: str
    starts: datetime
    booked: datetime
    gave_up: datetime | None = None

    def chase(self, now: datetime) -> Iterator[Step]:
        if now >= self.starts or now < self.booked or (self.gave_up and now >= self.gave_up):
            return
        for name, days in (("week-before", 7), ("day-before", 1)):
            at = morning(backwards(self.starts.date() - days * DAY))
            if at >= self.booked:
                yield Step(name, at, (self.who,))


@dataclass
class Evaluation:
    """What an attended session leaves to answer. It is known from the moment attendance was recorded."""

    kind: str
    number: int
    who: str
    boss: str
    ended: datetime
    known: datetime
    answered: datetime | None = None
    left: datetime | None = None

    def chase(self, now: datetime) -> Iterator[Step]:
        over = [moment for moment in (self.answered, self.left) if moment is not None]
        if now < self.known or (over and now >= min(over)):
            return
        day = self.ended.date()
        if self.kind == "course-evaluation":
            yield Step("invite", max(morning(backwards(day)), self.ended), (self.who,))
            yield Step("reminder", morning(working_days_after(day, 5)), (self.who,))
            return
        if now.date() < day + 42 * DAY:
            return
        yield Step("invite", morning(forwards(day + 42 * DAY)), (self.who,))
        yield Step("reminder", morning(forwards(day + 49 * DAY)), (self.who,))
        yield Step("final", morning(forwards(day + 56 * DAY)), (self.who, self.boss))


@dataclass
class Item:
    """An action item. `owners` says from when it was whose."""

    number: int
    owners: list[tuple[datetime, str, str]]
    due: date
    manager: str
    done: datetime | None = None

    def chase(self, now: datetime) -> Iterator[Step]:
        if self.done and now >= self.done:
            return
        theirs = [(who, boss) for since, who, boss in self.owners if since <= now]
        if not theirs:
            return
        owner, boss = theirs[-1]
        yield Step("fortnight-before", morning(backwards(self.due - 14 * DAY)), (owner,))
        yield Step("due-day", morning(backwards(self.due)), (owner,))
        for week in range(1, 54):
            yield Step(f"overdue-{week}", morning(forwards(self.due + week * 7 * DAY)), (owner, boss))
        yield Step("overdue-agency", morning(forwards(self.due + 28 * DAY)), (self.manager,))


@dataclass
class Unowned:
    """The weekly line about items that cannot be chased, while there are any."""

    since: datetime
    until: datetime
    manager: str
    number: int = 0

    def chase(self, now: datetime) -> Iterator[Step]:
        if not self.since <= now < self.until:
            return
        monday = now.date() - now.weekday() * DAY
        yield Step("week", morning(forwards(monday)), (self.manager,))


@dataclass
class TooFew:
    """A session with fewer than five people. The manager is warned ten working days before it."""

    number: int
    starts: datetime
    manager: str

    def chase(self, now: datetime) -> Iterator[Step]:
        if now < self.starts:
            yield Step("warn", morning(working_days_before(self.starts.date(), 10)), (self.manager,))


@dataclass
class Register:
    """Who came to a session. No trainer of that name is known, so the manager is asked until everybody is marked."""

    number: int
    ended: datetime
    marked: datetime
    manager: str

    def chase(self, now: datetime) -> Iterator[Step]:
        if not self.ended <= now < self.marked:
            return
        yield Step("ask", morning(working_days_after(self.ended.date(), 1)), (self.manager,))
        for nth in range(8):
            late = working_days_after(self.ended.date(), 4) + nth * 7 * DAY
            yield Step(f"reminder-{nth + 1}", morning(forwards(late)), (self.manager,))


@dataclass
class Missing:
    """The weekly line about impact evaluations that nobody answered within eight weeks, while there are any."""

    evaluations: list[Evaluation]
    manager: str
    number: int = 0

    def chase(self, now: datetime) -> Iterator[Step]:
        at = morning(forwards(now.date() - now.weekday() * DAY))
        if any(self._is_missing(one, at, now) for one in self.evaluations):
            yield Step("week", at, (self.manager,))

    @staticmethod
    def _is_missing(form: Evaluation, at: datetime, now: datetime) -> bool:
        over = form.ended.astimezone(LONDON) + 56 * DAY
        return form.known <= now and over < at and (form.answered is None or form.answered > now)


REVIEW_DUE = date(2027, 11, 21)
"""Harrow's articles that are reviewed every year were last checked a year before."""
REVIEWERS = 4
"""Roles that own such articles. Nobody holds them here, so the manager is asked."""


@dataclass
class Review:
    """The yearly review of one role's articles."""

    number: int
    manager: str

    def chase(self, now: datetime) -> Iterator[Step]:
        month_before = REVIEW_DUE.replace(month=REVIEW_DUE.month - 1)
        yield Step("month-before", morning(backwards(month_before)), (self.manager,))
        yield Step("due-day", morning(backwards(REVIEW_DUE)), (self.manager,))
        for nth in range(1, 10):
            yield Step(f"overdue-{nth}", morning(forwards(REVIEW_DUE + nth * 14 * DAY)), (self.manager,))


@dataclass
class Weekly:
    """The manager's digest of the week."""

    manager: str
    number: int = 0

    def chase(self, now: datetime) -> Iterator[Step]:
        yield Step("week", morning(forwards(now.date() - now.weekday() * DAY)), (self.manager,))


Chase = Booking | Evaluation | Item | Unowned | TooFew | Register | Missing | Review | Weekly


KINDS: dict[type, str] = {
    Booking: "session-reminder",
    Item: "action-item",
    Unowned: "action-unowned",
    TooFew: "too-few-booked",
    Register: "attendance",
    Missing: "evaluations-missing",
    Review: "article-review",
    Weekly: "manager-digest",
}


def kind_of(chase: Chase) -> str:
    if isinstance(chase, Evaluation):
        return chase.kind
    return KINDS[type(chase)]


@dataclass
class Oracle:
    """Says, sweep by sweep, what is sent. One digest a day for each person, only in working hours."""

    chases: list[Chase]
    told: set[tuple[str, int, str, datetime, str]] = field(default_factory=set)
    digests: set[tuple[str, date]] = field(default_factory=set)

    def at(self, now: datetime) -> set[Sent]:
        """What the sweep at `now` sends."""
        if not working(now.date()) or not time(8) <= now.time() < time(18):
            return set()
        sent = set()
        for chase in self.chases:
            for person, step in self._newest(chase, now).items():
                key = (kind_of(chase), chase.number, step.name, step.at, person)
                if key not in self.told and (person, now.date()) not in self.digests:
                    self.told.add(key)
                    sent.add((kind_of(chase), chase.number, step.name, person, now.date()))
        self.digests |= {(person, day) for *_, person, day in sent}
        return sent

    def _newest(self, chase: Chase, now: datetime) -> dict[str, Step]:
        """For each person the newest step that has fallen: older ones are not sent late, in a bunch."""
        newest: dict[str, Step] = {}
        for step in sorted((one for one in chase.chase(now) if one.at <= now), key=lambda one: one.at):
            newest |= dict.fromkeys(step.to, step)
        return newest
