"""Hands one e-mail to a mail server, and says exactly what is known when that fails.

Until the server has been given the letter, nothing was sent. After that, an answer is the truth, and silence is
ambiguous: the server may hold the letter.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from services.mail.letter import Letterhead, write
from services.ports import Begin, DeliveryError, Failure, Mail, Receipt, at_once

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_MOST_AT_ONCE = 4
"""Connections held at the same time: mail servers refuse a client that opens many."""
_GOODBYE = 5.0
"""Seconds for the goodbye, after which the connection is simply closed."""


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True, repr=False)
class Server:
    """A mail server out of a URL. Has no repr: the URL holds a password."""

    host: str
    port: int
    use_tls: bool
    start_tls: bool
    username: str | None
    password: str | None

    @classmethod
    def of(cls, url: str) -> Server:
        """From `smtp://`, `smtp+starttls://` or `smtps://` with `user:password@host:port`.

        A password is never sent in the clear: `smtp://` with one to another machine asks for STARTTLS too.
        Raises `ValueError` for any other URL, without repeating it.
        """
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/"):
            raise ValueError("the mail server must look like smtp://user:password@host:port")
        username = unquote(parts.username) if parts.username else None
        password = unquote(parts.password) if parts.password else None
        secret_abroad = username is not None and not _is_this_machine(parts.hostname)
        return cls(
            host=parts.hostname,
            port=parts.port or _PORTS[parts.scheme],
            use_tls=parts.scheme == "smtps",
            start_tls=parts.scheme == "smtp+starttls" or (parts.scheme == "smtp" and secret_abroad),
            username=username,
            password=password,
        )


class SmtpMailer:
    """A `Mailer` over SMTP. One connection for each letter; `seconds` bounds the way up to the letter, and each step.

    `clock` gives the aware moment for the Date header. `tls` is for tests and for private authorities.
    """

    def __init__(
        self,
        url: str,
        *,
        sender: str,
        clock: Callable[[], datetime],
        unsubscribe: str = "",
        seconds: float = 30,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._server = Server.of(url)
        self._head = Letterhead.of(sender, unsubscribe)
        self._clock = clock
        self._seconds = seconds
        self._tls = tls
        self._turn = asyncio.Semaphore(_MOST_AT_ONCE)

    async def send(self, mail: Mail, begin: Begin = at_once) -> Receipt:
        """Deliver once, or raise `DeliveryError`. The receipt's id is the Message-ID."""
        message_id, letter = write(mail, self._head, self._clock())
        async with self._turn:
            await begin()
            client = self._client()
            try:
                with _nothing_sent_yet():
                    async with asyncio.timeout(self._seconds):
                        await client.connect()
                        await client.mail(self._head.sender.addr_spec)
                        await client.rcpt(mail.to)
                await _hand_over(client, letter)
                # The letter is theirs: how the goodbye goes changes nothing.
                with suppress(SMTPException, OSError, TimeoutError):
                    async with asyncio.timeout(_GOODBYE):
                        await client.quit()
            finally:
                client.close()
        return Receipt(message_id)

    def _client(self) -> SMTP:
        server = self._server
        return SMTP(
            hostname=server.host,
            port=server.port,
            username=server.username,
            password=server.password,
            use_tls=server.use_tls,
            start_tls=server.start_tls,
            timeout=self._seconds,
            tls_context=self._tls,
            local_hostname=self._head.sender.domain,
        )


def _lasting(code: int) -> bool:
    return 500 <= code <= 599


@contextmanager
def _nothing_sent_yet() -> Iterator[None]:
    """Failures up to the recipient: certainly not delivered."""
    try:
        yield
    except SMTPRecipientRefused as error:
        failure = Failure.BLOCKED if _lasting(error.code) else Failure.TRANSIENT
        raise DeliveryError(failure, status=error.code, code="recipient") from error
    except SMTPSenderRefused as error:
        failure = Failure.REFUSED if _lasting(error.code) else Failure.TRANSIENT
        raise DeliveryError(failure, status=error.code, code="sender") from error
    except SMTPAuthenticationError as error:
        # A wrong password is our mistake, not the letter's: it must not burn every letter that is due.
        raise DeliveryError(Failure.LOCKED_OUT, status=error.code, code="login") from error
    except SMTPNotSupported as error:
        raise DeliveryError(Failure.TRANSIENT, code="not-supported") from error
    except SMTPResponseException as error:
        raise DeliveryError(Failure.TRANSIENT, status=error.code, code="greeting") from error
    except (SMTPException, OSError, TimeoutError) as error:
        raise DeliveryError(Failure.TRANSIENT, code="connection") from error


async def _hand_over(client: SMTP, letter: bytes) -> None:
    """Give the server the letter. An answer decides; without one the letter may or may not be on its way."""
    try:
        await client.data(letter)
    except SMTPDataError as error:
        failure = Failure.REFUSED if _lasting(error.code) else Failure.TRANSIENT
        raise DeliveryError(failure, status=error.code, code="letter") from error
    except (SMTPException, OSError, TimeoutError) as error:
        raise DeliveryError(Failure.AMBIGUOUS, code="no-answer") from error
