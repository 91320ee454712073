"""A colleague named beside the orders to book, move and cancel: put back, left on it, brought along; no case data."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.work import Database
from tests.dialogs.questions.questions_chat import everything_stored
from tests.dialogs.training.places_chat import DAY, FORUM, LADO, a_chat_with_people
from tests.dialogs.training.training_chat import Chat

BOB = "Book Bob Example on Managing Allegations (LADO), Wednesday 3 February 2027"


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Alice leads; Bob, Ivan and Pat are her colleagues. A LADO course and two forums are to come."""
    chat = await a_chat_with_people(database)
    await chat.join("Ivan")
    await chat.date_of(LADO, DAY)
    await chat.date_of(FORUM, DAY + timedelta(days=1))
    await chat.date_of(FORUM, DAY + timedelta(days=100))
    return chat


async def at_the_question(chat: Chat) -> None:
    """Shall Bob's place be cancelled?"""
    for words in ("book lado for bob", "yes", "cancel bob"):
        said = await chat.say("Alice", words)
    assert said.startswith("Cancel the place of Bob Example")


@pytest.mark.parametrize("words", ["actually leave bob on it", "no, keep bob on", "leave him on it please"])
async def test_a_colleague_is_left_on_it_at_the_question(chat: Chat, words: str) -> None:
    await at_the_question(chat)
    assert await chat.say("Alice", words) == "Nothing has changed for Bob Example."


@pytest.mark.parametrize("words", ["rebook bob", "book bob again", "put bob back on it", "actually leave bob on it"])
async def test_a_colleague_who_was_taken_off_is_put_back_after_a_yes(chat: Chat, words: str) -> None:
    await at_the_question(chat)
    await chat.say("Alice", "yes")
    assert (await chat.say("Alice", words)).startswith(BOB)
    assert "Bob Example is booked on" in await chat.say("Alice", "yes")


async def test_nobody_is_put_back_who_was_not_spoken_of(chat: Chat) -> None:
    await at_the_question(chat)
    await chat.say("Alice", "yes")
    assert "Book Pat Example" not in await chat.say("Alice", "rebook pat")
    assert "Book Bob" not in await chat.say("Bob", "rebook bob")


async def test_a_colleague_is_brought_to_the_place_that_was_just_booked(chat: Chat) -> None:
    await chat.say("Alice", "book lado")
    await chat.say("Alice", "yes")
    assert (await chat.say("Alice", "can i bring ivan")).startswith("Book Ivan Example on Managing Allegations")
    assert "Ivan Example is booked on" in await chat.say("Alice", "yes")
    assert "Only Designated Safeguarding Leads" in await chat.say("Bob", "can i bring ivan")
    assert "Book" not in await chat.say("Alice", "can i bring charlie")


async def test_who_cannot_come_sends_whom_they_name_and_nobody_is_told_to_ring_the_mash(chat: Chat) -> None:
    await chat.say("Alice", "book lado")
    await chat.say("Alice", "yes")
    said = await chat.say("Alice", "i cant come to the lado course, send ivan instead")
    assert said.startswith("Send Ivan Example in your place to Managing Allegations (LADO), Wednesday 3 February 2027")
    assert "Ivan Example now has the place on" in await chat.say("Alice", "yes")


async def test_a_colleague_who_is_not_meant_is_no_case_data(chat: Chat) -> None:
    await chat.say("Alice", "book lado for a colleague")
    await chat.say("Alice", "1")
    assert "nobody is chosen yet" in await chat.say("Alice", "no wait, not ivan")
    assert "Pat Example is booked on" in await chat.say("Alice", "pat")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("what courses has ivan done", "I show people their own training, and nobody else's"),
        ("i think ivan's evaluation is wrong", "type evaluate"),
        ("yes to ivan", "Nothing of theirs is waiting for you to agree"),
    ],
)
async def test_a_manager_who_names_a_colleague_is_told_how_things_are_done(chat: Chat, words: str, says: str) -> None:
    said = await chat.say("Mona", words)
    assert says in said
    assert "could identify somebody" not in said


@pytest.mark.parametrize("words", ["book pat and ivan on lado", "put ivan and pat down for the lado course"])
async def test_colleagues_are_booked_by_names_that_the_screening_knows_as_names(chat: Chat, words: str) -> None:
    said = await chat.say("Alice", words)
    assert said.startswith("Book ")
    assert {"Ivan", "Pat"} < set(said.split())
    assert "Ivan Example is booked on" in await chat.say("Alice", "yes")


@pytest.mark.parametrize("words", ["can ivan come too", "can i bring ivan along", "book ivan on it too"])
async def test_a_colleague_joins_the_place_that_was_spoken_of(chat: Chat, words: str) -> None:
    for before in ("book lado", "yes", "thanks"):
        await chat.say("Alice", before)
    assert (await chat.say("Alice", words)).startswith("Book Ivan Example on Managing Allegations")


@pytest.mark.parametrize(
    "words", ["book ivan a child protection medical", "book ivan and kayla carter on lado", "send ivan to his mother"]
)
async def test_an_order_that_names_anybody_else_or_no_course_is_none(chat: Chat, words: str) -> None:
    assert not (await chat.say("Alice", words)).startswith("Book ")


