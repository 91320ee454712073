"""How an answer to a choice is read, and what is a question in the middle of a form. Pure."""

from __future__ import annotations

import pytest

from dialogs.choosing import (
    option_and_note,
    said_mark,
    said_number,
    said_option,
    said_stop,
    said_words_of,
    said_yes,
    wavers,
)
from dialogs.meanwhile import asks

SHOWN = ["The decision was changed", "We agreed on another way", "The decision stands, and we accept the reasons"]
IDS = ["changed", "otherwise", "stands"]


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("yes", True),
        ("Yes, cancel it", True),
        ("yep cancel it!", True),
        ("actually yes please", True),
        ("cancel it", True),
        ("no", False),
        ("nope, keep it", False),
        ("don’t cancel it", False),
        ("i don't want to cancel", False),
        ("no thanks", False),
        ("stop", False),
        ("no, cancel it", None),
        ("yes, keep it", None),
        ("cancel", None),
        ("book it", None),
        ("ok thanks", None),
        ("yes, and book bob", None),
        ("no further action", None),
        ("", None),
        ("...", None),
    ],
)
def test_yes_and_no_to_a_cancellation(text: str, agreed: bool | None) -> None:
    assert said_yes(text, "cancel") is agreed


@pytest.mark.parametrize("deed", ["book", "cancel"])
@pytest.mark.parametrize(
    "text",
    ["yes pls", "yes plz", "Yup pls!", "yea", "yeah go on then", "yea go on", "go ahead", "ok go ahead", "do it"]
    + ["sounds good", "go for it pls", "yes that works"],
)
def test_a_yes_is_said_as_people_say_it(text: str, deed: str) -> None:
    assert said_yes(text, deed) is True


@pytest.mark.parametrize(
    "text", ["go on leave", "do it later", "yes go on the april one", "no go ahead with bob", "go"]
)
def test_more_than_a_yes_is_none(text: str) -> None:
    assert said_yes(text, "cancel") is None


def test_a_yes_is_to_what_was_asked() -> None:
    assert said_yes("book it") is True
    assert said_yes("I'll take it please") is True
    assert said_yes("i'll take it", "cancel") is None
    assert said_yes("cancel it") is None
    assert said_yes("yes, leave it", "leave") is True
    assert wavers("yes keep it")
    assert not wavers("please keep it")


@pytest.mark.parametrize(
    "text", ["2", "2.", "2 pls", "2)", "number 2", "option two", "two", "Second", "the second one please"]
)
def test_a_number_is_said_in_many_ways(text: str) -> None:
    assert said_number(text, ["a", "b"]) == "b"


@pytest.mark.parametrize("text", ["0", "3", "2 of them", "1.5", "the", "", "12345678901"])
def test_what_is_no_number_of_the_list_is_none(text: str) -> None:
    assert said_number(text, ["a", "b"]) is None


def test_an_option_is_meant_by_its_words_and_by_enough_of_them() -> None:
    assert said_option("yes clearly", ["Yes, clearly", "No"]) == "Yes, clearly"
    assert said_option("the decision stands", IDS, SHOWN) == "stands"
    assert said_option("the decision", IDS, SHOWN) is None
    assert said_option("we", IDS, SHOWN) is None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1 they looked again", ("changed", "they looked again")),
        ("1: they looked again", ("changed", "they looked again")),
        ("The decision was changed, after a talk", ("changed", "after a talk")),
        ("we agreed on another way", ("otherwise", "")),
        ("two", ("otherwise", "")),
        ("two agencies agreed", None),
        ("they did not change it", None),
    ],
)
def test_a_few_words_may_follow_an_option(text: str, read: tuple[str, str] | None) -> None:
    assert option_and_note(text, IDS, SHOWN) == read


@pytest.mark.parametrize(
    ("text", "mark"),
    [("4", "4"), ("four", "4"), ("4/5", "4"), ("4 out of 5", "4"), ("four of five", "4"), ("4/10", None), ("6", None)]
    + [
        ("about a 4", "4"),
        ("dunno, 4?", "4"),
        ("I’d say 4", "4"),
        ("4 before", "4"),
        ("4 now", "4"),
        ("maybe 4/5", "4"),
    ]
    + [("4 of them", None), ("between 3 and 4", None), ("4 in the class", None)],
)
def test_a_mark_is_read_as_it_is_written(text: str, mark: str | None) -> None:
    assert said_mark(text, 5) == mark


@pytest.mark.parametrize(
    "text",
    [
        "what is level 3",
        "whats level 3",
        "so what is level 3",
        "who decides",
        "can i refer",
        "is consent needed",
        "level 3?",
    ]
    + ["how long does it take", "tell me about level 3", "please, when do I escalate", "what level is neglect"]
    + ["who sees the evidence", "is that the right one", "what happens if i say that", "are parents told"]
    + ["who has to sign this off", "who has not been told", "does it close", "is training needed"],
)
def test_a_question_is_told_from_an_answer(text: str) -> None:
    assert asks(text, lessons=True)


@pytest.mark.parametrize(
    "text",
    ["what level 3 means", "when we rang them they changed it", "how to refer", "the MASH form", "can-do people"]
    + ["somebody rang who knew", "why it matters", "more on consent"]
    + ["is in the induction pack", "are all trained", "is now agreed", "are waiting for the governors"],
)
def test_an_answer_that_mentions_a_topic_is_no_question(text: str) -> None:
    assert not asks(text, lessons=True)


def test_how_to_do_a_thing_is_a_question_where_nobody_tells_what_they_learned() -> None:
    assert asks("how to refer")


SHARED = ["In a team meeting", "In supervision", "By changing a policy or form", "In another way", "Not yet"]
USED = ["The thresholds guidance", "The referral form", "The escalation procedure", "None of these"]
SEEN = ["Yes, clearly", "A little", "Not yet", "I cannot tell"]


@pytest.mark.parametrize(
    ("text", "choices", "meant"),
    [
        ("thresholds", USED, "The thresholds guidance"),
        ("the escalation one", USED, None),
        ("escalation", USED, "The escalation procedure"),
        ("team meeting", SHARED, "In a team meeting"),
        ("supervision", SHARED, "In supervision"),
        ("i shared it in supervision", SHARED, "In supervision"),
        ("not in supervision", SHARED, None),
        ("in supervision and in a team meeting", SHARED, None),
        ("a bit", SEEN, "A little"),
        ("yes", SEEN, None),
        ("my actions", SEEN, None),
        ("", SEEN, None),
    ],
)
def test_a_choice_is_meant_by_the_words_that_tell_it_from_others(
    text: str, choices: list[str], meant: str | None
) -> None:
    assert said_words_of(text, choices) == meant


@pytest.mark.parametrize(
    "text",
    ["stop", "Stop.", "please stop", "Ok, stop it!", "cancel", "Quit please", "Never mind.", "nevermind", "leave it"]
    + ["oh forget about it", "Forget it", "drop that", "enough", "let’s stop", "I want to stop now"],
)
def test_stop_is_heard_however_it_is_said(text: str) -> None:
    assert said_stop(text)


@pytest.mark.parametrize(
    "text",
    ["", "stop and think", "we had to stop it early", "cancel it", "no, cancel it", "cancel forum", "never", "I forget"]
    + ["leave things as they are", "enough time to talk", "don't stop", "a drop-in session"],
)
def test_an_answer_with_stop_in_it_is_an_answer(text: str) -> None:
    assert not said_stop(text)
