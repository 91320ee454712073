"""The ground every value of a pack stands on: frozen, closed to unknown keys, and marked where it is unconfirmed."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Generic, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator

T = TypeVar("T")

SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
UNKNOWN = "unknown"
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def _only_iso(value: object) -> object:
    # Left alone, "86400" would be read as a moment in 1970 and a mistyped date would pass.
    if isinstance(value, str) and not _DAY.match(value):
        raise ValueError(f"must be a date such as 2026-11-21, not '{value}'")
    return value


def _of_our_time(day: date) -> date:
    if not 2000 <= day.year < 2100:
        raise ValueError(f"must be a year of this century, not {day.year}")
    return day


def split_cell(value: object) -> object:
    """The parts of a cell `a; b; c`; anything else as it is."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(";") if part.strip())
    return value


def absent(value: object) -> object:
    """`None` for a cell that is empty or says `unknown`."""
    return None if value in ("", UNKNOWN) else value


Slug = Annotated[str, StringConstraints(pattern=SLUG)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Day = Annotated[date, BeforeValidator(_only_iso), AfterValidator(_of_our_time)]
Slugs = Annotated[tuple[Slug, ...], BeforeValidator(split_cell)]
"""In a CSV cell: `a; b; c`."""
Texts = Annotated[tuple[Text, ...], BeforeValidator(split_cell)]


class Data(BaseModel):
    """A value read from a pack. Frozen, and an unknown key is a fault: a mistyped key would silently do nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Status(StrEnum):
    """Whether the partnership has told us."""

    CONFIRMED = "confirmed"
    CONFIRM = "confirm"
    """Still to be confirmed by the partnership office; people are told so wherever the value is shown."""


class Citation(Data):
    """Where a statement stands: the id of a source in `sources.csv`, and the heading or paragraph in it."""

    ref: Slug
    section: Text

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        ref, arrow, section = value.partition(" > ")
        if not arrow:
            raise ValueError(f"must be written as 'source > section', not '{value}'")
        return {"ref": ref, "section": section}


def _as_list(value: object) -> object:
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    return value


Citations = Annotated[tuple[Citation, ...], BeforeValidator(_as_list)]
"""One `source > section`, several joined by `;`, or a list."""


class Marked(Data):
    """Something the partnership has confirmed, or has still to confirm."""

    status: Status
    source: Citations = ()
    note: str = ""

    @property
    def confirmed(self) -> bool:
        """False when people must be told that the office has yet to confirm it."""
        return self.status is Status.CONFIRMED

    @model_validator(mode="after")
    def _confirmed_by_something(self) -> Self:
        if self.confirmed and not self.source:
            raise ValueError("is marked confirmed, so it must name its source")
        return self


class Confirmable(Marked, Generic[T]):
    """One value with its mark. The word `unknown` in the file means that there is no value: `None`."""

    value: T

    @model_validator(mode="before")
    @classmethod
    def _unknown_is_none(cls, given: object) -> object:
        if isinstance(given, dict) and given.get("value") == UNKNOWN:
            if given.get("status") == Status.CONFIRMED:
                raise ValueError("cannot be both unknown and confirmed")
            return {**given, "value": None}
        return given
