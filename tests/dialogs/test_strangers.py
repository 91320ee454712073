"""Somebody whom the partnership does not know is offered what works for them, and nothing that can only be refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.cards import verbs_in
from dialogs.router import VERBS, VERBS_FOR_STRANGERS
from services.work import Database
from tests.builders import add_session
from tests.dialogs.guidance.escalation_chat import Chat, buttons

OFFERS = ("ask a person", "log a challenge", "“log”", "my challenges", "To book", "Ask a person")
"""What the partnership does for its own people, as it is offered to them."""
WORDS = [
    "domestic abuse",
    "mash said nfa on monday what now",
    "consent stuff for the form",
    "what is the cricket score",
    "escalate",
    "courses",
    "walk me through the thresholds",
    "that did not help",
    "is lunch provided",
    "help",
]


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


async def a_date(chat: Chat) -> None:
    async with chat.database.work() as work:
        await add_session(work, chat.now + timedelta(days=20))
        await work.commit()


@pytest.mark.parametrize("words", WORDS)
async def test_a_stranger_is_offered_nothing_that_would_be_refused(chat: Chat, words: str) -> None:
    await a_date(chat)
    told = await chat.say("Zed", words)

    assert "does not know you" not in told.text
    assert verbs_in(told.card) <= VERBS_FOR_STRANGERS
    assert not [one for one in OFFERS if one in told.text]


async def test_those_the_partnership_knows_are_offered_it(chat: Chat) -> None:
    await chat.person("Alice")
    await a_date(chat)
    told = [await chat.say("Alice", words) for words in WORDS]

    said = " ".join(reply.text for reply in told)
    assert not [one for one in OFFERS[:-1] if one not in said]
    assert {"question.ask", "challenge.log-ask", "session.book"} <= set().union(
        *(verbs_in(reply.card) for reply in told)
    )


async def test_after_an_answer_that_did_not_help_a_stranger_can_only_phone(chat: Chat) -> None:
    await chat.say("Zed", "domestic abuse")
    told = await chat.say("Zed", "that did not help")

    assert "You can also phone:" in told.text
    assert buttons(told) == []
    assert "ask a person" not in told.text


@pytest.mark.parametrize("verb", sorted(VERBS_FOR_STRANGERS))
async def test_no_button_that_strangers_see_asks_who_they_are(chat: Chat, verb: str) -> None:
    data = {
        "topic": "domestic-abuse",
        "domain": "child",
        "level": "2",
        "stage": "1",
        "since": "yesterday",
        "start": "0",
    }

    assert "does not know you" not in (await chat.press("Zed", verb, **data)).text
    assert verb in VERBS


async def test_a_stranger_can_still_count_the_days_from_any_date(chat: Chat) -> None:
    await chat.say("Zed", "escalate")
    asked = await chat.say("Zed", "1")

    assert "Count from this date" in [one["title"] for one in buttons(asked)]
    assert "To be answered by" in (await chat.say("Zed", "monday")).text
