"""What is typed into a card is read for danger before anything is done with it, as typed words are."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.router import VERBS
from services.model import Role
from services.work import Database
from tests.builders import add_item
from tests.dialogs.training.training_chat import Chat, a_chat_under

DANGER = "a child is being hurt right now"
EMERGENCY = "Call 999 now"


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Alice owns the action BO-01."""
    chat = a_chat_under(database)
    alice_id = await chat.join("Alice", roles=[Role.MANAGER])
    async with database.work() as work:
        await add_item(work, owner=await work.people.by_id(alice_id), due_on=date(2027, 3, 1))
        await work.commit()
    return chat


FORMS = [
    ("action.progress", {"item": 1, "progress": DANGER}),
    ("action.complete", {"item": 1, "evidence": DANGER}),
    ("action.more-time", {"item": 1, "until": "2027-05-03", "reason": DANGER}),
    ("action.not-mine", {"item": 1, "why": DANGER}),
    ("manage.close", {"item": 1, "impact": DANGER}),
    ("challenge.log", {"note": DANGER}),
    ("challenge.settle", {"challenge": 1, "note": DANGER}),
    ("challenge.impact", {"challenge": 1, "impact": DANGER}),
    ("evaluation.send", {"evaluation": 1, "change": DANGER}),
    ("office.write", {"session": 1, "text": DANGER}),
    ("question.send", {"question": DANGER}),
    ("question.answer", {"question": 1, "answer": DANGER}),
]


@pytest.mark.parametrize(("verb", "data"), FORMS)
async def test_words_of_danger_in_a_card_bring_999_and_are_kept_nowhere(
    chat: Chat, verb: str, data: dict[str, object]
) -> None:
    said = await chat.send("Alice", verb, **data)
    assert said.startswith(EMERGENCY)
    assert said.endswith("I did nothing with what you had filled in, and kept none of it.")
    async with chat.database.reading() as work:
        item = await work.actions.by_id(1)
        assert item is not None
        assert (item.progress, item.evidence, item.state.value) == (None, None, "open")
        assert await work.events.about("action", [1]) == []


def test_every_form_of_this_test_is_one_of_ours() -> None:
    assert {verb for verb, _ in FORMS} <= set(VERBS)


@pytest.mark.parametrize(
    "note",
    [
        "Minutes of 3 November, item 4",
        "The policy on suicide prevention was updated and published",
        "Training on self-harm was given to 40 members of staff",
        "Learning from the death of a baby was shared with all midwives",
        "Strategy meetings now happen within 24 hours",
        "Staff know what to do when a child discloses sexual abuse",
        "done",
    ],
)
async def test_ordinary_notes_are_kept(chat: Chat, note: str) -> None:
    assert "is kept" in await chat.send("Alice", "action.progress", item=1, progress=note)


async def test_one_word_is_enough_where_people_write_and_an_id_is_no_word(chat: Chat) -> None:
    assert (await chat.send("Alice", "action.progress", item=1, progress="ambulance")).startswith(EMERGENCY)
    for data in ({"topic": "suicide"}, {"question": "999"}):
        assert not (await chat.send("Alice", "question.show", **data)).startswith(EMERGENCY)


async def test_what_places_are_called_is_no_danger(chat: Chat) -> None:
    answered = await chat.send("Alice", "office.create", venue="a child is being hurt right now")
    assert answered.startswith("I could not read that date")
