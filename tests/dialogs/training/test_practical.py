"""Somebody asks about lunch, parking, the camera or the slides: nobody has told us, and that is what they hear."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.training import practical_words, record
from dialogs.training.session_questions import asked
from dialogs.wording import SENTENCES
from services.model import BookingState, Place, Role
from services.work import Database
from tests.dialogs.training.training_chat import Chat, a_chat_under

LADO, FORUM = "managing-allegations-lado", "dsl-forum"
OFFICE = "Learning and development office"
KNOWN = "What I know: Managing Allegations (LADO), Wednesday 27 January 2027, 1.30pm to 3.30pm. Training Room"


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Alice, a safeguarding lead, and Bob; a course in a room and a forum online are open."""
    chat = a_chat_under(database)
    await chat.join("Alice", roles=[Role.DSL])
    await chat.join("Bob")
    await chat.date_of(LADO, date(2027, 1, 27), venue="Training Room, Example House")
    await chat.date_of(FORUM, date(2027, 2, 3))
    return chat


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("is lunch provided", "food"),
        ("Will there be tea and coffee?", "food"),
        ("do you know if lunch is provided", "food"),
        ("is there parking", "parking"),
        ("can I park there?", "parking"),
        ("hi, is there somewhere to park", "parking"),
        ("what do i need to bring", "bring"),
        ("what should I bring to the training", "bring"),
        ("can i be late", "late"),
        ("what if im 10 min late", "late"),
        ("I'm running late", "late"),
        ("who do I tell if I'm late", "late"),
        ("might be 10 mins late on the 3rd", "late"),
        ("running late for the forum, is that ok", "late"),
        ("I'm going to be a bit late tomorrow", "late"),
        ("whats for lunch", "food"),
        ("can I leave a bit early", "early"),
        ("do i need my camera on", "camera"),
        ("does my camera have to be on?", "camera"),
        ("is it recorded", "recorded"),
        ("will the session be recorded", "recorded"),
        ("will we get the slides", "papers"),
        ("can you send me a copy of the handouts afterwards", "papers"),
        ("when do we get the slides", "papers"),
        ("is there step-free access", "access"),
        ("i use a wheelchair, is that ok", "access"),
        ("is the venue accessible", "access"),
        ("what should i wear", "wear"),
        ("how do i get there", "travel"),
        ("are there any breaks", "breaks"),
        ("is there wifi", "wifi"),
    ],
)
def test_what_is_practical_is_read_in_the_words_people_use(words: str, kind: str) -> None:
    assert asked(words) == kind


@pytest.mark.parametrize(
    "words",
    [
        "what should i bring to the conference",
        "what do i need to bring to a strategy meeting",
        "is the meeting recorded",
        "what if the referral is late",
        "is there food at home",
        "who gets the slides",
        "can i be late with my impact evaluation",
        "running late with my actions",
        "running late",
        "what do i need to bring to the supervision session",
    ],
)
def test_what_is_asked_of_practice_is_not_read_as_practical(words: str) -> None:
    assert asked(words) is None


def test_every_kind_has_its_words() -> None:
    assert [kind for kind in practical_words.KINDS if f"unknown-{kind}" not in SENTENCES] == []


@pytest.mark.parametrize(
    "words", ["is lunch provided", "is there parking", "what do i need to bring", "is it recorded"]
)
async def test_of_the_date_just_shown_it_is_said_to_be_unknown_and_the_date_can_still_be_booked(
    chat: Chat, words: str
) -> None:
    await chat.say("Bob", "book lado")
    said = await chat.say("Bob", words)
    assert said.startswith("The partnership has not told me wh")
    assert KNOWN in said
    assert OFFICE in said
    assert chat.buttons("Bob") == ["Ask a person"]
    assert "You are booked" in await chat.say("Bob", "yes")


