"""One's own question is withdrawn beneath the list of them, and goes without what was said before it."""

from __future__ import annotations

import pytest

from services.model import Person
from services.work import Database
from tests.dialogs.questions.questions_chat import Chat

FIRST, SECOND = "who makes the tea at a conference", "who makes the coffee at a conference"


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


@pytest.fixture
async def alice(chat: Chat) -> Person:
    return await chat.join("Alice")


async def waiting(chat: Chat, alice: Person) -> list[str]:
    async with chat.database.reading() as work:
        return [one.question for one in await work.tickets.asked_by(alice.id, limit=5) if one.waiting]


async def test_the_only_question_of_the_list_is_withdrawn(chat: Chat, alice: Person) -> None:
    await chat.presses("Alice", "question.send", question=FIRST)
    await chat.types("Alice", "my questions")
    assert "Q1 is withdrawn" in (await chat.types("Alice", "withdraw it")).text


@pytest.mark.parametrize(("words", "left"), [("withdraw the first", FIRST), ("cancel 2", SECOND)])
async def test_of_several_the_one_that_is_said_is_withdrawn(chat: Chat, alice: Person, words: str, left: str) -> None:
    for question in (FIRST, SECOND):
        await chat.presses("Alice", "question.send", question=question)
    await chat.types("Alice", "my questions")
    assert "I have withdrawn nothing: say which" in (await chat.types("Alice", "withdraw it")).text
    assert len(await waiting(chat, alice)) == 2

    await chat.types("Alice", words)
    assert await waiting(chat, alice) == [left]


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        ("wait no, who makes the Coffee", "who makes the Coffee"),
        ("actually who makes the cake", "who makes the cake"),
        ("No coffee at conferences?", "No coffee at conferences?"),
    ],
)
async def test_what_takes_the_question_before_back_is_no_part_of_the_new_one(
    chat: Chat, alice: Person, words: str, sent: str
) -> None:
    await chat.types("Alice", f"ask a person: {FIRST}")
    assert f"Your question: “{sent}”" in (await chat.types("Alice", words)).text
