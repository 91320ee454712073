"""What happens around every command: settings are read, logging is set up, and what goes wrong is said in words."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from bot.commands.house import NotReady
from bot.faults import CannotStart
from config.faults import PackError
from config.log import set_up_logging
from config.settings import Settings, SettingsError, load_settings
from dialogs.wording import explain
from services.errors import NewerTables, ServiceError, StoreUnavailable

T = TypeVar("T")


def settings(*, lasting: bool = False) -> Settings:
    """The settings, with logging set up by them. Ends the process with every fault when they cannot be used.

    A command that ends by itself says what it did; only a `lasting` one logs its ordinary steps beside that.
    """
    try:
        found = load_settings()
    except SettingsError as error:
        fail("The settings cannot be used:", *error.faults)
    level = "WARNING" if found.log_level == "INFO" and not lasting else found.log_level
    set_up_logging(level, found.log_format)
    return found


def run(make: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run one command to its end. What an operator can mend ends the process with a sentence and status 1."""
    with telling():
        return asyncio.run(make())


@contextmanager
def telling() -> Iterator[None]:
    """Turns the errors that an operator can mend into sentences on standard error and status 1."""
    try:
        yield
    except PackError as error:
        fail("The partnership's folder cannot be used:", *(str(fault) for fault in error.faults))
    except ServiceError as error:
        fail(explain(error))
    except StoreUnavailable as error:
        fail(
            "The database cannot be reached. Check PARTNERSHIP_BOT_DATABASE_URL, and that it is running.",
            f"What it said: {error.said}",
        )
    except NewerTables as error:
        fail(
            f"This database was used by a newer version of the bot (its tables are at {error.revision}). "
            "Nothing was changed. Run that version, or restore the copy from before it was installed."
        )
    except (NotReady, CannotStart) as error:
        fail(str(error))


def write(path: Path, data: bytes) -> None:
    """Write a file that was asked for. Ends with a sentence where that cannot be done."""
    try:
        path.write_bytes(data)
    except OSError as error:
        fail(f"{path} cannot be written: {error.strerror}. Name another file with --output.")


def fail(*lines: str) -> NoReturn:
    """Say what is wrong and end with status 1."""
    for line in lines:
        click.echo(line, err=True)
    sys.exit(1)
