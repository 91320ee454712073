"""Another date instead of the one that is booked, asked for in words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.work import Database
from tests.dialogs.training.places_chat import DAY, FORUM, LADO, a_chat_with_people, letters
from tests.dialogs.training.training_chat import Chat

MAY, JUNE = DAY + timedelta(days=100), DAY + timedelta(days=128)
CHANGED = "Your date is changed: you are booked on Safeguarding in Education Termly Seminar (DSL forum), Friday 14 May"


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Alice is booked on the first of three forums."""
    chat = await a_chat_with_people(database)
    first = await chat.date_of(FORUM, DAY)
    await chat.date_of(FORUM, MAY)
    await chat.date_of(FORUM, JUNE)
    await chat.send("Alice", "session.book", session=first)
    return chat


async def has_only(chat: Chat, name: str, day: str) -> None:
    said = await chat.say(name, "my bookings")
    assert said.count("- ") == 1
    assert day in said


@pytest.mark.parametrize(
    "words",
    [
        "can i change the date of my forum",
        "move me to another date",
        "change my booking",
        "reschedule my forum",
        "please can I move to a different date",
    ],
)
async def test_who_wants_another_date_reads_them_and_changes_with_one_yes(chat: Chat, words: str) -> None:
    said = await chat.say("Alice", words)
    assert "I have changed nothing" in said
    assert "Cancel your place" not in said
    assert "1. " in said
    assert "Friday 11 June 2027" in said
    said = await chat.say("Alice", "1")
    assert "from Wednesday 3 February 2027, 1.30pm to 3.30pm to Friday 14 May 2027" in said
    assert "given up once the place on the new one is certain" in said
    await chat.say("Bob", "hello")
    assert CHANGED in await chat.say("Alice", "yes")
    await has_only(chat, "Alice", "14 May")


@pytest.mark.parametrize(
    "words",
    [
        "move my forum booking to may",
        "can i swap to the may one",
        "can i swop to the may one",
        "move me to the may date",
        "move my february forum to may",
        "change my forum on 3 february to 14 may",
        "actually can i change my forum to the may one",
        "can i go on the may one instead of the february forum",
        "can u move me to the may one instead",
        "id rather do may",
        "i'd prefer to go to the may one please",
    ],
)
async def test_a_date_that_was_named_is_asked_about_at_once(chat: Chat, words: str) -> None:
    said = await chat.say("Alice", words)
    assert "from Wednesday 3 February 2027, 1.30pm to 3.30pm to Friday 14 May 2027" in said
    assert "You still have your place" in await chat.say("Alice", "no")
    await has_only(chat, "Alice", "3 February")
    await chat.say("Alice", words)
    assert CHANGED in await chat.press("Alice", "Yes, change it")
    assert "changed already" in await chat.send("Alice", "swap.do", booking=1, session=2)
    await has_only(chat, "Alice", "14 May")


async def test_a_month_without_a_date_says_so_and_shows_what_there_is(chat: Chat) -> None:
    said = await chat.say("Alice", "move my forum booking to march")
    assert "There is no other date in March 2027" in said
    assert "Friday 11 June 2027" in await chat.say("Alice", "the june one")
    assert "11 June 2027" in await chat.say("Alice", "yes")
    await has_only(chat, "Alice", "11 June")


async def test_a_full_date_leaves_the_place_and_offers_its_waiting_list(chat: Chat) -> None:
    full = await chat.date_of(FORUM, MAY + timedelta(days=50), capacity=1)
    await chat.say("Alice", "move my forum booking to july")
    await chat.send("Bob", "session.book", session=full)
    said = await chat.say("Alice", "yes")
    assert "is full, so I have changed nothing: you keep your place on Wednesday 3 February" in said
    assert "number 1 on the waiting list" in await chat.say("Alice", "yes")
    said = await chat.say("Alice", "my bookings")
    assert "3 February 2027, 1.30pm to 3.30pm. Online, in Microsoft Teams. Booked" in said
    assert "is full, so I have changed nothing" in await chat.send("Alice", "swap.ask", booking=1, session=full)
    await chat.say("Alice", "no")
    assert "3 February" in await chat.say("Alice", "my bookings")
    # who only waits there must not be sent to give the place up that they have
    refused = await chat.send("Alice", "swap.do", booking=1, session=full)
    assert "are waiting for one: nothing has changed" in refused
    assert "cancel" not in refused


async def test_a_late_change_is_warned_of_and_a_forged_card_changes_nothing(chat: Chat) -> None:
    chat.now += timedelta(days=18)
    assert "counts as a late cancellation" in await chat.say("Alice", "move my forum booking to may")
    assert "cannot find that booking" in await chat.send("Bob", "swap.do", booking=1, session=2)
    assert "cannot find that booking" in await chat.send("Bob", "swap.ask", booking=1, session=2)
    lado = await chat.date_of(LADO, MAY)
    assert "That is another course" in await chat.send("Alice", "swap.do", booking=1, session=lado)
    await has_only(chat, "Alice", "3 February")


