"""Booking a year, booking colleagues, handing on, saying no, a manager's word, charges: as people do it in a chat."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dialogs.office import verbs
from services.bookings.approving import APPROVAL_ASKED
from services.model import NoticeState
from services.work import Database
from tests.dialogs.training.places_chat import DAY, FORUM, LADO, a_chat_with_people, letters
from tests.dialogs.training.training_chat import Chat


@pytest.fixture
async def chat(database: Database) -> Chat:
    return await a_chat_with_people(database)


# ------------------------------------------------------------------------------------ the year


@pytest.fixture
async def year(chat: Chat) -> Chat:
    """Three forums; the second is full."""
    await chat.date_of(FORUM, DAY)
    second = await chat.date_of(FORUM, DAY + timedelta(days=100), capacity=1)
    await chat.date_of(FORUM, DAY + timedelta(days=200))
    await chat.send("Charlie", "session.book", session=second)
    return chat


async def test_the_whole_year_is_booked_at_one_tap_with_one_answer(year: Chat) -> None:
    said = await year.say("Alice", "book dsl forum")
    assert "To book all 3 dates of the coming year, type whole year." in said
    said = await year.press("Alice", "Book the whole year")
    assert "you have a place on 2 of 3 dates, and are on the waiting list for 1" in said
    assert "Friday 14 May 2027, 1.30pm to 3.30pm: full, you are number 1 on the waiting list" in said
    assert (await year.send("Alice", "series.book", course=FORUM)).count("you had this one already") == 3


@pytest.mark.parametrize("words", ["whole year", "the whole year please", "all of them"])
async def test_the_year_can_be_asked_for_in_words(year: Chat, words: str) -> None:
    await year.say("Alice", "book dsl forum")
    assert "you have a place on 2 of 3 dates" in await year.say("Alice", words)


async def test_the_year_can_be_asked_for_at_once_and_one_date_alone_as_well(year: Chat) -> None:
    assert "2 of 3 dates" in await year.say("Alice", "book the forum for the whole year")
    await year.say("Bob", "book dsl forum")
    assert "You are booked" in await year.say("Bob", "yes")
    said = await year.say("Bob", "my bookings")
    assert said.count("- Safeguarding in Education") == 1


async def test_a_series_that_is_not_there_any_more_is_said_to_have_no_dates(chat: Chat) -> None:
    assert "No dates are open for that series" in await chat.send("Alice", "series.book", course=FORUM)
    assert "No dates are open for that series" in await chat.send("Alice", "series.book", course="; drop")


# ------------------------------------------------------------------------------------ colleagues


async def test_a_lead_books_a_colleague_who_is_told_and_says_no(chat: Chat) -> None:
    session = await chat.date_of(LADO, DAY, capacity=1)
    await chat.say("Alice", "book a colleague on the LADO course")
    said = await chat.say("Alice", "1")
    assert "1. Bob Example" in said
    said = await chat.say("Alice", "bob@school.example.org")
    assert said.startswith("Bob Example is booked on Managing Allegations (LADO), Wednesday 3 February 2027")
    assert "Bob Example: Managing Allegations" in await chat.say("Alice", "my bookings")

    told = await letters(chat)
    assert "Alice Example has booked you on Managing Allegations (LADO)" in told["Bob"][0]
    assert "Booked, by Alice Example" in await chat.say("Bob", "my bookings")
    said = await chat.press("Bob", "I cannot take it")
    assert said.startswith("You are off Managing Allegations")
    assert "already cancelled" in await chat.send("Bob", "booking.refuse", booking=1)
    told = await letters(chat)
    assert "Bob Example will not come" in told["Alice"][0]
    assert "Bob" not in told
    assert "You are booked" in await chat.send("Charlie", "session.book", session=session)


async def test_the_form_takes_a_choice_or_an_address_and_somebody_new(chat: Chat) -> None:
    session = await chat.date_of(LADO, DAY)
    await chat.send("Alice", "colleague.ask", session=session)
    said = await chat.press("Alice", "Book them", email="new.face@school.example.org", name="Nora Nobody")
    assert "and enter them as Nora Nobody?" in said
    said = await chat.press("Alice", "Yes, go on", name="Nora Nobodie")
    assert said.startswith("Nora Nobodie is booked on")
    assert "is already on" in await chat.send(
        "Alice", "colleague.book", session=session, email="new.face@school.example.org"
    )
    assert "only do that for colleagues of your own agency" in await chat.send(
        "Alice", "colleague.book", session=session, email="charlie@trust.example.org"
    )
    assert "Nobody was chosen" in await chat.send("Alice", "colleague.book", session=session)
    assert "That is you" in await chat.send(
        "Alice", "colleague.book", session=session, email="alice@school.example.org"
    )


async def test_a_mistyped_address_is_asked_about_and_makes_nobody(chat: Chat) -> None:
    session = await chat.date_of(LADO, DAY, capacity=2)
    await chat.say("Alice", "book a colleague on the LADO course")
    await chat.say("Alice", "1")
    said = await chat.say("Alice", "bbo@school.example.org")
    assert said.startswith("I do not know the address bbo@school.example.org.")
    assert "enter them as Bbo?" in said
    assert "Who is it for?" in await chat.say("Alice", "no")
    await chat.say("Alice", "bbo@school.example.org")
    said = await chat.say("Alice", "bob@school.example.org")
    assert said.startswith("Bob Example is booked on")
    async with chat.database.reading() as work:
        assert await work.people.by_email("bbo@school.example.org") is None
        found = await work.sessions.by_id(session)
    assert found is not None
    assert found.taken == 1


async def test_somebody_new_is_booked_once_it_is_said_that_they_are(chat: Chat) -> None:
    session = await chat.date_of(LADO, DAY)
    await chat.send("Alice", "colleague.ask", session=session)
    await chat.say("Alice", "new.face@school.example.org")
    assert (await chat.say("Alice", "yes")).startswith("New Face is booked on")
    await chat.send("Alice", "session.book", session=session)
    await chat.send("Alice", "substitute.ask", booking=2)
    assert "enter them as Other Face?" in await chat.say("Alice", "other.face@school.example.org")
    assert "Who goes instead?" in await chat.press("Alice", "No, choose again")
    await chat.say("Alice", "other.face@school.example.org")
    assert "Other Face" in await chat.say("Alice", "yes")
    assert "Other Face" in await chat.say("Alice", "my bookings")


async def test_one_place_more_for_somebody_new_keeps_its_reason_on_the_card(chat: Chat) -> None:
    session = await chat.date_of(LADO, DAY, capacity=1, trainer="Tilda Example")
    await chat.send("Bob", "session.book", session=session)
    await chat.send("Tilda", "colleague.ask", session=session)
    said = await chat.press("Tilda", "Book one more", email="new.face@office.example.org", reason="Asked for")
    assert "enter them as New Face?" in said
    assert "Type yes or no" not in said
    assert "New Face" in await chat.press("Tilda", "Yes, go on")


async def test_a_forged_card_books_nobody_for_somebody_who_may_not(chat: Chat) -> None:
    session = await chat.date_of(LADO, DAY)
    for verb in ("colleague.ask", "colleague.book"):
        said = await chat.send("Bob", verb, session=session, email="pat@school.example.org")
        assert said.startswith("Only Designated Safeguarding Leads")
    said = await chat.send("Bob", "colleague.overbook", session=session, email="bob@school.example.org", reason="x")
    assert said.startswith("That is for people with another role")
    assert "Only Designated Safeguarding Leads" in await chat.say("Bob", "book a colleague on the lado course")
    assert "You have nothing booked" in await chat.say("Pat", "my bookings")


async def test_an_address_is_taken_only_where_one_was_asked_for(chat: Chat) -> None:
    assert "could identify somebody" in await chat.say("Alice", "bob@school.example.org")
    session = await chat.date_of(LADO, DAY)
    await chat.send("Alice", "colleague.ask", session=session)
    said = await chat.say("Alice", "bob@school.example.org is worried about Jane Roe")
    assert "is booked" not in said


async def test_a_trainer_lets_one_more_in_with_a_reason(chat: Chat) -> None:
    session = await chat.date_of(LADO, DAY, capacity=1, trainer="Tilda Example")
    await chat.send("Bob", "session.book", session=session)
    await chat.send("Tilda", "colleague.ask", session=session)
    assert "Please say why" in await chat.press("Tilda", "Book one more", email="alice@school.example.org")
    await chat.send("Tilda", "colleague.ask", session=session)
    said = await chat.press("Tilda", "Book one more", email="alice@school.example.org", reason="Asked by the office")
    assert said.startswith("Alice Example is booked on Managing Allegations")
    assert "beyond its capacity of 1" in said


async def test_nobody_is_let_in_by_the_trainer_of_another_session(chat: Chat) -> None:
    session = await chat.date_of(LADO, DAY, capacity=1, trainer="Somebody Else")
    await chat.send("Bob", "session.book", session=session)
    assert "Only Designated Safeguarding Leads" in await chat.send("Tilda", "colleague.ask", session=session)
    who = {"email": "alice@school.example.org", "reason": "Asked by the office"}
    said = await chat.send("Tilda", "colleague.overbook", session=session, **who)
    assert said.startswith("I cannot find that session among yours.")
    assert "You have nothing booked" in await chat.say("Alice", "my bookings")


async def test_a_colleague_goes_instead_by_word_and_by_button(chat: Chat) -> None:
    session = await chat.date_of(LADO, DAY, capacity=1)
    await chat.send("Alice", "session.book", session=session)
    await chat.send("Charlie", "session.book", session=session)
    said = await chat.say("Alice", "cancel")
    assert "A colleague can have your place instead" in said
    said = await chat.say("Alice", "send a colleague instead")
    assert "Who goes instead?" in said
    said = await chat.say("Alice", "1")
    assert said.startswith("Bob Example now has the place on Managing Allegations")
    assert "has that place" in await chat.send("Alice", "substitute.send", booking=1, colleague=3)
    assert "Waiting list, number 1" in await chat.say("Charlie", "my bookings")
    assert "Alice Example has booked you" in (await letters(chat))["Bob"][0]
    assert "cannot find that booking" in await chat.send("Charlie", "substitute.ask", booking=1)
    assert "no booked place there" in await chat.send("Alice", "substitute.ask", booking=1)


# ------------------------------------------------------------------------------------ conditions


async def test_a_clash_names_the_other_course_and_the_day(chat: Chat) -> None:
    await chat.send("Alice", "session.book", session=await chat.date_of(LADO, DAY))
    said = await chat.send("Alice", "session.book", session=await chat.date_of(FORUM, DAY))
    assert said == (
        "You are already booked on Managing Allegations (LADO) at that time (Wednesday 3 February 2027). "
        "Cancel that one first if you would rather have this."
    )


async def test_booking_that_has_closed_says_since_when(chat: Chat) -> None:
    session = await chat.date_of(LADO, date(2027, 1, 18))
    chat.now += timedelta(days=2, hours=20)
    said = await chat.send("Alice", "session.book", session=session)
    assert said.startswith("Booking for that date closed on Friday 15 January 2027.")


async def test_a_session_in_the_past_and_one_that_never_was(chat: Chat) -> None:
    session = await chat.date_of(LADO, date(2027, 1, 14))
    assert "already begun" in await chat.send("Alice", "session.book", session=session)
    assert "cannot find that date" in await chat.send("Alice", "session.book", session=9999)
    assert "out of date" in await chat.send("Alice", "session.book", session="one")
    assert "cannot find that date" in await chat.send("Alice", "colleague.ask", session=9999)


async def test_a_line_manager_agrees_by_button_and_both_see_it(database: Database) -> None:
    chat = await a_chat_with_people(database, manager_approval=True)
    session = await chat.date_of(LADO, DAY, capacity=1)
    said = await chat.send("Alice", "session.book", session=session)
    assert said.startswith("A place on Managing Allegations (LADO)")
    assert "First your line manager has to agree; I have asked." in said
    assert "is held already" in await chat.send("Alice", "session.book", session=session)
    assert "Held until your line manager agrees" in await chat.say("Alice", "my bookings")
    asked = await letters(chat)
    assert "Alice Example would like to go on Managing Allegations" in asked["Pat"][0]

    assert "cannot find that booking" in await chat.send("Alice", "approval.give", booking=1)
    assert "Alice Example is booked on" in await chat.send("Pat", "approval.give", booking=1)
    assert "settled already" in await chat.send("Pat", "approval.refuse", booking=1)
    told = await letters(chat)
    assert "your line manager has agreed" in told["Alice"][0]
    assert "Pat" not in told


async def test_a_line_manager_who_does_not_answer_is_asked_once_more(database: Database) -> None:
    chat = await a_chat_with_people(database, manager_approval=True)
    await chat.send("Alice", "session.book", session=await chat.date_of(LADO, DAY))
    assert len((await letters(chat))["Pat"]) == 1
    for _ in range(3):
        chat.now += timedelta(days=4)
        assert len((await letters(chat))["Pat"]) == 1
    async with chat.database.reading() as work:
        asked = await work.notices.in_states([NoticeState.DUE])
    asked = [one for one in asked if one.kind == APPROVAL_ASKED]
    assert sorted(one.step.partition(":")[0] for one in asked) == ["asked", "reminder"]
    assert "is not booked on" in await chat.send("Pat", "approval.refuse", booking=1)
    assert "has not agreed" in (await letters(chat))["Alice"][0]


async def test_a_line_manager_has_two_working_days_from_the_place_and_not_from_the_queue(database: Database) -> None:
    chat = await a_chat_with_people(database, manager_approval=True)
    session = await chat.date_of(LADO, DAY, capacity=1)
    await chat.send("Bob", "session.book", session=session)
    await chat.send("Alice", "session.book", session=session)
    await letters(chat)
    chat.now += timedelta(days=7)
    await chat.send("Bob", "booking.cancel", booking=1)
    await chat.send("Alice", "offer.accept", booking=2)
    await letters(chat)
    async with chat.database.reading() as work:
        found = await work.notices.in_states([NoticeState.DUE])
    asked = [one.step.partition(":")[0] for one in found if (one.kind, one.subject_id) == (APPROVAL_ASKED, 2)]
    assert asked == ["asked"]


async def test_who_is_moved_while_the_line_manager_thinks_is_not_told_that_they_are_booked(database: Database) -> None:
    chat = await a_chat_with_people(database, manager_approval=True)
    await chat.send("Alice", "session.book", session=await chat.date_of(LADO, DAY))
    there = await chat.date_of(LADO, DAY + timedelta(days=7))
    await chat.send("Mona", verbs.MOVE, session=1, booking=1, to=there)
    told = await letters(chat)
    (moved,) = told["Alice"]
    assert "Wednesday 10 February 2027" in moved
    assert "is held for you until your line manager agrees" in moved
    assert "Wednesday 10 February 2027" in told["Pat"][0]


# ------------------------------------------------------------------------------------ charges


async def test_a_late_cancellation_says_what_it_costs_and_the_manager_waives_it(database: Database) -> None:
    chat = await a_chat_with_people(database, late_cancellation_charged=True)
    session = await chat.date_of(LADO, date(2027, 1, 19))
    await chat.send("Alice", "session.book", session=session)
    chat.now += timedelta(days=3)
    said = await chat.say("Alice", "cancel")
    assert "a charge is due: amount to be confirmed by the partnership office" in said
    await chat.say("Alice", "yes")

    said = await chat.say("Mona", "charges")
    line = (
        "Alice Example, Managing Allegations (LADO), Tuesday 19 January 2027: late cancellation, amount to be confirmed"
    )
    assert line in said
    assert "Please say why" in await chat.press("Mona", "Waive it")
    said = await chat.send("Mona", "charge.waive", charge=1, reason="The boiler broke")
    assert said.startswith("Waived: Alice Example")
    assert "settled already" in await chat.send("Mona", "charge.waive", charge=1, reason="Again")
    assert await chat.say("Mona", "charges due") == "No charges are due."
    for verb in ("charges", "charge.waive"):
        assert "Only the partnership manager" in await chat.send("Alice", verb, charge=1, reason="Please")
    assert "cannot find that charge" in await chat.send("Mona", "charge.waive", charge=77, reason="Gone")


async def test_an_amount_that_is_known_but_not_confirmed_says_so(database: Database) -> None:
    chat = await a_chat_with_people(database, late_cancellation_charged=True, charge="75")
    await chat.send("Alice", "session.book", session=await chat.date_of(LADO, date(2027, 1, 19)))
    chat.now += timedelta(days=3)
    said = await chat.say("Alice", "cancel")
    assert "a charge is due: £75.00 (to be confirmed by the partnership office)" in said


@pytest.mark.parametrize(
    "words", ["how much do i owe", "have I been charged?", "do i have any fees to pay", "my charges"]
)
async def test_everybody_reads_the_charges_for_their_own_places_and_nobody_elses(
    database: Database, words: str
) -> None:
    chat = await a_chat_with_people(database, late_cancellation_charged=True, charge="75")
    session = await chat.date_of(LADO, chat.now.date() + timedelta(days=1))
    await chat.send("Alice", "session.book", session=session)
    await chat.say("Alice", "cancel")
    await chat.say("Alice", "yes")
    said = await chat.say("Alice", words)
    assert "Alice Example, Managing Allegations (LADO)" in said
    assert "£75.00" in said
    assert (await chat.say("Bob", words)).startswith("No charge is recorded for you.")


async def test_who_did_not_come_reads_the_charge_with_its_pence(database: Database) -> None:
    chat = await a_chat_with_people(database, no_show_charged=True, charge="25.5")
    session = await chat.date_of(LADO, date(2027, 1, 19))
    await chat.send("Alice", "session.book", session=session)
    chat.now += timedelta(days=5)
    await chat.send("Mona", verbs.MARK, session=session, b1="false")
    assert "not used without notice: £25.50 (to be confirmed" in (await letters(chat))["Alice"][-1]


# ------------------------------------------------------------------------------------ cancelling


async def test_leaving_the_waiting_list_declining_and_cancelling_are_said_apart(chat: Chat) -> None:
    session = await chat.date_of(LADO, DAY, capacity=1)
    for name in ("Alice", "Bob", "Charlie"):
        await chat.send(name, "session.book", session=session)
    assert "Leave the waiting list for" in await chat.say("Charlie", "cancel")
    assert "off the waiting list" in await chat.say("Charlie", "yes")
    await chat.say("Alice", "cancel")
    assert "Thank you for saying so: it can go to somebody else." in await chat.press("Alice", "Yes, cancel it")
    assert "goes to the next person" in await chat.send("Bob", "offer.decline", booking=2)
    assert "already cancelled" in await chat.send("Bob", "offer.decline", booking=2)


async def test_who_may_still_say_no_at_no_cost_is_not_warned_of_a_late_cancellation(chat: Chat) -> None:
    session = await chat.date_of(LADO, date(2027, 1, 18))
    await chat.send("Alice", "colleague.book", session=session, email="bob@school.example.org")
    assert "late" not in await chat.say("Bob", "cancel")
    assert "counts as a late cancellation" in await chat.say("Alice", "cancel")


async def test_a_session_too_near_to_cancel_freely_says_so_plainly(chat: Chat) -> None:
    await chat.date_of(LADO, date(2027, 1, 18))
    said = await chat.say("Alice", "book the lado course")
    assert "Cancelling now counts as late." in said
    assert "Cancel freely" not in said


async def test_no_keeps_the_place_and_a_strange_number_asks_again(chat: Chat) -> None:
    for course, day in ((LADO, DAY), (FORUM, DAY + timedelta(days=1))):
        await chat.send("Alice", "session.book", session=await chat.date_of(course, day))
    await chat.say("Alice", "cancel")
    assert await chat.say("Alice", "7") == "Which one? Please type a number from 1 to 2."
    assert await chat.say("Alice", "no") == "Nothing has changed. You still have your place."
    assert "- Safeguarding in Education" in await chat.say("Alice", "my bookings")


async def test_a_booked_place_online_brings_its_link_and_nobody_else_gets_it(chat: Chat) -> None:
    session = await chat.date_of(LADO, DAY)
    await chat.say("Alice", "courses on allegations")
    assert "https://example.org/join" not in str(chat.last["Alice"])
    await chat.send("Alice", "session.book", session=session)
    assert "https://example.org/join" in str(chat.last["Alice"])
    await chat.send("Bob", "colleague.ask", session=session)
    assert "https://example.org/join" not in str(chat.last["Bob"])


async def test_the_link_to_join_is_in_the_reminder_and_is_told_to_who_asks_for_it(chat: Chat) -> None:
    await chat.send("Alice", "session.book", session=await chat.date_of(LADO, DAY))
    for words in ("where is the link", "how do i join"):
        said = await chat.say("Alice", words)
        assert "Join here: https://example.org/join" in said
    chat.now += timedelta(days=18)
    reminders = [text for text in (await letters(chat))["Alice"] if "If you cannot come" in text]
    assert reminders
    assert all("Join here: https://example.org/join" in text for text in reminders)


@pytest.mark.parametrize("words", ["no thanks", "i dont want it", "No."])
async def test_a_place_that_somebody_else_booked_is_refused_in_words(chat: Chat, words: str) -> None:
    assert "Cancel your place" not in await chat.say("Charlie", words)
    session = await chat.date_of(LADO, DAY)
    await chat.send("Alice", "colleague.book", session=session, email="bob@school.example.org")
    assert "type no thanks in our chat" in (await letters(chat))["Bob"][0]
    assert "Cancel your place on Managing Allegations" in await chat.say("Bob", words)
    assert "is cancelled" in await chat.say("Bob", "yes")
    assert "Bob Example will not come" in (await letters(chat))["Alice"][0]


async def test_an_online_date_without_a_link_promises_none_with_the_booking(chat: Chat) -> None:
    await chat.date_of(LADO, DAY, link=None)
    assert "the link will follow from the partnership office" in await chat.say("Alice", "book lado")
    said = await chat.say("Alice", "yes")
    assert "the link will follow from the partnership office" in said
    assert "comes with your booking" not in said
    assert "the link will follow" in await chat.say("Alice", "my bookings")
