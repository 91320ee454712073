"""The plain lists of a pack, one row each: topics, sources, courses, agencies, and past course figures."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from config.data import Data, Marked, Slug, Slugs, Text, Texts, absent, split_cell
from config.spans import SpanText


class Topic(Data):
    """A subject the guidance must cover; the article with the same id covers it."""

    id: Slug
    group: Slug
    covers: Text


OTHER_AREA = "other-area"
GENERAL_SCOPES = frozenset({"national", "restates-national", OTHER_AREA})
"""Scopes every pack knows. Its own, such as its borough and region, stand in `partnership.local_scopes`."""


class Source(Data):
    """A document or page that statements are taken from. An `other-area` rule is never shown as ours."""

    id: Slug
    title: Text
    publisher: str = ""
    published: str = ""
    scope: Slug
    url: str = ""
    note: str = ""


class CourseKind(StrEnum):
    """A forum is a course with termly sessions."""

    COURSE = "course"
    FORUM = "forum"


class CourseRole(StrEnum):
    """Roles to which a course may be kept (design.md section 2)."""

    DSL = "dsl"
    TRAINER = "trainer"
    MANAGER = "manager"


CourseRoles = Annotated[tuple[CourseRole, ...], BeforeValidator(split_cell)]


class Course(Marked):
    """One course or forum. An empty level, audience or duration is not known."""

    id: Slug
    title: Text
    kind: CourseKind
    level: str = ""
    audience: str = ""
    topics: Slugs = ()
    core: bool = False
    duration: Annotated[SpanText | None, BeforeValidator(absent)] = None
    aliases: Texts = ()
    """Other words people use for it."""
    only_for: CourseRoles = ()
    """Roles that may book it; empty: everybody. `audience` only says whom it is meant for."""
    after: Slugs = ()
    """Courses of which one must have been attended before."""
    approval: Annotated[bool | None, BeforeValidator(absent)] = None
    """Whether a line manager must agree; empty: as the partnership's booking rules say."""


class Sector(StrEnum):
    """Where an agency belongs, for reports."""

    COUNCIL = "council"
    HEALTH = "health"
    POLICE_JUSTICE = "police-justice"
    FIRE = "fire"
    EDUCATION = "education"
    VOLUNTARY = "voluntary"
    OTHER = "other"


class Agency(Data):
    """An organisation, or a kind of organisation, that people belong to."""

    id: Slug
    name: Text
    sector: Sector
    aliases: Texts = ()
    """Other words people use for it; two agencies may share one, such as "school"."""


class CourseResult(Data):
    """One row of a past year's course table, as the annual report printed it."""

    row: int
    course: Slug
    title: Text
    booked: Annotated[int, Field(ge=0)]
    attended: Annotated[int, Field(ge=0)]
    not_attended: Annotated[int, Field(ge=0)]
    source: Text

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.booked != self.attended + self.not_attended:
            raise ValueError("booked must be attended plus not_attended")
        return self
