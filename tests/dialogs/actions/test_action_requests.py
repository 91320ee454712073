"""What was asked for about an action: how it stands for who asked, taken back, and given to somebody by the manager."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.actions.own_requests import asks_after, takes_back
from services.model import Person, RequestState, Role
from tests.dialogs.actions.action_talk import Talk

DUE = date(2027, 1, 29)
ASKS = [
    "what happened to my request",
    "my requests",
    "any news on my request?",
    "has my request been answered yet",
    "has anyone decided my request",
]
BACK = ["cancel my request", "please withdraw my request", "take back my request for more time"]
NEITHER = ["what is a request", "my request is that you stop", "cancel my booking", "requests", "cancel my place"]


@pytest.mark.parametrize("words", ASKS)
def test_words_that_ask_after_a_request(words: str) -> None:
    assert asks_after(words)
    assert not takes_back(words)


@pytest.mark.parametrize("words", BACK)
def test_words_that_take_a_request_back(words: str) -> None:
    assert takes_back(words)
    assert not asks_after(words)


@pytest.mark.parametrize("words", NEITHER)
def test_words_that_do_neither(words: str) -> None:
    assert not asks_after(words)
    assert not takes_back(words)


async def _state(talk: Talk, item_id: int) -> list[RequestState]:
    async with talk.database.reading() as work:
        return [one.state for one in await work.action_requests.of([item_id])]


async def test_a_request_that_names_nobody_is_given_to_somebody_from_its_card(
    talk: Talk, alice: Person, morgan: Person
) -> None:
    bob = await talk.person("Bob")
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    await talk.say(alice, "not mine BO-01 because the team moved")
    shown = await talk.shown(morgan, "requests")
    assert "assign BO-01 to and its owner's work e-mail" in shown.text
    assert "Give it to somebody" in str(shown.card)
    said = await talk.press(morgan, "manage.assign", item=item.id, **{f"email__{item.id}": "bob@example.org"})
    assert "BO-01 now belongs to Bob" in said
    assert (await talk.get(item)).owner_id == bob.id
    assert await _state(talk, item.id) == [RequestState.GRANTED]


async def test_who_may_only_refuse_it_is_offered_no_other_button(talk: Talk, morgan: Person) -> None:
    alice = await talk.person("Alice", agency_id="cnwl")
    lead = await talk.person("Lena", roles=[Role.DSL], agency_id="cnwl")
    await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    await talk.say(alice, "not mine BO-01 because the team moved")
    shown = await talk.shown(lead, "requests")
    assert "Refuse" in str(shown.card)
    assert "Give it to somebody" not in str(shown.card)


async def _answers(talk: Talk, item_id: int) -> list[str | None]:
    async with talk.database.reading() as work:
        return [one.answer for one in await work.action_requests.of([item_id])]


@pytest.mark.parametrize("words", ["approve BO-01", "accept more time for BO-01", "agree to the request for BO-01"])
async def test_a_request_is_granted_in_other_words(talk: Talk, alice: Person, morgan: Person, words: str) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    await talk.say(alice, "more time BO-01 until 14 March because of illness")
    assert "BO-01 is now due Sunday 14 March 2027" in await talk.say(morgan, words)
    assert await _state(talk, item.id) == [RequestState.GRANTED]


async def test_a_request_is_refused_in_other_words(talk: Talk, alice: Person, morgan: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    await talk.say(alice, "more time BO-01 until 14 March because of illness")
    assert "Refused, with your reason" in await talk.say(morgan, "reject BO-01 because it is urgent")
    assert await _state(talk, item.id) == [RequestState.REFUSED]


@pytest.mark.parametrize("question", ["why should it", "who reads this?", "what happens if i say that"])
async def test_a_question_is_kept_as_nobodys_reason_to_refuse(
    talk: Talk, alice: Person, morgan: Person, question: str
) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    await talk.say(alice, "more time BO-01 until 14 March because of illness")
    said = await talk.say(morgan, f"refuse BO-01 {question}")
    assert said.startswith("That reads like a question, so I have kept nothing of it. The owner of BO-01 reads")
    assert "Please say why" in said
    assert await _state(talk, item.id) == [RequestState.ASKED]
    assert "Refused, with your reason" in await talk.say(morgan, "the board meets in February")
    assert await _answers(talk, item.id) == ["the board meets in February"]


async def test_a_reason_left_out_is_asked_for_and_words_put_as_a_question_are_taken_after_a_yes(
    talk: Talk, alice: Person, morgan: Person
) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    await talk.say(alice, "more time BO-01 until 14 March because of illness")
    await talk.say(morgan, "requests")
    for words in ("refuse", "refuse BO-01"):
        assert (await talk.say(morgan, words)).endswith("Nothing has changed. Type it now, or type stop.")
    assert "type yes" in await talk.say(morgan, "who is to do it then")
    assert "Refused, with your reason" in await talk.say(morgan, "yes")
    assert await _answers(talk, item.id) == ["who is to do it then"]


async def test_a_question_tells_nobody_else_that_there_is_a_request(talk: Talk, alice: Person) -> None:
    await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    await talk.say(alice, "more time BO-01 until 14 March because of illness")
    other = await talk.person("Olu")
    assert await talk.say(other, "refuse BO-01 why should it") == await talk.say(other, "refuse BO-01 no")


async def test_a_request_by_a_number_is_shown_and_not_decided(talk: Talk, alice: Person, morgan: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    assert "by the reference" not in await talk.say(morgan, "approve request 2")
    await talk.say(alice, "more time BO-01 until 14 March because of illness")
    said = await talk.say(morgan, "approve request 2")
    assert "Requests go by the reference of their action, so nothing is decided yet." in said
    assert "grant more time BO-01" in said
    assert await _state(talk, item.id) == [RequestState.ASKED]


@pytest.mark.parametrize("words", ["approve 12", "decline 12", "approve the request 12"])
async def test_a_number_alone_is_left_to_what_else_is_approved_by_it(
    talk: Talk, alice: Person, morgan: Person, words: str
) -> None:
    item = await talk.item("12", owner_id=alice.id, due_on=DUE)
    await talk.say(alice, "more time 12 until 14 March because of illness")
    await talk.say(morgan, words)
    assert await _state(talk, item.id) == [RequestState.ASKED]


@pytest.mark.parametrize("words", ASKS)
async def test_how_a_request_stands_is_told_to_who_asked(talk: Talk, alice: Person, morgan: Person, words: str) -> None:
    await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    assert "not decided yet" not in await talk.say(alice, words)
    await talk.say(alice, "not mine BO-01 because the team moved")
    said = await talk.say(alice, words)
    assert "- BO-01 is not yours: asked on Friday 15 January 2027, not decided yet." in said
    assert "Said to be somebody else's on Friday 15 January 2027; not decided yet" in await talk.say(alice, "BO-01")
    await talk.say(morgan, "refuse BO-01 because nobody else can")
    assert "refused. nobody else can" in await talk.say(alice, words)
    assert "not decided yet" not in await talk.say(alice, "BO-01")


@pytest.mark.parametrize("words", BACK)
@pytest.mark.parametrize(
    "asked", ["not mine BO-01 because the team moved", "more time BO-01 until 14 March because of illness"]
)
async def test_what_was_asked_for_is_taken_back(
    talk: Talk, alice: Person, morgan: Person, words: str, asked: str
) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    await talk.say(alice, asked)
    assert "Taken back" in await talk.say(alice, words)
    assert await _state(talk, item.id) == [RequestState.WITHDRAWN]
    assert (await talk.get(item)).more_time_until is None
    assert "No request is waiting" in await talk.say(morgan, "requests")
    assert "back" in await talk.say(alice, "history BO-01")
    assert "Taken back" not in await talk.say(alice, words)


async def test_of_several_the_one_that_is_named_is_taken_back(talk: Talk, alice: Person, morgan: Person) -> None:
    items = [await talk.item(ref, owner_id=alice.id, due_on=DUE) for ref in ("BO-01", "BO-02")]
    for item in items:
        await talk.say(alice, f"not mine {item.ref} because the team moved")
    assert "nothing has changed" in await talk.say(alice, "cancel my request")
    assert [await _state(talk, item.id) for item in items] == [[RequestState.ASKED], [RequestState.ASKED]]
    assert "BO-02 is not yours" in await talk.say(alice, "cancel my request for BO-02")
    assert [await _state(talk, item.id) for item in items] == [[RequestState.ASKED], [RequestState.WITHDRAWN]]
