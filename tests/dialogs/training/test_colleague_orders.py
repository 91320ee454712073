"""Orders that name a colleague get the way to give them; whatever else names somebody is refused."""

from __future__ import annotations

from datetime import date

import pytest

from services.model import Role
from services.work import Database
from tests.dialogs.training.training_chat import Chat, a_chat_under


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Lee, a Designated Safeguarding Lead, who knows an Alice."""
    chat = a_chat_under(database)
    await chat.join("Lee", roles=[Role.DSL])
    await chat.join("Alice")
    return chat


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("swap my dsl forum place to alice", "To send a colleague in your place, type cancel"),
        ("give my place to Alice Example", "To send a colleague in your place, type cancel"),
        (
            "please transfer my booking for lado to alice.example@school.example.org",
            "To send a colleague in your place",
        ),
        ("can I give alice my place on the dsl forum", "To send a colleague in your place"),
        ("comment on priya", "type evaluate"),
    ],
)
async def test_an_order_about_a_colleague_is_answered_with_how_to_give_it(chat: Chat, words: str, says: str) -> None:
    said = await chat.say("Lee", words)
    assert says in said
    assert not {"alice", "priya"} & set(said.lower().replace(".", " ").split())


@pytest.mark.parametrize(
    "words",
    ["send bob instead of me to the forum", "send bob to the forum instead of me", "can bob go instead of me"]
    + ["i cant make it anymore, can bob go", "sorry i can't come to the forum so can bob go instead"]
    + ["swap me with bob", "please replace me with bob on the forum"]
    + ["bob goes in my place", "Send a colleague instead of me please", "give my place to bob", "let bob go instead."],
)
async def test_to_send_somebody_instead_asks_who_goes_and_never_whether_to_cancel(chat: Chat, words: str) -> None:
    await chat.send("Lee", "session.book", session=await chat.date_of("dsl-forum", date(2027, 2, 3)))
    assert "Who goes instead?" in await chat.say("Lee", words)
    await chat.say("Lee", "yes")
    assert "Booked" in await chat.say("Lee", "my bookings")
    await chat.say("Lee", words)
    assert "Alice Example now has the place" in await chat.say("Lee", "alice@school.example.org")


async def test_a_place_that_is_not_there_is_not_handed_on(chat: Chat) -> None:
    assert "no booked place there to hand on" in await chat.say("Lee", "send bob instead of me to the forum")
    for day in (3, 10):
        await chat.send("Lee", "session.book", session=await chat.date_of("dsl-forum", date(2027, 2, day)))
    assert "To send a colleague in your place" in await chat.say("Lee", "send bob instead of me to the forum")
    assert "Who goes instead?" in await chat.say("Lee", "send bob instead of me on 10 february")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("book the intro instead", "No date is open for Introduction to Multi-Agency Safeguarding"),
        ("give my place to somebody else", "How do I cancel a place, and is there a charge?"),
        ("the forum instead", "Cancel your place on Safeguarding in Education Termly Seminar"),
        ("the april date instead", "How do I cancel a place, and is there a charge?"),
    ],
)
async def test_another_course_another_date_or_nobody_in_particular_is_no_colleague(
    chat: Chat, words: str, says: str
) -> None:
    await chat.send("Lee", "session.book", session=await chat.date_of("dsl-forum", date(2027, 2, 3)))
    said = await chat.say("Lee", words)
    assert said.startswith(says)
    assert "Who goes instead?" not in said


@pytest.mark.parametrize(
    "words",
    [
        "give my foster child Alice Carter a school place",
        "comment on priya in year 4 who is hit by her stepdad and tells nobody what happens there at night",
        "comment on priya in year 4",
        "give my place to Ben in year 4",
        "priya told me she is late",
    ],
)
async def test_other_words_that_name_somebody_are_refused(chat: Chat, words: str) -> None:
    said = await chat.say("Lee", words)
    assert "could identify somebody" in said or "999" in said
    assert "type cancel" not in said
    assert "type evaluate" not in said


# ------------------------------------------------------------------------------------ the date


async def two_forums(chat: Chat) -> None:
    """One in February and one in May."""
    for day in (date(2027, 2, 3), date(2027, 5, 12)):
        await chat.date_of("dsl-forum", day)


@pytest.mark.parametrize("words", ["the one in may", "may one please", "the forum in may", "12 may", "2"])
async def test_the_date_for_a_colleague_is_chosen_by_its_day(chat: Chat, words: str) -> None:
    await two_forums(chat)
    await chat.say("Lee", "book forum for colleague")
    said = await chat.say("Lee", words)
    assert "Who is it for?" in said
    assert "Wednesday 12 May 2027" in said
    assert "Alice Example is booked on" in await chat.say("Lee", "alice@school.example.org")
    assert "nothing booked" in await chat.say("Lee", "my bookings")


async def test_an_address_before_the_date_asks_for_the_date(chat: Chat) -> None:
    await two_forums(chat)
    await chat.say("Lee", "book forum for colleague")
    for words in ("alice@school.example.org", "ok"):
        assert "Please choose the date first" in await chat.say("Lee", words)
    assert "Who is it for?" in await chat.say("Lee", "the one in february")


async def test_a_day_on_which_nothing_is_open_leaves_it_for_the_colleague(chat: Chat) -> None:
    await two_forums(chat)
    await chat.say("Lee", "book forum for colleague")
    assert "The nearest after that" in await chat.say("Lee", "the one in march")
    assert "Choose a colleague" in chat.buttons("Lee")
    assert "Who is it for?" in await chat.say("Lee", "1")


async def test_more_dates_for_a_colleague_are_for_the_colleague(chat: Chat) -> None:
    for day in range(1, 8):
        await chat.date_of("dsl-forum", date(2027, 2, day))
    await chat.say("Lee", "book forum for a colleague")
    await chat.press("Lee", "More dates")
    assert "Choose a colleague" in chat.buttons("Lee")
    assert "Book" not in chat.buttons("Lee")
