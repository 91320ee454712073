"""The one door: `python -m bot COMMAND`. Each command is loaded when it is asked for, so that `ask` starts quickly."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "demo": "demo:command",
    "serve": "serving:command",
    "chat": "chatting:command",
    "ask": "ask:command",
    "tick": "ticking:command",
    "import": "records:importing",
    "report": "records:reporting_command",
    "check": "check:command",
    "migrate": "records:migrating",
}


class Door(click.Group):
    """Finds a command by its name in `bot.commands`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which people need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called `cmd_name`; None for one that there is not."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        found = getattr(import_module(f"bot.commands.{module}"), name)
        assert isinstance(found, click.Command)
        return found


@click.command(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """A bot and notification service for a local safeguarding partnership."""


if __name__ == "__main__":
    main(prog_name="python -m bot")
