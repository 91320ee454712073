"""What is promised of a challenge when it is logged, and all that its words tell: nothing that nobody can keep."""

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


async def test_a_reminder_is_promised_to_the_other_side_only_where_somebody_is_known_there(
    chat: Chat, alice: Person
) -> None:
    await chat.person("Dana", agency="children-services")
    logged = (await chat.press("Alice", "challenge.log", **FIELDS)).text
    assert "You will be reminded before each stage runs out." in logged
    assert "I know nobody at Children's Services to remind, so the partnership manager will be asked" in logged

    await chat.person("Bob", agency="children-services", roles=[Role.DSL])
    logged = (await chat.press("Alice", "challenge.log", **{**FIELDS, "form": "2"})).text
    assert "logged as C-2. People in both agencies will be reminded before each stage runs out." in logged


async def test_a_stage_that_is_over_when_it_is_logged_promises_no_reminder_and_says_what_to_do(
    chat: Chat, alice: Person
) -> None:
    await chat.person("Bob", agency="children-services", roles=[Role.DSL])
    logged = (await chat.press("Alice", "challenge.log", **{**FIELDS, "since": "2026-11-09"})).text
    assert "the time of this stage is over, so no reminder can come before it ends" in logged
    assert "will be reminded" not in logged
    assert "late. It was to be answered by Monday 16 November 2026" in logged
    assert "Move C-1 to stage 2" in (await chat.say("Alice", "move C-1 to the next stage")).text
    assert "How did C-1 end?" in (await chat.say("Alice", "outcome C-1")).text


async def test_a_stage_that_is_over_today_is_not_late_yet(chat: Chat, alice: Person) -> None:
    logged = (await chat.press("Alice", "challenge.log", **{**FIELDS, "since": "2026-11-18"})).text
    assert "to be answered by Wednesday 25 November 2026, today" in logged
    assert "is over" not in logged


async def test_the_last_stage_without_a_limit_promises_no_reminder_and_offers_no_next_stage(
    chat: Chat, alice: Person
) -> None:
    logged = (await chat.press("Alice", "challenge.log", **{**FIELDS, "stage": "4"})).text
    assert "logged as C-1. No time limit is known" in logged
    assert "the partnership manager will be asked after 2 weeks how it stands, and then every 4 weeks." in logged
    assert "People in both agencies will be reminded" not in logged
    opened = (await chat.say("Alice", "C-1")).text
    assert "This is the last stage. Type “outcome” when it is settled" in opened
    assert "next stage" not in opened


async def test_the_words_tell_all_that_the_card_shows(chat: Chat, alice: Person) -> None:
    logged = (await chat.press("Alice", "challenge.log", **{**FIELDS, "note": "they shared nothing with us"})).text
    for said in (logged, (await chat.say("Alice", "C-1")).text):
        assert "Disagreed on: Tuesday 24 November 2026\nNote: they shared nothing with us" in said
        assert "Impact" not in said


@pytest.mark.parametrize("words", ["log it", "ok log it please", "can you log that as a challenge", "log this one"])
async def test_log_it_presses_the_button_of_the_answer_that_offers_it(chat: Chat, alice: Person, words: str) -> None:
    await chat.say("Alice", "MASH said no further action on Tuesday, what now and by when?")
    said = (await chat.say("Alice", words)).text
    assert "Log a challenge" in said
    assert "Which agency made the decision" in said
    state = await chat.flow("Alice")
    assert (state["stage"], state["since"]) == ("1", "2026-11-24")


async def test_log_it_means_no_challenge_where_none_was_offered(chat: Chat, alice: Person) -> None:
    await chat.say("Alice", "my bookings")
    assert "Which agency made the decision" not in (await chat.say("Alice", "log it")).text


@pytest.mark.parametrize(
    "words", ["ambulance", "The London Ambulance Service", "police", "its the police", "it's the ambulance"]
)
async def test_the_name_of_an_emergency_service_is_an_agency_where_one_is_asked_for(
    chat: Chat, alice: Person, words: str
) -> None:
    await chat.say("Alice", "log a challenge")
    assert "Which stage is it at?" in (await chat.say("Alice", words)).text


@pytest.mark.parametrize("words", ["call an ambulance", "ambulance now he is bleeding", "we need the ambulance"])
async def test_more_than_the_name_is_an_emergency_there_too(chat: Chat, alice: Person, words: str) -> None:
    await chat.say("Alice", "log a challenge")
    assert (await chat.say("Alice", words)).text.startswith("Call 999 now")


async def test_an_ambulance_is_an_emergency_where_no_agency_was_asked_for(chat: Chat, alice: Person) -> None:
    await chat.say("Alice", "log a challenge")
    await chat.say("Alice", "the MASH")
    assert (await chat.say("Alice", "ambulance")).text.startswith("Call 999 now")


async def test_stage_and_subject_are_taken_as_they_are_shown(chat: Chat, alice: Person) -> None:
    for words in ("log a challenge", "the MASH", "first-line managers", "yesterday"):
        said = (await chat.say("Alice", words)).text
    assert "What is it about?" in said
    assert "anything to add" in (await chat.say("Alice", "a threshold decision.")).text


async def test_a_day_that_is_still_to_come_is_not_taken_for_last_year(chat: Chat, alice: Person) -> None:
    for words in ("log a challenge", "police", "1"):
        await chat.say("Alice", words)
    assert "Thursday 3 December 2026 is still to come" in (await chat.say("Alice", "3/12")).text
    said = (await chat.say("Alice", "23/11")).text
    assert "about" in said, "the next question, for the day was taken"
