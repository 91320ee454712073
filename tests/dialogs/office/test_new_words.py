"""A new session in words: what is said of it stands in the form, is read back, and publishes nothing."""

from __future__ import annotations

from datetime import date, time

import pytest

from dialogs.office.clock_words import hours_in
from dialogs.office.new_words import read
from tests.dialogs.office.chat import Chat, button, inputs
from tests.services.harrow import harrow_rules

TODAY = date(2027, 1, 15)


@pytest.mark.parametrize(
    ("words", "starts", "ends"),
    [
        ("10am to 12pm", time(10), time(12)),
        ("10 to 12pm", time(10), time(12)),
        ("1 to 3pm", time(13), time(15)),
        ("10am to 12", time(10), time(12)),
        ("9.30-12.30", time(9, 30), time(12, 30)),
        ("10:00-11:30", time(10), time(11, 30)),
        ("from 1 to 3", time(13), time(15)),
        ("9-5", time(9), time(17)),
        ("noon to 2", time(12), time(14)),
        ("11.30 to 1.30pm", time(11, 30), time(13, 30)),
        ("7pm to 9pm", time(19), time(21)),
        ("at 2pm for 2 hours", time(14), time(16)),
        ("at 10", time(10), None),
        ("13:30", time(13, 30), None),
        ("14 to 16 january", None, None),
        ("levels 2 and 3", None, None),
        ("levels 2-3", None, None),
        ("25pm", None, None),
        ("20 places", None, None),
    ],
)
def test_hours_are_read_as_the_office_writes_them(words: str, starts: time | None, ends: time | None) -> None:
    assert hours_in(words)[1:] == (starts, ends)


@pytest.mark.parametrize(
    ("words", "course", "day"),
    [
        ("publish a date", None, None),
        ("new date", None, None),
        ("new session please", None, None),
        ("Can you publish a session", None, None),
        ("publish a date for the lado on 3 march", "managing-allegations-lado", date(2027, 3, 3)),
        ("can you create another dsl forum date in may", "dsl-forum", None),
        ("schedule the dsl forum for tuesday 16 february from 1 to 3", "dsl-forum", date(2027, 2, 16)),
        ("set up a drug awareness workshop on 5 may, 10am-1pm", "drug-awareness", date(2027, 5, 5)),
        ("new session of drug awareness on monday 16 march", "drug-awareness", None),
        ("new session of domestic abuse on 3 march", None, date(2027, 3, 3)),
    ],
)
def test_an_order_for_a_session_is_one_in_whatever_words(words: str, course: str | None, day: date | None) -> None:
    draft = read(words, harrow_rules().pack, TODAY)
    assert draft is not None
    assert (draft.course and draft.course.id, draft.day) == (course, day)


@pytest.mark.parametrize(
    "words",
    ["a session", "session on neglect", "new date for BO-01 3 march", "add a child to the plan", "new dates"]
    + ["set up a strategy meeting on 3 march at 10am", "make a referral for a child on 3 march at 10am"]
    + ["add me to drug awareness on 25 february", "add bob to drug awareness on 25 february", "new worker course"]
    + ["create a safety plan session", "add a new date for the review of the action plan", "dates of drug awareness"]
    + ["make the forum on 16 feb 30 places", "add a place to the forum", "add another place to the drug course"]
    + ["add 2 places to the forum on 16 february", "add two more places to drug awareness on 25 february"],
)
def test_other_words_are_no_order_for_a_session(words: str) -> None:
    assert read(words, harrow_rules().pack, TODAY) is None


async def test_what_was_typed_stands_in_the_form_and_nothing_is_published(chat: Chat) -> None:
    words = "new session of drug awareness on 11 march 2027 10am to 12pm, 25 places, online, trainer Tilda Testerton"
    form = await chat.say("Morgan", words)
    read_back = "Drug Awareness, Thursday 11 March 2027, 10am to 12pm, 25 places, online, trainer: Tilda Testerton."
    assert f"From your words I have filled in: {read_back}" in form.text
    filled = {"course": "drug-awareness", "day": "2027-03-11", "starts": "10:00", "ends": "12:00", "capacity": "25"}
    assert inputs(form) == {**filled, "venue": "", "link": "", "trainer": "Tilda Testerton"}
    assert "No session is coming up" in (await chat.say("Morgan", "sessions")).text
    done = await chat.press("Morgan", **{**inputs(form), **button(form, "Publish it")})
    assert "Thursday 11 March 2027, 10am to 12pm" in done.text


async def test_a_place_and_a_link_are_filled_in_and_what_is_open_is_asked(chat: Chat) -> None:
    form = await chat.say("Morgan", "publish a date of domestic abuse on monday 16 march at 2pm at the Civic Hub")
    assert "Tuesday 16 March 2027 is not a Monday" in form.text
    assert "Please choose the course: Domestic Abuse Foundation or" in form.text
    assert "Please say when it ends." in form.text
    assert {key: inputs(form)[key] for key in ("course", "day", "starts", "ends", "venue")} == {
        "course": "",
        "day": "",
        "starts": "14:00",
        "ends": "",
        "venue": "the Civic Hub",
    }
