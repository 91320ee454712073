from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from services import bookings, evaluations
from services.errors import NotFound, ServiceError
from services.model import ChargeState, Evaluation, EvaluationKind, Person, Role
from services.office import attendance
from services.work import Work
from tests.builders import IDENTIFYING, a_rulebook, add_booking, add_person, add_session, confirm
from tests.services.desk import Desk

ENDED = datetime(2026, 9, 18, 15, 30, tzinfo=UTC)
"""A Friday in summer time: six weeks later it is winter time."""
SIX_WEEKS_LATER = datetime(2026, 10, 30, 9, tzinfo=UTC)


async def attend(desk: Desk, person: Person, ended: datetime = ENDED) -> list[Evaluation]:
    """Attend a session that ended then; returns the course and the impact evaluation."""
    async with desk.database.work() as work:
        session = await add_session(work, ended - timedelta(hours=3))
        booking = await add_booking(work, person, session, ended - timedelta(days=20))
        await bookings.record_attendance(work, booking, attended=True, at=ended, rules=desk.rules)
        await work.commit()
        return await work.evaluations.open_of(person.id, ended.date() + timedelta(days=365))


async def answer(desk: Desk, person: Person, evaluation_id: int, given: Mapping[str, str]) -> Evaluation:
    async with desk.database.work() as work:
        kept = await evaluations.answer(work, person, evaluation_id, given, now=SIX_WEEKS_LATER, rules=desk.rules)
        await work.commit()
    return kept


async def test_attendance_leaves_a_course_evaluation_today_and_an_impact_evaluation_in_six_weeks(
    desk: Desk, alice: Person
) -> None:
    course, impact = await attend(desk, alice)

    assert (course.kind, course.due_on) == (EvaluationKind.COURSE, date(2026, 9, 18))
    assert (impact.kind, impact.due_on) == (EvaluationKind.IMPACT, date(2026, 10, 30))


@pytest.mark.parametrize(("late", "asked"), [(timedelta(weeks=8), True), (timedelta(weeks=8, days=1), False)])
async def test_attendance_marked_when_the_time_to_answer_is_over_asks_nothing_and_charges_nobody(
    desk: Desk, alice: Person, bob: Person, late: timedelta, asked: bool
) -> None:
    rules = a_rulebook(booking={"no_show_charged": confirm(True)})
    now = ENDED + late
    async with desk.database.work() as work:
        office = await add_person(work, "Morgan", roles=[Role.MANAGER])
        session = await add_session(work, ENDED - timedelta(hours=3))
        came, missed = [await add_booking(work, one, session, ENDED - timedelta(days=20)) for one in (alice, bob)]
        for first in (True, False):
            # marked, and then put right to the opposite
            marks = {came.id: first, missed.id: not first}
            await attendance.mark(work, office, session.id, marks, now=now, rules=rules)
            absent, present = (missed, came) if first else (came, missed)
            due = [one.state for one in await work.charges.of_booking(absent.id)]
            forms = await work.evaluations.open_of(present.person_id, now.date() + timedelta(days=365))
            assert (due == [ChargeState.DUE], len(forms) == 2) == (asked, asked)
            assert asked or (due, forms) == ([], [])


async def test_a_mark_and_the_charge_that_follows_leave_one_event_each(desk: Desk, alice: Person) -> None:
    rules = a_rulebook(booking={"no_show_charged": confirm(True)})
    async with desk.database.work() as work:
        office = await add_person(work, "Morgan", roles=[Role.MANAGER])
        session = await add_session(work, ENDED - timedelta(hours=3))
        booking = await add_booking(work, alice, session, ENDED - timedelta(days=20))
        for came in (False, False, True):
            await attendance.mark(work, office, session.id, {booking.id: came}, now=ENDED, rules=rules)
        (charge,) = await work.charges.of_booking(booking.id)
        marks = await work.events.about("booking", [booking.id])
        charged = await work.events.about("charge", [charge.id])
    assert [(one.verb, one.actor_id, one.detail) for one in marks] == [
        ("marked", office.id, {"was": "booked", "is": "did-not-attend"}),
        ("marked", office.id, {"was": "did-not-attend", "is": "attended"}),
    ]
    assert [(one.verb, one.detail) for one in charged] == [
        ("fell-due", {"kind": "did-not-attend"}),
        ("withdrawn", {"kind": "did-not-attend"}),
    ]


async def test_six_weeks_are_counted_from_the_day_on_the_wall(desk: Desk, alice: Person) -> None:
    late_evening_in_summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)

    course, impact = await attend(desk, alice, late_evening_in_summer)

    assert (course.due_on, impact.due_on) == (date(2026, 7, 2), date(2026, 8, 13))


