"""A challenge that is left half logged, and gone on with."""

from __future__ import annotations

import pytest

from services.model import Person, Role
from services.work import Database
from tests.dialogs.guidance.escalation_chat import FIELDS, Chat


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


@pytest.fixture
async def alice(chat: Chat) -> Person:
    return await chat.person("Alice", agency="secondary-school", roles=[Role.DSL])


KEPT = "Your answers so far are kept, but no challenge is logged: type log a challenge to carry on with it."


@pytest.mark.parametrize("words", ["my bookings", "my challenges", "they said he is 17 now", "what is level 3 then"])
async def test_a_challenge_left_half_logged_is_kept_and_gone_on_with(chat: Chat, alice: Person, words: str) -> None:
    for said in ("log a challenge", "the MASH", "1", "yesterday", "1"):
        await chat.say("Alice", said)
    left = (await chat.say("Alice", words)).text
    assert left.endswith(KEPT) is ("level 3" not in words)  # a question in between leaves nothing
    assert left.startswith("Call 999 now") is ("17 now" in words)
    assert await chat.challenges() == []
    said = (await chat.say("Alice", "log a challenge")).text
    assert (
        "kept: Secondary school; Children's Services; stage 1, Practitioner to practitioner; Tuesday 24 November"
        in said
    )
    assert said.endswith("Type “skip” to leave it out.")
    assert "This is what I will log" in (await chat.say("Alice", "skip")).text
    assert "logged as C-1" in (await chat.say("Alice", "yes")).text
    assert "Which agency made the decision" in (await chat.say("Alice", "log a challenge")).text


async def test_a_challenge_left_is_gone_on_with_as_people_say_it_or_begun_anew(chat: Chat, alice: Person) -> None:
    for words in ("log a challenge", "the MASH", "my bookings"):
        await chat.say("Alice", words)
    assert "This is what comes next.\nWhich stage is it at?" in (await chat.say("Alice", "carry on")).text
    said = (await chat.say("Alice", "new challenge")).text
    assert "Which agency made the decision" in said
    assert said.endswith("Your answers so far were not kept.")
    for words in ("the police", "my bookings"):
        await chat.say("Alice", words)
    said = (await chat.say("Alice", "log a challenge about stage 2")).text
    assert "Which of these" not in said
    assert "kept: Secondary school; Metropolitan Police" in said
    for words in ("my bookings", "log a new challenge"):
        said = (await chat.say("Alice", words)).text
    assert "Which agency made the decision" in said
    assert "are kept" not in said


@pytest.mark.parametrize(
    "words",
    [
        "carry on with my challenge",
        "finish my challenge",
        "ok back to the challenge please",
        "continue logging the challenge",
    ],
)
async def test_a_challenge_left_half_logged_is_gone_on_with_by_its_name_and_stands_by_the_list(
    chat: Chat, alice: Person, words: str
) -> None:
    for said in ("log a challenge", "the MASH", "1", "my bookings"):
        await chat.say("Alice", said)
    half = "One more is half logged: Secondary school; Children's Services; stage 1, Practitioner to practitioner."
    assert half in (await chat.say("Alice", "my challenges")).text
    said = (await chat.say("Alice", words)).text
    assert "are kept: Secondary school; Children's Services" in said
    assert said.endswith("a weekday, or a date such as 12 March.")


async def test_a_challenge_left_just_now_is_told_of_once_beside_the_list(chat: Chat, alice: Person) -> None:
    for said in ("log a challenge", "the MASH"):
        await chat.say("Alice", said)
    listed = (await chat.say("Alice", "my challenges")).text
    assert listed.count("log a challenge to carry on with it") == 1
    await chat.say("Alice", "log a new challenge")
    await chat.say("Alice", "stop")
    assert "half logged" not in (await chat.say("Alice", "my challenges")).text


async def test_a_challenge_that_was_stopped_or_logged_by_its_card_is_not_gone_on_with(
    chat: Chat, alice: Person
) -> None:
    for words in ("log a challenge", "the MASH", "stop"):
        await chat.say("Alice", words)
    assert "are kept" not in (await chat.say("Alice", "log a challenge")).text
    for words in ("the MASH", "my bookings"):
        await chat.say("Alice", words)
    # the form that its card carries: when it was opened
    card = FIELDS | {"form": chat.now.isoformat()}
    assert "logged as C-1" in (await chat.press("Alice", "challenge.log", **card)).text
    assert "are kept" not in (await chat.say("Alice", "log a challenge")).text


async def test_a_challenge_of_another_stage_after_the_timetable_is_a_new_one_and_that_is_said(
    chat: Chat, alice: Person
) -> None:
    anew = "what you had chosen for another challenge before is not kept"
    for words in ("log a challenge", "the MASH", "1", "yesterday", "my bookings"):
        await chat.say("Alice", words)
    said = (await chat.press("Alice", "challenge.log-ask", stage=2, since="2026-11-20")).text
    assert anew in said
    assert "are kept" not in said
    assert "Which agency made the decision" in said
    assert anew not in (await chat.say("Alice", "log a challenge")).text


@pytest.mark.parametrize("before", [[], ["a joint response", "skip"]])
async def test_thresholds_are_a_subject_wherever_one_may_be_named(chat: Chat, alice: Person, before: list[str]) -> None:
    for words in ("log a challenge", "the MASH", "1", "yesterday", *before, "thresholds"):
        said = (await chat.say("Alice", words)).text
    assert "anything to add" in said or "Children's Services: a threshold decision" in said


async def test_stop_says_of_what_it_ends_that_nothing_is_kept_and_of_the_challenge_left_before_that_it_is(
    chat: Chat, alice: Person
) -> None:
    for words in ("log a challenge", "the MASH", "1", "yesterday", "1", "skip", "escalate"):
        await chat.say("Alice", words)
    said = (await chat.say("Alice", "stop")).text
    assert said.endswith(
        "Only the challenge that you left half logged is still kept: type log a challenge to carry on with it."
    )
    assert "Is that right?" in (await chat.say("Alice", "log a challenge")).text, "that there is no note is kept too"
    assert "still kept" not in (await chat.say("Alice", "stop")).text
