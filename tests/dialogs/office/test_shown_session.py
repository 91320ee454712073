"""Words about the session whose card stands right above: they do what its buttons do, and ask the same questions."""

from __future__ import annotations

import pytest

from dialogs.office import verbs
from dialogs.office.shown_session import read
from tests.dialogs.office.chat import Chat, button, inputs, labels


@pytest.fixture
async def shown(chat: Chat) -> Chat:
    """Morgan looks at the forum of Tuesday 16 February, on which Alice is booked."""
    form = await chat.press("Morgan", verbs.NEW)
    filled = {"course": "dsl-forum", "trainer": "Tilda", "link": "https://example.org/j", "day": "2027-02-16"}
    await chat.press("Morgan", **{**inputs(form), **button(form, "Publish it"), **filled})
    await chat.press("Alice", "session.book", session=1)
    await chat.press("Morgan", verbs.SESSION, session=1)
    return chat


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("cancel it", (verbs.CALL_OFF_ASK, "")),
        ("Call it off please", (verbs.CALL_OFF_ASK, "")),
        ("move it to 3 march", (verbs.EDIT, "")),
        ("change the venue", (verbs.EDIT, "")),
        ("who is on it?", (verbs.DELEGATES, "")),
        ("who’s coming", (verbs.DELEGATES, "")),
        ("write to the people on it", (verbs.DELEGATES, "")),
        ("write to them: please bring ID", (verbs.DELEGATES, "please bring ID")),
        ("tell everyone that we start at 10", (verbs.DELEGATES, "we start at 10")),
        ("how full is it", (verbs.SESSION, "")),
        ("promote this session", (verbs.PROMOTE, "")),
        ("keep booking open", (verbs.EXTEND, "")),
        ("cancel", None),
        ("who is coming to the forum", None),
        ("cancel my place", None),
        ("who is on call", None),
        ("how many children are on a plan", None),
        ("tell the police", None),
        ("move the child to another school", None),
        ("change the plan", None),
    ],
)
def test_words_about_what_is_shown_are_told_from_others(words: str, meant: tuple[str, str] | None) -> None:
    assert read(words) == meant


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        ("cancel it", "Cancel Safeguarding in Education Termly Seminar (DSL forum), Tuesday 16 February 2027"),
        ("move it to 3 march", "Change Safeguarding in Education"),
        ("who is on it", "People on Safeguarding in Education"),
        ("how full is it", "Safeguarding in Education"),
    ],
)
async def test_the_session_that_is_shown_is_meant(shown: Chat, words: str, answered: str) -> None:
    assert (await shown.say("Morgan", words)).text.startswith(answered)


async def test_a_number_is_one_of_places(shown: Chat) -> None:
    assert "from 20 to 25 places?" in (await shown.say("Morgan", "change it to 25")).text


async def test_a_message_for_the_session_that_is_shown_stands_in_its_form(shown: Chat) -> None:
    form = await shown.say("Morgan", "write to the people on it: please bring id")
    assert "Write to everybody" in labels(form)
    assert inputs(form)["text"] == "please bring id"
    assert "Alice" in form.text


async def test_without_a_session_and_for_others_the_words_mean_what_they_did(shown: Chat) -> None:
    await shown.say("Morgan", "help")
    assert "nothing booked" in (await shown.say("Morgan", "cancel it")).text
    assert "People on" not in (await shown.say("Alice", "who is on it")).text
