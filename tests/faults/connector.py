"""The Teams connector in a process of its own, with every bad habit it has. What it accepts is a line in a file.

    python -m tests.faults.connector PORT LETTERS SEED [well]

With `well` it has none of them: it accepts everything at once and never closes its door.

It writes a message down before it answers, so that an answer that never comes hides nothing from the audit.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import web

MODES: dict[str, float] = {
    "201": 0.86,
    "slow": 0.03,
    "429": 0.02,
    "403-blocked": 0.01,
    "403-not-in-roster": 0.01,
    "404": 0.01,
    "412": 0.01,
    "500-before": 0.015,
    "accept-then-500": 0.02,
    "accept-then-hang": 0.015,
}
"""How likely each habit is. Refused connections are made by closing the door now and then."""

REFUSALS: dict[str, tuple[int, str]] = {
    "429": (429, "Throttled"),
    "403-blocked": (403, "ConversationBlockedByUser"),
    "403-not-in-roster": (403, "BotNotInConversationRoster"),
    "404": (404, "ConversationNotFound"),
    "412": (412, "PreconditionFailed"),
    "500-before": (500, "ServiceError"),
}
HANGS_FOR, SLOW_FOR = 4.0, 0.25
OPEN_FOR, SHUT_FOR = 4.0, 0.3


@dataclass
class Connector:
    letters: int
    """The file descriptor that accepted messages are appended to."""
    dice: random.Random
    habits: Mapping[str, float]
    """How likely each mode is."""
    seen: Counter[str] = field(default_factory=Counter)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/teams/v3/conversations/{conversation}/activities", self.activity)
        app.router.add_get("/seen", self.report)
        return app

    async def report(self, request: web.Request) -> web.Response:
        return web.json_response(self.seen)

    async def activity(self, request: web.Request) -> web.Response:
        body = await request.json()
        mode = self.dice.choices(list(self.habits), list(self.habits.values()))[0]
        self.seen[mode] += 1
        if mode == "slow":
            await asyncio.sleep(SLOW_FOR)
        if mode in REFUSALS:
            return self._refuse(mode)
        # One write, before any answer: the audit knows what a person can see, whatever the caller is told.
        line = {"to": request.match_info["conversation"], "notices": body["text"], "mode": mode}
        os.write(self.letters, (json.dumps(line) + "\n").encode())
        if mode == "accept-then-500":
            return web.json_response({"error": {"code": "ServiceError"}}, status=500)
        if mode == "accept-then-hang":
            await asyncio.sleep(HANGS_FOR)
        return web.json_response({"id": f"1-{self.seen.total()}"}, status=201)

    def _refuse(self, mode: str) -> web.Response:
        status, code = REFUSALS[mode]
        headers = {"Retry-After": "5"} if status == 429 else {}
        return web.json_response({"error": {"code": code}}, status=status, headers=headers)


async def serve(port: int, letters: str, seed: int, *, well: bool) -> None:
    file = os.open(letters, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    connector = Connector(file, random.Random(seed), {"201": 1.0} if well else MODES)
    runner = web.AppRunner(connector.app(), shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    first = True
    while True:
        site = web.TCPSite(runner, "127.0.0.1", port, reuse_address=True)
        await site.start()
        if first:
            print("ready", flush=True)
            first = False
        if well:
            await asyncio.Event().wait()
        await asyncio.sleep(OPEN_FOR)
        await site.stop()
        await asyncio.sleep(SHUT_FOR)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), well="well" in sys.argv[4:]))
