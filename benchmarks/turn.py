"""One message turn (token check, question, database, one card) against a bare aiohttp handler that posts one reply.

    python -m benchmarks.turn [--rounds 5] [--seconds 3]

Both servers run on one core, one after the other in each round; the load and the connector on another. What counts
is the ratio within one run. Asked for: a ratio of at least 0.15 with 16 connections, and p50 of at most 15 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from benchmarks.wire import NUMBER, call
from benchmarks.wire import Connector as FakeConnector
from dialogs.talk import Core
from tests.fakes_teams import APP_ID, HARROW, FakeIssuer, an_activity

CONNECTIONS = (16, 1)
REPLIES = (b"echo: what is level 3?", b"Level 3: complex or multiple needs")
"""One of them is in every right reply."""


class OneToken:
    """As long as a token of Entra's is."""

    async def bearer(self) -> str:
        return "x" * 1200

    def distrust(self, token: str) -> None:
        """There is no other."""


async def serve_bare() -> None:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def messages(request: web.Request) -> web.Response:
            body = await request.json()
            url = f"{body['serviceUrl']}v3/conversations/{body['conversation']['id']}/activities/{body['id']}"
            reply = {
                "type": "message",
                "text": "echo: " + body["text"],
                "from": body["recipient"],
                "recipient": body["from"],
                "conversation": body["conversation"],
                "replyToId": body["id"],
            }
            async with session.post(url, json=reply) as response:
                await response.read()
            return web.Response(status=201)

        app = web.Application()
        app.router.add_post("/api/messages", messages)
        await listen(app)


async def serve_bot(metadata_url: str) -> None:
    """The product itself: Harrow's folder, and a database of its own on disk."""
    from bot.adapter import TeamsAdapter
    from bot.app import create_app
    from bot.connector import Connector
    from bot.handler import TeamsHandler
    from bot.security import TokenGate
    from bot.service_urls import ServiceUrls
    from bot.signing_keys import SigningKeys
    from config.log import set_up_logging
    from dialogs.wording import say

    # As in service, to standard error: on standard output nobody would read it, and a full pipe stops the server.
    set_up_logging("INFO", "json", sys.stderr)

    urls = ServiceUrls(loopback_only=True)
    gate = TokenGate(app_id=APP_ID, allowed_tenants=[HARROW], keys=SigningKeys(metadata_url), service_urls=urls)
    with tempfile.TemporaryDirectory() as folder:
        core = await a_core(f"sqlite+aiosqlite:///{folder}/turn.db")
        async with Connector(token=OneToken(), service_urls=urls) as connector:
            handler = TeamsHandler(core, now=lambda: datetime.now(UTC), say=say)
            await listen(create_app(gate=gate, adapter=TeamsAdapter(connector), handler=handler))


async def a_core(database_url: str) -> Core:
    from config.pack import load_pack
    from dialogs.hearing import Hearing
    from services.guidance.build import guide_for
    from services.migrations import migrate
    from services.rulebook import Rulebook, workdays_of
    from services.work import Database

    pack = load_pack(Path("config/harrow"))
    guide = guide_for(pack)
    database = Database.open(database_url)
    await migrate(database.engine)
    return Hearing(database, Rulebook(pack, workdays_of(pack.partnership.calendar), guide.identifiers_in), guide)


async def listen(app: web.Application) -> None:
    """Serve on a free port, print it, and go on until killed."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"PORT {runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


def start(*arguments: str) -> tuple[subprocess.Popen[str], int]:
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.turn", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdout is not None
    for line in server.stdout:
        if line.startswith("PORT "):
            return server, int(line.split()[1])
    raise RuntimeError(f"{arguments[0]} did not start")


def a_request(service_url: str, token: str, number: int) -> bytes:
    conversation = {"id": f"a:{number}", "conversationType": "personal", "tenantId": HARROW}
    activity: dict[str, Any] = an_activity(
        service_url=service_url,
        id=f"activity-{NUMBER.decode()}",
        text="what is level 3?",
        conversation=conversation,
        locale="en-GB",
        textFormat="plain",
    )
    activity["entities"] = [{"type": "clientInfo", "locale": "en-GB", "country": "GB", "timezone": "Europe/London"}]
    activity["attachments"] = [{"contentType": "text/html", "content": "<p>what is level 3?</p>"}]
    body = json.dumps(activity).encode()
    head = (
        "POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def measure(rounds: int, seconds: float) -> None:
    pin(1)
    odd: list[bytes] = []
    connector = await asyncio.get_running_loop().create_server(partial(FakeConnector, REPLIES, odd), "127.0.0.1", 0)
    service_url = f"http://127.0.0.1:{connector.sockets[0].getsockname()[1]}/"
    async with FakeIssuer() as issuer:
        token = issuer.token(serviceurl=service_url)
        servers = {"bare": start("bare"), "bot": start("bot", issuer.metadata_url)}
        try:
            for connections in CONNECTIONS:
                requests = [a_request(service_url, token, number) for number in range(connections)]
                figures: dict[str, list[tuple[float, float, float]]] = {name: [] for name in servers}
                for _ in range(rounds):
                    for name, (_, port) in servers.items():
                        figures[name].append(summary(await call(port, requests, seconds), seconds))
                report(connections, figures)
                if odd:
                    raise RuntimeError(f"{len(odd)} replies were no answer, such as {odd[0][-200:]!r}")
        finally:
            for server, _ in servers.values():
                server.kill()
                server.wait()


def summary(taken: list[float], seconds: float) -> tuple[float, float, float]:
    taken.sort()
    return len(taken) / seconds, taken[len(taken) // 2] * 1000, taken[int(len(taken) * 0.99)] * 1000


def report(connections: int, figures: dict[str, list[tuple[float, float, float]]]) -> None:
    middle = {name: [statistics.median(column) for column in zip(*rows, strict=True)] for name, rows in figures.items()}
    for name, (rate, half, most) in middle.items():
        print(f"{connections:2} connections  {name:4}  {rate:6.0f}/s   p50 {half:6.2f} ms   p99 {most:6.2f} ms")
    print(f"{connections:2} connections  ratio {middle['bot'][0] / middle['bare'][0]:.2f}")


def pin(core: int) -> None:
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > core:
        os.sched_setaffinity(0, {core})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server", nargs="*")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0)
    given = parser.parse_args()
    if given.server:
        pin(0)
        asyncio.run(serve_bare() if given.server[0] == "bare" else serve_bot(given.server[1]))
    else:
        asyncio.run(measure(given.rounds, given.seconds))


if __name__ == "__main__":
    main()
