"""A challenge from logging to impact, in words and by buttons, and what the partnership manager sees."""

from __future__ import annotations

import pytest

from services.model import ChallengeOutcome, ChallengeState, Person, Place, Role
from services.work import Database
from tests.dialogs.guidance.escalation_chat import FIELDS, Chat, buttons


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


@pytest.fixture
async def alice(chat: Chat) -> Person:
    return await chat.person("Alice", agency="secondary-school", roles=[Role.DSL])


@pytest.fixture
async def morgan(chat: Chat) -> Person:
    return await chat.person("Morgan", agency="children-services", roles=[Role.MANAGER])


async def test_from_the_question_to_the_impact_in_words(chat: Chat, alice: Person) -> None:
    answered = await chat.say("Alice", "MASH said no further action on Tuesday, what now and by when?")
    assert "log a challenge" in answered.text

    asked = await chat.say("Alice", "log a challenge")
    assert asked.text.startswith("If anyone is in danger now")
    assert "no child and no family belongs in it" in asked.text
    assert "Which agency made the decision" in asked.text

    assert "What is it about?" in (await chat.say("Alice", "the MASH")).text
    assert "anything to add" in (await chat.say("Alice", "1")).text
    read_back = await chat.say("Alice", "skip")
    assert "Secondary school disagrees with Children's Services: a threshold decision." in read_back.text
    assert "You disagreed on Tuesday 24 November 2026" in read_back.text
    assert await chat.challenges() == []
    logged = await chat.say("Alice", "yes")
    assert "logged as C-1" in logged.text
    assert "Secondary school disagrees with Children's Services" in logged.text
    assert "to be answered by Tuesday 1 December 2026, in 4 working days" in logged.text
    assert "still to be confirmed by the partnership office" in logged.text

    assert "C-1" in (await chat.say("Alice", "my challenges")).text
    assert "next stage" in (await chat.say("Alice", "1")).text
    asked = await chat.say("Alice", "next stage")
    assert "Move C-1 to stage 2, First-line managers, from today, Wednesday 25 November 2026?" in asked.text
    moved = await chat.say("Alice", "yes")
    assert "Stage 2, First-line managers: to be answered by Wednesday 2 December 2026" in moved.text

    assert "1. The decision was changed" in (await chat.say("Alice", "outcome")).text
    settled = await chat.say("Alice", "1 they looked again")
    assert "What difference did C-1 make" in settled.text
    assert "close the challenge?" in (await chat.say("Alice", "A strategy meeting was held within a day")).text
    closed = await chat.say("Alice", "yes")
    assert "the challenge is closed" in closed.text

    assert "How it ended: they looked again\nImpact: A strategy meeting was held within a day" in closed.text
    (challenge,) = await chat.challenges()
    assert (challenge.state, challenge.outcome_note) == (ChallengeState.CLOSED, "they looked again")
    assert challenge.impact == "A strategy meeting was held within a day"
    assert "no open challenge" in (await chat.say("Alice", "my challenges")).text


async def test_the_same_by_buttons(chat: Chat, alice: Person) -> None:
    form = await chat.press("Alice", "challenge.log-ask", stage=1, since="2026-11-24")
    assert form.card is not None
    assert "'value': 'secondary-school'" in str(form.card)
    assert "'value': '2026-11-24'" in str(form.card)
    (send,) = [one for one in buttons(form) if one["verb"] == "challenge.log"]
    data = send["data"]
    assert isinstance(data, dict)

    logged = await chat.press("Alice", "challenge.log", **{**FIELDS, **data})
    again = await chat.press("Alice", "challenge.log", **{**FIELDS, **data})
    assert "logged as C-1" in logged.text
    assert "logged already, as C-1" in again.text

    opened = await chat.press("Alice", "challenge.open", challenge=1)
    assert [one["title"] for one in buttons(opened)] == ["Settle it", "Move it", "My challenges"]
    for _ in range(2):
        moved = await chat.press("Alice", "challenge.next", challenge=1, stage=1)
        assert "Stage 2" in moved.text
    settled = await chat.press("Alice", "challenge.settle", challenge=1, outcome="decision-stands", note="")
    assert "Record the impact" in str(settled.card)
    assert [one["title"] for one in buttons(settled)] == ["Close the challenge", "My challenges"]
    closed = await chat.press("Alice", "challenge.impact", challenge=1, impact="We understand the reasons now.")
    assert "closed" in closed.text
    assert [one["title"] for one in buttons(closed)] == ["My challenges"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"other": ""}, "Please choose both agencies"),
        ({"subject": "Fish"}, "Please choose what it is about"),
        ({"stage": ""}, "Please choose one of the stages"),
        ({"since": "2026-11-26"}, "a day up to today"),
        ({"since": ""}, "a day up to today"),
        ({"note": "Jane Roe, NHS number 943 476 5919"}, "could identify somebody"),
    ],
)
async def test_a_form_with_a_mistake_comes_back_with_what_was_chosen_and_without_the_note(
    chat: Chat, alice: Person, change: dict[str, str], says: str
) -> None:
    reply = await chat.press("Alice", "challenge.log", **{**FIELDS, **change})

    assert says in reply.text
    assert "'value': 'secondary-school'" in str(reply.card)
    assert "Roe" not in reply.text + str(reply.card)
    assert await chat.challenges() == []
    assert "Roe" not in str(await chat.flow("Alice"))


