"""What is said of the place that was spoken of last, without its name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.training import other_dates
from dialogs.training.it_words import BACK, CANCELS, MOVES, Said, read
from services.work import Database
from tests.dialogs.training.places_chat import DAY, FORUM, LADO, a_chat_with_people, letters
from tests.dialogs.training.training_chat import Chat

DRUG, MENTAL = "drug-awareness", "child-mental-health"
THEIRS = "Managing Allegations (LADO), Thursday 4 February 2027"


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Two forums, and one date each of three courses. Alice is booked on LADO, and has just been told so."""
    chat = await a_chat_with_people(database)
    await chat.date_of(FORUM, DAY)
    await chat.date_of(FORUM, DAY + timedelta(days=100))
    await chat.date_of(LADO, DAY + timedelta(days=1))
    await chat.date_of(DRUG, DAY + timedelta(days=2))
    await chat.date_of(MENTAL, DAY + timedelta(days=5))
    await chat.say("Alice", "book lado")
    assert f"You are booked on {THEIRS}" in await chat.say("Alice", "yes")
    return chat


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cancel it", Said(CANCELS)),
        ("actually cancel it", Said(CANCELS)),
        ("actualy cancle it pls", Said(CANCELS)),
        ("no wait, can you cancel that one please", Said(CANCELS)),
        ("take me off it please", Said(CANCELS)),
        ("not that one", Said(CANCELS)),
        ("no, that's not the one i wanted", Said(CANCELS)),
        ("actually i dont want it any more", Said(CANCELS)),
        ("move it to another date", Said(MOVES, "another date")),
        ("change it", Said(MOVES)),
        ("can i move that to may instead", Said(MOVES, "may")),
        ("reschedule it please", Said(MOVES)),
        ("actually no put me back in december", Said(BACK, "december")),
        ("no actually I want it back", Said(BACK)),
        ("book me back on the forum", Said(BACK, "the forum")),
        ("can i have my place back", Said(BACK)),
        ("book it again", Said(BACK)),
        ("i've changed my mind", Said(BACK)),
        ("can i get my old date back", Said(BACK)),
        ("put me back to the first one please", Said(BACK, "the first one")),
        ("oh no i still want to go", Said(BACK)),
    ],
)
def test_what_is_to_be_done_with_it(text: str, said: Said) -> None:
    assert read(text) == said


