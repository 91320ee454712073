"""A colleague named beside the orders to book, move and cancel: put back, left on it, brought along; no case data."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.work import Database
from tests.dialogs.training.places_chat import DAY, FORUM, LADO, a_chat_with_people
from tests.dialogs.training.training_chat import Chat

BOB = "Book Bob Example on Managing Allegations (LADO), Wednesday 3 February 2027"


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Alice leads; Bob, Ivan and Pat are her colleagues. A LADO course and two forums are to come."""
    chat = await a_chat_with_people(database)
    await chat.join("Ivan")
    await chat.date_of(LADO, DAY)
    await chat.date_of(FORUM, DAY + timedelta(days=1))
    await chat.date_of(FORUM, DAY + timedelta(days=100))
    return chat


async def at_the_question(chat: Chat) -> None:
    """Shall Bob's place be cancelled?"""
    for words in ("book lado for bob", "yes", "cancel bob"):
        said = await chat.say("Alice", words)
    assert said.startswith("Cancel the place of Bob Example")


@pytest.mark.parametrize("words", ["actually leave bob on it", "no, keep bob on", "leave him on it please"])
async def test_a_colleague_is_left_on_it_at_the_question(chat: Chat, words: str) -> None:
    await at_the_question(chat)
    assert await chat.say("Alice", words) == "Nothing has changed for Bob Example."


@pytest.mark.parametrize("words", ["rebook bob", "book bob again", "put bob back on it", "actually leave bob on it"])
async def test_a_colleague_who_was_taken_off_is_put_back_after_a_yes(chat: Chat, words: str) -> None:
    await at_the_question(chat)
    await chat.say("Alice", "yes")
    assert (await chat.say("Alice", words)).startswith(BOB)
    assert "Bob Example is booked on" in await chat.say("Alice", "yes")


async def test_nobody_is_put_back_who_was_not_spoken_of(chat: Chat) -> None:
    await at_the_question(chat)
    await chat.say("Alice", "yes")
    assert "Book Pat Example" not in await chat.say("Alice", "rebook pat")
    assert "Book Bob" not in await chat.say("Bob", "rebook bob")


async def test_a_colleague_is_brought_to_the_place_that_was_just_booked(chat: Chat) -> None:
    await chat.say("Alice", "book lado")
    await chat.say("Alice", "yes")
    assert (await chat.say("Alice", "can i bring ivan")).startswith("Book Ivan Example on Managing Allegations")
    assert "Ivan Example is booked on" in await chat.say("Alice", "yes")
    assert "Only Designated Safeguarding Leads" in await chat.say("Bob", "can i bring ivan")
    assert "Book" not in await chat.say("Alice", "can i bring charlie")


async def test_who_cannot_come_sends_whom_they_name_and_nobody_is_told_to_ring_the_mash(chat: Chat) -> None:
    await chat.say("Alice", "book lado")
    await chat.say("Alice", "yes")
    said = await chat.say("Alice", "i cant come to the lado course, send ivan instead")
    assert said.startswith("Send Ivan Example in your place to Managing Allegations (LADO), Wednesday 3 February 2027")
    assert "Ivan Example now has the place on" in await chat.say("Alice", "yes")


async def test_a_colleague_who_is_not_meant_is_no_case_data(chat: Chat) -> None:
    await chat.say("Alice", "book lado for a colleague")
    await chat.say("Alice", "1")
    assert "nobody is chosen yet" in await chat.say("Alice", "no wait, not ivan")
    assert "Pat Example is booked on" in await chat.say("Alice", "pat")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("what courses has ivan done", "I show people their own training, and nobody else's"),
        ("i think ivan's evaluation is wrong", "type evaluate"),
        ("yes to ivan", "Nothing of theirs is waiting for you to agree"),
    ],
)
async def test_a_manager_who_names_a_colleague_is_told_how_things_are_done(chat: Chat, words: str, says: str) -> None:
    said = await chat.say("Mona", words)
    assert says in said
    assert "could identify somebody" not in said


@pytest.mark.parametrize("words", ["book pat and ivan on lado", "put ivan and pat down for the lado course"])
async def test_colleagues_are_booked_by_names_that_the_screening_knows_as_names(chat: Chat, words: str) -> None:
    said = await chat.say("Alice", words)
    assert said.startswith("Book ")
    assert {"Ivan", "Pat"} < set(said.split())
    assert "Ivan Example is booked on" in await chat.say("Alice", "yes")


@pytest.mark.parametrize("words", ["can ivan come too", "can i bring ivan along", "book ivan on it too"])
async def test_a_colleague_joins_the_place_that_was_spoken_of(chat: Chat, words: str) -> None:
    for before in ("book lado", "yes", "thanks"):
        await chat.say("Alice", before)
    assert (await chat.say("Alice", words)).startswith("Book Ivan Example on Managing Allegations")


@pytest.mark.parametrize(
    "words", ["book ivan a child protection medical", "book ivan and kayla carter on lado", "send ivan to his mother"]
)
async def test_an_order_that_names_anybody_else_or_no_course_is_none(chat: Chat, words: str) -> None:
    assert not (await chat.say("Alice", words)).startswith("Book ")


@pytest.mark.parametrize(
    "words",
    ["what has ivan done to his sister", "i think tyler's injury is wrong", "leave tyler in the house with his dad"]
    + ["can i bring tyler to the hospital", "keep kayla in foster care", "put kayla back with her mum"],
)
async def test_other_words_with_a_name_are_read_as_before(chat: Chat, words: str) -> None:
    said = await chat.say("Alice", words)
    assert not {"Book", "Nothing has changed"} & set(said.split(" "))
    assert "I show people their own training" not in said
