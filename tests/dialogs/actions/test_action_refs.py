"""References of files that look like none: with spaces in them, or without a figure."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from services.model import ActionState, Person
from services.work import Database
from tests.dialogs.actions.action_talk import Talk
from tests.dialogs.guidance.escalation_chat import Chat

DUE = date(2027, 1, 29)
REFS = ("LO 12", "Action LO 13", "A", "plan", "Rec 4 (b)")


@pytest.fixture
async def alice(talk: Talk) -> Person:
    """She owns one item of each kind."""
    alice = await talk.person("Alice", agency_id="cnwl")
    for ref in REFS:
        await talk.item(ref, owner_id=alice.id, due_on=DUE)
    return alice


@pytest.mark.parametrize(
    ("words", "ref"),
    [
        ("show lo 12", "LO 12"),
        ("action lo 12", "LO 12"),
        ("action lo 13", "Action LO 13"),
        ("open action LO 13", "Action LO 13"),
        ("open A", "A"),
        ("open a", "A"),
        ("show plan", "plan"),
        ("show the action plan", "plan"),
        ("open rec 4 (b)", "Rec 4 (b)"),
    ],
)
async def test_such_an_item_is_shown_after_a_command(talk: Talk, alice: Person, words: str, ref: str) -> None:
    assert f"Do {ref}" in await talk.say(alice, words)


@pytest.mark.parametrize(
    ("words", "ref"),
    [
        ("done LO 12 the survey shows it", "LO 12"),
        ("done lo 12: the survey shows it", "LO 12"),
        ("mark lo 12 as done the survey shows it", "LO 12"),
        ("done A the survey shows it", "A"),
        ("done plan: the survey shows it", "plan"),
        ("done action lo 13, the survey shows it", "Action LO 13"),
    ],
)
async def test_such_an_item_is_marked_as_done(talk: Talk, alice: Person, words: str, ref: str) -> None:
    assert "marked as done" in await talk.say(alice, words)
    async with talk.database.reading() as work:
        item = await work.actions.by_ref(ref)
    assert item is not None
    assert (item.state, item.evidence) == (ActionState.DONE, "the survey shows it")


async def test_more_time_progress_and_what_is_left_out(talk: Talk, alice: Person) -> None:
    assert "until Friday 12 March 2027" in await talk.say(alice, "more time lo 12 until 12 March because of leave")
    assert "Your progress on LO 12 is kept" in await talk.say(alice, "progress on lo 12: half of it is written")
    assert "Until which day" in await talk.say(alice, "more time plan")
    assert "what shows that it is done" in await talk.say(alice, "done plan")


@pytest.mark.parametrize(
    "words", ["close a case", "done a course on neglect", "note a concern", "plan", "a", "the plan is done", "lo 12"]
)
async def test_the_same_words_elsewhere_are_no_reference(talk: Talk, alice: Person, words: str) -> None:
    said = await talk.say(alice, words)
    assert not any(f"Do {ref}" in said for ref in REFS)
    async with talk.database.reading() as work:
        items = [await work.actions.by_ref(ref) for ref in REFS]
    assert {one.state for one in items if one is not None} == {ActionState.OPEN}


async def test_without_such_an_item_the_words_are_what_they_were(talk: Talk) -> None:
    bob = await talk.person("Bob", agency_id="cnwl")
    said = await talk.say(bob, "show plan")
    assert "I can only help with safeguarding guidance" in said
    assert "\N{WHITE SQUARE}" not in said
    assert "cannot find that action" not in said


async def test_what_stands_beside_such_a_reference_is_screened(database: Database) -> None:
    chat = Chat(database, now=datetime(2027, 1, 29, 10, tzinfo=UTC))
    alice = await chat.person("Alice")
    async with database.work() as work:
        await work.actions.add(ref="LO 12", plan_id="plan", action="Do it", owner_id=alice.id, due_on=DUE)
        await work.commit()
    for words, says in (
        ("done LO 12 a child is being hit right now", "Call 999 now"),
        ("done lo 12 Ben Smith in year 4 is better", "could identify somebody"),
        ("done lo 12 the survey shows it", "marked as done"),
    ):
        assert says in (await chat.say("Alice", words)).text


async def test_a_mark_that_is_typed_names_no_item_whatever_number_stands_behind_it(talk: Talk, alice: Person) -> None:
    for number in ("1", "9" * 30):
        said = await talk.say(alice, f"show \N{WHITE SQUARE}{number}")
        assert "I can only help with safeguarding guidance" in said
        assert "Do " not in said
