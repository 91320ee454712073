"""The title of a button, typed while its card is the last shown, does what the button does."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs import typed
from dialogs.router import VERBS
from services.model import Place, Role
from services.work import Database
from tests.dialogs.training_chat import Chat, a_chat_under

DUE = date(2027, 1, 29)


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Alice, who books for others and owns an action, and Bob, in the middle of January 2027."""
    chat = a_chat_under(database)
    alice = await chat.join("Alice", roles=[Role.DSL])
    await chat.join("Bob")
    for number in range(7):
        await chat.date_of("drug-awareness", date(2027, 2, 1 + number))
    await chat.date_of("domestic-abuse-foundation", date(2027, 1, 25))
    async with database.work() as work:
        await work.actions.add(ref="BO-01", plan_id="plan", action="Do it", owner_id=alice, due_on=DUE)
        await work.commit()
    return chat


@pytest.mark.parametrize(
    ("before", "title", "says"),
    [
        (["courses"], "More dates", "Coming up"),
        (["book drug awareness"], "other dates", "Saturday 6 February 2027"),
        (["training on hoarding"], "Tell me when there is a date", "I will tell you when"),
        (["training on hoarding"], "All dates!", "Coming up"),
        (["my actions"], "Mark as done", "what shows that it is done"),
        (["my actions"], "Keep this note", "write a line on how it is going"),
        (["my actions"], "Ask for more time", "could not read that date"),
        (["my actions"], "Tell the manager", "Nothing has changed"),
        (["my actions"], "Remind me later", "I will not remind you of BO-01"),
        (["my actions"], "More time", "opens a form on the card"),
        (["escalate", "1"], "Count from this date", "I could not read a day"),
        (["escalate", "1"], "please yesterday", "to be answered by"),
        (["ask a person"], "Send my question", "type your question first"),
        (["ask a person: who signs the form?", "yes"], "I no longer need an answer", "withdrawn"),
        (["what should I do about domestic abuse?"], "Book a place", "You are booked on Domestic Abuse"),
        (["what should I do about domestic abuse?"], "Book it", "You are booked on Domestic Abuse"),
        (["when is the domestic abuse course"], "book a place", "You are booked on Domestic Abuse"),
        (["book drug awareness", "yes", "cancel"], "No, keep it", "You still have your place"),
        (["walk me through the thresholds"], "The levels in short", "Level 1"),
    ],
)
async def test_a_typed_title_presses_its_button(chat: Chat, before: list[str], title: str, says: str) -> None:
    for words in before:
        await chat.say("Alice", words)
    said = await chat.say("Alice", title)
    assert says.casefold() in said.casefold(), said


async def test_a_title_of_several_buttons_that_differ_presses_none(chat: Chat) -> None:
    await chat.say("Bob", "courses")
    assert chat.buttons("Bob").count("Book") > 1
    assert "You are booked" not in await chat.say("Bob", "Book")


async def test_a_card_that_is_no_longer_the_last_is_not_pressed(chat: Chat) -> None:
    await chat.say("Alice", "my actions")
    await chat.say("Alice", "courses")
    assert "I will not remind you" not in await chat.say("Alice", "Remind me later")


@pytest.mark.parametrize(
    ("title", "says"),
    [
        ("Remind me later", "BO-01"),
        ("Mark as done", "BO-01"),
        ("Take this question", "question"),
        ("I no longer need an answer", "have not put a question to a person"),
        ("Send my question", "put your question to a person"),
        ("More dates", "Coming up"),
        ("Count from this date", "Which stage are you at?"),
        ("The whole article", "The levels of need, step by step"),
    ],
)
async def test_a_title_whose_card_is_not_there_leads_to_what_it_could_be_about(
    chat: Chat, title: str, says: str
) -> None:
    assert all(verb in VERBS for verb in typed.LISTS.values())
    said = await chat.say("Alice", title)
    assert says in said, said
    assert "Where this comes from" not in said


async def test_danger_is_seen_before_any_button(chat: Chat) -> None:
    await chat.say("Alice", "my actions")
    assert "999" in await chat.say("Alice", "a child is being hit right now, mark as done")


async def test_in_a_channel_nothing_is_remembered_or_pressed(chat: Chat) -> None:
    await chat.say("Alice", "courses", place=Place.CHANNEL)
    assert "I will not remind you" not in await chat.say("Alice", "Remind me later", place=Place.CHANNEL)
    await chat.say("Alice", "my actions")
    assert "BO-01" not in await chat.say("Alice", "Remind me later", place=Place.CHANNEL)
