from __future__ import annotations

from typing import Any

import pytest

from bot.faults import CannotStart
from bot.seam import Registration, dangerously_local, teams
from bot.security import LocalGate
from bot.tokens import Refused
from tests.bot.conftest import ScriptedCore, StartBot
from tests.fakes_teams import APP_ID, ELSEWHERE, EVERYWHERE, HARROW, HOME_TENANT, an_activity

LOCAL_URL = "http://localhost:56150/_connector"
HERE = {"Host": "127.0.0.1:3978"}


def a_local_activity(**fields: Any) -> dict[str, Any]:
    return an_activity(service_url=LOCAL_URL, **fields)


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "", "localhost", "192.168.1.4", "::1", "bot.example", "127.0.0.1 "])
def test_local_mode_refuses_to_listen_anywhere_but_on_127_0_0_1(host: str) -> None:
    with pytest.raises(CannotStart, match=r"127\.0\.0\.1"):
        LocalGate(listening_host=host)
    with pytest.raises(CannotStart):
        dangerously_local(host=host)


async def test_a_local_client_needs_no_token(start_bot: StartBot, core: ScriptedCore) -> None:
    bot = await start_bot()
    assert (await bot.post(a_local_activity(), token=None)).status == 202
    assert len(core.heard) == 1


@pytest.mark.parametrize("peer", ["192.168.1.9", "10.0.0.2", "2001:db8::1", "", None, "localhost.example"])
async def test_a_peer_from_elsewhere_is_refused(peer: str | None) -> None:
    with pytest.raises(Refused) as refused:
        await LocalGate(listening_host="127.0.0.1").admit(a_local_activity(), HERE, peer)
    assert refused.value.status == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example:3978"},
        {"Host": "127.0.0.1.evil.example"},
        {},
        {**HERE, "X-Forwarded-For": "203.0.113.9"},
        {**HERE, "Forwarded": "for=203.0.113.9"},
        {**HERE, "Via": "1.1 a-tunnel"},
    ],
)
async def test_a_tunnel_or_a_rebound_name_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        await LocalGate(listening_host="127.0.0.1").admit(a_local_activity(), headers, "127.0.0.1")
    assert refused.value.status == 401


@pytest.mark.parametrize("url", ["https://smba.trafficmanager.net/uk/", "http://192.168.1.4:1/", None])
async def test_a_service_address_beyond_this_machine_is_refused(start_bot: StartBot, url: str | None) -> None:
    bot = await start_bot()
    assert (await bot.post(an_activity(serviceUrl=url), token=None)).status == 401


async def test_a_tenant_list_holds_in_local_mode_too(start_bot: StartBot) -> None:
    bot = await start_bot(LocalGate(listening_host="127.0.0.1", allowed_tenants=[HARROW]))
    assert (await bot.post(a_local_activity(), token=None)).status == 202
    foreign = a_local_activity(channelData={"tenant": {"id": ELSEWHERE}})
    assert (await bot.post(foreign, token=None)).status == 403


async def test_a_page_in_a_browser_cannot_post_without_asking(start_bot: StartBot, core: ScriptedCore) -> None:
    bot = await start_bot()
    simple = {"Content-Type": "text/plain", "Origin": "https://evil.example"}
    assert (await bot.raw(simple, data=b'{"type":"message"}')).status == 415
    assert core.heard == []


@pytest.mark.parametrize("missing", ["app_id", "app_password", "tenant_id"])
def test_without_credentials_the_bot_does_not_start(missing: str) -> None:
    complete = {"app_id": APP_ID, "app_password": "a-secret", "tenant_id": HOME_TENANT}
    with pytest.raises(CannotStart, match=r"PARTNERSHIP_BOT_APP_ID, .* are all needed"):
        teams(Registration(**{**complete, missing: " "}), host=EVERYWHERE, allowed_tenants=[HARROW])


def test_without_allowed_tenants_the_bot_does_not_start() -> None:
    with pytest.raises(CannotStart, match="tenants"):
        teams(Registration(APP_ID, "a-secret", HOME_TENANT), host=EVERYWHERE, allowed_tenants=[])


def test_a_registration_does_not_show_its_secret() -> None:
    shown = repr(Registration(APP_ID, "a-secret", HOME_TENANT))
    assert APP_ID in shown
    assert "a-secret" not in shown
