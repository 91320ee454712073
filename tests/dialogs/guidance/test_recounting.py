"""The day after an answer on escalation: asked for, or put right. It is about no place on a course."""

from __future__ import annotations

import pytest

from services.model import Person, Place
from services.work import Database
from tests.dialogs.guidance.escalation_chat import Chat, buttons

THURSDAY = "counted from Thursday 19 November 2026"


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


@pytest.fixture
async def alice(chat: Chat) -> Person:
    return await chat.person("Alice", agency="secondary-school")


@pytest.mark.parametrize("before", [["MASH said no further action on Tuesday"], ["escalate", "1", "tuesday"]])
@pytest.mark.parametrize(
    "words",
    [
        "sorry it was last thursday",
        "actually it was thursday",
        "no sorry, thursday last week",
        "i mean thursday",
        "thursday",
        "and if it was thursday?",
        "sorry i got that wrong it was thursday",
        "oh wait was it thursday",
        "wrong day, it was the 19th",
        "my mistake, so on the 19th i think",
    ],
)
async def test_another_day_counts_again(chat: Chat, alice: Person, before: list[str], words: str) -> None:
    for said in before:
        await chat.say("Alice", said)
    counted = await chat.say("Alice", words)
    assert THURSDAY in counted.text
    assert "Stage 1" in counted.text
    (log,) = [one for one in buttons(counted) if one["title"] == "Log this challenge"]
    assert "2026-11-19" in str(log["data"])
    assert "Monday 23 November 2026" in (await chat.say("Alice", "no, monday")).text


async def test_the_stage_stays_what_it_was(chat: Chat, alice: Person) -> None:
    for said in ("escalate", "2", "last friday"):
        await chat.say("Alice", said)
    counted = (await chat.say("Alice", "i mean thursday")).text
    assert "Stage 2: First-line managers" in counted
    assert THURSDAY in counted


async def test_the_day_is_put_right_while_topics_are_offered(chat: Chat, alice: Person) -> None:
    await chat.say("Alice", "we heard no on Tuesday and do not agree")
    assert "count from Wednesday 18 November" in (await chat.say("Alice", "no sorry, wednesday last week")).text
    assert "counted from Wednesday 18 November 2026" in (await chat.say("Alice", "1")).text


async def test_a_day_that_cannot_be_counted_from_is_asked_about(chat: Chat, alice: Person) -> None:
    await chat.say("Alice", "MASH said no further action on Tuesday")
    assert "“tomorrow” is still to come" in (await chat.say("Alice", "actually tomorrow")).text
    assert "counted from Monday 23 November" in (await chat.say("Alice", "monday")).text


@pytest.mark.parametrize("words", ["what training is there on thursday", "is the forum on thursday", "my bookings"])
async def test_a_day_of_something_else_is_that(chat: Chat, alice: Person, words: str) -> None:
    await chat.say("Alice", "MASH said no further action on Tuesday")
    assert "counted from" not in (await chat.say("Alice", words)).text


@pytest.mark.parametrize(
    "question",
    [
        "mash said no further action last week what now",
        "a few days ago mash took no further action, what now",
        "mash took no further action, by when must they answer",
    ],
)
async def test_who_says_roughly_when_is_asked_for_the_day_and_then_gets_the_date(
    chat: Chat, alice: Person, question: str
) -> None:
    asked = await chat.say("Alice", question)
    assert asked.text.startswith("On which day was that?")
    assert "The MASH took no further action" in asked.text
    assert "could not read a day" in (await chat.say("Alice", "it was last week")).text
    assert THURSDAY in (await chat.say("Alice", "thursday")).text

    there = await chat.say("Alice", question, place=Place.CHANNEL)
    assert there.text.startswith("To count by when it must be answered I need the day: please ask again")


async def test_a_question_that_tells_no_time_asks_for_none_but_a_day_named_next_is_counted(
    chat: Chat, alice: Person
) -> None:
    assert (await chat.say("Alice", "MASH took no further action")).text.startswith("The MASH took no further action")
    assert THURSDAY in (await chat.say("Alice", "it was on thursday")).text


async def test_roughly_when_is_no_day_in_the_timetable_either(chat: Chat, alice: Person) -> None:
    for said in ("escalate", "1"):
        await chat.say("Alice", said)
    assert "could not read a day" in (await chat.say("Alice", "it was a few days ago")).text


async def test_without_a_clock_or_in_a_channel_nothing_is_counted(chat: Chat, alice: Person) -> None:
    assert "counted from" not in (await chat.say("Alice", "actually it was thursday")).text
    await chat.say("Alice", "MASH said no further action on Tuesday")
    there = await chat.say("Alice", "actually it was thursday", place=Place.CHANNEL)
    assert "counted from" not in there.text


@pytest.mark.parametrize("missed", ["the weather is nice", "zebra crossing paint"])
async def test_a_miss_does_not_lose_the_clock(chat: Chat, alice: Person, missed: str) -> None:
    for said in ("MASH said no further action on Tuesday", missed, missed):
        await chat.say("Alice", said)
    assert THURSDAY in (await chat.say("Alice", "no the 19th")).text


@pytest.mark.parametrize("before", ["MASH said no further action on Tuesday", "MASH refused, by when"])
async def test_a_bank_holiday_is_asked_for_its_date(chat: Chat, alice: Person, before: str) -> None:
    await chat.say("Alice", before)
    assert "Type today, yesterday" in (await chat.say("Alice", "the bank holiday monday")).text
    assert THURSDAY in (await chat.say("Alice", "the 19th")).text


@pytest.mark.parametrize(
    "words",
    [
        "social care refused us on the bank holiday, by when",
        "social care turned us down on the bank holiday, by when",
        "mash refused us on the bank holiday monday what now by when",
        "MASH refused us bank holiday monday, by when",
    ],
)
async def test_a_refusal_on_a_bank_holiday_is_answered_and_asked_for_its_date(
    chat: Chat, alice: Person, words: str
) -> None:
    said = (await chat.say("Alice", words)).text
    assert "no further action" in said
    assert "On which day was that?" in said
    assert "counted from" not in said
    assert "counted from Thursday 19 November 2026" in (await chat.say("Alice", "the 19th")).text


async def test_a_bank_holiday_is_no_day_that_was_named(chat: Chat, alice: Person) -> None:
    for words in ("escalate", "1"):
        await chat.say("Alice", words)
    assert "Type today, yesterday" in (await chat.say("Alice", "the bank holiday monday")).text


async def test_a_question_about_a_bank_holiday_is_about_it(chat: Chat, alice: Person) -> None:
    assert "Who do I call" in (await chat.say("Alice", "who do i call on a bank holiday")).text
