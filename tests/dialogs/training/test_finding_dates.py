"""A busy Designated Safeguarding Lead looks for training in their own words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from config.data import Status
from config.partnership import Term
from dialogs import cards
from services.model import Place, Role
from services.notices.planning import plan
from services.work import Database
from tests.dialogs.training.training_chat import NOW, Chat, a_chat_under

FOUNDATION, ENHANCED, FORUM = "domestic-abuse-foundation", "domestic-abuse-enhanced", "dsl-forum"


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Alice, a Designated Safeguarding Lead, and Bob, in the middle of January 2027, with some dates open."""
    chat = a_chat_under(database)
    await chat.join("Alice", roles=[Role.DSL])
    await chat.join("Bob")
    await chat.date_of(FOUNDATION, date(2027, 1, 25))
    await chat.date_of(ENHANCED, date(2027, 4, 15))
    await chat.date_of(FORUM, date(2027, 2, 3))
    await chat.date_of("managing-allegations-lado", date(2027, 1, 27), capacity=1, venue="Training Room, Example House")
    await chat.date_of("drug-awareness", date(2027, 2, 24))
    return chat


@pytest.mark.parametrize(
    ("text", "found", "not_found"),
    [
        ("what have you got on domestic abuse before Easter?", ["Foundation"], ["Enhanced", "forum"]),
        ("when is teh next dsl fourm", ["DSL forum"], ["Foundation", "LADO"]),
        ("is there anything on domestic abuse after Easter", ["Enhanced"], ["Foundation"]),
        ("courses for DSLs in February", ["DSL forum", "Drug Awareness"], ["LADO"]),
        ("anything with places this month", ["Foundation", "LADO"], ["Drug", "forum"]),
        ("any courses on 24 February", ["Drug Awareness"], ["LADO", "forum", "Foundation"]),
        ("next dsl forum", ["DSL forum", "3 February 2027"], ["Foundation"]),
        ("when is the next LADO training", ["Managing Allegations"], ["Drug"]),
        ("what's on in April", ["Enhanced"], ["Foundation"]),
        ("courses in april with places", ["Enhanced"], ["Foundation"]),
        ("any online courses", ["Foundation", "Enhanced", "Drug Awareness"], ["LADO", "Online Platforms"]),
        ("courses in person", ["LADO"], ["Foundation", "Drug Awareness"]),
        ("any courses on a thursday", ["Enhanced"], ["Foundation", "LADO", "Drug Awareness"]),
        ("any courses on thursday", ["Enhanced", "Nothing found: on Thursday 21 January 2027"], ["LADO", "forum"]),
        ("courses on mondays", ["Foundation"], ["LADO", "Drug Awareness"]),
        ("courses", ["Foundation", "Enhanced", "DSL forum", "LADO", "Drug Awareness"], []),
    ],
)
async def test_dates_are_found_in_the_words_people_use(
    chat: Chat, text: str, found: list[str], not_found: list[str]
) -> None:
    said = await chat.say("Alice", text)
    assert [one for one in found if one not in said] == [], said
    assert [one for one in not_found if one in said.partition("\n")[2]] == [], said


async def test_a_date_says_when_where_who_trains_places_and_until_when_to_cancel(chat: Chat) -> None:
    await chat.say("Alice", "courses on allegations")
    assert chat.facts("Alice") == {
        "When": "Wednesday 27 January 2027, 1.30pm to 3.30pm",
        "That is": "in 8 working days",
        "Where": "Training Room, Example House",
        "Trainer": "Tilda Testerton",
        "Places": "1 place left of 1",
        "Cancel freely until": "Monday 25 January 2027 (notice period to be confirmed)",
    }


