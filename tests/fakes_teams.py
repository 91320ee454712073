"""The world around the bot, on real sockets: the Teams connector, the issuer of its tokens, and Entra.

They are strict. A request that the real service would not understand is refused and noted in `faults`, which every
test must leave empty.
"""

from __future__ import annotations

import asyncio
import functools
import itertools
import json
import time
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError

from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt import PyJWS
from jwt.algorithms import RSAAlgorithm

ISSUER = "https://api.botframework.com"
APP_ID = "11111111-1111-1111-1111-111111111111"
HOME_TENANT = "22222222-2222-2222-2222-222222222222"
HARROW = "72f988bf-86f1-41af-91ab-2d7cd011db47"
ELSEWHERE = "99999999-0000-0000-0000-000000000000"
TEAMS_URL = "https://smba.trafficmanager.net/uk/"
EVERYWHERE = "0.0.0.0"  # noqa: S104 - tests only ever see it refused
BOT_ID = f"28:{APP_ID}"

ALICE = {"id": "29:alice", "name": "Alice Owner", "aadObjectId": "00000000-0000-0000-0000-0000000000a1"}
BOB = {"id": "29:bob", "name": "Bob Colleague", "aadObjectId": "00000000-0000-0000-0000-0000000000b1"}
CHARLIE = {"id": "29:charlie", "name": "Charlie"}
"""A guest: Teams names no Entra id for him."""

_ids = itertools.count(1)


def an_activity(
    kind: str = "message", *, service_url: str = TEAMS_URL, person: Mapping[str, Any] = ALICE, **fields: object
) -> dict[str, Any]:
    """An activity of a person (Alice) in her personal chat, with an id of its own. `fields` replace or add."""
    activity: dict[str, Any] = {
        "type": kind,
        "id": f"activity-{next(_ids)}",
        "channelId": "msteams",
        "serviceUrl": service_url,
        "from": dict(person),
        "recipient": {"id": BOT_ID, "name": "Partnership bot"},
        "conversation": {"id": "a:alice-and-bot", "conversationType": "personal", "tenantId": HARROW},
        "channelData": {"tenant": {"id": HARROW}},
    }
    if kind == "message":
        activity["text"] = "hello"
    activity.update(fields)
    return activity


def a_press(verb: str, *, service_url: str = TEAMS_URL, **data: object) -> dict[str, Any]:
    """Alice presses an `Action.Execute` button."""
    value = {"action": {"type": "Action.Execute", "verb": verb, "data": data}, "trigger": "manual"}
    return an_activity("invoke", service_url=service_url, name="adaptiveCard/action", value=value)


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


first_key = functools.cache(new_key)
"""The key every issuer starts with: making one takes longer than most tests."""


class FakeIssuer:
    """Publishes the signing keys as the Bot Framework does, and signs tokens with any defect a test asks for."""

    def __init__(self) -> None:
        self.key = first_key()
        self.key_id = "key-1"
        self.endorsements: list[str] | None = ["msteams", "webchat"]
        self.fetches = 0
        self.down = False
        self.delay = 0.0
        self.document: object = None
        self._server = TestServer(self._app())

    async def __aenter__(self) -> FakeIssuer:
        await self._server.start_server()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._server.close()

    @property
    def metadata_url(self) -> str:
        return str(self._server.make_url("/v1/.well-known/openidconfiguration"))

    def rotate(self) -> None:
        self.key, self.key_id = new_key(), f"key-{next(_ids)}"

    def claims(self, **changes: object) -> dict[str, object]:
        """The claims of a good token. A claim changed to None is left out."""
        now = int(time.time())
        good = {"iss": ISSUER, "aud": APP_ID, "serviceurl": TEAMS_URL, "iat": now, "nbf": now - 10, "exp": now + 3600}
        return {name: value for name, value in {**good, **changes}.items() if value is not None}

    def token(
        self,
        *,
        key: rsa.RSAPrivateKey | str | None = None,
        key_id: str | None = None,
        algorithm: str = "RS256",
        **claims: object,
    ) -> str:
        """A token that is good but for what is changed."""
        signed_with = (key or self.key) if algorithm != "none" else None
        payload = json.dumps(self.claims(**claims)).encode()  # jwt.encode would refuse to sign some defects
        return PyJWS().encode(payload, signed_with, algorithm=algorithm, headers={"kid": key_id or self.key_id})  # type: ignore[arg-type]

    def _app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/v1/.well-known/openidconfiguration", self._metadata)
        app.router.add_get("/v1/.well-known/keys", self._keys)
        return app

    async def _metadata(self, request: web.Request) -> web.Response:
        self.fetches += 1
        await asyncio.sleep(self.delay)
        if self.down:
            return web.Response(status=503)
        keys = str(self._server.make_url("/v1/.well-known/keys"))
        return web.json_response({"issuer": ISSUER, "jwks_uri": keys})

    async def _keys(self, request: web.Request) -> web.Response:
        if self.document is not None:
            return web.json_response(self.document)
        key = json.loads(RSAAlgorithm.to_jwk(self.key.public_key())) | {"kid": self.key_id, "use": "sig"}
        return web.json_response(
            {"keys": [key if self.endorsements is None else key | {"endorsements": self.endorsements}]}
        )


