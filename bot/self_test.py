"""Proof at the start that the door is shut: the bot knocks at itself without a token and must be refused."""

from __future__ import annotations

import aiohttp
from yarl import URL

from bot.app import MESSAGES
from bot.faults import CannotStart
from bot.security import CHANNEL

PROBE = {
    "type": "message",
    "id": "self-test",
    "channelId": CHANNEL,
    "serviceUrl": "https://smba.trafficmanager.net/teams/",
    "conversation": {"id": "self-test", "conversationType": "personal"},
    "from": {"id": "self-test"},
    "recipient": {"id": "self-test"},
    "text": "self-test",
}


async def prove_the_door_is_shut(host: str, port: int, *, patience: float = 10.0) -> None:
    """Post an activity without a token to the bot at `host` and `port`; raise `CannotStart` unless it answers 401
    within `patience` seconds.

    Call it once the server listens, and not in local mode, where the door is open by intent.
    """
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 - not a bind
    url = URL.build(scheme="http", host=reachable, port=port, path=MESSAGES)
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=patience)) as session,
            session.post(url, json=PROBE, allow_redirects=False) as response,
        ):
            status = response.status
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise CannotStart(f"the start-up self-test could not reach {url}: {type(error).__name__}") from error
    if status != 401:
        raise CannotStart(f"the start-up self-test was answered {status} instead of 401: the door is not shut")