async def test_a_full_date_says_which_number_one_would_be_and_which_one_is(chat: Chat) -> None:
    await chat.say("Bob", "book lado")
    await chat.say("Bob", "yes")
    await chat.say("Alice", "courses on allegations")
    assert chat.facts("Alice")["Places"] == "Full. You would be number 1 on the waiting list"
    assert chat.buttons("Alice") == ["Join the waiting list"]
    await chat.press("Alice", "Join the waiting list")
    await chat.say("Alice", "courses on allegations")
    assert chat.facts("Alice")["Places"] == "You are number 1 on the waiting list"
    assert chat.buttons("Alice") == []
    await chat.say("Bob", "courses on allegations")
    assert chat.facts("Bob")["Places"] == "You are booked"


@pytest.mark.parametrize(
    "words",
    [
        "join the waiting list for lado",
        "can I join the lado waiting list",
        "put me on the waiting list for managing allegations",
        "please add me to the waiting list for LADO",
    ],
)
async def test_the_waiting_list_of_a_course_is_joined_in_words_once_it_is_full(chat: Chat, words: str) -> None:
    said = await chat.say("Alice", words)
    assert "1 place left of 1" in said
    await chat.say("Bob", "book lado")
    await chat.say("Bob", "yes")
    said = await chat.say("Alice", words)
    assert "Full. You would be number 1 on the waiting list" in said
    assert "number 1 on the waiting list" in await chat.say("Alice", "yes")
    assert "Managing Allegations" in await chat.say("Alice", "waiting list")


@pytest.mark.parametrize(
    "words", ["yes put me on the list", "stick me on the waiting list pls", "join the list", "yse"]
)
async def test_the_waiting_list_of_a_full_date_just_shown_is_joined_as_people_say_it(chat: Chat, words: str) -> None:
    await chat.say("Alice", "book lado")
    await chat.say("Alice", "yes")
    assert "type yes" in await chat.say("Bob", "book lado")
    assert "number 1 on the waiting list" in await chat.say("Bob", words)


@pytest.mark.parametrize(
    "words", ["yes book me on it pls", "can you book me on that one", "put me down for it", "the 1st one"]
)
async def test_the_date_just_shown_is_booked_as_people_say_it(chat: Chat, words: str) -> None:
    await chat.say("Bob", "when is the next drug awareness course")
    assert "You are booked on Drug Awareness" in await chat.say("Bob", words)


async def test_one_of_several_dates_is_chosen_by_the_name_of_its_course(chat: Chat) -> None:
    await chat.say("Bob", "courses")
    assert "You are booked on Drug Awareness" in await chat.say("Bob", "the drug awarness one pls")
    await chat.say("Bob", "courses")
    assert "You are booked" not in await chat.say("Bob", "the domestic abuse one")
    await chat.say("Bob", "courses")
    assert "You are booked" not in await chat.say("Bob", "what about a child with no one")


async def test_of_several_dates_one_is_asked_for_whatever_words_order_it(chat: Chat) -> None:
    await chat.say("Bob", "courses on domestic abuse")
    assert "type a number from 1 to 2" in await chat.say("Bob", "yes book me on it pls")
    assert "Domestic Abuse" in await chat.say("Bob", "2nd one")


async def test_joining_a_waiting_list_without_a_course_asks_which(chat: Chat) -> None:
    assert (await chat.say("Alice", "join the waiting list")).startswith("Which course would you like?")


async def test_nothing_in_that_time_leads_to_the_nearest_after_it(chat: Chat) -> None:
    said = await chat.say("Alice", "domestic abuse courses in March")
    assert said.startswith("Nothing found: domestic abuse, in March 2027. The nearest after that")
    assert "Enhanced" in said
    assert "Foundation" not in said


async def test_a_number_books_and_a_number_that_is_not_there_asks_again(chat: Chat) -> None:
    await chat.say("Alice", "anything with places this month")
    assert await chat.say("Alice", "9") == "Which one? Please type a number from 1 to 2."
    assert await chat.say("Alice", "yes") == "Which one? Please type a number from 1 to 2."
    assert (await chat.say("Alice", "2")).startswith("You are booked on Managing Allegations")


