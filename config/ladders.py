"""The ladders of reminders as a partnership sets them: what is counted from, which steps, to whom. Sends nothing."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import model_validator

from config.data import Data, Marked, Slug, Text
from config.spans import SpanText


class LadderKind(StrEnum):
    """What is chased. Each kind has exactly one ladder in a pack."""

    COURSE_EVALUATION = "course-evaluation"
    IMPACT_EVALUATION = "impact-evaluation"
    MANAGER_COMMENT = "manager-comment"
    SESSION_REMINDER = "session-reminder"
    ATTENDANCE = "attendance"
    ACTION_ITEM = "action-item"
    ACTION_UNOWNED = "action-unowned"
    RE_AUDIT = "re-audit"
    ARTICLE_REVIEW = "article-review"
    CHALLENGE_STAGE = "challenge-stage"
    CHALLENGE_UNTIMED = "challenge-untimed"
    CHALLENGE_IMPACT = "challenge-impact"
    QUESTION_TICKET = "question-ticket"


class Basis(StrEnum):
    """The moment from which a ladder's steps are counted."""

    SESSION_START = "session-start"
    SESSION_END = "session-end"
    DUE_DATE = "due-date"
    REVIEW_DATE = "review-date"
    STAGE_LIMIT = "stage-limit"
    STAGE_BEGAN = "stage-began"
    """The day on which a challenge came to the stage it is at."""
    SETTLED = "settled"
    """The day on which a challenge ended."""
    ADDED = "added"
    """The day the thing became known to the product."""


class Recipient(StrEnum):
    """Whom a step writes to; a role that resolves to a person on the day."""

    OWNER = "owner"
    """Whoever the thing belongs to: the delegate, the session's trainer, the item's or the article's owner, who raised
    the challenge."""
    LINE_MANAGER = "line-manager"
    AGENCY_LEAD = "agency-lead"
    OTHER_SIDE = "other-side"
    """The agency that was challenged."""
    EXPERT_GROUP = "expert-group"
    MANAGER = "manager"
    SCRUTINEER = "scrutineer"


class Step(Data):
    """One reminder. `at` counts from the ladder's basis; with `every` it repeats at that distance until done."""

    name: Slug
    at: SpanText
    to: tuple[Recipient, ...]
    every: SpanText | None = None
    urgent: bool = False
    """Urgent steps ignore quiet hours and the digest."""

    @model_validator(mode="after")
    def _reaches_somebody(self) -> Self:
        if not self.to:
            raise ValueError("names nobody in 'to'")
        if self.every is not None and self.every.amount < 1:
            raise ValueError("repeats 'every' nothing; it would never end")
        return self


class Ladder(Marked):
    """The steps of one chase, in the order in which they climb."""

    kind: LadderKind
    title: Text
    basis: Basis
    steps: tuple[Step, ...]

    @model_validator(mode="after")
    def _has_steps_with_their_own_names(self) -> Self:
        names = [step.name for step in self.steps]
        if not names:
            raise ValueError("has no steps")
        if len(set(names)) < len(names):
            raise ValueError("has two steps with the same name; notices could not tell them apart")
        return self

    def step(self, name: str) -> Step | None:
        """The step called `name`."""
        return next((step for step in self.steps if step.name == name), None)