@pytest.mark.parametrize(
    "words",
    ["what has ivan done to his sister", "i think tyler's injury is wrong", "leave tyler in the house with his dad"]
    + ["can i bring tyler to the hospital", "keep kayla in foster care", "put kayla back with her mum"],
)
async def test_other_words_with_a_name_are_read_as_before(chat: Chat, words: str) -> None:
    said = await chat.say("Alice", words)
    assert not {"Book", "Nothing has changed"} & set(said.split(" "))
    assert "I show people their own training" not in said


# ------------------------------------------------------------------------------------ along with who was just booked

REFUSED = "could identify somebody"
UNKNOWN = "I know no colleague of yours by that name, and I have not kept it."
ALONG = ["bring dave", "can i bring dave", "i'd like to bring dave too", "and dave", "dave too", "dave as well please"]
ALONG += ["im bringing dave", "also dave", "dave wants to come too", "me and dave", "and my colleague Dave"]


@pytest.mark.parametrize(
    "words",
    [
        "bring ivan",
        "and ivan",
        "ivan too",
        "ivan as well please",
        "and bob too",
        "bob too",
        "bring ivan along",
        "add ivan",
    ]
    + ["i'm bringing my colleague ivan", "ivan is coming too", "add bob too", "put ivan on it", "also bob", "add ivan"],
)
@pytest.mark.parametrize("before", [["book lado", "yes"], ["book lado"], ["book lado for pat", "yes"]])
async def test_a_colleague_comes_along_to_what_was_just_shown_or_booked(
    chat: Chat, before: list[str], words: str
) -> None:
    for said in before:
        await chat.say("Alice", said)
    who = "Bob" if "bob" in words else "Ivan"
    assert (await chat.say("Alice", words)).startswith(f"Book {who} Example on Managing Allegations")
    assert f"{who} Example is booked on" in await chat.say("Alice", "yes")


async def test_the_speaker_and_a_colleague_are_booked_on_what_is_shown(chat: Chat) -> None:
    await chat.say("Alice", "book lado")
    assert (await chat.say("Alice", "me and ivan please")).startswith("Book yourself and Ivan Example on Managing")
    said = await chat.say("Alice", "yes")
    assert "You are booked on" in said
    assert "Ivan Example is booked on" in said
    for words in ("me too", "and me"):
        assert "Only Designated Safeguarding Leads" not in await chat.say("Bob", words)


async def test_two_colleagues_come_along_and_of_several_dates_one_is_chosen_first(chat: Chat) -> None:
    await chat.say("Alice", "book lado")
    assert (await chat.say("Alice", "bring ivan and bob")).startswith("Book Ivan Example and Bob Example on Managing")
    await chat.say("Alice", "courses")
    assert "Please choose the date first" in await chat.say("Alice", "and ivan")
    assert (await chat.say("Alice", "2")).startswith("Book Ivan Example on Safeguarding in Education")


@pytest.mark.parametrize("words", ALONG)
async def test_who_comes_along_and_is_not_known_is_asked_for_and_not_kept(chat: Chat, words: str) -> None:
    for said in ("book lado", "yes"):
        await chat.say("Alice", said)
    said = await chat.say("Alice", words)
    assert said.startswith(UNKNOWN)
    assert "Who is it for?" in said
    assert "dave" not in (await everything_stored(chat.database)).casefold()
    assert "Ivan Example is booked on" in await chat.say("Alice", "ivan")


@pytest.mark.parametrize("words", ["bring ivan", "ivan too", *ALONG])
async def test_who_may_not_book_for_others_is_told_what_to_do(chat: Chat, words: str) -> None:
    for said in ("book lado", "yes"):
        await chat.say("Bob", said)
    assert (await chat.say("Bob", words)).startswith("Only Designated Safeguarding Leads and the partnership office")


@pytest.mark.parametrize("words", [*ALONG, "and ivan", "ivan too"])
@pytest.mark.parametrize("before", [[], ["book lado", "yes", "what is neglect"], ["book lado", "log a challenge"]])
async def test_a_name_is_refused_where_no_session_was_just_spoken_of(chat: Chat, before: list[str], words: str) -> None:
    for said in before:
        await chat.say("Alice", said)
    assert REFUSED in await chat.say("Alice", words)


@pytest.mark.parametrize(
    "words",
    ["dave keeps running away", "bring dave in, his mum hit him", "bring dave in", "bring dave home", "bring dave back"]
    + ["and dave keeps running away", "dave's mum too", "dave his brother too", "and dave who is in year 4"]
    + ["dave was hit too", "dave is being groomed as well", "bring dave to the hospital", "can dave go home too"]
    + ["and dave carter and his sister kayla", "bring dave from year 4", "dave and kayla too", "dave is hurt too"]
    + ["add dave to the plan", "book dave in", "put dave in care", "me and dave's mum", "dave wants to go home too"],
)
async def test_a_child_is_refused_though_a_session_was_just_spoken_of(chat: Chat, words: str) -> None:
    for said in ("book lado", "yes"):
        await chat.say("Alice", said)
    said = await chat.say("Alice", words)
    assert REFUSED in said or "999" in said
    assert "Who is it for?" not in said
    assert "dave" not in (await everything_stored(chat.database)).casefold()


@pytest.mark.parametrize("words", ["and may", "the forum too", "and lado", "lunch too", "and the slides"])
async def test_a_month_a_course_or_a_thing_is_no_colleague(chat: Chat, words: str) -> None:
    for name in ("May", "Forum"):
        await chat.join(name)
    await chat.say("Alice", "book lado")
    said = await chat.say("Alice", words)
    assert not said.startswith(("Book May", "Book Forum", UNKNOWN))
