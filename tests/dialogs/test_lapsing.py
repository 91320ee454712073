"""A question of ours that nobody answered in time: what is typed weeks later is no answer to it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import time, timedelta

import pytest

from dialogs.notices import Renderer
from services import actions, handover
from services.bookings import record_attendance
from services.model import BookingState, EvaluationKind, NoticeState
from services.office import running
from services.work import Database
from tests.builders import add_item
from tests.dialogs.training.places_chat import DAY, FORUM, LADO, a_chat_with_people
from tests.dialogs.training.training_chat import Chat
from tests.fakes import ambiguous
from tests.services.notices.office import Office

LATER = timedelta(days=9)


@pytest.fixture
async def chat(database: Database) -> Chat:
    return await a_chat_with_people(database)


@pytest.fixture
async def waiting(chat: Chat) -> Chat:
    """Bob is booked on the forum, and waits for the place on the LADO course that Alice has."""
    await chat.send("Bob", "session.book", session=await chat.date_of(FORUM, DAY + timedelta(days=40)))
    lado = await chat.date_of(LADO, DAY + timedelta(days=50), capacity=1)
    for name in ("Alice", "Bob"):
        await chat.send(name, "session.book", session=lado)
    return chat


async def a_form(chat: Chat) -> int:
    """The evaluation of a course, of four questions, that Alice owes."""
    await chat.send("Alice", "session.book", session=await chat.date_of(LADO, DAY))
    async with chat.database.work() as work:
        alice = await work.people.by_email("alice@school.example.org")
        assert alice is not None
        (booking,) = await work.bookings.active_of(alice.id, chat.now)
        await work.evaluations.owe(booking.id, alice.id, EvaluationKind.COURSE, chat.now.date())
        found = await work.evaluations.of_bookings([booking.id])
        await work.commit()
    return found[booking.id][0].id


async def answers_of(chat: Chat, form: int) -> dict[str, str]:
    async with chat.database.reading() as work:
        kept = await work.evaluations.by_id(form)
    assert kept is not None
    return dict(kept.answers)


async def a_place_is_offered(chat: Chat) -> None:
    """Alice gives hers back, and Bob is told."""
    await chat.say("Alice", "cancel lado")
    await chat.say("Alice", "yes")
    assert "A place has come free" in await post(chat, "Bob")


async def post(chat: Chat, name: str) -> str:
    """What is sent to somebody unasked now."""
    office = Office(chat.database, chat.rules, render=Renderer(chat.rules))
    await office.plan_and_deliver(chat.now)
    return "\n".join(one.text for one in office.messenger.to(name))


@pytest.mark.parametrize("later", [timedelta(minutes=20), timedelta(days=17)])
async def test_a_yes_after_a_place_was_offered_does_not_cancel_what_was_asked_about_before(
    waiting: Chat, later: timedelta
) -> None:
    assert "Cancel your place" in await waiting.say("Bob", "cancel forum")
    waiting.now += later
    await a_place_is_offered(waiting)
    said = await waiting.say("Bob", "yes please")
    assert said.startswith("You have been offered a place on Managing Allegations (LADO)"), said
    told = "I had asked you something else before that" in said
    assert told is (later < timedelta(hours=8))
    booked = await waiting.say("Bob", "my bookings")
    assert "Safeguarding in Education" in booked
    assert "Offered to you until" in booked
    assert "The place is yours" in await waiting.say("Bob", "accept")


async def test_a_no_after_somebody_booked_a_place_for_one_is_an_answer_to_that(waiting: Chat) -> None:
    drugs = await waiting.date_of("drug-awareness", DAY + timedelta(days=60))
    await waiting.say("Bob", "cancel forum")
    waiting.now += timedelta(hours=1)
    await waiting.send("Alice", "colleague.book", session=drugs, email="bob@school.example.org")
    assert "type no thanks" in await post(waiting, "Bob")
    said = await waiting.say("Bob", "no thanks")
    assert said.startswith("Cancel your place on Drug"), said


async def test_a_yes_after_agreement_was_asked_for_cancels_nothing(database: Database) -> None:
    chat = await a_chat_with_people(database, manager_approval=True)
    await chat.send("Pat", "session.book", session=await chat.date_of(FORUM, DAY + timedelta(days=40)))
    assert "Cancel your place" in await chat.say("Pat", "cancel forum")
    chat.now += timedelta(hours=1)
    await chat.send("Bob", "session.book", session=await chat.date_of(LADO, DAY))
    assert "Bob Example" in await post(chat, "Pat")
    said = await chat.say("Pat", "yes")
    assert said.startswith("These are waiting for you to agree"), said
    assert "I had asked you something else before that" in said
    assert "Held until" in await chat.say("Bob", "my bookings")
    assert "Safeguarding in Education" in await chat.say("Pat", "my bookings")


async def a_date_is_published(chat: Chat) -> str:
    await chat.send("Bob", "interest.add", course="drug-awareness")
    chat.now += timedelta(minutes=1)
    assert "Cancel your place" in await chat.say("Bob", "cancel forum")
    await chat.date_of("drug-awareness", DAY + timedelta(days=60))
    return "has a date"


async def an_evaluation_is_asked_for(chat: Chat) -> str:
    await chat.send("Bob", "session.book", session=await chat.date_of(LADO, chat.now.date() + timedelta(days=4)))
    chat.now += timedelta(days=5)
    async with chat.database.work() as work:
        person = await work.people.by_email("bob@school.example.org")
        assert person is not None
        (booking,) = [
            one for one in await work.bookings.on_session(2, list(BookingState)) if one.person_id == person.id
        ]
        await record_attendance(work, booking, attended=True, at=chat.now, rules=chat.rules)
        await work.commit()
    assert "Cancel your place" in await chat.say("Bob", "cancel forum")
    return "course evaluation"


async def an_item_falls_due(chat: Chat) -> str:
    assert "Cancel your place" in await chat.say("Bob", "cancel forum")
    async with chat.database.work() as work:
        person = await work.people.by_email("bob@school.example.org")
        await add_item(work, owner=person, due_on=chat.now.date())
        await work.commit()
    return "Due today"


async def a_question_is_answered(chat: Chat) -> str:
    async with chat.database.work() as work:
        bob, mona = [await work.people.by_email(f"{one}.example.org") for one in ("bob@school", "mona@office")]
        assert bob is not None
        assert mona is not None
        asked = await handover.ask(work, bob, "Who chairs the forum?", now=chat.now, rules=chat.rules)
        await work.commit()
    assert "Cancel your place" in await chat.say("Bob", "cancel forum")
    chat.now += timedelta(minutes=1)
    async with chat.database.work() as work:
        await handover.answer(work, mona, asked.ticket.id, "The office does", now=chat.now, rules=chat.rules)
        await work.commit()
    return "Did that answer your question?"


async def a_place_was_not_used(chat: Chat) -> str:
    await chat.send("Bob", "session.book", session=await chat.date_of(LADO, chat.now.date() + timedelta(days=4)))
    await chat.date_of(LADO, chat.now.date() + timedelta(days=60))
    chat.now += timedelta(days=5)
    async with chat.database.work() as work:
        person = await work.people.by_email("bob@school.example.org")
        assert person is not None
        booking = await work.bookings.of(person.id, 2)
        assert booking is not None
        await record_attendance(work, booking, attended=False, at=chat.now, rules=chat.rules)
        await work.commit()
    assert "Cancel your place" in await chat.say("Bob", "cancel forum")
    return "The next date is"


async def an_unapproved_place_gets_another_date(chat: Chat) -> str:
    lado = await chat.date_of(LADO, DAY)
    await chat.send("Bob", "session.book", session=lado)
    assert "Cancel your place" in await chat.say("Bob", "cancel forum")
    chat.now += timedelta(minutes=1)
    async with chat.database.work() as work:
        mona, bob = [await work.people.by_email(f"{one}.example.org") for one in ("mona@office", "bob@school")]
        assert mona is not None
        assert bob is not None
        booking = await work.bookings.of(bob.id, lado)
        assert booking is not None
        await work.bookings.move(booking, BookingState.NOT_APPROVED)  # it had begun before it was put on another day
        plan = running.Plan(DAY + timedelta(days=9), time(9, 30), time(12), venue="Training Room")
        await running.change(work, mona, lado, plan, now=chat.now, rules=chat.rules)
        await work.commit()
    return "If you would like one, ask again"


@pytest.mark.parametrize(
    "happens",
    [
        an_unapproved_place_gets_another_date,
        a_date_is_published,
        an_evaluation_is_asked_for,
        an_item_falls_due,
        a_question_is_answered,
        a_place_was_not_used,
    ],
)
async def test_a_yes_after_a_notice_that_asks_for_something_cancels_nothing(
    database: Database, happens: Callable[[Chat], Coroutine[None, None, str]]
) -> None:
    chat = await a_chat_with_people(database)
    await chat.send("Bob", "session.book", session=await chat.date_of(FORUM, DAY + timedelta(days=40)))
    told = await happens(chat)
    chat.now += timedelta(minutes=5)
    assert told in await post(chat, "Bob")
    chat.now += timedelta(minutes=1)
    said = await chat.say("Bob", "yes")
    assert "is cancelled" not in said
    assert "I had asked you something else before that" in said
    assert "Safeguarding in Education" in await chat.say("Bob", "my bookings")
    await chat.say("Bob", "cancel forum")
    assert "is cancelled" in await chat.say("Bob", "yes")


async def test_a_yes_after_an_offer_that_perhaps_arrived_cancels_nothing(waiting: Chat) -> None:
    assert "Cancel your place" in await waiting.say("Bob", "cancel forum")
    waiting.now += timedelta(minutes=20)
    await waiting.say("Alice", "cancel lado")
    await waiting.say("Alice", "yes")
    office = Office(waiting.database, waiting.rules, render=Renderer(waiting.rules))
    office.messenger.fail("Bob", *[ambiguous()] * 5)
    await office.plan_and_deliver(waiting.now)
    said = await waiting.say("Bob", "yes please")
    assert said.startswith("You have been offered a place on Managing Allegations (LADO)"), said
    assert "I had asked you something else before that" in said
    assert "Safeguarding in Education" in await waiting.say("Bob", "my bookings")


async def test_a_yes_after_a_notice_that_perhaps_arrived_cancels_nothing(database: Database) -> None:
    chat = await a_chat_with_people(database)
    await chat.send("Bob", "session.book", session=await chat.date_of(FORUM, DAY + timedelta(days=40)))
    await an_item_falls_due(chat)
    chat.now += timedelta(minutes=5)
    office = Office(chat.database, chat.rules, render=Renderer(chat.rules))
    office.messenger.fail("Bob", *[ambiguous()] * 5)
    await office.plan_and_deliver(chat.now)
    assert NoticeState.UNCERTAIN in {one.state for one in await office.notices() if one.kind == "action-item"}
    chat.now += timedelta(minutes=1)

    assert "is cancelled" not in await chat.say("Bob", "yes")


@pytest.mark.parametrize("asks", ["a question", "more time"])
async def test_a_yes_after_somebody_asked_the_office_for_something_cancels_nothing(
    database: Database, asks: str
) -> None:
    chat = await a_chat_with_people(database)
    await chat.send("Mona", "session.book", session=await chat.date_of(FORUM, DAY + timedelta(days=40)))
    assert "Cancel your place" in await chat.say("Mona", "cancel forum")
    chat.now += timedelta(minutes=1)
    async with chat.database.work() as work:
        bob = await work.people.by_email("bob@school.example.org")
        assert bob is not None
        if asks == "a question":
            await handover.ask(work, bob, "Is the forum recorded?", now=chat.now, rules=chat.rules)
        else:
            item = await add_item(work, owner=bob, due_on=chat.now.date() + timedelta(days=30))
            until = chat.now.date() + timedelta(days=60)
            await actions.ask_more_time(work, bob, item.id, until=until, reason="Leave", now=chat.now, rules=chat.rules)
        await work.commit()
    assert "Bob" in await post(chat, "Mona")
    chat.now += timedelta(minutes=1)

    said = await chat.say("Mona", "yes")

    assert "is cancelled" not in said
    assert "I had asked you something else before that" in said


async def test_a_stop_after_a_place_was_offered_ends_what_was_under_way(waiting: Chat) -> None:
    await waiting.say("Bob", "log a challenge")
    waiting.now += timedelta(hours=1)
    await a_place_is_offered(waiting)
    assert await waiting.say("Bob", "stop") == "I have stopped. No challenge was logged."


async def test_a_yes_to_what_was_asked_after_the_offer_is_one(waiting: Chat) -> None:
    await a_place_is_offered(waiting)
    waiting.now += timedelta(minutes=1)
    await waiting.say("Bob", "cancel forum")
    assert "is cancelled" in await waiting.say("Bob", "yes please")


async def test_a_question_put_again_after_the_offer_takes_a_yes(waiting: Chat) -> None:
    await waiting.say("Bob", "log a challenge")
    await waiting.say("Bob", "CNWL")
    waiting.now += timedelta(minutes=1)
    await a_place_is_offered(waiting)
    waiting.now += timedelta(minutes=1)
    await waiting.say("Bob", "what is level 3")
    said = await waiting.say("Bob", "no")
    assert "Which stage is it at?" in said
    assert "offered a place" not in said


async def test_a_number_typed_days_after_the_list_books_nothing(waiting: Chat) -> None:
    assert "1. " in await waiting.say("Alice", "courses")
    waiting.now += LATER
    assert "not the number of anything I have just listed" in await waiting.say("Alice", "1")
    assert "Safeguarding in Education" not in await waiting.say("Alice", "my bookings")


async def test_a_question_waits_for_a_working_day_and_anew_when_the_talk_goes_on(waiting: Chat) -> None:
    await waiting.say("Bob", "cancel")
    waiting.now += timedelta(hours=7)
    assert "Cancel your place" in await waiting.say("Bob", "1")
    waiting.now += timedelta(hours=7)
    assert "is cancelled" in await waiting.say("Bob", "yes")


async def test_thanks_do_not_make_a_question_wait_longer(waiting: Chat) -> None:
    await waiting.say("Bob", "cancel forum")
    waiting.now += timedelta(hours=7)
    await waiting.say("Bob", "thanks")
    waiting.now += timedelta(hours=2)
    assert "not waiting for a yes or a no" in await waiting.say("Bob", "yes")


async def test_a_form_left_half_answered_is_kept_and_takes_no_stray_word(chat: Chat) -> None:
    form = await a_form(chat)
    chat.now += timedelta(days=30)
    await chat.send("Alice", "evaluation.open", evaluation=form)
    for words in ("4", "5", "3"):
        said = await chat.say("Alice", words)
    assert "Question 4 of 4" in said
    chat.now += LATER
    said = await chat.say("Alice", "good morning")
    assert said.startswith("Hello.")
    assert said.endswith("type evaluate to carry on with it."), said
    assert await answers_of(chat, form) == {}
    assert "to go on with it" not in await chat.say("Alice", "what is level 3")
    said = await chat.say("Alice", "evaluate")
    assert "Your answers so far are kept. This is what comes next.\nQuestion 4 of 4" in said
    await chat.say("Alice", "More time for questions")
    kept = await answers_of(chat, form)
    assert kept == {"satisfaction": "4", "relevance": "5", "knowledge": "3", "improve": "More time for questions"}


async def test_a_form_that_was_put_by_and_sent_as_a_card_is_not_gone_on_with(chat: Chat) -> None:
    form = await a_form(chat)
    chat.now += timedelta(days=30)
    await chat.send("Alice", "evaluation.open", evaluation=form)
    await chat.say("Alice", "4")
    chat.now += LATER
    await chat.send("Alice", "evaluation.send", evaluation=form, satisfaction="5", relevance="5", knowledge="5")
    assert (await answers_of(chat, form))["satisfaction"] == "5"
    assert "You have no evaluation to complete" in await chat.say("Alice", "evaluate")


async def test_who_comes_back_to_a_challenge_is_told_that_it_was_not_logged_and_goes_on_with_it(chat: Chat) -> None:
    await chat.say("Alice", "log a challenge")
    await chat.say("Alice", "CNWL")
    chat.now += LATER
    said = await chat.say("Alice", "1")
    assert said.endswith("no challenge is logged: type log a challenge to carry on with it."), said
    assert "Your answers so far are kept: Primary school; Central and North West London" in await chat.say(
        "Alice", "log a challenge"
    )


async def test_who_left_an_evaluation_and_a_challenge_says_which_of_them_to_go_on_with(chat: Chat) -> None:
    form = await a_form(chat)
    chat.now += timedelta(days=30)
    await chat.send("Alice", "evaluation.open", evaluation=form)
    for words in ("4", "my bookings", "log a challenge", "CNWL", "my bookings"):
        await chat.say("Alice", words)
    said = await chat.say("Alice", "carry on")
    assert said == "You have left an evaluation and a challenge half done. Type evaluate, or log a challenge."
    assert "Central and North West London" in await chat.say("Alice", "log a challenge")
    await chat.say("Alice", "stop")
    assert "Question 2 of 4" in await chat.say("Alice", "carry on")
