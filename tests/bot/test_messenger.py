from __future__ import annotations

import asyncio
import time

import pytest

from bot.connector import Connector
from bot.messenger import TeamsMessenger
from services.ports import DeliveryError, Failure, Message, Route
from tests import fakes_teams as fakes
from tests.fakes_teams import ALICE, BOT_ID, HARROW, Behaviour, FakeConnector

CARD = {"type": "AdaptiveCard", "version": "1.5", "body": []}


@pytest.fixture
def messenger(connector: Connector) -> TeamsMessenger:
    return TeamsMessenger(connector, bot_id=BOT_ID)


def a_route(teams: FakeConnector, conversation_id: str | None = "a:alice-and-bot") -> Route:
    return Route(HARROW, teams.url, conversation_id, ALICE["aadObjectId"])


async def test_a_notice_goes_into_the_known_conversation(teams: FakeConnector, messenger: TeamsMessenger) -> None:
    receipt = await messenger.send(a_route(teams), Message("Your evaluation is due.", CARD, "Evaluation due"))
    assert (receipt.id[:5], receipt.conversation_id) == ("sent-", "a:alice-and-bot")
    [message] = teams.messages
    assert message["attachments"][0]["content"] == CARD
    assert message["summary"] == "Evaluation due"
    assert message["channelData"] == {"notification": {"alert": True}}
    assert "text" not in message


async def test_plain_words_go_as_plain_text(teams: FakeConnector, messenger: TeamsMessenger) -> None:
    await messenger.send(a_route(teams), Message("Due: *item* 4"))
    assert (teams.messages[0]["text"], teams.messages[0]["textFormat"]) == ("Due: *item* 4", "plain")


async def test_without_a_conversation_one_is_opened_by_entra_id(
    teams: FakeConnector, messenger: TeamsMessenger
) -> None:
    receipt = await messenger.send(a_route(teams, None), Message("hello"))
    opened, sent = teams.requests
    assert opened.body["members"] == [{"id": ALICE["aadObjectId"]}]
    assert (opened.body["isGroup"], opened.body["tenantId"], opened.body["bot"]) == (False, HARROW, {"id": BOT_ID})
    assert receipt.conversation_id == f"a:opened-for-{ALICE['aadObjectId']}"
    assert sent.path == f"/uk/v3/conversations/{receipt.conversation_id}/activities"


async def test_without_a_stored_address_the_default_one_is_used(teams: FakeConnector, connector: Connector) -> None:
    messenger = TeamsMessenger(connector, bot_id=BOT_ID, default_service_url=teams.url)
    await messenger.send(Route(HARROW, "", None, "someone"), Message("hello"))
    assert teams.said == ["hello"]


async def test_somebody_of_whom_nothing_is_known_cannot_be_reached(
    teams: FakeConnector, messenger: TeamsMessenger
) -> None:
    with pytest.raises(DeliveryError) as raised:
        await messenger.send(Route(HARROW, teams.url, None), Message("hello"))
    assert raised.value.failure is Failure.GONE
    assert teams.requests == []


@pytest.mark.parametrize("behaviour", [fakes.BROKEN, fakes.ACCEPTED_THEN_500, fakes.ACCEPTED_THEN_SILENCE])
async def test_an_opening_that_failed_may_be_tried_again(
    teams: FakeConnector, messenger: TeamsMessenger, behaviour: Behaviour
) -> None:
    teams.script = [behaviour]
    with pytest.raises(DeliveryError) as raised:
        await messenger.send(a_route(teams, None), Message("hello"))
    assert raised.value.failure is Failure.TRANSIENT
    assert teams.said == []


async def test_somebody_without_the_app_is_blocked_not_lost(teams: FakeConnector, messenger: TeamsMessenger) -> None:
    teams.script = [Behaviour(403, "ForbiddenOperationException")]
    with pytest.raises(DeliveryError) as raised:
        await messenger.send(a_route(teams, None), Message("hello"))
    assert raised.value.failure is Failure.BLOCKED


@pytest.mark.parametrize(
    "behaviour", [fakes.THROTTLED, fakes.NOT_READY, fakes.BROKEN, fakes.ACCEPTED_THEN_SILENCE, fakes.GONE]
)
async def test_the_messenger_never_repeats_by_itself(
    teams: FakeConnector, messenger: TeamsMessenger, behaviour: Behaviour
) -> None:
    teams.script = [behaviour]
    with pytest.raises(DeliveryError):
        await messenger.send(a_route(teams), Message("hello"))
    assert len(teams.requests) == 1


async def test_a_tenant_gets_no_more_than_its_share_a_second(teams: FakeConnector, connector: Connector) -> None:
    messenger = TeamsMessenger(connector, bot_id=BOT_ID, per_second=20)
    started = time.monotonic()
    await asyncio.gather(*(messenger.send(a_route(teams), Message(str(number))) for number in range(30)))
    assert time.monotonic() - started >= 0.4
    assert len(teams.messages) == 30