@dataclass(frozen=True)
class Behaviour:
    """What the connector does with one request. `accept` says whether the message is delivered all the same."""

    status: int = 201
    code: str | None = None
    retry_after: str | None = None
    accept: bool | None = None
    hang: bool = False
    delay: float = 0.0
    body: object = None

    @property
    def accepts(self) -> bool:
        return self.status < 300 if self.accept is None else self.accept


THROTTLED = Behaviour(429, "Throttled", retry_after="0.1")
BLOCKED_BY_PERSON = Behaviour(403, "ConversationBlockedByUser")
WRONG_API_HOST = Behaviour(403, "InvalidBotApiHost")
GONE = Behaviour(404, "ConversationNotFound")
NOT_READY = Behaviour(412, "PreconditionFailed")
BROKEN = Behaviour(500, "ServiceError")
ACCEPTED_THEN_500 = Behaviour(500, "ServiceError", accept=True)
ACCEPTED_THEN_SILENCE = Behaviour(accept=True, hang=True)


@dataclass
class Sent:
    """One request that the connector took in, accepted or not."""

    method: str
    path: str
    body: dict[str, Any]
    accepted: bool


@dataclass
class FakeConnector:
    """The Bot Connector. `bearer` is the only token it takes (None: it insists on none, as the local client does).

    `script` is worked off request by request; afterwards everything succeeds. `members` are served in pages, and one
    by one, by their id in Teams or in Entra; `looked_up` says who was asked for, `directory` how it answers.
    """

    bearer: str | None = None
    script: list[Behaviour] = field(default_factory=list)
    members: list[dict[str, Any]] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    directory: Behaviour = Behaviour(200)
    requests: list[Sent] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    connections: set[object] = field(default_factory=set)

    async def __aenter__(self) -> FakeConnector:
        self._release = asyncio.Event()
        self._server = TestServer(self._app())
        await self._server.start_server()
        self.url = str(self._server.make_url("/uk/"))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._release.set()
        await self._server.close()

    @property
    def accepted(self) -> list[Sent]:
        return [sent for sent in self.requests if sent.accepted]

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The bodies of the messages that people can see, in order."""
        return [sent.body for sent in self.accepted if sent.body.get("type") == "message"]

    @property
    def said(self) -> list[str]:
        return [message.get("text", "") for message in self.messages]

    async def stop(self) -> None:
        """Refuse connections from now on."""
        await self._server.close()

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=100_000)
        conversation = "/uk/v3/conversations/{conversation}"
        app.router.add_post("/uk/v3/conversations", self._create)
        app.router.add_post(f"{conversation}/activities", self._activity)
        app.router.add_post(f"{conversation}/activities/{{activity}}", self._activity)
        app.router.add_put(f"{conversation}/activities/{{activity}}", self._activity)
        app.router.add_get(f"{conversation}/members/{{member}}", self._member)
        app.router.add_get(f"{conversation}/pagedmembers", self._paged)
        app.router.add_route("*", "/{tail:.*}", self._nowhere)
        return app

    async def _activity(self, request: web.Request) -> web.StreamResponse:
        body = await self._checked(request)
        if body is None or not self._is_activity(body, request.method):
            return _refusal(400, "BadArgument")
        behaviour = self._next()
        self.requests.append(Sent(request.method, request.path, body, behaviour.accepts))
        return await self._behave(behaviour, {"id": f"sent-{next(_ids)}"})

    async def _create(self, request: web.Request) -> web.StreamResponse:
        body = await self._checked(request)
        members = body.get("members") if body else None
        if body is None or body.get("isGroup") or not body.get("tenantId") or not isinstance(members, list):
            self.faults.append(f"not a personal conversation: {body}")
            return _refusal(400, "BadArgument")
        behaviour = self._next()
        self.requests.append(Sent(request.method, request.path, body, behaviour.accepts))
        return await self._behave(behaviour, {"id": f"a:opened-for-{members[0]['id']}"})

    async def _member(self, request: web.Request) -> web.StreamResponse:
        if await self._checked(request) is None:
            return _refusal(401, "Unauthorized")
        wanted = request.match_info["member"]
        self.looked_up.append(wanted)
        found = [member for member in self.members if wanted in (member["id"], member.get("aadObjectId"))]
        if not found:
            return _refusal(404, "MemberNotFoundInConversation")
        return await self._behave(self.directory, found[0])

    async def _paged(self, request: web.Request) -> web.StreamResponse:
        if await self._checked(request) is None:
            return _refusal(401, "Unauthorized")
        start, size = int(request.query.get("continuationToken", "0")), int(request.query["pageSize"])
        page: dict[str, object] = {"members": self.members[start : start + size]}
        if start + size < len(self.members):
            page["continuationToken"] = str(start + size)
        return web.json_response(page)

    async def _nowhere(self, request: web.Request) -> web.StreamResponse:
        self.faults.append(f"no such path: {request.method} {request.path}")
        return web.Response(status=404, text="<html>not here</html>")

    async def _checked(self, request: web.Request) -> dict[str, Any] | None:
        """Check bearer and JSON as the real connector does. None if the request is not fit to be looked at."""
        self.connections.add(request.transport)
        expected = None if self.bearer is None else f"Bearer {self.bearer}"
        if request.headers.get("Authorization") != expected:
            self.faults.append(f"wrong bearer on {request.method} {request.path}")
            return None
        if request.method == "GET":
            return {}
        body = await request.json() if request.content_type == "application/json" else None
        if not isinstance(body, dict):
            self.faults.append(f"not a JSON object on {request.path}")
            return None
        return body

    def _is_activity(self, body: Mapping[str, Any], method: str) -> bool:
        right = body.get("type") == "typing" or (
            body.get("type") == "message" and bool(body.get("text")) != bool(body.get("attachments"))
        )
        for attachment in body.get("attachments", ()):
            right &= attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
            right &= attachment["content"].get("type") == "AdaptiveCard"
        right &= method != "PUT" or bool(body.get("id"))
        if not right:
            self.faults.append(f"not an activity that Teams shows: {sorted(body)}")
        return right

    def _next(self) -> Behaviour:
        return self.script.pop(0) if self.script else Behaviour()

    async def _behave(self, behaviour: Behaviour, success: object) -> web.StreamResponse:
        await asyncio.sleep(behaviour.delay)
        if behaviour.hang:
            await self._release.wait()
        headers = {} if behaviour.retry_after is None else {"Retry-After": behaviour.retry_after}
        if behaviour.status < 300:
            return web.json_response(success, status=behaviour.status)
        body = behaviour.body or {"error": {"code": behaviour.code, "message": "as the test asked"}}
        return web.json_response(body, status=behaviour.status, headers=headers)


def _refusal(status: int, code: str) -> web.Response:
    return web.json_response({"error": {"code": code, "message": "the fake is strict"}}, status=status)


class FakeEntra:
    """Entra's token endpoint, and the http client that leads msal to it instead of to the real one."""

    def __init__(
        self, *, secret: str = "a-secret", seconds: int = 3599, scope: str = "https://api.botframework.com/.default"
    ) -> None:
        self.secret = secret
        self.scope = scope
        self.seconds = seconds
        self.token_calls = 0
        self.calls = 0
        self.delay = 0.0
        self.down = False
        self._server = TestServer(self._app())

    async def __aenter__(self) -> FakeEntra:
        await self._server.start_server()
        self.http = EntraHttp(str(self._server.make_url("")))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._server.close()

    def _app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/{tenant}/v2.0/.well-known/openid-configuration", self._discovery)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        return app

    async def _discovery(self, request: web.Request) -> web.Response:
        self.calls += 1
        if self.down:
            return web.Response(status=503)
        base = f"https://login.microsoftonline.com/{request.match_info['tenant']}"
        return web.json_response(
            {
                "issuer": f"{base}/v2.0",
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
            }
        )

    async def _token(self, request: web.Request) -> web.Response:
        self.calls += 1
        self.token_calls += 1
        await asyncio.sleep(self.delay)
        form = await request.post()
        if self.down:
            return web.Response(status=503)
        wanted = {
            "grant_type": "client_credentials",
            "client_id": APP_ID,
            "client_secret": self.secret,
            "scope": self.scope,
        }
        if request.match_info["tenant"] != HOME_TENANT or any(form.get(key) != value for key, value in wanted.items()):
            return web.json_response({"error": "invalid_client"}, status=401)
        token = f"entra-token-{self.token_calls}"
        return web.json_response({"token_type": "Bearer", "expires_in": self.seconds, "access_token": token})


class EntraHttp:
    """The blocking http client that msal asks for (`get`, `post`, `close`)."""

    def __init__(self, base: str) -> None:
        self._base = base.rstrip("/")

    def get(self, url: str, **options: Any) -> HttpAnswer:
        return self._ask(url, None)

    def post(self, url: str, *, data: Mapping[str, str], **options: Any) -> HttpAnswer:
        return self._ask(url, urllib.parse.urlencode(data).encode())

    def close(self) -> None:
        """Nothing is kept open."""

    def _ask(self, url: str, data: bytes | None) -> HttpAnswer:
        local = url.replace("https://login.microsoftonline.com", self._base)
        try:
            with urllib.request.urlopen(local, data=data, timeout=5) as response:
                return HttpAnswer(response.status, response.read().decode(), dict(response.headers))
        except HTTPError as error:
            with error:
                return HttpAnswer(error.code, error.read().decode(), dict(error.headers))


@dataclass(frozen=True)
class HttpAnswer:
    """What msal reads of an answer."""

    status_code: int
    text: str
    headers: Mapping[str, str]

    def raise_for_status(self) -> None:
        if self.status_code >= 400:
            raise OSError(f"HTTP {self.status_code}")
