"""The title of a button, typed while its card is the last shown, does what the button does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

import dialogs
from dialogs import button_titles, cards
from dialogs.router import VERBS
from dialogs.talk import Reply, Said
from dialogs.turn import Turn, answer
from services.model import Place, Role
from services.tables import snoozes
from services.work import Database
from tests.builders import a_chat, a_sender
from tests.dialogs.training.training_chat import Chat, a_chat_under

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
        (["my actions"], "Ask for more time", "Until which day"),
        (["my actions"], "Tell the manager", "Nothing has changed"),
        (["my actions"], "Remind me later", "I will not remind you of BO-01"),
        (["my actions"], "More time", "Until which day"),
        (["my actions"], "Later", "opens a form on the card"),
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


@pytest.mark.parametrize(
    ("title", "answers", "says"),
    [
        ("Mark as done", ["the minutes of the 3 June board meeting"], "marked as done, with your evidence"),
        ("Keep this note", ["the board has met and agreed the plan"], "Your progress on BO-01 is kept"),
        (
            "Ask for more time",
            ["26 February 2027 because the board meets later"],
            "for more time on BO-01, until Friday 26 February",
        ),
        ("Tell the manager", ["it belongs to another team"], "that BO-01 is not yours"),
    ],
)
async def test_what_a_title_leaves_out_is_taken_from_the_next_message(
    chat: Chat, title: str, answers: list[str], says: str
) -> None:
    await chat.say("Alice", "my actions")
    for words in (title, *answers):
        said = await chat.say("Alice", words)
    assert says in said, said


async def test_a_managers_title_asks_for_what_its_form_would_hold(chat: Chat) -> None:
    await chat.join("Mona", roles=[Role.MANAGER])
    await chat.say("Mona", "open BO-01")
    assert "Until which day" in await chat.say("Mona", "Give more time")
    said = await chat.say("Mona", "26 February 2027 because the board meets later")
    assert "BO-01 is now due Friday 26 February 2027" in said
    await chat.say("Mona", "open BO-01")
    assert "what difference it made" in await chat.say("Mona", "Close it")
    assert "BO-01 is closed" in await chat.say("Mona", "practice is better now")


async def test_a_title_of_several_buttons_that_differ_presses_none(chat: Chat) -> None:
    await chat.say("Bob", "courses")
    assert chat.buttons("Bob").count("Book") > 1
    assert "You are booked" not in await chat.say("Bob", "Book")


async def test_a_card_that_is_no_longer_the_last_is_not_pressed(chat: Chat) -> None:
    await chat.say("Alice", "my actions")
    await chat.say("Alice", "courses")
    assert "I will not remind you" not in await chat.say("Alice", "Remind me later")
    async with chat.database.engine.connect() as connection:
        assert (await connection.execute(sa.select(snoozes))).all() == []


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
    assert VERBS.keys() >= {*button_titles.LISTS.values(), *button_titles.OFFER, *button_titles.ASK_AGAIN}
    said = await chat.say("Alice", title)
    assert says in said, said
    assert "Where this comes from" not in said


async def test_danger_is_seen_before_any_button(chat: Chat) -> None:
    await chat.say("Alice", "my actions")
    assert "999" in await chat.say("Alice", "a child is being hit right now, mark as done")


async def test_in_a_channel_nothing_is_remembered_or_pressed(chat: Chat) -> None:
    card = cards.card([], [cards.button("My actions", "my-actions")], fallback="My actions")
    async with chat.database.reading() as work:
        said = Said("My actions", place=Place.PERSONAL)
        alone = Turn(said, a_sender("Alice"), None, {}, work, chat.rules, chat.guide, chat.now)
        shown = button_titles.remember(alone, answer(Reply("", card)))
        heard = replace(alone, said=replace(said, place=Place.CHANNEL))
        assert button_titles.BUTTONS in shown.state
        assert button_titles.BUTTONS not in button_titles.remember(heard, answer(Reply("", card))).state
        assert button_titles.meant(replace(alone, state=shown.state)) is not None
        assert button_titles.meant(replace(heard, state=shown.state)) is None


async def test_in_a_channel_a_title_shows_nothing_of_ones_own(chat: Chat) -> None:
    await chat.say("Alice", "my actions")
    said = await chat.say("Alice", "Remind me later", place=Place.CHANNEL)
    assert said.startswith("That is about you personally")


# ------------------------------------------------------------------------------------ what is kept of a card


async def kept(chat: Chat, name: str) -> str:
    """The buttons that are remembered of somebody's last card, as they are written down."""
    async with chat.database.reading() as work:
        flow = await work.conversations.flow(a_chat(name))
    return str(flow.get(button_titles.BUTTONS, ""))