@pytest.mark.parametrize(
    "text",
    ["cancel", "cancel lado", "cancel my place for the forum", "change my comment", "the child was moved to care"]
    + ["change the plan to a child protection plan", "put the child back in school", "i want the child back"]
    + [
        "they took it back",
        "the family do not want to come",
        "take the child off the plan",
        "book dsl forum",
        "change my password",
        "the parents changed their mind",
    ],
)
def test_anything_else_is_not_about_it(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("what", ["another date", "a different day", "a later one", "other dates"])
def test_another_date_says_no_day(what: str) -> None:
    assert other_dates.is_another(what)


@pytest.mark.parametrize("what", ["my phone", "may", "another course", "another school"])
def test_what_is_no_other_date(what: str) -> None:
    assert not other_dates.is_another(what)


@pytest.mark.parametrize(
    "words",
    ["move it to another date", "change it", "change lado to another date", "is there another date for lado"]
    + ["any other dates for the lado course?"],
)
async def test_without_another_date_they_are_asked_whether_to_be_told(chat: Chat, words: str) -> None:
    said = await chat.say("Alice", words)
    assert said.startswith(f"I have changed nothing: your booking on {THEIRS}")
    assert "No other date of it is open. Shall I tell you when there is one?" in said
    assert "I will tell you when Managing Allegations (LADO) has another date" in await chat.say("Alice", "yes")
    assert "Alice" not in {who for who, told in (await letters(chat)).items() if "has a date" in str(told)}
    await chat.date_of(LADO, DAY + timedelta(days=60))
    assert "Managing Allegations (LADO) has a date" in str((await letters(chat))["Alice"])


async def test_it_is_cancelled_after_a_question_and_not_once_something_else_was_spoken_of(chat: Chat) -> None:
    await chat.say("Alice", "change it")
    assert (await chat.say("Alice", "actually cancel it")).startswith(f"Cancel your place on {THEIRS}")
    await chat.say("Alice", "no")
    await chat.say("Alice", "what is level 3")
    assert "Cancel your place" not in await chat.say("Alice", "actually cancel it")


async def test_it_is_moved_to_a_day_that_is_said(chat: Chat) -> None:
    await chat.say("Alice", "book dsl forum")
    await chat.say("Alice", "yes")
    assert "to Friday 14 May 2027" in await chat.say("Alice", "move it to may")
    assert "Your date is changed" in await chat.say("Alice", "yes")
    said = await chat.say("Alice", "actually no put me back in february")
    assert "to Wednesday 3 February 2027" in said
    assert "Your date is changed" in await chat.say("Alice", "yes")


@pytest.mark.parametrize(
    "words", ["no actually i want it back", "book me back on lado", "put me back", "book it again"]
)
async def test_what_was_given_up_is_offered_again(chat: Chat, words: str) -> None:
    await chat.say("Alice", "cancel lado")
    await chat.say("Alice", "yes")
    said = await chat.say("Alice", words)
    assert said.startswith(f"The date that you gave up\n1. {THEIRS}")
    assert f"You are booked on {THEIRS}" in await chat.say("Alice", "yes")


async def test_a_waiting_list_that_was_left_is_joined_again_after_a_yes(chat: Chat) -> None:
    await chat.date_of("advanced-risk-assessment", DAY, capacity=0)
    for words in ("book advanced risk assessment", "yes", "cancel advanced risk", "yes"):
        await chat.say("Alice", words)
    assert "To join the waiting list, type yes." in await chat.say("Alice", "no actually i want it back")


async def test_another_course_after_a_booking_says_that_the_first_is_booked_still(chat: Chat) -> None:
    said = await chat.say("Alice", "no, the mental health one")
    assert "1. Child Mental Health" in said
    assert f"Your place on {THEIRS}, 1.30pm to 3.30pm, stays booked. To give it up, type: cancel lado course." in said
    assert "You are booked on Child Mental Health" in await chat.say("Alice", "yes")
    assert "stays booked" not in await chat.say("Alice", "no, the child mental health one")


async def test_at_the_question_whether_to_cancel_another_of_ones_places_is_meant(chat: Chat) -> None:
    await chat.say("Alice", "book dsl forum")
    await chat.say("Alice", "yes")
    await chat.say("Alice", "cancel lado")
    said = await chat.say("Alice", "actually not that, the forum")
    assert said.startswith("Cancel your place on Safeguarding in Education")


@pytest.mark.parametrize("words", ["the one about drug awareness", "the course on drugs please", "that one for drug"])
async def test_a_date_of_the_list_is_chosen_by_its_subject(chat: Chat, words: str) -> None:
    await chat.say("Alice", "i would like to book")
    assert "You are booked on Drug Awareness" in await chat.say("Alice", words)


@pytest.mark.parametrize("words", ["what about the mental health one", "is there one about mental health?"])
async def test_a_course_that_is_asked_about_is_shown_and_not_booked(chat: Chat, words: str) -> None:
    await chat.say("Alice", "i would like to book")
    said = await chat.say("Alice", words)
    assert "1. Child Mental Health" in said
    assert "To book it for yourself, type yes." in said
    await chat.say("Alice", "i would like to book")
    assert "You are booked" not in await chat.say("Alice", "do you have a drug awareness one?")


async def test_the_one_on_a_day_is_chosen(chat: Chat) -> None:
    await chat.say("Alice", "i would like to book")
    assert "You are booked on Drug Awareness" in await chat.say("Alice", "the one on the 5th")


async def test_a_subject_that_is_not_on_the_list_is_looked_for(chat: Chat) -> None:
    await chat.date_of("introduction-multi-agency-safeguarding", DAY)
    await chat.date_of("domestic-abuse-foundation", DAY + timedelta(days=30))
    await chat.say("Alice", "i would like to book")
    assert "1. Domestic Abuse Foundation" in await chat.say("Alice", "the one about domestic abuse")


async def test_a_new_date_of_a_course_that_has_one_is_shown_or_told_of(chat: Chat) -> None:
    assert "has an open date already" in await chat.say("Bob", "tell me when there is a new lado date")
    assert "I will tell you when" in await chat.say("Alice", "tell me when there is a new lado date")


async def test_undo_right_after_a_change_shows_the_other_dates_and_after_a_cancellation_that_date(chat: Chat) -> None:
    for words in ("book dsl forum", "yes", "move it to may", "yes"):
        await chat.say("Alice", words)
    said = await chat.say("Alice", "undo that")
    assert "1. Safeguarding in Education Termly Seminar (DSL forum), Wednesday 3 February 2027" in said
    for words in ("stop", "cancel lado", "yes"):
        await chat.say("Alice", words)
    assert (await chat.say("Alice", "undo that")).startswith(f"The date that you gave up\n1. {THEIRS}")


async def test_a_place_is_not_swapped_for_another_course(chat: Chat) -> None:
    said = await chat.say("Alice", "swap lado for the forum")
    assert said.startswith("That is another course.")
    assert "That is another course" not in await chat.say("Bob", "swap lado for the forum")


async def test_what_was_asked_about_is_what_is_cancelled_next(chat: Chat) -> None:
    for words in ("help", "thanks", "hello", "help", "when is it on", "help"):
        await chat.say("Alice", words)
    assert (await chat.say("Alice", "actually i dont want it")).startswith(f"Cancel your place on {THEIRS}")


@pytest.mark.parametrize(
    "said",
    ["is there another date for lado", "any other dates for the lado course", "another date of lado"]
    + ["are there any later sessions on lado", "is there any other lado date", "is there another lado course date"]
    + ["can i do lado another day", "is lado on another day", "could i attend the lado course on a different date"],
)
def test_another_date_of_a_course_is_asked_for(said: str) -> None:
    assert other_dates.asked_of(said) == "lado"


@pytest.mark.parametrize(
    "said",
    ["is there another agency for lado", "any other guidance on neglect", "when is the next lado date", "courses"],
)
def test_no_other_date_is_asked_for(said: str) -> None:
    assert other_dates.asked_of(said) == ""


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("change lado to another date", ("lado", "another date")),
        ("can i move my forum booking to may", ("forum", "may")),
        ("swap the forum for lado", ("forum", "lado")),
        ("change the date", None),
        ("book lado", None),
    ],
)
def test_what_is_ordered_to_be_moved(said: str, parts: tuple[str, str] | None) -> None:
    assert other_dates.ordered(said) == parts


@pytest.mark.parametrize(("words", "asks"), [("can i cancel it", "cancel"), ("can i move it", "want another date")])
async def test_of_several_places_that_were_just_listed_it_is_asked_which(chat: Chat, words: str, asks: str) -> None:
    for before in ("book dsl forum", "yes", "my bookings"):
        await chat.say("Alice", before)
    said = await chat.say("Alice", words)
    assert asks in said
    assert "\n1. " in said
    assert "\n2. " in said
