"""From the impact evaluation over the line manager's comment to a certificate that is issued once."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from services import bookings, certificates, evaluations
from services.certificates import number_of, written_well
from services.errors import NotFound, ServiceError
from services.model import BookingState, Certificate, Evaluation, EvaluationKind, Person
from services.rulebook import Rulebook
from services.work import Database, Work
from tests.builders import IDENTIFYING, add_booking, add_person, add_session
from tests.services.harrow import harrow_rules

HELD = datetime(2026, 11, 2, 10, tzinfo=UTC)
NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)
USED = {"used": "The checklist, twice a week"}


@pytest.fixture
def rules() -> Rulebook:
    return harrow_rules()


async def attended(work: Work, rules: Rulebook, *, managed: bool = True, name: str = "Alice") -> tuple[Person, int]:
    """Somebody who attended and owes an impact evaluation: the person and the booking's id."""
    boss = await add_person(work, f"Boss{name}") if managed else None
    person = await add_person(work, name, line_manager=boss)
    booking = await add_booking(work, person, await add_session(work, HELD, ref=name), HELD - timedelta(days=9))
    await bookings.record_attendance(work, booking, attended=True, at=HELD, rules=rules)
    return person, booking.id


async def form(work: Work, booking_id: int, kind: EvaluationKind) -> Evaluation:
    found = (await work.evaluations.of_bookings([booking_id]))[booking_id]
    return next(one for one in found if one.kind is kind)


async def answer(work: Work, rules: Rulebook, person: Person, booking_id: int, *, now: datetime = NOW) -> None:
    impact = await form(work, booking_id, EvaluationKind.IMPACT)
    await evaluations.answer(work, person, impact.id, USED, now=now, rules=rules)


async def issued(work: Work, booking_id: int) -> Certificate | None:
    return await work.certificates.of_booking(booking_id)


async def boss_of(work: Work, person: Person) -> Person:
    boss = await work.people.by_id(person.line_manager_id or 0)
    assert boss is not None
    return boss