@pytest.mark.parametrize("words", ["is lunch provided", "how long is the lado course", "is there parking at the forum"])
async def test_a_yes_after_it_answers_no_question_about_something_else(chat: Chat, words: str) -> None:
    await chat.say("Bob", "book lado")
    await chat.say("Bob", "yes")
    assert "Cancel your place" in await chat.say("Bob", "cancel lado")
    await chat.say("Bob", words)
    assert "is cancelled" not in await chat.say("Bob", "yes")
    assert "Managing Allegations" in await chat.say("Bob", "my bookings")


async def test_a_yes_after_another_course_was_asked_about_books_nothing(chat: Chat) -> None:
    await chat.say("Bob", "book lado")
    assert "2 hours" in await chat.say("Bob", "how long is the dsl forum")
    assert "You are booked" not in await chat.say("Bob", "yes")


async def test_a_course_is_asked_about_by_its_name(chat: Chat) -> None:
    assert KNOWN in await chat.say("Bob", "is there step free access on the lado course")
    said = await chat.say("Bob", "is there parking for the dsl forum")
    assert said.startswith("It takes place online, in Microsoft Teams")
    assert OFFICE not in said, "nothing is left to ask"


async def test_of_a_place_that_was_just_booked_everything_can_be_asked(chat: Chat) -> None:
    await chat.say("Bob", "book lado")
    await chat.say("Bob", "yes")
    await chat.say("Bob", "book dsl forum")
    await chat.say("Bob", "yes")
    said = await chat.say("Bob", "do i need my camera on")
    assert "What I know: Safeguarding in Education" in said
    assert "https://example.org/join" in said
    await chat.say("Bob", "book lado")
    await chat.say("Bob", "yes")
    assert "Training Room, Example House." in await chat.say("Bob", "where is it")


async def test_with_nothing_shown_it_is_about_their_next_booking(chat: Chat) -> None:
    await chat.say("Alice", "book lado")
    await chat.say("Alice", "yes")
    await chat.say("Alice", "thanks")
    assert KNOWN in await chat.say("Alice", "what if im 10 min late")
    assert KNOWN not in await chat.say("Alice", "is there parking", place=Place.CHANNEL)
    assert KNOWN not in await chat.say("Alice", "what should i bring to the neglect course")


async def test_when_and_where_it_is_asks_about_the_booking_and_not_once_guidance_is_asked_for(chat: Chat) -> None:
    assert "1.30pm" not in await chat.say("Alice", "what time does it start")
    for words in ("book lado", "yes", "help"):
        await chat.say("Alice", words)
    assert "Wednesday 27 January 2027, 1.30pm to 3.30pm: 2 hours" in await chat.say("Alice", "what time does it start")
    assert "has not told me" in await chat.say("Alice", "running late for the lado course")
    await chat.say("Alice", "who do i ring")
    assert "1.30pm" not in await chat.say("Alice", "where is it")
    for words in ("book dsl forum", "yes", "help"):
        await chat.say("Alice", words)
    said = await chat.say("Alice", "what time does it start")
    assert said.startswith("Safeguarding in Education")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("who", ["Bob", "Stranger"])
async def test_with_nothing_shown_and_nothing_booked_the_office_is_named_all_the_same(chat: Chat, who: str) -> None:
    for words in ("is lunch provided", "can i be late", "what do i need to bring", "will we get the slides"):
        said = await chat.say(who, words)
        assert said.startswith("The partnership has not told me"), words
        assert OFFICE in said


async def test_whether_this_is_recorded_is_asked_of_the_chat_itself_where_no_date_is_shown(chat: Chat) -> None:
    await chat.say("Alice", "book lado")
    assert KNOWN in await chat.say("Alice", "is this recorded")
    await chat.say("Alice", "yes")
    assert KNOWN in await chat.say("Alice", "is this being recorded")
    await chat.say("Alice", "thanks")
    for who in ("Alice", "Bob"):
        for words in ("is this recorded", "is this being recorded?"):
            assert "has not told me" not in await chat.say(who, words)
    assert KNOWN in await chat.say("Alice", "is the training recorded")


async def test_the_question_goes_to_whoever_answers_for_training(chat: Chat) -> None:
    await chat.say("Bob", "is lunch provided")
    said = await chat.press("Bob", "Ask a person")
    assert "“Training and forums”" in said
    assert "“is lunch provided”" in said


