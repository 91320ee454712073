"""What difference a challenge made: only what is meant as an answer closes it, and not before it was read back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.notices import Renderer
from services.model import Challenge, ChallengeState, Role
from services.work import Database
from tests.dialogs.guidance.escalation_chat import FIELDS, Chat
from tests.services.harrow import screened_rules
from tests.services.notices.office import Office

IMPACT = "A strategy meeting was held within a day"


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Alice is asked what difference her challenge made."""
    chat = Chat(database)
    await chat.person("Alice", agency="secondary-school", roles=[Role.DSL])
    for words in ("log a challenge", "MASH", "1", "last thursday", "1", "skip", "yes", "C-1", "outcome", "1"):
        reply = await chat.say("Alice", words)
    assert "What difference did C-1 make" in reply.text
    return chat


async def the_challenge(chat: Chat) -> Challenge:
    (challenge,) = await chat.challenges()
    return challenge


@pytest.mark.parametrize(
    "words",
    [
        "no idea",
        "not sure yet",
        "too soon to say",
        "nothing yet",
        "later please",
        "not yet known",
        "dont know yet",
        "I don’t know yet.",
        "ask me later",
        "it's far too early to tell",
    ],
)
async def test_who_cannot_say_yet_is_asked_again_later(chat: Chat, words: str) -> None:
    assert "I will ask you again" in (await chat.say("Alice", words)).text
    challenge = await the_challenge(chat)
    assert (challenge.state, challenge.impact) == (ChallengeState.SETTLED, None)

    assert "What difference did C-1 make" in (await chat.say("Alice", "C-1")).text
    await chat.say("Alice", IMPACT)
    assert "the challenge is closed" in (await chat.say("Alice", "yes")).text


@pytest.mark.parametrize("words", ["ok", "yes", "no", "fine", "hello", "thanks"])
async def test_a_courtesy_is_no_impact_and_the_question_stands(chat: Chat, words: str) -> None:
    await chat.say("Alice", words)
    assert (await the_challenge(chat)).impact is None

    assert IMPACT in (await chat.say("Alice", IMPACT)).text


async def test_an_impact_may_be_put_in_other_words_before_it_is_recorded(chat: Chat) -> None:
    await chat.say("Alice", "the weather is nice")
    assert (await the_challenge(chat)).impact is None
    assert IMPACT in (await chat.say("Alice", IMPACT)).text

    assert "the challenge is closed" in (await chat.say("Alice", "yes please")).text
    assert (await the_challenge(chat)).impact == IMPACT


@pytest.mark.parametrize(
    "words",
    [
        "which challenges are late",
        "challenges by subject",
        "show me challenges without impact",
        "list all challenges of this year",
        "who is dealing with the late ones",
    ],
)
@pytest.mark.parametrize("before", [[], ["the weather is nice"]])
async def test_a_question_or_an_order_is_no_impact_and_a_yes_after_it_records_none(
    chat: Chat, before: list[str], words: str
) -> None:
    for one in before:
        await chat.say("Alice", one)
    assert "Record this as the impact" not in (await chat.say("Alice", words)).text
    await chat.say("Alice", "yes")
    assert (await the_challenge(chat)).state is ChallengeState.SETTLED


@pytest.mark.parametrize(
    "words",
    [
        "challenges with the MASH are now answered sooner",
        "is now part of our induction",
        "how to refer is now known in every team",
        "open talks are held each month by both teams",
    ],
)
async def test_an_impact_that_begins_like_an_order_or_a_question_is_read_back(chat: Chat, words: str) -> None:
    assert f"“{words}”" in (await chat.say("Alice", words)).text


async def test_no_to_what_was_read_back_asks_again(chat: Chat) -> None:
    await chat.say("Alice", "the weather is nice")
    assert "What difference did C-1 make" in (await chat.say("Alice", "no")).text
    assert "What difference did C-1 make" in (await chat.say("Alice", "yes")).text
    assert (await the_challenge(chat)).impact is None


