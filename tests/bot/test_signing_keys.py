from __future__ import annotations

import asyncio

import pytest

from bot.signing_keys import KeysUnavailable, SigningKeys, parse_keys
from tests.bot.conftest import ScriptedCore, StartBot, a_token_gate
from tests.fakes_teams import FakeIssuer

HOUR = 3600.0


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds

    def wait(self, seconds: float) -> None:
        self.seconds += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(issuer: FakeIssuer, clock: Clock) -> SigningKeys:
    return SigningKeys(issuer.metadata_url, timeout=1, clock=clock)


async def settled() -> None:
    """Let a refresh in the background end."""
    await asyncio.sleep(0.1)


async def test_many_callers_share_one_fetch(keys: SigningKeys, issuer: FakeIssuer) -> None:
    issuer.delay = 0.05
    found = await asyncio.gather(*(keys.find("key-1") for _ in range(20)))
    assert all(found)
    assert issuer.fetches == 1


async def test_a_caller_who_gives_up_does_not_end_the_fetch_for_the_others(
    keys: SigningKeys, issuer: FakeIssuer
) -> None:
    issuer.delay = 0.1
    impatient = asyncio.create_task(keys.find("key-1"))
    patient = asyncio.create_task(keys.find("key-1"))
    await asyncio.sleep(0.02)
    impatient.cancel()
    assert await patient is not None
    assert issuer.fetches == 1


async def test_after_a_rotation_the_new_key_is_fetched_at_once(
    keys: SigningKeys, issuer: FakeIssuer, clock: Clock
) -> None:
    await keys.find("key-1")
    issuer.rotate()
    clock.wait(61)
    assert await keys.find(issuer.key_id) is not None
    assert await keys.find("key-1") is None


async def test_a_storm_of_unknown_keys_asks_once_a_minute(keys: SigningKeys, issuer: FakeIssuer, clock: Clock) -> None:
    await keys.find("key-1")
    for number in range(100):
        assert await keys.find(f"invented-{number}") is None
    assert issuer.fetches == 1
    clock.wait(61)
    for number in range(100):
        assert await keys.find(f"invented-{number}") is None
    assert issuer.fetches == 2


async def test_keys_are_confirmed_in_the_background_twice_a_day(
    keys: SigningKeys, issuer: FakeIssuer, clock: Clock
) -> None:
    await keys.find("key-1")
    clock.wait(11 * HOUR)
    await keys.find("key-1")
    assert issuer.fetches == 1
    clock.wait(2 * HOUR)
    issuer.delay = 5
    async with asyncio.timeout(1):
        assert await keys.find("key-1") is not None
    await settled()
    assert issuer.fetches == 2
    await keys.close()


async def test_an_outage_is_bridged_for_a_day_and_then_nothing_is_believed(
    keys: SigningKeys, issuer: FakeIssuer, clock: Clock
) -> None:
    await keys.find("key-1")
    issuer.down = True
    clock.wait(23 * HOUR)
    assert await keys.find("key-1") is not None
    await settled()
    clock.wait(1 * HOUR)
    with pytest.raises(KeysUnavailable):
        await keys.find("key-1")
    issuer.down = False
    clock.wait(61)
    assert await keys.find("key-1") is not None


async def test_an_unknown_key_cannot_be_judged_while_the_list_is_away(
    keys: SigningKeys, issuer: FakeIssuer, clock: Clock
) -> None:
    await keys.find("key-1")
    issuer.down = True
    clock.wait(61)
    with pytest.raises(KeysUnavailable):
        await keys.find("key-2")
    assert await keys.find("key-1") is not None


@pytest.mark.parametrize(
    "document",
    [[], {}, {"keys": []}, {"keys": "x"}, {"keys": [1, {"kid": "a"}]}, {"keys": [{"kid": "a", "kty": "RSA"}]}],
)
async def test_a_list_without_a_usable_key_changes_nothing(
    keys: SigningKeys, issuer: FakeIssuer, clock: Clock, document: object
) -> None:
    await keys.find("key-1")
    issuer.document = document
    clock.wait(13 * HOUR)
    await keys.find("key-1")
    await settled()
    assert await keys.find("key-1") is not None


def test_one_odd_key_does_not_disable_the_others() -> None:
    good = {"kid": "good", "kty": "RSA", "n": "wJ8" * 114, "e": "AQAB", "endorsements": ["msteams"]}
    odd = [{"kid": "ec", "kty": "EC", "crv": "P-256"}, {"kid": "short", "kty": "RSA", "n": "!", "e": "AQAB"}]
    assert set(parse_keys({"keys": [*odd, good, None]})) == {"good"}


async def test_while_the_list_is_away_teams_is_told_to_come_back(
    start_bot: StartBot, core: ScriptedCore, issuer: FakeIssuer
) -> None:
    issuer.down = True
    bot = await start_bot(a_token_gate(issuer), token=issuer.token())
    assert (await bot.post()).status == 503
    assert core.heard == []


async def test_a_list_that_does_not_answer_is_given_up(start_bot: StartBot, issuer: FakeIssuer) -> None:
    issuer.delay = 2
    keys = SigningKeys(issuer.metadata_url, timeout=0.1)
    bot = await start_bot(a_token_gate(issuer, keys=keys), token=issuer.token())
    assert (await bot.post()).status == 503
    assert (await bot.post()).status == 503
    assert issuer.fetches == 1


async def test_a_rotation_lets_the_new_token_in_and_the_old_one_out(
    start_bot: StartBot, issuer: FakeIssuer, clock: Clock
) -> None:
    keys = SigningKeys(issuer.metadata_url, timeout=1, clock=clock)
    old = issuer.token()
    bot = await start_bot(a_token_gate(issuer, keys=keys), token=old)
    assert [(await bot.post()).status for _ in range(2)] == [202, 202]
    issuer.rotate()
    assert (await bot.post(token=issuer.token())).status == 401
    clock.wait(61)
    assert (await bot.post(token=issuer.token())).status == 202
    assert (await bot.post(token=old)).status == 401


async def test_a_token_that_is_known_loses_its_good_name_with_the_endorsement(
    start_bot: StartBot, issuer: FakeIssuer, clock: Clock
) -> None:
    keys = SigningKeys(issuer.metadata_url, timeout=1, clock=clock)
    bot = await start_bot(a_token_gate(issuer, keys=keys), token=issuer.token())
    assert (await bot.post()).status == 202
    issuer.endorsements = ["webchat"]
    clock.wait(13 * HOUR)
    await bot.post()
    await settled()
    assert (await bot.post()).status == 401
