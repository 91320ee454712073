"""The parts of a sweep, each by itself: one that breaks is shown to the operator, and the others go on without it.

Design.md section 5, rule 4, for what comes before a notice: whatever is wrong with one kind stops no other.
"""

from __future__ import annotations

import traceback
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

import structlog

from services.errors import StoreUnavailable
from services.work import Work

log = structlog.get_logger()

Done = TypeVar("Done")


async def by_itself(
    work: Work, part: str, do: Callable[[], Awaitable[Done]], *, now: datetime, otherwise: Done
) -> Done:
    """What `do` comes to, or `otherwise` when it breaks: then nothing of it is kept but the note that it broke.

    Raises `StoreUnavailable`: without the database no other part can go on either.
    """
    try:
        async with work.apart():
            return await do()
    except StoreUnavailable:
        raise
    except Exception as error:
        _log(error, part, "plan_failed")
    await work.health.broke(part, now)
    return otherwise


async def foreseen_by_itself(work: Work, part: str, do: Callable[[], Awaitable[Done]]) -> Done | None:
    """What `do` comes to while the database refuses to write, or None when it breaks.

    Raises `StoreUnavailable`. Only the sweep notes what broke: a look ahead writes nothing.
    """
    try:
        async with work.apart(), work.only_reading():
            return await do()
    except StoreUnavailable:
        raise
    except Exception as error:
        _log(error, part, "forecast_failed")
    return None


def _log(error: Exception, part: str, action: str) -> None:
    """Where it broke and the kind of error, but not its words: they can hold the values of rows."""
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("a part of a sweep broke", action=action, kind=part, error=type(error).__name__, stack=where)
