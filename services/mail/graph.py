"""Sends one e-mail through Microsoft Graph, from one mailbox, and says exactly what is known when that fails.

The letter goes as MIME, so that it is the same letter as over SMTP, with all its headers (platform.md, section 7).
The application needs Mail.Send, limited to this mailbox by Exchange's RBAC for Applications.
"""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import quote

import aiohttp

from services.entra import TokenSource
from services.mail.letter import Letterhead, write
from services.outgoing import bearer_of, body_of, from_exception, plain_code
from services.ports import Begin, DeliveryError, Failure, Mail, Pace, Receipt, at_once

GRAPH = "https://graph.microsoft.com/v1.0"
GRAPH_SCOPE = "https://graph.microsoft.com/.default"
PER_MINUTE = 25.0
"""From one mailbox. Exchange takes 30 a minute (platform.md, section 7)."""

_MOST_AT_ONCE = 4
"""Outlook's limit of requests under way, for one application."""
_NOBODY = frozenset({"ErrorInvalidRecipients", "ErrorInvalidSmtpAddress", "ErrorRecipientNotFound"})
_OURS = frozenset({401, 403, 404})
"""A token, a permission or a mailbox that is not right: our mistake, which must not burn every letter that is due."""


class GraphMailer:
    """A `Mailer` over Graph's sendMail. `mailbox` is the sender; each letter waits for its turn at `pace`.

    `clock` gives the aware moment for the Date header. `seconds` bounds the whole call.
    """

    def __init__(
        self,
        token: TokenSource,
        *,
        mailbox: str,
        clock: Callable[[], datetime],
        pace: Pace | None = None,
        unsubscribe: str = "",
        seconds: float = 30,
        base: str = GRAPH,
    ) -> None:
        self._token = token
        self._head = Letterhead.of(mailbox, unsubscribe)
        self._clock = clock
        self._pace = pace
        self._timeout = aiohttp.ClientTimeout(total=seconds)
        self._turn = asyncio.Semaphore(_MOST_AT_ONCE)
        address = self._head.sender.addr_spec
        self._scope = f"mailbox:{address}"
        self._url = f"{base}/users/{quote(address, safe='@')}/sendMail"

    async def send(self, mail: Mail, begin: Begin = at_once) -> Receipt:
        """Deliver once, or raise `DeliveryError`. The receipt's id is the Message-ID: Graph gives none."""
        message_id, letter = write(mail, self._head, self._clock())
        if self._pace is not None:
            await self._pace.turn(self._scope, None)
        async with self._turn:
            await begin()
            await self._post(base64.b64encode(letter), await bearer_of(self._token))
        return Receipt(message_id)

    async def _post(self, letter: bytes, token: str) -> None:
        # MIME is announced as plain text; JSON would allow none of the headers that say what this letter is.
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "text/plain"}
        try:
            async with (
                aiohttp.ClientSession(timeout=self._timeout) as session,
                session.post(self._url, data=letter, headers=headers, allow_redirects=False) as answer,
            ):
                if answer.status == 202:
                    return
                refusal = _failure(answer.status, answer.headers, await body_of(answer))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise from_exception(error) from error
        if refusal.status == 401:
            self._token.distrust(token)
        raise refusal


def _failure(status: int, headers: Mapping[str, str], body: bytes) -> DeliveryError:
    code = _code(body)
    wait = headers.get("Retry-After", "")
    retry_after = float(wait) if wait.isdigit() else None
    return DeliveryError(_kind(status, code), status=status, code=code, retry_after=retry_after)


def _kind(status: int, code: str | None) -> Failure:
    if status == 429:
        return Failure.THROTTLED
    if status in _OURS:
        return Failure.LOCKED_OUT
    if code in _NOBODY:
        return Failure.BLOCKED
    return Failure.AMBIGUOUS if status >= 500 or status in (200, 408) else Failure.REFUSED


def _code(body: bytes) -> str | None:
    """The code in Graph's error."""
    try:
        found = json.loads(body)["error"]["code"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return plain_code(found)
