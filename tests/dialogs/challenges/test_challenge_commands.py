"""Challenges moved on and ended by words that name them, whatever question of ours is open."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.model import Challenge, ChallengeOutcome, ChallengeState, Place, Role
from services.work import Database
from tests.dialogs.guidance.escalation_chat import FIELDS, Chat, buttons


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Alice has logged C-1, at stage 1 since Thursday 19 November."""
    chat = Chat(database)
    await chat.person("Alice", agency="secondary-school", roles=[Role.DSL])
    for words in ("log a challenge", "MASH", "1", "last thursday", "1", "skip", "yes"):
        await chat.say("Alice", words)
    return chat


@pytest.mark.parametrize(
    ("words", "subject"),
    [("threshold", "A threshold decision"), ("its the sharing information one", "Sharing information")],
)
async def test_what_a_challenge_is_about_is_said_by_a_word_of_the_list_and_loses_nothing(
    database: Database, words: str, subject: str
) -> None:
    chat = Chat(database)
    await chat.person("Alice", agency="secondary-school", roles=[Role.DSL])
    for said in ("log a challenge", "MASH", "1", "last thursday"):
        await chat.say("Alice", said)
    assert "anything to add" in (await chat.say("Alice", words)).text
    await chat.say("Alice", "skip")
    assert f"C-1: {subject}." in (await chat.say("Alice", "yes")).text


async def the_challenge(chat: Chat) -> Challenge:
    (challenge,) = await chat.challenges()
    return challenge


@pytest.mark.parametrize("before", [["my bookings"], ["C-1", "outcome"]])
@pytest.mark.parametrize(
    "words",
    ["C1 moved to stage 2", "move C-1 to stage 2", "challenge 1 has gone to the next stage", "please move C-1 on"],
)
async def test_a_challenge_that_is_named_moves_whatever_was_asked(chat: Chat, before: list[str], words: str) -> None:
    for said in before:
        await chat.say("Alice", said)

    assert "Move C-1 to stage 2" in (await chat.say("Alice", words)).text
    assert "C-1 has moved to stage 2" in (await chat.say("Alice", "today")).text
    assert (await the_challenge(chat)).stage == 2
    assert "Stage 2" in (await chat.say("Alice", "my challenges")).text


async def test_the_day_on_which_it_moved_may_be_said_at_once(chat: Chat) -> None:
    assert "C-1 has moved to stage 2" in (await chat.say("Alice", "C-1 moved to stage 2 yesterday")).text


@pytest.mark.parametrize("words", ["C1 moved to stage 3", "C-1 moved to stage 1 today", "C-1 is at stage 2?"])
async def test_a_stage_that_is_not_the_next_one_moves_nothing(chat: Chat, words: str) -> None:
    assert "Type “next stage” if" in (await chat.say("Alice", words)).text
    assert (await the_challenge(chat)).stage == 1


@pytest.mark.parametrize(
    ("words", "outcome", "note"),
    [
        (["withdraw C-1: they agreed to look again"], ChallengeOutcome.WITHDRAWN, "they agreed to look again"),
        (["C-1 is withdrawn, they agreed to look again"], ChallengeOutcome.WITHDRAWN, "they agreed to look again"),
        (["settle C-1: the decision was changed, at once"], ChallengeOutcome.DECISION_CHANGED, "at once"),
        (["outcome C-1: 1 they looked again"], ChallengeOutcome.DECISION_CHANGED, "they looked again"),
        (["close C-1: they looked again", "hmm hmm", "3"], ChallengeOutcome.DECISION_STANDS, "they looked again"),
        (["close C-1: they looked again", "3 we see why"], ChallengeOutcome.DECISION_STANDS, "we see why"),
        (["settle C-1", "4"], ChallengeOutcome.WITHDRAWN, None),
    ],
)
async def test_what_follows_the_order_to_end_a_challenge_is_its_outcome_or_its_note(
    chat: Chat, words: list[str], outcome: ChallengeOutcome, note: str | None
) -> None:
    said = [(await chat.say("Alice", one)).text for one in words]
    assert "What difference did C-1 make" in said[-1]
    assert ("I will keep what you wrote" in said[0]) is (len(said) > 1 and note is not None)
    (challenge,) = await chat.challenges()
    assert (challenge.outcome, challenge.outcome_note) == (outcome, note)


async def test_a_note_that_is_too_long_is_refused_before_the_outcome_is_asked_for(chat: Chat) -> None:
    said = (await chat.say("Alice", f"close C-1: {'they looked again ' * 60}")).text
    assert "How did C-1 end?" not in said
    assert "500" in said