async def test_what_is_asked_after_an_article_stays_with_guidance(chat: Chat) -> None:
    await chat.say("Alice", "book lado")
    await chat.say("Alice", "yes")
    assert "has not told me" not in await chat.say("Alice", "what should i bring to the conference")
    assert "has not told me" not in await chat.say("Alice", "what do i need to bring")
    assert "Record every step" in await chat.say("Bob", "is it recorded")


# ------------------------------------------------------------------------------------ a few turns later


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("when is it", "3 February 2027, 1.30pm to 3.30pm: in 2 weeks"),
        ("what day is it on?", "3 February 2027, 1.30pm to 3.30pm: in 2 weeks"),
        ("what time does it start", "3 February 2027, 1.30pm to 3.30pm: 2 hours"),
        ("how much does it cost", "costs, if anything, is to be confirmed"),
        ("is it free", "costs, if anything, is to be confirmed"),
        ("who is the trainer", "Tilda Testerton"),
        ("where is it", "Online, in Microsoft Teams."),
    ],
)
async def test_the_place_that_was_spoken_of_last_is_meant_a_few_turns_later(chat: Chat, words: str, says: str) -> None:
    for before in ("book lado", "yes", "book dsl forum", "yes", "help", "thanks"):
        await chat.say("Alice", before)
    said = await chat.say("Alice", words)
    assert says in said
    assert "Safeguarding in Education" in said
    assert "LADO" not in said


async def test_after_guidance_it_is_the_guidance_unless_only_training_can_be_meant(chat: Chat) -> None:
    for before in ("book lado", "yes", "what is the mash"):
        await chat.say("Alice", before)
    assert "Training Room" not in await chat.say("Alice", "where is it")
    assert "Tilda Testerton" in await chat.say("Alice", "who is the trainer")


async def test_of_whom_nothing_is_booked_such_a_question_is_no_question_about_a_place(chat: Chat) -> None:
    assert "1.30pm" not in await chat.say("Bob", "when is it")


@pytest.mark.parametrize("words", ["what number am i", "where am i in the queue", "how many people are ahead of me?"])
async def test_who_waits_is_told_their_number(chat: Chat, words: str) -> None:
    await chat.date_of("advanced-risk-assessment", date(2027, 2, 9), capacity=0)
    for before in ("book advanced risk", "yes", "help"):
        await chat.say("Bob", before)
    assert "Waiting list, number 1" in await chat.say("Bob", words)


# ------------------------------------------------------------------------------------ what was attended


@pytest.mark.parametrize(
    "words", ["my training record", "what courses have I done?", "show me my training history", "my past courses"]
)
def test_ones_own_record_is_asked_for(words: str) -> None:
    assert record.asks(words)


@pytest.mark.parametrize(
    "words",
    ["training record of staff", "the child's school record", "my bookings", "single central record", "courses"],
)
def test_what_asks_for_no_record_of_ones_own(words: str) -> None:
    assert not record.asks(words)


async def test_the_record_shows_what_was_attended_with_its_certificate(chat: Chat) -> None:
    assert "No attendance of yours is recorded yet" in await chat.say("Bob", "my training record")
    for words in ("book lado", "yes", "book dsl forum", "yes"):
        await chat.say("Alice", words)
    async with chat.database.work() as work:
        (alice,) = await work.people.with_role(Role.DSL)
        first, second = await work.bookings.active_of(alice.id, chat.now)
        for booking in (first, second):
            await work.bookings.move(booking, BookingState.ATTENDED)
        await work.certificates.issue(first.id, alice.id, "HARROW-2027-00001-50", "attendance", chat.now)
        await work.commit()
    latest, earlier = (await chat.say("Alice", "my training record")).splitlines()[1:3]
    assert latest.startswith("- Safeguarding in Education")
    assert latest.endswith("No certificate yet.")
    assert earlier.endswith("Certificate HARROW-2027-00001-50.")
