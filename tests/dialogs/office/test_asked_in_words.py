"""What the office asks in its own words, with no name of a command in them."""

from __future__ import annotations

import pytest

from dialogs.office import verbs
from tests.dialogs.office.chat import Chat, button, inputs, labels


async def publish(chat: Chat, day: str) -> None:
    form = await chat.press("Morgan", verbs.NEW)
    filled = {"course": "dsl-forum", "trainer": "Tilda", "link": "https://example.org/j", "day": day}
    await chat.press("Morgan", **{**inputs(form), **button(form, "Publish it"), **filled})


@pytest.mark.parametrize(
    "words",
    ["who is booked on the dsl forum", "whos coming to the forum?", "list of people on the dsl forum"]
    + ["how many are coming to the dsl forum", "email everyone on the forum that the link has changed"],
)
async def test_the_people_of_a_session_are_shown_to_the_office_by_its_course(chat: Chat, words: str) -> None:
    await publish(chat, "2027-02-16")
    await chat.press("Alice", "session.book", session=1)
    shown = await chat.say("Morgan", words)
    assert "Tuesday 16 February 2027" in shown.text
    assert "Alice" in shown.text
    assert "Write to everybody" in labels(shown)
    assert "Alice" not in (await chat.say("Bob", words)).text
    await publish(chat, "2027-03-16")
    assert "Sessions to come" in (await chat.say("Morgan", words)).text


async def test_who_is_on_something_that_is_no_course_is_a_question(chat: Chat) -> None:
    await publish(chat, "2027-02-16")
    for words in ("who is on a child protection conference", "how many are in the partnership"):
        assert "Sessions to come" not in (await chat.say("Morgan", words)).text
        assert "Write to everybody" not in labels(await chat.say("Morgan", words))


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        ("put on a new session of the intro course on 20 january", "A new session needs its card"),
        ("who still owes an impact evaluation", "Everybody who attended"),
        ("take the register for the intro", "There is no session of the last 60 days"),
        ("attendance report", "Attendance"),
        ("report training this year", "Multi-agency training 2026-27"),
        ("how many did we train this year", "Multi-agency training 2026-27"),
        ("who didnt turn up", "Places not used"),
        ("whats new this week", "The week from"),
        ("any requests for more time", "No request waits"),
    ],
)
async def test_the_office_is_understood_without_the_name_of_a_command(chat: Chat, words: str, answered: str) -> None:
    assert (await chat.say("Morgan", words)).text.startswith(answered)
