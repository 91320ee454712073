from __future__ import annotations

import asyncio
import base64
import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.faults import CannotStart
from bot.security import TokenGate
from bot.signing_keys import SigningKeys
from bot.tokens import Refused, TokenCheck
from tests.bot.conftest import ScriptedCore, StartBot, a_token_gate
from tests.fakes_teams import APP_ID, ELSEWHERE, HARROW, FakeIssuer, an_activity, new_key

EMULATOR = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"


def now() -> int:
    return int(time.time())


DEFECTS: dict[str, dict[str, Any]] = {
    "expired an hour ago": {"exp": now() - 3600},
    "for another app": {"aud": "33333333-3333-3333-3333-333333333333"},
    "for a list of apps": {"aud": [APP_ID]},
    "from another issuer": {"iss": "https://evil.example"},
    "from a part of the issuer": {"iss": "https://api"},
    "from the emulator": {"iss": EMULATOR, "ver": "1.0", "appid": APP_ID},
    "signed with an unknown key": {"key_id": "nope"},
    "not signed": {"algorithm": "none"},
    "signed with a shared secret": {"algorithm": "HS256", "key": "x" * 32},
    "for another service address": {"serviceurl": "https://smba.trafficmanager.net/amer/"},
    "without a service address": {"serviceurl": None},
    "without an expiry": {"exp": None},
    "without a start": {"nbf": None},
    "without an audience": {"aud": None},
    "without an issuer": {"iss": None},
    # counted from when the tests are collected, which may be long before this one runs
    "not valid before tomorrow": {"nbf": now() + 86_400},
    "with an expiry that is no number": {"exp": {"a": 1}},
    "with an endless expiry": {"exp": float("inf")},
}


@pytest.fixture
def gate(issuer: FakeIssuer) -> TokenGate:
    return a_token_gate(issuer)


@pytest.fixture
async def bot(start_bot: StartBot, issuer: FakeIssuer) -> Any:
    return await start_bot(a_token_gate(issuer), token=issuer.token())


async def test_a_good_token_is_let_in(bot: Any, core: ScriptedCore) -> None:
    assert (await bot.post()).status == 202
    assert [heard.said.text for heard in core.heard if heard.said] == ["hello"]


@pytest.mark.parametrize("defect", DEFECTS)
async def test_a_bad_token_is_refused_with_401(bot: Any, core: ScriptedCore, issuer: FakeIssuer, defect: str) -> None:
    answer = await bot.post(token=issuer.token(**DEFECTS[defect]))
    assert answer.status == 401
    assert answer.body is None
    assert core.heard == []