@pytest.mark.parametrize("words", ["they changed their mind and took the referral", "outcome", "it is settled"])
async def test_a_challenge_that_was_just_logged_is_the_one_that_is_spoken_of(chat: Chat, words: str) -> None:
    assert "How did C-1 end?" in (await chat.say("Alice", words)).text
    assert "What difference did C-1 make" in (await chat.say("Alice", "1")).text
    (challenge,) = await chat.challenges()
    assert challenge.outcome_note == (words if "referral" in words else None)


@pytest.fixture
async def closed(chat: Chat) -> Chat:
    """C-1 has ended, and its impact is recorded."""
    await chat.person("Morgan", roles=[Role.MANAGER])
    await chat.person("Olu", agency="secondary-school", roles=[Role.DSL])
    for words in ("settle C-1: the decision was changed, at once", "We ring each other now", "yes"):
        await chat.say("Alice", words)
    assert (await the_challenge(chat)).state is ChallengeState.CLOSED
    chat.now += timedelta(days=1)
    return chat


@pytest.mark.parametrize(
    "words",
    ["tell me about C-1", "show C-1", "what happened with C-1?", "how did C-1 end", "any news on C1", "challenge 1"],
)
async def test_a_challenge_that_is_asked_about_is_shown_in_words_to_whom_it_may_be_shown(
    closed: Chat, words: str
) -> None:
    for name in ("Alice", "Morgan"):
        said = (await closed.say(name, words)).text
        assert "C-1: A threshold decision. Secondary school disagrees with Children's Services." in said
        assert said.endswith("How it ended: at once\nImpact: We ring each other now")
    assert "I cannot find that challenge among yours" in (await closed.say("Olu", words)).text


@pytest.mark.parametrize(
    "words",
    [["reopen C-1"], ["please re-open challenge 1: they went back on it"], ["C-1", "can we open it again"]],
)
async def test_a_closed_challenge_stays_closed_and_the_one_logged_instead_follows_it(
    closed: Chat, words: list[str]
) -> None:
    said = [(await closed.say("Alice", one)).text for one in words][-1]
    assert said.startswith("C-1 is closed and stays closed")
    said = (await closed.say("Alice", "log a new challenge")).text
    assert "It will say that it follows C-1." in said
    assert "Which stage is it at?" in said
    for answered in ("1", "today", "they went back on it", "yes"):
        said = (await closed.say("Alice", answered)).text
    assert "logged as C-2" in said
    first, second = await closed.challenges()
    assert (first.state, second.note) == (ChallengeState.CLOSED, "Follows C-1. they went back on it")
    assert (second.other_agency_id, second.subject) == (first.other_agency_id, first.subject)


async def test_one_that_follows_another_may_be_left_half_logged_and_be_sent_as_a_card(closed: Chat) -> None:
    await closed.say("Alice", "reopen C-1")
    await closed.say("Alice", "log a new challenge")
    await closed.say("Alice", "my bookings")
    shown = await closed.say("Alice", "log a challenge")
    assert "It will say that it follows C-1." in shown.text
    (log,) = [one for one in buttons(shown) if one["title"] == "Log it"]
    sent = log["data"]
    assert isinstance(sent, dict)
    await closed.press("Alice", "challenge.log", **{**FIELDS, **sent})
    assert (await closed.challenges())[1].note == "Follows C-1."
    assert "follows" not in (await closed.say("Alice", "log a challenge")).text


async def test_a_challenge_is_opened_again_by_nobody_and_of_an_open_one_that_is_said(chat: Chat) -> None:
    await chat.person("Olu", roles=[Role.DSL])
    assert "C-1 is open: there is nothing to open again." in (await chat.say("Alice", "reopen C-1")).text
    assert "type reopen and its number" in (await chat.say("Alice", "can i reopen a challenge?")).text
    assert "I cannot find that challenge" in (await chat.say("Olu", "reopen C-1")).text
    forged = await chat.press("Olu", "challenge.log-ask", follows="1")
    assert "I cannot find that challenge" in forged.text
    await chat.say("Alice", "settle C-1: 1")
    said = (await chat.say("Alice", "reopen C-1")).text
    assert said.startswith("C-1 is settled, and how it ended stays on record")
    assert "What difference did C-1 make" in said


@pytest.mark.parametrize(
    "words", ["delete C-1", "change the date of C-1", "change C-1 to the police", "how do i correct C1?"]
)
async def test_what_is_logged_stays_and_who_wants_it_changed_is_told_the_way(chat: Chat, words: str) -> None:
    said = (await chat.say("Alice", words)).text
    assert said.startswith("What is logged stays as it was logged. If C-1 was logged wrongly, type “withdraw C-1”")
    assert (await the_challenge(chat)).state is ChallengeState.OPEN


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("when is C-1 due", "to be answered by Thursday 26 November 2026"),
        ("by when must they answer c1?", "to be answered by Thursday 26 November 2026"),
        ("who is C-1 with", "C-1 is at stage 1, Practitioner to practitioner. Now it is: You and the practitioner"),
        ("what stage is challenge 1 at", "Stage 1, Practitioner to practitioner"),
    ],
)
async def test_one_may_ask_by_when_and_with_whom_a_challenge_is(chat: Chat, words: str, says: str) -> None:
    assert says in (await chat.say("Alice", words)).text


