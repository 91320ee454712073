"""What difference a challenge made: only what is meant as an answer closes it, and not before it was read back."""

from __future__ import annotations

import pytest

from services.model import Challenge, ChallengeState, Role
from services.work import Database
from tests.dialogs.guidance.escalation_chat import Chat

IMPACT = "A strategy meeting was held within a day"


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Alice is asked what difference her challenge made."""
    chat = Chat(database)
    await chat.person("Alice", agency="secondary-school", roles=[Role.DSL])
    for words in ("log a challenge", "MASH", "1", "last thursday", "1", "skip", "yes", "C-1", "outcome", "1"):
        reply = await chat.say("Alice", words)
    assert "What difference did C-1 make" in reply.text
    return chat


async def the_challenge(chat: Chat) -> Challenge:
    (challenge,) = await chat.challenges()
    return challenge


@pytest.mark.parametrize(
    "words",
    [
        "no idea",
        "not sure yet",
        "too soon to say",
        "nothing yet",
        "later please",
        "not yet known",
        "dont know yet",
        "I don’t know yet.",
        "ask me later",
        "it's far too early to tell",
    ],
)
async def test_who_cannot_say_yet_is_asked_again_later(chat: Chat, words: str) -> None:
    assert "I will ask you again" in (await chat.say("Alice", words)).text
    challenge = await the_challenge(chat)
    assert (challenge.state, challenge.impact) == (ChallengeState.SETTLED, None)

    assert "What difference did C-1 make" in (await chat.say("Alice", "C-1")).text
    await chat.say("Alice", IMPACT)
    assert "the challenge is closed" in (await chat.say("Alice", "yes")).text


@pytest.mark.parametrize("words", ["ok", "yes", "no", "fine", "hello", "thanks"])
async def test_a_courtesy_is_no_impact_and_the_question_stands(chat: Chat, words: str) -> None:
    await chat.say("Alice", words)
    assert (await the_challenge(chat)).impact is None

    assert IMPACT in (await chat.say("Alice", IMPACT)).text


async def test_an_impact_may_be_put_in_other_words_before_it_is_recorded(chat: Chat) -> None:
    await chat.say("Alice", "the weather is nice")
    assert (await the_challenge(chat)).impact is None
    assert IMPACT in (await chat.say("Alice", IMPACT)).text

    assert "the challenge is closed" in (await chat.say("Alice", "yes please")).text
    assert (await the_challenge(chat)).impact == IMPACT


@pytest.mark.parametrize(
    "words",
    [
        "which challenges are late",
        "challenges by subject",
        "show me challenges without impact",
        "list all challenges of this year",
        "who is dealing with the late ones",
    ],
)
@pytest.mark.parametrize("before", [[], ["the weather is nice"]])
async def test_a_question_or_an_order_is_no_impact_and_a_yes_after_it_records_none(
    chat: Chat, before: list[str], words: str
) -> None:
    for one in before:
        await chat.say("Alice", one)
    assert "Record this as the impact" not in (await chat.say("Alice", words)).text
    await chat.say("Alice", "yes")
    assert (await the_challenge(chat)).state is ChallengeState.SETTLED


@pytest.mark.parametrize(
    "words",
    [
        "challenges with the MASH are now answered sooner",
        "is now part of our induction",
        "how to refer is now known in every team",
        "open talks are held each month by both teams",
    ],
)
async def test_an_impact_that_begins_like_an_order_or_a_question_is_read_back(chat: Chat, words: str) -> None:
    assert f"“{words}”" in (await chat.say("Alice", words)).text


async def test_no_to_what_was_read_back_asks_again(chat: Chat) -> None:
    await chat.say("Alice", "the weather is nice")
    assert "What difference did C-1 make" in (await chat.say("Alice", "no")).text
    assert "What difference did C-1 make" in (await chat.say("Alice", "yes")).text
    assert (await the_challenge(chat)).impact is None


async def test_who_leaves_before_the_yes_is_told_that_nothing_is_recorded(chat: Chat) -> None:
    await chat.say("Alice", IMPACT)
    assert "impact is not recorded" in (await chat.say("Alice", "my bookings")).text


@pytest.mark.parametrize("words", ["hello", "ok", "not yet"])
async def test_a_remark_in_the_field_of_the_card_is_no_impact(chat: Chat, words: str) -> None:
    told = await chat.press("Alice", "challenge.impact", challenge=1, impact=words)
    assert "what difference it made" in told.text
    assert (await the_challenge(chat)).state is ChallengeState.SETTLED
