"""A lead books colleagues, and herself with them, by the names in the order: read back, and booked after a yes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.work import Database
from tests.dialogs.training.places_chat import DAY, FORUM, LADO, a_chat_with_people
from tests.dialogs.training.training_chat import Chat


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Alice is the school's lead; Bob, Carol and Pat work there. Two forums and a LADO course are open."""
    chat = await a_chat_with_people(database)
    await chat.join("Carol")
    await chat.date_of(FORUM, DAY)
    await chat.date_of(FORUM, DAY + timedelta(days=98))
    await chat.date_of(LADO, DAY + timedelta(days=1), capacity=1)
    return chat


@pytest.mark.parametrize(
    "words",
    [
        "book me and bob and carol on the dsl forum on 3 feb",
        "book forum on 3 feb for me, carol and bob",
        "book me, bob and carol onto the forum on 3 february",
    ],
)
async def test_a_lead_books_herself_and_two_colleagues_in_one_order(chat: Chat, words: str) -> None:
    said = await chat.say("Alice", words)
    assert "Book yourself, " in said
    assert "Bob Example" in said
    assert "Carol Example" in said
    assert "on Safeguarding in Education" in said
    assert "Wednesday 3 February 2027" in said
    assert "nothing booked" in await chat.say("Bob", "my bookings")
    said = await chat.say("Alice", "yes")
    assert said.startswith("You are booked on Safeguarding in Education")
    assert "Bob Example is booked on" in said
    assert "Carol Example is booked on" in said
    for who in ("Bob", "Carol", "Alice"):
        assert "Wednesday 3 February 2027" in await chat.say(who, "my bookings")


async def test_of_several_dates_one_is_chosen_and_who_was_named_is_not_forgotten(chat: Chat) -> None:
    assert "type its number" in await chat.say("Alice", "book bob on the forum")
    said = await chat.say("Alice", "the one in may")
    assert "Book Bob Example on Safeguarding in Education Termly Seminar (DSL forum), Wednesday 12 May 2027" in said
    assert "Bob Example is booked on" in await chat.press("Alice", "Yes, book them")
    assert "Booked by you for colleagues" in await chat.say("Alice", "my bookings")


async def test_who_is_named_after_a_booking_is_read_back(chat: Chat) -> None:
    for words in ("book the forum", "yes"):
        await chat.say("Alice", words)
    assert "Book Bob Example on Safeguarding" in await chat.say("Alice", "can you book bob on it too")
    assert "Bob Example is booked on" in await chat.say("Alice", "yes")


async def test_a_name_that_is_like_a_word_of_a_course_is_a_name(chat: Chat) -> None:
    assert "Book Bob Example and Pat Example on" in await chat.say("Alice", "book lado for bob and pat")


async def test_several_are_named_where_it_is_asked_who_it_is_for(chat: Chat) -> None:
    for words in ("book the forum", "yes", "book a colleague too"):
        await chat.say("Alice", words)
    assert "Book Bob Example and Carol Example on" in await chat.say("Alice", "bob and carol please")
    assert "Carol Example is booked on" in await chat.say("Alice", "yes")


async def test_a_no_books_nobody_and_another_name_is_taken_instead(chat: Chat) -> None:
    await chat.say("Alice", "book bob on the lado course")
    assert "I have booked nothing" in await chat.say("Alice", "no")
    await chat.say("Alice", "book bob on the lado course")
    assert "Carol Example is booked on" in await chat.say("Alice", "carol")
    await chat.say("Alice", "book bob on the forum on 3 feb")
    assert "Who is it for?" in await chat.press("Alice", "Somebody else")
    assert "nothing booked" in await chat.say("Bob", "my bookings")


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("actually not carol", "Bob Example"),
        ("just bob", "Bob Example"),
        ("oops, leave out bob", "Carol Example"),
        ("and me", "Bob Example, Carol Example and yourself"),
        ("add pat please", "Bob Example, Carol Example and Pat Example"),
    ],
)
async def test_who_is_read_back_is_chosen_anew_and_nobody_is_booked_who_was_left_out(
    chat: Chat, words: str, who: str
) -> None:
    await chat.say("Alice", "book bob and carol on the forum on 3 feb")
    assert (await chat.say("Alice", words)).startswith(f"Book {who} on Safeguarding")
    said = await chat.say("Alice", "yes")
    assert ("Carol" in said) is ("Carol" in who)
    assert ("You are booked" in said) is ("yourself" in who)


