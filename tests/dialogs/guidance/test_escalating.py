"""`escalate`, and questions on escalation that name a day: the stage, who speaks to whom, and the date."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dialogs.asking import ask
from services.model import Place
from services.work import Database
from tests.dialogs.guidance.escalation_chat import Chat, buttons
from tests.services.harrow import harrow_guide, harrow_rules

DANGER = "If anyone is in danger now, no stage applies. Call 999 first"
UNCONFIRMED = "Still to be confirmed by the partnership office"


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


async def test_a_question_that_names_a_day_is_answered_with_the_date_above_the_article(chat: Chat) -> None:
    await chat.person("Alice")
    reply = await chat.say("Alice", "MASH said no further action on Tuesday, what now and by when?")

    assert reply.text.startswith(DANGER)
    assert "To be answered by Tuesday 1 December 2026, in 4 working days." in reply.text
    assert "5 working days, counted from Tuesday 24 November 2026 (yesterday)" in reply.text
    assert UNCONFIRMED in reply.text
    assert reply.text.index("1 December 2026") < reply.text.index("The MASH took no further action")
    assert reply.card is not None
    assert str(reply.card).index("1 December 2026") < str(reply.card).index("The MASH took no further action")
    assert any(one["title"] == "Log this challenge" for one in buttons(reply))


async def test_bank_holidays_move_the_date(chat: Chat) -> None:
    chat.now = datetime(2026, 12, 23, 10, tzinfo=UTC)

    reply = await chat.say("Alice", "MASH said no further action yesterday, what now?")

    # The 25th is a holiday, and the 28th instead of the 26th.
    assert "To be answered by Thursday 31 December 2026" in reply.text


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("how long does stage 1 have if we disagreed on monday", "Monday 30 November 2026, in 3 working days"),
        ("they havent replied to my escalation since last Wednesday", "Wednesday 25 November 2026, today"),
        ("by when must the other manager answer at stage 2 if we spoke on 20 November", "Friday 27 November 2026"),
    ],
)
async def test_the_timescales_are_answered_with_a_date_too(chat: Chat, question: str, says: str) -> None:
    assert says in (await chat.say("Alice", question)).text


async def test_the_day_is_kept_while_somebody_chooses_between_topics(chat: Chat) -> None:
    offered = await chat.say("Alice", "we heard no on Tuesday and do not agree")
    assert "1. I disagree with another agency" in offered.text

    assert "To be answered by Tuesday 1 December 2026" in (await chat.say("Alice", "1")).text
    await chat.say("Bob", "we heard no on Tuesday and do not agree")
    pressed = await chat.press("Bob", "topic.show", topic="referral-no-further-action")
    assert "To be answered by Tuesday 1 December 2026" in pressed.text
    pressed = await chat.press("Bob", "topic.show", topic="referral-no-further-action")
    assert "To be answered by" not in pressed.text


async def test_an_order_to_escalate_keeps_the_day_that_it_names(chat: Chat) -> None:
    answered = await chat.say("Alice", "escalate, they said no on Tuesday")
    assert "Tuesday 24 November 2026" in answered.text
    assert "Tuesday 1 December 2026" in answered.text


async def test_without_a_day_and_on_other_topics_there_is_no_date(chat: Chat) -> None:
    for question, title in (
        ("MASH took no further action", "The MASH took no further action"),
        ("do I need consent to refer, mum said no on Tuesday", "Do I need consent to refer?"),
    ):
        said = (await chat.say("Alice", question)).text
        assert said.startswith(title)
        assert "What now, and by when" not in said


async def test_in_a_channel_the_date_is_shown_and_nothing_can_be_logged(chat: Chat) -> None:
    reply = await chat.say("Alice", "MASH said no further action on Tuesday, what now?", place=Place.CHANNEL)

    assert "Tuesday 1 December 2026" in reply.text
    assert "Stage 2" not in reply.text, "a channel gets the gist"
    assert "ask me the same in our own chat" in reply.text
    assert not any(str(one["verb"]).startswith("challenge") for one in buttons(reply))


@pytest.mark.parametrize("words", ["and how long have i got", "and what about it then", "ok and how soon do they"])
async def test_a_question_that_leans_on_the_one_before_is_asked_for_in_full_in_a_channel(
    chat: Chat, words: str
) -> None:
    await chat.say("Alice", "MASH said no further action on Tuesday, what now?", place=Place.CHANNEL)
    reply = await chat.say("Alice", words, place=Place.CHANNEL)
    assert reply.text.startswith("In a channel I keep nothing of what was said before. Please ask the whole question")


@pytest.mark.parametrize("words", ["what is the capital of france", "my printer is broken"])
async def test_what_leans_on_nothing_is_refused_in_a_channel_as_anywhere(chat: Chat, words: str) -> None:
    assert "I can only help with" in (await chat.say("Alice", words, place=Place.CHANNEL)).text


async def test_escalate_asks_for_the_stage_then_the_day_and_gives_the_timetable(chat: Chat) -> None:
    await chat.person("Alice")
    asked = await chat.say("Alice", "escalate")
    assert asked.text.startswith(DANGER)
    assert "1. Practitioner to practitioner" in asked.text

    asked = await chat.say("Alice", "2")
    assert asked.text.startswith(DANGER)
    assert "When did stage 1 end without agreement?" in asked.text

    shown = await chat.say("Alice", "yesterday")
    assert shown.text.startswith(DANGER)
    assert "Stage 2: First-line managers" in shown.text
    assert "To be answered by Tuesday 1 December 2026, in 4 working days." in shown.text
    assert "Stage 3, Senior managers: Senior managers of both agencies. By Tuesday 8 December 2026" in shown.text
    assert [one["title"] for one in buttons(shown)] == ["Log this challenge", "Show the procedure", "Another date"]

    procedure = await chat.say("Alice", "procedure")
    assert procedure.text.startswith("What are the escalation stages")


async def test_the_same_by_buttons(chat: Chat) -> None:
    asked = await chat.say("Alice", "escalate")
    first = next(one for one in buttons(asked) if one["title"] == "Stage 1")
    asked = await chat.press("Alice", str(first["verb"]), stage=1)
    titles = [one["title"] for one in buttons(asked)]
    assert titles == ["Today", "Yesterday", "Count from this date"]

    today = await chat.press("Alice", "escalate.day", stage=1, since="today")
    other = await chat.press("Alice", "escalate.day", stage=1, day="2026-11-20")

    assert "Wednesday 2 December 2026" in today.text
    assert "Friday 27 November 2026" in other.text


async def test_a_late_stage_sends_people_on_and_counts_from_today(chat: Chat) -> None:
    reply = await chat.say("Alice", "MASH said no further action on 5 November")

    assert "The time for this stage ended on Thursday 12 November 2026, 13 days ago" in reply.text
    assert "go to stage 2 now" in reply.text
    assert "Stage 2, First-line managers" in reply.text
    assert "By Wednesday 2 December 2026. (To be confirmed: " in reply.text


async def test_a_number_of_days_that_no_document_gives_is_not_shown_as_if_one_did(chat: Chat) -> None:
    first = await chat.say("Alice", "MASH said no further action yesterday")
    assert "stand-in" not in first.text
    assert "only a stand-in" in (await chat.say("Alice", "stage 2 began yesterday")).text


async def test_the_final_stage_has_no_date_because_nobody_has_told_us(chat: Chat) -> None:
    await chat.say("Alice", "escalate to stage 4")

    reply = await chat.say("Alice", "today")

    assert "We hold no time limit for this stage" in reply.text
    assert "To be answered by" not in reply.text


@pytest.mark.parametrize("said", ["31 February", "tomorrow", "20 December 2026"])
async def test_a_day_that_cannot_be_is_asked_for_again(chat: Chat, said: str) -> None:
    await chat.say("Alice", "escalate to stage 1")

    reply = await chat.say("Alice", said)

    assert "Please say it again with the day" in reply.text
    assert "Tuesday 24 November" not in reply.text
    assert "Tuesday 1 December 2026" in (await chat.say("Alice", "tuesday")).text


async def test_other_words_leave_the_flow_and_stop_ends_it(chat: Chat) -> None:
    await chat.say("Alice", "escalate")
    assert "consent" in (await chat.say("Alice", "do i need consent to refer a child")).text.lower()

    await chat.say("Alice", "escalate")
    assert "Nothing was kept" in (await chat.say("Alice", "stop")).text
    assert await chat.flow("Alice") == {}


async def test_a_command_is_a_command_wherever_it_is_typed(chat: Chat) -> None:
    await chat.person("Alice", agency="secondary-school")

    for lead in (["escalate to stage 1"], ["log a challenge"], ["log a challenge", "police", "1", "tuesday", "1"]):
        for words in lead:
            await chat.say("Alice", words)
        assert "nothing booked" in (await chat.say("Alice", "my bookings")).text
    assert await chat.challenges() == []


async def test_danger_ends_the_flow(chat: Chat) -> None:
    await chat.say("Alice", "escalate")

    reply = await chat.say("Alice", "he is hitting her right now please help")

    assert reply.text.startswith("Call 999 now")
    assert await chat.flow("Alice") == {}


async def test_a_stage_that_a_forged_card_makes_up_is_refused(chat: Chat) -> None:
    assert "There is no such stage" in (await chat.press("Alice", "escalate.stage", stage=9)).text
    assert "out of date" in (await chat.press("Alice", "escalate.day", stage=9, since="today")).text
    assert "out of date" in (await chat.press("Alice", "escalate.stage", stage="x")).text


async def test_the_flow_is_for_personal_chats(chat: Chat) -> None:
    asked = await chat.say("Alice", "escalate", place=Place.CHANNEL)
    pressed = await chat.press_in_channel("Alice", "escalate.stage", stage=1)

    assert "Which stage are you at?" not in asked.text
    assert "our own chat" in pressed.text


def test_the_command_line_gives_the_date_too() -> None:
    pack = harrow_rules().pack

    asked = ask(pack, harrow_guide(), "MASH said no further action on Tuesday, by when?", date(2026, 11, 25))

    assert asked.as_json()["outcome"] == "answer"
    assert asked.text.startswith(DANGER)
    assert "Tuesday 1 December 2026, in 4 working days" in asked.text


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        ("escalate stage 4", "Stage 4: Independent scrutiny"),
        ("escalate stage 4 since Monday", "Stage 4: Independent scrutiny"),
        ("Escalate please", "Which stage are you at?"),
    ],
)
async def test_escalate_is_an_order_whatever_stands_behind_it(chat: Chat, words: str, answered: str) -> None:
    await chat.person("Alice")
    assert answered in (await chat.say("Alice", words)).text


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("mash said no further action 3/12", "Thursday 3 December 2026 is still to come"),
        ("mash said no further action on Tuesday 23 November", "Monday 23 November 2026 is not a Tuesday"),
    ],
)
async def test_a_question_with_a_doubtful_day_gets_its_article_and_no_date(chat: Chat, words: str, asks: str) -> None:
    said = await chat.say("Alice", words)
    assert said.text.startswith((asks, "The day and the date do not fit: " + asks))
    assert "To be answered by" not in said.text
    assert "Where this comes from" in said.text


async def test_a_day_of_last_year_is_taken_only_when_its_year_is_said(chat: Chat) -> None:
    await chat.say("Alice", "escalate")
    await chat.say("Alice", "1")
    assert "Thursday 3 December 2026 is still to come" in (await chat.say("Alice", "3/12")).text
    assert "Wednesday 3 December 2025" in (await chat.say("Alice", "3/12/2025")).text


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("stage 2 was refused yesterday, who next", "Stage 3: Senior managers"),
        ("mash refused it yesterday at stage 2", "Stage 3: Senior managers"),
        ("mash refused it at stage 2 yesterday what now", "Stage 3: Senior managers"),
        ("my manager spoke to them at stage 2 yesterday and they still refuse, what now", "Stage 3: Senior managers"),
        ("stage 1 ended yesterday without agreement what now", "Stage 2: First-line managers"),
        ("stage 2 started yesterday, by when", "Stage 2: First-line managers"),
        ("mash refused yesterday, we are at stage 2, by when", "Stage 2: First-line managers"),
        ("escalate, stage 1, they said no yesterday", "Stage 1: Practitioner to practitioner"),
    ],
)
async def test_after_a_stage_that_was_refused_comes_the_next_one(chat: Chat, words: str, stage: str) -> None:
    reply = await chat.say("Alice", words)

    assert f"What now, and by when: {stage}" in reply.text
    assert "Tuesday 24 November 2026 (yesterday)" in reply.text


async def test_the_day_on_which_a_stage_ended_is_asked_for(chat: Chat) -> None:
    assert "When did stage 1 end" in (await chat.say("Alice", "stage 1 ended without agreement")).text
    assert "What now, and by when: Stage 2" in (await chat.say("Alice", "yesterday")).text


async def test_after_the_last_stage_there_is_no_other(chat: Chat) -> None:
    reply = await chat.say("Alice", "stage 4 was refused yesterday, what now")

    assert reply.text.startswith("Stage 4 is the last stage")
    assert "independent" in reply.text


async def test_what_happens_if_a_stage_is_refused_is_answered_with_guidance(chat: Chat) -> None:
    assert "Who decides" in (await chat.say("Alice", "what happens if stage 2 is refused")).text


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ("on 31 february", "“31 February” is not one"),
        ("next tuesday", "“next tuesday” is still to come"),
        ("tomorrow", "“tomorrow” is still to come"),
        ("on 25 december 2026", "“25 December 2026” is still to come"),
    ],
)
async def test_a_day_that_cannot_be_is_said_to_be_none(chat: Chat, when: str, why: str) -> None:
    reply = await chat.say("Alice", f"MASH said NFA {when}, by when must I escalate")
    assert why in reply.text
    assert "The MASH took no further action" in reply.text

    for words in ("escalate", "1", when):
        reply = await chat.say("Alice", words)
    assert why in reply.text
    assert "What now, and by when: Stage 1" in (await chat.say("Alice", "29 november 2025")).text


async def test_a_day_to_come_moves_and_logs_no_challenge(chat: Chat) -> None:
    await chat.person("Alice", agency="secondary-school")
    for words in ("log a challenge", "MASH", "1"):
        await chat.say("Alice", words)
    assert "“next tuesday” is still to come" in (await chat.say("Alice", "next tuesday")).text
    for words in ("yesterday", "1", "skip", "yes", "C-1", "next stage"):
        await chat.say("Alice", words)
    assert "“next tuesday” is still to come" in (await chat.say("Alice", "next tuesday")).text
    assert "Stage 2" in (await chat.say("Alice", "today")).text
