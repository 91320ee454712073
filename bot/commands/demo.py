"""`demo`: the product with invented people, in the local Teams client or, without Node.js, in the terminal."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import click

from bot.commands import door
from bot.commands.chatting import log_to, talk
from bot.commands.house import House, NotReady, clock, open_house
from bot.commands.playground import is_installed, local_client
from bot.commands.records import bring_in
from bot.commands.serving import serving, teams_of, until_told_to_stop, worker_name
from bot.terminal import Screen, TerminalMessenger
from config.demo import LocalUser
from config.settings import LOCAL_HOST, Settings
from scheduler import jobs
from scheduler.timetable import Alarm, Timetable

OFTEN = timedelta(seconds=10)
"""Whoever tries the product does not wait a minute for their first reminder."""
LOG = Path("var/demo.log")
CLIENT_LOG = Path("var/demo-client.log")
TO_TRY = (
    ("what is level 3", "an answer with its source"),
    ("book dsl forum", "then my bookings, then cancel"),
    ("mash said no further action on tuesday, what now", "what to do next, and by when"),
    ("my actions", "what you owe: mark one done with evidence, or ask for more time"),
    ("a child is being hurt right now", "what comes before everything else"),
)


@click.command("demo")
@click.option("--fresh", is_flag=True, help="Throw the demo's data away and begin anew.")
@click.option("--terminal", is_flag=True, help="Talk in this terminal, also where the local Teams client is there.")
def command(fresh: bool, terminal: bool) -> None:
    """Meet the product: invented people, real guidance. Ctrl-C ends everything that was started."""
    given = door.settings()
    if given.app_id:
        door.fail("The demo lets anybody on this machine speak as anybody: run it without PARTNERSHIP_BOT_APP_ID.")
    settings = given.model_copy(update={"dangerously_allow_unauthenticated_local_requests": True, "host": LOCAL_HOST})
    try:
        door.run(lambda: _demo(settings, fresh=fresh, terminal=terminal))
    except KeyboardInterrupt:
        click.echo("\nEnded.")  # Ctrl-C is how a talk in the terminal ends: nothing went wrong


async def _demo(settings: Settings, *, fresh: bool, terminal: bool) -> None:
    with _alone(settings):
        log_to(LOG, settings)
        if fresh:
            _throw_away(settings)
        click.echo("Reading the partnership's folder ...")
        await _run(settings, terminal=terminal)


async def _run(settings: Settings, *, terminal: bool) -> None:
    async with open_house(settings) as house:
        items, people = await bring_in(house, demo=True)
        click.echo(
            f"Made {people} invented people and {items} actions." if people else "Kept the data of the last run."
        )
        if terminal or not is_installed():
            await _in_the_terminal(house)
        else:
            await _in_the_client(house)


def _sqlite_file(settings: Settings) -> Path | None:
    scheme, _, path = settings.database_url.partition(":///")
    return Path(path) if scheme.startswith("sqlite") else None


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """One demo for each SQLite file: `--fresh` would take it away from one that is running. Raises `NotReady`."""
    path = _sqlite_file(settings)
    if path is None:
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with Path(f"{path}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise NotReady("A demo is running with this data already. End it first (Ctrl-C).") from None
        yield


def _throw_away(settings: Settings) -> None:
    path = _sqlite_file(settings)
    if path is None:
        raise NotReady("FRESH=1 begins anew with SQLite only. Empty a PostgreSQL database yourself.")
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


async def _in_the_client(house: House) -> None:
    settings = house.settings
    user = LocalUser(settings.demo_tenant_id, settings.demo_user_id)
    name, job = await _who(house)
    async with (
        teams_of(settings, house) as teams,
        serving(house, teams, every=OFTEN, ignore_quiet=True),
        local_client(f"http://{LOCAL_HOST}:{settings.port}", user, name, CLIENT_LOG) as client,
    ):
        click.echo(_welcome(f"Open {client.url} in a browser (on a desktop it opens by itself).", name, job))
        await until_told_to_stop([client.ended])
        click.echo("\nEnding everything that was started ...")


async def _in_the_terminal(house: House) -> None:
    screen = Screen(click.echo)
    postman = house.postman(TerminalMessenger(screen), name=worker_name(), ignore_quiet=True)
    timetable = Timetable(
        [Alarm("sweep", lambda now: jobs.sweep(house.database, house.rules, postman, now), OFTEN)], now=clock
    )
    name, job = await _who(house)
    where = "Node.js 18 or newer was not found, so the bot talks here, in the terminal."
    click.echo(_welcome("The bot talks here, in the terminal." if is_installed() else where, name, job))
    timetable.start()
    try:
        await talk(house, screen)
    finally:
        await timetable.stop()


async def _who(house: House) -> tuple[str, str]:
    settings = house.settings
    async with house.database.reading() as work:
        person = await work.people.by_directory_id(settings.demo_tenant_id, settings.demo_user_id)
    return (person.name, person.job_title or "") if person else ("Somebody", "")


def _welcome(where: str, name: str, job: str) -> str:
    tries = "\n".join(f"  {words:<50} {what}" for words, what in TO_TRY)
    return (
        f"\n{click.style('The bot is running.', bold=True)} {where}\n"
        f"You are {name}, {job}: invented, like everybody here.\n"
        "Within seconds of meeting the bot you are reminded of an impact evaluation and an overdue action.\n"
        f"Five things to try:\n\n{tries}\n\n"
        f"Ctrl-C ends everything. The next run keeps the data; make demo FRESH=1 begins anew. Log: {LOG}\n"
    )