async def test_more_dates_than_fit_come_card_by_card(chat: Chat) -> None:
    for number in range(8):
        await chat.date_of("child-mental-health", date(2027, 5, 3) + timedelta(days=number))
    said = await chat.say("Alice", "courses in May")
    assert "And 3 more" in said
    assert len(chat.buttons("Alice")) == cards.MOST_ACTIONS
    said = await chat.press("Alice", "More dates")
    assert (said.count("Child Mental Health"), "More dates" in chat.buttons("Alice")) == (3, False)
    assert "10 May" in said
    assert "type courses" in (await chat.send("Alice", "courses.more", words="courses in May", start=50)).lower()


async def test_what_the_catalogue_does_not_say_is_not_made_up(chat: Chat) -> None:
    assert "does not yet say what level" in await chat.say("Alice", "level 2 courses in January")
    assert "do not know the term dates yet" in await chat.say("Alice", "courses this term")
    assert "the catalogue does not say who they are for" in await chat.say("Alice", "courses for GPs")


async def test_a_term_that_the_partnership_has_told_us_is_used(chat: Chat) -> None:
    partnership = chat.rules.pack.partnership
    term = Term(name="Spring 2027", starts=date(2027, 1, 4), ends=date(2027, 2, 12))
    terms = partnership.calendar.terms.model_copy(update={"value": (term,), "status": Status.CONFIRM})
    calendar = partnership.calendar.model_copy(update={"terms": terms})
    changed = partnership.model_copy(update={"calendar": calendar})
    chat.rules = replace(chat.rules, pack=replace(chat.rules.pack, partnership=changed))
    said = await chat.say("Alice", "courses this term")
    assert said.startswith("Coming up: this term (Spring 2027)")
    assert "Drug Awareness" not in said


async def test_a_course_without_a_date_takes_a_wish_and_the_date_is_told(chat: Chat) -> None:
    said = await chat.say("Alice", "training on hoarding")
    assert said.startswith("No date is open for Hoarding and Self-neglect yet.")
    assert "I will tell you when" in await chat.say("Alice", "yes")
    assert "I have that already" in await chat.send("Alice", "interest.add", course="hoarding-and-self-neglect")
    assert "You asked to be told" in await chat.say("Alice", "my bookings")
    await chat.date_of("hoarding-and-self-neglect", date(2027, 3, 1))
    async with chat.database.work() as work:
        assert await plan(work, chat.rules, NOW) == 1
        await work.commit()
    assert "Nothing" not in await chat.say("Alice", "training on hoarding")
    assert "I will not tell you" in await chat.send("Alice", "interest.drop", course="hoarding-and-self-neglect")
    assert "cannot find that course" in await chat.send("Alice", "interest.add", course="no-such-course")


async def test_no_after_the_question_keeps_no_wish(chat: Chat) -> None:
    await chat.say("Alice", "training on hoarding")
    assert await chat.say("Alice", "no") == "All right, I have noted nothing."
    assert "You asked" not in await chat.say("Alice", "my bookings")


async def test_in_a_channel_nothing_personal_is_shown(chat: Chat) -> None:
    await chat.say("Alice", "book lado")
    await chat.say("Alice", "yes")
    said = await chat.say("Alice", "courses", place=Place.CHANNEL)
    assert "You are booked" not in said
    assert "Full. You would be number 1" in said
    assert "our own chat" in await chat.say("Alice", "book dsl forum", place=Place.CHANNEL)


