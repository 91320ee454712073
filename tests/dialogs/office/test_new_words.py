"""A new session in words: what is said of it stands in the form, is read back, and publishes nothing."""

from __future__ import annotations

from datetime import date, time

import pytest

from dialogs.office.clock_words import hours_in
from dialogs.office.new_words import read
from services.model import Role
from tests.builders import add_person
from tests.dialogs.office.chat import Chat, button, inputs
from tests.dialogs.questions.questions_chat import everything_stored
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


@pytest.mark.parametrize(
    "words",
    [
        "new session of drug awareness on 10 March 10am to 12pm with Tilda",
        "new session of drug awareness with tilda on 10 march from 10 to 12",
        "new drug awareness session on 10 march with Tilda as the trainer, 10am to 12pm",
        "schedule drug awareness for 10 march 10am-12pm, with tilda please",
        "new session of drug awareness on 10 march 10am to 12pm trainer tilda",
    ],
)
async def test_the_trainer_whom_the_session_is_with_fills_the_form(chat: Chat, words: str) -> None:
    form = await chat.say("Morgan", words)
    assert "Drug Awareness, Wednesday 10 March 2027, 10am to 12pm, trainer: Tilda." in form.text
    assert (inputs(form)["course"], inputs(form)["trainer"]) == ("drug-awareness", "Tilda")


async def test_the_whole_name_is_filled_in_so_that_the_session_is_the_trainers(chat: Chat) -> None:
    async with chat.database.work() as work:
        await add_person(work, "Priya O'Specimen", roles=[Role.TRAINER])
        await work.commit()
    form = await chat.say("Morgan", "new session of lado with priya on 10 march, 20 places, online")
    assert inputs(form)["trainer"] == "Priya O'Specimen"
    done = await chat.press("Morgan", **{**inputs(form), **button(form, "Publish it")})
    assert "Wednesday 10 March 2027" in done.text


@pytest.mark.parametrize("whom", ["dave", "Dave Smith", "bob", "Alice", "Tilda and Dave"])
async def test_whoever_is_no_trainer_leaves_the_trainer_open_and_is_not_kept(chat: Chat, whom: str) -> None:
    form = await chat.say("Morgan", f"new session of drug awareness on 10 March 10am to 12pm with {whom}")
    assert "Drug Awareness, Wednesday 10 March 2027, 10am to 12pm." in form.text
    assert "I know no trainer by what stands after “with”, so I have left the trainer open" in form.text
    assert (inputs(form)["course"], inputs(form)["trainer"]) == ("drug-awareness", "")
    assert "dave" not in (await everything_stored(chat.database)).casefold()


async def test_two_trainers_of_one_name_leave_it_open(chat: Chat) -> None:
    async with chat.database.work() as work:
        await add_person(work, "Tilda Two", roles=[Role.TRAINER])
        await work.commit()
    form = await chat.say("Morgan", "new session of drug awareness on 10 march with tilda")
    assert inputs(form)["trainer"] == ""
    assert "left the trainer open" in form.text


@pytest.mark.parametrize(
    "words",
    [
        "new session with jayden on 10 march",
        "set up a session with jayden and his mum on 10 march at 2pm",
        "set up a session on 10 march for jayden who was hit",
        "new session at jayden's house on 10 march at 2pm",
        "new session of drug awareness on 10 march with my pupil jayden",
        "new session of drug awareness on 10 march with jayden who was hit",
        "new session of drug awareness for jayden in year 4 with tilda",
        "add a session with jayden's mum on 10 march at 10am",
    ],
)
async def test_a_session_with_a_child_or_a_family_is_refused_and_kept_nowhere(chat: Chat, words: str) -> None:
    said = await chat.say("Morgan", words)
    assert "could identify somebody" in said.text or "999" in said.text
    assert "From your words I have filled in" not in said.text
    assert "jayden" not in (await everything_stored(chat.database)).casefold()


async def test_nobody_but_the_office_names_a_trainer(chat: Chat) -> None:
    said = await chat.say("Alice", "new session of drug awareness on 10 March 10am to 12pm with Tilda")
    assert "A new session needs its card" not in said.text
