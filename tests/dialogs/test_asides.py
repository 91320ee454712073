"""Greetings, thanks, a stray yes and a number on no list: a kind word, and nothing on the manager's list of gaps."""

from __future__ import annotations

import pytest

from dialogs import about
from dialogs.guidance import the_form
from dialogs.judgements import displeased, pleased
from dialogs.talk import Said
from services.model import Person, Place, Role
from services.questions import unanswered
from services.work import Database
from tests.dialogs.questions.questions_chat import Chat, verbs
from tests.services.harrow import screened_rules


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


@pytest.fixture
async def alice(chat: Chat) -> Person:
    return await chat.join("Alice")


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        ("hello", "Hello.\nWhat I can do"),
        ("Good morning!", "Hello.\nWhat I can do"),
        ("hello?", "Hello.\nWhat I can do"),
        ("Hi there ??", "Hello.\nWhat I can do"),
        ("ok, thank you very much", "You are welcome"),
        ("cheers mate", "You are welcome"),
        ("cheers thats brill", "You are welcome"),
        ("cheers, all sorted", "You are welcome"),
        ("thats brill", "Good. Ask me anything else"),
        ("tysm", "You are welcome"),
        ("much appreciated", "You are welcome"),
        ("nice one", "You are welcome"),
        ("good night", "You are welcome"),
        ("see you later", "You are welcome"),
        ("👍 thanks", "You are welcome"),
        ("Thanks! 🙏😊", "You are welcome"),
        ("ta thats great", "You are welcome"),
        ("thank you so much that’s really helpful", "You are welcome"),
        ("ok great, thanks for your help, bye", "You are welcome"),
        ("👍", "Good. Ask me anything else"),
        ("great", "Good. Ask me anything else"),
        ("yes", "I am not waiting for a yes or a no"),
        ("yes pls", "I am not waiting for a yes or a no"),
        ("go ahead", "I am not waiting for a yes or a no"),
        ("No.", "I am not waiting for a yes or a no"),
        ("stop", "Nothing is under way"),
        ("hang on", "Take your time."),
        ("no wait", "Take your time."),
        ("just a sec", "Take your time."),
        ("what did you say?", "My last message is just above."),
        ("can you repeat", "My last message is just above."),
        ("Could you please repeat?", "My last message is just above."),
        ("repeat please", "My last message is just above."),
        ("sorry can you repeat that", "My last message is just above."),
        ("never mind", "Nothing is under way"),
        ("7", "not the number of anything I have just listed"),
    ],
)
async def test_words_beside_the_point_are_no_gap_in_the_guidance(
    chat: Chat, alice: Person, words: str, answered: str
) -> None:
    assert answered in (await chat.types("Alice", words)).text
    async with chat.database.reading() as work:
        assert await unanswered(work, screened_rules(), now=chat.now, weeks=1) == []


async def test_a_picture_is_not_taken_and_it_is_said_what_becomes_of_it(chat: Chat, alice: Person) -> None:
    await chat.types("Alice", "walk me through the thresholds")
    told = await chat.sends("Alice", Said("", files=True))
    assert told.text.startswith("I take no pictures or files, and have kept none.")
    assert "please delete it here" in told.text
    assert "your own agency's recording policy" in told.text
    assert "indecent picture of a child: tell your safeguarding lead at once" in told.text
    for number in ("999", "020 8901 2690", "020 8424 0999"):
        assert number in told.text
        assert number in str(told.card)
    assert "Parenting capacity: what is described" in (await chat.types("Alice", "2")).text, "the question stands"


async def test_words_beside_a_picture_are_answered_and_the_picture_is_not_taken(chat: Chat, alice: Person) -> None:
    told = await chat.sends("Alice", Said("domestic abuse", files=True))
    assert "Who decides" in told.text
    assert "I take no pictures or files" in told.text
    assert "I take no pictures" not in (await chat.types("Alice", "domestic abuse")).text


@pytest.mark.parametrize("words", ["digest", "Forward plan", "office", "attendance", "report training"])
async def test_in_company_what_is_the_offices_is_for_our_own_chat_whoever_asks(
    chat: Chat, alice: Person, words: str
) -> None:
    await chat.join("Morgan", roles=[Role.MANAGER])
    for name in ("Morgan", "Alice"):
        assert "our own chat" in (await chat.types(name, words, Place.CHANNEL)).text


