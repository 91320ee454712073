"""A challenge that is open is moved on and ended by words that do not name it, and read back before that is done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dialogs.challenges.onward import is_over, moves_on
from services.model import Challenge, Role
from services.work import Database
from tests.dialogs.guidance.escalation_chat import Chat

LOG = ("log a challenge", "MASH", "1", "last thursday", "1", "skip", "yes")


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Alice has logged C-1, at stage 1 since Thursday 19 November."""
    chat = Chat(database)
    await chat.person("Alice", agency="secondary-school", roles=[Role.DSL])
    for words in LOG:
        await chat.say("Alice", words)
    await chat.say("Alice", "my bookings")
    return chat


async def the_challenge(chat: Chat) -> Challenge:
    (challenge,) = await chat.challenges()
    return challenge


MOVES = [
    "escalate to stage 2",
    "please escalate it to the next stage",
    "move it to stage two",
    "we need to take this further",
    "they have answered but we still disagree",
    "MASH replied and we don't agree with it",
    "they came back to us, still no agreement",
    "we still disagree",
]
OVER = ["it was resolved", "It's settled now.", "the challenge has been resolved", "we resolved it", "that's sorted"]
NEITHER = [
    "what happens at stage 2",
    "can we escalate to stage 2?",
    "how do I escalate to the next stage",
    "was it resolved?",
    "escalate since monday",
    "the school resolved its staffing",
    "we disagree about the lunch break",
    "move my booking to the next date",
    "take this course further afield",
]


@pytest.mark.parametrize("words", MOVES)
def test_words_that_take_it_to_the_next_stage(words: str) -> None:
    assert moves_on(words)
    assert not is_over(words)


@pytest.mark.parametrize("words", OVER)
def test_words_that_say_it_is_over(words: str) -> None:
    assert is_over(words)
    assert not moves_on(words)


@pytest.mark.parametrize("words", NEITHER)
def test_words_that_say_nothing_of_a_challenge_of_theirs(words: str) -> None:
    assert not moves_on(words)
    assert not is_over(words)


@pytest.mark.parametrize("words", [*MOVES, "C-1 escalate", "escalate C-1"])
async def test_the_one_that_is_open_moves_after_a_yes_and_no_second_is_logged(chat: Chat, words: str) -> None:
    assert "Move C-1 to stage 2" in (await chat.say("Alice", words)).text
    assert (await the_challenge(chat)).stage == 1
    assert "C-1 has moved to stage 2" in (await chat.say("Alice", "yes")).text
    assert (await the_challenge(chat)).stage == 2


async def test_the_day_that_was_said_is_read_back_and_kept(chat: Chat) -> None:
    said = (await chat.say("Alice", "escalate to stage 2 since yesterday")).text
    assert "Move C-1 to stage 2" in said
    assert "from Tuesday 24 November 2026?" in said
    await chat.say("Alice", "yes")
    assert (await the_challenge(chat)).stage_since == date(2026, 11, 24)


@pytest.mark.parametrize("words", OVER)
async def test_how_the_one_that_is_open_ended_is_asked(chat: Chat, words: str) -> None:
    assert "How did C-1 end?" in (await chat.say("Alice", words)).text


@pytest.mark.parametrize("words", ["escalate to stage 3", "escalate to stage 1"])
async def test_a_stage_that_does_not_follow_is_that_of_another_challenge(chat: Chat, words: str) -> None:
    assert "Move C-1" not in (await chat.say("Alice", words)).text


@pytest.mark.parametrize(("words", "asked"), [("we still disagree", "Move C-2 to"), ("it was resolved", "How did C-2")])
async def test_of_several_it_is_asked_which(chat: Chat, words: str, asked: str) -> None:
    chat.now += timedelta(minutes=1)
    for said in ("log a challenge", "MASH", "2", "yesterday", "2", "skip", "yes", "my bookings"):
        await chat.say("Alice", said)
    listed = (await chat.say("Alice", words)).text
    assert "Which of your challenges do you mean?" in listed
    number = next(line[0] for line in listed.splitlines() if "C-2" in line)
    assert asked in (await chat.say("Alice", number)).text


@pytest.mark.parametrize("words", [*MOVES, *OVER])
async def test_who_has_none_open_is_answered_as_before(chat: Chat, words: str) -> None:
    await chat.person("Bob", agency="cnwl")
    said = (await chat.say("Bob", words)).text
    assert "C-1" not in said


@pytest.mark.parametrize(("stage", "label"), [("1", "Disagreed on"), ("2", "Stage 1 ended on")])
async def test_the_first_day_is_called_what_it_was_asked_for(database: Database, stage: str, label: str) -> None:
    chat = Chat(database)
    await chat.person("Alice", agency="secondary-school")
    for words in ("log a challenge", "MASH", stage, "yesterday", "1", "skip", "yes"):
        reply = await chat.say("Alice", words)
    assert f"'{label}'" in str(reply.card)
    assert ("'Disagreed on'" in str(reply.card)) is (stage == "1")


async def test_a_question_is_kept_as_no_note(database: Database) -> None:
    chat = Chat(database)
    await chat.person("Alice", agency="secondary-school")
    for words in LOG[:-2]:
        await chat.say("Alice", words)
    said = (await chat.say("Alice", "who reads this note")).text
    assert "you and the partnership manager see it" in said
    assert "anything to add" in said
    assert not await chat.challenges()