async def test_without_another_date_that_is_said(chat: Chat) -> None:
    lado = await chat.date_of(LADO, DAY + timedelta(days=1))
    await chat.send("Bob", "session.book", session=lado)
    assert "No other date of it is open" in await chat.say("Bob", "change the date of my lado course")


async def test_several_places_are_asked_about_and_other_changes_are_not_meant(chat: Chat) -> None:
    await chat.send("Alice", "session.book", session=await chat.date_of(LADO, DAY + timedelta(days=1)))
    said = await chat.say("Alice", "move me to another date")
    assert "Which course do you want another date for?" in said
    assert "Friday 14 May 2027" in await chat.say("Alice", "1")
    await chat.say("Alice", "move me to another date")
    assert "Friday 14 May 2027" in await chat.say("Alice", "change the date of my forum")
    assert "still have your place" in await chat.say("Alice", "stop")
    for words in (
        "the family has moved to another borough",
        "change the course of action",
        "swap my place with a colleague",
        "how do i change my mind about a referral",
    ):
        assert "I have changed nothing" not in await chat.say("Alice", words)


async def test_of_several_places_the_course_that_is_named_is_changed_whatever_words_order_it(chat: Chat) -> None:
    await chat.send("Alice", "session.book", session=await chat.date_of(LADO, DAY + timedelta(days=7)))
    for words in ("swap my forum for the one in may", "can i change my forum booking to the may one"):
        assert "to Friday 14 May 2027" in await chat.say("Alice", words)


async def test_who_would_rather_do_something_else_moves_nothing(chat: Chat) -> None:
    for words in ("id rather go to drug awareness myself", "i'd rather not", "i would rather talk to somebody"):
        assert "from Wednesday 3 February" not in await chat.say("Alice", words)
        await has_only(chat, "Alice", "3 February")


async def test_who_books_a_second_date_reads_that_they_have_one(chat: Chat) -> None:
    said = await chat.say("Alice", "book dsl forum in may")
    assert "You have a place on another date of it already: Wednesday 3 February 2027" in said
    assert "To change the date instead, type: change the date of dsl forum." in said
    assert "already" in chat.facts("Alice")["Already"]
    assert "You are booked" in await chat.say("Alice", "yes")
    assert (await chat.say("Alice", "my bookings")).count("- ") == 2
    assert "another date of it already" not in await chat.say("Bob", "book dsl forum in may")
    said = await chat.say("Alice", "courses")
    assert said.count("another date of it already") == 1


async def test_who_only_waits_is_shown_the_other_dates_and_gives_nothing_up(chat: Chat) -> None:
    full = await chat.date_of(LADO, DAY + timedelta(days=1), capacity=1)
    await chat.date_of(LADO, MAY)
    for name in ("Charlie", "Bob"):
        await chat.send(name, "session.book", session=full)
    said = await chat.say("Bob", "move my lado booking to may")
    assert "You have no place there yet" in said
    assert "You are booked on Managing Allegations" in await chat.say("Bob", "1")
    assert "number 1" in await chat.say("Bob", "waiting list")


async def test_who_has_nothing_booked_is_told_that(chat: Chat) -> None:
    for words in ("change the date of my forum", "move my booking to may"):
        assert "nothing booked, so there is no date to change" in await chat.say("Bob", words)
    assert "no date to change" not in await chat.say("Bob", "move me to another date")


async def test_a_place_that_is_only_held_is_held_on_the_new_date(database: Database) -> None:
    chat = await a_chat_with_people(database, manager_approval=True)
    await chat.send("Bob", "session.book", session=await chat.date_of(FORUM, DAY))
    await chat.date_of(FORUM, MAY)
    said = await chat.say("Bob", "move my forum to may")
    assert "your line manager has still to agree. I will ask about the new date instead" in said
    assert "First your line manager has to agree" in await chat.say("Bob", "yes")
    await has_only(chat, "Bob", "14 May 2027, 1.30pm to 3.30pm. Online, in Microsoft Teams (the link comes with your")
    asked = await chat.say("Pat", "approvals")
    assert "14 May" in asked
    assert "3 February" not in asked


async def test_who_booked_for_somebody_reads_that_they_changed_their_date_and_not_that_they_cannot_come(
    chat: Chat,
) -> None:
    await chat.send("Alice", "colleague.book", session=1, email="bob@school.example.org")
    await chat.say("Bob", "move my forum to may")
    assert CHANGED in await chat.say("Bob", "yes")
    (told,) = [one for one in (await letters(chat))["Alice"] if "Bob" in one]
    assert "Bob Example has changed to another date of Safeguarding in Education" in told
    assert "will not come to" not in told


THEIRS = "The date for Bob Example is changed: they are booked on Safeguarding in Education Termly Seminar (DSL forum)"