async def test_an_article_is_still_an_article(chat: Chat) -> None:
    assert "Where this comes from" in await chat.say("Alice", "what should I do about domestic abuse?")
    assert "Where this comes from" in await chat.say("Alice", "how do I book a place?")
    assert "Where this comes from" in await chat.say("Alice", "what is the dsl forum?")
    assert "999" in await chat.say("Alice", "a child is being hit right now, what do I do")


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("book drug awareness friday week", "Nothing found: Drug Awareness, on Friday 29 January 2027"),
        ("book drug awareness a week on friday", "Nothing found: Drug Awareness, on Friday 29 January 2027"),
        ("book drug awareness on the 11th", "Nothing found: Drug Awareness, on Thursday 11 February 2027"),
        ("book drug awareness tues week", "Nothing found: Drug Awareness, on Tuesday 26 January 2027"),
        ("book drug awareness on 4.2", "Nothing found: Drug Awareness, on Thursday 4 February 2027"),
        ("book drug awareness on 24.2", "The next date, on Wednesday 24 February 2027"),
        ("courses on the 27th", "Coming up: on Wednesday 27 January 2027"),
        ("courses next mon", "Nothing found: on Monday 18 January 2027"),
    ],
)
async def test_the_day_that_is_asked_for_is_never_passed_over(chat: Chat, text: str, lead: str) -> None:
    said = await chat.say("Alice", text)
    assert said.startswith(lead), said
    assert "1. " in said, "the dates there are"


@pytest.mark.parametrize("text", ["book drug awareness on Thursday 24 February", "courses on thurs 24/2"])
async def test_a_weekday_that_does_not_fit_its_date_is_asked_about(chat: Chat, text: str) -> None:
    said = await chat.say("Alice", text)
    assert "Wednesday 24 February 2027 is not a Thursday" in said
    assert "Thursday 25 February 2027" in said


@pytest.mark.parametrize(
    ("before", "question", "says"),
    [
        ("when is the next dsl forum", "how long is it?", "Wednesday 3 February 2027, 1.30pm to 3.30pm: 2 hours."),
        ("when is the next dsl forum", "what time does it start", "1.30pm to 3.30pm"),
        ("book lado", "where is it", "Training Room, Example House"),
        ("book lado", "is it online", "in person, Training Room, Example House"),
        ("book drug awareness", "is it online", "Online, in Microsoft Teams"),
        ("book drug awareness", "do I have to pay?", "to be confirmed by the partnership office"),
        ("book drug awareness", "how much does it cost", "charges for places that are not used without notice"),
        ("book drug awareness", "how many places are left", "20 places left of 20"),
        ("book drug awareness", "who's the trainer", "Tilda Testerton"),
        ("when is the next dsl forum", "who is it for", "is for: Designated Safeguarding Leads"),
        ("book drug awareness", "who is it for", "has not told me who Drug Awareness is for"),
    ],
)
async def test_a_question_about_the_date_just_shown_is_answered_from_it(
    chat: Chat, before: str, question: str, says: str
) -> None:
    await chat.say("Alice", before)
    said = await chat.say("Alice", question)
    assert says in said
    assert "Where this comes from" not in said
    assert (await chat.say("Alice", "1")).startswith(("You are booked on", "You already have"))


async def test_the_same_question_with_no_date_shown_or_with_more_words_is_a_question(chat: Chat) -> None:
    assert "I can only help with safeguarding guidance" in await chat.say("Alice", "how long is it")
    await chat.say("Alice", "book drug awareness")
    assert (await chat.say("Alice", "how long is a child protection plan")).startswith("Child protection plans")
    assert "I can only help with safeguarding guidance" in await chat.say("Alice", "what is it")


@pytest.mark.parametrize(
    "words", ["any training on neglect", "is there training on sexual abuse", "training about neglect"]
)
async def test_no_course_on_a_subject_is_said_and_no_other_subject_is_offered_for_it(chat: Chat, words: str) -> None:
    said = await chat.say("Alice", words)
    assert "I know of no course on that, so this is whatever is coming up." in said
    assert "Hoarding" not in said


