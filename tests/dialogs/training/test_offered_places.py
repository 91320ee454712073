"""A place that is offered to who waited for it, taken and given up in words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduler.jobs import sweep
from services.model import BookingState
from services.work import Database
from tests.dialogs.training.places_chat import DAY, FORUM, LADO, a_chat_with_people, letters
from tests.dialogs.training.training_chat import Chat


@pytest.fixture
async def chat(database: Database) -> Chat:
    return await a_chat_with_people(database)


@pytest.fixture
async def offered(chat: Chat) -> Chat:
    """Bob and Charlie wait for a place on the LADO course, and Alice gives hers back: it is offered to Bob."""
    session = await chat.date_of(LADO, DAY, capacity=1)
    for name in ("Alice", "Bob", "Charlie"):
        await chat.send(name, "session.book", session=session)
    await chat.say("Alice", "cancel")
    await chat.say("Alice", "yes")
    return chat


@pytest.mark.parametrize(
    "words",
    [
        "accept",
        "Accept the place",
        "take the place",
        "yes please, I'll take it",
        "yes ill take it",
        "yes i want the place",
        "i'd like the place please",
        "i would like to accept the lado place",
    ],
)
async def test_an_offered_place_is_taken_in_words(offered: Chat, words: str) -> None:
    assert "To answer, type accept or decline in our chat." in (await letters(offered))["Bob"][0]
    assert "type accept; to let it go, type decline." in await offered.say("Bob", "my bookings")
    said = await offered.say("Bob", words)
    assert said.startswith("The place is yours: Managing Allegations (LADO), Wednesday 3 February 2027")
    assert "type accept" not in await offered.say("Bob", "my bookings")


async def test_who_lets_an_offer_run_out_is_told_once_and_reads_the_same_whatever_they_type(offered: Chat) -> None:
    (booking,) = await _offers(offered)
    offered.now += timedelta(days=4)
    for _ in range(2):
        await sweep(offered.database, offered.rules, None, offered.now)
    (told,) = [one for one in (await letters(offered))["Bob"] if "has run out" in one]
    assert "that was offered to you until 9am on Monday 18 January 2027" in told
    assert "You are off the waiting list for that date" in told
    pressed = await offered.send("Bob", "offer.accept", booking=booking)
    assert pressed.startswith("That offer has run out: the place is not kept for you any more")
    # nobody waited behind him, so that the place stands free
    assert [one for one in (told, pressed) if "passed on" in one or "wait again" in one] == []
    for words in ("accept", "accept the place", "accept the lado place", "yes i want the place", "ill have the place"):
        assert await offered.say("Bob", words) == pressed
    assert "No place is offered" in await offered.say("Bob", "decline")
    assert "No place is offered" in await offered.say("Alice", "accept")


@pytest.mark.parametrize(
    "words", ["decline", "Decline the place", "no thanks, I have to decline", "turn down the offer"]
)
async def test_an_offered_place_is_declined_in_words(offered: Chat, words: str) -> None:
    assert "goes to the next person" in await offered.say("Bob", words)
    assert "Offered to you until" in await offered.say("Charlie", "my bookings")


async def test_an_old_offer_card_does_not_cancel_the_place_that_was_accepted(offered: Chat) -> None:
    (booking,) = await _offers(offered)
    await offered.say("Bob", "accept")
    said = await offered.send("Bob", "offer.decline", booking=booking)
    assert said.startswith("You have accepted this place. Cancel your place on Managing Allegations (LADO)")
    assert await _offers(offered) == []
    assert "is cancelled" in await offered.say("Bob", "yes")
    assert len(await _offers(offered)) == 1
    assert "already cancelled" in await offered.send("Bob", "offer.decline", booking=booking)


async def _offers(chat: Chat) -> list[int]:
    """The bookings that are offers now, whoever they are offered to."""
    async with chat.database.reading() as work:
        found = await work.bookings.by_ids(range(1, 10))
    return [one.id for one in found.values() if one.state is BookingState.OFFERED]


async def test_a_bare_no_lets_no_offered_place_go(offered: Chat) -> None:
    assert "Please type accept or decline, by" in await offered.say("Bob", "no thanks")
    assert "The place is yours" in await offered.say("Bob", "accept")


@pytest.mark.parametrize(
    "words", ["how long have i got", "can i decide tomorrow", "hmm let me think", "have I been offered anything?"]
)
async def test_who_asks_about_an_offer_or_puts_it_off_hears_until_when_it_stands(offered: Chat, words: str) -> None:
    said = await offered.say("Bob", words)
    assert "Please type accept or decline, by 9am on Monday 18 January 2027." in said, said
    assert "accept or decline" not in await offered.say("Charlie", words)


async def test_how_long_have_i_got_beneath_an_article_is_about_the_article(offered: Chat) -> None:
    await offered.say("Bob", "when must i tell the lado")
    said = await offered.say("Bob", "how long have i got")
    assert "within one working day" in said
    assert "accept or decline" not in said


async def test_take_me_off_takes_no_offered_place(offered: Chat) -> None:
    assert "The place is yours" not in await offered.say("Bob", "take me off the lado course")
    assert "Offered to you until" in await offered.say("Bob", "my bookings")


@pytest.mark.parametrize("words", ["i must accept the lado referral", "decline lado referral"])
async def test_a_sentence_on_the_topic_of_a_course_is_not_about_its_offered_place(offered: Chat, words: str) -> None:
    said = await offered.say("Bob", words)
    assert "The place is yours" not in said
    assert "goes to the next person" not in said
    assert "Offered to you until" in await offered.say("Bob", "my bookings")


@pytest.mark.parametrize(
    "words", ["accept lado", "accept managing allegations", "i would like to accept the lado training please, it fits"]
)
async def test_an_offered_place_is_taken_by_the_name_of_its_course(offered: Chat, words: str) -> None:
    assert "The place is yours" in await offered.say("Bob", words)


async def test_i_will_take_it_beneath_a_date_means_that_date(offered: Chat) -> None:
    await offered.date_of(FORUM, DAY + timedelta(days=1))
    await offered.say("Bob", "book dsl forum")
    assert "You are booked on Safeguarding in Education" in await offered.say("Bob", "i'll take it")
    await offered.say("Bob", "courses")
    assert "The place is yours" not in await offered.say("Bob", "take it")


async def test_who_is_offered_nothing_is_told_so_and_guidance_is_still_guidance(chat: Chat) -> None:
    for words in ("accept", "decline the place", "accept the lado place"):
        assert "No place is offered to you just now" in await chat.say("Bob", words)
    for words in ("accept a referral", "do we have to accept a place at the school", "i'll take a place"):
        assert "No place is offered to you" not in await chat.say("Bob", words)


async def test_of_several_offered_places_one_is_chosen(offered: Chat) -> None:
    session = await offered.date_of(FORUM, DAY + timedelta(days=1), capacity=1)
    for name in ("Pat", "Bob"):
        await offered.send(name, "session.book", session=session)
    await offered.say("Pat", "cancel")
    await offered.say("Pat", "yes")
    said = await offered.say("Bob", "accept")
    assert said.startswith("Which place would you like to accept? Type its number.\n1. Managing Allegations")
    assert "The place is yours: Safeguarding in Education" in await offered.say("Bob", "2")
    assert "The place is yours: Managing Allegations" in await offered.say("Bob", "accept")


@pytest.mark.parametrize(
    ("words", "says"), [("accept", "The place is yours"), ("Decline the place.", "goes to the next person")]
)
async def test_an_offer_is_answered_though_something_else_had_been_asked(offered: Chat, words: str, says: str) -> None:
    async with offered.database.work() as work:
        bob = await work.people.by_email("bob@school.example.org")
        assert bob is not None
        item = await work.actions.add(ref="BO-01", plan_id="plan", action="Do it", owner_id=bob.id, due_on=DAY)
        await work.commit()
    assert "what shows that it is done" in await offered.say("Bob", "done BO-01")
    assert says in await offered.say("Bob", words)
    async with offered.database.reading() as work:
        kept = await work.actions.by_id(item)
    assert kept is not None
    assert not kept.evidence


@pytest.mark.parametrize("words", ["accept", "decline"])
async def test_a_card_shown_before_another_place_was_offered_does_not_say_which_place_is_meant(
    chat: Chat, words: str
) -> None:
    forum = await chat.date_of(FORUM, DAY + timedelta(days=1), capacity=1)
    lado = await chat.date_of(LADO, DAY, capacity=1)
    for session in (forum, lado):
        for name in ("Alice", "Bob"):
            await chat.send(name, "session.book", session=session)
    await chat.send("Alice", "booking.cancel", booking=1)
    assert "Decline" in await _titles(chat, "Bob", "my bookings")
    await chat.send("Alice", "booking.cancel", booking=3)
    said = await chat.say("Bob", words)
    assert said.startswith(f"Which place would you like to {words}"), said


async def _titles(chat: Chat, name: str, words: str) -> list[str]:
    await chat.say(name, words)
    return chat.buttons(name)
