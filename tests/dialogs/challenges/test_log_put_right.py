"""What was answered while a challenge is logged, and put right before it is: afterwards it stays as it is."""

from __future__ import annotations

from datetime import date

import pytest

from services.model import Challenge, Role
from services.work import Database
from tests.dialogs.guidance.escalation_chat import Chat

READ_BACK = "This is what I will log."


@pytest.fixture
async def chat(database: Database) -> Chat:
    chat = Chat(database)
    await chat.person("Alice", agency="secondary-school", roles=[Role.DSL])
    return chat


async def say_all(chat: Chat, *words: str) -> str:
    """What is answered to the last of these words."""
    said = ""
    for one in words:
        said = (await chat.say("Alice", one)).text
    return said


async def logged(chat: Chat) -> Challenge:
    (challenge,) = await chat.challenges()
    return challenge


@pytest.mark.parametrize(
    "words", ["actually tuesday", "no sorry, it was tuesday", "i meant tuesday", "sorry the day was tuesday"]
)
@pytest.mark.parametrize("before", [[], ["threshold"], ["threshold", "skip"]])
async def test_the_day_is_put_right_at_any_question_after_it(chat: Chat, before: list[str], words: str) -> None:
    asked = await say_all(chat, "log a challenge", "MASH", "1", "monday", *before)
    said = await say_all(chat, words)
    assert said.startswith("I have changed that.")
    assert ("So far: Secondary school; Children's Services; stage 1" in said) is (READ_BACK not in said)
    assert "Tuesday 24 November 2026" in said
    assert said.splitlines()[-1] == asked.splitlines()[-1], "and the open question is put again"
    assert "logged as C-1" in await say_all(chat, *["threshold", "skip"][len(before) :], "yes")
    challenge = await logged(chat)
    assert (challenge.raised_on, challenge.note) == (date(2026, 11, 24), None)


@pytest.mark.parametrize(
    "words", ["sorry the agency was social care", "no wait, social care", "change the agency to MASH"]
)
async def test_the_agency_is_put_right_and_is_no_note(chat: Chat, words: str) -> None:
    await say_all(chat, "log a challenge", "police", "1", "yesterday", "2", words, "skip", "yes")
    challenge = await logged(chat)
    assert (challenge.other_agency_id, challenge.note) == ("children-services", None)


async def test_an_agency_with_several_names_is_asked_about_there_too(chat: Chat) -> None:
    said = await say_all(chat, "log a challenge", "police", "1", "yesterday", "2", "sorry, the agency was school")
    assert "1. Primary school" in said
    assert "anything to add" in await say_all(chat, "1")
    await say_all(chat, "skip", "yes")
    assert (await logged(chat)).other_agency_id == "primary-school"


async def test_a_new_stage_asks_for_its_own_day(chat: Chat) -> None:
    said = await say_all(chat, "log a challenge", "police", "1", "monday", "actually stage 2")
    assert "On which day did the previous stage end?" in said
    await say_all(chat, "yesterday", "2", "skip", "yes")
    challenge = await logged(chat)
    assert (challenge.stage, challenge.stage_since) == (2, date(2026, 11, 24))


async def test_a_number_put_right_at_once_is_the_one_of_the_open_list(chat: Chat) -> None:
    assert "anything to add" in await say_all(chat, "log a challenge", "police", "1", "monday", "no, 2")
    assert "sharing information" in await say_all(chat, "they said it twice")
    assert "I have changed that" in await say_all(chat, "no, 3")
    await say_all(chat, "yes")
    assert (await logged(chat)).subject == "The outcome of an assessment"


async def test_back_goes_one_question_back_each_time(chat: Chat) -> None:
    await say_all(chat, "log a challenge", "police", "1", "monday", "2", "skip")
    for question in ("anything to add", "What is it about?", "On which day", "Which stage", "Which agency made", "own"):
        assert question in await say_all(chat, "back")
    assert "your own agency" in await say_all(chat, "go back")
    said = await say_all(chat, "camhs", "the MASH", "1", "yesterday", "1", "skip")
    assert "Children's Services: a threshold decision" in said


@pytest.mark.parametrize("words", ["no sorry", "no thanks", "nothing to add", "no, that's all", "nope"])
async def test_a_no_to_the_note_leaves_it_out(chat: Chat, words: str) -> None:
    assert "Your note" not in await say_all(chat, "log a challenge", "police", "1", "monday", "2", words)
    await say_all(chat, "yes")
    assert (await logged(chat)).note is None


async def test_a_bare_yes_is_no_note(chat: Chat) -> None:
    assert "anything to add" in await say_all(chat, "log a challenge", "police", "1", "monday", "2", "yes")


async def test_what_is_read_back_is_logged_by_a_yes_alone(chat: Chat) -> None:
    await say_all(chat, "log a challenge", "police", "1", "monday", "2", "they rang us on tuesday")
    assert "Nothing is logged yet" in await say_all(chat, "no")
    assert "I have changed that" in await say_all(chat, "tuesday")
    assert READ_BACK in await say_all(chat, "that is all rather sad")
    assert await chat.challenges() == []
    assert "No challenge was logged" in await say_all(chat, "stop")
    assert await chat.challenges() == []


@pytest.mark.parametrize(
    "note", ["sorry they never rang us back on tuesday", "no reply from the MASH", "actually a pattern"]
)
async def test_a_note_that_begins_like_a_correction_is_a_note(chat: Chat, note: str) -> None:
    said = await say_all(chat, "log a challenge", "MASH", "1", "monday", "1", note)
    assert f"Your note: “{note}”" in said
    await say_all(chat, "yes")
    challenge = await logged(chat)
    assert (challenge.note, challenge.raised_on) == (note, date(2026, 11, 23))


@pytest.mark.parametrize("words", ["its the police", "it's the police", "police", "no sorry it was the police"])
async def test_the_police_are_the_agency_of_what_is_read_back_and_no_call_for_help(chat: Chat, words: str) -> None:
    said = await say_all(chat, "log a challenge", "MASH", "1", "monday", "1", "skip", words)
    assert "Secondary school disagrees with Metropolitan Police" in said
    assert "a threshold decision" in said


@pytest.mark.parametrize("words", ["police now", "its the police we need now", "call the police"])
async def test_a_call_for_the_police_is_one_there_too(chat: Chat, words: str) -> None:
    said = await say_all(chat, "log a challenge", "MASH", "1", "monday", "1", "skip", words)
    assert said.startswith("Call 999 now")