async def test_a_forged_token_is_refused_with_401(bot: Any, core: ScriptedCore, issuer: FakeIssuer) -> None:
    assert (await bot.post(token=issuer.token(key=new_key()))).status == 401
    assert core.heard == []


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Bearer abc", "Bearer a.b.c", "Basic YTpi", "é"])
async def test_a_header_without_a_token_is_refused_with_401(bot: Any, core: ScriptedCore, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    assert (await bot.raw(headers, json=an_activity())).status == 401
    assert core.heard == []


async def test_clocks_may_differ_by_a_few_minutes(bot: Any, issuer: FakeIssuer) -> None:
    assert (await bot.post(token=issuer.token(exp=now() - 240))).status == 202
    assert (await bot.post(token=issuer.token(nbf=now() + 240))).status == 202


@pytest.mark.parametrize("endorsements", [None, [], ["webchat", "skype"]])
async def test_a_key_that_may_not_speak_for_teams_is_refused(
    bot: Any, core: ScriptedCore, issuer: FakeIssuer, endorsements: list[str] | None
) -> None:
    issuer.endorsements = endorsements
    # a list without a single usable key is no list: nothing can be checked
    assert (await bot.post()).status == (503 if endorsements is None else 401)
    assert core.heard == []


@pytest.mark.parametrize(
    "change",
    [
        {"serviceUrl": "https://evil.example/"},
        {"serviceUrl": "http://smba.trafficmanager.net/uk/"},
        {"serviceUrl": None},
        {"serviceUrl": {"url": "https://smba.trafficmanager.net/uk/"}},
        {"channelId": "webchat"},
        {"channelId": "emulator"},
        {"channelId": None},
    ],
)
async def test_an_activity_from_elsewhere_is_refused_with_401(
    bot: Any, core: ScriptedCore, issuer: FakeIssuer, change: dict[str, Any]
) -> None:
    token = issuer.token(serviceurl=change.get("serviceUrl"))
    assert (await bot.post(an_activity(**change), token=token)).status == 401
    assert core.heard == []


@pytest.mark.parametrize(
    "change",
    [
        {"channelData": {"tenant": {"id": ELSEWHERE}}},
        {"channelData": {}, "conversation": {"id": "a:1", "conversationType": "personal", "tenantId": ELSEWHERE}},
        {"channelData": None, "conversation": {"id": "a:1", "conversationType": "personal"}},
        {"channelData": {"tenant": {"id": [HARROW]}}},
        {"channelData": "x", "conversation": "y"},
    ],
)
async def test_a_foreign_or_missing_tenant_is_refused_with_403(
    bot: Any, core: ScriptedCore, change: dict[str, Any]
) -> None:
    assert (await bot.post(an_activity(**change))).status == 403
    assert core.heard == []


async def test_two_partner_tenants_may_share_one_bot(
    start_bot: StartBot, core: ScriptedCore, issuer: FakeIssuer
) -> None:
    bot = await start_bot(a_token_gate(issuer, allowed_tenants=[HARROW.upper(), ELSEWHERE]), token=issuer.token())
    assert (await bot.post()).status == 202
    elsewhere = {"id": "a:1", "conversationType": "personal", "tenantId": ELSEWHERE}
    assert (await bot.post(an_activity(channelData={}, conversation=elsewhere))).status == 202
    assert [heard.where.tenant_id for heard in core.heard] == [HARROW, ELSEWHERE]


async def test_a_bad_token_is_refused_before_its_tenant_is_looked_at(bot: Any, issuer: FakeIssuer) -> None:
    foreign = an_activity(channelData={"tenant": {"id": ELSEWHERE}})
    assert (await bot.post(foreign, token=issuer.token(key=new_key()))).status == 401


async def test_a_token_that_is_known_is_refused_once_it_has_expired(bot: Any, issuer: FakeIssuer) -> None:
    nearly_over = issuer.token(exp=now() - 298)
    assert [(await bot.post(token=nearly_over)).status for _ in range(2)] == [202, 202]
    await asyncio.sleep(2.1)
    assert (await bot.post(token=nearly_over)).status == 401


async def test_a_token_that_is_known_must_still_fit_what_it_comes_with(bot: Any) -> None:
    assert (await bot.post()).status == 202
    assert (await bot.post(an_activity(serviceUrl="https://smba.trafficmanager.net/amer/"))).status == 401
    assert (await bot.post(an_activity(channelData={"tenant": {"id": ELSEWHERE}}))).status == 403


async def test_only_so_many_tokens_are_remembered(issuer: FakeIssuer) -> None:
    check = TokenCheck(app_id=APP_ID, keys=SigningKeys(issuer.metadata_url), leeway=300, remember_for=300, most_known=3)
    for number in range(10):
        await check.claims(issuer.token(sub=str(number)), "msteams")
    assert len(check._known) <= 3


async def test_a_header_nested_beyond_reason_is_refused(issuer: FakeIssuer) -> None:
    deep = base64.urlsafe_b64encode(b'{"kid":' + b"[" * 5000).decode().rstrip("=")
    with pytest.raises(Refused) as refused:
        await a_token_gate(issuer).admit(an_activity(), {"Authorization": f"Bearer {deep}.e30.e30"}, None)
    assert refused.value.status == 401


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(), st.binary().map(lambda raw: "Bearer " + base64.urlsafe_b64encode(raw).decode() + ".e30.x")))
async def test_no_header_at_all_breaks_the_gate(issuer: FakeIssuer, header: str) -> None:
    gate = TokenGate(app_id=APP_ID, allowed_tenants=[HARROW], keys=SigningKeys(issuer.metadata_url))
    with pytest.raises(Refused) as refused:
        await gate.admit(an_activity(), {"Authorization": header}, None)
    assert refused.value.status == 401


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["iss", "aud", "exp", "nbf", "iat", "serviceurl"]), ANYTHING)
async def test_a_signed_claim_of_any_kind_is_judged_and_breaks_nothing(
    gate: TokenGate, issuer: FakeIssuer, claim: str, value: object
) -> None:
    changes: dict[str, Any] = {claim: value}
    header = {"Authorization": f"Bearer {issuer.token(**changes)}"}
    if claim in ("exp", "nbf", "iat"):
        with suppress(Refused):
            await gate.admit(an_activity(), header, None)
        return
    with pytest.raises(Refused) as refused:
        await gate.admit(an_activity(), header, None)
    assert refused.value.status == 401


@pytest.mark.parametrize(("app_id", "tenants"), [("", [HARROW]), ("  ", [HARROW]), (APP_ID, []), (APP_ID, [" "])])
def test_a_gate_that_would_be_open_or_shut_for_all_cannot_be_built(app_id: str, tenants: list[str]) -> None:
    with pytest.raises(CannotStart):
        TokenGate(app_id=app_id, allowed_tenants=tenants, keys=SigningKeys())
