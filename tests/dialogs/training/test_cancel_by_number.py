"""A booking cancelled by its place in the list."""

from __future__ import annotations

from datetime import timedelta

from services.work import Database
from tests.dialogs.training.places_chat import DAY, FORUM, LADO, a_chat_with_people


async def test_a_number_after_cancel_means_the_booking_in_that_place_of_the_list(database: Database) -> None:
    chat = await a_chat_with_people(database)
    await chat.send("Alice", "session.book", session=await chat.date_of(FORUM, DAY))
    await chat.send("Alice", "session.book", session=await chat.date_of(LADO, DAY + timedelta(days=1)))
    await chat.say("Alice", "my bookings")
    assert "Cancel your place on Managing Allegations (LADO)" in await chat.say("Alice", "cancel 2")
    await chat.say("Alice", "no")
    assert "Which booking would you like to cancel?" in await chat.say("Alice", "cancel")
    assert "Cancel your place on Safeguarding in Education" in await chat.say("Alice", "cancel number 1")
    assert "Which booking would you like to cancel?" in await chat.say("Alice", "cancel 3")