async def test_identifiers_typed_into_the_words_flow_are_refused_and_the_question_stands(
    chat: Chat, alice: Person
) -> None:
    for words in ("log a challenge", "police", "1", "tuesday", "1"):
        reply = await chat.say("Alice", words)
    assert "anything to add" in reply.text

    refused = await chat.say("Alice", "It was about Jane Roe, NHS number 943 476 5919")
    assert "could identify somebody" in refused.text
    assert await chat.challenges() == []

    assert "“they shared nothing with us”" in (await chat.say("Alice", "they shared nothing with us")).text
    assert "logged as C-1" in (await chat.say("Alice", "yes")).text


async def test_an_agency_with_several_names_is_asked_about_and_an_unknown_one_asked_for_again(
    chat: Chat, alice: Person
) -> None:
    await chat.say("Alice", "log a challenge")

    assert "I do not know that agency" in (await chat.say("Alice", "the moon")).text
    assert "I do not know that agency" in (await chat.say("Alice", "they changed their mind")).text
    assert "1. Primary school" in (await chat.say("Alice", "school")).text
    assert "Which stage" in (await chat.say("Alice", "2")).text
    assert "does not fit" in (await chat.say("Alice", "9")).text
    assert "On which day did the previous stage end?" in (await chat.say("Alice", "2")).text
    assert "could not read a day" in (await chat.say("Alice", "a while back")).text
    assert "No challenge was logged" in (await chat.say("Alice", "stop")).text
    assert await chat.flow("Alice") == {}


async def test_somebody_without_an_agency_is_asked_for_it_first(chat: Chat) -> None:
    await chat.person("Alice")

    assert "your own agency" in (await chat.say("Alice", "log a challenge")).text
    assert "Which agency made the decision" in (await chat.say("Alice", "camhs")).text


async def test_later_is_an_answer_and_a_command_is_a_command(chat: Chat, alice: Person) -> None:
    await chat.press("Alice", "challenge.log", **FIELDS)
    await chat.press("Alice", "challenge.settle", challenge=1, outcome="withdrawn")

    assert "nothing booked" in (await chat.say("Alice", "my bookings")).text
    await chat.press("Alice", "challenge.open", challenge=1)
    assert "ask you again" in (await chat.say("Alice", "later")).text

    (challenge,) = await chat.challenges()
    assert challenge.impact is None


async def test_a_day_may_be_named_when_moving_on(chat: Chat, alice: Person) -> None:
    await chat.press("Alice", "challenge.log", **{**FIELDS, "since": "2026-11-18"})
    await chat.press("Alice", "challenge.open", challenge=1)

    moved = await chat.say("Alice", "next stage since Monday")

    assert "Monday 30 November 2026" in moved.text


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("yes", "Wednesday 2 December 2026"),
        ("yes, move it", "Wednesday 2 December 2026"),
        ("Monday", "Monday 30 November 2026"),
        ("yes, from 23 November", "Monday 30 November 2026"),
    ],
)
async def test_the_day_is_confirmed_before_a_challenge_moves(chat: Chat, alice: Person, words: str, says: str) -> None:
    await chat.press("Alice", "challenge.log", **{**FIELDS, "since": "2026-11-18"})
    await chat.say("Alice", "C-1")
    assert "Type yes, or the day" in (await chat.say("Alice", "next stage")).text
    assert "Move C-1 to stage 2" in (await chat.say("Alice", "what is stage 2")).text
    assert "could not read a day" in (await chat.say("Alice", "a while back")).text
    (challenge,) = await chat.challenges()
    assert challenge.stage == 1
    moved = (await chat.say("Alice", words)).text
    assert "moved to stage 2" in moved
    assert says in moved