async def test_a_question_that_names_no_course_can_go_to_a_person_as_it_stands(chat: Chat) -> None:
    question = "do teaching assistants need level 3 safeguarding training every year"
    said = await chat.say("Alice", question)

    assert "I know of no course on that, so this is whatever is coming up. The catalogue does not yet say" in said
    assert "If it was a question, I can put it to a person" in said
    assert "question.ask" in cards.verbs_in(chat.last["Alice"][0].card)
    assert f"“{question}”" in await chat.say("Alice", "ask a person")


@pytest.mark.parametrize("words", ["training on self-neglect", "training on self neglect", "training on hoarding"])
async def test_self_neglect_is_one_subject_however_it_is_written(chat: Chat, words: str) -> None:
    assert "No date is open for Hoarding and Self-neglect yet." in await chat.say("Alice", words)


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("how many places left on lado", "1 place left of 1"),
        ("how many places are left on the lado course", "1 place left of 1"),
        ("is there space on drug awareness", "places left of"),
        ("is the lado course full", "1 place left of 1"),
        ("how long is the lado course", ": 2 hours."),
        ("how many places are left on the forum", "places left of"),
        ("where is the lado training", "Training Room, Example House"),
        ("who runs the lado course", "Tilda Testerton"),
        ("when is drug awareness", "Wednesday 24 February 2027"),
        ("is the dsl forum today", "Wednesday 3 February 2027"),
    ],
)
async def test_a_question_about_a_course_by_its_name_is_answered_of_its_dates(
    chat: Chat, question: str, fact: str
) -> None:
    assert fact in await chat.say("Alice", question)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("who is the lado", "How do I report an allegation about someone who works with children?"),
        ("where is the lado", "How do I report an allegation about someone who works with children?"),
        ("how long is a child protection plan", "Child protection plans"),
    ],
)
async def test_what_only_shares_a_word_with_a_course_is_asked_of_the_guidance(
    chat: Chat, question: str, title: str
) -> None:
    said = await chat.say("Alice", question)
    assert title in said
    assert not said.startswith("Managing Allegations")
    assert ": 2 hours." not in said


@pytest.mark.parametrize(
    ("words", "when", "found"),
    [
        ("monday 25 january", "on Monday 25 January 2027", "Domestic Abuse Foundation"),
        ("what about the 27th?", "on Wednesday 27 January 2027", "Managing Allegations"),
        ("tomorrow", "on Saturday 16 January 2027", "Nothing found: on Saturday 16 January 2027"),
    ],
)
@pytest.mark.parametrize("agrees", ["yes", "courses {when}", "press"])
async def test_of_a_bare_day_is_asked_what_about_it_and_courses_are_offered(
    chat: Chat, words: str, when: str, found: str, agrees: str
) -> None:
    asked = await chat.say("Alice", words)
    assert asked.startswith(f"Courses {when}? You have named a day and nothing else.")
    label = f"Courses {when}"
    shown = await (chat.press("Alice", label) if agrees == "press" else chat.say("Alice", agrees.format(when=when)))
    assert found in shown


async def test_a_bare_day_may_be_about_something_else_and_another_may_follow(chat: Chat) -> None:
    await chat.say("Alice", "tomorrow")
    assert (await chat.say("Alice", "monday")).startswith("Courses on Monday 18 January 2027?")
    assert "Then please say what it is about" in await chat.say("Alice", "no")
    await chat.say("Alice", "monday")
    assert "nothing booked" in await chat.say("Alice", "my bookings")


@pytest.mark.parametrize("words", ["who is on tomorrow", "level 3 on monday", "a child on monday", "easter"])
async def test_words_that_say_more_than_a_day_are_no_bare_day(chat: Chat, words: str) -> None:
    assert "and nothing else" not in await chat.say("Alice", words)


async def test_a_day_that_answers_a_question_of_ours_is_no_bare_day(chat: Chat) -> None:
    await chat.say("Alice", "escalate")
    await chat.say("Alice", "1")
    assert "and nothing else" not in await chat.say("Alice", "tuesday")
