from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.connector import Connector
from bot.service_urls import ServiceUrls
from services.entra import EntraToken, TokenRefused
from tests.fakes_teams import APP_ID, HOME_TENANT, FakeConnector, FakeEntra


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def entra() -> AsyncIterator[FakeEntra]:
    async with FakeEntra() as fake:
        yield fake


@pytest.fixture
def token(entra: FakeEntra, clock: Clock) -> EntraToken:
    return a_token(entra, clock)


def a_token(entra: FakeEntra, clock: Clock, secret: str = "a-secret") -> EntraToken:
    return EntraToken(
        app_id=APP_ID, credential=secret, tenant_id=HOME_TENANT, http_client=entra.http, timeout=2, clock=clock
    )


async def test_two_hundred_messages_cost_two_calls_to_entra(token: EntraToken, entra: FakeEntra) -> None:
    entra.delay = 0.08
    urls = ServiceUrls(loopback_only=True)
    async with FakeConnector(bearer="entra-token-1") as teams, Connector(token=token, service_urls=urls) as ours:
        sends = (ours.send(teams.url, f"a:{n}", {"type": "message", "text": "hello"}) for n in range(200))
        await asyncio.gather(*sends)
        assert len(teams.messages) == 200
        assert teams.faults == []
    assert (entra.calls, entra.token_calls) == (2, 1)


async def test_the_event_loop_runs_on_while_entra_is_asked(token: EntraToken, entra: FakeEntra) -> None:
    entra.delay = 0.3
    asking = asyncio.create_task(token.bearer())
    ticks = 0
    while not asking.done():
        await asyncio.sleep(0.01)
        ticks += 1
    assert ticks > 10
    assert await asking == "entra-token-1"


async def test_a_token_is_renewed_before_its_end(token: EntraToken, entra: FakeEntra, clock: Clock) -> None:
    entra.seconds = 600
    assert await token.bearer() == "entra-token-1"
    clock.seconds += 290
    assert await token.bearer() == "entra-token-1"
    assert entra.token_calls == 1


async def test_the_old_token_serves_while_entra_is_away(entra: FakeEntra, clock: Clock) -> None:
    token = a_token(entra, clock)
    assert await token.bearer() == "entra-token-1"
    entra.down = True
    clock.seconds += 3400
    token._application = None  # msal's own cache runs on the real clock: make it ask
    assert await token.bearer() == "entra-token-1"
    clock.seconds += 300
    with pytest.raises(TokenRefused) as refused:
        await token.bearer()
    assert not refused.value.permanent
    entra.down = False
    clock.seconds += 6
    assert await token.bearer() == "entra-token-2"


async def test_an_outage_of_entra_is_not_answered_with_a_storm(
    token: EntraToken, entra: FakeEntra, clock: Clock
) -> None:
    entra.down = True
    answers = await asyncio.gather(*(token.bearer() for _ in range(50)), return_exceptions=True)
    assert all(isinstance(answer, TokenRefused) for answer in answers)
    assert entra.calls == 1


async def test_a_wrong_secret_is_final(entra: FakeEntra, clock: Clock) -> None:
    with pytest.raises(TokenRefused) as refused:
        await a_token(entra, clock, secret="wrong").bearer()
    assert refused.value.permanent
    assert refused.value.code == "invalid_client"


async def test_a_distrusted_token_is_replaced_unless_it_is_new(
    token: EntraToken, entra: FakeEntra, clock: Clock
) -> None:
    first = await token.bearer()
    token.distrust(first)
    assert await token.bearer() == first
    clock.seconds += 61
    token.distrust("some other token")
    assert await token.bearer() == first
    token.distrust(first)
    assert await token.bearer() == "entra-token-2"
