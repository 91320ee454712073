"""Challenges moved on and ended by words that name them, whatever question of ours is open."""

from __future__ import annotations

import pytest

from services.model import Challenge, ChallengeOutcome, Role
from services.work import Database
from tests.dialogs.guidance.escalation_chat import Chat


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Alice has logged C-1, at stage 1 since Thursday 19 November."""
    chat = Chat(database)
    await chat.person("Alice", agency="secondary-school", roles=[Role.DSL])
    for words in ("log a challenge", "MASH", "1", "last thursday", "1", "skip"):
        await chat.say("Alice", words)
    return chat


@pytest.mark.parametrize(
    ("words", "subject"),
    [("threshold", "A threshold decision"), ("its the sharing information one", "Sharing information")],
)
async def test_what_a_challenge_is_about_is_said_by_a_word_of_the_list_and_loses_nothing(
    database: Database, words: str, subject: str
) -> None:
    chat = Chat(database)
    await chat.person("Alice", agency="secondary-school", roles=[Role.DSL])
    for said in ("log a challenge", "MASH", "1", "last thursday"):
        await chat.say("Alice", said)
    assert "anything to add" in (await chat.say("Alice", words)).text
    assert f"C-1: {subject}." in (await chat.say("Alice", "skip")).text


async def the_challenge(chat: Chat) -> Challenge:
    (challenge,) = await chat.challenges()
    return challenge


@pytest.mark.parametrize("before", [["my bookings"], ["C-1", "outcome"]])
@pytest.mark.parametrize(
    "words",
    ["C1 moved to stage 2", "move C-1 to stage 2", "challenge 1 has gone to the next stage", "please move C-1 on"],
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


@pytest.mark.parametrize(
    ("words", "outcome", "note"),
    [
        (["withdraw C-1: they agreed to look again"], ChallengeOutcome.WITHDRAWN, "they agreed to look again"),
        (["C-1 is withdrawn, they agreed to look again"], ChallengeOutcome.WITHDRAWN, "they agreed to look again"),
        (["settle C-1: the decision was changed, at once"], ChallengeOutcome.DECISION_CHANGED, "at once"),
        (["outcome C-1: 1 they looked again"], ChallengeOutcome.DECISION_CHANGED, "they looked again"),
        (["close C-1: they looked again", "hmm hmm", "3"], ChallengeOutcome.DECISION_STANDS, "they looked again"),
        (["close C-1: they looked again", "3 we see why"], ChallengeOutcome.DECISION_STANDS, "we see why"),
        (["settle C-1", "4"], ChallengeOutcome.WITHDRAWN, None),
    ],
)
async def test_what_follows_the_order_to_end_a_challenge_is_its_outcome_or_its_note(
    chat: Chat, words: list[str], outcome: ChallengeOutcome, note: str | None
) -> None:
    said = [(await chat.say("Alice", one)).text for one in words]
    assert "What difference did C-1 make" in said[-1]
    assert ("I will keep what you wrote" in said[0]) is (len(said) > 1 and note is not None)
    (challenge,) = await chat.challenges()
    assert (challenge.outcome, challenge.outcome_note) == (outcome, note)


async def test_a_note_that_is_too_long_is_refused_before_the_outcome_is_asked_for(chat: Chat) -> None:
    said = (await chat.say("Alice", f"close C-1: {'they looked again ' * 60}")).text
    assert "How did C-1 end?" not in said
    assert "500" in said


@pytest.mark.parametrize("words", ["they changed their mind and took the referral", "outcome", "it is settled"])
async def test_a_challenge_that_was_just_logged_is_the_one_that_is_spoken_of(chat: Chat, words: str) -> None:
    assert "How did C-1 end?" in (await chat.say("Alice", words)).text
    assert "What difference did C-1 make" in (await chat.say("Alice", "1")).text
    (challenge,) = await chat.challenges()
    assert challenge.outcome_note == (words if "referral" in words else None)
