from __future__ import annotations

from typing import Any

import pytest

from dialogs.talk import Reply
from services.errors import StoreUnavailable
from tests.bot.conftest import RunningBot, ScriptedCore, StartBot
from tests.fakes_teams import ALICE, BOB, BOT_ID, CHARLIE, FakeConnector, an_activity

BOT = {"id": BOT_ID, "name": "Partnership bot"}
GROUP = {"id": "19:group@thread.v2", "conversationType": "groupChat"}


@pytest.fixture
async def bot(start_bot: StartBot, core: ScriptedCore) -> RunningBot:
    core.replies = [Reply("I am a bot")]
    return await start_bot()


async def test_on_installation_the_bot_remembers_the_way_and_says_what_it_is(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    assert (await bot.post(an_activity("installationUpdate", service_url=teams.url, action="add"))).status == 202
    [arrival] = core.arrivals
    assert arrival.sender is not None
    assert arrival.sender.aad_object_id == ALICE["aadObjectId"]
    assert (arrival.where.conversation_id, arrival.where.service_url) == ("a:alice-and-bot", teams.url)
    assert teams.said == ["I am a bot"]


async def test_an_upgrade_keeps_the_way_without_a_second_welcome(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    for action in ("remove-upgrade", "add-upgrade"):
        await bot.post(an_activity("installationUpdate", service_url=teams.url, action=action))
    assert (len(core.arrivals), core.departures, teams.requests) == (1, [], [])


async def test_on_removal_the_way_is_forgotten(bot: RunningBot, core: ScriptedCore, teams: FakeConnector) -> None:
    await bot.post(an_activity("installationUpdate", service_url=teams.url, action="remove"))
    assert [gone.where.conversation_id for gone in core.departures] == ["a:alice-and-bot"]
    assert teams.requests == [], "nothing can be sent there any more"


@pytest.mark.parametrize("place", [{"id": "a:alice-and-bot", "conversationType": "personal"}, GROUP])
async def test_of_the_two_activities_of_an_installation_only_one_is_welcomed(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector, place: dict[str, Any]
) -> None:
    both: dict[str, Any] = {"service_url": teams.url, "conversation": place}
    await bot.post(an_activity("installationUpdate", **both, action="add"))
    await bot.post(an_activity("conversationUpdate", **both, membersAdded=[BOT, BOB]))
    assert [arrival.where.place for arrival in core.arrivals] == [place["conversationType"]] * 2
    assert teams.said == ["I am a bot"]


async def test_a_person_who_joins_a_group_is_not_our_business(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    await bot.post(an_activity("conversationUpdate", service_url=teams.url, conversation=GROUP, membersAdded=[BOB]))
    assert (core.arrivals, teams.requests) == ([], [])


async def test_removed_from_a_group_the_bot_forgets_it(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    gone: dict[str, Any] = {"service_url": teams.url, "conversation": GROUP}
    await bot.post(an_activity("conversationUpdate", **gone, membersRemoved=[BOB]))
    assert core.departures == []
    await bot.post(an_activity("conversationUpdate", **gone, membersRemoved=[BOT]))
    assert [departure.where.conversation_id for departure in core.departures] == ["19:group@thread.v2"]


async def test_a_guest_who_installs_is_nobody_in_particular(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    await bot.post(an_activity("installationUpdate", service_url=teams.url, action="add", person=CHARLIE))
    assert [arrival.sender for arrival in core.arrivals] == [None]


@pytest.mark.parametrize("fields", [{"membersAdded": None}, {"membersAdded": ["x"]}, {"topicName": "new"}, {}])
async def test_other_changes_of_a_conversation_mean_nothing(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector, fields: dict[str, object]
) -> None:
    assert (await bot.post({**an_activity("conversationUpdate", service_url=teams.url), **fields})).status == 202
    assert (core.arrivals, core.departures, teams.requests) == ([], [], [])


@pytest.mark.parametrize("action", ["add", "remove"])
async def test_records_that_are_away_do_not_break_an_installation(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector, action: str
) -> None:
    core.trouble = StoreUnavailable()
    assert (await bot.post(an_activity("installationUpdate", service_url=teams.url, action=action))).status == 202
    assert teams.requests == []
