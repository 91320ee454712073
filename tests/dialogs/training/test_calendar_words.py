"""Where the calendar file of a booking is: said truly with e-mail, without an address, and without a mail server."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.training.calendar_words import asks
from dialogs.training.cancelling import CANCEL
from services.work import Database
from tests.dialogs.training.places_chat import DAY, FORUM, LADO, a_chat_with_people, letters
from tests.dialogs.training.training_chat import Chat


@pytest.fixture
async def chat(database: Database) -> Chat:
    """A forum and a LADO course to come."""
    chat = await a_chat_with_people(database)
    await chat.date_of(FORUM, DAY)
    await chat.date_of(LADO, DAY)
    return chat


def without_mail(chat: Chat) -> Chat:
    chat.rules = replace(chat.rules, by_mail=False)
    return chat


ASKED = (
    "calendar",
    "calender file pls",
    "can i have the calendar file",
    "add it to my outlook",
    "put it in my calendar",
    "can you add my bookings to my diary please",
    "where is the calendar invite?",
    "send me the calendar invitation",
    "is it in my calendar already",
    "how do I add this to my calendar",
    "ics file",
    "send it to my calendar",
    "download the calendar",
)
NOT_ASKED = (
    "training calendar",
    "what is on in the school calendar",
    "put it in the child's file",
    "add it to my plan",
    "when is the calendar of meetings for the child reviewed",
    "invite my colleague",
    "courses",
)


@pytest.mark.parametrize("words", ASKED)
def test_the_calendar_of_ones_own_bookings_is_asked_for(words: str) -> None:
    assert asks(words)


@pytest.mark.parametrize("words", NOT_ASKED)
def test_anything_else_is_no_question_about_the_calendar_file(words: str) -> None:
    assert not asks(words)


@pytest.mark.parametrize("words", ["calendar", "can i have the calendar file", "add it to my outlook"])
async def test_the_file_is_in_the_email_and_without_email_nothing_is_promised(chat: Chat, words: str) -> None:
    await chat.say("Alice", "book dsl forum")
    assert "A calendar file comes to your work e-mail" in await chat.say("Alice", "yes")
    assert "comes by e-mail" in await chat.say("Alice", words)
    without_mail(chat)
    assert "no e-mail goes out from here" in await chat.say("Alice", words)
    await chat.say("Alice", "book lado")
    assert "calendar" not in await chat.say("Alice", "yes")


async def test_whose_place_was_cancelled_is_told_by_whom_and_why(chat: Chat) -> None:
    await chat.say("Alice", "book lado for bob")
    await chat.say("Alice", "yes")
    await chat.say("Alice", "cancel bob")
    await chat.say("Alice", "yes, sickness")
    (told,) = (await letters(chat))["Bob"]
    assert "Alice Example has cancelled your place on Managing Allegations (LADO)" in told
    assert "Reason given: Sickness." in told


async def test_the_office_that_cancels_is_named_and_not_who_booked(chat: Chat) -> None:
    await chat.say("Alice", "book lado for bob")
    await chat.say("Alice", "yes")
    await chat.say("Alice", "cancel bob")
    booking = chat.button("Alice", "Yes, cancel it")[1]["booking"]
    await chat.send("Mona", CANCEL, booking=booking)
    (told,) = (await letters(chat))["Bob"]
    assert "Mona Example has cancelled your place" in told
    assert "Reason given" not in told
