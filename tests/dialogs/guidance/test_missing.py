"""What was not understood is counted for the manager, and an answer leads on to training."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.model import Gap, GapReason, Person, Place, Role
from services.questions import unanswered
from services.work import Database
from tests.dialogs.questions.questions_chat import Chat, buttons, everything_stored, verbs
from tests.services.harrow import screened_rules

UNSURE = "consent stuff for the form"


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


@pytest.fixture
async def alice(chat: Chat) -> Person:
    return await chat.join("Alice")


@pytest.fixture
async def morgan(chat: Chat) -> Person:
    return await chat.join("Morgan", roles=[Role.MANAGER])


async def gaps(chat: Chat) -> list[Gap]:
    async with chat.database.reading() as work:
        return await unanswered(work, screened_rules(), now=chat.now, weeks=1)


async def asks(chat: Chat) -> dict[str, int]:
    async with chat.database.reading() as work:
        return await work.gaps.asks(chat.now.date() - timedelta(days=7), chat.now.date())


async def a_date(chat: Chat, course: str, *, capacity: int = 5) -> int:
    async with chat.database.work() as work:
        starts = chat.now + timedelta(days=6)
        session = await work.sessions.add(
            ref=course, course_id=course, starts_at=starts, ends_at=starts + timedelta(hours=3), capacity=capacity
        )
        await work.commit()
    return session


async def test_unsure_out_of_scope_and_unhelpful_answers_are_counted(chat: Chat, alice: Person) -> None:
    for text in (UNSURE, UNSURE.upper(), "what is the cricket score", "domestic abuse"):
        await chat.types("Alice", text)
    for _ in range(2):
        await chat.presses("Alice", "answer.unhelpful", topic="domestic-abuse")

    assert {(gap.question, gap.reason, gap.how_many) for gap in await gaps(chat)} == {
        (UNSURE, GapReason.UNSURE, 2),
        ("what is the cricket score", GapReason.OUT_OF_SCOPE, 1),
        ("domestic abuse", GapReason.NOT_HELPFUL, 1),
    }


async def test_what_was_answered_or_commanded_is_not_on_the_list(chat: Chat, alice: Person) -> None:
    for text in ("domestic abuse", "my bookings", "help", "👍"):
        await chat.types("Alice", text)

    assert await gaps(chat) == []


@pytest.mark.parametrize(
    ("words", "trace"),
    [
        ("Jane Roe born 12/03/2015 and the form thing", "Roe"),
        ("NHS 943 476 5919 what about the form", "5919"),
        ("it's about the Patel family", "Patel"),
        ("tom's dad is drunk every day", "drunk"),
        ("JS in 9B", "9B"),
        ("he is hitting her right now", "hitting"),
    ],
)
@pytest.mark.parametrize("place", [Place.PERSONAL, Place.CHANNEL])
async def test_identifiable_and_emergency_messages_leave_no_trace(
    chat: Chat, alice: Person, words: str, trace: str, place: Place
) -> None:
    await chat.types("Alice", words, place)
    await chat.presses("Alice", "answer.unhelpful", topic="domestic-abuse")

    stored = await everything_stored(chat.database)
    assert "domestic-abuse" in stored
    assert trace not in stored


async def test_who_is_refused_for_naming_somebody_is_told_of_the_lado_too(chat: Chat, alice: Person) -> None:
    refused = await chat.types("Alice", "mr khan slapped a pupil")

    assert "could identify somebody" in refused.text
    assert "About a colleague or volunteer" in refused.text
    assert "(LADO)" in refused.text.split("About a colleague or volunteer")[1]
    assert "About a colleague or volunteer" in str(refused.card)


async def test_the_manager_sees_the_list_with_counts_and_nobody_else_does(
    chat: Chat, alice: Person, morgan: Person
) -> None:
    for _ in range(3):
        await chat.types("Alice", UNSURE)
    seen = await chat.types("Morgan", "unanswered questions")

    assert "Not answered in the last 4 weeks: 3" in seen.text
    assert f"“{UNSURE}”, 3 times, I was not sure" in seen.text
    assert "Alice" not in seen.text
    assert "another role" in (await chat.types("Alice", "unanswered questions")).text


async def test_the_manager_is_told_when_there_is_nothing_to_see(chat: Chat, morgan: Person) -> None:
    assert "no question that I could not answer" in (await chat.types("Morgan", "unanswered questions")).text


async def test_an_answer_shows_training_on_its_topic_with_a_date_and_books_it(chat: Chat, alice: Person) -> None:
    session = await a_date(chat, "domestic-abuse-foundation")
    shown = await chat.types("Alice", "domestic abuse")

    assert "Domestic Abuse Foundation: Thursday 21 January 2027, 11am to 2pm (in 4 working days)." in shown.text
    assert "Book a place" in buttons(shown)
    assert "You are booked" in str((await chat.presses("Alice", "session.book", session=session)).card)
    again = await chat.types("Alice", "domestic abuse")
    assert "Book a place" not in buttons(again)


async def test_a_full_session_and_a_channel_get_no_book_button(chat: Chat, alice: Person) -> None:
    await a_date(chat, "domestic-abuse-foundation", capacity=0)
    assert "session.book" not in verbs(await chat.types("Alice", "domestic abuse"))
    await a_date(chat, "introduction-multi-agency-safeguarding")
    assert "session.book" in verbs(await chat.types("Alice", "do i need consent to refer"))
    assert "session.book" not in verbs(await chat.types("Alice", "do i need consent to refer", Place.CHANNEL))


async def test_a_topic_asked_about_often_without_a_date_is_shown_to_the_manager(
    chat: Chat, alice: Person, morgan: Person
) -> None:
    for name in ("Bob", "Carol"):
        await chat.join(name)
    for name in ("Alice", "Bob", "Carol"):
        await chat.types(name, "domestic abuse")
    seen = await chat.types("Morgan", "unanswered questions")
    assert "Asked about 3 times in 4 weeks, with no open date:" in seen.text

    await a_date(chat, "domestic-abuse-foundation", capacity=0)
    full = (await chat.types("Morgan", "unanswered questions")).text
    assert "Asked about 3 times in 4 weeks, and every date is full (the next is Thursday 21 January 2027):" in full
    assert "with no open date" not in full

    await a_date(chat, "dsl-forum")
    assert "every date is full" in (await chat.types("Morgan", "unanswered questions")).text


async def test_questions_that_stay_on_one_page_are_one_wish_for_training(chat: Chat, alice: Person) -> None:
    for text in ("domestic abuse", "domestic abuse?", "what is domestic abuse", "what is the cricket score"):
        await chat.types("Alice", text)
    await chat.types("Alice", "domestic abuse")
    assert await asks(chat) == {"domestic-abuse": 1}

    await chat.types("Alice", "help")
    await chat.types("Alice", "domestic abuse")
    assert await asks(chat) == {"domestic-abuse": 2}, "another time, it is asked about again"


@pytest.mark.parametrize(
    "words", ["when", "thats mine", "cheers duck thats us done", "clear that list", "open the first", "who is it"]
)
async def test_what_asks_nothing_of_the_guidance_is_no_gap_in_it(chat: Chat, alice: Person, words: str) -> None:
    await chat.types("Alice", words)
    assert await gaps(chat) == []


@pytest.mark.parametrize("words", ["thanks, who pays for taxis", "what is the cricket score", "taxis"])
async def test_what_asks_something_is_counted_with_its_thanks(chat: Chat, alice: Person, words: str) -> None:
    await chat.types("Alice", words)
    assert len(await gaps(chat)) == 1


@pytest.mark.parametrize("words", ["1", "open the first", "answer the first one", "show me number 1"])
async def test_a_question_of_the_list_is_opened_and_it_is_said_what_can_be_done(
    chat: Chat, alice: Person, morgan: Person, words: str
) -> None:
    await chat.types("Alice", UNSURE)
    listed = (await chat.types("Morgan", "whats on the unanswered list")).text
    assert f"1. “{UNSURE}”, once" in listed
    opened = await chat.types("Morgan", words)
    assert opened.text.startswith(f"“{UNSURE}”, once")
    assert "Nobody's name is kept" in opened.text
    assert "add these words to the phrases of that guidance" in opened.text
    assert "topic.show" in verbs(opened)
    assert UNSURE in (await chat.types("Morgan", "ask a person")).text


@pytest.mark.parametrize("words", ["mark as dealt with", "clear that list", "mark the first as done", "delete 1"])
async def test_the_list_cannot_be_ticked_off_and_says_how_it_empties(
    chat: Chat, alice: Person, morgan: Person, words: str
) -> None:
    await chat.types("Alice", UNSURE)
    await chat.types("Morgan", "what couldnt you answer this month")
    assert "leaves this list by itself" in (await chat.types("Morgan", words)).text
    assert f"“{UNSURE}”, once" in (await chat.types("Morgan", "1")).text, "the list stands"
    assert (await chat.types("Morgan", "domestic abuse")).text.startswith("What do I do about domestic abuse")


async def test_a_report_wanted_as_a_file_is_shown_and_it_is_said_who_has_the_file(
    chat: Chat, alice: Person, morgan: Person
) -> None:
    await chat.types("Alice", UNSURE)
    shown = (await chat.types("Morgan", "send me the unanswered list in excel")).text
    assert UNSURE in shown
    assert "python -m bot report unanswered --format xlsx" in shown


async def test_picking_one_of_several_meanings_counts_as_a_question_on_it(chat: Chat, alice: Person) -> None:
    await chat.types("Alice", UNSURE)
    await chat.types("Alice", "1")
    await chat.join("Bob")
    await chat.types("Bob", UNSURE)
    await chat.presses("Bob", "topic.show", topic="consent-to-refer")

    assert await asks(chat) == {"consent-to-refer": 2}


async def test_the_manager_sees_who_answers_for_what_and_what_comes_to_them(
    chat: Chat, alice: Person, morgan: Person
) -> None:
    await chat.join("Eddie", owns=["mash-manager"])
    seen = await chat.types("Morgan", "who answers questions")

    assert "- MASH Manager: Eddie (18 articles; questions on: Thresholds and referral)" in seen.text
    assert (
        "- Health safeguarding lead: nobody is recorded, so it comes to the partnership manager (7 articles)"
        in seen.text
    )
    assert "another role" in (await chat.types("Alice", "who answers questions")).text


async def test_a_topic_whose_course_has_no_date_lets_one_ask_for_it(chat: Chat, alice: Person) -> None:
    shown = await chat.types("Alice", "domestic abuse")
    assert "Domestic Abuse Foundation: no date is open yet." in shown.text
    assert "Tell me when there is a date" in buttons(shown)
    kept = await chat.presses("Alice", "interest.add", course="domestic-abuse-foundation")
    assert "I will tell you when Domestic Abuse Foundation has a date" in kept.text
    await a_date(chat, "domestic-abuse-foundation", capacity=0)
    assert "no date is open" not in (await chat.types("Alice", "domestic abuse")).text


@pytest.mark.parametrize("missed", ["what about without consent?", "what is the cricket score"])
async def test_a_question_that_missed_does_not_lose_the_page_that_was_read(
    chat: Chat, alice: Person, missed: str
) -> None:
    await chat.types("Alice", "what are the escalation stages")
    page = "What are the escalation stages and who acts at each?"
    assert not (await chat.types("Alice", missed)).text.startswith(page)

    assert (await chat.types("Alice", "and how long does that take?")).text.startswith(page)


async def test_that_it_did_not_help_is_said_of_the_question_that_missed_and_not_of_the_page_before(
    chat: Chat, alice: Person
) -> None:
    await chat.types("Alice", "domestic abuse")
    await chat.types("Alice", "what is the cricket score")

    assert "I am sorry that I was no help" in (await chat.types("Alice", "that did not help")).text
    assert [gap.question for gap in await gaps(chat)] == ["what is the cricket score"]
