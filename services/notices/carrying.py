"""One send of one letter, by Teams or by e-mail, and what came of it. Touches no database and never raises."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass

import structlog

from services.notices.outcomes import EMAIL, NO_ROUTE, TEAMS, Ready, Result
from services.ports import DeliveryError, Failure, Mail, Mailer, Messenger, Receipt

log = structlog.get_logger()


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

    async def carry(self, ready: Ready) -> Result:
        """Send once. Whatever goes wrong becomes a result, so that the other letters go on."""
        by = self.route_of(ready)
        if by == TEAMS and self.messenger is not None and ready.route is not None:
            return await _tried(ready, TEAMS, self.messenger.send(ready.route, ready.message))
        if self.mailer is None or not ready.person.email:
            return Result(ready, NO_ROUTE, failure=Failure.BLOCKED, detail="no-route")
        key = "-".join(str(one) for one in ready.ids)
        message = ready.message
        mail = Mail(ready.person.email, message.summary, message.text, key, message.attachments)
        return await _tried(ready, EMAIL, self.mailer.send(mail))


async def _tried(ready: Ready, by: str, sending: Awaitable[Receipt]) -> Result:
    try:
        return Result(ready, by, await sending)
    except DeliveryError as error:
        return Result(ready, by, None, error.failure, str(error), error.retry_after)
    except Exception as error:
        # Whatever this was, it came after the send began: treat it as possibly delivered.
        log.exception("a send failed in an unforeseen way", action="send_failed", notices=ready.ids)
        return Result(ready, by, failure=Failure.AMBIGUOUS, detail=type(error).__name__)