async def test_no_moves_nothing_and_a_card_takes_a_day_too(chat: Chat, alice: Person) -> None:
    await chat.press("Alice", "challenge.log", **{**FIELDS, "since": "2026-11-18"})
    await chat.say("Alice", "C-1")
    await chat.say("Alice", "next stage")
    assert "Nothing has changed" in (await chat.say("Alice", "no")).text
    for day in ("2026-11-27", "2026-11-10"):
        said = (await chat.press("Alice", "challenge.next", challenge=1, stage=1, on=day)).text
        assert "a day up to today" in said
    moved = await chat.press("Alice", "challenge.next", challenge=1, stage=1, on="2026-11-23")
    assert "Monday 30 November 2026" in moved.text


async def test_others_cannot_see_or_change_it_and_strangers_cannot_log(chat: Chat, alice: Person) -> None:
    await chat.press("Alice", "challenge.log", **FIELDS)
    await chat.person("Charlie", roles=[Role.DSL])

    for verb in ("open", "next", "settle", "impact"):
        data = {"challenge": 1, "stage": 1, "outcome": "withdrawn", "impact": "None."}
        assert "I cannot find that challenge" in (await chat.press("Charlie", f"challenge.{verb}", **data)).text
    assert "no open challenge" in (await chat.say("Charlie", "challenges")).text
    assert "does not know you" in (await chat.press("Mallory", "challenge.log", **FIELDS)).text
    assert "does not know you" in (await chat.say("Mallory", "log a challenge")).text
    (challenge,) = await chat.challenges()
    assert challenge.state is ChallengeState.OPEN


async def test_the_manager_sees_open_late_and_counts_and_may_end_one(chat: Chat, alice: Person, morgan: Person) -> None:
    await chat.press("Alice", "challenge.log", **FIELDS)
    await chat.press("Alice", "challenge.log", **{**FIELDS, "form": "2", "since": "2026-11-10"})
    await chat.press("Alice", "challenge.log", **{**FIELDS, "form": "3", "other": "met-police-nw", "stage": "2"})
    await chat.press("Alice", "challenge.settle", challenge=3, outcome="withdrawn")

    shown = await chat.say("Morgan", "challenges")

    assert shown.text.startswith("Challenges: 2 open, 1 late, 1 without their impact")
    assert "By stage: stage 1 2" in shown.text
    assert "By agency that raised it: Secondary school 2" in shown.text
    assert "By agency that was challenged: Children's Services 2" in shown.text
    assert "By subject: A threshold decision 2" in shown.text
    assert shown.text.index("C-2") < shown.text.index("C-1") < shown.text.index("C-3")
    assert "late. It was to be answered by Tuesday 17 November 2026, 8 days ago" in shown.text

    late = await chat.say("Morgan", "late challenges")
    assert late.text.startswith("Late challenges (1)")
    assert "C-1:" not in late.text
    await chat.say("Morgan", "1")
    assert "How did C-2 end?" in (await chat.say("Morgan", "outcome")).text
    assert "What difference" in (await chat.say("Morgan", "3")).text
    assert "No challenge is late" in (await chat.say("Morgan", "late challenges")).text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("which challenges are late", "Late challenges (1)"),
        ("challenges by subject", "Challenges: 1 open, 1 late"),
    ],
)
async def test_what_the_manager_asks_of_the_log_is_answered_from_it(
    chat: Chat, alice: Person, morgan: Person, words: str, told: str
) -> None:
    await chat.press("Alice", "challenge.log", **{**FIELDS, "since": "2026-11-10"})
    said = (await chat.say("Morgan", words)).text
    assert said.startswith(told)
    assert "C-1" in said


async def test_a_manager_who_asks_for_their_own_gets_their_own(chat: Chat, alice: Person, morgan: Person) -> None:
    await chat.press("Alice", "challenge.log", **FIELDS)

    assert "no open challenge" in (await chat.say("Morgan", "my challenges")).text


async def test_many_challenges_fit_into_one_card(chat: Chat, alice: Person, morgan: Person) -> None:
    for number in range(8):
        await chat.press("Alice", "challenge.log", **{**FIELDS, "form": str(number)})

    shown = await chat.say("Morgan", "challenges")

    assert "And 3 more." in shown.text


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("log a challenge with health", "Log a challenge"),
        ("record a disagreement", "Log a challenge"),
        ("raise a challenge with social care", "Log a challenge"),
        ("show my escalations", "Your challenges"),
        ("record the outcome of my escalation", "Your challenges"),
        ("close my challenge", "Your challenges"),
        ("move it to the next stage", "Move C-1 to stage 2"),
        ("challenges", "Your challenges"),
        ("open challenges", "Your challenges"),
        ("start escalation", "Which stage are you at?"),
        ("i want to escalate a decision", "Which stage are you at?"),
        ("escalate to stage 2", "Move C-1 to stage 2"),
    ],
)
async def test_people_ask_in_many_words(chat: Chat, alice: Person, words: str, says: str) -> None:
    await chat.press("Alice", "challenge.log", **FIELDS)

    assert says in (await chat.say("Alice", words)).text


