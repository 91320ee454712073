from __future__ import annotations

import asyncio
from typing import Any

import pytest

from dialogs.talk import Reply
from services.errors import StoreUnavailable
from services.model import Place, Sender, Whereabouts
from tests import fakes_teams as fakes
from tests.bot.conftest import MORNING, RunningBot, ScriptedCore, StartBot
from tests.fakes_teams import ALICE, BOT_ID, CHARLIE, HARROW, Behaviour, FakeConnector, an_activity

CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "A card"}]}
GROUP = {"id": "19:group@thread.v2", "conversationType": "groupChat", "isGroup": True}
CHANNEL = {"id": "19:channel@thread.tacv2;messageid=1", "conversationType": "channel", "isGroup": True}
MENTION = {"type": "mention", "mentioned": {"id": BOT_ID, "name": "Bot"}, "text": "<at>Bot</at>"}


@pytest.fixture
async def bot(start_bot: StartBot) -> RunningBot:
    return await start_bot()


async def test_the_core_hears_who_where_and_what(bot: RunningBot, core: ScriptedCore, teams: FakeConnector) -> None:
    assert (await bot.post(an_activity(service_url=teams.url, text="  what is\n level 3? "))).status == 202
    [heard] = core.heard
    assert heard.sender == Sender(HARROW, ALICE["aadObjectId"], "Alice Owner", "29:alice")
    assert heard.where == Whereabouts("a:alice-and-bot", teams.url, Place.PERSONAL, HARROW, BOT_ID)
    assert heard.now == MORNING
    assert heard.said is not None
    assert (heard.said.text, heard.said.verb, heard.said.place) == ("what is level 3?", None, Place.PERSONAL)


