"""Changing one's mind on the date or the course that was just shown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.training.courses import searches
from services.work import Database
from tests.dialogs.training.places_chat import DAY, FORUM, LADO, a_chat_with_people
from tests.dialogs.training.training_chat import Chat


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Two forums and a LADO course; the first forum is shown to Alice."""
    chat = await a_chat_with_people(database)
    await chat.date_of(FORUM, DAY)
    await chat.date_of(FORUM, DAY + timedelta(days=100))
    await chat.date_of(LADO, DAY + timedelta(days=1))
    assert "Wednesday 3 February 2027" in await chat.say("Alice", "book dsl forum")
    return chat


@pytest.mark.parametrize("words", ["actually the may one", "no, the one in May instead", "sorry, the may one please"])
async def test_another_date_of_the_same_course_is_shown_and_booked(chat: Chat, words: str) -> None:
    said = await chat.say("Alice", words)
    assert "Friday 14 May 2027" in said
    assert "3 February" not in said
    said = await chat.say("Alice", "yes")
    assert "Friday 14 May 2027" in said
    assert "DSL forum" in said


@pytest.mark.parametrize("words", ["no, lado instead", "actually lado", "the lado course instead please"])
async def test_another_course_is_shown_and_booked(chat: Chat, words: str) -> None:
    assert "Managing Allegations (LADO), Thursday 4 February 2027" in await chat.say("Alice", words)
    assert "Managing Allegations (LADO), Thursday 4 February 2027" in await chat.say("Alice", "yes")


async def test_a_plain_no_and_a_question_are_no_change_of_mind(chat: Chat) -> None:
    said = await chat.say("Alice", "actually what is a lado referral")
    assert "To book it for yourself" not in said
    await chat.say("Alice", "book dsl forum")
    assert "booked nothing" in await chat.say("Alice", "no")


@pytest.mark.parametrize("words", ["the other one", "no the other one", "is there a later one?", "any other dates"])
async def test_the_other_one_is_the_date_after_the_one_that_is_shown(chat: Chat, words: str) -> None:
    said = await chat.say("Alice", words)
    assert "1. Safeguarding in Education Termly Seminar (DSL forum), Friday 14 May 2027" in said
    assert "3 February" not in said
    assert "You are booked on" in await chat.say("Alice", "1")


@pytest.mark.parametrize("words", ["3 feb", "the 3rd", "3 february please"])
async def test_the_day_of_a_date_that_is_shown_means_that_date(chat: Chat, words: str) -> None:
    assert "You are booked on Safeguarding" in await chat.say("Alice", words)


@pytest.mark.parametrize("words", ["14 may", "the 14th", "in may", "the may one"])
async def test_of_several_dates_one_is_chosen_by_its_day(chat: Chat, words: str) -> None:
    await chat.say("Alice", "courses")
    said = await chat.say("Alice", words)
    assert "You are booked on Safeguarding" in said
    assert "Friday 14 May 2027" in said


async def test_another_day_looks_for_the_course_that_is_shown_and_of_several_one_is_named(chat: Chat) -> None:
    assert "1. Safeguarding in Education Termly Seminar (DSL forum), Friday 14 May" in await chat.say("Alice", "14 may")
    await chat.say("Alice", "courses")
    assert "from 1 to 3" in await chat.say("Alice", "the other one")
    assert "You are booked" not in await chat.say("Alice", "february")


@pytest.mark.parametrize(
    "words",
    ["anything next week", "Anything on in January?", "what's on in february", "courses in february"]
    + ["show me february", "any training in march", "are there sessions on 3 february"],
)
def test_words_that_look_for_training_anew(words: str) -> None:
    assert searches(words)


@pytest.mark.parametrize("words", ["14 may", "the may one", "any in may", "the session on 3 february", "in february"])
def test_words_that_choose_among_what_is_shown(words: str) -> None:
    assert not searches(words)


async def test_a_new_search_is_of_no_course_that_was_shown_and_books_nothing(chat: Chat) -> None:
    said = await chat.say("Alice", "anything in february")
    assert said.startswith("Coming up: in February 2027")
    assert "LADO" in said
    assert (await chat.say("Alice", "courses on 3 february")).startswith("Coming up: on Wednesday 3 February")
    said = await chat.say("Alice", "anything on 3 february")
    assert "You are booked" not in said
    assert "nothing booked" in await chat.say("Alice", "my bookings")


INTRO = "introduction-multi-agency-safeguarding"


@pytest.mark.parametrize("order", ["book me on the intro and the forum", "please book intro, forum"])
async def test_two_courses_in_one_order_are_booked_one_after_the_other(chat: Chat, order: str) -> None:
    await chat.date_of(INTRO, DAY)
    said = await chat.say("Alice", order)
    assert "Introduction to Multi-Agency Safeguarding" in said.splitlines()[1]
    assert "I book one course at a time" in said
    assert chat.last["Alice"][-1].suggestions == ("book dsl forum",)
    said = await chat.say("Alice", "yes")
    assert "You are booked on Introduction" in said
    assert "You also asked for Safeguarding in Education" in said
    assert chat.last["Alice"][-1].suggestions == ("book dsl forum",)
    assert "The next forum" in await chat.say("Alice", "book dsl forum")


async def test_the_other_course_is_offered_after_the_button_too_and_not_for_another_date(chat: Chat) -> None:
    first, other = [await chat.date_of(course, DAY) for course in (INTRO, LADO)]
    await chat.say("Bob", "book intro and lado")
    assert "You also asked" not in await chat.send("Bob", "session.book", session=other)
    await chat.say("Alice", "book intro and lado")
    assert "You also asked for Managing Allegations" in await chat.press("Alice", "Book")
    assert "You also asked" not in await chat.send("Alice", "session.book", session=first)
    assert "type: book lado course for a colleague" in await chat.say("Alice", "book intro and lado for a colleague")


@pytest.mark.parametrize("order", ["book hoarding and self-neglect", "book domestic abuse and mental health"])
async def test_a_course_with_and_in_its_name_is_one(chat: Chat, order: str) -> None:
    await chat.date_of("hoarding-and-self-neglect", DAY)
    await chat.date_of("domestic-abuse-and-mental-health", DAY)
    said = await chat.say("Alice", order)
    assert "The next date" in said
    assert "one course at a time" not in said


async def test_to_put_it_off_or_name_a_month_is_no_call_for_help(chat: Chat) -> None:
    assert "booked nothing" in await chat.say("Alice", "not right now")
    await chat.say("Alice", "book dsl forum")
    said = await chat.say("Alice", "sorry, may please")
    assert "Friday 14 May 2027" in said
    assert "999" not in said
