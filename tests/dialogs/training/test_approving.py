"""A place that is held until somebody agrees: what everybody is told, and agreeing in words."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from dialogs.office import verbs
from scheduler.jobs import sweep
from services.work import Database
from services.workdays import wall_clock
from tests.dialogs.training.places_chat import DAY, FORUM, LADO, a_chat_with_people, letters
from tests.dialogs.training.training_chat import Chat


async def test_who_has_no_line_manager_is_told_who_is_asked_instead(database: Database) -> None:
    chat = await a_chat_with_people(database, manager_approval=True)
    session = await chat.date_of(LADO, DAY)
    said = await chat.send("Charlie", "session.book", session=session)
    assert "First the partnership manager has to agree" in said
    assert "Held until the partnership manager agrees" in await chat.say("Charlie", "my bookings")
    assert "the partnership manager has still to agree" in await chat.say("Charlie", "book lado")
    (asked,) = [one for one in (await letters(chat))["Mona"] if "Charlie Example" in one]
    assert "There is no line manager on record for Charlie Example" in asked
    assert "As line manager" not in asked
    await chat.send("Mona", "approval.give", booking=1)
    told = "\n".join((await letters(chat))["Charlie"])
    assert "the partnership manager has agreed" in told
    assert "line manager" not in told


async def test_a_line_manager_answers_in_the_words_that_the_notice_names(database: Database) -> None:
    chat = await a_chat_with_people(database, manager_approval=True)
    assert await chat.say("Pat", "approve") == "Nobody is waiting for you to agree to a place."
    session = await chat.date_of(LADO, DAY)
    await chat.send("Alice", "session.book", session=session)
    await chat.send("Bob", "session.book", session=session)
    assert "type approve or do not approve" in (await letters(chat))["Pat"][0]
    for words in ("approvals", "who is waiting for my approval", "who's waiting for my approval?"):
        said = await chat.say("Pat", words)
        assert "1. Alice Example: Managing Allegations (LADO), Wednesday 3 February 2027" in said
        assert "2. Bob Example" in said
    assert await chat.say("Bob", "approvals") == "Nobody is waiting for you to agree to a place."
    assert "Which do you agree to?" in await chat.say("Pat", "approve")
    assert "Thank you. Bob Example is booked on" in await chat.say("Pat", "2")
    assert "Thank you. Alice Example is not booked on" in await chat.say("Pat", "I do not approve")


@pytest.mark.parametrize(
    "words", ["ok thats fine with me", "yes", "fine by me", "not this time", "anything i need to approve"]
)
async def test_a_line_manager_who_answers_in_other_words_is_shown_what_waits_and_how_to_answer(
    database: Database, words: str
) -> None:
    chat = await a_chat_with_people(database, manager_approval=True)
    await chat.send("Bob", "session.book", session=await chat.date_of(LADO, DAY))
    said = await chat.say("Pat", words)
    assert "1. Bob Example: Managing Allegations (LADO)" in said
    assert "type approve and the number" in said
    assert "Held until" in await chat.say("Bob", "my bookings")
    await chat.say("Pat", "do not approve")
    assert "These are waiting for you to agree" not in await chat.say("Pat", words)


async def test_who_waits_for_an_answer_reads_before_the_day_whom_to_ask_and_after_it_what_became_of_it(
    database: Database,
) -> None:
    chat = await a_chat_with_people(database, manager_approval=True)
    session = await chat.date_of(LADO, DAY)
    await chat.send("Alice", "colleague.book", session=session, email="bob@school.example.org")
    chat.now = wall_clock(DAY - timedelta(days=1), time(9))
    told = await letters(chat)
    (his,) = [one for one in told["Bob"] if "not confirmed" in one]
    assert "your line manager, Pat Example, has not agreed yet" in his
    assert "Learning and development office" in his
    (hers,) = [one for one in told["Alice"] if "not confirmed" in one]
    assert "The place of Bob Example on Managing Allegations (LADO), Wednesday 3 February 2027" in hers
    (office,) = [one for one in told["Mona"] if "still held" in one]
    assert "1 place on Managing Allegations (LADO)" in office
    assert "Bob Example" in office

    chat.now = wall_clock(DAY, time(14))
    await sweep(chat.database, chat.rules, None, chat.now)
    for name in ("Alice", "Bob"):
        assert "Not approved in time: " in await chat.say(name, "my bookings")
    assert "not approved in time" in await chat.send("Mona", verbs.DELEGATES, session=session)
    assert "not approved in time" in await chat.send("Mona", verbs.REGISTER, session=session)
    chat.now += timedelta(days=15)
    assert "Not approved in time" not in await chat.say("Bob", "my bookings")


@pytest.mark.parametrize(
    "words",
    [
        "has my manager agreed",
        "Has my line manager approved my place yet?",
        "has my place been approved",
        "did my manager approve it?",
        "is my booking approved yet",
        "am i approved",
        "has anybody approved my place yet",
    ],
)
async def test_who_asks_whether_their_manager_has_agreed_reads_how_their_own_place_stands(
    database: Database, words: str
) -> None:
    chat = await a_chat_with_people(database, manager_approval=True)
    assert (await chat.say("Alice", words)).startswith("You have no place that is waiting for somebody to agree.")
    await chat.send("Alice", "session.book", session=await chat.date_of(LADO, DAY))
    said = await chat.say("Alice", words)
    assert said.startswith("Not yet.")
    assert "- Managing Allegations (LADO), Wednesday 3 February 2027" in said
    assert "your line manager has still to agree, asked on Friday 15 January 2027" in said
    assert await chat.say("Pat", "approve")
    said = await chat.say("Alice", words)
    assert said.startswith("You have no place that is waiting for somebody to agree.")
    assert "Managing Allegations (LADO)" in said


async def test_a_question_about_the_rule_is_still_answered_by_the_guidance(database: Database) -> None:
    chat = await a_chat_with_people(database, manager_approval=True)
    for words in (
        "does my manager have to approve a course booking",
        "has the social worker agreed",
        "have they agreed",
    ):
        said = await chat.say("Alice", words)
        assert "Where this comes from" in said
        assert "waiting for somebody to agree" not in said


@pytest.fixture
async def asked(database: Database) -> Chat:
    """Alice and Bob wait for Pat's word on the LADO course, Bob on the forum as well, and Charlie for Mona's."""
    chat = await a_chat_with_people(database, manager_approval=True)
    lado, forum = [await chat.date_of(course, DAY + timedelta(days=n)) for n, course in enumerate((LADO, FORUM))]
    for name, session in (("Alice", lado), ("Bob", lado), ("Bob", forum), ("Charlie", lado)):
        await chat.send(name, "session.book", session=session)
    return chat


@pytest.mark.parametrize(
    "words",
    [
        "approve alice",
        "Approve Alice's place",
        "please approve alices booking on the lado course",
        "I approve Alice Example",
        "yes, approve alice for 3 february",
        "approve the request of alice",
        "say yes to alice",
        "ok approve alice then",
        "approve Alice's lado place",
        "approve alice's booking for 3 february please",
    ],
)
async def test_a_line_manager_approves_a_colleague_by_name(asked: Chat, words: str) -> None:
    said = await asked.say("Pat", words)
    assert said.startswith("Thank you. Alice Example is booked on Managing Allegations (LADO)")
    assert "Agreed: Managing Allegations (LADO)" in "\n".join((await letters(asked))["Alice"])
    assert (await asked.say("Pat", "approvals")).count("Bob Example") == 2


@pytest.mark.parametrize(
    "words",
    ["say no to alice", "do not approve alice", "don't approve Alice's place please", "reject alice", "no to alice"],
)
async def test_a_line_manager_says_no_to_a_colleague_by_name(asked: Chat, words: str) -> None:
    said = await asked.say("Pat", words)
    assert said.startswith("Thank you. Alice Example is not booked on Managing Allegations (LADO)")
    assert "Alice" not in await asked.say("Pat", "approvals")


async def test_of_several_requests_of_a_colleague_one_is_chosen(asked: Chat) -> None:
    said = await asked.say("Pat", "say no to bob")
    assert said.startswith("Which do you not agree to? Please type its number.")
    assert said.count("Bob Example") == 2
    assert "Alice" not in said
    assert "Bob Example is not booked on Safeguarding in Education" in await asked.say("Pat", "2")
    await asked.send("Bob", "session.book", session=2)
    assert "Bob Example is booked on Safeguarding" in await asked.say("Pat", "approve bob's place on the dsl forum")
    said = await asked.say("Pat", "approve bob for the forum")
    assert said.startswith("That is not waiting for you to agree.")
    assert "1. Bob Example: Managing Allegations (LADO)" in said
    assert "Thank you. Bob Example is booked on Managing" in await asked.say("Pat", "1")


async def test_only_who_waits_for_this_very_manager_is_meant_and_everybody_else_is_refused_as_before(
    asked: Chat,
) -> None:
    for who, words in (
        ("Pat", "approve charlie"),
        ("Pat", "approve Priya"),
        ("Mona", "approve Alice Example"),
        ("Alice", "approve Bob Example"),
        ("Bob", "say no to Alice Example"),
        ("Pat", "say no to Bob Example for a child protection plan"),
        ("Pat", "say no to Bob's mum"),
        ("Pat", "approve Alice Example, she was born on 3 May 2015"),
    ):
        said = await asked.say(who, words)
        assert "Thank you" not in said, words
        assert "Example" not in said, words
    assert "could identify somebody" in await asked.say("Pat", "approve Priya Specimen")
    for name in ("Alice", "Bob"):
        assert "Held until" in await asked.say(name, "my bookings")


@pytest.mark.parametrize("words", ["approve alice", "refuse alice", "approve alices place", "say no to Alice Example"])
async def test_a_second_word_on_a_colleague_finds_nothing_that_waits(asked: Chat, words: str) -> None:
    await asked.say("Pat", "say no to alice")
    said = await asked.say("Pat", words)
    assert said.startswith("Nothing of theirs is waiting for you to agree, so I have changed nothing.")
    assert "Held" not in await asked.say("Alice", "my bookings")
