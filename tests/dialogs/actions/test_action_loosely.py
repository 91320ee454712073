"""What people say of an action in their own words: that it needs time, how it stands, whose it is."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.actions.loosely import needs_time, note_on
from services.model import Person
from tests.builders import IDENTIFYING
from tests.dialogs.actions.action_talk import Talk

DUE = date(2027, 1, 29)

NEED_TIME = [
    "BO-01 more time",
    "need more time for BO-01",
    "can i have more time on BO-01",
    "BO-01 is delayed",
    "BO-01 is running late",
    "BO-01 will not be done in time",
    "BO-01 needs a bit more time",
    "extension for BO-01",
    "extend BO-01",
]
NOTES = ["BO-01 on hold", "BO-01 halfway there", "BO-01: nearly there", "bo-01 waiting for the governors"]
NEITHER = [
    "who owns BO-01",
    "BO-01 who owns it",
    "BO-01 evidence",
    "BO-01 17-26 year olds",
    "more time for a child who is late",
    "BO-01",
]


@pytest.mark.parametrize("words", NEED_TIME)
def test_words_that_want_time_and_name_no_day(words: str) -> None:
    assert needs_time(words) == "BO-01"


@pytest.mark.parametrize("words", NOTES)
def test_words_that_tell_how_it_stands(words: str) -> None:
    assert needs_time(words) is None
    told = note_on(words)
    assert told is not None
    assert told[0].upper() == "BO-01"


@pytest.mark.parametrize("words", NEITHER)
def test_words_that_do_neither(words: str) -> None:
    assert needs_time(words) is None
    assert note_on(words) is None


@pytest.mark.parametrize("words", NEED_TIME)
async def test_until_when_is_asked_of_the_owner(talk: Talk, alice: Person, words: str) -> None:
    await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    await talk.item("BO-02", owner_id=alice.id, due_on=DUE)
    assert "Until which day do you need more time for BO-01" in await talk.say(alice, words)
    assert "until Sunday 14 March 2027" in await talk.say(alice, "can i have until 14 March because of illness")


@pytest.mark.parametrize(
    "words",
    [
        "i need until end of march for bo-01 because governors meeting was moved",
        "can we have until 31 March for the action BO-01 because governors meeting was moved",
        "BO-01 needs until 31 March because governors meeting was moved",
        "i need more time for BO-01 until 31 March because governors meeting was moved",
        "extend BO-01 until 31 March because governors meeting was moved",
    ],
)
async def test_time_that_is_wanted_in_ones_own_words_reaches_the_manager(
    talk: Talk, alice: Person, morgan: Person, words: str
) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    assert "until Wednesday 31 March 2027. The current date stands" in await talk.say(alice, words)
    async with talk.database.reading() as work:
        (request,) = await work.action_requests.open()
    assert (request.until, request.reason) == (date(2027, 3, 31), "governors meeting was moved")
    assert (await talk.get(item)).due_on == DUE


async def test_only_the_manager_and_the_owner_may_want_it_extended(talk: Talk, alice: Person, morgan: Person) -> None:
    item = await talk.item("BO-01", owner_id=morgan.id, due_on=DUE)
    assert "Only the partnership manager" in await talk.say(alice, "extend BO-01 until 31 March because of illness")
    assert "is now due" in await talk.say(morgan, "extend BO-01 until 31 March because of illness")
    assert (await talk.get(item)).due_on == date(2027, 3, 31)


@pytest.mark.parametrize("words", NOTES)
async def test_how_it_stands_is_kept_after_a_yes(talk: Talk, alice: Person, words: str) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    assert "Shall I keep this as your progress on BO-01" in await talk.say(alice, words)
    assert (await talk.get(item)).progress is None
    assert "is kept" in await talk.say(alice, "yes")
    assert words.endswith((await talk.get(item)).progress or "nothing")


@pytest.mark.parametrize("words", ["no", "my bookings", "14 March"])
async def test_nothing_but_a_yes_keeps_it(talk: Talk, alice: Person, words: str) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    await talk.say(alice, "BO-01 on hold")
    await talk.say(alice, words)
    await talk.say(alice, "yes")
    assert await talk.get(item) == item


async def test_what_is_told_of_an_action_is_screened(talk: Talk, alice: Person) -> None:
    await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    assert "identify" in await talk.say(alice, f"BO-01 on hold, {IDENTIFYING}")


async def test_how_it_stands_tells_strangers_nothing_and_shows_it_to_the_manager(
    talk: Talk, alice: Person, morgan: Person
) -> None:
    await talk.item("BO-01", due_on=DUE)
    assert await talk.say(alice, "BO-01 on hold") == await talk.say(alice, "XX-99 on hold")
    assert "What you can do with it:" in await talk.say(morgan, "BO-01 on hold")


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("More time", "Until which day do you need more time for BO-01"),
        ("done", "what shows that it is done"),
        ("Not mine", "why it is not yours"),
        ("progress", "how it is going"),
    ],
)
async def test_beneath_one_action_the_titles_of_its_forms_may_be_typed(
    talk: Talk, alice: Person, title: str, asked: str
) -> None:
    await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    await talk.item("BO-02", owner_id=alice.id, due_on=DUE)
    await talk.say(alice, "BO-01")
    assert asked in await talk.say(alice, title)


@pytest.mark.parametrize("words", ["more time", "done", "not mine"])
async def test_beneath_a_list_it_is_asked_which(talk: Talk, alice: Person, words: str) -> None:
    for ref in ("BO-01", "BO-02"):
        await talk.item(ref, owner_id=alice.id, due_on=DUE)
    await talk.say(alice, "my actions")
    assert f"for example: {words} BO-01." in await talk.say(alice, words)
    assert "Action BO-02" in await talk.say(alice, "2")


@pytest.mark.parametrize("words", ["BO-01 close", "BO-01 assign to bob", "BO-01 extend it"])
async def test_an_order_that_begins_with_the_action_shows_what_can_be_done(
    talk: Talk, alice: Person, morgan: Person, words: str
) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    for who in (alice, morgan):
        assert "so nothing has changed. What you can do with it:" in await talk.say(who, words)
    assert await talk.get(item) == item


async def test_the_card_itself_says_what_may_be_typed(talk: Talk, alice: Person, morgan: Person) -> None:
    await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    for who, words in ((alice, "more time BO-01 until"), (morgan, "close BO-01 and why")):
        shown = await talk.shown(who, "BO-01")
        assert words in str({**(shown.card or {}), "fallbackText": ""})
