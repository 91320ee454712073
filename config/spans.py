"""Lengths of time as the partnership writes them ("5 working days", "-14 days"). Knows no calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator

_WRITTEN = re.compile(r"^([+-]?\d+)[ -](hours?|days?|working[ -]days?|weeks?|months?|years?)$")


class Unit(StrEnum):
    """What is counted. Working days are England's; the others are of the calendar and the wall clock."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working-days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Span:
    """`amount` of `unit`, before the moment it is counted from if negative."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        """As people write it: `5 working days`, `1 week`."""
        word = self.unit.value.replace("-", " ")
        return f"{self.amount} {word[:-1] if abs(self.amount) == 1 else word}"

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read `6 weeks`, `-14 days`, `1 working day`. Raises `ValueError` for anything else."""
        written = _WRITTEN.match(text.strip().lower())
        if written is None:
            raise ValueError(f"must be a length of time such as '5 working days' or '6 weeks', not '{text}'")
        unit = written[2].replace(" ", "-").removesuffix("s") + "s"
        return cls(int(written[1]), Unit(unit))


def _read(value: object) -> object:
    return Span.parse(value) if isinstance(value, str) else value


SpanText = Annotated[Span, BeforeValidator(_read)]
"""A `Span` as it stands in a file."""
