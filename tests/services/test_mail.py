"""The e-mail carrier against a real mail server: what arrives, and what is known when it does not."""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from config.setting_kinds import is_mailbox
from services.entra import TokenRefused
from services.mail import SmtpMailer
from services.mail.letter import Letterhead, message_id, write
from services.mail.smtp import Server
from services.ports import DeliveryError, Failure, Mail, Mailer
from tests.fakes import FakeMailer
from tests.services.graph_server import FakeGraph, Graph, a_graph
from tests.services.smtp_server import DROP, HANG, Postbox, a_mail_server
from tests.services.test_graph import OneToken, a_graph_mailer

NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)
MAIL = Mail(
    "alice.example@example.org", "Your course tomorrow", "Hello Alice,\n\nIt starts at 9.30am.\nBring nothing.", "12-13"
)
SENDER = "Partnership Bot <bot@partnership.example>"


def a_mailer(port: int, *, scheme: str = "smtp", who: str = "", seconds: float = 5, **more: object) -> SmtpMailer:
    tls = more.pop("tls", None)
    assert tls is None or isinstance(tls, ssl.SSLContext)
    return SmtpMailer(
        f"{scheme}://{who}127.0.0.1:{port}",
        sender=SENDER,
        clock=lambda: NOW,
        unsubscribe=str(more.pop("unsubscribe", "")),
        seconds=seconds,
        tls=tls,
    )


@pytest.fixture
async def box() -> AsyncIterator[Postbox]:
    async with a_mail_server(Postbox()) as opened:
        yield opened


@pytest.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    async with a_graph(FakeGraph()) as opened:
        yield opened


async def failure_of(mailer: Mailer, mail: Mail = MAIL) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await mailer.send(mail)
    return caught.value


@dataclass
class Relay:
    """A mailer, what arrived through it, and a way to make its next letter fail."""

    mailer: Mailer
    arrived: Callable[[], int]
    fail_next: Callable[[Failure], None]


@pytest.fixture(params=["smtp", "graph", "fake"])
def relay(request: pytest.FixtureRequest, box: Postbox, graph: FakeGraph) -> Relay:
    """The real carriers, and the fake that other tests use: all must keep the same contract."""
    if request.param == "graph":
        token = OneToken()
        scripts = {
            Failure.BLOCKED: Graph(400, "ErrorInvalidRecipients"),
            Failure.REFUSED: Graph(413, "ErrorMessageSizeExceeded"),
        }

        def fail(failure: Failure) -> None:
            if failure is Failure.TRANSIENT:
                token.refused = TokenRefused("server_error", permanent=False)
            else:
                graph.script.append(scripts[failure])

        return Relay(a_graph_mailer(graph, token=token), lambda: len(graph.letters), fail)
    if request.param == "fake":
        fake = FakeMailer()
        return Relay(fake, lambda: len(fake.delivered), lambda failure: fake.fail_next(DeliveryError(failure)))
    answers = {
        Failure.TRANSIENT: ("MAIL", "451 later"),
        Failure.BLOCKED: ("RCPT", "550 nobody"),
        Failure.REFUSED: ("DATA", "554 no"),
    }
    return Relay(a_mailer(box.port), lambda: len(box.letters), lambda failure: box.on.update([answers[failure]]))


async def test_every_mailer_gives_a_receipt_for_what_it_took_once(relay: Relay) -> None:
    assert (await relay.mailer.send(MAIL)).id.startswith("<")
    assert relay.arrived() == 1


@pytest.mark.parametrize("failure", [Failure.TRANSIENT, Failure.BLOCKED, Failure.REFUSED])
async def test_every_mailer_says_how_it_failed_and_delivers_nothing_then(relay: Relay, failure: Failure) -> None:
    relay.fail_next(failure)
    assert (await failure_of(relay.mailer)).failure is failure
    assert relay.arrived() == 0


async def test_a_letter_arrives_with_headers_that_say_what_it_is(box: Postbox) -> None:
    receipt = await a_mailer(box.port, unsubscribe="mailto:stop@partnership.example").send(MAIL)
    [letter] = box.letters
    assert box.envelopes == [("bot@partnership.example", ["alice.example@example.org"])]
    assert letter["From"] == SENDER
    assert letter["To"] == "alice.example@example.org"
    assert letter["Subject"] == "Your course tomorrow"
    assert letter["Date"].datetime == NOW
    assert letter["Message-ID"] == receipt.id == "<notice.12-13@partnership.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["X-Auto-Response-Suppress"] == "All"
    assert letter["List-Unsubscribe"] == "<mailto:stop@partnership.example>"


async def test_a_letter_reads_the_same_in_plain_text_and_in_html(box: Postbox) -> None:
    text = "Dear O’Neill & Söhne,\n\n<b>Level 4</b> costs £0.\n.\nA dot alone does not end it."
    await a_mailer(box.port).send(Mail(MAIL.to, "Café – “quoted”", text, "1"))
    [letter] = box.letters
    plain, rich = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert rich is not None
    assert letter["Subject"] == "Café – “quoted”"
    assert plain.get_content().strip().replace("\r\n", "\n") == text
    assert "&lt;b&gt;Level 4&lt;/b&gt; costs £0." in rich.get_content()
    assert letter["List-Unsubscribe"] is None
    assert all(len(line) <= 998 for line in box.raw[0].split(b"\r\n"))


