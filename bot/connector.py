"""Calls to the Teams connector over one pooled session: plain dictionaries out, typed failures back.

Every call is made exactly once. Whether it may be made again is for the caller to decide, who knows what a repeat
would mean.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from types import TracebackType
from urllib.parse import quote, urlencode

import aiohttp
from yarl import URL

from bot.activities import RawActivity, encoded, mapping, words
from bot.connector_errors import failure_of
from bot.service_urls import ServiceUrls
from services.entra import TokenSource
from services.outgoing import bearer_of, body_of, from_exception
from services.ports import DeliveryError, Failure


class Connector:
    """The Bot Connector's REST interface, as much of it as the bot needs. Use it as an async context manager.

    `token` is None only in local mode. The token goes to no address that `service_urls` does not permit, whatever a
    stored route says. Time-outs are in seconds, `max_bytes` limits one activity (Teams refuses more than 100 kB).
    Every method raises `services.ports.DeliveryError`.
    """

    def __init__(
        self,
        *,
        token: TokenSource | None,
        service_urls: ServiceUrls | None = None,
        pool_size: int = 50,
        connect_timeout: float = 5.0,
        read_timeout: float = 10.0,
        total_timeout: float = 15.0,
        keepalive: float = 15.0,
        max_bytes: int = 80_000,
        trust_env: bool = False,
    ) -> None:
        self._token = token
        self._service_urls = service_urls or ServiceUrls()
        self._pool_size = pool_size
        self._timeout = aiohttp.ClientTimeout(connect=connect_timeout, sock_read=read_timeout)
        self._total_timeout = total_timeout
        self._keepalive = keepalive
        self._max_bytes = max_bytes
        self._trust_env = trust_env
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Connector:
        pool = aiohttp.TCPConnector(limit=self._pool_size, keepalive_timeout=self._keepalive)
        self._session = aiohttp.ClientSession(
            connector=pool,
            timeout=self._timeout,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=self._trust_env,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def send(self, service_url: str, conversation_id: str, activity: RawActivity) -> str:
        """Post an activity. Return its id, or "" where Teams names none (it splits some messages in two)."""
        return _id_of(await self._call("POST", service_url, _activities(conversation_id), activity))

    async def reply(self, service_url: str, conversation_id: str, activity_id: str, activity: RawActivity) -> str:
        """Post an activity as the answer to another. Returns as `send` does."""
        path = f"{_activities(conversation_id)}/{_quoted(activity_id)}"
        return _id_of(await self._call("POST", service_url, path, activity))

    async def update(self, service_url: str, conversation_id: str, activity_id: str, activity: RawActivity) -> None:
        """Replace an activity that was sent before."""
        await self._call("PUT", service_url, f"{_activities(conversation_id)}/{_quoted(activity_id)}", activity)

    async def create_conversation(self, service_url: str, parameters: Mapping[str, object]) -> str:
        """Open a conversation, or find the one that exists, and return its id."""
        conversation_id = _id_of(await self._call("POST", service_url, "v3/conversations", parameters))
        if not conversation_id:
            raise DeliveryError(Failure.TRANSIENT, code="no-conversation-id")
        return conversation_id

    async def member(self, service_url: str, conversation_id: str, user_id: str) -> Mapping[str, object]:
        """Look one member up (`aadObjectId`, `email`, `userRole` ...). Teams allows 14 a second per conversation."""
        path = f"v3/conversations/{_quoted(conversation_id)}/members/{_quoted(user_id)}"
        return await self._call("GET", service_url, path)

    async def members(
        self, service_url: str, conversation_id: str, *, page_size: int = 200, max_pages: int = 100
    ) -> AsyncIterator[Mapping[str, object]]:
        """Walk through all members, page by page."""
        base = f"v3/conversations/{_quoted(conversation_id)}/pagedmembers"
        query: dict[str, str | int] = {"pageSize": page_size}
        for _ in range(max_pages):
            page = await self._call("GET", service_url, f"{base}?{urlencode(query)}")
            listed = page.get("members")
            for member in listed if isinstance(listed, list) else ():
                yield mapping(member)
            query["continuationToken"] = words(page.get("continuationToken"))
            if not query["continuationToken"]:
                return

    async def _call(
        self, method: str, service_url: str, path: str, body: Mapping[str, object] | None = None
    ) -> Mapping[str, object]:
        if self._session is None:
            raise RuntimeError("the connector is not open")
        if not self._service_urls.permits(service_url):
            raise DeliveryError(Failure.REFUSED, code="service-url-not-allowed")
        data = None if body is None else _within(body, self._max_bytes)
        headers = {"Content-Type": "application/json"}
        token = await bearer_of(self._token) if self._token is not None else None
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        url = URL(f"{service_url.rstrip('/')}/{path}", encoded=True)
        try:
            async with (
                asyncio.timeout(self._total_timeout),
                self._session.request(method, url, data=data, headers=headers, allow_redirects=False) as response,
            ):
                return await self._answer(response, token)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise from_exception(error) from error

    async def _answer(self, response: aiohttp.ClientResponse, token: str | None) -> Mapping[str, object]:
        if response.status < 300:
            return _object(await body_of(response))
        error = failure_of(response.status, response.headers, await body_of(response))
        if response.status == 401 and token is not None and self._token is not None:
            self._token.distrust(token)
        raise error


def _object(body: bytes) -> Mapping[str, object]:
    try:
        return mapping(json.loads(body))
    except (ValueError, RecursionError):
        return {}


def _within(body: Mapping[str, object], max_bytes: int) -> bytes:
    data = encoded(body)
    if len(data) > max_bytes:
        raise DeliveryError(Failure.REFUSED, status=413, code="MessageSizeTooBig")
    return data


def _activities(conversation_id: str) -> str:
    return f"v3/conversations/{_quoted(conversation_id)}/activities"


def _quoted(part: str) -> str:
    """Quote one path segment. Dots alone would climb out of the path, and an empty one would shift it."""
    if part in ("", ".", ".."):
        raise DeliveryError(Failure.REFUSED, code="bad-id")
    return quote(part, safe="")


def _id_of(answer: Mapping[str, object]) -> str:
    return words(answer.get("id"))
