"""Action plans as published: what was recommended, who was named, and what was said about time. Unknown stays so."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from config.actions import PlanKind
from config.data import Data, Day, Slug, Text, absent
from config.spans import SpanText


class ItemKind(StrEnum):
    """What the published line is."""

    RECOMMENDATION = "R"
    ACTION = "A"
    LEARNING = "L"
    DONE = "D"
    """Reported as done or running."""


class DueKind(StrEnum):
    """What the document says about time. Most say nothing."""

    UNKNOWN = "unknown"
    ON_DATE = "on-date"
    PERIOD = "period"
    RECURRING = "recurring"
    RELATIVE = "relative"
    DONE = "done"


OptionalDay = Annotated[Day | None, BeforeValidator(absent)]
OptionalSpan = Annotated[SpanText | None, BeforeValidator(absent)]
OptionalSlug = Annotated[Slug | None, BeforeValidator(absent)]


class PlanRow(Data):
    """One line of `action-plans.csv`. `due_text` is what the document says; the other due fields only what is clear."""

    id: Annotated[str, Field(pattern=r"^[A-Z0-9]+-[A-Z0-9]+$")]
    plan: Slug
    plan_title: Text
    plan_kind: PlanKind
    kind: ItemKind
    action: Text
    lead_named: Text
    lead_agency: OptionalSlug = None
    """The agency of `agencies.csv` meant by `lead_named`; boards and unnamed leads have none."""
    owner: OptionalSlug = None
    """A post of the pack that owns it; `None`: nobody is named, and the manager is asked to name somebody."""
    due_text: Text
    due_kind: DueKind
    due_on: OptionalDay = None
    period_starts: OptionalDay = None
    period_ends: OptionalDay = None
    every: OptionalSpan = None
    after: OptionalSpan = None
    after_event: str = ""
    source: Slug
    heading: Text

    @model_validator(mode="after")
    def _due_fields_fit(self) -> Self:
        given: dict[DueKind, tuple[object, ...]] = {
            DueKind.PERIOD: (self.period_starts, self.period_ends),
            DueKind.RECURRING: (self.every,),
            DueKind.RELATIVE: (self.after, self.after_event),
        }
        for kind, values in given.items():
            if kind is not self.due_kind and any(values):
                raise ValueError(f"due_kind is '{self.due_kind}', so the fields of '{kind}' must be empty")
        if (self.due_kind is DueKind.ON_DATE) != bool(self.due_on) and self.due_kind is not DueKind.RECURRING:
            raise ValueError("due_on is for due_kind 'on-date', or for the first time of a 'recurring' one")
        if self.due_kind is DueKind.RELATIVE and not self.after_event:
            raise ValueError("a relative due date names the event it is counted from in after_event")
        if self.period_starts and self.period_ends and self.period_ends < self.period_starts:
            raise ValueError("period_ends is before period_starts")
        return self


class ActionPlan(Data):
    """The items of one review, audit, inspection or report."""

    id: Slug
    title: Text
    kind: PlanKind
    items: tuple[PlanRow, ...]

    @property
    def source(self) -> str:
        """The document it was published in."""
        return self.items[0].source
