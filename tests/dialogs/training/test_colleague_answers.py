"""A colleague's name, typed where the bot has asked who it is, and nowhere else."""

from __future__ import annotations

import pytest

from services.model import Role
from services.work import Database
from tests.dialogs.training.places_chat import DAY, LADO
from tests.dialogs.training.training_chat import Chat, a_chat_under

ORDER = "book lado for a colleague"


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Lee, a Designated Safeguarding Lead, with Omar, Dave and Bob at the same school, and Priya elsewhere."""
    chat = a_chat_under(database)
    await chat.join("Lee", roles=[Role.DSL])
    for name in ("Omar", "Dave", "Bob"):
        await chat.join(name)
    await chat.join("Priya", agency="cnwl", domain="trust.example.org")
    await chat.date_of(LADO, DAY)
    return chat


async def who_is_it_for(chat: Chat) -> None:
    await chat.say("Lee", ORDER)
    assert "Omar Example" in await chat.say("Lee", "1")


@pytest.mark.parametrize(
    "words",
    ["omar", "omar example", "Omar Example.", "3. Omar Example", "for Omar", "it's omar please", "Example, Omar"],
)
async def test_a_colleague_who_was_listed_is_booked_by_name(chat: Chat, words: str) -> None:
    await who_is_it_for(chat)
    assert "Omar Example is booked on Managing Allegations" in await chat.say("Lee", words)


@pytest.mark.parametrize("words", ["dave", "Dave Example", "bob", "Bob Example", "bob goes instead", "send Bob"])
@pytest.mark.parametrize("who", ["Lee", "Omar"])
async def test_a_place_is_handed_on_by_name_by_a_lead_and_by_anybody(chat: Chat, who: str, words: str) -> None:
    await chat.send(who, "session.book", session=1)
    await chat.say(who, "cancel")
    assert "Who goes instead?" in await chat.say(who, "colleague")
    assert "Example now has the place on Managing Allegations" in await chat.say(who, words)
    assert "nothing booked" in await chat.say(who, "my bookings")


@pytest.mark.parametrize("words", ["priya", "Priya Example", "Zed Nobody", "mohammed al-hassan", "zed", "Lee"])
async def test_nobodys_name_is_not_kept_and_the_question_stays(chat: Chat, words: str) -> None:
    await who_is_it_for(chat)
    said = await chat.say("Lee", words)
    assert "no colleague of yours by that name" in said
    assert "Type the number of a colleague" in said
    assert words.split()[0].casefold() not in said.casefold().replace("colleague", "").split()
    async with chat.database.reading() as work:
        assert await work.gaps.between(DAY.replace(month=1, day=1), DAY) == []
    assert "Dave Example is booked" in await chat.say("Lee", "dave")


async def test_a_name_that_two_have_is_asked_about(chat: Chat) -> None:
    async with chat.database.work() as work:
        await work.people.add(name="Omar Sample", email="o.sample@school.example.org", agency_id="primary-school")
        await work.commit()
    await who_is_it_for(chat)
    said = await chat.say("Lee", "omar")
    assert said.splitlines()[1:] == [
        "1. Omar Example, omar@school.example.org",
        "2. Omar Sample, o.sample@school.example.org",
    ]
    assert "Omar Sample is booked" in await chat.say("Lee", "2")
    await chat.send("Dave", "session.book", session=1)
    await chat.say("Dave", "cancel")
    await chat.say("Dave", "colleague")
    said = await chat.say("Dave", "omar")
    assert "Type the work e-mail address" in said, "who is no lead is shown no list of people"
    assert "Omar Example now has the place" in await chat.say("Dave", "omar example")


async def test_before_the_date_a_name_is_neither_refused_nor_used(chat: Chat) -> None:
    await chat.say("Lee", ORDER)
    for name in ("dave", "Dave Example", "Priya"):
        assert "choose the date first" in await chat.say("Lee", name)
    assert "Who is it for?" in await chat.say("Lee", "1")


async def test_danger_comes_first_and_a_name_is_refused_everywhere_else(chat: Chat) -> None:
    await who_is_it_for(chat)
    assert "999" in await chat.say("Lee", "dave is being beaten right now")
    await who_is_it_for(chat)
    assert "could identify somebody" in await chat.say("Lee", "priya in year 4 was hit by her dad")
    await who_is_it_for(chat)
    assert "nothing" in await chat.say("Lee", "stop")
    assert "could identify somebody" in await chat.say("Lee", "dave")


async def test_a_name_after_an_address_that_nobody_knows_is_the_colleague(chat: Chat) -> None:
    await who_is_it_for(chat)
    assert "I do not know the address" in await chat.say("Lee", "omer@school.example.org")
    assert "no colleague of yours by that name" in await chat.say("Lee", "priya")
    assert "Omar Example is booked" in await chat.say("Lee", "omar")
    await chat.send("Lee", "session.book", session=1)
    await chat.say("Lee", "cancel")
    await chat.say("Lee", "1")
    await chat.press("Lee", "Send a colleague")
    await chat.say("Lee", "bbo@school.example.org")
    assert "Bob Example now has the place" in await chat.say("Lee", "bob")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("ask a person", "Ask a person"),
        ("my bookings", "You have nothing booked"),
        ("courses", "Coming up"),
        ("what is neglect", "How do I recognise neglect"),
        ("due soon", "That is for people with another role"),
        ("digest", "That is for people with another role"),
    ],
)
async def test_a_command_or_a_question_is_no_name(chat: Chat, words: str, says: str) -> None:
    await who_is_it_for(chat)
    said = await chat.say("Lee", words)
    assert said.startswith(says)
    assert "by that name" not in said
