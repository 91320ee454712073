"""The office changes how many places a session has in words: read back, asked about, and never below what is taken."""

from __future__ import annotations

import pytest

from dialogs.office import verbs
from tests.dialogs.office.chat import Chat, button, inputs, labels

FORUM = "Safeguarding in Education Termly Seminar (DSL forum), Tuesday 16 February 2027, 9.30am to 12.30pm"


async def publish(chat: Chat, day: str = "2027-02-16", course: str = "dsl-forum", capacity: str = "20") -> None:
    form = await chat.press("Morgan", verbs.NEW)
    filled = {"course": course, "trainer": "Tilda", "link": "https://example.org/j", "day": day, "capacity": capacity}
    await chat.press("Morgan", **{**inputs(form), **button(form, "Publish it"), **filled})


@pytest.fixture
async def shown(chat: Chat) -> Chat:
    """Morgan looks at the forum of Tuesday 16 February: 20 places, Alice and Bob booked."""
    await publish(chat)
    await publish(chat, "2027-03-04", "managing-allegations-lado")
    for name in ("Alice", "Bob"):
        await chat.press(name, "session.book", session=1)
    await chat.press("Morgan", verbs.SESSION, session=1)
    return chat


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("make it 6 places", 6),
        ("make it 22", 22),
        ("5 more places pls", 25),
        ("change the places to 25", 25),
        ("set the capacity to 25", 25),
        ("add 2 places", 22),
        ("add two more places please", 22),
        ("take 3 places off", 17),
        ("add another place", 21),
        ("can we have 5 more places on the dsl forum", 25),
        ("reduce the dsl forum by 5 places", 15),
        ("change the places from 20 to 25", 25),
        ("increase the places by 5", 25),
        ("add 2 places to the forum on 16 february", 22),
        ("set capacity of dsl forum to 10", 10),
        ("change the number of places on the dsl forum to 25", 25),
        ("can you make the forum on 16 feb 30 places", 30),
        ("set capacity of the dsl forum on 16 february to 10", 10),
        ("set the capacity 25", 25),
        ("set the capacity of the dsl forum 25", 25),
        ("change the capacity to 25 on 16 february", 25),
    ],
)
async def test_the_change_is_read_back_and_made_after_a_yes(shown: Chat, words: str, after: int) -> None:
    asked = await shown.say("Morgan", words)
    assert asked.text.startswith(f"Change {FORUM}, from 20 to {after} places?")
    assert "2 of 20 places taken" in (await shown.press("Morgan", verbs.SESSIONS)).text, "nothing has changed yet"
    await shown.press("Morgan", verbs.SESSION, session=1)
    await shown.say("Morgan", words)
    done = await shown.say("Morgan", "yes")
    assert done.text.startswith(f"It has {after} places now, instead of 20")
    assert f"2 of {after} places taken" in (await shown.press("Morgan", verbs.SESSIONS)).text


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("change the place to 3 march", "You have nothing booked"),
        ("move the place to 12 may", "How do I cancel a place, and is there a charge?"),
        ("change bob's place to 3 mar", "You have nothing booked"),
        ("put 2 places on hold", "Coming up"),
    ],
)
async def test_a_day_is_no_number_of_places(shown: Chat, words: str, says: str) -> None:
    """Another date for a place, or words that say no number to change it to, are left to whoever understands them."""
    for name in ("Morgan", "Tilda"):
        answered = (await shown.say(name, words)).text
        assert answered.startswith(says)
        assert "Which session do you want" not in answered
        assert " places?" not in answered
        assert "changes how many places" not in answered


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("we need 3 extra places at nursery", "I can only help with safeguarding guidance"),
        ("can I get 2 more places for children in reception", "I can only help with safeguarding guidance"),
        ("change the capacity to consent at 16", "may lack mental capacity?"),
        ("add 2 places to the risk assessment of a child", "No date is open for Advanced Risk Assessment"),
    ],
)
async def test_places_of_anything_but_a_session_are_left_to_others(shown: Chat, words: str, says: str) -> None:
    for name in ("Morgan", "Tilda"):
        answered = (await shown.say(name, words)).text
        assert says in answered
        assert "I cannot find a session" not in answered
        assert "changes how many places" not in answered


async def test_a_no_changes_nothing_and_a_press_sent_twice_changes_it_once(shown: Chat) -> None:
    asked = await shown.say("Morgan", "add 2 places")
    assert (await shown.say("Morgan", "no")).text.startswith("Nothing has changed.")
    done = await shown.press("Morgan", **button(asked, "Yes, change it"))
    assert done.text.startswith("It has 22 places now")
    again = await shown.press("Morgan", **button(asked, "Yes, change it"))
    assert again.text.startswith("It already has 22 places.")
    assert (await shown.say("Morgan", "make it 22 places")).text.startswith("It already has 22 places.")


