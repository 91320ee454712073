"""Cancelling all, cancelling for a colleague by name, and taking an interest back, in words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.work import Database
from tests.dialogs.training.places_chat import DAY, FORUM, LADO, a_chat_with_people
from tests.dialogs.training.training_chat import Chat

RISK, HOARDING = "advanced-risk-assessment", "hoarding-and-self-neglect"


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Alice has two places, and booked Bob once and Dave twice."""
    chat = await a_chat_with_people(database)
    await chat.join("Dave")
    dates = [await chat.date_of(course, DAY + timedelta(days=n)) for n, course in enumerate((FORUM, LADO, RISK))]
    for session in dates[:2]:
        await chat.send("Alice", "session.book", session=session)
    for name, session in (("bob", dates[2]), ("dave", dates[2]), ("dave", dates[1])):
        await chat.send("Alice", "colleague.book", session=session, email=f"{name}@school.example.org")
    return chat


@pytest.mark.parametrize(
    "words", ["cancel all", "cancel everything", "cancel all my bookings", "cancel both", "please cancel the lot"]
)
async def test_all_places_are_listed_and_none_is_cancelled_at_a_stroke(chat: Chat, words: str) -> None:
    said = await chat.say("Alice", words)
    assert said.startswith("Places are cancelled one at a time, so I have cancelled none yet.")
    assert "\n5. Dave Example: Advanced Risk Assessment" in said
    assert len([one for one in chat.buttons("Alice") if one[0].isdigit()]) == 5
    assert "one at a time" in await chat.say("Alice", "all of them")
    assert "Cancel your place on Safeguarding in Education" in await chat.say("Alice", "1")
    assert (await chat.say("Alice", "my bookings")).count("- ") == 5


@pytest.mark.parametrize(
    "words",
    [
        "cancel bob",
        "cancel bob's place",
        "cancel bobs place",
        "please cancel Bob Example",
        "cancel advanced risk for bob",
        "remove bob",
        "take bob off the advanced risk one",
        "bob cant make it",
        "Bob Example can't come to the advanced risk course anymore",
        "actually bob cant come, cancel him",
        "bob can't make it so please cancel his place",
        "oops, cancel bob",
        "bob should be off the training, cancel",
    ],
)
async def test_the_place_of_a_colleague_is_cancelled_by_name_once_that_is_confirmed(chat: Chat, words: str) -> None:
    said = await chat.say("Alice", words)
    assert "Cancel the place of Bob Example on Advanced Risk Assessment" in said
    assert "Another colleague can have that place instead" in said
    assert "your place" not in said
    assert "The place of Bob Example on Advanced Risk Assessment" in await chat.say("Alice", "yes")
    assert (await chat.say("Alice", "my bookings")).count("- ") == 4


async def test_of_several_places_of_a_colleague_one_is_chosen(chat: Chat) -> None:
    said = await chat.say("Alice", "cancel dave")
    assert said.startswith("Which of your colleague's places")
    assert "Alice" not in said
    assert said.count("Dave Example") == 2
    assert "place of Dave Example on Advanced Risk" in await chat.say("Alice", "2")
    assert "place of Dave Example on Managing" in await chat.say("Alice", "cancel dave's place on the lado course")
    assert "You have not booked that for them" in await chat.say("Alice", "cancel dave's place on the dsl forum")


async def test_nobody_is_cancelled_by_who_did_not_book_them_and_no_name_is_refused_as_case_data(chat: Chat) -> None:
    assert "booked nothing for a colleague of that name" in await chat.say("Alice", "cancel pat")
    assert "booked nothing for a colleague of that name" in await chat.say("Bob", "cancel dave")
    assert "could identify somebody" in await chat.say("Bob", "cancel priya")
    assert "could identify somebody" in await chat.say("Alice", "cancel the visit to priya in year 4")
    assert "Cancel your place on Safeguarding" in await chat.say("Alice", "cancel dsl forum")


@pytest.mark.parametrize("words", ["cancel pats place", "cancel pats booking please", "take pat off the lado course"])
async def test_words_that_name_a_colleague_never_lead_to_ones_own_place(chat: Chat, words: str) -> None:
    said = await chat.say("Alice", words)
    assert "booked nothing for a colleague of that name" in said
    assert "not waiting for a yes" in await chat.say("Alice", "yes")
    assert (await chat.say("Alice", "my bookings")).count("- ") == 5


