"""`partnership.toml` as typed values: names, contacts, calendar, levels of need, and the rules of every job."""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from typing import Annotated, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, model_validator

from config.actions import ActionRules, Retention
from config.data import Confirmable, Data, Day, Marked, Slug, Text
from config.escalation import Escalation
from config.ladders import Ladder, LadderKind
from config.training import BookingRules, EvaluationRules


class Names(Data):
    """What the partnership and its bot call themselves."""

    id: Slug
    place: Text
    name: Confirmable[str]
    short: Confirmable[str]
    bot: Text
    local_scopes: tuple[Slug, ...]
    """Scopes of sources whose rules hold here besides national ones: the borough, its region."""


class Contact(Marked):
    """One way to reach help. Empty fields are not known; two phone numbers may contradict each other."""

    key: Slug
    label: Text
    purpose: Text
    phones: tuple[Text, ...] = ()
    hours: str = ""
    email: str = ""
    url: str = ""

    @property
    def known(self) -> bool:
        """False when there is nothing to call, write to or open."""
        return bool(self.phones or self.email or self.url)


class Weekday(StrEnum):
    """Days as they stand in the file."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def number(self) -> int:
        """As `date.weekday()` counts: Monday is 0."""
        return list(Weekday).index(self)


class QuietHours(Data):
    """Wall-clock hours in which nobody is sent anything that is not urgent. May run over midnight."""

    starts: time
    ends: time


class Term(Data):
    """One school term, first and last day included."""

    name: Text
    starts: Day
    ends: Day

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.ends < self.starts:
            raise ValueError("ends before it starts")
        return self


def _real_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"is not a time zone: '{name}'")
    return name


_REGIONS = ("ENG", "NIR", "SCT", "WLS")


def _real_region(name: str) -> str:
    if name not in _REGIONS:
        raise ValueError(f"is not a region of the United Kingdom: '{name}'; choose one of {', '.join(_REGIONS)}")
    return name


def _a_day_of_work(week: tuple[Weekday, ...]) -> tuple[Weekday, ...]:
    if not week:
        raise ValueError("needs at least one working day")
    return week


class Calendar(Data):
    """When the partnership works. Bank holidays come from the holidays library for `country` and `region`."""

    country: Text
    region: Annotated[str, AfterValidator(_real_region)]
    time_zone: Annotated[str, AfterValidator(_real_zone)]
    working_week: Annotated[tuple[Weekday, ...], AfterValidator(_a_day_of_work)]
    closed_days: tuple[Day, ...] = ()
    quiet_hours: Confirmable[QuietHours]
    digest_at: Confirmable[time]
    manager_digest_on: Confirmable[Weekday]
    manager_digest: bool = False
    """True where the partnership manager gets a digest every week, however little there is to say."""
    terms: Confirmable[tuple[Term, ...] | None]

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose wall clock every date of this partnership is read from."""
        return ZoneInfo(self.time_zone)


class Level(Marked):
    """One level of need. `topic` is the article that says what the guidance says."""

    number: int
    name: Text
    who_acts: Text
    topic: Slug


class OwnerRole(Marked):
    """A post that owns articles. It resolves to a person in the directory, never in the pack."""

    key: Slug
    title: Text


class ExpertGroup(Data):
    """Who answers when the bot hands a question to a person: the topic groups it covers and its lead role."""

    key: Slug
    name: Text
    groups: tuple[Slug, ...]
    owner: Slug


class Partnership(Data):
    """Everything in `partnership.toml`."""

    partnership: Names
    calendar: Calendar
    contacts: tuple[Contact, ...]
    levels: tuple[Level, ...]
    escalation: Escalation
    booking: BookingRules
    evaluation: EvaluationRules
    actions: ActionRules
    ladders: tuple[Ladder, ...]
    owners: tuple[OwnerRole, ...]
    expert_groups: tuple[ExpertGroup, ...]
    retention: tuple[Retention, ...]

    def contact(self, key: str) -> Contact | None:
        """The contact called `key`."""
        return next((contact for contact in self.contacts if contact.key == key), None)

    def ladder(self, kind: LadderKind) -> Ladder:
        """The ladder of `kind`. The loader has checked that every kind has one."""
        return next(ladder for ladder in self.ladders if ladder.kind is kind)

    def owner(self, key: str) -> OwnerRole | None:
        """The post that owns articles called `key`."""
        return next((owner for owner in self.owners if owner.key == key), None)

    def experts_for(self, group: str) -> ExpertGroup | None:
        """The group that answers questions on a topic group."""
        return next((experts for experts in self.expert_groups if group in experts.groups), None)