async def test_replies_come_back_in_order_as_answers_to_the_message(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    core.replies = [Reply("one"), Reply("two *as typed*"), Reply("three in words", CARD)]
    activity = an_activity(service_url=teams.url)
    await bot.post(activity)
    first, second, third = teams.messages
    assert (first["text"], second["text"], second["textFormat"]) == ("one", "two *as typed*", "plain")
    assert first["replyToId"] == activity["id"]
    assert (first["from"]["id"], first["recipient"]["id"]) == (BOT_ID, "29:alice")
    assert "text" not in third, "Teams splits an activity with text and card in two"
    assert third["summary"] == "three in words"
    assert third["attachments"][0]["content"] == CARD


async def test_suggestions_are_typed_replies_in_a_personal_chat_only(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    core.replies = [Reply("Try one", suggestions=("a", "b", "c", "d", "e", "f", "g"))]
    await bot.post(an_activity(service_url=teams.url))
    await bot.post(an_activity(service_url=teams.url, conversation=GROUP, entities=[MENTION], text="<at>Bot</at> hi"))
    personal, group = teams.messages
    actions = personal["suggestedActions"]["actions"]
    assert [action["value"] for action in actions] == ["a", "b", "c", "d", "e", "f"]
    assert {action["type"] for action in actions} == {"imBack"}
    assert personal["suggestedActions"]["to"] == ["29:alice"]
    assert "suggestedActions" not in group


async def test_the_same_activity_sent_again_is_answered_and_left_alone(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    core.replies = [Reply("done")]
    activity = an_activity(service_url=teams.url)
    assert [(await bot.post(activity)).status for _ in range(3)] == [202, 200, 200]
    assert teams.said == ["done"]


@pytest.mark.parametrize("place", [GROUP, CHANNEL])
async def test_in_company_the_bot_answers_only_when_mentioned(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector, place: dict[str, Any]
) -> None:
    core.replies = [Reply("here")]
    await bot.post(an_activity(service_url=teams.url, conversation=place, text="talking among ourselves"))
    other = {"type": "mention", "mentioned": {"id": "29:bob", "name": "Bob"}, "text": "<at>Bob</at>"}
    await bot.post(an_activity(service_url=teams.url, conversation=place, text="<at>Bob</at> hi", entities=[other]))
    assert (core.heard, teams.requests) == ([], [])
    await bot.post(
        an_activity(service_url=teams.url, conversation=place, text="<at>Bot</at>&nbsp; help", entities=[MENTION])
    )
    assert [heard.said.text for heard in core.heard if heard.said] == ["help"]
    assert core.heard[0].where.place == place["conversationType"]
    assert teams.said == ["here"]


@pytest.mark.parametrize("account", [{"id": BOT_ID, "aadObjectId": "x"}, {**ALICE, "role": "bot"}])
async def test_the_bot_does_not_talk_to_bots(bot: RunningBot, core: ScriptedCore, account: dict[str, Any]) -> None:
    assert (await bot.post(an_activity(service_url="http://127.0.0.1:1/", person=account))).status == 202
    assert core.heard == []


@pytest.mark.parametrize("kind", ["messageUpdate", "messageDelete", "messageReaction", "typing", "event", "odd"])
async def test_edits_deletions_and_reactions_run_no_command(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector, kind: str
) -> None:
    activity = an_activity(kind, service_url=teams.url, text="cancel", reactionsAdded=[{"type": "like"}])
    assert (await bot.post(activity)).status == 202
    assert (core.heard, teams.requests) == ([], [])


async def test_a_guest_is_told_that_the_bot_cannot_know_them(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    for account in (CHARLIE, {**CHARLIE, "aadObjectId": " "}, {**CHARLIE, "aadObjectId": 7}):
        await bot.post(an_activity(service_url=teams.url, person=account))
    assert core.heard == []
    assert teams.said == ["<no-identity>"] * 3


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("x" * 10_000, "x" * 10_000),
        ("", ""),
        (None, ""),
        (7, ""),
        ("\x01\x02\x7f PNG \u0000 \ud83d", "PNG \ufffd \ufffd"),
        ("caf\u00e9 \U0001f600", "caf\u00e9 \U0001f600"),
        ("<at" * 20_000, "<at" * 20_000),
    ],
)
async def test_no_text_breaks_a_turn(bot: RunningBot, core: ScriptedCore, text: object, heard: str) -> None:
    assert (await bot.post(an_activity(service_url="http://127.0.0.1:1/", text=text))).status == 202
    assert [turn.said.text for turn in core.heard if turn.said] == [heard]


async def test_when_the_records_are_away_the_person_is_told(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    core.trouble = StoreUnavailable()
    assert (await bot.post(an_activity(service_url=teams.url))).status == 202
    assert teams.said == ["<store-away>"]


@pytest.mark.parametrize("trouble", [StoreUnavailable(), ValueError("whatever else")])
async def test_who_may_be_in_danger_is_told_whom_to_call_whatever_fails(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector, trouble: Exception
) -> None:
    core.trouble = trouble
    assert (await bot.post(an_activity(service_url=teams.url, text="in danger"))).status == 202
    assert teams.said == ["<999>"]


async def test_a_guest_who_may_be_in_danger_is_told_whom_to_call(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    guest = an_activity(service_url=teams.url, text="in danger")
    del guest["from"]["aadObjectId"]
    assert (await bot.post(guest)).status == 202
    assert teams.said == ["<999>"]


async def test_a_fault_is_told_plainly_and_logged_without_the_words(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector, capsys: pytest.CaptureFixture[str]
) -> None:
    core.trouble = ValueError("the text was: born 1 May 2019")
    assert (await bot.post(an_activity(service_url=teams.url, text="born 1 May 2019"))).status == 202
    assert teams.said == ["<went-wrong>"]
    logged = "".join(capsys.readouterr())
    assert "turn_failed" in logged
    assert "ValueError" in logged
    assert "conftest.py" in logged
    assert "2019" not in logged


async def test_work_that_takes_long_shows_typing(start_bot: StartBot, core: ScriptedCore, teams: FakeConnector) -> None:
    bot = await start_bot(typing_after=0.05)
    core.replies = [Reply("done")]
    core.meanwhile = lambda: asyncio.sleep(0.2)
    await bot.post(an_activity(service_url=teams.url))
    assert [sent.body["type"] for sent in teams.requests] == ["typing", "message"]
    teams.requests.clear()
    await bot.post(an_activity(service_url=teams.url, conversation=CHANNEL, entities=[MENTION]))
    assert [sent.body["type"] for sent in teams.requests] == ["message"]


async def test_quick_work_shows_no_typing(bot: RunningBot, core: ScriptedCore, teams: FakeConnector) -> None:
    core.replies = [Reply("done")]
    await bot.post(an_activity(service_url=teams.url))
    assert [sent.body["type"] for sent in teams.requests] == ["message"]


async def test_expected_replies_travel_in_the_response(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    core.replies = [Reply("one"), Reply("two", CARD)]
    activity = an_activity(service_url=teams.url, deliveryMode="expectReplies")
    answer = await bot.post(activity)
    assert answer.status == 200
    first, second = answer.body["activities"]
    assert (first["text"], first["replyToId"]) == ("one", activity["id"])
    assert second["attachments"][0]["content"] == CARD
    assert teams.requests == []
    assert (await bot.post(activity)).body == {"activities": []}


async def test_a_reply_that_was_not_taken_is_offered_once_more(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    core.replies = [Reply("one"), Reply("two"), Reply("three")]
    teams.script = [fakes.THROTTLED, Behaviour(), fakes.NOT_READY, fakes.NOT_READY]
    assert (await bot.post(an_activity(service_url=teams.url))).status == 202
    assert teams.said == ["one", "three"]
    assert len(teams.requests) == 5


async def test_a_reply_that_may_have_arrived_is_not_repeated(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    core.replies = [Reply("one"), Reply("two")]
    teams.script = [fakes.ACCEPTED_THEN_500]
    assert (await bot.post(an_activity(service_url=teams.url))).status == 202
    assert teams.said == ["one", "two"]


async def test_a_wait_that_is_too_long_is_not_waited(bot: RunningBot, core: ScriptedCore, teams: FakeConnector) -> None:
    core.replies = [Reply("one")]
    teams.script = [Behaviour(429, "Throttled", retry_after="30")]
    async with asyncio.timeout(2):
        assert (await bot.post(an_activity(service_url=teams.url))).status == 202
    assert len(teams.requests) == 1


async def test_a_person_who_blocked_the_bot_gets_nothing_more(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    core.replies = [Reply("one"), Reply("two")]
    teams.script = [fakes.BLOCKED_BY_PERSON]
    assert (await bot.post(an_activity(service_url=teams.url))).status == 202
    assert len(teams.requests) == 1


async def test_a_card_that_teams_will_not_show_is_said_in_words(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    core.replies = [Reply("in words", CARD | {"body": ["x" * 90_000]}), Reply("also in words", CARD)]
    teams.script = [Behaviour(), Behaviour(400, "BadArgument")]
    await bot.post(an_activity(service_url=teams.url))
    assert teams.said == ["in words", "also in words"]
