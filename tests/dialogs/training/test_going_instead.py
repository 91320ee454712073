"""One colleague goes instead of another, named in one order: read back, handed on after a yes; and no case data."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.training.instead_words import Order, read
from services.work import Database
from tests.dialogs.questions.questions_chat import everything_stored
from tests.dialogs.training.places_chat import DAY, FORUM, LADO, a_chat_with_people
from tests.dialogs.training.training_chat import Chat

REFUSED = "could identify somebody"
UNKNOWN = "I know no colleague of yours by that name, and I have not kept it."
FOR_BOB = "Send Ivan Example instead of Bob Example to Managing Allegations (LADO), Wednesday 3 February 2027"


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Alice leads; Bob, Ivan and Pat are her colleagues. A LADO course and a forum are to come."""
    chat = await a_chat_with_people(database)
    await chat.join("Ivan")
    await chat.date_of(LADO, DAY)
    await chat.date_of(FORUM, DAY + timedelta(days=1))
    return chat


async def bob_is_booked(chat: Chat, *courses: str) -> None:
    for course in courses or ("lado",):
        for words in (f"book {course} for bob", "yes"):
            said = await chat.say("Alice", words)
        assert said.startswith("Bob Example is booked")


@pytest.mark.parametrize(
    ("words", "goes", "out"),
    [
        ("swap dave for bob", "bob", "dave"),
        ("please replace Dave Smith with Bob O'Brien", "Bob O'Brien", "Dave Smith"),
        ("bob goes instead of dave", "bob", "dave"),
        ("bob is going instead of dave please", "bob", "dave"),
        ("can bob go instead of dave", "bob", "dave"),
        ("bob will go in dave's place", "bob", "dave"),
        ("give dave's place to bob", "bob", "dave"),
        ("dave can't make it, please send bob instead", "bob", "dave"),
        ("sorry, send bob instead", "bob", ""),
    ],
)
def test_who_goes_and_who_does_not(words: str, goes: str, out: str) -> None:
    order = read(words)
    assert order is not None
    assert (order.goes, order.out) == (goes, out)


def test_the_course_is_read_where_one_is_named() -> None:
    assert read("swap bob for pat on the lado course") == Order("pat", "bob", "the lado course", either=True)


@pytest.mark.parametrize(
    "words",
    ["dave keeps running away", "bring dave in, his mum hit him", "bob went to live with his dad", "swap", "instead"]
    + ["send dave and ivan and his two brothers back to their mum instead of the foster home"],
)
def test_words_that_send_nobody_instead(words: str) -> None:
    assert read(words) is None


@pytest.mark.parametrize(
    "words",
    ["swap bob for ivan", "swap ivan for bob", "replace bob with ivan please", "ivan goes instead of bob"]
    + ["ivan is going instead of bob", "send ivan instead of bob on lado", "can ivan go instead of bob"]
    + ["ivan is going in bob's place", "give bob's place to ivan", "bob cant come, send ivan instead", "ivan instead"]
    + ["ivan's going instead of bob", "ivan'll go instead of bob", "ivan takes bob's place", "change bob to ivan"]
    + ["swap bob out for ivan", "swap in ivan for bob", "send ivan, not bob", "bob is off sick, ivan is going instead"]
    + ["change the booking from bob to ivan", "bob can't go, can ivan go", "it's ivan going instead of bob"],
)
async def test_who_is_named_is_read_back_and_goes_after_a_yes(chat: Chat, words: str) -> None:
    await bob_is_booked(chat)
    assert (await chat.say("Alice", words)).startswith(FOR_BOB)
    assert "Booked" in await chat.say("Bob", "my bookings"), "nothing is handed on before a yes"
    assert "Ivan Example now has the place on Managing Allegations" in await chat.say("Alice", "yes")
    assert "nothing booked" in await chat.say("Bob", "my bookings")


async def test_a_no_changes_nothing_and_another_name_goes(chat: Chat) -> None:
    await bob_is_booked(chat)
    await chat.say("Alice", "swap bob for ivan")
    assert await chat.say("Alice", "no") == "Nothing has changed for Bob Example."
    await chat.say("Alice", "swap bob for ivan")
    assert "Pat Example now has the place on" in await chat.say("Alice", "pat")


async def test_the_button_sends_who_was_read_back(chat: Chat) -> None:
    await bob_is_booked(chat)
    await chat.say("Alice", "swap bob for ivan")
    assert "Ivan Example now has the place on" in await chat.press("Alice", "Yes, send them")


@pytest.mark.parametrize("words", ["swap bob for dave", "dave goes instead of bob", "dave is going instead of bob"])
async def test_somebody_nobody_knows_is_asked_for_and_not_kept(chat: Chat, words: str) -> None:
    await bob_is_booked(chat)
    said = await chat.say("Alice", words)
    assert said.startswith(UNKNOWN)
    assert "Who goes instead?" in said
    assert "dave" not in said.casefold()
    assert "dave" not in (await everything_stored(chat.database)).casefold()
    assert "Ivan Example now has the place on" in await chat.say("Alice", "ivan@school.example.org")


