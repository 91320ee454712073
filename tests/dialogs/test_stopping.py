"""Who says stop, in whatever words and at whatever question, is stopped, and what they said is kept as no answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.model import EvaluationKind
from services.work import Database
from tests.dialogs.training.places_chat import DAY, FORUM, LADO, a_chat_with_people
from tests.dialogs.training.training_chat import Chat

STOPS = ["Stop.", "never mind", "forget it", "please leave it"]
NOTHING_DONE = [
    "I have booked nothing.",
    "Nothing has changed. You still have your place.",
    "All right, I have noted nothing.",
]
"""What a no does at some questions: who says stop may have meant one."""
EVALUATION_STOPPED = "I have stopped. Nothing was kept; type evaluate to start again."


@pytest.fixture
async def chat(database: Database) -> Chat:
    return await a_chat_with_people(database)


@pytest.fixture
async def form(chat: Chat) -> int:
    """The evaluation of a course that Alice owes: three marks and a remark."""
    await chat.send("Alice", "session.book", session=await chat.date_of(LADO, DAY))
    async with chat.database.work() as work:
        alice = await work.people.by_email("alice@school.example.org")
        assert alice is not None
        (booking,) = await work.bookings.active_of(alice.id, chat.now)
        await work.evaluations.owe(booking.id, alice.id, EvaluationKind.COURSE, chat.now.date())
        found = await work.evaluations.of_bookings([booking.id])
        await work.commit()
    chat.now += timedelta(days=30)
    return found[booking.id][0].id


@pytest.mark.parametrize("words", [*STOPS, "Later."])
@pytest.mark.parametrize("answered", [1, 3])
async def test_an_evaluation_is_stopped_at_a_mark_and_at_its_last_question(
    chat: Chat, form: int, words: str, answered: int
) -> None:
    await chat.send("Alice", "evaluation.open", evaluation=form)
    for _ in range(answered):
        said = await chat.say("Alice", "4")
    assert f"Question {answered + 1} of 4" in said
    assert await chat.say("Alice", words) == EVALUATION_STOPPED
    async with chat.database.reading() as work:
        kept = await work.evaluations.by_id(form)
    assert kept is not None
    assert kept.answered_at is None


async def test_a_question_of_an_evaluation_is_left_out_with_a_full_stop_too(chat: Chat, form: int) -> None:
    await chat.send("Alice", "evaluation.open", evaluation=form)
    for words in ("4", "4", "4", "Skip."):
        await chat.say("Alice", words)
    async with chat.database.reading() as work:
        kept = await work.evaluations.by_id(form)
    assert kept is not None
    assert kept.answers == {"satisfaction": "4", "relevance": "4", "knowledge": "4"}


@pytest.mark.parametrize("words", STOPS)
async def test_a_challenge_is_not_logged_with_a_stop_as_its_note(chat: Chat, words: str) -> None:
    for before in ("log a challenge", "CNWL", "1", "last thursday", "1"):
        said = await chat.say("Alice", before)
    assert "anything to add" in said
    assert await chat.say("Alice", words) == "I have stopped. No challenge was logged."
    async with chat.database.reading() as work:
        assert await work.challenges.by_ids([1]) == {}


@pytest.mark.parametrize("words", STOPS)
async def test_a_stop_is_no_impact_of_a_challenge(chat: Chat, words: str) -> None:
    for before in ("log a challenge", "CNWL", "1", "last thursday", "1", "skip", "yes", "C-1", "outcome", "1"):
        said = await chat.say("Alice", before)
    assert "What difference did C-1 make" in said
    assert "I will ask you again" in await chat.say("Alice", words)


@pytest.mark.parametrize("words", STOPS)
@pytest.mark.parametrize(
    ("before", "says"),
    [
        (["done BO-01"], "I have stopped. Nothing has changed."),
        (["more time BO-01"], "I have stopped. Nothing has changed."),
        (["book dsl forum"], "I have stopped. Nothing has changed."),
        (["courses"], "I have stopped. Nothing has changed."),
        (["training on hoarding"], "I have stopped. Nothing has changed."),
        (["book dsl forum", "yes", "cancel forum"], "I have stopped. Nothing has changed."),
        (["walk me through the thresholds"], "I have stopped. Nothing was kept."),
        (["walk me through the thresholds", "1"], "I have stopped. Nothing was kept."),
        (["escalate"], "I have stopped. Nothing was kept."),
        (["ask a person"], "I have sent nothing."),
        (["ask a person", "who signs the form?"], "I have sent nothing."),
    ],
)
async def test_what_is_under_way_is_never_called_nothing(chat: Chat, before: list[str], says: str, words: str) -> None:
    await chat.date_of(FORUM, DAY)
    async with chat.database.work() as work:
        alice = await work.people.by_email("alice@school.example.org")
        assert alice is not None
        await work.actions.add(ref="BO-01", plan_id="plan", action="Do it", owner_id=alice.id, due_on=DAY)
        await work.commit()
    for one in before:
        await chat.say("Alice", one)
    said = await chat.say("Alice", words)
    assert said in (says, *NOTHING_DONE), said
    assert "Nothing is under way" in await chat.say("Alice", words)
