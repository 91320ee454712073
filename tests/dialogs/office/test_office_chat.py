"""The office and a trainer in chat: everything by role, confirmed before it hurts, and once however often pressed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dialogs.office import verbs
from dialogs.router import VERBS
from dialogs.turn import Turn
from services.errors import DuplicateActivity, ServiceError
from services.model import Session
from tests.dialogs.office.chat import Chat, button, inputs, labels, nodes, publish

FORUM = "Safeguarding in Education Termly Seminar (DSL forum)"


async def book(chat: Chat, *names: str, session: int = 1) -> None:
    for name in names:
        await chat.press(name, "session.book", session=session)


async def test_the_office_card_is_for_the_office(chat: Chat) -> None:
    mine = await chat.say("Morgan", "office")
    assert labels(mine) == ["Sessions", "New session", "Attendance", "Not evaluated in time", "Reports"]
    assert "Learning and development office" not in (await chat.say("Alice", "office")).text


@pytest.mark.parametrize("verb", [verb for name, verb in vars(verbs).items() if name.isupper() and verb in VERBS])
async def test_no_verb_of_the_office_works_for_a_practitioner(chat: Chat, verb: str) -> None:
    await publish(chat)
    refused = await chat.press("Alice", verb, session=1, booking=1, to=1, b1="true", text="Hello", reason="other")
    assert refused.card is None
    assert refused.text.startswith("That is for people with another role")


def test_every_verb_of_the_office_has_a_flow() -> None:
    assert {verb for name, verb in vars(verbs).items() if name.isupper()} <= set(VERBS)


@pytest.mark.parametrize(
    "words",
    [
        "postpone the dsl forum",
        "cancel the forum session",
        "set venue of dsl forum to Example House",
        "call off dsl forum",
    ],
)
async def test_a_session_is_changed_on_its_card_which_words_open(chat: Chat, words: str) -> None:
    await publish(chat)
    shown = await chat.say("Morgan", words)
    assert shown.text.startswith("Change it here")
    assert "Tuesday 16 February 2027" in shown.text
    assert "Cancel the session" in str(labels(shown))
    assert "Change it here" not in (await chat.say("Alice", words)).text
    await publish(chat, day="2027-03-16")
    await chat.say("Morgan", words)
    assert "Tuesday 16 March 2027" in (await chat.say("Morgan", "2")).text


async def test_a_session_is_published_once_and_can_be_booked(chat: Chat) -> None:
    first, again = await publish(chat), await publish(chat)
    assert first.text.startswith("The session is published.")
    assert again.text.startswith("That session is published already.")
    await book(chat, "Alice")
    listed = await chat.say("Morgan", "sessions")
    assert "1 of 20 places taken. Below the minimum." in listed.text
    opened = await chat.press("Morgan", **button(listed, "Open"))
    assert "(to be confirmed by the partnership office)" in opened.text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"day": "soon"}, "I could not read that date"),
        ({"starts": "half nine"}, "I could not read that time"),
        ({"day": "2026-01-01"}, "That is in the past"),
        ({"course": "nothing"}, "Please choose the course"),
        ({"capacity": "many"}, "Please give the number of places"),
        ({"link": "http://example.org"}, "must begin with https://"),
    ],
)
async def test_a_form_filled_in_wrongly_says_what_to_do(chat: Chat, values: dict[str, str], words: str) -> None:
    refused = await publish(chat, **values)
    assert words in refused.text
    assert "No session is coming up" in (await chat.say("Morgan", "sessions")).text


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2027-12-27", "Monday 27 December 2027 is a bank holiday"),
        ("2027-01-16", "Saturday 16 January 2027 is at the weekend"),
    ],
)
async def test_a_day_when_offices_are_closed_is_read_back_before_it_is_published(
    chat: Chat, day: str, words: str
) -> None:
    asked = await publish(chat, day, venue="Civic Centre", link="", trainer="Tilda")
    assert asked.text.startswith(words)
    assert "No session is coming up" in (await chat.say("Morgan", "sessions")).text
    assert (await chat.press("Morgan", **button(asked, "Yes, publish it"))).text.startswith("The session is published.")
    assert "Civic Centre" in (await chat.say("Alice", "courses")).text


async def test_a_list_of_sessions_goes_on_where_the_page_ended(chat: Chat) -> None:
    for day in range(1, 8):
        await publish(chat, f"2027-03-0{day}", sure="yes")
    first = await chat.press("Morgan", verbs.SESSIONS)
    second = await chat.press("Morgan", **button(first, "Later ones"))
    assert (first.text.count(FORUM), second.text.count(FORUM)) == (5, 2)
    assert "Saturday 6 March" in second.text
    opened = await chat.say("Morgan", "1")
    assert "Saturday 6 March" in opened.text
    assert "People and messages" in labels(opened)
    forged = await chat.press("Morgan", verbs.SESSIONS, after="2027-03-01T00:00:00|1 OR 1=1")
    assert forged.text == first.text


async def test_a_session_that_has_begun_is_none_to_come(chat: Chat) -> None:
    for day in ("2027-02-16", "2027-02-17"):
        await publish(chat, day)
    chat.now = datetime(2027, 2, 16, 9, 29, tzinfo=UTC)
    assert "1. " + FORUM + ", Tuesday 16 February" in (await chat.say("Morgan", "sessions")).text
    chat.now = datetime(2027, 2, 16, 9, 30, tzinfo=UTC)
    under_way = (await chat.say("Morgan", "sessions")).text
    assert "1. " + FORUM + ", Wednesday 17 February" in under_way
    assert "Tuesday 16 February" not in under_way


async def test_a_changed_session_tells_everybody_and_their_calendars_once(chat: Chat) -> None:
    await publish(chat)
    await book(chat, "Alice")
    await chat.sweep()
    form = await chat.press("Morgan", verbs.EDIT, session=1)
    assert (inputs(form)["day"], inputs(form)["starts"]) == ("2027-02-16", "09:30")
    save = {**inputs(form), **button(form, "Save and tell everybody"), "starts": "10:00"}
    assert "People who will be told now: 1." in (await chat.press("Morgan", **save)).text
    assert "nobody was told" in (await chat.press("Morgan", **save)).text
    await chat.sweep()
    (message,) = chat.messenger.to("Alice")
    assert "It is now Tuesday 16 February 2027, 10am to 12.30pm, online" in message.text
    assert "has changed: it was to be on Tuesday 16 February 2027, 9.30am to 12.30pm." in message.text
    assert "joining link" not in message.text.split("If you cannot")[0]
    sequences = [mail.attachments[0].content.split(b"SEQUENCE:")[1][:1] for mail in chat.mailer.to("Alice")]
    assert sequences == [b"0", b"1"]


async def test_more_places_go_to_who_waits_and_fewer_than_are_taken_are_refused(chat: Chat) -> None:
    await publish(chat, capacity="1")
    await book(chat, "Alice", "Bob")
    form = await chat.press("Morgan", verbs.EDIT, session=1)
    save = {**inputs(form), **button(form, "Save and tell everybody")}
    raised = await chat.press("Morgan", **{**save, "capacity": "2"})
    assert "It has 2 places now, instead of 1" in raised.text
    assert "1 offered a place" in raised.text
    refused = await chat.press("Morgan", **{**save, "capacity": "1", "starts": "10:00"})
    assert "Places taken: 2." in refused.text
    assert "9.30am" in (await chat.press("Morgan", verbs.SESSION, session=1)).text


async def test_a_refusal_leaves_nothing_of_the_press_behind(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    await publish(chat)
    await book(chat, "Alice")
    await chat.sweep()
    told = len(chat.messenger.to("Alice"))
    form = await chat.press("Morgan", verbs.EDIT, session=1)
    save = {**inputs(form), **button(form, "Save and tell everybody"), "starts": "10:00"}
    monkeypatch.setattr("dialogs.office.planning._resized", refuse)
    refused = await chat.press("Morgan", **save)
    assert refused.text.endswith("Nothing has changed.")
    monkeypatch.undo()
    assert "9.30am" in (await chat.press("Morgan", verbs.SESSION, session=1)).text
    await chat.sweep()
    assert len(chat.messenger.to("Alice")) == told
    with pytest.raises(DuplicateActivity):
        await chat.again("Morgan", **save)
    assert "10am" in (await chat.press("Morgan", **save)).text


async def refuse(turn: Turn, session: Session) -> Session:
    raise ServiceError("capacity-impossible", most=1)


@pytest.mark.parametrize("places", ["1001", "5000"])
async def test_a_session_can_be_given_as_many_places_as_it_can_be_made_with(chat: Chat, places: str) -> None:
    await publish(chat)
    form = await chat.press("Morgan", verbs.EDIT, session=1)
    save = {**inputs(form), **button(form, "Save and tell everybody"), "starts": "10:00"}
    changed = await chat.press("Morgan", **{**save, "capacity": places})
    assert f"It has {places} places now" in changed.text
    refused = await chat.press("Morgan", **{**save, "capacity": "5001", "starts": "11:00"})
    assert refused.text == "A session can have from 0 to 5,000 places. Nothing has changed."
    assert "10am" in (await chat.press("Morgan", verbs.SESSION, session=1)).text


async def test_an_extended_session_can_be_booked_on_its_last_day(chat: Chat) -> None:
    await publish(chat)
    chat.now += timedelta(days=32, hours=-1)
    assert "You are booked" not in (await chat.press("Alice", "session.book", session=1)).text
    await chat.press("Morgan", verbs.EXTEND, session=1)
    assert "You are booked" in (await chat.press("Alice", "session.book", session=1)).text


async def test_cancelling_asks_first_wants_a_reason_and_offers_the_next_date(chat: Chat) -> None:
    await publish(chat)
    await publish(chat, "2027-05-18")
    await book(chat, "Alice", "Bob")
    await chat.sweep()
    sure = await chat.press("Morgan", verbs.CALL_OFF_ASK, session=1)
    assert "told at once, with the next date of the course: 2" in sure.text
    yes = button(sure, "Yes, cancel the session")
    assert "Please choose why" in (await chat.press("Morgan", **yes)).text
    done = await chat.press("Morgan", **yes, reason="weather")
    assert "The session is cancelled (weather). People who will be told now: 2." in done.text
    assert "cancelled already" in (await chat.press("Morgan", **yes, reason="other")).text
    await chat.sweep()
    (told,) = chat.messenger.to("Alice")
    assert "there is no charge. The next date is Tuesday 18 May 2027" in told.text
    order = told.text.split("For a place on it, type ")[1].split(" in our chat")[0]
    assert "To book it for yourself, type yes" in (await chat.say("Bob", order)).text
    assert "Tuesday 18 May 2027" in (await chat.say("Bob", "yes")).text
    (press,) = [node for node in nodes(told.card) if node.get("type") == "Action.Execute"]
    again = await chat.press("Alice", press["verb"], **press["data"])
    assert "You are booked" in again.text
    report = await chat.say("Morgan", "report cancelled-events")
    assert "Weather: 1" in report.text


async def test_one_person_is_moved_and_told(chat: Chat) -> None:
    await publish(chat)
    await publish(chat, "2027-05-18")
    await book(chat, "Alice", "Bob")
    people = await chat.press("Morgan", verbs.DELEGATES, session=1)
    press = {**button(people, "Move them"), "booking": "2", "to": "2"}
    assert "Bob is moved to Tuesday 18 May 2027" in (await chat.press("Morgan", **press)).text
    assert "Bob is moved" in (await chat.press("Morgan", **press)).text
    await chat.sweep()
    assert [message.summary for message in chat.messenger.to("Bob")] == [f"Your new date: {FORUM}"]
    assert "Nothing has changed" not in (await chat.say("Bob", "my bookings")).text


async def test_a_message_is_screened_and_sent_once(chat: Chat) -> None:
    await publish(chat)
    await book(chat, "Alice")
    people = await chat.press("Morgan", verbs.DELEGATES, session=1)
    send = button(people, "Send")
    refused = await chat.press("Morgan", **send, text="Ask about Jane Roe, NHS number 943 476 5919")
    assert "I have kept nothing" in refused.text
    assert "943" not in refused.text
    for _ in range(2):
        await chat.press("Morgan", **send, text="Please bring a laptop.", at_once="true")
    await chat.sweep()
    assert sum("Please bring a laptop." in message.text for message in chat.messenger.to("Alice")) == 1


async def test_the_list_comes_by_mail_without_formulas(chat: Chat) -> None:
    await publish(chat)
    async with chat.database.work() as work:
        found = await work.people.by_email("alice@example.org")
        assert found is not None
        await work.people.change(found.id, name="=HYPERLINK(1)")
        await work.commit()
    await book(chat, "Alice")
    await chat.press("Morgan", verbs.EXPORT, session=1)
    await chat.sweep()
    (mail,) = chat.mailer.to("Morgan")
    content = mail.attachments[0].content.decode("utf-8-sig")
    assert content.splitlines()[1].startswith("'=HYPERLINK(1),,alice@example.org,booked,")


async def test_too_few_booked_warns_the_office_in_time_with_one_tap_choices(chat: Chat) -> None:
    await publish(chat)
    chat.now += timedelta(days=16)
    await chat.sweep()
    assert chat.messenger.to("Morgan") == []
    chat.now += timedelta(days=2)
    await chat.sweep()
    (warning,) = chat.messenger.to("Morgan")
    titles = [node["title"] for node in nodes(warning.card) if node.get("type") == "Action.Execute"]
    assert titles == ["Promote it", "Keep booking open", "Cancel the session"]
    assert "fewer than the minimum of 5 (to be confirmed by the partnership office)" in warning.text
    await chat.sweep()
    assert len(chat.messenger.to("Morgan")) == 1


async def test_the_trainer_marks_the_register_in_one_card_and_everybody_hears_what_follows(chat: Chat) -> None:
    await publish(chat)
    await book(chat, "Alice", "Bob")
    assert "no session" in (await chat.say("Tilda", "attendance")).text
    chat.now += timedelta(days=32, hours=2)
    register = await chat.press("Tilda", **button(await chat.say("Tilda", "attendance"), "Mark attendance"))
    await chat.say("Tilda", "attendance")
    assert (await chat.say("Tilda", "1")).text == register.text, "a number opens what it stands for"
    assert [value for key, value in inputs(register).items() if key.startswith("b")] == ["true", "true"]
    saved = await chat.press("Tilda", **{**inputs(register), **button(register, "Save"), "b2": "false"})
    assert saved.text.startswith("Saved: 1 attended, 1 did not.")
    chat.now += timedelta(days=1)
    await chat.sweep()
    missed = chat.messenger.to("Bob")[-1].text
    assert "recorded as not having come" in missed
    assert "not used without notice: amount to be confirmed by the partnership office" in missed
    assert "course evaluation" in chat.messenger.to("Alice")[-1].text


async def test_a_long_register_is_saved_page_by_page(chat: Chat) -> None:
    await publish(chat, capacity="200")
    async with chat.database.work() as work:
        for number in range(130):
            person = await work.people.add(name=f"Delegate with a rather long invented name {number}")
            await work.bookings.add(session_id=1, person_id=person, state="booked", booked_at=chat.now)
        await work.commit()
    chat.now += timedelta(days=32, hours=2)
    page = await chat.press("Tilda", verbs.REGISTER, session=1)
    sizes = []
    for _ in range(2):
        sizes.append(sum(key.startswith("b") for key in inputs(page)))
        page = await chat.press("Tilda", **{**inputs(page), **button(page, "Save and show the next page")})
    assert "Not marked yet: 10." in page.text
    saved = await chat.press("Tilda", **{**inputs(page), **button(page, "Save")})
    assert sizes == [60, 60]
    assert saved.text.startswith("Saved: 130 attended, 0 did not.")


async def test_from_the_impact_evaluation_to_a_certificate_that_the_office_can_verify(chat: Chat) -> None:
    await publish(chat)
    await book(chat, "Alice")
    chat.now += timedelta(days=32, hours=2)
    register = await chat.press("Tilda", verbs.REGISTER, session=1)
    await chat.press("Tilda", **{**inputs(register), **button(register, "Save")})
    chat.now += timedelta(days=43)
    await chat.sweep()
    form = await chat.press("Alice", "evaluation.open", evaluation=2)
    assert "(to be confirmed by the partnership office)" in form.text
    snoozed = await chat.press("Alice", **button(form, "Remind me in a week"))
    assert "I will remind you on" in snoozed.text
    sent = await chat.press("Alice", **{**button(form, "Send"), "used": "The checklist"})
    assert "Your line manager will be asked for a short comment next." in sent.text
    chat.now += timedelta(days=2)
    await chat.sweep()
    assert "As line manager, have you seen a difference?" in chat.messenger.to("Bob")[-1].text
    comment = await chat.say("Bob", "evaluate")
    await chat.press("Bob", **{**button(comment, "Send"), "manager-seen": "Yes, clearly"})
    await chat.sweep()
    letter = chat.mailer.to("Alice")[-1]
    assert letter.attachments[0].content.startswith(b"%PDF-")
    mine = await chat.say("Alice", "my certificates")
    for words in ("certificate", "download certificate", "where can I get a copy of my certificate?"):
        assert (await chat.say("Alice", words)).text == mine.text
        assert "Your certificates" not in (await chat.say("Bob", words)).text
    number = mine.text.split("Number ")[1].split(".")[0]
    assert number in chat.messenger.to("Alice")[-1].text
    genuine = await chat.say("Morgan", f"verify certificate {number.lower()}")
    assert genuine.text.startswith(f"{number} is genuine: issued to Alice")
    mistyped = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
    assert "last two digits do not fit" in (await chat.say("Morgan", f"verify certificate {mistyped}")).text
    assert "another role" in (await chat.say("Alice", f"verify certificate {number}")).text


async def test_a_snoozed_form_is_asked_for_again_after_the_week_and_not_before(chat: Chat) -> None:
    await publish(chat)
    await book(chat, "Alice")
    chat.now += timedelta(days=32, hours=2)
    register = await chat.press("Tilda", verbs.REGISTER, session=1)
    await chat.press("Tilda", **{**inputs(register), **button(register, "Save")})
    chat.now += timedelta(days=1)
    await chat.sweep()
    await chat.press("Alice", "evaluation.snooze", evaluation=1)
    before = len(chat.messenger.to("Alice"))
    chat.now += timedelta(days=6)
    await chat.sweep()
    assert len(chat.messenger.to("Alice")) == before
    chat.now += timedelta(days=1)
    await chat.sweep()
    assert "You asked me to remind you" in chat.messenger.to("Alice")[-1].text


async def test_who_never_evaluated_is_on_the_managers_list_after_eight_weeks(chat: Chat) -> None:
    await publish(chat)
    await book(chat, "Alice")
    chat.now += timedelta(days=32, hours=2)
    register = await chat.press("Tilda", verbs.REGISTER, session=1)
    await chat.press("Tilda", **{**inputs(register), **button(register, "Save")})
    assert "Everybody who attended" in (await chat.press("Morgan", verbs.MISSING)).text
    chat.now += timedelta(weeks=9)
    await chat.sweep()
    assert any("0 of 1 people who attended answered" in message.text for message in chat.messenger.to("Morgan"))
    listed = await chat.press("Morgan", verbs.MISSING)
    assert "0 of 1 (0%)" in listed.text
    assert "Alice" in listed.text


async def test_a_full_session_is_not_called_too_empty_however_small_it_is(chat: Chat) -> None:
    await publish(chat, capacity="2")
    await book(chat, "Alice", "Bob")
    listed = (await chat.say("Morgan", "sessions")).text
    assert "2 of 2 places taken." in listed
    assert "Below the minimum" not in listed


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        ("new session", "A new session needs its card"),
        ("not evaluated", "Everybody who attended"),
        ("report nonsense", "Which report?"),
        ("verify certificate", "Please add its number"),
        ("verify certificate 12345", "That is not one of our numbers"),
        ("verify certificate HSP", "That is not one of our numbers"),
    ],
)
async def test_the_office_is_understood_in_words(chat: Chat, words: str, answered: str) -> None:
    assert (await chat.say("Morgan", words)).text.startswith(answered)


async def test_who_is_not_of_the_office_is_told_so_and_whom_to_ask(chat: Chat) -> None:
    assert "another role" in (await chat.say("Tilda", "office")).text
    assert "ask them for the one you need" in (await chat.say("Tilda", "report training")).text


@pytest.mark.parametrize(
    ("name", "listed", "hidden"),
    [
        ("Alice", ["waiting list", "my questions"], ["attendance", "digest"]),
        ("Tilda", ["attendance: mark who came"], ["digest"]),
        ("Morgan", ["attendance", "digest, forward plan", "actions, overdue", "open questions"], []),
        ("Stranger", [], ["my questions", "digest"]),
    ],
)
async def test_help_names_what_this_person_may_type(
    chat: Chat, name: str, listed: list[str], hidden: list[str]
) -> None:
    said = (await chat.say(name, "help")).text
    assert [words for words in listed if words not in said] == []
    assert [words for words in hidden if words in said] == []