async def test_who_leaves_before_the_yes_is_told_that_nothing_is_recorded(chat: Chat) -> None:
    await chat.say("Alice", IMPACT)
    assert "impact is not recorded" in (await chat.say("Alice", "my bookings")).text


@pytest.mark.parametrize("words", ["hello", "ok", "not yet"])
async def test_a_remark_in_the_field_of_the_card_is_no_impact(chat: Chat, words: str) -> None:
    told = await chat.press("Alice", "challenge.impact", challenge=1, impact=words)
    assert "what difference it made" in told.text
    assert (await the_challenge(chat)).state is ChallengeState.SETTLED


async def notified(chat: Chat) -> str:
    """The notice that asks for the impact has come, weeks after everything was said."""
    chat.now += timedelta(weeks=4, days=1)
    rules = screened_rules()
    office = Office(chat.database, rules, render=Renderer(rules))
    await office.plan_and_deliver(chat.now)
    chat.now += timedelta(minutes=5)
    return "\n".join(one.text for one in office.messenger.to("Alice"))


async def test_the_notice_says_what_to_type_and_that_is_read_back(chat: Chat) -> None:
    assert "type “impact C-1:” and then your words" in await notified(chat)
    assert (
        f"impact of C-1, and close the challenge? “{IMPACT}”" in (await chat.say("Alice", f"impact C-1: {IMPACT}")).text
    )
    assert "the challenge is closed" in (await chat.say("Alice", "yes")).text
    assert (await the_challenge(chat)).impact == IMPACT


@pytest.mark.parametrize(
    "words",
    [
        "it made them look at their process for telling schools",
        "social care now rings the school before they close a referral",
        "agencies talk to each other earlier now",
        "the difference was that we meet each month",
    ],
)
async def test_what_is_told_after_the_notice_is_read_back_as_the_impact(chat: Chat, words: str) -> None:
    await notified(chat)
    said = (await chat.say("Alice", words)).text
    assert f"impact of C-1, and close the challenge? “{words}”" in said
    await chat.say("Alice", "yes")
    assert (await the_challenge(chat)).impact == words


@pytest.mark.parametrize(
    "words",
    [
        "is social care open now",
        "what is level 3",
        "the child is at home now",
        "it made her cry when we talked and i am worried",
        "they now refuse our referral what next",
        "hello",
    ],
)
async def test_anything_else_after_the_notice_is_what_it_is(chat: Chat, words: str) -> None:
    await notified(chat)
    assert "Record this as the impact" not in (await chat.say("Alice", words)).text


@pytest.mark.parametrize(
    "words",
    [
        "children are seen sooner now",
        "the children were rehoused before christmas",
        "it made no difference",
        "no difference",
        "two families kept their homes",
        "housing rings us before it evicts a family",
        "when a family moves we now hear the same week",
        "dad left the home and the girl is safe",
    ],
)
async def test_a_statement_right_after_the_notice_is_read_back_whatever_it_tells_of(chat: Chat, words: str) -> None:
    await notified(chat)
    said = (await chat.say("Alice", words)).text
    assert f"“{words}”" in said
    assert "call 999 first" in said
    assert "the challenge is closed" in (await chat.say("Alice", "yes")).text
    assert (await the_challenge(chat)).impact == words


@pytest.mark.parametrize(
    "words", ["bruise on baby", "neglect", "child came in with a bruise", "my bookings", "worried"]
)
async def test_a_worry_right_after_the_notice_is_answered_as_a_worry(chat: Chat, words: str) -> None:
    await notified(chat)
    assert "Record this as the impact" not in (await chat.say("Alice", words)).text


async def test_later_right_after_the_notice_puts_it_off(chat: Chat) -> None:
    await notified(chat)
    assert "C-1 stays open for that, and I will ask you again" in (await chat.say("Alice", "later")).text


async def test_once_something_else_is_spoken_of_a_statement_is_no_impact(chat: Chat) -> None:
    await notified(chat)
    chat.now += timedelta(minutes=1)
    await chat.say("Alice", "what is level 3")
    assert "Record this as the impact" not in (await chat.say("Alice", "two families kept their homes")).text


