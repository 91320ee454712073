"""What is answered to a question of ours about an action: a question, a remark or another order is kept as nothing."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.actions.item_answers import asks_of_the_answer, orders
from services.model import Person
from tests.dialogs.actions.action_talk import Talk

DUE = date(2027, 1, 29)


@pytest.mark.parametrize(
    "words",
    ["who decides that", "who sees the evidence?", "who has to sign this off", "what happens if i say that"]
    + ["what counts as evidence", "who gets it", "will the manager read this"],
)
def test_a_question_about_the_answer_is_none_for_the_guidance(words: str) -> None:
    assert asks_of_the_answer(words)


@pytest.mark.parametrize(
    "words",
    ["what is level 3", "who decides about level 3", "who decides if a child meets the threshold"]
    + ["how do i refer a child", "the team does that", "14 March because of that", "who do i tell about neglect"],
)
def test_a_question_about_the_guidance_is_left_to_it(words: str) -> None:
    assert not asks_of_the_answer(words)


@pytest.mark.parametrize("words", ["walk me through it", "Please show me my bookings", "can i book a place"])
def test_words_put_as_an_order(words: str) -> None:
    assert orders(words)


@pytest.mark.parametrize("words", ["booked the hall", "opened on 3 June", "minutes of 3 June", "the list is kept"])
def test_what_was_done_is_no_order(words: str) -> None:
    assert not orders(words)


QUESTIONS = [
    "who sees the evidence?",
    "who has to sign this off",
    "is that the right one",
    "what happens if i say that",
]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("order", ["done BO-01", "progress BO-01", "not mine BO-01", "close BO-01", "reopen BO-02"])
async def test_a_question_is_kept_as_nobodys_evidence_or_reason(
    talk: Talk, morgan: Person, order: str, question: str
) -> None:
    item = await talk.item("BO-01", owner_id=morgan.id, due_on=DUE)
    ended = await talk.item("BO-02", state="closed")
    asked = await talk.say(morgan, order)
    said = await talk.say(morgan, question)
    assert said.startswith("That reads like a question, so I have kept nothing of it.")
    assert said.endswith("If those words are what you want kept, type yes. Or type stop.")
    assert asked.split(".")[0] in said
    assert "kept nothing" in await talk.say(morgan, f"{order}: {question}")
    assert [await talk.get(one) for one in (item, ended)] == [item, ended]
    async with talk.database.reading() as work:
        assert not await work.action_requests.open()


async def test_after_a_question_the_answer_is_still_waited_for(talk: Talk, alice: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    await talk.say(alice, "done BO-01")
    assert "kept with BO-01 and goes into its evidence pack" in await talk.say(alice, "who sees the evidence?")
    assert "Please say what shows that it is done" in await talk.say(alice, "no")
    assert "marked as done" in await talk.say(alice, "minutes of 3 November")
    assert (await talk.get(item)).evidence == "minutes of 3 November"


async def test_words_that_only_look_like_a_question_are_kept_after_a_yes(talk: Talk, alice: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    assert "type yes" in await talk.say(alice, "done BO-01 how many were trained: 34 of 34")
    assert "marked as done" in await talk.say(alice, "yes")
    assert (await talk.get(item)).evidence == "how many were trained: 34 of 34"


@pytest.mark.parametrize("order", ["done BO-01", "close BO-01"])
@pytest.mark.parametrize("words", ["not yet", "i don't know"])
async def test_nothing_is_ended_on_a_not_yet(talk: Talk, morgan: Person, order: str, words: str) -> None:
    item = await talk.item("BO-01", owner_id=morgan.id, due_on=DUE)
    await talk.say(morgan, order)
    assert "Nothing has changed" in await talk.say(morgan, words)
    assert await talk.get(item) == item


async def test_a_question_does_not_tell_strangers_which_actions_there_are(talk: Talk, alice: Person) -> None:
    await talk.item("BO-01")
    said = {await talk.say(alice, f"done {ref} who sees this?") for ref in ("BO-01", "XX-99")}
    assert said == {"I cannot find that action among yours. Type my actions to see them."}


async def test_who_is_asked_until_when_may_ask_back(talk: Talk, alice: Person, morgan: Person) -> None:
    await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    await talk.say(alice, "more time BO-01")
    said = await talk.say(alice, "who decides that")
    assert "The partnership manager reads why and decides" in said
    assert "Until which day do you need more time for BO-01" in said
    assert "until Sunday 14 March 2027" in await talk.say(alice, "14 March because the trainer is ill")


@pytest.mark.parametrize("refused", ["XX-99 done", "grant BO-02", "settle C-9", "snooze BO-02 300 days"])
async def test_an_order_that_is_refused_ends_what_was_asked_before_too(
    talk: Talk, alice: Person, morgan: Person, refused: str
) -> None:
    item = await talk.item("BO-01", owner_id=morgan.id, state="closed")
    await talk.item("BO-02", owner_id=morgan.id, due_on=DUE)
    assert "opened again" in await talk.say(morgan, "reopen BO-01")
    await talk.say(morgan, refused)
    await talk.say(morgan, "the board wants more")
    assert await talk.get(item) == item


@pytest.mark.parametrize("question", ["how is bo-01 going", "who owns BO-01?", "when is BO-01 due", "what is BO-01"])
async def test_a_question_about_an_action_shows_it(talk: Talk, alice: Person, morgan: Person, question: str) -> None:
    await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    for who in (alice, morgan):
        said = await talk.say(who, question)
        assert "BO-01: Do BO-01. Due Friday 29 January 2027." in said
        assert "Owner: Alice" in said


@pytest.mark.parametrize("question", ["who owns 17-26?", "how do we refer a 17-26 year old?", "what helps ages 17-26"])
async def test_a_question_shows_no_action_that_is_not_theirs_and_takes_no_ages_for_one(
    talk: Talk, alice: Person, morgan: Person, question: str
) -> None:
    await talk.item("17-26")
    assert "Do 17-26" not in await talk.say(alice, question)
    assert ("Do 17-26" in await talk.say(morgan, question)) is ("owns" in question)
