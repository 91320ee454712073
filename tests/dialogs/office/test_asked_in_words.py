"""What the office asks in its own words, with no name of a command in them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.office import bare_changes, reporting, verbs
from dialogs.wording import SENTENCES, say
from services.reports import NAMES
from tests.dialogs.office.chat import Chat, button, inputs, labels


async def publish(chat: Chat, day: str, trainer: str = "Tilda") -> None:
    form = await chat.press("Morgan", verbs.NEW)
    filled = {"course": "dsl-forum", "trainer": trainer, "link": "https://example.org/j", "day": day}
    await chat.press("Morgan", **{**inputs(form), **button(form, "Publish it"), **filled})


@pytest.mark.parametrize(
    "words",
    ["who is booked on the dsl forum", "whos coming to the forum?", "list of people on the dsl forum"]
    + ["how many are coming to the dsl forum", "email everyone on the forum"],
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


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("write to everyone on the dsl forum: please bring id", "please bring id"),
        ("email everyone on the forum that the link has changed", "the link has changed"),
        ("Message everyone coming to the forum, bring ID", "bring ID"),
        ("tell everybody on the dsl forum on 16 february and say we start at 10", "we start at 10"),
        ("write to everyone on the dsl forum", ""),
    ],
)
async def test_what_is_to_be_written_stands_in_the_form_and_is_not_sent(chat: Chat, words: str, text: str) -> None:
    await publish(chat, "2027-02-16")
    await chat.press("Alice", "session.book", session=1)
    form = await chat.say("Morgan", words)
    assert "Write to everybody" in labels(form)
    assert inputs(form)["text"] == text
    assert ("Nothing is sent yet" in form.text) == bool(text)
    await chat.sweep()
    assert "bring" not in str(chat.messenger.to("Alice"))


async def test_a_message_that_could_identify_somebody_is_refused_and_not_repeated(chat: Chat) -> None:
    await publish(chat, "2027-02-16")
    refused = await chat.say("Morgan", "write to everyone on the dsl forum: Jane Roe, NHS number 943 476 5919, comes")
    assert "could identify somebody" in refused.text
    assert "943" not in refused.text
    assert "943" not in str(inputs(await chat.say("Morgan", "write to everyone on the dsl forum")))


async def test_of_several_sessions_it_is_asked_to_whom_and_the_words_go_along(chat: Chat) -> None:
    await publish(chat, "2027-02-16")
    await publish(chat, "2027-03-16")
    asked = await chat.say("Morgan", "write to everyone on the dsl forum: please bring id")
    assert asked.text.startswith("To the people of which session")
    assert inputs(await chat.press("Morgan", **button(asked, "Write to them")))["text"] == "please bring id"
    await chat.say("Morgan", "write to everyone on the dsl forum: please bring id")
    form = await chat.say("Morgan", "2")
    assert "Tuesday 16 March 2027" in form.text
    assert inputs(form)["text"] == "please bring id"


async def test_who_is_on_something_that_is_no_course_is_a_question(chat: Chat) -> None:
    await publish(chat, "2027-02-16")
    for words, title in (
        ("who is on a child protection conference", "Child protection conferences"),
        ("how many are in the partnership", "Who is who in Harrow's safeguarding partnership?"),
    ):
        answered = await chat.say("Morgan", words)
        assert answered.text.startswith(title)
        assert "Write to everybody" not in labels(answered)


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        ("put on a new session of the intro course on 20 january", "A new session needs its card"),
        ("who still owes an impact evaluation", "Everybody who attended"),
        ("take the register for the intro", "There is no session of the last 60 days"),
        ("attendance report", "Attendance"),
        ("report impact evaluation", "Impact evaluation 20"),
        ("report for impact evaluations 2025-26", "Impact evaluation 20"),
        ("add a lado session on 24 feb 10am to 12", "A new session needs its card"),
        ("can you create another dsl forum date in may", "A new session needs its card"),
        ("training report for 2026", "Multi-agency training 2026-27"),
        ("can i get the training report 2025-26 pls", "Multi-agency training 2025-26"),
        ("how many no shows this year", "Places not used"),
        ("report training this year", "Multi-agency training 2026-27"),
        ("how many did we train this year", "Multi-agency training 2026-27"),
        ("who didnt turn up", "Places not used"),
        ("whats new this week", "The week from"),
        ("any requests for more time", "No request is waiting"),
    ],
)
async def test_the_office_is_understood_without_the_name_of_a_command(chat: Chat, words: str, answered: str) -> None:
    assert (await chat.say("Morgan", words)).text.startswith(answered)


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("impact evaluation", "impact-funnel"),
        ("impact", "impact-funnel"),
        ("impact funnel", "impact-funnel"),
        ("places not used", "no-shows"),
        ("no show", "no-shows"),
        ("cancelled", "cancelled-events"),
        ("attendance by agency", "attendance"),
        ("action plans", "actions"),
        ("action plan", "action-plan"),
        ("training", "training"),
        ("a challenge", ""),
        ("child protection", ""),
        ("late", ""),
        ("", ""),
    ],
)
def test_a_report_goes_by_its_name_and_by_its_title(called: str, name: str) -> None:
    assert reporting.named(called.split()) == name


def test_every_report_is_found_by_the_title_that_the_list_shows() -> None:
    for name in NAMES:
        key = f"report-name-{name}"
        title = say(key) if key in SENTENCES else name.replace("-", " ")
        assert reporting.named(title.lower().replace(":", "").split()) == name


@pytest.mark.parametrize(
    "words",
    ["who is on my course", "who's coming on tuesday 16 february", "show me the register", "attendance list"]
    + [
        "how many are booked on my forum",
        "who is coming to the dsl forum?",
        "delegate list",
        "who is on my next session",
        "who have I got on 16 february",
        "print the register",
        "who am I training on 16 february",
        "who do I have on 16 february",
        "has anyone booked on the dsl forum",
        "is anyone coming to my forum?",
    ],
)
async def test_a_trainer_asks_who_comes_to_their_own_session(chat: Chat, words: str) -> None:
    await publish(chat, "2027-02-16")
    await chat.press("Alice", "session.book", session=1)
    shown = await chat.say("Tilda", words)
    assert "Tuesday 16 February 2027, 9.30am to 12.30pm. 1 of 20 places taken." in shown.text
    assert "Alice" in shown.text
    assert labels(shown) == ["Write to everybody", "Send"]
    assert "Alice" not in (await chat.say("Bob", words)).text


@pytest.mark.parametrize("words", ["register for the dsl forum", "please register for the forum on 16 february"])
async def test_to_register_for_a_course_is_an_order_to_book(chat: Chat, words: str) -> None:
    await publish(chat, "2027-02-16")
    await chat.press("Alice", "session.book", session=1)
    for name in ("Tilda", "Morgan"):
        assert "To book it for yourself, type yes" in (await chat.say(name, words)).text
    for noun in ("register for my forum", "register for 16 february"):
        assert "Alice" in (await chat.say("Tilda", noun)).text


async def test_the_next_session_is_none_that_has_begun(chat: Chat) -> None:
    await publish(chat, "2027-02-16")
    await publish(chat, "2027-03-16")
    await chat.press("Alice", "session.book", session=1)
    await chat.press("Bob", "session.book", session=2)
    chat.now += timedelta(days=32, hours=7)
    shown = await chat.say("Tilda", "who is on my next session")
    assert "Tuesday 16 March 2027" in shown.text
    assert "Bob" in shown.text


async def test_of_several_sessions_a_trainer_chooses_and_another_trainers_is_none_of_them(chat: Chat) -> None:
    await publish(chat, "2027-02-16")
    await publish(chat, "2027-03-16")
    await publish(chat, "2027-02-23", "Terry")
    await chat.press("Alice", "session.book", session=2)
    await chat.press("Bob", "session.book", session=3)
    choice = await chat.say("Tilda", "who is on my course")
    assert choice.text.startswith("Which session's list would you like to see?")
    assert "23 February" not in choice.text
    assert "Alice" in (await chat.say("Tilda", "2")).text
    assert "with you as its trainer" in (await chat.say("Tilda", "who's coming on 23 february")).text
    refused = await chat.press("Tilda", verbs.DELEGATES, session=3)
    assert refused.text.startswith("I cannot find that session among yours.")


@pytest.mark.parametrize(
    "words",
    ["when is my next session", "what am i training", "my sessions", "What am I teaching next week?"]
    + ["what have i got coming up", "when are my next sessions", "which courses do i run"],
)
async def test_a_trainer_sees_the_sessions_that_they_train_and_nobody_elses(chat: Chat, words: str) -> None:
    assert "The sessions you are the trainer of" not in (await chat.say("Tilda", words)).text
    await publish(chat, "2027-02-16")
    await publish(chat, "2027-02-23", "Terry")
    await chat.press("Alice", "session.book", session=1)
    mine = (await chat.say("Tilda", words)).text
    assert mine.startswith("The sessions you are the trainer of.")
    assert "1. Safeguarding in Education" in mine
    assert "23 February" not in mine
    assert "Alice" in (await chat.say("Tilda", "1")).text
    assert "The sessions you are the trainer of" not in (await chat.say("Alice", words)).text


async def test_on_the_day_the_register_is_the_one_to_be_marked(chat: Chat) -> None:
    await publish(chat, "2027-02-16")
    await chat.press("Alice", "session.book", session=1)
    chat.now += timedelta(days=32, hours=2)
    for words in ("show me the register", "register for today"):
        assert "Save" in labels(await chat.say("Tilda", words))
    assert "Mark attendance" in labels(await chat.say("Tilda", "who is on my course"))


async def test_the_office_asks_by_day_and_gets_every_session_of_it(chat: Chat) -> None:
    await publish(chat, "2027-02-16")
    await publish(chat, "2027-02-23", "Terry")
    await chat.press("Bob", "session.book", session=2)
    shown = await chat.say("Morgan", "who's coming on 23 february")
    assert "Bob" in shown.text
    assert "Back to the session" in labels(shown)
    assert "No such session is coming up" in (await chat.say("Morgan", "who's coming on 24 february")).text
    assert "is not a Monday" in (await chat.say("Morgan", "who's coming on monday 23 february")).text


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("who is on my team", "I can only help with safeguarding guidance"),
        ("who is on tomorrow", "I can only help with safeguarding guidance"),
        ("how many have i got", "You have nothing booked"),
        ("who is on call", "Who do I call?"),
        ("who do I have to tell", "Is it one of these?"),
    ],
)
async def test_words_that_name_no_session_are_left_to_others(chat: Chat, words: str, says: str) -> None:
    await publish(chat, "2027-02-16")
    for name in ("Tilda", "Morgan"):
        said = (await chat.say(name, words)).text
        assert says in said
        assert "places taken" not in said


@pytest.mark.parametrize(
    "words",
    ["call off the forum on 16 march", "call off the march forum", "cancel the forum session on 16 march"]
    + ["move the forum session on 16 march", "promote the dsl forum on 16 march"],
)
async def test_the_session_of_the_day_that_is_named_is_opened_to_be_changed(chat: Chat, words: str) -> None:
    await publish(chat, "2027-02-16")
    await publish(chat, "2027-03-16")
    shown = (await chat.say("Morgan", words)).text
    assert shown.startswith("Change it here")
    assert "Tuesday 16 March 2027" in shown
    assert "Sessions to come" in (await chat.say("Morgan", "call off the forum on 17 march")).text


@pytest.mark.parametrize(
    "words",
    [
        "cancel the dsl forum on 16 march",
        "Cancel dsl forum on 16 March please",
        "change the forum on 16 march",
    ]
    + [
        "call off the march forum",
        "can you move the dsl forum on 16 march",
        "push back the forum on 16 march",
    ],
)
async def test_a_session_named_by_its_course_alone_is_opened_where_nobody_holds_a_place(chat: Chat, words: str) -> None:
    await publish(chat, "2027-02-16")
    await publish(chat, "2027-03-16")
    shown = (await chat.say("Morgan", words)).text
    assert shown.startswith("Change it here")
    assert "Tuesday 16 March 2027" in shown
    assert "Change it here" not in (await chat.say("Alice", words)).text


@pytest.mark.parametrize(
    "words",
    ["change the forum on 16 march to 20 april", "can you move the dsl forum on 16 march to 20 april"]
    + ["move the forum session on 16 march to 20 april"],
)
async def test_the_session_of_a_day_is_to_have_another(chat: Chat, words: str) -> None:
    await publish(chat, "2027-02-16")
    await publish(chat, "2027-03-16")
    form = await chat.say("Morgan", words)
    assert "filled in: Tuesday 20 April 2027, instead of Tuesday 16 March 2027" in form.text
    assert inputs(form)["day"] == "2027-04-20"
    assert "filled in" not in (await chat.say("Alice", words)).text


async def test_the_day_that_is_misread_is_asked_and_another_is_listed(chat: Chat) -> None:
    await publish(chat, "2027-02-16")
    assert "is not a Monday" in (await chat.say("Morgan", "cancel the dsl forum on monday 16 february")).text
    assert "Sessions to come" in (await chat.say("Morgan", "cancel dsl forum on 25 december")).text


async def test_a_place_of_ones_own_is_meant_by_whoever_holds_one(chat: Chat) -> None:
    await publish(chat, "2027-02-16")
    await chat.press("Morgan", "session.book", session=1)
    assert (await chat.say("Morgan", "cancel dsl forum")).text.startswith("Cancel your place on")
    await chat.say("Morgan", "no")
    assert (await chat.say("Morgan", "cancel the forum session")).text.startswith("Change it here")


@pytest.mark.parametrize(
    ("words", "session"),
    [
        ("cancel drug awareness on 25 december", "drug awareness on 25 december"),
        ("please change the lado to 16 december", "the lado"),
        ("move introduction until 3 march", "introduction"),
        ("cancel my place on drug awareness", None),
        ("cancel drug awareness for me", None),
        ("change my booking to march", None),
        ("drug awareness on 25 december", None),
        ("how do I cancel", None),
    ],
)
def test_an_order_about_a_session_says_which(words: str, session: str | None) -> None:
    assert bare_changes.read(words) == session


@pytest.mark.parametrize("words", ["change the level of need", "move the child to 20 april", "cancel the conference"])
async def test_what_is_no_course_is_no_session(chat: Chat, words: str) -> None:
    await publish(chat, "2027-02-16")
    answered = (await chat.say("Morgan", words)).text
    assert "Change it here" not in answered
    assert "Sessions to come" not in answered


@pytest.mark.parametrize(
    ("words", "reason"),
    [("1", "trainer unavailable"), ("the trainer is ill", "trainer unavailable"), ("too few booked", "too few booked")]
    + [("not enough people", "too few booked"), ("snow", "weather"), ("another reason", "another reason")],
)
async def test_a_session_is_called_off_in_words_by_its_reason(chat: Chat, words: str, reason: str) -> None:
    await publish(chat, "2027-02-16")
    await chat.say("Morgan", "call off the forum")
    asked = (await chat.say("Morgan", "cancel the session")).text
    assert asked.startswith("Cancel Safeguarding in Education")
    assert "1. Trainer unavailable\n2. Too few booked" in asked
    assert "1. Trainer unavailable" in (await chat.say("Morgan", "yes")).text
    assert f"The session is cancelled ({reason})" in (await chat.say("Morgan", words)).text


@pytest.mark.parametrize("words", ["no", "stop", "actually no", "no dont"])
async def test_a_session_that_is_kept_is_shown_as_it_stands(chat: Chat, words: str) -> None:
    await publish(chat, "2027-02-16")
    await chat.press("Morgan", verbs.CALL_OFF_ASK, session=1)
    kept = await chat.say("Morgan", words)
    assert kept.text.startswith("The session stays as it was.")
    assert "Cancel the session" in labels(kept)