async def test_the_certificate_follows_the_line_managers_comment(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        alice, booking = await attended(work, rules)
        await answer(work, rules, alice, booking)
        assert await issued(work, booking) is None
        comment = await form(work, booking, EvaluationKind.MANAGER)
        boss = await boss_of(work, alice)
        assert (comment.person_id, comment.due_on) == (boss.id, NOW.date())
        given = {"manager-seen": "Yes, clearly", "forged": "x"}
        kept = await evaluations.answer(work, boss, comment.id, given, now=NOW, rules=rules)
        assert kept.answers == {"manager-seen": "Yes, clearly"}
        found = await issued(work, booking)
        assert found is not None
        assert re.fullmatch(rf"HARROW-2027-{booking:05}-\d\d", found.number)
        await work.commit()


async def test_nobody_loses_a_certificate_by_a_silent_line_manager(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        alice, booking = await attended(work, rules)
        await answer(work, rules, alice, booking)
        fortnight = timedelta(days=14)
        assert await certificates.settle_all(work, now=NOW + fortnight - timedelta(days=1), rules=rules) == 0
        assert await certificates.settle_all(work, now=NOW + fortnight, rules=rules) == 1
        assert await certificates.settle_all(work, now=NOW + fortnight, rules=rules) == 0
        await work.commit()


async def test_without_a_line_manager_it_is_issued_with_the_answer_and_only_once(
    database: Database, rules: Rulebook
) -> None:
    async with database.work() as work:
        alice, booking = await attended(work, rules, managed=False)
        await answer(work, rules, alice, booking)
        first = await issued(work, booking)
        await answer(work, rules, alice, booking)
        found = await work.bookings.by_id(booking)
        assert found is not None
        assert await certificates.settle(work, found, now=NOW + timedelta(days=400), rules=rules) == first
        assert first is not None
        await work.commit()


@pytest.mark.parametrize("managed", [False, True], ids=["nobody above", "a line manager"])
async def test_the_course_evaluation_alone_earns_nothing_in_harrow_and_asks_nothing_of_a_line_manager(
    database: Database, rules: Rulebook, managed: bool
) -> None:
    async with database.work() as work:
        alice, booking = await attended(work, rules, managed=managed)
        course = await form(work, booking, EvaluationKind.COURSE)
        await evaluations.answer(work, alice, course.id, {"satisfaction": "5"}, now=NOW, rules=rules)
        assert await issued(work, booking) is None
        assert await certificates.settle_all(work, now=NOW, rules=rules) == 0
        forms = (await work.evaluations.of_bookings([booking]))[booking]
        assert {one.kind for one in forms} == {EvaluationKind.COURSE, EvaluationKind.IMPACT}


async def test_a_comment_that_identifies_somebody_is_not_kept(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        alice, booking = await attended(work, rules)
        await answer(work, rules, alice, booking)
        comment = await form(work, booking, EvaluationKind.MANAGER)
        boss = await boss_of(work, alice)
        with pytest.raises(ServiceError) as caught:
            await evaluations.answer(work, boss, comment.id, {"manager-support": IDENTIFYING}, now=NOW, rules=rules)
        assert caught.value.code == "answer-identifies"
        assert (await form(work, booking, EvaluationKind.MANAGER)).answered_at is None


async def test_a_delegate_cannot_comment_on_themselves(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        alice, booking = await attended(work, rules)
        await answer(work, rules, alice, booking)
        comment = await form(work, booking, EvaluationKind.MANAGER)
        with pytest.raises(NotFound):
            await evaluations.answer(work, alice, comment.id, {"manager-seen": "A little"}, now=NOW, rules=rules)


async def test_the_comment_goes_to_whoever_manages_them_now(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        alice, booking = await attended(work, rules)
        await answer(work, rules, alice, booking)
        new = await add_person(work, "Newboss")
        await work.people.change(alice.id, line_manager_id=new.id)
        assert await work.evaluations.follow_line_managers() == 1
        assert await work.evaluations.follow_line_managers() == 0
        assert (await form(work, booking, EvaluationKind.MANAGER)).person_id == new.id


async def test_the_office_verifies_a_number_and_sees_a_mistyped_one(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        alice, booking = await attended(work, rules, managed=False)
        await answer(work, rules, alice, booking)
        found = await issued(work, booking)
        assert found is not None
        verified = await certificates.verify(work, f" {found.number.lower()} ")
        assert (verified.person.name, verified.booking.id) == ("Alice", booking)
        with pytest.raises(NotFound) as mistyped:
            await certificates.verify(work, found.number.replace("2027", "2028"))
        with pytest.raises(NotFound) as unknown:
            await certificates.verify(work, number_of(99_999, NOW.date(), rules))
        assert (mistyped.value.code, unknown.value.code) == ("certificate-mistyped", "certificate-unknown")


def test_any_one_wrong_digit_and_any_swap_of_neighbours_shows(rules: Rulebook) -> None:
    number = number_of(42, NOW.date(), rules)
    assert written_well(number)
    head = len("HARROW-")
    for at in range(head, len(number)):
        for digit in "0123456789":
            wrong = number[:at] + digit + number[at + 1 :]
            assert wrong == number or not number[at].isdigit() or not written_well(wrong)
        swapped = number[:at] + number[at : at + 2][::-1] + number[at + 2 :]
        assert swapped == number or not written_well(swapped)


async def test_only_their_own_certificate_is_sent_again(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        alice, booking = await attended(work, rules, managed=False)
        await answer(work, rules, alice, booking)
        found = await issued(work, booking)
        assert found is not None
        before = sum((await work.notices.counts()).values())
        for _ in range(2):
            await certificates.send_again(work, alice, found.id, now=NOW, rules=rules)
        assert sum((await work.notices.counts()).values()) == before + 1
        with pytest.raises(NotFound):
            await certificates.send_again(work, await add_person(work, "Eve"), found.id, now=NOW, rules=rules)


async def test_a_certificate_counts_only_while_the_register_says_attended(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        alice, booking_id = await attended(work, rules, managed=False)
        await answer(work, rules, alice, booking_id)
        found, booking = await issued(work, booking_id), await work.bookings.by_id(booking_id)
        assert found is not None
        assert booking is not None

        await work.bookings.move(booking, BookingState.DID_NOT_ATTEND)

        with pytest.raises(NotFound) as void:
            await certificates.verify(work, found.number)
        assert void.value.code == "certificate-void"
        with pytest.raises(NotFound):
            await certificates.send_again(work, alice, found.id, now=NOW, rules=rules)
        assert await work.certificates.of_person(alice.id) == []

        absent = await work.bookings.by_id(booking_id)
        assert absent is not None
        await work.bookings.move(absent, BookingState.ATTENDED)
        assert (await certificates.verify(work, found.number)).certificate == found


async def test_history_is_not_certified_by_itself(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        alice, booking = await attended(work, rules, managed=False)
        impact = await form(work, booking, EvaluationKind.IMPACT)
        await work.evaluations.answer(impact.id, USED, NOW)
        assert await certificates.settle_all(work, now=NOW + timedelta(days=121), rules=rules) == 0
        assert await certificates.settle_all(work, now=NOW + timedelta(days=119), rules=rules) == 1
        assert (await work.bookings.by_id(booking)) is not None
        assert alice.active


async def test_who_did_not_attend_earns_nothing(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        alice, booking_id = await attended(work, rules, managed=False)
        booking = await work.bookings.by_id(booking_id)
        assert booking is not None
        await work.bookings.move(booking, BookingState.DID_NOT_ATTEND)
        impact = await form(work, booking_id, EvaluationKind.IMPACT)
        await evaluations.answer(work, alice, impact.id, USED, now=NOW, rules=rules)
        assert await issued(work, booking_id) is None


async def test_snoozed_twice_is_one_week_from_today(database: Database, rules: Rulebook) -> None:
    async with database.work() as work:
        alice, booking = await attended(work, rules)
        impact = await form(work, booking, EvaluationKind.IMPACT)
        until = [await evaluations.snooze(work, alice, impact.id, now=NOW, rules=rules) for _ in range(2)]
        assert until == [NOW.date() + timedelta(days=7)] * 2
        deeds = await work.events.about("evaluation", [impact.id])
        assert [(one.verb, one.actor_id, one.detail) for one in deeds] == [
            ("snoozed", alice.id, {"until": "2027-01-22"})
        ]
        await answer(work, rules, alice, booking)
        with pytest.raises(ServiceError) as caught:
            await evaluations.snooze(work, alice, impact.id, now=NOW, rules=rules)
        assert caught.value.code == "evaluation-answered"