async def test_help_in_company_offers_what_works_there_and_says_where_the_rest_does(chat: Chat, alice: Person) -> None:
    told = await chat.types("Alice", "help", Place.CHANNEL)
    assert "works in our own chat: open a chat with me" in told.text
    assert "courses" in told.text
    for elsewhere in ("my bookings", "my actions", "evaluate", "ask a person", "log a challenge"):
        assert elsewhere not in told.text
    assert verbs(told) == {"courses"}
    for example in about.OF_ANYBODY:
        assert "our own chat, so" not in (await chat.types("Alice", example, Place.CHANNEL)).text
        assert "only show it in our own chat" not in (await chat.types("Alice", example, Place.CHANNEL)).text


async def test_an_answer_in_company_says_where_the_rest_of_it_stands(chat: Chat, alice: Person) -> None:
    here = await chat.types("Alice", "do i need consent to refer", Place.CHANNEL)
    assert "What to do now, who decides and the rest: ask me the same in our own chat" in here.text
    assert "What to do now, who decides and the rest" in str(here.card)
    assert "The full answer has all 10 sources." in here.text
    assert (
        "What to do now, who decides and the rest" not in (await chat.types("Alice", "do i need consent to refer")).text
    )


async def test_a_stranger_is_told_so_with_whom_to_ask_and_offered_what_works(chat: Chat, alice: Person) -> None:
    for words in ("help", "hello"):
        told = await chat.types("Zoe", words)
        assert "I do not find you in the partnership's directory" in told.text
        assert "Partnership office: " in told.text
        assert "log a challenge" not in told.text
        assert verbs(told) == {"courses"}
    refused = (await chat.types("Zoe", "my bookings")).text
    assert "does not know you yet" in refused
    assert "Partnership office: " in refused
    assert "Partnership office: " not in (await chat.types("Alice", "help")).text


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        *(
            (one, True)
            for one in ("send me the form", "Can you send me the form please?", "where is the form", "the form")
        ),
        *((one, True) for one in ("where do I find that form", "have you got a link to the form", "the referral form")),
        *(
            (one, False)
            for one in ("the impact form", "feedback form", "how do I fill in the form", "form", "evaluate")
        ),
        *((one, False) for one in ("send the form back", "what if the form is late", "who gets the form")),
    ],
)
def test_the_form_alone_is_told_from_a_form_that_is_named(words: str, meant: bool) -> None:
    assert the_form.asks_for_form(words) is meant


async def test_the_form_after_guidance_on_one_is_that_form_and_no_evaluation(chat: Chat, alice: Person) -> None:
    assert "no evaluation to complete" in (await chat.types("Alice", "send me the form")).text
    await chat.types("Alice", "where is the referral form")
    told = (await chat.types("Alice", "send me the form")).text
    assert told.startswith("I cannot send files.")
    assert "- We do not hold the form, or the way to send it." in told
    assert "Golden Number" in told
    assert "I cannot send files." in (await chat.types("Alice", "can i have the form")).text, "the topic stands"
    await chat.types("Alice", "domestic abuse")
    assert "I cannot send files." not in (await chat.types("Alice", "send me the form")).text


@pytest.mark.parametrize("words", ["hang on", "wait a minute", "what was the question?", "sorry, come again?"])
async def test_words_in_between_leave_what_was_asked_standing(chat: Chat, alice: Person, words: str) -> None:
    await chat.types("Alice", "walk me through the thresholds")
    said = (await chat.types("Alice", words)).text
    assert said.endswith("I am still waiting for your answer to what I asked; type stop to leave it.")
    assert "Parenting capacity: what is described" in (await chat.types("Alice", "2")).text


async def test_a_number_that_is_not_on_the_list_leaves_the_list_standing(chat: Chat, alice: Person) -> None:
    await chat.types("Alice", "walk me through the thresholds")
    assert "not the number" in (await chat.types("Alice", "9")).text
    assert "please say which" in (await chat.types("Alice", "yes")).text.lower()
    assert "Parenting capacity: what is described" in (await chat.types("Alice", "2")).text


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("999", "Call 999 now"),
        ("hello, he is hitting her right now", "Call 999 now"),
        ("thanks, domestic abuse?", "domestic abuse"),
        ("thanks, that is not helpful", "I am sorry that I was no help"),
    ],
)
async def test_more_than_an_aside_is_read_as_ever(chat: Chat, alice: Person, words: str, says: str) -> None:
    said = (await chat.types("Alice", words)).text
    assert says in said
    assert "You are welcome" not in said
    assert not said.startswith("Hello.")
    assert "listed" not in said


