"""What is said to somebody who may be in danger, or who may only sound like it."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.asking import ask
from dialogs.hearing import Hearing
from dialogs.talk import Said
from services.model import Person, Place
from services.work import Database
from tests.dialogs.questions.questions_chat import Chat
from tests.services.harrow import harrow_guide, harrow_rules

CALL_999 = "If somebody is in danger now, call 999 first."


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


@pytest.fixture
async def alice(chat: Chat) -> Person:
    return await chat.join("Alice")


async def test_999_is_for_now_and_not_for_when_they_are_safe(chat: Chat, alice: Person) -> None:
    reply = await chat.types("Alice", "a child is being hurt right now")

    now, then = reply.text.split("When they are safe, tell:")
    assert now.startswith("Call 999 now if somebody is in danger\nEmergency services: 999")
    assert "Emergency services" not in then
    assert "Multi-Agency Safeguarding Hub" in then
    assert reply.card is not None
    assert str(reply.card["body"]).count("Emergency services: 999") == 1


@pytest.mark.parametrize("place", [Place.PERSONAL, Place.CHANNEL])
@pytest.mark.parametrize(
    "words",
    ["mi hijo esta en peligro", "dziecko w niebezpieczenstwie", "un enfant est en danger maintenant", "?!", "🙏"],
)
async def test_words_that_are_not_understood_are_answered_with_999_too(
    chat: Chat, alice: Person, words: str, place: Place
) -> None:
    assert (await chat.types("Alice", words, place)).text.endswith(CALL_999)


@pytest.mark.parametrize("words", ["🆘", "🆘🆘 please", "help 🆘"])
async def test_the_sos_sign_is_a_call_for_help(chat: Chat, alice: Person, words: str) -> None:
    assert (await chat.types("Alice", words)).text.startswith("Call 999 now")
    pressed = await chat.presses("Alice", "question.send", question=words)
    assert pressed.text.startswith("Call 999 now")


@pytest.mark.parametrize("words", ["mi hijo esta en peligro", "?!"])
def test_on_the_command_line_they_are_too(words: str) -> None:
    assert ask(harrow_rules().pack, harrow_guide(), words, date(2026, 11, 30)).text.endswith(CALL_999)


def test_whom_to_call_is_known_without_records_and_without_a_name() -> None:
    core = Hearing(Database.open("sqlite+aiosqlite:////nowhere/at/all.db"), harrow_rules(), harrow_guide())
    for said in (
        Said("a child is being hurt right now"),
        Said("", verb="challenge.note", data={"note": "a child is being hurt right now"}),
        Said("\N{SQUARED SOS}"),
    ):
        reply = core.in_danger(said)
        assert reply is not None
        assert "999" in reply.text
        assert "020 8901 2690" in reply.text
    assert core.in_danger(Said("what is level 3")) is None