async def test_somebody_in_general_is_asked_for(chat: Chat) -> None:
    await bob_is_booked(chat)
    assert (await chat.say("Alice", "replace bob with someone else")).startswith("Who goes instead?")


async def test_of_a_name_that_two_have_it_is_asked_which(chat: Chat) -> None:
    async with chat.database.work() as work:
        await work.people.add(name="Ivan Sample", email="i.sample@school.example.org", agency_id="primary-school")
        await work.commit()
    await bob_is_booked(chat)
    assert "1. Ivan Example, ivan@school.example.org" in await chat.say("Alice", "swap bob for ivan")
    assert "Ivan Sample now has the place on" in await chat.say("Alice", "2")


async def test_of_several_places_the_one_spoken_of_or_the_one_that_is_chosen(chat: Chat) -> None:
    await bob_is_booked(chat, "forum", "lado")
    assert (await chat.say("Alice", "swap bob for ivan on the forum")).startswith("Send Ivan Example instead of Bob")
    for words in ("no", "help", "courses", "help"):
        await chat.say("Alice", words)
    said = await chat.say("Alice", "swap bob for ivan")
    assert said.startswith("Which of these places should somebody else have?")
    assert "2. Bob Example: Safeguarding in Education" in said
    said = await chat.say("Alice", "2")
    assert said.startswith("Send Ivan Example instead of Bob Example to Safeguarding in Education")
    assert "Ivan Example now has the place on Safeguarding in Education" in await chat.say("Alice", "yes")


async def test_the_speaker_goes_instead_and_sends_somebody_in_their_own_place(chat: Chat) -> None:
    await bob_is_booked(chat)
    assert (await chat.say("Alice", "swap bob for me")).startswith("Send yourself instead of Bob Example to Managing")
    assert "Alice Example now has the place on" in await chat.say("Alice", "yes")
    assert (await chat.say("Alice", "bob is going instead of me")).startswith("Send Bob Example in your place to")
    assert "Bob Example now has the place on" in await chat.say("Alice", "yes")


async def test_who_was_read_back_is_changed_for_another_before_anybody_is_booked(chat: Chat) -> None:
    for words in ("swap bob for ivan", "ivan instead of bob", "ivan instead"):
        await chat.say("Alice", "book lado for bob")
        assert (await chat.say("Alice", words)).startswith("Book Ivan Example on Managing Allegations")
    await chat.say("Alice", "yes")
    assert "nothing booked" in await chat.say("Bob", "my bookings")


async def test_a_place_that_is_not_there_is_not_handed_on(chat: Chat) -> None:
    said = await chat.say("Alice", "swap ivan for pat")
    assert said.startswith("You have booked no such place for a colleague of that name")
    await bob_is_booked(chat)
    for words in ("book lado for ivan", "yes"):
        await chat.say("Alice", words)
    assert "already has a place on that date" in await chat.say("Alice", "swap bob for ivan")


@pytest.mark.parametrize(
    "words",
    ["swap dave for kayla", "ivan goes instead of dave to his dad at weekends", "dave is going instead of kayla"]
    + ["send ivan to his dad instead of his mum", "ivan goes instead of bob to his mum's house"]
    + ["send kayla to her nan instead of bob", "dave can't come to school, his mum hit him, send ivan instead"],
)
async def test_a_child_or_a_family_is_refused_and_kept_nowhere(chat: Chat, words: str) -> None:
    await bob_is_booked(chat)
    said = await chat.say("Alice", words)
    assert REFUSED in said
    kept = (await everything_stored(chat.database)).casefold()
    assert not [name for name in ("dave", "kayla", "his mum", "her nan", "his dad") if name in kept]


@pytest.mark.parametrize(
    "words", ["swap bob to the may date", "change bob to may", "swap bob for the next date", "change bob to later"]
)
async def test_another_date_for_a_colleague_sends_nobody_instead(chat: Chat, words: str) -> None:
    await bob_is_booked(chat)
    said = await chat.say("Alice", words)
    assert "goes instead" not in said
    assert UNKNOWN not in said


async def test_a_course_that_they_are_not_on_leads_to_no_question_whether_to_cancel(chat: Chat) -> None:
    await bob_is_booked(chat)
    said = await chat.say("Alice", "swap bob for ivan on the forum")
    assert said.startswith("You have booked no such place for a colleague of that name")


async def test_a_date_on_offer_is_not_the_place_that_was_spoken_of_before(chat: Chat) -> None:
    await bob_is_booked(chat)
    await chat.say("Alice", "book forum")
    assert not (await chat.say("Alice", "book ivan instead")).startswith("Send Ivan")


async def test_a_month_is_no_colleague_where_another_month_stands_beside_it(chat: Chat) -> None:
    for name in ("April", "June"):
        await chat.join(name)
    assert "colleague" not in (await chat.say("Alice", "june instead of april")).partition("\n")[0]


async def test_danger_comes_first(chat: Chat) -> None:
    await bob_is_booked(chat)
    assert "999" in await chat.say("Alice", "ivan is being beaten right now instead of bob")
