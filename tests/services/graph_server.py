"""Microsoft Graph's sendMail, as strict as the real one: what it would not take, it refuses and notes in `faults`."""

from __future__ import annotations

import asyncio
import base64
import binascii
import email.policy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiohttp import web
from aiohttp.test_utils import TestServer

MAILBOX = "bot@partnership.example"
TOKEN = "graph-token"


@dataclass(frozen=True)
class Graph:
    """What the next letter meets. `accept` says whether it is delivered all the same."""

    status: int = 202
    code: str = ""
    retry_after: str = ""
    accept: bool | None = None
    hang: bool = False


@dataclass
class FakeGraph:
    """One mailbox. `script` is worked off letter by letter; afterwards everything succeeds."""

    token: str = TOKEN
    script: list[Graph] = field(default_factory=list)
    letters: list[EmailMessage] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    under_way: int = 0
    busiest: int = 0
    delay: float = 0.0
    url: str = ""
    _release: asyncio.Event = field(default_factory=asyncio.Event)

    async def send_mail(self, request: web.Request) -> web.Response:
        self.under_way += 1
        self.busiest = max(self.busiest, self.under_way)
        try:
            return await self._answer(request)
        finally:
            self.under_way -= 1

    async def _answer(self, request: web.Request) -> web.Response:
        await asyncio.sleep(self.delay)
        if self.under_way > 4:
            return _error(429, "ApplicationThrottled", "1")
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return _error(401, "InvalidAuthenticationToken")
        if request.match_info["mailbox"] != MAILBOX:
            return _error(404, "ErrorInvalidUser")
        letter = self._letter(request.content_type, await request.read())
        if letter is None:
            return _error(400, "ErrorMimeContentInvalid")
        behaviour = self.script.pop(0) if self.script else Graph()
        if behaviour.accept if behaviour.accept is not None else behaviour.status == 202:
            self.letters.append(letter)
        if behaviour.hang:
            await self._release.wait()
        if behaviour.status == 202:
            return web.Response(status=202)
        return _error(behaviour.status, behaviour.code, behaviour.retry_after)

    def _letter(self, content_type: str, body: bytes) -> EmailMessage | None:
        """The letter, if Graph would take it: MIME in base 64, from this mailbox, to one person."""
        try:
            assert content_type == "text/plain", content_type
            raw = base64.b64decode(body, validate=True)
            letter = email.message_from_bytes(raw, policy=email.policy.default)
            assert isinstance(letter, EmailMessage)
            assert letter["From"].addresses[0].addr_spec == MAILBOX, "from another mailbox"
            assert len(letter["To"].addresses) == 1, "not to one person"
            assert all(letter[name] for name in ("Subject", "Date", "Message-ID")), "a header is missing"
        except (AssertionError, binascii.Error) as error:
            self.faults.append(str(error))
            return None
        return letter


def _error(status: int, code: str, retry_after: str = "") -> web.Response:
    headers = {"Retry-After": retry_after} if retry_after else {}
    return web.json_response({"error": {"code": code, "message": "as asked"}}, status=status, headers=headers)


@asynccontextmanager
async def a_graph(graph: FakeGraph) -> AsyncIterator[FakeGraph]:
    """The server, on this machine. Fails if it met anything that the real one would not take."""
    app = web.Application()
    app.router.add_post("/v1.0/users/{mailbox}/sendMail", graph.send_mail)
    async with TestServer(app) as server:
        graph.url = str(server.make_url("/v1.0"))
        yield graph
        graph._release.set()
    assert graph.faults == []
