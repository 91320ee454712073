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