@pytest.fixture
async def lead(chat: Chat) -> Chat:
    """Alice, who leads, has booked Bob on the first forum, where she goes herself."""
    await chat.send("Alice", "colleague.book", session=1, email="bob@school.example.org")
    return chat


@pytest.mark.parametrize(
    "words",
    [
        "move bob to the may date",
        "can bob go on the 14 may one instead",
        "can Bob Example go to the may one instead of the february forum",
        "please change bob's date to 14 may",
        "Bob Example wants to do may instead",
        "move Bob Example to 14 may",
        "move bobs place to may",
        "change the date of bob to may please",
        "move bob from february to may",
        "swap bob's dsl forum to the may one",
        "put bob on the may one instead",
    ],
)
async def test_a_lead_changes_the_date_of_a_colleague_whom_they_booked(lead: Chat, words: str) -> None:
    said = await lead.say("Alice", words)
    assert said.startswith("Change the place of Bob Example on Safeguarding in Education")
    assert "from Wednesday 3 February 2027, 1.30pm to 3.30pm to Friday 14 May 2027" in said
    assert "your place" not in said.casefold()
    assert await lead.say("Alice", "no") == "Nothing has changed for Bob Example."
    await lead.say("Alice", words)
    assert f"{THEIRS}, Friday 14 May 2027" in await lead.say("Alice", "yes")
    await has_only(lead, "Bob", "14 May")
    assert "3 February" in (await lead.say("Alice", "my bookings")).partition("Booked by you for colleagues")[0]
    told = "\n".join((await letters(lead))["Bob"])
    assert "Alice Example has changed your date for Safeguarding in Education Termly Seminar (DSL forum)" in told
    assert "Alice Example has booked you on" in told
    assert "has cancelled your place" not in told


async def test_of_a_colleagues_other_dates_one_is_chosen_and_what_is_full_changes_nothing(lead: Chat) -> None:
    full = await lead.date_of(FORUM, MAY + timedelta(days=50), capacity=1)
    await lead.send("Charlie", "session.book", session=full)
    said = await lead.say("Alice", "move bob to another date")
    assert said.startswith("I have changed nothing: the booking of Bob Example on Safeguarding in Education")
    assert "They would be number 1 on the waiting list" in said
    assert "You are booked" not in said
    said = await lead.say("Alice", "3")
    assert "is full, so I have changed nothing: Bob Example keeps the place on Wednesday 3 February" in said
    await lead.say("Alice", "move bob to another date")
    assert "11 June 2027" in await lead.say("Alice", "the june one")
    assert THEIRS in await lead.press("Alice", "Yes, change it")
    assert "changed already: Bob Example has a place" in await lead.send("Alice", "swap.do", booking=2, session=3)
    await has_only(lead, "Bob", "11 June")
    refused = await lead.send("Alice", "swap.do", booking=2, session=2)
    assert refused.startswith("They no longer have that place, so there is nothing to change.")


async def test_of_several_places_of_a_colleague_the_one_that_is_meant_is_changed(lead: Chat) -> None:
    lado = await lead.date_of(LADO, DAY + timedelta(days=1))
    await lead.date_of(LADO, MAY + timedelta(days=1))
    await lead.send("Alice", "colleague.book", session=lado, email="bob@school.example.org")
    said = await lead.say("Alice", "move bob to another date")
    assert "1. Bob Example: Safeguarding in Education" in said
    assert "2. Bob Example: Managing Allegations" in said
    assert "Bob Example on Managing Allegations (LADO), Thursday 4 February 2027" in await lead.say("Alice", "2")
    assert "on Managing Allegations (LADO) from" in await lead.say("Alice", "move bob's lado course to may")


@pytest.mark.parametrize("words", ["move bob to the lado course", "move bob from the forum to lado"])
async def test_to_move_a_colleague_to_another_course_lists_no_dates_of_this_one(lead: Chat, words: str) -> None:
    await lead.date_of(LADO, MAY + timedelta(days=1))
    said = await lead.say("Alice", words)
    assert said.startswith("That is another course.")
    await has_only(lead, "Bob", "3 February")


async def test_nobody_is_moved_by_who_did_not_book_them_and_other_moves_are_not_meant(lead: Chat) -> None:
    assert "booked nothing for a colleague of that name" in await lead.say("Alice", "move pat to the may date")
    assert "booked nothing for a colleague of that name" in await lead.say("Bob", "can alice do may instead")
    assert "could identify somebody" in await lead.say("Alice", "move priya to the february date")
    assert "cannot find that booking" in await lead.send("Pat", "swap.do", booking=2, session=2)
    for words in ("move bob to another school", "can bob go to his grandmother in may instead", "change bob to year 4"):
        said = await lead.say("Alice", words)
        assert "Change the place" not in said
        assert "I have changed nothing" not in said
    await has_only(lead, "Bob", "3 February")
