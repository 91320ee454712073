"""An expert proposes a colleague's question as a way of asking for an article, named in words that are near enough."""

from __future__ import annotations

import pytest

from services.model import Person, Role
from services.work import Database
from tests.dialogs.questions.questions_chat import Chat, buttons

QUESTION = "what goes in part 3 of the consent form"


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


@pytest.fixture
async def eddie(chat: Chat) -> Person:
    await chat.join("Alice")
    eddie = await chat.join("Eddie", owns=["mash-manager"])
    await chat.presses("Alice", "question.send", question=QUESTION, topic="consent-to-refer")
    await chat.types("Eddie", "answer Q1 Who agreed, and when.")
    return eddie


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("unborn babies", "When do I refer a worry about an unborn baby?"),
        ("unborn-baby", "When do I refer a worry about an unborn baby?"),
        ("escalation recording", "What do I record when I escalate, and whom do I tell?"),
        ("do i need consent to refer?", "Do I need consent to refer?"),
    ],
)
async def test_guidance_is_known_by_words_much_like_its_id_or_title(
    chat: Chat, eddie: Person, words: str, title: str
) -> None:
    assert f"as a way of asking for “{title}”" in (await chat.types("Eddie", f"suggest Q1 for {words}")).text


async def test_of_several_titles_that_may_be_meant_one_is_chosen(chat: Chat, eddie: Person) -> None:
    offered = await chat.types("Eddie", "suggest Q1 for escalation")
    assert "Which guidance do you mean?" in offered.text
    first = offered.text.splitlines()[1].removeprefix("1. ")
    assert first in buttons(offered)

    assert f"as a way of asking for “{first}”" in (await chat.types("Eddie", "1")).text
    async with chat.database.reading() as work:
        (kept,) = await work.gaps.suggestions(chat.now.replace(month=1), chat.now.replace(month=12))
    assert kept.phrase == QUESTION


@pytest.mark.parametrize("words", ["suggest it", "suggest it as a phrase", "propose this for consent to refer"])
async def test_the_question_just_answered_is_proposed_without_its_number(chat: Chat, eddie: Person, words: str) -> None:
    assert "as a way of asking for “Do I need consent to refer?”" in (await chat.types("Eddie", words)).text
    again = (await chat.types("Eddie", "suggest it for unborn babies")).text
    assert "as a way of asking for “When do I refer a worry about an unborn baby?”" in again


@pytest.mark.parametrize(
    "words", ["suggested phrases", "show me the suggested phrases", "what phrases have been suggested?"]
)
async def test_the_manager_asks_for_what_was_proposed(chat: Chat, eddie: Person, words: str) -> None:
    await chat.join("Morgan", roles=[Role.MANAGER])
    assert "None was proposed in that year." in (await chat.types("Morgan", words)).text
    await chat.types("Eddie", "suggest Q1 for unborn babies")
    assert QUESTION in (await chat.types("Morgan", words)).text
    assert QUESTION not in (await chat.types("Alice", words)).text
