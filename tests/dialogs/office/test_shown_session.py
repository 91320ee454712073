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


@pytest.mark.parametrize(
    ("words", "day", "hours", "read"),
    [
        ("postpone the dsl forum to 10 march", "2027-03-10", "09:30-12:30", "Wednesday 10 March 2027"),
        ("move it to 3 march please", "2027-03-03", "09:30-12:30", "Wednesday 3 March 2027"),
        ("postpone it by two weeks", "2027-03-02", "09:30-12:30", "Tuesday 2 March 2027"),
        ("move the dsl forum to 3 march at 2pm", "2027-03-03", "14:00-17:00", "Wednesday 3 March 2027, 2pm"),
        ("reschedule dsl forum to 3 march 10am to 11am", "2027-03-03", "10:00-11:00", "10am to 11am"),
        ("move it to 2pm", "2027-02-16", "14:00-17:00", "2pm"),
        ("change the dsl forum to saturday 6 march", "2027-03-06", "09:30-12:30", "6 March 2027 is at the weekend."),
        ("postpone the forum to 29 march 2027", "2027-03-29", "09:30-12:30", "29 March 2027 is a bank holiday"),
    ],
)
async def test_the_day_that_is_typed_stands_in_the_form_and_changes_nothing_before_it_is_sent(
    shown: Chat, words: str, day: str, hours: str, read: str
) -> None:
    form = await shown.say("Morgan", words)
    filled = inputs(form)
    assert (filled["day"], f"{filled['starts']}-{filled['ends']}") == (day, hours)
    assert form.text.startswith("Change Safeguarding in Education")
    assert read in form.text
    assert "Tuesday 16 February 2027, 9.30am" in (await shown.say("Morgan", "sessions")).text
    saved = await shown.press("Morgan", **{**filled, **button(form, "Save and tell everybody")})
    assert "People who will be told now: 1." in saved.text


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        ("postpone the dsl forum to 10 january 2026", "Saturday 10 January 2026 is in the past"),
        ("move it to yesterday", "Change Safeguarding"),
        ("postpone the dsl forum to monday 10 march", "Wednesday 10 March 2027 is not a Monday"),
        ("postpone the dsl forum to next term", "Change it here"),
        ("cancel the dsl forum session to 10 march", "Change it here"),
    ],
)
async def test_a_day_that_cannot_be_is_told_of_and_one_that_cannot_be_read_is_asked_for(
    shown: Chat, words: str, answered: str
) -> None:
    said = await shown.say("Morgan", words)
    assert answered in said.text
    assert inputs(said).get("day", "2027-02-16") == "2027-02-16"


async def test_of_several_sessions_the_chosen_one_has_the_day_that_was_typed(shown: Chat) -> None:
    form = await shown.press("Morgan", verbs.NEW)
    filled = {"course": "dsl-forum", "trainer": "Tilda", "link": "https://example.org/j", "day": "2027-04-20"}
    await shown.press("Morgan", **{**inputs(form), **button(form, "Publish it"), **filled})
    asked = await shown.say("Morgan", "postpone the dsl forum by a week")
    assert "Which session is to be changed?" in asked.text
    assert inputs(await shown.press("Morgan", **button(asked, "This one")))["day"] == "2027-02-23"
    await shown.say("Morgan", "postpone the dsl forum by a week")
    assert inputs(await shown.say("Morgan", "2"))["day"] == "2027-04-27"
    forged = await shown.press("Morgan", verbs.EDIT, session=1, when="soon")
    assert inputs(forged) == {}


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
