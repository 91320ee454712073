"""The web application: one door for Teams, and the pages that say how the bot is. Knows no rule and no activity."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from bot.activities import BadActivity, encoded, mapping, parse, words
from bot.adapter import HttpAnswer, TeamsAdapter
from bot.faults import fault_place
from bot.handler import TeamsHandler
from bot.metrics import DeliveryGauges, Meter
from bot.security import Gate
from bot.tokens import Refused
from services.notices.standing import Standing

Check = Callable[[], Awaitable[object]]
"""A readiness check: it raises if what it looks at is away."""

Delivery = Callable[[], Awaitable[Standing]]
"""How delivery stands now. It may raise when the database is away."""

MESSAGES = "/api/messages"

log = structlog.get_logger(__name__)


def create_app(
    *,
    gate: Gate,
    adapter: TeamsAdapter,
    handler: TeamsHandler,
    readiness: Mapping[str, Check] | None = None,
    registry: CollectorRegistry | None = None,
    delivery: Delivery | None = None,
    max_body: int = 256 * 1024,
    read_timeout: float = 10.0,
    ready_timeout: float = 2.0,
) -> web.Application:
    """Build the application. `/metrics` exists only if a registry is given. Time-outs are in seconds.

    `delivery` says how delivery stands, for `/readyz` and `/metrics`.
    """
    meter = None if registry is None else Meter(registry)
    door = _Door(gate, adapter, handler, read_timeout, meter)
    pages = _Pages(gate.label, readiness or {}, ready_timeout, registry, delivery)
    app = web.Application(client_max_size=max_body)
    app.router.add_post(MESSAGES, door.messages)
    app.router.add_get("/healthz", pages.healthz)
    app.router.add_get("/readyz", pages.readyz)
    if registry is not None:
        app.router.add_get("/metrics", pages.metrics)

    async def finish(_: web.Application) -> None:
        await handler.close()

    app.on_shutdown.append(finish)
    return app


class _Door:
    """Where activities come in: read, checked, run, answered."""

    def __init__(
        self, gate: Gate, adapter: TeamsAdapter, handler: TeamsHandler, read_timeout: float, meter: Meter | None
    ) -> None:
        self._gate = gate
        self._adapter = adapter
        self._handler = handler
        self._read_timeout = read_timeout
        self._meter = meter

    async def messages(self, request: web.Request) -> web.Response:
        started = asyncio.get_running_loop().time()
        kind, answer = await self._answer(request)
        if self._meter is not None:
            self._meter.turn(kind, answer.status, asyncio.get_running_loop().time() - started)
        if answer.body is None:
            return web.Response(status=answer.status)
        return web.Response(status=answer.status, body=encoded(answer.body), content_type="application/json")

    async def _answer(self, request: web.Request) -> tuple[str, HttpAnswer]:
        """Answer one request, and say what kind of activity it was, once it has been let in."""
        if request.content_type != "application/json":
            return "", HttpAnswer(415)
        try:
            async with asyncio.timeout(self._read_timeout):
                raw = parse(await request.read())
            admitted = await self._gate.admit(raw, request.headers, request.remote)
        except TimeoutError:
            return "", HttpAnswer(408)
        except (BadActivity, web.RequestPayloadError):
            return "", HttpAnswer(400)
        except web.HTTPRequestEntityTooLarge:
            return "", HttpAnswer(413)
        except Refused as refused:
            log.warning("a request was refused", action="request_refused", status=refused.status, reason=refused.reason)
            return "", HttpAnswer(refused.status)
        kind = words(raw.get("type"))
        if not words(mapping(raw.get("conversation")).get("id")):
            return kind, HttpAnswer(400)
        try:
            return kind, await self._adapter.run(raw, admitted, self._handler.on_turn)
        except Exception as error:  # the framework would log a traceback, and with it what somebody wrote
            log.error("a turn broke", action="turn_broke", error=type(error).__name__, place=fault_place(error))
            return kind, HttpAnswer(500)


class _Pages:
    """How the bot is. They name what is away, never why: they are open to anybody who reaches the port."""

    def __init__(
        self,
        auth: str,
        readiness: Mapping[str, Check],
        timeout: float,
        registry: CollectorRegistry | None,
        delivery: Delivery | None,
    ) -> None:
        self._auth = auth
        self._readiness = readiness
        self._timeout = timeout
        self._registry = registry
        self._delivery = delivery
        self._gauges = DeliveryGauges(registry) if registry is not None and delivery is not None else None

    async def healthz(self, request: web.Request) -> web.Response:
        return web.json_response({"status": "ok", "auth": self._auth})

    async def readyz(self, request: web.Request) -> web.Response:
        states = await asyncio.gather(*(self._state(name, check) for name, check in self._readiness.items()))
        checks = dict(zip(self._readiness, states, strict=True))
        ready = all(state == "ok" for state in states)
        document: dict[str, object] = {
            "status": "ready" if ready else "not ready",
            "auth": self._auth,
            "checks": checks,
        }
        standing = await self._standing()
        if standing is not None:
            document["delivery"] = standing.as_json()
        return web.json_response(document, status=200 if ready else 503)

    async def metrics(self, request: web.Request) -> web.Response:
        assert self._registry is not None
        standing = await self._standing()
        if standing is not None and self._gauges is not None:
            self._gauges.show(standing)
        return web.Response(body=generate_latest(self._registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _standing(self) -> Standing | None:
        """How delivery stands; None where nobody says, or where it cannot be read now."""
        if self._delivery is None:
            return None
        try:
            async with asyncio.timeout(self._timeout):
                return await self._delivery()
        except Exception as error:
            log.error("cannot say how delivery stands", action="standing_unknown", error=type(error).__name__)
            return None

    async def _state(self, name: str, check: Check) -> str:
        try:
            async with asyncio.timeout(self._timeout):
                await check()
        except Exception as error:  # whatever is wrong with it, it is not ready
            log.error("not ready", action="not_ready", check=name, error=type(error).__name__)
            return "away"
        return "ok"
