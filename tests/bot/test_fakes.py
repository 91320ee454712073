"""The fakes are as strict as what they stand for: otherwise every test above proves less than it says."""

from __future__ import annotations

from collections.abc import Mapping

import aiohttp
import pytest

from tests.fakes_teams import ACCEPTED_THEN_500, FakeConnector, FakeIssuer

CARD = {"contentType": "application/vnd.microsoft.card.adaptive", "content": {"type": "AdaptiveCard"}}


@pytest.mark.parametrize(
    ("method", "path", "token", "body"),
    [
        ("POST", "v3/conversations/a/activities", "wrong", {"type": "message", "text": "x"}),
        ("POST", "v3/conversations/a/activities", "right", {"type": "message"}),
        ("POST", "v3/conversations/a/activities", "right", {"type": "message", "text": "x", "attachments": [CARD]}),
        ("POST", "v3/conversations/a/activities", "right", {"type": "invented", "text": "x"}),
        ("POST", "v3/conversations/a/activities", "right", ["x"]),
        ("PUT", "v3/conversations/a/activities/1", "right", {"type": "message", "text": "x"}),
        ("POST", "v3/conversations", "right", {"isGroup": True, "tenantId": "t", "members": []}),
        ("POST", "v4/conversations", "right", {"type": "message", "text": "x"}),
    ],
)
async def test_the_connector_refuses_and_notes_what_teams_would_not_take(
    method: str, path: str, token: str, body: object
) -> None:
    async with FakeConnector(bearer="right") as fake, aiohttp.ClientSession() as session:
        headers: Mapping[str, str] = {"Authorization": f"Bearer {token}"}
        async with session.request(method, fake.url + path, json=body, headers=headers) as response:
            assert response.status in (400, 404)
        assert len(fake.faults) == 1
        assert fake.accepted == []


async def test_in_local_mode_a_token_is_a_fault() -> None:
    async with FakeConnector() as fake, aiohttp.ClientSession() as session:
        headers = {"Authorization": "Bearer ours"}
        async with session.post(f"{fake.url}v3/conversations/a/activities", json={}, headers=headers) as response:
            assert response.status == 400
        assert fake.faults


async def test_a_message_may_be_delivered_although_the_answer_says_no() -> None:
    async with FakeConnector(script=[ACCEPTED_THEN_500]) as fake, aiohttp.ClientSession() as session:
        message = {"type": "message", "text": "x"}
        async with session.post(f"{fake.url}v3/conversations/a/activities", json=message) as response:
            assert response.status == 500
        assert fake.said == ["x"]


async def test_the_issuer_publishes_the_key_it_signs_with() -> None:
    async with FakeIssuer() as issuer, aiohttp.ClientSession() as session:
        async with session.get(issuer.metadata_url) as response:
            keys_url = (await response.json())["jwks_uri"]
        async with session.get(keys_url) as response:
            [key] = (await response.json())["keys"]
        assert (key["kid"], key["endorsements"][0]) == (issuer.key_id, "msteams")
