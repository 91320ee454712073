"""`chat`: the bot in this terminal, as the demo's local person."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands import door
from bot.commands.house import House, clock, open_house
from bot.terminal import Screen, Terminal, typed_lines
from config.log import set_up_logging
from config.settings import Settings
from dialogs.wording import say
from services.model import Sender

LOG = Path("var/chat.log")


@click.command("chat")
def command() -> None:
    """Talk to the bot in this terminal. Type quit to end."""
    settings = door.settings()
    door.run(lambda: _chat(settings))


async def _chat(settings: Settings) -> None:
    log_to(LOG, settings)
    async with open_house(settings) as house:
        await talk(house, Screen(click.echo))


async def talk(house: House, screen: Screen) -> None:
    """Talk with whoever sits here until they have enough."""
    settings = house.settings
    async with house.database.reading() as work:
        person = await work.people.by_directory_id(settings.demo_tenant_id, settings.demo_user_id)
    sender = Sender(settings.demo_tenant_id, settings.demo_user_id, person.name if person else "")
    await Terminal(house.hearing, sender, screen, now=clock, read=typed_lines()).talk(away=say("store-away"))


def log_to(path: Path, settings: Settings) -> None:
    """Log to a file: in a conversation, log lines would stand between the words."""
    path.parent.mkdir(parents=True, exist_ok=True)
    set_up_logging(settings.log_level, "json", path.open("a", encoding="utf-8"))
