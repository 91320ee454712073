"""What was not answered, training that is asked for, and when a message may arrive."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services import questions, related
from services.awake import when_awake
from services.errors import ServiceError
from services.model import BookingState, GapReason, Session
from services.rulebook import Rulebook
from services.work import Database, Work
from tests.builders import IDENTIFYING, add_booking, add_person, add_session
from tests.services.harrow import harrow_rules


@pytest.fixture
def rules() -> Rulebook:
    return harrow_rules()


async def note(work: Work, question: str, now: datetime, rules: Rulebook, topic: str = "") -> bool:
    return await questions.note_unanswered(work, question, GapReason.UNSURE, topic=topic, now=now, rules=rules)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("  What IS level 3?!", "what is level 3"),
        ("What’s a CIN plan", "what's a cin plan"),
        ("step-up, or step-down?", "step-up or step-down"),
        ("???", ""),
        ("word " * 70, ""),
    ],
)
def test_the_same_question_folds_to_the_same_words(written: str, folded: str) -> None:
    assert questions.fold(written) == folded


async def test_questions_are_counted_by_their_words_and_their_nearest_topic(
    database: Database, now: datetime, rules: Rulebook
) -> None:
    async with database.work() as work:
        for text in ("Drones?", "drones", "DRONES!", "kites"):
            await note(work, text, now, rules, "neglect")
        await note(work, "drones", now, rules)
        found = await questions.unanswered(work, rules, now=now, weeks=1)

    assert [(gap.question, gap.topic, gap.how_many) for gap in found] == [
        ("drones", "neglect", 3),
        ("drones", "", 1),
        ("kites", "neglect", 1),
    ]


async def test_what_could_identify_somebody_is_not_counted_and_not_kept(
    database: Database, now: datetime, rules: Rulebook
) -> None:
    async with database.work() as work:
        assert not await note(work, IDENTIFYING, now, rules)
        assert await questions.unanswered(work, rules, now=now, weeks=1) == []


async def test_a_story_is_counted_without_its_words(database: Database, now: datetime, rules: Rulebook) -> None:
    async with database.work() as work:
        await note(work, "and then they said that " * 20, now, rules, "neglect")
        (gap,) = await questions.unanswered(work, rules, now=now, weeks=1)

    assert (gap.question, gap.topic) == ("", "neglect")


async def test_weeks_add_up_and_old_ones_drop_out(database: Database, now: datetime, rules: Rulebook) -> None:
    async with database.work() as work:
        for weeks in (0, 1, 3, 4):
            await note(work, "drones", now - timedelta(weeks=weeks), rules)
        (gap,) = await questions.unanswered(work, rules, now=now, weeks=4)

    assert gap.how_many == 3
    assert (gap.first_at, gap.last_at) == (now - timedelta(weeks=3), now)


async def ask_about(work: Work, topic: str, times: int, now: datetime, rules: Rulebook) -> None:
    for _ in range(times):
        await questions.note_asked(work, topic, now=now, rules=rules)


async def course_on(work: Work, course: str, starts: datetime, capacity: int = 5) -> Session:
    session = await add_session(work, starts, capacity=capacity, ref=f"{course}-{starts:%d%H}")
    await work.sessions.change(session.id, course_id=course)
    found = await work.sessions.by_id(session.id)
    assert found is not None
    return found


async def test_what_is_asked_about_often_without_an_open_date_is_in_demand(
    database: Database, now: datetime, rules: Rulebook
) -> None:
    async with database.work() as work:
        await ask_about(work, "domestic-abuse", 4, now, rules)
        await ask_about(work, "radicalisation", 3, now, rules)
        await ask_about(work, "fgm", 2, now, rules)
        await ask_about(work, "who-to-call", 9, now, rules)
        before = await related.demand(work, rules, now=now)
        await course_on(work, "domestic-abuse-foundation", now + timedelta(days=9))
        after = await related.demand(work, rules, now=now)
        in_five_weeks = await related.demand(work, rules, now=now + timedelta(weeks=5))

    assert [(one.topic, one.asks) for one in before] == [("domestic-abuse", 4), ("radicalisation", 3)]
    assert "Domestic Abuse Foundation" in [course.title for course in before[0].courses]
    assert [one.topic for one in after] == ["radicalisation"]
    assert in_five_weeks == []


async def test_a_full_session_does_not_still_demand(database: Database, now: datetime, rules: Rulebook) -> None:
    async with database.work() as work:
        await ask_about(work, "domestic-abuse", 3, now, rules)
        session = await course_on(work, "domestic-abuse-foundation", now + timedelta(days=9), capacity=1)
        assert await related.demand(work, rules, now=now) == []
        await add_booking(work, await add_person(work), session, now)
        (wanted,) = await related.demand(work, rules, now=now)
        assert wanted.full_on == (now + timedelta(days=9)).date(), "there is a date, and it is full"


async def test_the_soonest_session_with_places_that_one_is_not_booked_on_is_offered(
    database: Database, now: datetime, rules: Rulebook
) -> None:
    async with database.work() as work:
        alice, bob = await add_person(work, "Alice"), await add_person(work, "Bob")
        full = await course_on(work, "domestic-abuse-foundation", now + timedelta(days=3), capacity=1)
        await add_booking(work, bob, full, now)
        mine = await course_on(work, "domestic-abuse-foundation", now + timedelta(days=5))
        await add_booking(work, alice, mine, now, state=BookingState.BOOKED)
        later = await course_on(work, "domestic-abuse-foundation", now + timedelta(days=9))

        found = [await related.session_on(work, rules, "domestic-abuse", one, now=now) for one in (alice, bob, None)]
        nothing = await related.session_on(work, rules, "who-to-call", alice, now=now)

    assert [one and one.id for one in found] == [later.id, mine.id, mine.id]
    assert nothing is None


@pytest.mark.parametrize(
    ("moment", "awake"),
    [
        pytest.param("2027-01-15T11:00", "2027-01-15T11:00", id="in working hours"),
        pytest.param("2027-01-15T06:30", "2027-01-15T08:00", id="early in the morning"),
        pytest.param("2027-01-15T21:00", "2027-01-18T08:00", id="Friday night"),
        pytest.param("2027-01-16T11:00", "2027-01-18T08:00", id="Saturday"),
        pytest.param("2027-06-15T05:00", "2027-06-15T07:00", id="early in summer, an hour ahead of UTC"),
        pytest.param("2026-12-24T20:00", "2026-12-29T08:00", id="Christmas, with its substitute day"),
    ],
)
def test_what_need_not_wake_anybody_waits_for_the_morning(rules: Rulebook, moment: str, awake: str) -> None:
    def utc(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    assert when_awake(rules, utc(moment)) == utc(awake)


async def test_who_said_whether_an_answer_helped_is_kept_with_its_topic(
    database: Database, now: datetime, rules: Rulebook
) -> None:
    async with database.work() as work:
        alice = await add_person(work, "Alice")
        await questions.say_if_helped(work, "neglect", alice, helped=True, now=now, rules=rules)
        await questions.say_if_helped(work, "neglect", None, helped=False, now=now, rules=rules)
        with pytest.raises(ServiceError, match="stale-card"):
            await questions.say_if_helped(work, "of an older card", alice, helped=True, now=now, rules=rules)
        kept = await work.events.about("answer", [0])

    assert [(one.verb, one.actor_id, one.detail) for one in kept] == [
        ("helped", alice.id, {"topic": "neglect"}),
        ("did-not-help", None, {"topic": "neglect"}),
    ]