async def test_a_card_from_before_another_change_asks_again_with_the_number_of_now(shown: Chat) -> None:
    asked = await shown.say("Morgan", "add 2 places")
    await shown.say("Morgan", "make it 30 places")
    await shown.say("Morgan", "yes")
    again = await shown.press("Morgan", **button(asked, "Yes, change it"))
    assert again.text.startswith(f"Change {FORUM}, from 30 to 22 places?")
    assert "2 of 30 places taken" in again.text
    assert (await shown.press("Morgan", verbs.PLACES, session=1, change="x|5")).text.startswith(
        "That card is out of date"
    )
    assert (await shown.press("Morgan", **button(again, "Yes, change it"))).text.startswith("It has 22 places now")


async def test_fewer_places_than_are_taken_are_refused_with_what_to_do(shown: Chat) -> None:
    refused = await shown.say("Morgan", "make it 1 place")
    assert refused.text.startswith("Places taken: 2. There cannot be fewer than that: first move somebody")
    assert "from 0 to 5,000" in (await shown.say("Morgan", "make the dsl forum 9000 places")).text


async def test_one_place_is_said_as_one_and_fewer_places_go_to_nobody(shown: Chat) -> None:
    await shown.press("Morgan", verbs.SESSION, session=2)
    assert "from 20 to 1 place?" in (await shown.say("Morgan", "make it 1 place")).text
    assert (await shown.say("Morgan", "yes")).text.startswith("It has 1 place now, instead of 20.\n")
    assert (await shown.say("Morgan", "make it 1 place")).text.startswith("It already has 1 place.")
    await shown.say("Morgan", "make it 2 places")
    assert "instead of 1; new ones go first" in (await shown.say("Morgan", "yes")).text


async def test_without_a_session_it_is_asked_which_one(shown: Chat) -> None:
    await shown.say("Morgan", "help")
    asked = await shown.say("Morgan", "make it 6 places")
    assert asked.text.startswith("Which session do you want to change?")
    assert labels(asked) == ["This one", "This one"]
    chosen = await shown.say("Morgan", "2")
    assert "Managing Allegations (LADO), Thursday 4 March 2027" in chosen.text
    assert "from 20 to 6 places?" in chosen.text
    unknown = await shown.say("Morgan", "add 2 places to the neglect course on 4 march")
    assert unknown.text.startswith("I cannot find a session of that name and day.")


async def test_who_waits_is_offered_the_new_place(chat: Chat) -> None:
    await publish(chat, capacity="1")
    for name in ("Alice", "Bob"):
        await chat.press(name, "session.book", session=1)
    assert "go first to people on the waiting list" in (await chat.say("Morgan", "add a place to the forum")).text
    await chat.say("Morgan", "yes")
    assert "Offered to you until" in (await chat.say("Bob", "my bookings")).text


async def test_a_trainer_hears_who_changes_it_and_nobody_else_can(shown: Chat) -> None:
    assert (await shown.say("Tilda", "make it 6 places")).text.startswith("The office that runs the training changes")
    assert "places?" not in (await shown.say("Alice", "change the places on the forum to 25")).text
    for name in ("Tilda", "Alice"):
        refused = await shown.press(name, verbs.PLACES, session=1, change=30)
        assert refused.text.startswith("That is for people with another role")
    assert "2 of 20 places taken" in (await shown.press("Morgan", verbs.SESSIONS)).text


@pytest.mark.parametrize("words", ["actually 30", "no, make it 30", "30 instead please", "oops i meant 30 places"])
async def test_another_number_is_asked_about_before_anything_changes(shown: Chat, words: str) -> None:
    await shown.say("Morgan", "make it 25 places")
    asked = await shown.say("Morgan", words)
    assert asked.text.startswith(f"Change {FORUM}, from 20 to 30 places?")
    assert (await shown.say("Morgan", "yes")).text.startswith("It has 30 places now, instead of 20")


async def test_a_bare_number_changes_no_session_that_is_not_shown(shown: Chat) -> None:
    await shown.say("Morgan", "help")
    await shown.say("Morgan", "make it 22")
    await shown.press("Alice", "my-bookings")
    await shown.say("Alice", "make it 22")
    for name in ("Morgan", "Alice"):
        await shown.say(name, "yes")
    assert "2 of 20 places taken" in (await shown.press("Morgan", verbs.SESSIONS)).text
