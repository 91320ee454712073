"""A question goes to a person and comes back answered, in words and by buttons."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.model import Person, Place, Role, TicketState
from services.work import Database
from tests.builders import add_booking, add_session
from tests.dialogs.questions.questions_chat import Chat, buttons, everything_stored, verbs

QUESTION = "what goes in part 3 of the consent form"


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


@pytest.fixture
async def alice(chat: Chat) -> Person:
    return await chat.join("Alice")


@pytest.fixture
async def eddie(chat: Chat) -> Person:
    return await chat.join("Eddie", owns=["mash-manager"])


@pytest.fixture
async def edna(chat: Chat) -> Person:
    return await chat.join("Edna", owns=["mash-manager"])


@pytest.fixture
async def morgan(chat: Chat) -> Person:
    return await chat.join("Morgan", roles=[Role.MANAGER])


async def a_place(chat: Chat, person: Person) -> None:
    """The one booking that somebody has."""
    async with chat.database.work() as work:
        await add_booking(work, person, await add_session(work, chat.now + timedelta(days=20)), chat.now)
        await work.commit()


async def asked(chat: Chat) -> None:
    await chat.presses("Alice", "question.send", question=QUESTION, topic="consent-to-refer")


async def test_a_question_is_asked_taken_answered_and_judged_in_words_alone(
    chat: Chat, alice: Person, eddie: Person, edna: Person
) -> None:
    await chat.types("Alice", "ask a person: how do we write down a refusal of consent to refer")
    told = await chat.types("Alice", "yes")
    assert "Your question is Q1" in told.text
    await chat.post()
    assert "how do we write down a refusal" in chat.inbox("Eddie")[0].text

    await chat.types("Eddie", "take q1")
    sent = await chat.types("Eddie", "answer Q1: Write what was asked, what they said, and why.")
    assert "on its way to Alice" in sent.text
    await chat.post()
    (answer,) = chat.inbox("Alice")
    assert "Write what was asked" in answer.text
    assert "not approved guidance" in answer.text

    await chat.types("Alice", "Q1 yes")
    assert (await chat.ticket()).state is TicketState.CLOSED


async def test_the_experts_of_the_topic_are_asked_and_only_they_can_see_it(
    chat: Chat, alice: Person, eddie: Person, morgan: Person
) -> None:
    await chat.join("Lada", owns=["lado"])
    await asked(chat)
    await chat.post()

    assert len(chat.inbox("Eddie")) == 1
    assert chat.inbox("Lada") == chat.inbox("Morgan") == []
    assert "cannot find that question" in (await chat.types("Lada", "Q1")).text
    assert "cannot find that question" in (await chat.types("Lada", "take Q1")).text
    assert "No question is waiting" in (await chat.types("Lada", "open questions")).text
    assert QUESTION in (await chat.types("Eddie", "open questions")).text


async def test_a_question_that_nobody_is_named_for_goes_to_the_manager(
    chat: Chat, alice: Person, morgan: Person
) -> None:
    await asked(chat)
    await chat.post()

    assert QUESTION in chat.inbox("Morgan")[0].text


async def test_the_second_to_take_it_is_told_who_has_it(chat: Chat, alice: Person, eddie: Person, edna: Person) -> None:
    await asked(chat)

    await chat.presses("Eddie", "question.take", question=1)
    late = await chat.presses("Edna", "question.take", question=1)

    assert "Eddie has taken this question" in late.text
    assert "question.answer" not in verbs(late)
    assert "Eddie has taken" in (await chat.types("Edna", "answer Q1 I know this one")).text
    assert (await chat.ticket()).answer is None


async def test_pressing_twice_sends_one_question_one_answer_and_one_correction(
    chat: Chat, alice: Person, eddie: Person
) -> None:
    await asked(chat)
    again = await chat.presses("Alice", "question.send", question=f"  {QUESTION.upper()}?", topic="consent-to-refer")
    assert "already today, as Q1" in again.text
    for text in ("Ask first.", "Ask first.", "Ask first, if that is safe."):
        await chat.presses("Eddie", "question.answer", question=1, answer=text)
    await chat.presses("Alice", "question.helped", question=1)
    await chat.presses("Alice", "question.helped", question=1)
    stale = await chat.presses("Alice", "question.not-helped", question=1)

    ticket = await chat.ticket()
    assert (ticket.answers, ticket.answer, ticket.helped) == (2, "Ask first, if that is safe.", True)
    assert "you said that it helped" in stale.text


async def test_an_answer_that_did_not_help_goes_back_to_who_gave_it(chat: Chat, alice: Person, eddie: Person) -> None:
    await asked(chat)
    await chat.types("Eddie", "answer Q1 See the form.")
    told = await chat.types("Alice", "Q1 no")
    await chat.post()

    assert "told Eddie" in told.text
    assert "did not help" in chat.inbox("Eddie")[-1].text
    await chat.types("Eddie", "answer Q1 Part 3 asks who agreed, and when.")
    await chat.post()
    assert "Part 3 asks who agreed" in chat.inbox("Alice")[-1].text


async def test_what_identifies_somebody_is_refused_in_question_and_answer_and_kept_nowhere(
    chat: Chat, alice: Person, eddie: Person
) -> None:
    name = "Jane Roe, born 12/03/2015"
    await chat.types("Alice", "ask a person")
    for refused in (
        await chat.types("Alice", f"can we see {name} at home"),
        await chat.presses("Alice", "question.send", question=f"can we see {name} at home"),
    ):
        assert "could identify somebody" in refused.text
    await asked(chat)
    refused = await chat.presses("Eddie", "question.answer", question=1, answer=f"It is like {name}")
    assert "kept nothing" in refused.text

    assert [ticket.question for ticket in await chat.tickets()] == [QUESTION]
    assert (await chat.ticket()).answer is None
    assert "Roe" not in await everything_stored(chat.database)


async def test_danger_in_the_form_is_answered_with_999_and_kept_nowhere(chat: Chat, alice: Person) -> None:
    danger = "he is hitting her right now and she cannot get out"
    for reply in (
        await chat.presses("Alice", "question.send", question=danger),
        await chat.types("Alice", danger),
    ):
        assert reply.text.startswith("Call 999 now")

    assert await chat.tickets() == []
    assert "hitting" not in await everything_stored(chat.database)


@pytest.mark.parametrize(
    "words",
    [
        "ask a person",
        "Can I speak to a person?",
        "could I talk to someone please",
        "i want to talk to a human",
        "Put me through to an expert",
        "please can i speak with somebody about this",
        "human please",
        "How do I ask an expert?",
        "I'd like to ask a real person",
        "None of these. Ask a person",
        "ask a persn",
    ],
)
async def test_a_person_can_be_asked_for_in_many_ways(chat: Chat, alice: Person, words: str) -> None:
    assert "question.send" in verbs(await chat.types("Alice", words))


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("who do I speak to first when we disagree", "What are the escalation stages"),
        ("should I speak to the parents before I refer", "Do I need consent to refer?"),
        ("can I talk to a child alone", "How do I hear the voice of the child?"),
        ("ask for consent", "Do I need consent to refer?"),
        ("can a person refer themselves to adult social care", "When does the council make an adult"),
    ],
)
async def test_questions_about_talking_to_people_are_answered(
    chat: Chat, alice: Person, words: str, title: str
) -> None:
    answered = await chat.types("Alice", words)
    assert answered.text.startswith(title)
    assert "question.send" not in verbs(answered)


async def test_nothing_is_sent_without_a_yes(chat: Chat, alice: Person, eddie: Person) -> None:
    await chat.types("Alice", "ask a person")
    shown = await chat.types("Alice", "how do I make a referral to the mash")
    assert "Your question: “how do I make a referral to the mash”" in shown.text
    assert "group “Thresholds and referral”" in shown.text
    assert await chat.tickets() == []
    assert (await chat.types("Alice", "stop")).text == "I have sent nothing."
    assert await chat.tickets() == []


async def test_a_command_typed_into_the_form_is_a_command(chat: Chat, alice: Person) -> None:
    await chat.types("Alice", "ask a person")

    assert "You have nothing booked" in (await chat.types("Alice", "my bookings")).text
    assert await chat.tickets() == []


async def test_an_unsure_reply_offers_each_meaning_with_its_line_and_a_person(
    chat: Chat, alice: Person, eddie: Person
) -> None:
    unsure = await chat.types("Alice", "consent stuff for the form")
    assert buttons(unsure)[-1] == "None of these: ask a person"
    assert len(buttons(unsure)) == 4

    form = await chat.types("Alice", "none of these")
    assert "Your question: “consent stuff for the form”" in form.text
    await chat.types("Alice", "yes")
    assert [one.question for one in await chat.tickets()] == ["consent stuff for the form"]


async def test_an_answer_offers_a_person_but_for_danger_only_the_phone(chat: Chat, alice: Person) -> None:
    assert "Ask a person" in buttons(await chat.presses("Alice", "topic.show", topic="domestic-abuse"))
    assert "Ask a person" not in buttons(await chat.presses("Alice", "topic.show", topic="immediate-danger"))
    unhelped = await chat.presses("Alice", "answer.unhelpful", topic="domestic-abuse")
    assert buttons(unhelped) == ["Ask a person"]
    # the pack does not know the number of the partnership office
    assert "You can also phone:\n- Multi-Agency Safeguarding Hub" in unhelped.text
    assert "Partnership office:" not in unhelped.text + str(unhelped.card)


@pytest.mark.parametrize(
    "verb",
    ["question.ask", "question.send", "my-questions", "questions", "question.show", "question.open", "question.take",
     "question.answer", "question.give-back", "question.suggest", "question.helped", "question.not-helped",
     "question.withdraw", "question.pass-on", "unanswered", "owners"],
)  # fmt: skip
async def test_nothing_about_a_persons_question_is_done_or_shown_in_a_channel(
    chat: Chat, alice: Person, morgan: Person, verb: str
) -> None:
    await asked(chat)
    for name in ("Alice", "Morgan"):
        reply = await chat.presses(name, verb, Place.CHANNEL, question=1, answer="Yes")
        assert "our own chat" in reply.text
    assert (await chat.ticket()).state is TicketState.OPEN


async def test_a_channel_gets_a_short_answer_without_bookings_or_feedback(chat: Chat, alice: Person) -> None:
    here = await chat.types("Alice", "domestic abuse", Place.CHANNEL)
    at_home = await chat.types("Alice", "domestic abuse")

    assert len(here.text) < len(at_home.text) * 0.6
    assert verbs(here) == {"topic.show"}
    unsure = await chat.types("Alice", "consent stuff for the form", Place.CHANNEL)
    assert verbs(unsure) == {"topic.show"}
    assert "open a chat with me" in unsure.text


async def test_a_stranger_is_given_phone_numbers_and_nothing_is_kept(chat: Chat) -> None:
    reply = await chat.types("Zed", "ask a person")
    assert "020 8901 2690" in reply.text
    assert "does not know you" in (await chat.presses("Zed", "question.send", question=QUESTION)).text
    assert await chat.tickets() == []


async def test_the_asker_sees_how_it_stands_and_can_withdraw_it(chat: Chat, alice: Person, eddie: Person) -> None:
    await asked(chat)
    assert "Nobody has taken it yet." in (await chat.types("Alice", "my questions")).text
    await chat.types("Eddie", "take Q1")
    assert "Eddie has taken it" in (await chat.types("Alice", "Q1")).text
    assert "is withdrawn" in (await chat.types("Alice", "withdraw Q1")).text
    assert "needs no answer any more" in (await chat.types("Eddie", "Q1")).text
    assert (await chat.types("Eddie", "answer Q1 Too late")).text.startswith("Question Q1")
    assert (await chat.ticket()).answer is None


async def test_a_question_given_back_can_be_taken_by_another(
    chat: Chat, alice: Person, eddie: Person, edna: Person, morgan: Person
) -> None:
    await asked(chat)
    await chat.types("Eddie", "take Q1")
    assert "Eddie has taken" in (await chat.types("Edna", "give back Q1")).text
    assert "free again" in (await chat.types("Eddie", "give back Q1")).text
    await chat.types("Edna", "take Q1")
    assert "free again" in (await chat.types("Morgan", "give back Q1")).text


async def test_a_question_for_others_is_passed_on_to_them(
    chat: Chat, alice: Person, eddie: Person, morgan: Person
) -> None:
    lada = await chat.join("Lada", owns=["lado"])
    await asked(chat)
    await chat.types("Eddie", "take Q1")
    told = await chat.presses("Eddie", "question.pass-on", question=1, group="allegations")
    await chat.post()

    assert "with the group “Allegations and safer working” now" in told.text
    assert QUESTION in chat.inbox("Lada")[0].text
    assert "cannot find" in (await chat.types("Eddie", "Q1")).text
    assert "It is yours" in (await chat.types("Lada", "take Q1")).text
    assert (await chat.ticket()).taker_id == lada.id


async def test_a_question_of_somebody_who_left_can_be_taken(
    chat: Chat, alice: Person, eddie: Person, edna: Person
) -> None:
    await asked(chat)
    await chat.types("Eddie", "take Q1")
    async with chat.database.work() as work:
        await work.people.change(eddie.id, active=False)
        await work.commit()

    assert "It is yours" in (await chat.types("Edna", "take Q1")).text


async def test_an_expert_proposes_the_question_as_a_way_of_asking(chat: Chat, alice: Person, eddie: Person) -> None:
    await asked(chat)
    await chat.types("Eddie", "answer Q1 Who agreed, and when.")
    told = await chat.types("Eddie", "suggest Q1 for do i need consent to refer")
    again = await chat.presses("Eddie", "question.suggest", question=1, topic="consent-to-refer", phrase="part 3")

    assert f"proposed “{QUESTION}”" in told.text
    assert "proposed for “Do I need consent to refer?” already" in again.text
    assert "do not know which guidance" in (await chat.types("Eddie", "suggest Q1 for zzzz")).text
    assert "cannot find" in (await chat.types("Alice", "suggest Q1")).text


async def test_an_answer_given_at_night_arrives_in_the_morning(chat: Chat, alice: Person, eddie: Person) -> None:
    await asked(chat)
    await chat.post()
    chat.now += timedelta(hours=10)
    told = await chat.types("Eddie", "answer Q1 Who agreed, and when.")
    await chat.post()
    assert "8am on Monday 18 January 2027" in told.text
    assert chat.inbox("Alice") == []

    chat.now += timedelta(days=2, hours=11)
    await chat.post()
    assert "Who agreed, and when." in chat.inbox("Alice")[-1].text


@pytest.mark.parametrize(
    "words",
    [
        "i no longer need it",
        "I don't need this any more.",
        "withdraw it",
        "no longer needed",
        "oops, cancel that",
        "i no longer need Q1",
    ],
)
async def test_what_is_no_longer_needed_after_a_question_is_its_answer_and_no_place(
    chat: Chat, alice: Person, eddie: Person, words: str
) -> None:
    await a_place(chat, alice)
    await chat.types("Alice", "ask a person: how do we write down a refusal of consent to refer")
    await chat.types("Alice", "yes")

    assert "Q1 is withdrawn" in (await chat.types("Alice", words)).text
    assert (await chat.ticket()).state is TicketState.WITHDRAWN


@pytest.mark.parametrize(
    "words",
    [
        "when will i hear back?",
        "how long will it take",
        "has anyone answered my question",
        "has anyone answered",
        "did anybody reply yet",
        "any answer yet?",
    ],
)
async def test_when_it_is_answered_asks_about_the_question_just_sent(
    chat: Chat, alice: Person, eddie: Person, words: str
) -> None:
    for said in ("ask a person: how do we write down a refusal of consent to refer", "yes"):
        await chat.types("Alice", said)
    assert "Nobody has taken it yet." in (await chat.types("Alice", words)).text


async def test_whether_anybody_answered_is_no_question_of_whoever_asked_nobody(chat: Chat, alice: Person) -> None:
    assert "You have not put a question" not in (await chat.types("Alice", "did anybody reply yet")).text


@pytest.mark.parametrize("before", ["what is level 3", "my questions", "hello"])
async def test_no_course_is_guessed_from_words_that_name_nothing(chat: Chat, alice: Person, before: str) -> None:
    await a_place(chat, alice)
    await chat.types("Alice", before)

    told = await chat.types("Alice", "i no longer need it")
    assert "I do not know what you no longer need" in told.text
    assert "I am not waiting for" in (await chat.types("Alice", "yes")).text


async def test_what_is_no_longer_needed_after_a_place_was_shown_is_that_place(chat: Chat, alice: Person) -> None:
    await a_place(chat, alice)
    await chat.types("Alice", "my bookings")

    assert "Cancel your place" in (await chat.types("Alice", "i no longer need it")).text


async def test_a_question_that_is_no_longer_needed_is_not_sent(chat: Chat, alice: Person) -> None:
    await chat.types("Alice", "ask a person: how do we write down a refusal of consent to refer")

    assert "I have sent nothing" in (await chat.types("Alice", "i no longer need an answer")).text
    assert await chat.tickets() == []


async def test_a_question_in_other_words_stays_with_its_topic(chat: Chat, alice: Person, eddie: Person) -> None:
    await chat.types("Alice", "what is a strategy discussion")
    await chat.types("Alice", "ask a person")

    reworded = await chat.types("Alice", "it needs more on who chairs it")
    assert "the group “Thresholds and referral”" in reworded.text
    await chat.types("Alice", "yes")

    ticket = await chat.ticket()
    assert (ticket.question, ticket.topic) == ("it needs more on who chairs it", "strategy-discussion")
    assert "Nearest guidance: “Strategy discussion" in (await chat.types("Eddie", "Q1")).text


async def test_a_question_on_something_else_goes_to_who_knows_that(chat: Chat, alice: Person) -> None:
    await chat.types("Alice", "what is a strategy discussion")
    await chat.types("Alice", "ask a person")

    reworded = await chat.types("Alice", "when is an allegation about a teacher a matter for the LADO")
    assert "the group “Allegations and safer working”" in reworded.text


@pytest.mark.parametrize(
    "words", ["thanks", "hello", "great", "who is going to answer", "how long will it take?", "will they see my name"]
)
async def test_words_about_the_asking_are_not_the_question(chat: Chat, alice: Person, words: str) -> None:
    await chat.types("Alice", "what is a strategy discussion")
    await chat.types("Alice", "ask a person")

    assert f"“{words}”" not in (await chat.types("Alice", words)).text
    await chat.types("Alice", "yes")
    assert (await chat.ticket()).question == "what is a strategy discussion"


async def answered(chat: Chat) -> None:
    await asked(chat)
    await chat.types("Eddie", "take Q1")
    await chat.types("Eddie", "answer Q1: Write what was asked, what they said, and why.")
    await chat.post()


@pytest.mark.parametrize("shown", [True, False])
@pytest.mark.parametrize("words", ["it did not help", "That didnt help", "it didn’t answer my question"])
async def test_that_a_colleagues_answer_did_not_help_may_be_typed(
    chat: Chat, alice: Person, eddie: Person, words: str, shown: bool
) -> None:
    await answered(chat)
    if shown:
        await chat.types("Alice", "Q1")

    assert "told Eddie that Q1 needs another answer" in (await chat.types("Alice", words)).text
    assert (await chat.ticket()).helped is False


@pytest.mark.parametrize(("words", "helped"), [("thanks that helped", True), ("yes", True), ("no", False)])
async def test_a_bare_word_after_a_colleagues_answer_says_whether_it_helped(
    chat: Chat, alice: Person, eddie: Person, words: str, helped: bool
) -> None:
    await answered(chat)
    await chat.types("Alice", "Q1")
    await chat.types("Alice", words)

    assert (await chat.ticket()).helped is helped


async def test_after_an_article_it_is_the_article_that_did_not_help(chat: Chat, alice: Person, eddie: Person) -> None:
    await answered(chat)
    await chat.types("Alice", "domestic abuse")

    assert "will see that this answer did not help" in (await chat.types("Alice", "it did not help")).text
    assert (await chat.ticket()).helped is None