async def test_whether_an_answer_helped_may_be_typed(chat: Chat, alice: Person) -> None:
    await chat.types("Alice", "domestic abuse")
    assert "I am glad it helped" in (await chat.types("Alice", "that was helpful")).text
    assert "did not help" in (await chat.types("Alice", "This did not help.")).text
    async with chat.database.reading() as work:
        (gap,) = await unanswered(work, screened_rules(), now=chat.now, weeks=1)
    assert (gap.question, gap.topic) == ("domestic abuse", "domestic-abuse")


@pytest.mark.parametrize(
    "words",
    [
        "That didnt help",
        "didn't help at all",
        "sorry, that wasnt helpful",
        "thats not what I asked",
        "no help",
        "actually it didnt realy help",
        "it didnt realy help tho",
        "not realy what i needed",
        "that wasnt much use",
        "wrong page",
        "thx not helpful",
        "didnt answer my question",
    ],
)
async def test_that_it_did_not_help_is_heard_however_it_is_put(chat: Chat, alice: Person, words: str) -> None:
    await chat.types("Alice", "what must i do about fgm")

    assert "will see that this answer did not help" in (await chat.types("Alice", words)).text


@pytest.mark.parametrize(
    "words",
    [
        "thanks that helped",
        "That really helped, thank you",
        "thanks, that's helped a lot",
        "it was very helpful",
        "cheers thats realy helpfull",
        "no it helped",
    ],
)
async def test_that_it_helped_is_heard_however_it_is_put(chat: Chat, alice: Person, words: str) -> None:
    assert "You are welcome" in (await chat.types("Alice", words)).text
    await chat.types("Alice", "what must i do about fgm")
    assert "I am glad it helped" in (await chat.types("Alice", words)).text


ANGRY = [
    "this is useless",
    "this is rubbish",
    "wtf",
    "that's wrong",
    "You’re wrong about that!",
    "you are useless",
    "That didnt help",
]


@pytest.mark.parametrize("words", ANGRY)
async def test_anger_at_nothing_shown_is_met_with_a_way_on_and_is_no_gap(chat: Chat, alice: Person, words: str) -> None:
    said = (await chat.types("Alice", words)).text
    assert "I am sorry that I was no help" in said
    assert "ask a person" in said
    async with chat.database.reading() as work:
        assert await unanswered(work, screened_rules(), now=chat.now, weeks=1) == []


@pytest.mark.parametrize("words", ANGRY)
async def test_anger_after_an_article_says_that_it_did_not_help(chat: Chat, alice: Person, words: str) -> None:
    await chat.types("Alice", "domestic abuse")
    assert "will see that this answer did not help" in (await chat.types("Alice", words)).text
    async with chat.database.reading() as work:
        (gap,) = await unanswered(work, screened_rules(), now=chat.now, weeks=1)
    assert (gap.question, gap.topic) == ("domestic abuse", "domestic-abuse")


async def test_words_of_thanks_that_did_not_help_are_not_what_a_person_is_asked(chat: Chat, alice: Person) -> None:
    await chat.types("Alice", "domestic abuse")
    await chat.types("Alice", "thx not helpful")
    asked = (await chat.types("Alice", "ask someone")).text
    assert "domestic abuse" in asked
    assert "thx" not in asked


@pytest.mark.parametrize("words", ["not sure what i need", "i need help", "sorry i was wrong", "no answer", "it did"])
def test_who_wants_help_has_not_said_that_there_was_none(words: str) -> None:
    assert not displeased(words)
    assert not pleased(words)


@pytest.mark.parametrize("words", ["what is wrong about domestic abuse", "the mash decision was wrong"])
async def test_what_is_wrong_in_practice_is_a_question(chat: Chat, alice: Person, words: str) -> None:
    said = (await chat.types("Alice", words)).text
    assert "Where this comes from" in said
    assert "I am sorry" not in said
    assert "did not help" not in said


@pytest.mark.parametrize("words", ["tell me more", "more please", "can you tell me more about it?", "any more details"])
async def test_more_of_an_article_is_where_it_leads_on_to(chat: Chat, alice: Person, words: str) -> None:
    shown = (await chat.types("Alice", "domestic abuse")).text
    said = (await chat.types("Alice", words)).text
    assert said.startswith(f"That was all of “{shown.splitlines()[0]}”")
    assert "1. " in said
    assert (await chat.types("Alice", "1")).text.splitlines()[0] == said.splitlines()[1].removeprefix("1. ")


async def test_more_of_nothing_is_read_like_any_other_words(chat: Chat, alice: Person) -> None:
    assert "That was all of" not in (await chat.types("Alice", "tell me more")).text
