"""Changing one's mind on the date or the course that was just shown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.work import Database
from tests.dialogs.places_chat import DAY, FORUM, LADO, a_chat_with_people
from tests.dialogs.training_chat import Chat


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Two forums and a LADO course; the first forum is shown to Alice."""
    chat = await a_chat_with_people(database)
    await chat.date_of(FORUM, DAY)
    await chat.date_of(FORUM, DAY + timedelta(days=100))
    await chat.date_of(LADO, DAY + timedelta(days=1))
    assert "Wednesday 3 February 2027" in await chat.say("Alice", "book dsl forum")
    return chat


@pytest.mark.parametrize("words", ["actually the may one", "no, the one in May instead", "sorry, the may one please"])
async def test_another_date_of_the_same_course_is_shown_and_booked(chat: Chat, words: str) -> None:
    said = await chat.say("Alice", words)
    assert "Friday 14 May 2027" in said
    assert "3 February" not in said
    said = await chat.say("Alice", "yes")
    assert "Friday 14 May 2027" in said
    assert "DSL forum" in said


@pytest.mark.parametrize("words", ["no, lado instead", "actually lado", "the lado course instead please"])
async def test_another_course_is_shown_and_booked(chat: Chat, words: str) -> None:
    assert "Managing Allegations (LADO), Thursday 4 February 2027" in await chat.say("Alice", words)
    assert "Managing Allegations (LADO), Thursday 4 February 2027" in await chat.say("Alice", "yes")


async def test_a_plain_no_and_a_question_are_no_change_of_mind(chat: Chat) -> None:
    said = await chat.say("Alice", "actually what is a lado referral")
    assert "To book it for yourself" not in said
    await chat.say("Alice", "book dsl forum")
    assert "booked nothing" in await chat.say("Alice", "no")
