"""What people read and type about places and forms: no wrong number, no dead end, no list that is not theirs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from services.model import Role
from services.tables import evaluations
from services.work import Database
from tests.dialogs.training.places_chat import an_impact_form as a_form
from tests.dialogs.training.training_chat import Chat, a_chat_under

FORUM, LADO = "dsl-forum", "managing-allegations-lado"
DAY = date(2027, 2, 3)


@pytest.fixture
async def chat(database: Database) -> Chat:
    chat = a_chat_under(database)
    await chat.join("Alice", roles=[Role.DSL])
    await chat.join("Bob")
    return chat


async def test_two_dates_are_both_of_them(chat: Chat) -> None:
    await chat.date_of(FORUM, DAY)
    await chat.date_of(FORUM, DAY + timedelta(days=100))
    assert "To book both dates of the coming year, type whole year." in await chat.say("Alice", "book dsl forum")


async def test_what_is_full_is_not_called_a_booking(chat: Chat) -> None:
    full = await chat.date_of(LADO, DAY, capacity=1)
    await chat.send("Bob", "session.book", session=full)
    said = await chat.say("Alice", "book managing allegations")
    assert "To join the waiting list, type yes." in said
    assert "To book it" not in said
    assert "number 1 on the waiting list" in await chat.say("Alice", "yes")


async def test_the_list_of_courses_says_in_words_what_its_card_says_of_where(chat: Chat) -> None:
    session = await chat.date_of(LADO, DAY)
    assert "the link comes with your booking" in await chat.say("Alice", "courses")
    assert "the link comes with your booking" in chat.facts("Alice")["Where"]
    await chat.send("Alice", "session.book", session=session)
    said = await chat.say("Alice", "courses")
    assert "the link comes with" not in said
    assert f"{chat.facts('Alice')['Where']}. " in said
    assert "the link comes with" not in await chat.say("Alice", "where is it")


@pytest.mark.parametrize("words", ["yes pls", "yeah go on then", "go ahead", "sounds good", "do it"])
async def test_a_date_is_booked_and_given_back_with_any_yes(chat: Chat, words: str) -> None:
    await chat.date_of(LADO, DAY)
    await chat.say("Alice", "book lado")
    assert "You are booked" in await chat.say("Alice", words)
    await chat.say("Alice", "cancel lado")
    assert "is cancelled" in await chat.say("Alice", words)


async def test_the_waiting_list_shows_what_one_waits_for_and_how_to_leave_it(chat: Chat) -> None:
    full = await chat.date_of(LADO, DAY, capacity=1)
    await chat.send("Bob", "session.book", session=full)
    await chat.send("Alice", "session.book", session=full)
    await chat.send("Alice", "session.book", session=await chat.date_of(FORUM, DAY + timedelta(days=9)))
    said = await chat.say("Alice", "waiting list")
    assert "Your waiting lists\n- Managing Allegations" in said, "no number: none is taken here"
    assert "DSL forum" not in said
    assert "type cancel and the name of its course" in said
    assert "Leave the waiting list for Managing Allegations" in await chat.say("Alice", "leave the waiting list")
    assert "You are off the waiting list" in await chat.say("Alice", "yes")


async def test_a_colleagues_name_before_the_date_is_no_question_to_be_kept(chat: Chat) -> None:
    await chat.date_of(LADO, DAY)
    await chat.say("Alice", "book managing allegations for a colleague")
    assert "choose the date first: type its number, from 1 to 1" in await chat.say("Alice", "bob")
    async with chat.database.reading() as work:
        assert await work.gaps.between(chat.now.date() - timedelta(days=9), chat.now.date()) == []
    assert "Who is it for?" in await chat.say("Alice", "1")


@pytest.mark.parametrize("words", ["domestic abuse courses", "any dsl training?", "courses in the civic centre"])
async def test_courses_are_found_whichever_way_round_they_are_asked_for(chat: Chat, words: str) -> None:
    await chat.date_of(FORUM, DAY)
    await chat.date_of("domestic-abuse-foundation", DAY)
    said = await chat.say("Alice", words)
    assert "Coming up" in said
    assert "To book, type its number." in said


async def test_courses_of_one_kind_are_looked_for_by_it(chat: Chat) -> None:
    await chat.date_of(LADO, DAY)
    await chat.date_of(FORUM, DAY, venue="Civic Centre")
    said = await chat.say("Alice", "online courses")
    assert "Coming up: online\n1. Managing Allegations" in said
    assert "Civic Centre" not in said


@pytest.mark.parametrize("words", ["which courses are there", "what is mandatory training"])
async def test_a_question_about_courses_is_still_a_question(chat: Chat, words: str) -> None:
    await chat.date_of(LADO, DAY)
    assert (await chat.say("Alice", words)).startswith("Which courses are there, and which one suits me?")


async def test_a_colleagues_address_in_the_order_leads_to_where_it_is_asked_for(chat: Chat) -> None:
    order = "book bob@school.example.org on the dsl forum"
    said = await chat.say("Alice", order)
    assert "book dsl forum for a colleague" in said
    assert "MASH" not in said
    assert "book dsl forum for a colleague" in await chat.say("Alice", "book drug awareness for Tilda Testerton")
    assert "Only Designated Safeguarding Leads" in await chat.say("Bob", order)
    assert "Only Designated Safeguarding Leads" in await chat.say("Bob", "book drug awareness for Tilda Testerton")
    assert "could identify somebody" in await chat.say("Bob", "send bob@school.example.org the referral")
    assert "could identify somebody" in await chat.say("Alice", "book a strategy meeting about Tilda Testerton")
    assert "could identify somebody" in await chat.say("Alice", "book bob@school.example.org, born 12/03/2015, a visit")


async def test_a_choice_is_made_by_number_and_what_may_be_left_out_says_so(chat: Chat) -> None:
    form = await a_form(chat)
    said = await chat.send("Alice", "evaluation.open", evaluation=form)
    for words in ("The referral form", "I asked sooner"):
        said = await chat.say("Alice", words)
    assert said.endswith("How confident were you before the course, from 1 to 10? (1 is the lowest, 10 the highest)")
    for words in ("3", "8"):
        said = await chat.say("Alice", words)
    assert "\n2. In supervision\n" in said
    await chat.say("Alice", "2")
    assert "Type skip to leave it out." in await chat.say("Alice", "Earlier help")


async def test_a_form_that_is_gone_does_not_swallow_every_word(chat: Chat) -> None:
    form = await a_form(chat)
    await chat.send("Alice", "evaluation.open", evaluation=form)
    async with chat.database.engine.begin() as connection:
        # as when the attendance is put right, or the form is purged
        await connection.execute(sa.delete(evaluations).where(evaluations.c.id == form))
    assert "cannot find that form" in await chat.say("Alice", "The referral form")
    assert "cannot find that form" not in await chat.say("Alice", "domestic abuse")


async def test_a_command_inside_a_form_is_a_command_and_no_answer(chat: Chat) -> None:
    form = await a_form(chat)
    await chat.send("Alice", "evaluation.open", evaluation=form)
    assert "Question 2 of 8" in await chat.say("Alice", "the thresholds")
    assert "What I can do" in await chat.say("Alice", "help")

    await chat.send("Alice", "evaluation.open", evaluation=form)
    for words in ("the escalation procedure", "I asked sooner"):
        said = await chat.say("Alice", words)
    assert "Question 3 of 8" in said
    assert "That does not fit the question." in await chat.say("Alice", "eleven or so")
    assert "Your bookings" in await chat.say("Alice", "show me all of my bookings please")
    async with chat.database.reading() as work:
        kept = await work.evaluations.by_id(form)
    assert kept is not None
    assert kept.answers == {}


async def test_who_leaves_a_form_is_told_that_its_answers_are_put_by(chat: Chat) -> None:
    left = "type evaluate to carry on with it."
    form = await a_form(chat)
    await chat.send("Alice", "evaluation.open", evaluation=form)
    assert left not in await chat.say("Alice", "my bookings")

    await chat.send("Alice", "evaluation.open", evaluation=form)
    await chat.say("Alice", "The referral form")
    assert left not in await chat.say("Alice", "what is level 3")
    said = await chat.say("Alice", "my bookings")
    assert said.startswith("Your bookings")
    assert said.endswith(left)
    assert left not in await chat.say("Alice", "my bookings")
    assert "This is what comes next.\nQuestion 2 of 8" in await chat.say("Alice", "evaluate")
    assert "Question 3 of 8" in await chat.say("Alice", "I asked sooner")


@pytest.mark.parametrize("words", ["my certificates", "Ask a person"])
async def test_who_leaves_a_form_by_a_fixed_command_or_a_typed_title_is_told_so_too(chat: Chat, words: str) -> None:
    form = await a_form(chat)
    await chat.send("Alice", "evaluation.open", evaluation=form)
    await chat.say("Alice", "The referral form")
    assert "Ask a person" in await _titles_after(chat, "what is level 3")
    said = await chat.say("Alice", words)
    assert said.endswith("type evaluate to carry on with it."), said


async def _titles_after(chat: Chat, words: str) -> list[str]:
    await chat.say("Alice", words)
    return chat.buttons("Alice")


@pytest.mark.parametrize("words", ["what is level 3", "what does the mash do?", "do i need consent to refer", "help"])
async def test_a_question_inside_a_form_is_answered_and_the_form_goes_on(chat: Chat, words: str) -> None:
    form = await a_form(chat)
    await chat.send("Alice", "evaluation.open", evaluation=form)
    await chat.say("Alice", "The referral form")
    said = await chat.say("Alice", words)
    assert said.splitlines()[-1].startswith("Question 2 of 8")
    assert "Question 3 of 8" in await chat.say("Alice", "how to make a referral, and what level 3 means")
    assert (await chat.say("Alice", "what is level 3")).splitlines()[-1].startswith("Question 3 of 8")
    assert "Question 4 of 8" in await chat.say("Alice", "3")


@pytest.mark.parametrize("mark", ["three", "3/10", "3 out of 10", "3."])
async def test_marks_and_choices_are_taken_as_people_write_them(chat: Chat, mark: str) -> None:
    form = await a_form(chat)
    await chat.send("Alice", "evaluation.open", evaluation=form)
    for words in ("The referral form", "I asked sooner"):
        await chat.say("Alice", words)
    assert "That does not fit" in await chat.say("Alice", "3/5")
    for words in (mark, "8"):
        said = await chat.say("Alice", words)
    assert "\n3. By changing a policy or form\n" in said
    assert "Question 6 of 8" in await chat.say("Alice", "by changing a policy, or form!")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Yes, cancel it", "is cancelled"),
        ("yep cancel it", "is cancelled"),
        ("yes please", "is cancelled"),
        ("nope keep it", "You still have your place."),
        ("No, keep it", "You still have your place."),
        ("don't cancel it", "You still have your place."),
    ],
)
async def test_yes_and_no_are_more_than_the_bare_word(chat: Chat, words: str, says: str) -> None:
    await chat.send("Alice", "session.book", session=await chat.date_of(LADO, DAY))
    await chat.say("Alice", "cancel")
    assert says in await chat.say("Alice", words)


@pytest.mark.parametrize("words", ["no, cancel it", "no i cannot come", "yes keep it"])
async def test_what_is_neither_yes_nor_no_cancels_nothing(chat: Chat, words: str) -> None:
    await chat.send("Alice", "session.book", session=await chat.date_of(LADO, DAY))
    await chat.say("Alice", "cancel")
    assert "ype yes or no." in await chat.say("Alice", words)
    assert "is cancelled" in await chat.say("Alice", "yes")


async def test_one_of_several_bookings_is_chosen_by_name_too(chat: Chat) -> None:
    for course, day in ((LADO, DAY), (FORUM, DAY + timedelta(days=1))):
        await chat.send("Alice", "session.book", session=await chat.date_of(course, day))
    for words in ("dsl forum", "2. Safeguarding in Education Termly Seminar (DSL forum)", "the second one"):
        await chat.say("Alice", "cancel")
        assert "Cancel your place on Safeguarding in Education" in await chat.say("Alice", words)


@pytest.mark.parametrize("whom", ["Bob", "bob example"])
async def test_a_place_for_a_colleague_of_ones_agency_is_not_booked_for_oneself(chat: Chat, whom: str) -> None:
    await chat.date_of(LADO, DAY)
    assert "Book Bob Example on" in await chat.say("Alice", f"book managing allegations for {whom}")
    assert "nothing booked" in await chat.say("Alice", "my bookings")


@pytest.mark.parametrize(
    "order", ["book {} on managing allegations", "sign {} up for the lado course", "book lado for {}"]
)
@pytest.mark.parametrize("whom", ["bob", "bob example"])
async def test_a_colleagues_name_in_an_order_never_books_the_speaker(chat: Chat, order: str, whom: str) -> None:
    await chat.join("Charlie")
    await chat.date_of(LADO, DAY)
    said = await chat.say("Alice", order.format(whom))
    assert "for yourself" not in said
    assert "Book Bob Example on" in said
    assert "Only Designated Safeguarding Leads" in await chat.say("Charlie", order.format(whom))
    assert "You have nothing booked" in await chat.say("Charlie", "my bookings")


@pytest.mark.parametrize(
    "order",
    ["can bob come to managing allegations", "bob needs to go on the lado course", "book a place for bob on lado"]
    + ["book lado for bob and pat", "can u book bob on lado as well", "book bob a place on managing allegations"],
)
async def test_a_colleague_named_in_any_words_of_a_booking_is_not_the_speaker(chat: Chat, order: str) -> None:
    await chat.date_of(LADO, DAY)
    said = await chat.say("Alice", order)
    assert "for yourself" not in said
    assert "Book Bob Example" in said


async def test_a_colleague_is_put_on_the_date_that_was_just_shown_or_booked(chat: Chat) -> None:
    for day in range(2):
        await chat.date_of(LADO, DAY + timedelta(days=day))
    await chat.say("Alice", "courses on managing allegations")
    assert "choose the date first" in await chat.say("Alice", "can u book bob on as well")
    assert "Book Bob Example on Managing" in await chat.say("Alice", "1")
    assert "Bob Example is booked on Managing" in await chat.say("Alice", "yes")

    await chat.say("Alice", "book managing allegations")
    assert "You are booked on Managing" in await chat.say("Alice", "yes")
    assert "Already on Managing Allegations (LADO) that day: Bob" in await chat.say("Alice", "can you book bob on too")
    await chat.join("Pat")
    assert "Book Pat Example on Managing" in await chat.say("Alice", "can you book pat on too")


async def test_somebody_of_another_agency_who_is_given_a_place_is_not_the_speaker(chat: Chat) -> None:
    await chat.date_of(LADO, DAY)
    said = await chat.say("Alice", "book rhys a place on managing allegations")
    assert said.startswith("I have booked nothing and kept no name or address")
    assert "for yourself" not in said


async def test_a_yes_after_the_refusal_books_nothing_that_was_offered_before(chat: Chat) -> None:
    await chat.date_of(LADO, DAY)
    await chat.date_of(FORUM, DAY + timedelta(days=1))
    await chat.say("Bob", "book dsl forum")
    assert "Only Designated Safeguarding Leads" in await chat.say("Bob", "book pat on managing allegations")
    assert "You are booked" not in await chat.say("Bob", "yes")


async def test_somebody_of_another_agency_is_not_the_speaker_either(chat: Chat) -> None:
    await chat.join("Rhys", agency="housing", domain="council.example.org")
    await chat.date_of(LADO, DAY)
    for order in (
        "book rhys on managing allegations",
        "book managing allegations for rhys",
        "book managing allegations for rhys example",
    ):
        said = await chat.say("Alice", order)
        assert said.startswith("I have booked nothing and kept no name or address")
        assert "for yourself" not in said


@pytest.mark.parametrize(
    "order",
    [
        "book me on managing allegations",
        "book a place on managing allegations",
        "book an urgent place on managing allegations",
        "please book me in for managing allegations",
        "book managing allegations on 3 february",
    ],
)
async def test_who_books_for_themselves_still_does(chat: Chat, order: str) -> None:
    await chat.date_of(LADO, DAY)
    assert "To book it for yourself, type yes." in await chat.say("Bob", "book bob on managing allegations")
    assert "To book it for yourself, type yes." in await chat.say("Alice", order)


async def test_who_a_place_would_be_for_is_said_before_it_is_booked(chat: Chat) -> None:
    await chat.date_of(LADO, DAY)
    assert "To book it for yourself, type yes." in await chat.say("Alice", "book managing allegations for rover")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("no", "You are still on the waiting list."),
        ("No, keep me on it", "You are still on the waiting list."),
        ("Yes, take me off", "You are off the waiting list"),
        ("yes, leave it", "You are off the waiting list"),
    ],
)
async def test_a_waiting_list_is_no_place(chat: Chat, words: str, says: str) -> None:
    full = await chat.date_of(LADO, DAY, capacity=1)
    await chat.send("Bob", "session.book", session=full)
    await chat.send("Alice", "session.book", session=full)
    await chat.say("Alice", "leave the waiting list")
    assert chat.buttons("Alice") == ["Yes, take me off", "No, keep me on it"]
    assert says in await chat.say("Alice", words)


async def test_stop_ends_the_question_who_it_is_for(chat: Chat) -> None:
    session = await chat.date_of(LADO, DAY)
    await chat.send("Alice", "session.book", session=session)
    for words in ("cancel", "colleague"):
        said = await chat.say("Alice", words)
    assert "Who goes instead?" in said
    assert "You still have your place" in await chat.say("Alice", "stop")
    await chat.say("Alice", "book managing allegations for a colleague")
    assert await chat.say("Alice", "stop") == "I have booked nothing."
    for words in ("book managing allegations for a colleague", "1"):
        said = await chat.say("Alice", words)
    assert "Who is it for?" in said
    assert await chat.say("Alice", "never mind") == "I have booked nothing."


@pytest.mark.parametrize("instead", [False, True])
async def test_stop_ends_the_question_about_an_unknown_address(chat: Chat, instead: bool) -> None:
    await chat.date_of(LADO, DAY)
    if instead:
        await chat.say("Alice", "book lado")
        await chat.say("Alice", "yes")
        await chat.say("Alice", "cancel")
        await chat.say("Alice", "send a colleague instead")
    else:
        await chat.say("Alice", "book a colleague on the LADO course")
        await chat.say("Alice", "1")
    assert "I do not know the address" in await chat.say("Alice", "bbo@school.example.org")
    said = await chat.say("Alice", "stop")
    assert said == ("Nothing has changed. You still have your place." if instead else "I have booked nothing.")
    assert "is booked on" not in await chat.say("Alice", "bob@school.example.org")


async def test_a_course_one_is_not_on_never_leads_to_another_booking(chat: Chat) -> None:
    await chat.send("Alice", "session.book", session=await chat.date_of(FORUM, DAY))
    said = await chat.say("Alice", "cancel lado")
    assert said == (
        "You are not booked on Managing Allegations (LADO).\n"
        "This is what is booked. To cancel one of these, type its number.\n"
        "1. Safeguarding in Education Termly Seminar (DSL forum), Wednesday 3 February 2027, 1.30pm to 3.30pm"
    )
    assert "is cancelled" not in await chat.say("Alice", "yes")
    await chat.say("Alice", "cancel lado")
    assert "Cancel your place on Safeguarding in Education" in await chat.say("Alice", "1")


async def test_a_day_says_which_booking_is_meant_and_that_there_is_none(chat: Chat) -> None:
    for course, day in ((LADO, DAY), (FORUM, DAY + timedelta(days=40))):
        await chat.send("Alice", "session.book", session=await chat.date_of(course, day))
    assert "Cancel your place on Managing Allegations" in await chat.say("Alice", "cancel 3 february")
    assert "Cancel your place on Safeguarding in Education" in await chat.say("Alice", "cancel march")
    said = await chat.say("Alice", "cancel my lado booking in march")
    assert said.startswith("You are not booked on Managing Allegations (LADO) in March 2027.")
    said = await chat.say("Alice", "cancel 10 december")
    assert said.startswith("Nothing is booked on Friday 10 December 2027.")
    assert "\n2. Safeguarding in Education" in said


async def test_a_weekday_and_a_date_that_do_not_fit_never_lead_to_the_only_booking(chat: Chat) -> None:
    await chat.send("Alice", "session.book", session=await chat.date_of(LADO, DAY))
    said = await chat.say("Alice", "cancel friday 4 march")
    assert said.startswith("The day and the date do not fit: Thursday 4 March 2027 is not a Friday.")
    assert "is cancelled" not in await chat.say("Alice", "yes")


async def test_a_choice_of_a_form_is_answered_in_ones_own_words_and_leads_nowhere_else(chat: Chat) -> None:
    form = await a_form(chat)
    await chat.send("Alice", "evaluation.open", evaluation=form)
    said = ""
    for words in ("how to listen", "i ask first", "3", "4"):
        said = await chat.say("Alice", words)
    assert "2. In supervision" in said
    said = await chat.say("Alice", "i shared it in supervision")
    for words in ("they were safer", "skip"):
        assert "Early help" not in said
        said = await chat.say("Alice", words)
    assert "1. The thresholds guidance" in said
    said = await chat.say("Alice", "thresholds")
    assert "not kept" not in said
    assert "walk" not in said.lower()
    assert "1. The thresholds guidance" not in said


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Work commitments", "Work commitments"),
        ("yes im sick", "Sickness"),
        ("yes, booked by mistake", "Booked by mistake"),
    ],
)
async def test_a_reason_that_is_typed_is_kept_and_cancels(chat: Chat, words: str, reason: str) -> None:
    await chat.send("Alice", "session.book", session=await chat.date_of(LADO, DAY))
    await chat.say("Alice", "cancel lado")
    assert "is cancelled" in await chat.say("Alice", words)
    async with chat.database.reading() as work:
        booking = await work.bookings.by_id(1)
    assert booking is not None
    assert booking.cancel_reason == reason
