"""Ten thousand notices to a connector that takes 100 ms for each: as fast as it goes, and at the shared pace.

    python -m benchmarks.sending [--notices 10000] [--rate 100]

Postman, ledger, connector and messenger are the product's own, on PostgreSQL. The connector runs in a process of its
own. Wanted: at least 300 a second without a pace, and within 5 % of the pace with one.
"""

from __future__ import annotations

import argparse
import asyncio
import socket
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from aiohttp import web

from bot.connector import Connector
from bot.messenger import TeamsMessenger
from bot.service_urls import ServiceUrls
from services.migrations import migrate
from services.model import Notice, Person
from services.notices.delivery import Postman
from services.notices.pacing import SharedPace
from services.notices.subjects import Subject
from services.ports import Message, Pace
from services.tables import action_items, conversations, notices, people
from services.work import Database
from tests.builders import TENANT, a_rulebook
from tests.postgres import a_postgres

MORNING = datetime(2027, 1, 15, 9, tzinfo=UTC)
LATENCY = 0.1


async def serve(port: int) -> None:
    """A connector that accepts everything, after a while."""

    async def activity(request: web.Request) -> web.Response:
        await request.read()
        await asyncio.sleep(LATENCY)
        return web.json_response({"id": "1"}, status=201)

    app = web.Application()
    app.router.add_post("/teams/v3/conversations/{conversation}/activities", activity)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, backlog=1000).start()
    print("ready", flush=True)
    await asyncio.Event().wait()


def words(person: Person, pairs: Sequence[tuple[Notice, Subject]], now: datetime) -> Message:
    return Message(f"{len(pairs)} for {person.name}", summary="owed")


async def fill(database: Database, count: int, service_url: str) -> None:
    """One notice for each of so many people, each about an item of their own, due now."""
    numbers = range(1, count + 1)
    today = MORNING.date()
    chat = {"tenant_id": TENANT, "service_url": service_url, "place": "personal", "seen_at": MORNING}
    item = {"plan_id": "p", "action": "Act", "due_on": today}
    since = {"due_at": MORNING, "not_before": MORNING, "created_at": MORNING}
    owed = {"kind": "action-item", "step": f"due-day:{today}", "state": "due", **since}
    tables = (
        (people, [{"id": n, "name": f"P{n}", "tenant_id": TENANT, "aad_object_id": f"a{n}"} for n in numbers]),
        (conversations, [{"conversation_id": f"a:{n}", "aad_object_id": f"a{n}", **chat} for n in numbers]),
        (action_items, [{"id": n, "ref": f"X{n}", "owner_id": n, **item} for n in numbers]),
        (notices, [{"subject_id": n, "person_id": n, **owed} for n in numbers]),
    )
    async with database.engine.begin() as connection:
        for table, rows in tables:
            await connection.execute(sa.insert(table), rows)
        await connection.execute(sa.text("ANALYZE"))


async def send(url: str, service_url: str, count: int, rate: float | None) -> float:
    """Send so many, and say how many a second that was."""
    database = Database.open(url)
    await migrate(database.engine)
    await fill(database, count, service_url)
    pace: Pace | None = SharedPace(database, per_second=rate) if rate else None
    local = ServiceUrls(loopback_only=True)
    async with Connector(token=None, service_urls=local, pool_size=100) as connector:
        messenger = TeamsMessenger(connector, bot_id="28:bot", per_second=1e9, pace=pace)
        postman = Postman(database, a_rulebook(), words, messenger, None, "postman")
        began = time.perf_counter()
        counts = await postman.deliver_due(MORNING + timedelta(minutes=1))
        seconds = time.perf_counter() - began
    await database.close()
    assert counts == {("action-item", "sent"): count}, counts
    return count / seconds


async def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--notices", type=int, default=10_000)
    parser.add_argument("--rate", type=float, default=100)
    given = parser.parse_args()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with a_postgres() as server:
        pipe = asyncio.subprocess.PIPE
        command = [sys.executable, "-m", "benchmarks.sending", "--serve", str(port)]
        connector = await asyncio.create_subprocess_exec(*command, stdout=pipe)
        assert connector.stdout is not None
        await connector.stdout.readline()
        service_url = f"http://127.0.0.1:{port}/teams/"
        try:
            free = await send(server.create("free"), service_url, given.notices, None)
            print(f"{given.notices:,} notices, {LATENCY * 1000:.0f} ms each: {free:.0f} a second", flush=True)
            some = min(given.notices, int(given.rate * 20))
            paced = await send(server.create("paced"), service_url, some, given.rate)
            print(
                f"{some:,} notices at a pace of {given.rate:.0f} a second: {paced:.1f}, {paced / given.rate:.3f} of it"
            )
        finally:
            connector.kill()
            await connector.wait()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        asyncio.run(serve(int(sys.argv[2])))
    else:
        asyncio.run(main())
