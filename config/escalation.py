"""How professionals disagree: stages, clocks and whom to tell, as a partnership sets them. Computes no dates."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import model_validator

from config.data import Confirmable, Data, Marked, Slug, Text
from config.ladders import Recipient
from config.spans import SpanText


class ClockStart(StrEnum):
    """The day from which a stage's limit is counted."""

    DISAGREEMENT = "disagreement"
    PREVIOUS_OUTCOME = "previous-outcome"


class Stage(Marked):
    """One stage. The stage's own mark covers its name, clock and notices; `who` and `limit` carry their own."""

    number: int
    name: Text
    who: Confirmable[str]
    limit: Confirmable[SpanText | None]
    """`None`: the partnership has not told us, and no date may be computed."""
    clock_starts: ClockStart
    notify: tuple[Recipient, ...]
    topic: Slug
    final: bool = False


class ImmediateRisk(Marked):
    """What overrides every stage: a child or adult in danger now."""

    text: Text
    contacts: tuple[Slug, ...]


class Escalation(Data):
    """The partnership's challenge and escalation procedure."""

    name: Confirmable[str]
    immediate_risk: ImmediateRisk
    subjects: Confirmable[tuple[str, ...]]
    record: Confirmable[tuple[str, ...]]
    """What must be written down at each stage."""
    stages: tuple[Stage, ...]

    @model_validator(mode="after")
    def _climbs_to_one_final_stage(self) -> Self:
        if [stage.number for stage in self.stages] != list(range(1, len(self.stages) + 1)):
            raise ValueError("its stages must be numbered 1, 2, 3 ... in order")
        if [stage.final for stage in self.stages] != [False] * (len(self.stages) - 1) + [True]:
            raise ValueError("its last stage, and no other, must be final")
        return self

    def stage(self, number: int) -> Stage | None:
        """The stage with this number, or `None` beyond the last."""
        return next((stage for stage in self.stages if stage.number == number), None)
