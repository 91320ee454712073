"""A place that is held until somebody agrees: what everybody is told, and agreeing in words."""

from __future__ import annotations

from services.work import Database
from tests.dialogs.places_chat import DAY, LADO, a_chat_with_people, letters


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
    assert await chat.say("Pat", "approve") == "Nobody's place waits for you to agree."
    session = await chat.date_of(LADO, DAY)
    await chat.send("Alice", "session.book", session=session)
    await chat.send("Bob", "session.book", session=session)
    assert "type approve or do not approve" in (await letters(chat))["Pat"][0]
    for words in ("approvals", "who is waiting for my approval", "who's waiting for my approval?"):
        said = await chat.say("Pat", words)
        assert "1. Alice Example: Managing Allegations (LADO), Wednesday 3 February 2027" in said
        assert "2. Bob Example" in said
    assert await chat.say("Bob", "approvals") == "Nobody's place waits for you to agree."
    assert "Which do you agree to?" in await chat.say("Pat", "approve")
    assert "Thank you. Bob Example is booked on" in await chat.say("Pat", "2")
    assert "Thank you. Alice Example is not booked on" in await chat.say("Pat", "I do not approve")
