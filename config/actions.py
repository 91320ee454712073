"""The rules for action plans as a partnership sets them, and what is kept how long. Chases nobody."""

from __future__ import annotations

from enum import StrEnum

from config.data import Confirmable, Data, Marked, Status, Text
from config.spans import SpanText


class PlanKind(StrEnum):
    """Where an action plan comes from, which decides the default time limit."""

    SCRUTINY = "scrutiny"
    REVIEW = "review"
    MULTI_AGENCY_AUDIT = "multi-agency-audit"
    SINGLE_AGENCY_AUDIT = "single-agency-audit"
    INSPECTION = "inspection"
    ANNUAL_REPORT = "annual-report"
    ARRANGEMENTS = "arrangements"


class RagState(StrEnum):
    """The state an item is in; the colour for it is the partnership's choice."""

    NOT_STARTED = "not-started"
    ON_TRACK = "on-track"
    AT_RISK = "at-risk"
    OVERDUE = "overdue"
    COMPLETE = "complete"
    TESTED = "tested"


class RagBand(Marked):
    """One line of the key: the colour and the meaning of a state."""

    state: RagState
    colour: Text
    meaning: Text


class PeriodYear(StrEnum):
    """Which year a plan means by "2023/24", and so on which day it ends."""

    FINANCIAL = "financial"
    """1 April to 31 March."""
    ACADEMIC = "academic"
    """1 September to 31 August."""


class ActionRules(Data):
    """Time limits and the RAG key for action items."""

    limit: Confirmable[SpanText]
    """Default time for items of the plan kinds in `limit_applies_to`, and of no others."""
    limit_applies_to: tuple[PlanKind, ...]
    limit_applies_beyond: Confirmable[bool | None]
    due_soon_days: Confirmable[int]
    period_year: Confirmable[PeriodYear] = Confirmable[PeriodYear](value=PeriodYear.FINANCIAL, status=Status.CONFIRM)
    rag: tuple[RagBand, ...]

    def band(self, state: RagState) -> RagBand:
        """The colour and meaning of `state`. The loader has checked that every state has one."""
        return next(band for band in self.rag if band.state is state)


class RecordKind(StrEnum):
    """Kinds of record that are kept and then purged."""

    BOOKING = "booking"
    EVALUATION = "evaluation"
    CERTIFICATE = "certificate"
    ACTION_ITEM = "action-item"
    CHALLENGE = "challenge"
    NOTICE = "notice"
    QUESTION_TICKET = "question-ticket"
    UNANSWERED = "unanswered"
    CONVERSATION = "conversation"
    PERSON = "person"


class Retention(Data):
    """How long one kind of record is kept. `keep.value` is `None` while unknown: then nothing is purged."""

    record: RecordKind
    keep: Confirmable[SpanText | None]
    counted_from: Text