@pytest.mark.parametrize("words", ["undo that", "oops undo", "can you undo that please", "oops", "oops cancel that"])
async def test_undo_means_the_place_just_shown_and_never_one_that_was_not(chat: Chat, words: str) -> None:
    await chat.say("Bob", "hello")
    assert "I do not know what to take back" in await chat.say("Bob", words)
    assert "not waiting for a yes" in await chat.say("Bob", "yes")
    await chat.send("Bob", "session.book", session=1)
    assert "Cancel your place on Safeguarding in Education" in await chat.say("Bob", words)


async def test_a_child_of_a_colleagues_name_is_no_colleague(chat: Chat) -> None:
    said = await chat.say("Alice", "bob can't come to school anymore")
    assert said.startswith("Which booking would you like to cancel?")
    assert "Cancel the place" not in said
    assert "booked nothing" not in said


@pytest.mark.parametrize(
    "words",
    ["stop telling me about hoarding", "remove my interest in hoarding", "I'm no longer interested in hoarding please"]
    + ["actually dont bother telling me about hoarding", "not interested in hoarding any more"],
)
async def test_an_interest_is_taken_back_in_words(chat: Chat, words: str) -> None:
    await chat.say("Alice", "book hoarding")
    await chat.say("Alice", "yes")
    assert "I will not tell you about dates for Hoarding and Self-neglect" in await chat.say("Alice", words)
    assert "You had not asked to be told about dates for Hoarding" in await chat.say("Alice", words)
    assert "not asked to be told about the dates of any course" in await chat.say("Alice", "my interests")
    assert "hoarding" not in (await chat.say("Alice", "my bookings")).casefold()


@pytest.mark.parametrize(
    "words",
    [
        "tell me when theres a hoarding course",
        "let me know if the hoarding course comes up",
        "tell me when hoarding is on",
    ],
)
async def test_an_interest_is_registered_in_words(chat: Chat, words: str) -> None:
    assert "Hoarding and Self-neglect" in await chat.say("Alice", words)
    assert "1. Hoarding and Self-neglect" in await chat.say("Alice", "my interests")


async def test_who_wants_to_hear_of_a_course_that_has_dates_is_shown_them(chat: Chat) -> None:
    await chat.say("Bob", "tell me when there is a lado course")
    assert "not asked to be told" in await chat.say("Bob", "my interests")


async def test_interests_are_listed_and_taken_back_by_number_and_by_button(chat: Chat) -> None:
    for course in (HOARDING, "drug-awareness"):
        await chat.send("Alice", "interest.add", course=course)
    assert "type my interests" in await chat.say("Alice", "my bookings")
    said = await chat.say("Alice", "show my interests")
    assert "1. Hoarding and Self-neglect\n2. Drug Awareness" in said
    assert "from 1 to 2" in await chat.say("Alice", "3")
    assert "not tell you about dates for Drug Awareness" in await chat.say("Alice", "2")
    await chat.say("Alice", "remove my interests")
    assert "not tell you about dates for Hoarding" in await chat.press("Alice", "1. Do not tell me")
    assert "not asked to be told" in await chat.say("Alice", "remove my interest")


async def test_who_asks_about_something_else_is_not_taken_to_speak_of_an_interest(chat: Chat) -> None:
    for words, says in (
        ("stop telling me about it", "Where this comes from"),
        ("what is in the child's best interests", "Where this comes from"),
        ("remove my name", "Which booking would you like to cancel?"),
    ):
        said = await chat.say("Alice", words)
        assert says in said
        assert "dates for" not in said
        assert "asked to be told" not in said


@pytest.mark.parametrize(
    "words",
    ["actually pat cant come, cancel her", "pat and mona cant come, cancel them", "pat isnt coming, cancel that place"],
)
async def test_words_that_name_a_colleague_never_ask_about_a_place_of_ones_own(chat: Chat, words: str) -> None:
    assert "nothing for a colleague of that name" in await chat.say("Alice", words)
    await chat.say("Alice", "yes")
    assert (await chat.say("Alice", "my bookings")).count("- ") == 5


async def test_her_and_him_are_a_colleague_and_never_the_speaker(chat: Chat) -> None:
    said = await chat.say("Alice", "cancel her")
    assert said.startswith("Which of your colleague's places")
    assert "Safeguarding in Education" not in said
    said = await chat.say("Alice", "bob and dave cant come, cancel them")
    assert said.startswith("Which of your colleague's places")
    assert said.count("Dave Example") == 2
    assert said.count("Bob Example") == 1
    await chat.send("Pat", "session.book", session=1)
    assert "nothing for a colleague, so" in await chat.say("Pat", "cancel his place")


async def test_who_cannot_come_and_names_who_will_is_asked_about_their_own_place(chat: Chat) -> None:
    assert "Which booking would you like to cancel?" in await chat.say("Alice", "i cant come, bob will go, cancel me")
