"""What people say has changed, and who has not said anything in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from config.training import AnswerKind, Form, Question
from services.evaluations import overdue_period
from services.reports.asking import Asking
from services.reports.table import Kind, Report, Value
from services.store.reports import Answers

_MOST_WORDS = 200
"""Answers in words that one question lists."""


async def practice(asking: Asking) -> Report:
    """Every question of the impact evaluation and of the line manager's comment, with what was answered.

    Nobody is named: neither who answered nor, since every answer was screened, whom it is about.
    """
    found = await asking.work.reports.answers(asking.year.first, asking.year.until)
    rules = asking.rules.pack.partnership.evaluation
    questions = [*rules.form(Form.IMPACT), *rules.form(Form.MANAGER)]
    rows: list[tuple[Value, ...]] = []
    for question in questions:
        rows += _rows(asking, question, found)
    notes = [asking.say("report-note-forms", **_forms(questions, found))]
    if not found:
        notes = [asking.say("report-note-no-answers", year=asking.year.label)]
    if any(not one.confirmed for one in questions):
        notes.append(asking.say("report-note-wording"))
    return asking.report(
        "practice",
        columns=(
            asking.column("form_question", Kind.TEXT),
            asking.column("course", Kind.TEXT),
            asking.column("answer", Kind.TEXT),
            asking.column("people"),
        ),
        rows=rows,
        notes=notes,
    )


def _forms(questions: Sequence[Question], found: Sequence[Answers]) -> dict[str, int]:
    asked = {form: {one.id for one in questions if one.form is form} for form in (Form.IMPACT, Form.MANAGER)}
    return {form.value: sum(not ids.isdisjoint(one.given) for one in found) for form, ids in asked.items()}


def _rows(asking: Asking, question: Question, found: Sequence[Answers]) -> list[tuple[Value, ...]]:
    given = [(one.course_id, one.given[question.id]) for one in found if one.given.get(question.id)]
    if not given:
        return []
    if question.kind is AnswerKind.SCALE:
        marks = [int(text) for _, text in given if text.isdecimal()]
        if not marks:
            return []
        average = f"{sum(marks) / len(marks):.1f}"
        words = asking.say("report-average", count=len(marks), average=average)
        return [(question.text, "", words, len(marks))]
    if question.kind is AnswerKind.CHOICE:
        counted = Counter(text for _, text in given)
        return [(question.text, "", choice, count) for choice, count in counted.most_common()]
    return [(question.text, asking.course(course), text, 1) for course, text in given[:_MOST_WORDS]]


async def not_evaluated(asking: Asking) -> Report:
    """Who attended in the year, had 8 weeks to answer (in Harrow), and has not."""
    _, until = overdue_period(asking.now, asking.rules)
    found = await asking.work.office.unanswered(asking.year.first, min(until, asking.year.until), limit=None)
    rows = []
    for one in found:
        agency = asking.rules.pack.agency(one.agency_id or "")
        held = asking.rules.today(one.held_at)
        rows.append((one.name, agency.name if agency else "", asking.course(one.course_id), held))
    return asking.report(
        "not-evaluated",
        columns=(
            asking.column("name", Kind.TEXT),
            asking.column("agency", Kind.TEXT),
            asking.column("course", Kind.TEXT),
            asking.column("date", Kind.DAY),
        ),
        rows=rows,
    )
