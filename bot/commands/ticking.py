"""`tick`: all due work, once, as of a moment."""

from __future__ import annotations

import json
from contextlib import AsyncExitStack
from datetime import datetime

import click

from bot import seam
from bot.commands import door
from bot.commands.house import House, clock, open_house
from bot.commands.serving import teams_of, worker_name
from config.settings import LOCAL_HOST, Settings
from scheduler import jobs
from scheduler.jobs import Swept
from services.ports import Messenger

_FIRST_YEAR, _LAST_YEAR = 2000, 2200
"""Ladders count years from a moment: at the ends of time there would be no day to count to."""


@click.command("tick")
@click.option("--at", help="The moment, ISO 8601 with its offset, as 2027-01-15T09:00:00+00:00. Default: now.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def command(at: str | None, as_json: bool) -> None:
    """Do everything that is due, once."""
    now = clock() if at is None else _moment(at)
    settings = door.settings()
    swept, sent = door.run(lambda: _tick(settings, now))
    if not sent:
        click.echo("Nothing was sent: there is neither Teams (app_id) nor a mail server (smtp_url).", err=True)
    click.echo(json.dumps(swept.as_json()) if as_json else _in_words(swept))


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"“{text}” is not a moment. Write it like 2027-01-15T09:00:00+00:00.") from None
    if not _FIRST_YEAR <= at.year < _LAST_YEAR:
        raise click.BadParameter(f"only moments from {_FIRST_YEAR} to {_LAST_YEAR} can be used.")
    if at.tzinfo is None:
        raise click.BadParameter("say which time zone: add Z or an offset such as +00:00.")
    return at


async def _tick(settings: Settings, now: datetime) -> tuple[Swept, bool]:
    """Sweep once. The second value is false when there was no way to send anything."""
    async with open_house(settings) as house, AsyncExitStack() as stack:
        postman = house.postman(await _messenger(house, stack), name=worker_name())
        return await jobs.sweep(house.database, house.rules, postman, now), postman is not None


async def _messenger(house: House, stack: AsyncExitStack) -> Messenger | None:
    settings = house.settings
    if settings.app_id or settings.dangerously_allow_unauthenticated_local_requests:
        return (await stack.enter_async_context(teams_of(settings, house))).messenger
    async with house.database.reading() as work:
        invented = await work.people.in_tenant(settings.demo_tenant_id)
    if not invented:
        return None
    # The demo's people live in a local client: this way out reaches this machine and nothing else.
    local = seam.dangerously_local(host=LOCAL_HOST, listens=False)
    return (await stack.enter_async_context(local)).messenger


def _in_words(swept: Swept) -> str:
    lines = [
        f"As of {swept.at:%A %d %B %Y, %H:%M %Z}: {swept.planned} new notices, {swept.offers_lapsed} offers ran out."
    ]
    lines += [f"  {kind}: {count} {outcome}" for (kind, outcome), count in sorted(swept.outcomes.items())]
    return "\n".join(lines if swept.outcomes else [*lines, "  Nothing was due."])
