from __future__ import annotations

import asyncio
import gzip
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from bot.faults import CannotStart
from bot.security import Admitted
from bot.self_test import prove_the_door_is_shut
from tests.bot.conftest import RunningBot, ScriptedCore, StartBot, a_token_gate
from tests.fakes_teams import FakeIssuer, an_activity

JSON = {"Content-Type": "application/json"}


@pytest.fixture
async def bot(start_bot: StartBot, issuer: FakeIssuer) -> RunningBot:
    return await start_bot(a_token_gate(issuer), token=issuer.token())


@pytest.mark.parametrize(
    ("headers", "data", "status"),
    [
        (JSON, b"{", 400),
        (JSON, b"[]", 400),
        (JSON, b"", 400),
        (JSON, b"\xff\xd8\xff\xe0 JFIF", 400),
        (JSON, b"[" * 200_000, 400),
        ({**JSON, "Content-Encoding": "gzip"}, b"not gzip at all", 400),
        ({**JSON, "Content-Encoding": "gzip"}, gzip.compress(b'{"type":"message","x":"' + b"0" * 9_000_000), 413),
        ({"Content-Type": "text/plain"}, b"x", 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"a=b", 415),
        (JSON, b'{"type":"message","text":"' + b"x" * 300_000 + b'"}', 413),
    ],
)
async def test_what_cannot_be_an_activity_is_refused_by_its_kind(
    bot: RunningBot, core: ScriptedCore, headers: dict[str, str], data: bytes, status: int
) -> None:
    assert (await bot.raw(headers, data=data)).status == status
    assert core.heard == []


async def test_an_activity_without_a_conversation_is_bad(bot: RunningBot, core: ScriptedCore) -> None:
    for conversation in (None, {}, {"id": ""}, {"id": 7}, "x"):
        assert (await bot.post(an_activity(conversation=conversation))).status == 400
    assert core.heard == []


async def test_only_posts_are_taken(bot: RunningBot) -> None:
    async with bot.client.get("/api/messages") as response:
        assert response.status == 405


async def test_a_body_that_never_ends_is_given_up(start_bot: StartBot) -> None:
    bot = await start_bot(read_timeout=0.1)

    async def dripping() -> Any:
        yield b'{"type":'
        await asyncio.sleep(2)

    assert (await bot.raw(JSON, data=dripping())).status == 408


async def test_health_shows_that_tokens_are_checked(bot: RunningBot) -> None:
    async with bot.client.get("/healthz") as response:
        assert await response.json() == {"status": "ok", "auth": "on"}


async def test_health_shows_the_frightening_mode(start_bot: StartBot) -> None:
    bot = await start_bot()
    async with bot.client.get("/healthz") as response:
        assert (await response.json())["auth"] == "OFF: dangerously_allow_unauthenticated_local_requests"


async def test_readiness_names_what_is_away_and_not_why(start_bot: StartBot) -> None:
    async def well() -> None: ...

    async def away() -> None:
        raise ConnectionError("password of user bot at db.internal")

    async def asleep() -> None:
        await asyncio.sleep(5)

    bot = await start_bot(readiness={"database": away, "guidance": well, "mail": asleep}, ready_timeout=0.1)
    async with bot.client.get("/readyz") as response:
        assert response.status == 503
        document = await response.json()
    assert document["checks"] == {"database": "away", "guidance": "ok", "mail": "away"}
    assert "password" not in str(document)


async def test_ready_when_every_check_passes(start_bot: StartBot) -> None:
    async def well() -> None: ...

    bot = await start_bot(readiness={"database": well})
    async with bot.client.get("/readyz") as response:
        assert (response.status, (await response.json())["status"]) == (200, "ready")


async def test_metrics_count_turns_by_kind_and_status(start_bot: StartBot, issuer: FakeIssuer) -> None:
    bot = await start_bot(a_token_gate(issuer), token=issuer.token(), registry=CollectorRegistry())
    await bot.post()
    await bot.post(token=None)
    await bot.post(an_activity("invented-by-somebody"))
    async with bot.client.get("/metrics") as response:
        text = await response.text()
    assert 'partnership_bot_turns_total{kind="message",status="202"} 1.0' in text
    assert 'partnership_bot_turns_total{kind="refused",status="401"} 1.0' in text
    assert "invented-by-somebody" not in text
    assert 'partnership_bot_turn_seconds_count{kind="message"} 1.0' in text


async def test_without_a_registry_there_is_no_metrics_page(bot: RunningBot) -> None:
    async with bot.client.get("/metrics") as response:
        assert response.status == 404


async def test_the_self_test_passes_where_tokens_are_asked_for(bot: RunningBot) -> None:
    await prove_the_door_is_shut("127.0.0.1", bot.client.port or 0)


async def test_the_self_test_stops_a_bot_whose_door_is_open(start_bot: StartBot) -> None:
    class OpenGate:
        label = "open"

        async def admit(self, activity: Any, headers: Any, peer: Any) -> Any:
            return Admitted("t", "https://smba.trafficmanager.net/uk/", {})

    bot = await start_bot(OpenGate())
    with pytest.raises(CannotStart, match="202 instead of 401"):
        await prove_the_door_is_shut("127.0.0.1", bot.client.port or 0)


async def test_the_self_test_says_when_nobody_answers(unused_tcp_port: int) -> None:
    with pytest.raises(CannotStart, match="could not reach"):
        await prove_the_door_is_shut("127.0.0.1", unused_tcp_port)


async def test_a_request_that_is_refused_is_logged_with_its_reason_only(
    bot: RunningBot, capsys: pytest.CaptureFixture[str]
) -> None:
    await bot.post(an_activity(text="born 1 May 2019"), token=None)
    logged = "".join(capsys.readouterr())
    assert "no-token" in logged
    assert "2019" not in logged
    assert "Alice" not in logged
