"""Challenges moved on by words that name them, whatever question of ours is open."""

from __future__ import annotations

import pytest

from services.model import Challenge, Role
from services.work import Database
from tests.dialogs.escalation_chat import Chat


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Alice has logged C-1, at stage 1 since Thursday 19 November."""
    chat = Chat(database)
    await chat.person("Alice", agency="secondary-school", roles=[Role.DSL])
    for words in ("log a challenge", "MASH", "1", "last thursday", "1", "skip"):
        await chat.say("Alice", words)
    return chat


async def the_challenge(chat: Chat) -> Challenge:
    (challenge,) = await chat.challenges()
    return challenge


@pytest.mark.parametrize("before", [["my bookings"], ["C-1", "outcome"]])
@pytest.mark.parametrize(
    "words", ["C1 moved to stage 2", "move C-1 to stage 2", "challenge 1 has gone to the next stage"]
)
async def test_a_challenge_that_is_named_moves_whatever_was_asked(chat: Chat, before: list[str], words: str) -> None:
    for said in before:
        await chat.say("Alice", said)

    assert "Move C-1 to stage 2" in (await chat.say("Alice", words)).text
    assert "C-1 has moved to stage 2" in (await chat.say("Alice", "today")).text
    assert (await the_challenge(chat)).stage == 2
    assert "Stage 2" in (await chat.say("Alice", "my challenges")).text


async def test_the_day_on_which_it_moved_may_be_said_at_once(chat: Chat) -> None:
    assert "C-1 has moved to stage 2" in (await chat.say("Alice", "C-1 moved to stage 2 yesterday")).text


@pytest.mark.parametrize("words", ["C1 moved to stage 3", "C-1 moved to stage 1 today", "C-1 is at stage 2?"])
async def test_a_stage_that_is_not_the_next_one_moves_nothing(chat: Chat, words: str) -> None:
    assert "Type “next stage” if" in (await chat.say("Alice", words)).text
    assert (await the_challenge(chat)).stage == 1