async def test_sending_the_same_letter_again_can_be_recognised(box: Postbox) -> None:
    mailer = a_mailer(box.port)
    first, second = await mailer.send(MAIL), await mailer.send(MAIL)
    other = await mailer.send(Mail(MAIL.to, MAIL.subject, MAIL.text, "14"))
    assert first.id == second.id != other.id
    assert [letter["Message-ID"] for letter in box.letters] == [first.id, second.id, other.id]


def test_a_digest_of_hundreds_of_notices_still_has_a_short_message_id() -> None:
    key = "-".join(str(number) for number in range(500))
    assert len(message_id(key, "partnership.example")) < 100
    assert message_id(key, "partnership.example") == message_id(key, "partnership.example")
    assert message_id("a>\r\nBcc: eve@example.org", "x.example").isprintable()


@pytest.mark.parametrize(
    ("step", "answer", "failure", "status"),
    [
        ("MAIL", "451 try later", Failure.TRANSIENT, 451),
        ("MAIL", "550 not from you", Failure.REFUSED, 550),
        ("RCPT", "450 greylisted", Failure.TRANSIENT, 450),
        ("RCPT", "550 no such person", Failure.BLOCKED, 550),
        ("RCPT", "421 closing", Failure.TRANSIENT, 421),
        ("DATA", "451 out of space", Failure.TRANSIENT, 451),
        ("DATA", "554 not wanted", Failure.REFUSED, 554),
    ],
)
async def test_an_answer_that_says_no_is_told_apart(
    box: Postbox, step: str, answer: str, failure: Failure, status: int
) -> None:
    box.on[step] = answer
    error = await failure_of(a_mailer(box.port))
    assert (error.failure, error.status) == (failure, status)
    assert box.letters == []
    box.on.clear()
    await a_mailer(box.port).send(MAIL)
    assert len(box.letters) == 1


async def test_what_is_recorded_of_a_failure_names_nobody(box: Postbox) -> None:
    box.on["RCPT"] = "550 alice.example@example.org left"
    said = str(await failure_of(a_mailer(box.port)))
    assert "550" in said
    assert "alice" not in said


async def test_a_server_that_drops_the_line_after_the_letter_leaves_it_uncertain(box: Postbox) -> None:
    box.on["DATA"] = DROP
    error = await failure_of(a_mailer(box.port))
    assert error.failure is Failure.AMBIGUOUS
    assert len(box.letters) == 1, "the server had it: sending again would double it"


async def test_a_server_that_never_answers_the_letter_leaves_it_uncertain(box: Postbox) -> None:
    box.on["DATA"] = HANG
    error = await failure_of(a_mailer(box.port, seconds=0.3))
    assert error.failure is Failure.AMBIGUOUS
    assert len(box.letters) == 1


async def test_a_server_that_is_not_there_is_tried_again_later() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        error = await failure_of(a_mailer(taken.getsockname()[1]))
    assert error.failure is Failure.TRANSIENT


async def test_a_server_that_does_not_greet_is_tried_again_later() -> None:
    async def say_nothing(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.5)
        writer.close()
        await writer.wait_closed()
        over.set()

    over = asyncio.Event()
    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    async with server:
        error = await failure_of(a_mailer(server.sockets[0].getsockname()[1], seconds=0.2))
        await over.wait()
    assert error.failure is Failure.TRANSIENT


@pytest.mark.parametrize(
    "to",
    [
        "alice@example.org\r\nBcc: eve@example.org",
        "alice@example.org, eve@example.org",
        "Alice <alice@example.org>",
        "alice@example.org>",
        "alice",
        "",
        "älice@example.org",
        "a" * 250 + "@example.org",
    ],
)
async def test_an_address_that_is_not_exactly_one_mailbox_is_refused_before_anything_is_sent(
    box: Postbox, to: str
) -> None:
    error = await failure_of(a_mailer(box.port), Mail(to, "Hello", "Hello", "1"))
    assert (error.failure, error.code) == (Failure.REFUSED, "bad-address")
    assert box.envelopes == []


@pytest.mark.parametrize("subject", ["Hello\r\nBcc: eve@example.org", "Hello\nX: y", "Hello\x00", "Hello\u2028X: y"])
async def test_a_subject_cannot_add_a_header(box: Postbox, subject: str) -> None:
    error = await failure_of(a_mailer(box.port), Mail(MAIL.to, subject, "Hello", "1"))
    assert (error.failure, error.code) == (Failure.REFUSED, "bad-subject")
    assert box.envelopes == []


