"""An expert answers in words of their own: takes it, types the answer, reads it back, and corrects it afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.model import Person, Role, TicketState
from services.work import Database
from tests.builders import add_session
from tests.dialogs.questions.questions_chat import Chat, everything_stored

QUESTION = "what goes in part 3 of the consent form"
ANSWER = "Write what was asked, what they said, and why."


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


@pytest.fixture
async def alice(chat: Chat) -> Person:
    return await chat.join("Alice")


@pytest.fixture
async def eddie(chat: Chat) -> Person:
    return await chat.join("Eddie", owns=["mash-manager"])


async def asks(chat: Chat, question: str = QUESTION) -> None:
    await chat.presses("Alice", "question.send", question=question, topic="consent-to-refer")


async def takes(chat: Chat) -> None:
    await asks(chat)
    await chat.types("Eddie", "take Q1")


@pytest.mark.parametrize(
    "words",
    [
        "take it",
        "I'll take it",
        "mine",
        "I can answer that one.",
        "it's mine",
        "leave it with me",
        "got it",
        "ok i've got this one",
        "ok its mine then",
        "can i have Q1",
        "I'd like to answer q1 please",
    ],
)
async def test_the_question_just_shown_is_taken_without_its_number(
    chat: Chat, alice: Person, eddie: Person, words: str
) -> None:
    await asks(chat)
    await chat.types("Eddie", "Q1")

    assert "It is yours" in (await chat.types("Eddie", words)).text
    assert (await chat.ticket()).taker_id == eddie.id


async def test_the_one_question_that_is_free_is_taken_and_of_several_it_is_asked_which(
    chat: Chat, alice: Person, eddie: Person
) -> None:
    await asks(chat)
    await asks(chat, "who signs part 4 of the consent form")

    assert (await chat.types("Eddie", "I'll take it")).text.startswith("Questions waiting (2)")
    await chat.types("Eddie", "take Q1")
    await chat.types("Eddie", "stop")
    await chat.types("Eddie", "what is level 3")
    assert (await chat.types("Eddie", "ok i will take it")).text.startswith("Question Q2")


async def test_whoever_answers_for_nothing_takes_no_question(chat: Chat, alice: Person, eddie: Person) -> None:
    await asks(chat)
    await chat.types("Alice", "take it")

    assert (await chat.ticket()).state is TicketState.OPEN


async def test_what_is_typed_after_taking_is_the_answer_and_goes_with_a_yes(
    chat: Chat, alice: Person, eddie: Person
) -> None:
    await takes(chat)

    assert f"“{ANSWER}” Type yes to send it to Alice" in (await chat.types("Eddie", ANSWER)).text
    assert (await chat.ticket()).answer is None
    assert "on its way to Alice" in (await chat.types("Eddie", "yes")).text
    assert (await chat.ticket()).answer == ANSWER


async def test_an_answer_read_back_may_be_typed_in_other_words_or_left(
    chat: Chat, alice: Person, eddie: Person
) -> None:
    await takes(chat)
    await chat.types("Eddie", "See the form, it says so at the top.")
    assert ANSWER in (await chat.types("Eddie", ANSWER)).text

    assert "I have sent nothing. Q1 is still yours" in (await chat.types("Eddie", "no")).text
    assert (await chat.ticket()).answer is None
    again = (await chat.types("Eddie", "actually write what they Said, and why.")).text
    assert "Your answer to Q1: “write what they Said, and why.” Type yes" in again
    assert "free again" in (await chat.types("Eddie", "sorry, i can't answer it")).text
    assert (await chat.ticket()).state is TicketState.OPEN


async def test_a_question_or_a_command_in_between_is_no_answer(chat: Chat, alice: Person, eddie: Person) -> None:
    await takes(chat)
    for question in ("do i need consent to refer?", "domestic abuse"):
        told = await chat.types("Eddie", question)
        assert "I am still waiting for your answer to Q1" in told.text
        assert "Your answer to Q1:" not in told.text
    assert "You have nothing booked" in (await chat.types("Eddie", "my bookings")).text
    assert (await chat.ticket()).answer is None


@pytest.mark.parametrize(
    "words",
    ["what does the guidance say", "is that in the guidance", "what do i do if i dont know", "ok its mine then"],
)
async def test_what_is_asked_or_said_of_a_question_that_was_taken_is_no_answer_to_it(
    chat: Chat, alice: Person, eddie: Person, words: str
) -> None:
    await takes(chat)
    told = (await chat.types("Eddie", words)).text

    assert "Your answer to Q1: " not in told
    if "guidance" in words:
        assert "Do I need consent to refer?" in told
    assert ANSWER in (await chat.types("Eddie", ANSWER)).text, "the question still waits for its answer"


async def test_got_it_of_a_question_that_is_answered_is_a_nod(chat: Chat, alice: Person, eddie: Person) -> None:
    await asks(chat)
    await chat.types("Eddie", "answer Q1 Part 3 is for the school.")

    assert "Good. Ask me anything else" in (await chat.types("Eddie", "got it")).text


@pytest.mark.parametrize("words", ["what needs answering", "anything to answer?", "any questions for me"])
async def test_what_waits_is_shown_in_other_words(chat: Chat, alice: Person, eddie: Person, words: str) -> None:
    await asks(chat)

    assert "Questions waiting (1)" in (await chat.types("Eddie", words)).text


async def test_an_answer_that_begins_with_no_keeps_it(chat: Chat, alice: Person, eddie: Person) -> None:
    await takes(chat)

    assert "“No consent is needed for that.”" in (await chat.types("Eddie", "No consent is needed for that.")).text


async def test_an_answer_that_identifies_somebody_is_refused_and_kept_nowhere(
    chat: Chat, alice: Person, eddie: Person
) -> None:
    await takes(chat)
    assert "could identify somebody" in (await chat.types("Eddie", "It is like Jane Roe, born 12/03/2015")).text

    assert "Roe" not in await everything_stored(chat.database)
    assert f"“{ANSWER}”" in (await chat.types("Eddie", ANSWER)).text


@pytest.mark.parametrize("words", ["edit my answer to Q1", "correct my answer", "Change my answer to q1."])
async def test_an_answer_that_was_sent_can_be_corrected_in_words(
    chat: Chat, alice: Person, eddie: Person, words: str
) -> None:
    await asks(chat)
    await chat.types("Eddie", "answer Q1 Part 3 is for the school.")
    await chat.post()

    assert "Your answer to Q1 is: “Part 3 is for the school.”" in (await chat.types("Eddie", words)).text
    await chat.types("Eddie", ANSWER)
    await chat.types("Eddie", "yes")
    await chat.post()
    assert (await chat.ticket()).answers == 2
    assert ANSWER in chat.inbox("Alice")[-1].text


async def test_a_correction_may_stand_beside_the_number(chat: Chat, alice: Person, eddie: Person) -> None:
    await asks(chat)
    await chat.types("Eddie", "answer Q1 Part 3 is for the school.")
    await chat.types("Eddie", f"correct my answer to Q1: {ANSWER}")

    assert (await chat.ticket()).answer == ANSWER


@pytest.mark.parametrize("words", ["my inbox", "what is waiting for me", "my actions"])
async def test_what_waits_for_an_expert_is_told_with_their_actions(
    chat: Chat, alice: Person, eddie: Person, words: str
) -> None:
    morgan = await chat.join("Morgan", roles=[Role.MANAGER])
    await asks(chat)

    assert "wait for an answer from you (1): type open questions" in (await chat.types("Eddie", words)).text
    for name in (alice.name, morgan.name):
        assert "wait for an answer" not in (await chat.types(name, words)).text


async def test_take_it_beneath_a_date_to_book_is_about_the_date(chat: Chat, alice: Person, eddie: Person) -> None:
    await asks(chat)
    async with chat.database.work() as work:
        await add_session(work, chat.now + timedelta(days=20))
        await work.commit()
    await chat.types("Eddie", "courses")
    await chat.types("Eddie", "i'll take it")

    assert (await chat.ticket()).state is TicketState.OPEN
