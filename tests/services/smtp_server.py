"""A real mail server in the test's own loop, that can be told to misbehave at any step."""

from __future__ import annotations

import asyncio
import ssl
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

DROP = "drop"
HANG = "hang"


@dataclass
class Postbox:
    """What arrived, and what to answer instead of yes. `on` is keyed by step: EHLO, MAIL, RCPT or DATA."""

    on: dict[str, str] = field(default_factory=dict)
    letters: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    logins: list[bytes] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    port: int = 0

    async def handle_MAIL(self, _s: SMTP, session: Session, envelope: Envelope, sender: str, _o: list[str]) -> str:
        envelope.mail_from = sender
        self.encrypted.append(session.ssl is not None)
        return self.on.get("MAIL", "250 OK")

    async def handle_RCPT(self, _s: SMTP, _session: Session, envelope: Envelope, to: str, _o: list[str]) -> str:
        if "RCPT" in self.on:
            return self.on["RCPT"]
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        answer = self.on.get("DATA", "250 OK")
        if answer[0] not in "45":
            content = envelope.content
            assert isinstance(content, bytes)
            self.raw.append(content)
            self.letters.append(BytesParser(_class=EmailMessage, policy=default).parsebytes(content))
            self.envelopes.append((envelope.mail_from or "", list(envelope.rcpt_tos)))
        if answer == DROP:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        if answer == HANG:
            await asyncio.sleep(5)
        return answer

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: object
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(data.login)
        return AuthResult(success=data.password == b"sesame:/", handled=False)


@asynccontextmanager
async def a_mail_server(
    box: Postbox, *, start_tls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None, login: bool = False
) -> AsyncIterator[Postbox]:
    """Listens on a free port until the test ends. `tls` from the first byte, `start_tls` when asked."""
    loop = asyncio.get_running_loop()
    sessions: list[SMTP] = []

    def protocol() -> SMTP:
        with warnings.catch_warnings():
            # It warns of a login without TLS, which is what one test is about.
            warnings.simplefilter("ignore", UserWarning)
            sessions.append(a_session())
            return sessions[-1]

    def a_session() -> SMTP:
        return SMTP(
            box,
            hostname="mail.example.org",
            loop=loop,
            tls_context=start_tls,
            require_starttls=False,
            auth_required=login,
            auth_require_tls=False,
            authenticator=box.authenticate if login else None,
        )

    server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=tls)
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()
        for session in sessions:
            if isinstance(session.transport, asyncio.WriteTransport):
                session.transport.abort()
        await asyncio.sleep(0.01)