async def test_an_evaluation_is_open_from_its_day_on_the_partnerships_own_wall(desk: Desk, alice: Person) -> None:
    course, _ = await attend(desk, alice, datetime(2026, 7, 2, 12, tzinfo=UTC))
    the_evening_before = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    elsewhere = a_rulebook(calendar={"time_zone": "UTC"})

    async with desk.database.reading() as work:
        here = await evaluations.open_evaluations(work, alice, now=the_evening_before, rules=desk.rules)
        there = await evaluations.open_evaluations(work, alice, now=the_evening_before, rules=elsewhere)

    assert ([one.id for one in here], there) == ([course.id], [])


async def test_an_evaluation_is_open_from_its_day_until_it_is_answered(desk: Desk, alice: Person) -> None:
    course, impact = await attend(desk, alice)

    async def open_at(now: datetime) -> list[int]:
        async with desk.database.reading() as work:
            return [one.id for one in await evaluations.open_evaluations(work, alice, now=now, rules=desk.rules)]

    assert await open_at(ENDED) == [course.id]
    assert await open_at(SIX_WEEKS_LATER) == [course.id, impact.id]
    await answer(desk, alice, course.id, {"satisfaction": "Very"})
    assert await open_at(SIX_WEEKS_LATER) == [impact.id]


async def test_answers_are_kept_once_and_answering_again_leaves_the_first(desk: Desk, alice: Person) -> None:
    _, impact = await attend(desk, alice)

    first = await answer(desk, alice, impact.id, {"used": "  I ask about the father.  "})
    again = [await answer(desk, alice, impact.id, {"used": text}) for text in ("Something else", " ", IDENTIFYING)]

    assert first.answers == {"used": "I ask about the father."}
    assert first.answered_at == SIX_WEEKS_LATER
    assert again == [first] * 3
    async with desk.database.reading() as work:
        deeds = await work.events.about("evaluation", [impact.id])
    assert [(one.verb, one.actor_id) for one in deeds] == [("answered", alice.id)]


async def test_two_answers_at_the_same_moment_are_one(desk: Desk, alice: Person) -> None:
    _, impact = await attend(desk, alice)

    one, two = await asyncio.gather(
        answer(desk, alice, impact.id, {"used": "One"}), answer(desk, alice, impact.id, {"used": "Two"})
    )

    assert one == two


async def test_somebody_elses_evaluation_looks_like_one_that_does_not_exist(
    desk: Desk, alice: Person, charlie: Person
) -> None:
    _, impact = await attend(desk, alice)
    for evaluation_id in (impact.id, impact.id + 1000):
        with pytest.raises(NotFound, match="evaluation-unknown"):
            await answer(desk, charlie, evaluation_id, {"used": "Mine now"})

    assert (await answer(desk, alice, impact.id, {"used": "Still mine"})).answers == {"used": "Still mine"}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        pytest.param({}, "evaluation-empty", id="nothing"),
        pytest.param({"used": " \n "}, "evaluation-empty", id="blanks"),
        pytest.param({"used": "x" * 2001}, "answer-too-long", id="too long"),
        pytest.param({"used": IDENTIFYING}, "answer-identifies", id="a person in an answer"),
        pytest.param({IDENTIFYING: "yes"}, "evaluation-empty", id="a person in a forged field"),
        pytest.param({"satisfaction": "Very"}, "evaluation-empty", id="a question of the other form"),
    ],
)
async def test_what_may_not_be_kept_is_refused_and_the_form_stays_open(
    desk: Desk, alice: Person, given: dict[str, str], code: str
) -> None:
    _, impact = await attend(desk, alice)

    with pytest.raises(ServiceError, match=code) as refusal:
        await answer(desk, alice, impact.id, given)

    assert "Roe" not in f"{refusal.value} {refusal.value.params}"
    async with desk.database.reading() as work:
        kept = await work.evaluations.by_id(impact.id)
    assert kept == impact


async def test_fields_that_are_no_questions_are_dropped(desk: Desk, alice: Person) -> None:
    _, impact = await attend(desk, alice)

    kept = await answer(desk, alice, impact.id, {"used": "Often", IDENTIFYING: "yes", "verb": "x"})

    assert kept.answers == {"used": "Often"}


async def test_attendance_recorded_again_by_another_process_owes_nothing_twice(desk: Desk, alice: Person) -> None:
    course, impact = await attend(desk, alice)

    async def again(work: Work) -> None:
        await work.evaluations.owe(course.booking_id, alice.id, EvaluationKind.COURSE, date(2027, 1, 1))

    async with desk.database.work() as work:
        await again(work)
        await work.commit()
        found = await work.evaluations.open_of(alice.id, date(2027, 12, 31))
    assert found == [course, impact]