async def test_nothing_of_it_is_shown_outside_a_personal_chat(chat: Chat, alice: Person) -> None:
    await chat.press("Alice", "challenge.log", **FIELDS)

    for words in ("challenges", "my challenges", "C-1"):
        assert "about you personally" in (await chat.say("Alice", words, place=Place.CHANNEL)).text
    for words in ("log a challenge", "ask a person", "ask a person: who signs the form"):
        said = (await chat.say("Alice", words, place=Place.CHANNEL)).text
        assert "I do that only in our own chat, where nobody else reads along" in said
    pressed = await chat.press_in_channel("Alice", "challenge.open", challenge=1)
    assert "our own chat" in pressed.text


async def test_a_forged_outcome_or_number_changes_nothing(chat: Chat, alice: Person) -> None:
    await chat.press("Alice", "challenge.log", **FIELDS)

    assert "choose how it ended" in (await chat.press("Alice", "challenge.settle", challenge=1, outcome="won")).text
    assert "out of date" in (await chat.press("Alice", "challenge.open", challenge="1; drop")).text
    assert "This is the last stage" not in (await chat.press("Alice", "challenge.next", challenge=1, stage=4)).text
    (challenge,) = await chat.challenges()
    assert (challenge.stage, challenge.state) == (1, ChallengeState.OPEN)


async def test_a_challenge_opens_by_its_number(chat: Chat, alice: Person) -> None:
    await chat.press("Alice", "challenge.log", **FIELDS)
    for words in ("C-1", "open challenge c-1"):
        said = (await chat.say("Alice", words)).text
        assert said.startswith("C-1: A threshold decision.")
        assert "Type “next stage” if" in said
    assert "How did C-1 end?" in (await chat.say("Alice", "outcome of C-1")).text
    assert "cannot find that challenge" in (await chat.say("Alice", "C-9")).text


@pytest.mark.parametrize("words", ["what is level 2", "who is the lado", "how to make a referral", "help"])
async def test_a_question_in_mid_form_is_answered_and_no_impact(chat: Chat, alice: Person, words: str) -> None:
    await chat.press("Alice", "challenge.log", **FIELDS)
    await chat.press("Alice", "challenge.settle", challenge=1, outcome="withdrawn")
    said = (await chat.say("Alice", words)).text
    assert "is recorded" not in said
    assert "What difference did C-1 make" in said.splitlines()[-1]
    (challenge,) = await chat.challenges()
    assert challenge.impact is None
    asked = await chat.say("Alice", "Both sides know what level 2 and early help are now")
    assert "close the challenge?" in asked.text


async def test_a_question_while_logging_is_answered_and_the_form_goes_on(chat: Chat, alice: Person) -> None:
    await chat.say("Alice", "log a challenge")
    for words, question in (
        ("what does the mash do?", "Which agency made the decision"),
        ("the MASH", "Which stage is it at?"),
        ("what is stage 2", "Which stage is it at?"),
        ("1", "On which day did you disagree?"),
        ("yesterday", "What is it about?"),
        ("1", "anything to add"),
        ("what is level 3", "anything to add"),
    ):
        assert question in (await chat.say("Alice", words)).text
    assert await chat.challenges() == []
    assert "This is what I will log" in (await chat.say("Alice", "they say it is level 2 and not level 3")).text
    assert "This is what I will log" in (await chat.say("Alice", "what is level 3")).text
    assert "logged as C-1" in (await chat.say("Alice", "yes")).text
    (challenge,) = await chat.challenges()
    assert (challenge.stage, challenge.note) == (1, "they say it is level 2 and not level 3")


async def test_a_question_about_an_open_challenge_moves_nothing(chat: Chat, alice: Person) -> None:
    await chat.press("Alice", "challenge.log", **FIELDS)
    await chat.say("Alice", "C-1")
    assert "Type “next stage” if" in (await chat.say("Alice", "what is stage 2")).text.splitlines()[-1]
    assert "How did C-1 end?" in (await chat.say("Alice", "outcome")).text
    assert "How did C-1 end?" in (await chat.say("Alice", "what is level 3")).text
    (challenge,) = await chat.challenges()
    assert (challenge.stage, challenge.state) == (1, ChallengeState.OPEN)