async def test_a_day_after_the_notice_a_statement_is_no_impact(chat: Chat) -> None:
    await notified(chat)
    chat.now += timedelta(days=1)
    assert "Record this as the impact" not in (await chat.say("Alice", "two families kept their homes")).text


async def test_without_a_notice_no_impact_is_read_out_of_words(chat: Chat) -> None:
    await chat.say("Alice", "later")
    said = (await chat.say("Alice", "it made them look at their process for telling schools")).text
    assert "Record this as the impact" not in said


async def test_where_two_wait_for_their_impact_it_is_asked_which(chat: Chat) -> None:
    await chat.press("Alice", "challenge.log", **FIELDS)
    await chat.press("Alice", "challenge.settle", challenge=2, outcome="withdrawn")
    await notified(chat)
    assert "of which: C-1, C-2?" in (await chat.say("Alice", "it made them think again")).text
    assert "impact of C-2" in (await chat.say("Alice", "impact C-2: it made them think again")).text


async def test_the_impact_of_an_open_challenge_or_anybody_elses_is_not_taken(chat: Chat) -> None:
    await chat.press("Alice", "challenge.log", **FIELDS)
    assert "to be answered by" in (await chat.say("Alice", f"impact C-2: {IMPACT}")).text
    await chat.person("Charlie", roles=[Role.DSL])
    assert "cannot find that challenge" in (await chat.say("Charlie", f"impact C-1: {IMPACT}")).text


async def test_danger_in_an_impact_is_danger(chat: Chat) -> None:
    said = (await chat.say("Alice", "impact C-1: the child is being hit right now")).text
    assert said.startswith("Call 999 now")


RINGS_BACK = "the police now ring us back the same day"


@pytest.mark.parametrize("before", ["asked", "notified"])
@pytest.mark.parametrize("lead", ["", "impact C-1: "])
async def test_an_impact_that_reads_like_a_call_for_help_is_answered_as_one_and_is_not_lost(
    chat: Chat, before: str, lead: str
) -> None:
    if before == "notified":
        await notified(chat)
    said = (await chat.say("Alice", lead + RINGS_BACK)).text
    assert said.startswith("Call 999 now")
    assert f"impact of C-1: “{RINGS_BACK}” Type “record it”" in said
    assert "Type “record it”" in (await chat.say("Alice", "yes")).text, "which may be about the danger"
    assert (await the_challenge(chat)).impact is None
    assert "the challenge is closed" in (await chat.say("Alice", "record it")).text
    assert (await the_challenge(chat)).impact == RINGS_BACK


async def test_what_is_said_after_the_emergency_is_no_impact(chat: Chat) -> None:
    await chat.say("Alice", RINGS_BACK)
    assert "Record this as the impact" not in (await chat.say("Alice", "what is level 3")).text


async def test_a_line_that_names_somebody_is_not_kept_beside_the_emergency(chat: Chat) -> None:
    said = (await chat.say("Alice", "he is on the roof now, 07700 900123")).text
    assert said.startswith("Call 999 now")
    assert "900123" not in said
    assert "I kept none of it. Type “impact C-1:”" in said


@pytest.mark.parametrize("words", ["he has got a knife", "she took an overdose", "mum is hitting him now"])
async def test_a_plain_call_for_help_is_answered_with_nothing_beside_it(chat: Chat, words: str) -> None:
    said = (await chat.say("Alice", words)).text
    assert said.startswith("Call 999 now")
    assert "C-1" not in said


@pytest.mark.parametrize("words", ["no", "later", "stop"])
async def test_what_waits_beside_the_emergency_is_let_go(chat: Chat, words: str) -> None:
    await chat.say("Alice", RINGS_BACK)
    assert "C-1 stays open for that" in (await chat.say("Alice", words)).text
    await chat.say("Alice", "record it")
    assert (await the_challenge(chat)).impact is None