async def test_a_name_that_nobody_has_leaves_nobody_to_say_yes_to(chat: Chat) -> None:
    await chat.say("Alice", "book bob and carol on the forum on 3 feb")
    assert "I know no colleague of yours by that name" in await chat.say("Alice", "not rhiannon")
    await chat.say("Alice", "yes")
    assert "nothing booked" in await chat.say("Carol", "my bookings")


@pytest.mark.parametrize(
    "words",
    ["whos booked", "who is booked on the forum?", "is bob booked", "who have i booked", "has bob been booked yet"],
)
async def test_a_lead_who_asks_who_is_booked_sees_whom_she_booked(chat: Chat, words: str) -> None:
    for said in ("book bob on the forum on 3 feb", "yes"):
        await chat.say("Alice", said)
    await chat.send("Carol", "session.book", session=1)
    said = await chat.say("Alice", words)
    assert "- Bob Example: Safeguarding in Education" in said
    assert "Carol" not in said
    assert "Bob Example:" not in await chat.say("Carol", words)


async def test_who_is_going_to_something_else_is_a_question(chat: Chat) -> None:
    assert "for colleagues" not in await chat.say("Alice", "is the child booked in")
    assert "for colleagues" not in await chat.say("Alice", "who is going to the strategy meeting")
    assert "for colleagues" not in await chat.say("Alice", "whos coming from the police")
    assert "nothing booked" in await chat.say("Alice", "whos booked from my school")


async def test_what_is_refused_of_one_keeps_nobody_else_from_a_place(chat: Chat) -> None:
    await chat.send("Bob", "session.book", session=await chat.date_of("advanced-risk-assessment", DAY))
    await chat.say("Alice", "book bob and carol on the forum on 3 feb")
    said = await chat.say("Alice", "yes")
    assert "Not booked: Bob Example." in said
    assert "Carol Example is booked on" in said


async def test_who_may_not_book_for_others_is_told_so_and_no_forged_card_books_anybody(chat: Chat) -> None:
    assert "Book Carol" not in await chat.say("Bob", "book carol on the forum on 3 feb")
    assert "Who is it for?" not in await chat.send("Bob", "colleague.book-named", session=1, whom="2 7")
    said = await chat.send("Alice", "colleague.book-named", session=1, whom="6")
    assert "Not booked: Somebody." in said
    assert "nothing booked" in await chat.say("Charlie", "my bookings")
    assert "nothing booked" in await chat.say("Carol", "my bookings")


async def test_who_is_on_it_already_is_said_before_a_yes_and_not_booked_again(chat: Chat) -> None:
    await chat.say("Alice", "book bob on lado")
    await chat.say("Alice", "yes")
    said = await chat.say("Alice", "book bob and carol on lado")
    assert said.startswith("Book Carol Example on Managing Allegations (LADO)")
    assert "Already on Managing Allegations (LADO) that day: Bob Example." in said
    said = await chat.say("Alice", "book bob on lado")
    assert "Already on" in said
    assert "I have booked nothing." in said


@pytest.mark.parametrize("words", ["carol", "bob and carol", "2"])
async def test_me_and_two_colleagues_are_booked_with_me(chat: Chat, words: str) -> None:
    await chat.say("Alice", "book me and two colleagues on the lado course")
    assert "I book you as well" in await chat.say("Alice", "the first one")
    assert (await chat.say("Alice", words)).startswith("Book yourself")
    assert "You are booked on Managing Allegations (LADO)" in await chat.say("Alice", "yes")


async def test_who_goes_too_and_gives_an_address_is_told_that_they_are_not_booked(chat: Chat) -> None:
    await chat.say("Alice", "book a colleague and me on the lado course")
    await chat.say("Alice", "1")
    assert "You yourself are not booked with this" in await chat.say("Alice", "carol@school.example.org")