async def test_what_was_written_into_a_form_is_not_kept_with_its_buttons(chat: Chat) -> None:
    await chat.join("Tilda", roles=[Role.TRAINER])
    session = await chat.date_of("managing-allegations-lado", date(2027, 2, 3), capacity=1, trainer="Tilda Example")
    await chat.send("Bob", "session.book", session=session)
    said = await chat.send(
        "Tilda",
        "colleague.overbook",
        session=session,
        email="quentin.new@school.example.org",
        reason="pupil Jayden Brown DOB 1 May 2015 NHS 943 476 5919",
    )
    assert "Quentin" in said
    assert chat.buttons("Tilda") == ["Yes, go on", "No, choose again"]
    written = (await kept(chat, "Tilda")).lower()
    assert "no choose again" in written
    assert not [word for word in ("jayden", "943", "quentin", "@") if word in written]
    assert "Who is it for?" in await chat.say("Tilda", "no, choose again")


async def test_a_question_in_its_form_is_not_kept_with_its_button(chat: Chat) -> None:
    await chat.say("Alice", "ask a person: who signs the form for zebedee?")
    assert "send my question" in await kept(chat, "Alice")
    assert "zebedee" not in await kept(chat, "Alice")


async def test_who_is_named_in_a_search_is_not_kept_with_its_next_dates(chat: Chat) -> None:
    await chat.say("Alice", "book zebedee on drug awareness")
    assert "More dates" in chat.buttons("Alice")
    assert "zebedee" not in await kept(chat, "Alice")
    await chat.say("Alice", "drug awareness courses in february")
    assert "drug awareness" in await kept(chat, "Alice")
    assert "Sunday 7 February 2027" in await chat.say("Alice", "more dates")


def _calls(name: str) -> Iterator[ast.Call]:
    """Every call of one of the builders of cards in the dialogs."""
    for path in Path(dialogs.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name:
                yield node


def test_no_key_of_a_field_for_words_is_ever_kept() -> None:
    fields = [*_calls("text_input"), *_calls("needed_words")]
    ids = {ast.unparse(one.args[0]).strip("'\"") for one in fields}
    assert {"reason", "email", "name", "question", "evidence"} <= ids
    # the number of a question goes by the same key; words are told from it by their shape and by their field
    assert ids & button_titles.KEPT <= {"question"}
    card = {"body": [cards.text_input("question", "Yours", value="zebedee")], "actions": [cards.button("Go", "go")]}
    words = {"actions": [cards.button("Go", "go", question="who signs for zebedee")]}
    assert not [*button_titles.buttons_of(card), *button_titles.buttons_of(words)]


def test_what_any_button_sends_is_kept_or_known_to_be_words() -> None:
    sent = {key.arg for one in _calls("button") for key in one.keywords if key.arg is not None}
    assert {"item", "session", "topic"} <= sent
    assert sent - {"style"} <= button_titles.KEPT


async def test_a_title_typed_long_after_its_card_presses_nothing(chat: Chat) -> None:
    await chat.say("Alice", "my actions")
    chat.now += button_titles.FRESH
    await chat.say("Bob", "hello")
    chat.now += timedelta(minutes=1)
    assert "I will not remind you" not in await chat.say("Alice", "Remind me later")
    await chat.say("Alice", "1")
    assert "I will not remind you" in await chat.say("Alice", "Remind me later")


async def test_a_title_leads_out_of_a_form_that_is_filled_in(chat: Chat) -> None:
    await chat.join("Mona", roles=[Role.MANAGER])
    await chat.send("Mona", "office.edit", session=1)
    assert "Leave it as it is" in chat.buttons("Mona")
    await chat.say("Mona", "Leave it as it is")
    assert "People and messages" in chat.buttons("Mona")