@pytest.mark.parametrize("words", ["1", "the decision was changed", "The decision was changed, after a talk", "first"])
async def test_an_outcome_is_taken_by_its_number_and_by_its_words(chat: Chat, alice: Person, words: str) -> None:
    await chat.press("Alice", "challenge.log", **FIELDS)
    await chat.say("Alice", "C-1")
    await chat.say("Alice", "outcome")
    assert "What difference did C-1 make" in (await chat.say("Alice", words)).text
    (challenge,) = await chat.challenges()
    assert challenge.outcome is ChallengeOutcome.DECISION_CHANGED
    assert challenge.outcome_note == ("after a talk" if "talk" in words else None)


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("they changed the decision", ChallengeOutcome.DECISION_CHANGED),
        ("mash changed their mind after we met", ChallengeOutcome.DECISION_CHANGED),
        ("we agreed on a compromise", ChallengeOutcome.AGREED_OTHERWISE),
        ("they stuck with it", ChallengeOutcome.DECISION_STANDS),
        ("they didn't change it", ChallengeOutcome.DECISION_STANDS),
        ("we withdrew it", ChallengeOutcome.WITHDRAWN),
    ],
)
async def test_an_outcome_is_taken_as_people_tell_it_and_their_words_are_its_note(
    chat: Chat, alice: Person, words: str, outcome: ChallengeOutcome
) -> None:
    await chat.press("Alice", "challenge.log", **FIELDS)
    for said in ("C-1", "outcome", words):
        await chat.say("Alice", said)
    (challenge,) = await chat.challenges()
    assert (challenge.outcome, challenge.outcome_note) == (outcome, words)


async def test_what_is_no_outcome_is_asked_again(chat: Chat, alice: Person) -> None:
    await chat.press("Alice", "challenge.log", **FIELDS)
    await chat.say("Alice", "C-1")
    await chat.say("Alice", "outcome")
    for words in ("two agencies went away happy", "the plan was changed", "have they changed their mind?"):
        said = (await chat.say("Alice", words)).text
        assert said.endswith("4. We withdrew the challenge")
    assert "nothing booked" in (await chat.say("Alice", "my bookings")).text


@pytest.mark.parametrize(
    "words",
    [
        "withdraw C-1",
        "settle c1",
        "outcome C-1",
        "close challenge C 1",
        "C-1 is settled",
        "challenge 1 is closed",
        "withdraw C-1 because they said the child is being hit right now and we agreed",
    ],
)
async def test_the_challenge_that_is_named_is_the_one_that_ends(chat: Chat, alice: Person, words: str) -> None:
    await chat.press("Alice", "challenge.log", **FIELDS)
    await chat.press("Alice", "challenge.log", **{**FIELDS, "form": "2026-11-25T11:00:00+00:00"})
    await chat.say("Alice", "C-2")
    said = (await chat.say("Alice", words)).text
    assert ("Call 999" if "right now" in words else "How did C-1 end?") in said


async def test_a_challenge_is_found_by_its_reference_however_it_is_typed(chat: Chat, alice: Person) -> None:
    await chat.press("Alice", "challenge.log", **FIELDS)
    for words in ("C1", "c 1", "show C1"):
        assert (await chat.say("Alice", words)).text.startswith("C-1: A threshold decision.")
    assert "our own chat" in (await chat.say("Alice", "C1", place=Place.CHANNEL)).text
    for words in ("settle C-1", "4"):
        await chat.say("Alice", words)
    assert "What difference did C-1 make" in (await chat.say("Alice", "settle C-1")).text


@pytest.mark.parametrize("words", ["move it", "move to stage 2", "next stage"])
async def test_the_titles_of_a_card_ask_from_which_day_a_challenge_moves(chat: Chat, alice: Person, words: str) -> None:
    await chat.press("Alice", "challenge.log", **FIELDS)
    await chat.say("Alice", "C-1")
    assert "Move C-1 to stage 2, First-line managers, from today" in (await chat.say("Alice", words)).text
    assert "Stage 2, First-line managers" in (await chat.say("Alice", "yes")).text


async def test_the_titles_of_a_card_ask_how_a_challenge_ended_and_what_came_of_it(chat: Chat, alice: Person) -> None:
    await chat.press("Alice", "challenge.log", **FIELDS)
    await chat.say("Alice", "C-1")
    for words in ("record the outcome", "settle it"):
        assert "1. The decision was changed" in (await chat.say("Alice", words)).text
        await chat.say("Alice", "C-1")
    await chat.say("Alice", "outcome")
    assert "What difference did C-1 make" in (await chat.say("Alice", "1")).text
    for words in ("record the impact", "close the challenge"):
        assert "What difference did C-1 make" in (await chat.say("Alice", words)).text