async def test_when_it_is_due_is_asked_of_the_challenge_just_shown(chat: Chat) -> None:
    assert "to be answered by" in (await chat.say("Alice", "when is it due")).text, "it was logged just now"
    await chat.say("Alice", "C-1")
    assert "Now it is: You and the practitioner" in (await chat.say("Alice", "who is it with")).text
    await chat.say("Alice", "my bookings")
    assert "C-1" not in (await chat.say("Alice", "when is it due")).text


async def test_the_impact_of_a_closed_challenge_can_be_asked_for(chat: Chat) -> None:
    for words in ("outcome C-1: 1", "impact C-1: a strategy meeting was held", "yes"):
        await chat.say("Alice", words)
    assert "Impact: a strategy meeting was held" in (await chat.say("Alice", "what was the impact of C-1")).text


async def test_nobody_else_is_told_of_a_challenge_they_ask_about(chat: Chat) -> None:
    await chat.person("Charlie", roles=[Role.DSL])
    assert "cannot find that challenge" in (await chat.say("Charlie", "when is C-1 due")).text


@pytest.mark.parametrize("before", [[], ["C-1"]])
@pytest.mark.parametrize(
    "words",
    [
        "i logged the wrong day, it was the 18th",
        "bin it, i logged it twice",
        "i logged it twice",
        "i put the wrong agency, its social care",
        "delete it",
        "oops the day is wrong",
    ],
)
async def test_what_was_logged_wrongly_is_told_to_stay_and_what_to_do(
    chat: Chat, before: list[str], words: str
) -> None:
    for said in before:
        await chat.say("Alice", said)
    assert "If C-1 was logged wrongly, type “withdraw C-1”" in (await chat.say("Alice", words)).text
    assert (await the_challenge(chat)).state is ChallengeState.OPEN


async def test_delete_it_is_about_no_challenge_where_none_was_spoken_of(chat: Chat) -> None:
    await chat.say("Alice", "my bookings")
    assert "C-1" not in (await chat.say("Alice", "delete it")).text


@pytest.mark.parametrize(
    "before", [[], ["police"], ["police", "1", "monday", "2"], ["police", "1", "monday", "2", "skip"]]
)
@pytest.mark.parametrize("words", ["log another challenge", "i want to log a second challenge"])
async def test_one_more_is_begun_anew_from_within_the_form(chat: Chat, before: list[str], words: str) -> None:
    for said in ("log a challenge", *before):
        await chat.say("Alice", said)
    said = (await chat.say("Alice", words)).text
    assert "Which agency made the decision" in said
    assert said.endswith("Your answers so far were not kept.") is bool(before)
    assert len(await chat.challenges()) == 1


@pytest.mark.parametrize("words", ["whats this about C-1", "what is it about", "whats this about", "what stage is it"])
async def test_what_a_challenge_is_about_is_told_of_the_one_that_was_logged(chat: Chat, words: str) -> None:
    assert "C-1: A threshold decision." in (await chat.say("Alice", words)).text


async def test_the_challenges_that_wait_for_their_impact_are_listed_alone(chat: Chat) -> None:
    await chat.person("Mona", roles=[Role.MANAGER])
    asked = ("challenges with no impact", "which challenges have no impact", "how many challenges have no impact")
    for words in asked:
        assert "No challenge waits for its impact" in (await chat.say("Mona", words)).text
    chat.now += timedelta(minutes=1)
    for words in ("log a challenge", "police", "1", "yesterday", "2", "skip", "yes", "C-1", "outcome", "1", "later"):
        await chat.say("Alice", words)
    for name, words in [("Mona", one) for one in (*asked, "challenges")] + [("Alice", "my challenges without impact")]:
        said = (await chat.say(name, words)).text
        assert "C-1" in said
        assert ("C-2" in said) is (words == "challenges")
    await chat.say("Mona", "challenges")
    assert "C-2" not in (await chat.say("Mona", "which have no impact")).text


@pytest.mark.parametrize("place", [Place.CHANNEL, Place.GROUP])
@pytest.mark.parametrize(
    "words",
    ["i want to log a challenge", "can i log a challenge here", "log this challenge", "log a challenge about housing"],
)
async def test_who_wants_to_log_one_where_others_read_along_is_told_where(chat: Chat, words: str, place: Place) -> None:
    said = (await chat.say("Alice", words, place=place)).text
    assert said.startswith("I do that only in our own chat, where nobody else reads along")
