"""Evaluations: what an attended session leaves to be answered, and when.

The course evaluation is due straight after, the impact evaluation 6 weeks after the session ended
(annual report 2022-23, 6. Training and Development, Evaluation: "6 to 8 weeks").
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from config.training import Form
from services import certificates
from services.errors import NotFound, ServiceError
from services.kept import kept_text
from services.model import Evaluation, EvaluationKind, Person, Session, Unanswered
from services.rulebook import Rulebook
from services.work import Work

SNOOZED_FOR = timedelta(weeks=1)
MISSED_FOR = timedelta(days=182)
"""How long somebody who never answered stays on the office's list."""


def due_days(session: Session, rules: Rulebook) -> dict[EvaluationKind, date]:
    """When each evaluation of a session falls due. Weeks are counted on the partnership's calendar."""
    straight_after = rules.today(session.ends_at)
    opens = rules.clockwork.shift(straight_after, rules.pack.partnership.evaluation.impact_opens.value)
    return {EvaluationKind.COURSE: straight_after, EvaluationKind.IMPACT: opens}


@dataclass(frozen=True, slots=True)
class OverdueImpact:
    """Who has not answered the impact evaluation in time, longest ago first, and how many did of the same sessions.

    Who left without an answer owes none any more, and counts nowhere.
    """

    first: tuple[Unanswered, ...]
    overdue: int
    answered: int

    @property
    def owed(self) -> int:
        """How many the rate of answers is out of."""
        return self.overdue + self.answered


def overdue_period(now: datetime, rules: Rulebook) -> tuple[datetime, datetime]:
    """When the sessions ended whose time to answer is over (8 weeks in Harrow), half a year back: whole days."""
    closes = rules.pack.partnership.evaluation.impact_closes.value
    today = rules.today(now)
    last = today - (rules.clockwork.shift(today, closes) - today)
    return rules.at(today - MISSED_FOR, time(0)), rules.at(last, time(0))


async def overdue_impact(work: Work, *, now: datetime, rules: Rulebook, limit: int) -> OverdueImpact:
    """Impact evaluations that nobody answered in time: what every list, rate and digest of them is made from."""
    since, until = overdue_period(now, rules)
    return OverdueImpact(
        tuple(await work.office.unanswered(since, until, limit=limit)),
        await work.office.count_unanswered(since, until),
        await work.office.count_answered(since, until),
    )


def may_be_answered(session: Session, *, now: datetime, rules: Rulebook) -> bool:
    """False once the time to answer is over (8 weeks in Harrow): who came is history then, and asks nothing of anybody.

    However attendance is recorded that late, in a chat or from a file, it owes no form and charges nobody.
    """
    closes = rules.clockwork.shift(rules.today(session.ends_at), rules.pack.partnership.evaluation.impact_closes.value)
    return rules.today(now) <= closes


async def owe_evaluations(work: Work, attended: Collection[tuple[int, int, Session]], rules: Rulebook) -> None:
    """Write what these attendances leave to be answered: each a booking, a person and what they came to.

    Whether there is time to answer is for the caller to see.
    """
    days = {session.id: due_days(session, rules) for _, _, session in attended}
    await work.evaluations.owe_all(
        [
            {"booking_id": booking_id, "person_id": person_id, "kind": kind.value, "due_on": due_on}
            for booking_id, person_id, session in attended
            for kind, due_on in days[session.id].items()
        ]
    )


async def open_evaluations(work: Work, person: Person, *, now: datetime, rules: Rulebook) -> list[Evaluation]:
    """What this person may answer today, oldest first."""
    return await work.evaluations.open_of(person.id, rules.today(now))


async def find_own(work: Work, person: Person, evaluation_id: int) -> Evaluation:
    """The evaluation, if it is this person's. Raises `NotFound` otherwise: foreign looks like absent."""
    evaluation = await work.evaluations.by_id(evaluation_id)
    if evaluation is None or evaluation.person_id != person.id:
        raise NotFound("evaluation-unknown")
    return evaluation


async def answer(
    work: Work, person: Person, evaluation_id: int, answers: Mapping[str, str], *, now: datetime, rules: Rulebook
) -> Evaluation:
    """Keep the answers, once. Answering again leaves the first answers as they are.

    Raises `NotFound` for somebody else's form, `ServiceError` when it is empty, too long, or when an answer
    names or identifies somebody: such text is refused before anything is stored.
    """
    evaluation = await find_own(work, person, evaluation_id)
    # Keys come from a card, which can be forged: only those of the form's own questions are kept.
    asked = {question.id for question in rules.pack.partnership.evaluation.form(Form(evaluation.kind.value))}
    given = {key: text for key, text in answers.items() if key in asked and text.strip()}
    if evaluation.answered_at is not None:
        return evaluation
    if not given:
        raise ServiceError("evaluation-empty")
    kept = {key: kept_text(text, rules) for key, text in given.items()}
    if await work.evaluations.answer(evaluation.id, kept, now):
        await work.events.record("answered", ("evaluation", evaluation.id), at=now, actor_id=person.id)
        await _follow(work, person, evaluation, now, rules)
    return await find_own(work, person, evaluation_id)


async def _follow(work: Work, person: Person, answered: Evaluation, now: datetime, rules: Rulebook) -> None:
    """What an answer brings with it: the line manager is asked for a comment, and a certificate may be due."""
    if answered.kind is EvaluationKind.IMPACT and rules.pack.partnership.evaluation.form(Form.MANAGER):
        manager = await work.people.by_id(person.line_manager_id) if person.line_manager_id else None
        if manager is not None and manager.active and manager.id != person.id:
            await work.evaluations.owe(answered.booking_id, manager.id, EvaluationKind.MANAGER, rules.today(now))
    booking = await work.bookings.by_id(answered.booking_id)
    if booking is not None:
        await certificates.settle(work, booking, now=now, rules=rules)


async def snooze(work: Work, person: Person, evaluation_id: int, *, now: datetime, rules: Rulebook) -> date:
    """Leave the person in peace for a week. Returns the day of the next reminder; pressed twice, it is the same day.

    Others who are told of an unanswered form are told all the same. Raises `NotFound` for somebody else's form,
    `ServiceError` for one that is answered.
    """
    evaluation = await find_own(work, person, evaluation_id)
    if evaluation.answered_at is not None:
        raise ServiceError("evaluation-answered")
    until = rules.workdays.on_or_after(rules.today(now) + SNOOZED_FOR)
    if await work.evaluations.snooze(evaluation.id, until):
        detail = {"until": until.isoformat()}
        await work.events.record("snoozed", ("evaluation", evaluation.id), at=now, actor_id=person.id, detail=detail)
    return until
