"""`serve`: the bot for Teams and the sweeps, in one process. Any number of such processes may run on one PostgreSQL."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import click
import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry

from bot import seam
from bot.adapter import TeamsAdapter
from bot.app import create_app
from bot.commands import door
from bot.commands.house import House, NotReady, clock, open_house
from bot.handler import TeamsHandler
from bot.metrics import FaultMeter
from bot.seam import Registration, Seam
from bot.self_test import prove_the_door_is_shut
from config.settings import Settings
from dialogs.hearing import Hearing
from dialogs.wording import say
from scheduler import jobs
from scheduler.timetable import Alarm, Timetable
from services.introductions import Introductions
from services.notices.pacing import SharedPace
from services.notices.standing import Standing, standing

SWEEP = timedelta(seconds=60)
TIDY = timedelta(hours=6)

log = structlog.get_logger()


@click.command("serve")
def command() -> None:
    """Serve the bot to Teams, and do what is due."""
    settings = door.settings(lasting=True)
    faults = settings.faults_for_serving()
    if faults:
        door.fail("The bot cannot serve Teams yet:", *faults)
    door.run(lambda: _serve(settings))


async def _serve(settings: Settings) -> None:
    async with open_house(settings) as house, teams_of(settings, house) as teams, serving(house, teams):
        log.info("the bot is serving", action="serving", host=settings.host, port=settings.port, auth=teams.gate.label)
        await until_told_to_stop()
        log.info("the bot is stopping", action="stopping")


def teams_of(settings: Settings, house: House) -> Seam:
    """The way to Teams that the settings describe. Raises `CannotStart` when anything that guards it is missing."""
    if settings.dangerously_allow_unauthenticated_local_requests:
        return seam.dangerously_local(host=settings.host)
    secret = settings.app_password.get_secret_value() if settings.app_password else ""
    registration = Registration(settings.app_id, secret, settings.app_tenant_id)
    return seam.teams(
        registration, host=settings.host, allowed_tenants=settings.tenants, pace=SharedPace(house.database)
    )


def hearing_of(house: House, teams: Seam) -> Hearing:
    """The core for people in Teams, where it can be asked who a stranger is."""
    introductions = None if teams.roster is None else Introductions(house.database, teams.roster)
    return replace(house.hearing, introductions=introductions)


@asynccontextmanager
async def serving(
    house: House, teams: Seam, *, every: timedelta = SWEEP, ignore_quiet: bool = False
) -> AsyncIterator[None]:
    """Serve requests and sweep while the block runs. Raises `NotReady`, `CannotStart`."""
    settings = house.settings
    async with _listening(house, teams):
        if not settings.dangerously_allow_unauthenticated_local_requests:
            await prove_the_door_is_shut(settings.host, settings.port)
        postman = house.postman(teams.messenger, name=worker_name(), ignore_quiet=ignore_quiet)

        async def sweep(now: datetime) -> None:
            await jobs.sweep(house.database, house.rules, postman, now)

        async def tidy(now: datetime) -> None:
            await jobs.tidy(house.database, now)

        timetable = Timetable([Alarm("sweep", sweep, every), Alarm("tidy", tidy, TIDY)], now=clock)
        timetable.start()
        try:
            yield
        finally:
            if postman is not None:
                postman.closing.set()
            await timetable.stop()


def worker_name() -> str:
    """Which process this is, for the claims it makes."""
    return f"{socket.gethostname()}-{os.getpid()}"


@asynccontextmanager
async def _listening(house: House, teams: Seam) -> AsyncIterator[None]:
    registry = CollectorRegistry()
    handler = TeamsHandler(hearing_of(house, teams), now=clock, say=say, count=FaultMeter(registry).count)
    app = create_app(
        gate=teams.gate,
        adapter=TeamsAdapter(teams.connector),
        handler=handler,
        readiness={"database": lambda: _can_write(house)},
        registry=registry,
        delivery=lambda: _standing(house),
    )
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=10)
    await runner.setup()
    try:
        await _bind(web.TCPSite(runner, teams.host, house.settings.port), house.settings)
        yield
    finally:
        await runner.cleanup()


async def _bind(site: web.TCPSite, settings: Settings) -> None:
    try:
        await site.start()
    except OSError as error:
        raise NotReady(
            f"Port {settings.port} on {settings.host} cannot be used ({error.strerror}). "
            "Set PARTNERSHIP_BOT_PORT to another one, or end what uses it."
        ) from error


async def _can_write(house: House) -> None:
    """Raises `StoreUnavailable` also for a database that only reads, as one does that takes over from another."""
    async with house.database.work() as work:
        await work.health.can_write()


async def _standing(house: House) -> Standing:
    async with house.database.reading() as work:
        return await standing(work, clock())


async def until_told_to_stop(others: Sequence[asyncio.Task[object]] = ()) -> None:
    """Wait for Ctrl-C, SIGTERM, or the end of one of `others`."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, told.set)
    waiting = asyncio.create_task(told.wait())
    try:
        await asyncio.wait([waiting, *others], return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
        for sign in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(sign)
