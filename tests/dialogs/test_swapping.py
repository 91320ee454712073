"""Another date instead of the one that is booked, asked for in words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.work import Database
from tests.dialogs.places_chat import DAY, FORUM, LADO, a_chat_with_people
from tests.dialogs.training_chat import Chat


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Alice is booked on the first of two forums."""
    chat = await a_chat_with_people(database)
    first = await chat.date_of(FORUM, DAY)
    await chat.date_of(FORUM, DAY + timedelta(days=100))
    await chat.send("Alice", "session.book", session=first)
    return chat


@pytest.mark.parametrize(
    "words",
    [
        "can i change the date of my forum",
        "move my forum booking to may",
        "can i swap to the may one",
        "move me to another date",
        "change my booking",
        "reschedule my forum",
        "please can I move to a different date",
    ],
)
async def test_who_wants_another_date_keeps_the_place_and_reads_the_others(chat: Chat, words: str) -> None:
    said = await chat.say("Alice", words)
    assert "I have changed nothing" in said
    assert "Cancel your place" not in said
    assert "1. " in said
    assert "Friday 14 May 2027" in said
    assert "book the new date first" in said
    assert "You are booked" in await chat.say("Alice", "1")
    assert (await chat.say("Alice", "my bookings")).count("Booked") == 2


async def test_without_another_date_that_is_said(chat: Chat) -> None:
    lado = await chat.date_of(LADO, DAY + timedelta(days=1))
    await chat.send("Bob", "session.book", session=lado)
    assert "No other date of it is open" in await chat.say("Bob", "change the date of my lado course")


async def test_several_courses_are_asked_about_and_other_changes_are_not_meant(chat: Chat) -> None:
    await chat.send("Alice", "session.book", session=await chat.date_of(LADO, DAY + timedelta(days=1)))
    assert "For which course do you want another date?" in await chat.say("Alice", "move me to another date")
    assert "Friday 14 May 2027" in await chat.say("Alice", "change the date of my forum")
    for words in (
        "the family has moved to another borough",
        "change the course of action",
        "swap my place with a colleague",
        "how do i change my mind about a referral",
    ):
        assert "I have changed nothing" not in await chat.say("Alice", words)