@given(subject=st.text(max_size=200), key=st.text(min_size=1, max_size=80), text=st.text(max_size=500))
def test_no_words_can_add_a_header_or_a_recipient(subject: str, key: str, text: str) -> None:
    mail = Mail("alice@example.org", subject, text, key)
    try:
        _, raw = write(mail, Letterhead.of(SENDER), NOW)
    except DeliveryError:
        assert re.search(r"[\x00-\x1f\x7f\x85\u2028\u2029]", subject), "only control characters are refused"
        return
    names = [
        line.split(b":")[0] for line in raw.split(b"\r\n\r\n")[0].split(b"\r\n") if not line.startswith((b" ", b"\t"))
    ]
    assert names == [
        b"From", b"To", b"Subject", b"Date", b"Message-ID", b"Auto-Submitted", b"X-Auto-Response-Suppress",
        b"MIME-Version", b"Content-Type",
    ]  # fmt: skip


@pytest.mark.parametrize("sender", ["", "nobody", "a@b, c@d", "Bot <a@b\r\nBcc: c@d>"])
def test_a_sender_that_is_not_one_mailbox_is_refused_at_the_start(sender: str) -> None:
    with pytest.raises(ValueError, match="one e-mail address"):
        Letterhead.of(sender)


def test_an_address_to_unsubscribe_cannot_be_a_header() -> None:
    with pytest.raises(ValueError, match="unsubscribe"):
        Letterhead.of(SENDER, "mailto:a@b>\r\nBcc: c@d")


@pytest.mark.parametrize("text", ["a.b+c@example.org", "o'neill@sub.example.org"])
def test_ordinary_work_addresses_are_mailboxes(text: str) -> None:
    assert is_mailbox(text)


@pytest.mark.parametrize(
    ("url", "port", "use_tls", "start_tls"),
    [
        ("smtp://127.0.0.1", 25, False, False),
        ("smtp://mail.example.org", 25, False, False),
        ("smtp+starttls://mail.example.org", 587, False, True),
        ("smtps://mail.example.org", 465, True, False),
        ("smtp://bot:secret@mail.example.org:2525", 2525, False, True),
        ("smtp://bot:secret@127.0.0.1:2525", 2525, False, False),
        ("smtp://bot:secret@[::1]:2525", 2525, False, False),
    ],
)
def test_the_url_decides_on_encryption_and_a_password_never_travels_in_the_clear(
    url: str, port: int, use_tls: bool, start_tls: bool
) -> None:
    server = Server.of(url)
    assert (server.port, server.use_tls, server.start_tls) == (port, use_tls, start_tls)


@pytest.mark.parametrize("url", ["http://x", "smtp://", "mail.example.org", "smtp://host/path"])
def test_a_url_that_is_no_mail_server_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ValueError, match="must look like") as caught:
        Server.of(url)
    assert str(caught.value) == "the mail server must look like smtp://user:password@host:port"


async def test_a_password_with_odd_characters_is_understood() -> None:
    async with a_mail_server(Postbox(), login=True) as box:
        await a_mailer(box.port, who="bot%40example.org:sesame%3A%2F@").send(MAIL)
    assert box.logins == [b"bot@example.org"]
    assert len(box.letters) == 1


async def test_a_wrong_password_does_not_burn_the_letter() -> None:
    async with a_mail_server(Postbox(), login=True) as box:
        error = await failure_of(a_mailer(box.port, who="bot:wrong@"))
    assert (error.failure, error.code) == (Failure.LOCKED_OUT, "login")
    assert box.letters == []


def _certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's and a client's context for a certificate of the test's own."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(made - timedelta(days=1))
        .not_valid_after(made + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "mail.pem"
    pem.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(pem)
    return server, ssl.create_default_context(cafile=str(pem))


async def test_smtps_and_starttls_encrypt_the_letter(tmp_path: Path) -> None:
    server, client = _certificate(tmp_path)
    async with a_mail_server(Postbox(), tls=server) as box:
        await a_mailer(box.port, scheme="smtps", tls=client).send(MAIL)
    assert len(box.letters) == 1
    async with a_mail_server(Postbox(), start_tls=server) as box:
        await a_mailer(box.port, scheme="smtp+starttls", tls=client).send(MAIL)
    assert (len(box.letters), box.encrypted) == (1, [True])


async def test_a_server_that_cannot_encrypt_or_prove_itself_gets_no_letter(box: Postbox, tmp_path: Path) -> None:
    assert (await failure_of(a_mailer(box.port, scheme="smtp+starttls"))).failure is Failure.TRANSIENT
    server, _ = _certificate(tmp_path)
    async with a_mail_server(Postbox(), tls=server) as stranger:
        error = await failure_of(a_mailer(stranger.port, scheme="smtps"))
    assert error.failure is Failure.TRANSIENT
    assert box.letters == stranger.letters == []


async def test_many_letters_at_once_all_arrive_once(box: Postbox) -> None:
    mailer = a_mailer(box.port)
    await asyncio.gather(*(mailer.send(Mail(f"p{n}@example.org", "Hello", "Hello", str(n))) for n in range(30)))
    assert sorted(to for _, [to] in box.envelopes) == sorted(f"p{n}@example.org" for n in range(30))
