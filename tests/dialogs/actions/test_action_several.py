"""Several actions in one order: the first is done or asked about, and nothing is half done without a word."""

from __future__ import annotations

from datetime import date

import pytest

from services.model import ActionState, Person
from services.work import Database
from tests.dialogs.actions.action_talk import Talk
from tests.dialogs.guidance.escalation_chat import Chat

DUE = date(2027, 1, 29)
ONLY = "I deal with actions one at a time, so this was about BO-03 only, and the others have not changed."


@pytest.mark.parametrize(
    "words",
    [
        "assign BO-03 and BO-04 to alice@example.org",
        "please assign actions BO-03, BO-04 and BO-05 to alice@example.org by 1 March 2027",
        "give BO-03, BO-04 to alice@example.org",
        "assign bo-03 & 4 to alice@example.org",
        "assign BO-03 and BO-99 to alice@example.org",
        "assign bo 3 and bo 4 to alice@example.org",
    ],
)
async def test_the_first_of_several_is_assigned_and_the_others_are_said_to_be_as_they_were(
    talk: Talk, alice: Person, morgan: Person, words: str
) -> None:
    items = [await talk.item(ref) for ref in ("BO-03", "BO-04", "BO-05")]
    said = await talk.say(morgan, words)
    assert said.startswith("BO-03 now belongs to Alice")
    assert ONLY in said
    assert [(await talk.get(one)).owner_id for one in items] == [alice.id, None, None]


async def test_several_that_are_closed_or_done_are_none_of_them_the_impact_or_the_evidence_of_the_first(
    talk: Talk, alice: Person, morgan: Person
) -> None:
    items = [await talk.item(ref, owner_id=alice.id, due_on=DUE) for ref in ("BO-03", "BO-04", "3", "4", "5")]
    said = await talk.say(morgan, "close BO-03, BO-04")
    assert said.startswith("Please say what difference it made")
    assert ONLY in said
    assert "BO-03" in await talk.say(morgan, "Staff know whom to ring")
    said = await talk.say(morgan, "close 3, 4 and 5")
    assert "this was about 3 only" in said
    await talk.say(morgan, "stop")
    assert "this was about BO-04 only" in await talk.say(alice, "BO-04 and 3 are done, minutes of 3 June")
    kept = [await talk.get(one) for one in items]
    assert [one.state for one in kept] == [ActionState.CLOSED, ActionState.DONE, *[ActionState.OPEN] * 3]
    assert kept[0].impact == "Staff know whom to ring"


@pytest.mark.parametrize("words", ["done A and BO-04", "done BO-03 and C-1", "done BO-03, C-2."])
async def test_another_reference_is_no_evidence_whatever_it_looks_like(talk: Talk, alice: Person, words: str) -> None:
    items = [await talk.item(ref, owner_id=alice.id, due_on=DUE) for ref in ("A", "BO-03", "BO-04")]
    said = await talk.say(alice, words)
    assert said.startswith("Please say what shows that it is done")
    assert "the others have not changed" in said
    assert {(await talk.get(one)).state for one in items} == {ActionState.OPEN}


async def test_what_stands_behind_one_item_is_still_its_evidence(talk: Talk, alice: Person) -> None:
    item = await talk.item("BO-03", owner_id=alice.id, due_on=DUE)
    await talk.item("4", owner_id=alice.id, due_on=DUE)
    assert "one at a time" not in await talk.say(alice, "done BO-03, 4 staff were trained on 3 June")
    assert (await talk.get(item)).state is ActionState.DONE
    other = await talk.item("BO-04", owner_id=alice.id, due_on=DUE)
    assert "one at a time" not in await talk.say(alice, "done BO-04 and C-1 was settled with it")
    assert (await talk.get(other)).state is ActionState.DONE


async def test_numbers_that_are_no_references_are_answered_with_how_actions_are_named(
    database: Database, talk: Talk
) -> None:
    await talk.person("Alice")
    said = (await Chat(database).say("Alice", "close 3, 4 and 5")).text
    assert said.startswith("I deal with actions one at a time, by their reference. I have changed nothing.")


async def test_who_may_not_assign_learns_of_no_item_from_several(talk: Talk, alice: Person) -> None:
    for ref in ("BO-03", "BO-04"):
        await talk.item(ref)
    known = await talk.say(alice, "assign BO-03 and BO-04 to alice@example.org")
    assert known == await talk.say(alice, "assign BO-03 to alice@example.org")
    assert "one at a time" not in known


async def test_a_call_for_help_behind_several_comes_first(database: Database, talk: Talk, morgan: Person) -> None:
    for ref in ("BO-03", "BO-04"):
        await talk.item(ref)
    said = (await Chat(database).say("Morgan", "close BO-03 and BO-04 because a boy is being hit right now")).text
    assert said.startswith("Call 999 now")
