"""Orders that name a colleague get the way to give them; whatever else names somebody is refused."""

from __future__ import annotations

import pytest

from services.model import Role
from services.work import Database
from tests.dialogs.training_chat import Chat, a_chat_under


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Lee, a Designated Safeguarding Lead, who knows an Alice."""
    chat = a_chat_under(database)
    await chat.join("Lee", roles=[Role.DSL])
    await chat.join("Alice")
    return chat


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("swap my dsl forum place to alice", "To send a colleague in your place, type cancel"),
        ("give my place to Alice Example", "To send a colleague in your place, type cancel"),
        (
            "please transfer my booking for lado to alice.example@school.example.org",
            "To send a colleague in your place",
        ),
        ("can I give alice my place on the dsl forum", "To send a colleague in your place"),
        ("comment on priya", "type evaluate"),
    ],
)
async def test_an_order_about_a_colleague_is_answered_with_how_to_give_it(chat: Chat, words: str, says: str) -> None:
    said = await chat.say("Lee", words)
    assert says in said
    assert not {"alice", "priya"} & set(said.lower().replace(".", " ").split())


@pytest.mark.parametrize(
    "words",
    [
        "give my foster child Alice Carter a school place",
        "comment on priya in year 4 who is hit by her stepdad and tells nobody what happens there at night",
        "comment on priya in year 4",
        "give my place to Ben in year 4",
        "priya told me she is late",
    ],
)
async def test_other_words_that_name_somebody_are_refused(chat: Chat, words: str) -> None:
    said = await chat.say("Lee", words)
    assert "could identify somebody" in said or "999" in said
    assert "type cancel" not in said
    assert "type evaluate" not in said
