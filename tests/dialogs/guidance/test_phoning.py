"""Whom to phone is answered in few words, whatever page was read before."""

from __future__ import annotations

import pytest

from services.model import Person
from services.work import Database
from tests.dialogs.questions.questions_chat import Chat

CONTACTS = "Who do I call?"


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


@pytest.fixture
async def alice(chat: Chat) -> Person:
    return await chat.join("Alice")


@pytest.mark.parametrize("before", ["help", "do i need consent to refer", "fgm"])
@pytest.mark.parametrize("words", ["can i just ring", "whats the number again", "what number do i call?"])
async def test_whom_to_phone_is_answered_after_anything(chat: Chat, alice: Person, before: str, words: str) -> None:
    await chat.types("Alice", before)
    assert (await chat.types("Alice", words)).text.startswith(CONTACTS)


async def test_an_hour_after_a_page_is_one_to_phone_at_and_after_a_page_on_training_is_not(
    chat: Chat, alice: Person
) -> None:
    await chat.types("Alice", "what must i do about fgm")
    assert (await chat.types("Alice", "after 5?")).text.startswith(CONTACTS)
    await chat.types("Alice", "when do i get my certificate")
    assert not (await chat.types("Alice", "after 5?")).text.startswith(CONTACTS)
    await chat.types("Alice", "help")
    assert not (await chat.types("Alice", "after 5?")).text.startswith(CONTACTS)


@pytest.mark.parametrize("words", ["can i ring the parents first", "number of children on a plan"])
async def test_a_number_or_a_call_that_is_named_is_read_as_ever(chat: Chat, alice: Person, words: str) -> None:
    assert not (await chat.types("Alice", words)).text.startswith(CONTACTS)
