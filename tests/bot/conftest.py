"""A bot on a real socket: the gate, adapter, handler and connector of the product around a core that a test scripts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.adapter import TeamsAdapter
from bot.app import Check, create_app
from bot.connector import Connector
from bot.courier import Courier
from bot.handler import TeamsHandler
from bot.security import Gate, LocalGate, TokenGate
from bot.service_urls import ServiceUrls
from bot.signing_keys import SigningKeys
from dialogs.talk import Reply, Said
from services.errors import DuplicateActivity
from services.model import Sender, Whereabouts
from tests.fakes_teams import APP_ID, HARROW, FakeConnector, FakeIssuer, an_activity

MORNING = datetime(2027, 1, 15, 9, tzinfo=UTC)


@dataclass
class Heard:
    """One thing the core was told."""

    sender: Sender | None
    said: Said | None
    where: Whereabouts
    now: datetime


@dataclass
class ScriptedCore:
    """A core that answers what the test says, and keeps what it was told. The same activity twice is a duplicate."""

    replies: Sequence[Reply] = ()
    trouble: Exception | None = None
    meanwhile: Callable[[], Awaitable[object]] | None = None
    heard: list[Heard] = field(default_factory=list)
    arrivals: list[Heard] = field(default_factory=list)
    departures: list[Heard] = field(default_factory=list)
    _seen: set[tuple[str, str | None]] = field(default_factory=set)

    async def hear(
        self, sender: Sender, said: Said, *, where: Whereabouts, activity_id: str | None, now: datetime
    ) -> Sequence[Reply]:
        self._hear_once(where, activity_id)
        self.heard.append(Heard(sender, said, where, now))
        if self.meanwhile is not None:
            await self.meanwhile()
        if self.trouble is not None:
            raise self.trouble
        return self.replies

    def in_danger(self, said: Said) -> Reply | None:
        return Reply("<999>") if "danger" in said.text else None

    async def met(
        self, sender: Sender | None, *, where: Whereabouts, activity_id: str | None, now: datetime
    ) -> Sequence[Reply]:
        self._hear_once(where, activity_id)
        self.arrivals.append(Heard(sender, None, where, now))
        if self.trouble is not None:
            raise self.trouble
        return self.replies

    def _hear_once(self, where: Whereabouts, activity_id: str | None) -> None:
        if (where.conversation_id, activity_id) in self._seen:
            raise DuplicateActivity
        self._seen.add((where.conversation_id, activity_id))

    async def left(self, sender: Sender | None, *, where: Whereabouts, now: datetime) -> None:
        self.departures.append(Heard(sender, None, where, now))
        if self.trouble is not None:
            raise self.trouble


@dataclass
class Answered:
    status: int
    body: Any


class RunningBot:
    """Posts to a bot under test. `token` is sent with every activity unless another (or None) is given."""

    def __init__(self, client: TestClient[Any, Any], handler: TeamsHandler, token: str | None) -> None:
        self.client = client
        self.token = token
        self._handler = handler

    async def post(self, activity: Mapping[str, object] | None = None, *, token: str | None = "") -> Answered:
        headers = {} if token is None else {"Authorization": f"Bearer {token or self.token}"}
        return await self.raw(headers, json=activity or an_activity())

    async def raw(self, headers: Mapping[str, str] | None = None, **body: Any) -> Answered:
        async with self.client.post("/api/messages", headers=headers, **body) as response:
            text = await response.text()
            return Answered(response.status, await response.json() if text else None)

    async def rest(self) -> None:
        """Wait for what the bot sends after its answer."""
        await self._handler.close()


StartBot = Callable[..., Awaitable[RunningBot]]


@pytest.fixture
def core() -> ScriptedCore:
    return ScriptedCore()


@pytest.fixture
async def issuer() -> AsyncIterator[FakeIssuer]:
    async with FakeIssuer() as fake:
        yield fake


@pytest.fixture
async def teams() -> AsyncIterator[FakeConnector]:
    """The connector. Whatever it could not understand fails the test."""
    async with FakeConnector() as fake:
        yield fake
    assert fake.faults == []


@pytest.fixture
async def connector() -> AsyncIterator[Connector]:
    """Our connector, led to this machine, with short time-outs and no token."""
    urls = ServiceUrls(loopback_only=True)
    async with Connector(token=None, service_urls=urls, connect_timeout=1, read_timeout=0.3, total_timeout=1) as ours:
        yield ours


def a_token_gate(issuer: FakeIssuer, **options: Any) -> TokenGate:
    keys = options.pop("keys", None) or SigningKeys(issuer.metadata_url, timeout=2)
    return TokenGate(**{"app_id": APP_ID, "allowed_tenants": [HARROW], "keys": keys, **options})


@pytest.fixture
async def start_bot(core: ScriptedCore, connector: Connector) -> AsyncIterator[StartBot]:
    """Start a bot behind a gate; by default the local one."""
    async with AsyncExitStack() as stack:

        async def start(
            gate: Gate | None = None,
            *,
            token: str | None = None,
            readiness: Mapping[str, Check] | None = None,
            **options: Any,
        ) -> RunningBot:
            courier = Courier(pause=0.05, longest_pause=2, typing_after=options.pop("typing_after", 1.0))
            counted = {"count": options.pop("count")} if "count" in options else {}
            handler = TeamsHandler(core, now=lambda: MORNING, say=lambda key: f"<{key}>", courier=courier, **counted)
            app = create_app(
                gate=gate or LocalGate(listening_host="127.0.0.1"),
                adapter=TeamsAdapter(connector),
                handler=handler,
                readiness=readiness,
                **options,
            )
            client = TestClient(TestServer(app), timeout=aiohttp.ClientTimeout(total=10))
            await stack.enter_async_context(client)
            return RunningBot(client, handler, token)

        yield start
