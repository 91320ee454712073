"""One send of one letter, by Teams or by e-mail, and what came of it. Touches no database itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

import structlog

from services.errors import StoreUnavailable
from services.notices.outcomes import EMAIL, NO_ROUTE, TEAMS, Ready, Result
from services.ports import Begin, DeliveryError, Failure, Mail, Mailer, Messenger, Receipt

LONGEST = 75.0
"""Seconds from the beginning of a send to its end, whatever a carrier allows itself. Well below the lease, which is
renewed at the beginning: else another worker calls a letter uncertain that is still on its way."""

log = structlog.get_logger()


class NotBegun(Exception):
    """The turn to send has come, and it must not begin: we are to stop, or somebody else took the claim."""


@dataclass(frozen=True)
class Carriers:
    """The ways out of the house that are open in this installation."""

    messenger: Messenger | None
    mailer: Mailer | None

    def route_of(self, ready: Ready) -> str:
        """Which way a letter goes: by Teams if there is a way there, else by e-mail if there is an address.

        Files can only go by e-mail.
        """
        by_mail = self.mailer is not None and bool(ready.person.email)
        if by_mail and ready.message.attachments:
            return EMAIL
        if ready.route is not None and self.messenger is not None:
            return TEAMS
        return EMAIL if by_mail else NO_ROUTE

    async def carry(self, ready: Ready, begin: Begin) -> Result:
        """Send once, and `begin` when the turn has come. What goes wrong becomes a result, so that others go on.

        Raises `NotBegun` and `StoreUnavailable` from `begin`: then nothing was sent.
        """
        by = self.route_of(ready)
        if by == TEAMS and self.messenger is not None and ready.route is not None:
            return await _tried(ready, TEAMS, begin, partial(self.messenger.send, ready.route, ready.message))
        if self.mailer is None or not ready.person.email:
            await begin()
            return Result(ready, NO_ROUTE, failure=Failure.BLOCKED, detail="no-route")
        key = "-".join(str(one) for one in ready.ids)
        message = ready.message
        mail = Mail(ready.person.email, message.summary, message.text, key, message.attachments)
        return await _tried(ready, EMAIL, begin, partial(self.mailer.send, mail))


async def _tried(ready: Ready, by: str, begin: Begin, send: Callable[[Begin], Awaitable[Receipt]]) -> Result:
    begun = False

    async def begins() -> None:
        nonlocal begun
        await begin()
        begun = True
        limit.reschedule(asyncio.get_running_loop().time() + LONGEST)

    try:
        async with asyncio.timeout(None) as limit:
            return Result(ready, by, await send(begins))
    except DeliveryError as error:
        return Result(ready, by, None, error.failure, str(error), error.retry_after)
    except (NotBegun, StoreUnavailable):
        raise
    except Exception as error:
        # What came after the send began, its time-out too, may have been delivered.
        log.exception("a send failed in an unforeseen way", action="send_failed", notices=ready.ids)
        failure = Failure.AMBIGUOUS if begun else Failure.TRANSIENT
        return Result(ready, by, failure=failure, detail=type(error).__name__)
