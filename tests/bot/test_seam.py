"""The whole seam as the door builds it, with tokens on both sides and no part of ours replaced."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.adapter import TeamsAdapter
from bot.app import create_app
from bot.handler import TeamsHandler
from bot.seam import Registration, Seam, dangerously_local, teams
from bot.service_urls import ServiceUrls
from dialogs.talk import Reply
from dialogs.wording import say
from services.model import Place, Whereabouts
from services.ports import Message, Route
from tests.bot.conftest import MORNING, RunningBot, ScriptedCore
from tests.fakes_teams import APP_ID, HARROW, HOME_TENANT, FakeConnector, FakeEntra, FakeIssuer, an_activity


@pytest.fixture
async def entra() -> AsyncIterator[FakeEntra]:
    async with FakeEntra() as fake:
        yield fake


@pytest.fixture
async def secured() -> AsyncIterator[FakeConnector]:
    async with FakeConnector(bearer="entra-token-1") as fake:
        yield fake
    assert fake.faults == []


@pytest.fixture
async def seam(issuer: FakeIssuer, entra: FakeEntra) -> AsyncIterator[Seam]:
    built = teams(
        Registration(APP_ID, "a-secret", HOME_TENANT),
        host="127.0.0.1",
        allowed_tenants=[HARROW],
        service_urls=ServiceUrls(loopback_only=True),
        metadata_url=issuer.metadata_url,
        entra_http=entra.http,
    )
    async with built:
        yield built


async def test_two_hundred_turns_ask_entra_twice_at_most(
    seam: Seam, core: ScriptedCore, issuer: FakeIssuer, entra: FakeEntra, secured: FakeConnector
) -> None:
    entra.delay = 0.08
    core.replies = [Reply("hello back")]
    handler = TeamsHandler(core, now=lambda: MORNING, say=say)
    app = create_app(gate=seam.gate, adapter=TeamsAdapter(seam.connector), handler=handler)
    async with TestClient(TestServer(app)) as client:
        bot = RunningBot(client, handler, issuer.token(serviceurl=secured.url))
        turns = (bot.post(an_activity(service_url=secured.url)) for _ in range(200))
        assert {answer.status for answer in await asyncio.gather(*turns)} == {202}
    assert secured.said == ["hello back"] * 200
    assert entra.calls <= 2
    assert issuer.fetches == 1


async def test_who_somebody_is_is_asked_with_the_same_token(seam: Seam, secured: FakeConnector) -> None:
    secured.members = [{"id": "29:alice", "userPrincipalName": "alice@example.org"}]
    assert seam.roster is not None
    where = Whereabouts("a:alice", secured.url, Place.PERSONAL, HARROW)
    assert (await seam.roster.member(where, "29:alice")).user_principal_name == "alice@example.org"


async def test_the_messenger_shares_the_token(seam: Seam, entra: FakeEntra, secured: FakeConnector) -> None:
    for number in range(3):
        await seam.messenger.send(Route(HARROW, secured.url, f"a:{number}"), Message("due today"))
    assert secured.said == ["due today"] * 3
    assert entra.token_calls == 1


async def test_in_local_mode_no_token_is_sent(core: ScriptedCore, teams: FakeConnector) -> None:
    async with dangerously_local(host="127.0.0.1", service_url=teams.url) as seam:
        assert seam.roster is None, "nobody on this machine stands in a directory"
        await seam.messenger.send(Route(HARROW, "", None, "someone"), Message("hello"))
    assert teams.said == ["hello"]
