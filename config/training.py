"""The rules of booking and evaluation as a partnership sets them. Books nothing."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from config.data import Confirmable, Data, Marked, Slug, Text
from config.spans import SpanText

Count = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(gt=0, le=1)]


class CertificateRule(StrEnum):
    """What must have happened before a certificate is issued."""

    AFTER_IMPACT_EVALUATION = "after-impact-evaluation"
    AFTER_COURSE_EVALUATION = "after-course-evaluation"
    AFTER_ATTENDANCE = "after-attendance"


class OfferTier(Data):
    """How long an offered place is held: `hours`, while the session is at least `from_days` days away."""

    from_days: Count
    hours: Annotated[int, Field(ge=1)]


class BookingRules(Data):
    """What a partnership asks of people who book. Days are England working days where the name says so."""

    notice_working_days: Confirmable[Count]
    """Cancelling with less notice than this is a late cancellation."""
    no_show_charged: Confirmable[bool]
    late_cancellation_charged: Confirmable[bool]
    charge: Confirmable[Decimal | None]
    """Pounds for a missed or late-cancelled place; `None`: the amount is not known and none may be shown."""
    closes_working_days_before: Confirmable[Count]
    minimum_booked: Confirmable[Count]
    """Below this the office is warned. It never cancels by itself."""
    minimum_warning_working_days: Confirmable[Count]
    manager_approval: Confirmable[bool]
    attended_share: Confirmable[Share]
    """The part of a session that counts as having attended, when a Teams report says how long people were there."""
    book_for_colleagues: Confirmable[bool]
    certificate: Confirmable[CertificateRule]
    offers: Confirmable[tuple[OfferTier, ...]]

    @model_validator(mode="after")
    def _offers_fall_to_zero_days(self) -> Self:
        days = [tier.from_days for tier in self.offers.value]
        if not days or days != sorted(days, reverse=True) or days[-1] != 0:
            raise ValueError("'offers' must go down from many days to a last tier with from_days = 0")
        return self

    def offer_hours(self, days_away: int) -> int:
        """Hours a place is held for the next person when the session is `days_away` whole days ahead."""
        return next(tier.hours for tier in self.offers.value if days_away >= tier.from_days or tier.from_days == 0)


class Form(StrEnum):
    """Which form a question belongs to, and so who answers it."""

    COURSE = "course"
    IMPACT = "impact"
    MANAGER = "manager"


class AnswerKind(StrEnum):
    """How a question is answered. A scale runs from 1 to 5 or to `top`; text is screened for identifiers."""

    SCALE = "scale"
    TEXT = "text"
    CHOICE = "choice"


class Question(Marked):
    """One evaluation question, with its Kirkpatrick level (1 reaction, 2 learning, 3 behaviour, 4 results)."""

    id: Slug
    form: Form
    text: Text
    kind: AnswerKind
    level: Annotated[int, Field(ge=1, le=4)]
    required: bool = True
    top: Annotated[int, Field(ge=2, le=10)] = 5
    choices: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _choices_when_choosing(self) -> Self:
        if (self.kind is AnswerKind.CHOICE) != bool(self.choices):
            raise ValueError("a question of kind 'choice' has choices, and no other has")
        return self


class EvaluationRules(Data):
    """When the impact evaluation is asked for, and the questions of every form."""

    impact_opens: Confirmable[SpanText]
    impact_closes: Confirmable[SpanText]
    questions: tuple[Question, ...]

    def form(self, form: Form) -> tuple[Question, ...]:
        """The questions of one form, in the order in which they are asked."""
        return tuple(question for question in self.questions if question.form is form)
