"""The rows of a pack's `demo` folder as they are written, before they are counted from a day."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from config.data import Data, Slug, Slugs, Text
from config.plans import OptionalSlug
from config.relative import FromTodayText


class PersonRow(Data):
    """One fictional professional."""

    id: Slug
    name: Text
    email: Text
    agency: Slug
    job_title: Text
    roles: Slugs
    line_manager: OptionalSlug = None
    aad_object_id: Text
    active: bool
    owner_of: Slugs = ()
    """Owner roles of the partnership that this person holds."""


class SessionRow(Data):
    """One session, starting `when`, counted from today."""

    id: Slug
    course: Slug
    when: FromTodayText
    minutes: Annotated[int, Field(gt=0)]
    capacity: Annotated[int, Field(gt=0)]
    mode: Slug
    venue: str = ""
    join_url: str = ""
    trainer: Text


class BookingRow(Data):
    """One booking, made at a moment counted from today."""

    session: Slug
    person: Slug
    state: Slug
    when: FromTodayText


class ActionRow(Data):
    """One action item, due on a day counted from today if at all."""

    id: Text
    action: Text
    lead_agency: Slug
    owner: OptionalSlug = None
    due: FromTodayText | None = None
    state: Slug
    progress: str = ""


class QuestionRow(Data):
    """One question that was handed to a person, on a topic and at a moment counted from today."""

    person: Slug
    topic: Slug
    question: Text
    when: FromTodayText
