"""E-mail through Microsoft Graph: the same letter as over SMTP, and what is known when it does not arrive."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from services.entra import EntraToken, TokenRefused
from services.mail.graph import GRAPH_SCOPE, GraphMailer
from services.mail.letter import Letterhead, write
from services.notices.pacing import SharedPace
from services.ports import DeliveryError, Failure, Mail, Pace
from services.work import Database
from tests.fakes_teams import APP_ID, HOME_TENANT, FakeEntra
from tests.services.graph_server import MAILBOX, TOKEN, FakeGraph, Graph, a_graph

NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)
MAIL = Mail("alice.example@example.org", "Your course tomorrow", "Hello Alice.", "12-13")


class OneToken:
    """A token, and what was said of it."""

    def __init__(self, token: str = TOKEN, refused: TokenRefused | None = None) -> None:
        self.token, self.refused = token, refused
        self.distrusted: list[str] = []

    async def bearer(self) -> str:
        if self.refused:
            raise self.refused
        return self.token

    def distrust(self, token: str) -> None:
        self.distrusted.append(token)


def a_graph_mailer(graph: FakeGraph, *, token: OneToken | EntraToken | None = None, mailbox: str = MAILBOX,
                   seconds: float = 5, pace: Pace | None = None) -> GraphMailer:  # fmt: skip
    sender = f"Partnership Bot <{mailbox}>"
    return GraphMailer(
        token or OneToken(), mailbox=sender, clock=lambda: NOW, seconds=seconds, base=graph.url, pace=pace
    )


@pytest.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    async with a_graph(FakeGraph()) as opened:
        yield opened


async def failure_of(mailer: GraphMailer, mail: Mail = MAIL) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await mailer.send(mail)
    return caught.value


async def test_the_letter_is_the_same_as_over_smtp_with_all_its_headers(graph: FakeGraph) -> None:
    receipt = await a_graph_mailer(graph).send(MAIL)

    [letter] = graph.letters
    message_id, _ = write(MAIL, Letterhead.of(f"Partnership Bot <{MAILBOX}>"), NOW)
    assert receipt.id == message_id == letter["Message-ID"]
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["X-Auto-Response-Suppress"] == "All"
    assert letter["From"] == f"Partnership Bot <{MAILBOX}>"
    assert letter["Date"].datetime == NOW
    assert [one.get_content_type() for one in letter.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (Graph(429, "ErrorExceededMessageLimit", retry_after="17"), Failure.THROTTLED),
        (Graph(400, "ErrorInvalidRecipients"), Failure.BLOCKED),
        (Graph(400, "ErrorMimeContentInvalid"), Failure.REFUSED),
        (Graph(413, "ErrorMessageSizeExceeded"), Failure.REFUSED),
        (Graph(403, "ErrorAccessDenied"), Failure.LOCKED_OUT),
        (Graph(404, "ErrorInvalidUser"), Failure.LOCKED_OUT),
        (Graph(500, "ErrorInternalServerError"), Failure.AMBIGUOUS),
        (Graph(503, "ErrorServerBusy", retry_after="5"), Failure.AMBIGUOUS),
        (Graph(504, "GatewayTimeout", accept=True), Failure.AMBIGUOUS),
    ],
)
async def test_an_answer_that_is_no_success_is_told_apart(graph: FakeGraph, answer: Graph, failure: Failure) -> None:
    graph.script = [answer]
    error = await failure_of(a_graph_mailer(graph))
    assert (error.failure, error.status, error.code) == (failure, answer.status, answer.code)
    assert error.retry_after == (float(answer.retry_after) if answer.retry_after else None)
    assert len(graph.letters) == bool(answer.accept)


async def test_silence_after_the_letter_was_handed_over_leaves_it_uncertain(graph: FakeGraph) -> None:
    graph.script = [Graph(accept=True, hang=True)]
    assert (await failure_of(a_graph_mailer(graph, seconds=0.3))).failure is Failure.AMBIGUOUS
    assert len(graph.letters) == 1, "the mailbox had it: sending again would double it"


async def test_a_graph_that_cannot_be_reached_is_tried_again_later(graph: FakeGraph) -> None:
    graph.url = "http://127.0.0.1:9/v1.0"
    assert (await failure_of(a_graph_mailer(graph))).failure is Failure.TRANSIENT


async def test_a_token_that_graph_does_not_take_is_replaced_and_the_letter_kept(graph: FakeGraph) -> None:
    stale = OneToken("stale")
    error = await failure_of(a_graph_mailer(graph, token=stale))
    assert (error.failure, stale.distrusted) == (Failure.LOCKED_OUT, ["stale"])


@pytest.mark.parametrize(("permanent", "expected"), [(True, Failure.LOCKED_OUT), (False, Failure.TRANSIENT)])
async def test_a_wrong_secret_does_not_burn_the_letter(graph: FakeGraph, permanent: bool, expected: Failure) -> None:
    refused = OneToken(refused=TokenRefused("invalid_client", permanent=permanent))
    error = await failure_of(a_graph_mailer(graph, token=refused))
    assert (error.failure, error.code) == (expected, "invalid_client")


async def test_one_cached_token_of_the_application_serves_every_letter(graph: FakeGraph) -> None:
    async with FakeEntra(scope=GRAPH_SCOPE) as entra:
        token = EntraToken(
            app_id=APP_ID, credential="a-secret", tenant_id=HOME_TENANT, scope=GRAPH_SCOPE, http_client=entra.http
        )
        graph.token = "entra-token-1"
        await asyncio.gather(*(a_graph_mailer(graph, token=token).send(MAIL) for _ in range(3)))
    assert (entra.token_calls, len(graph.letters)) == (1, 3)


async def test_no_more_than_four_letters_are_handed_over_at_once(graph: FakeGraph) -> None:
    graph.delay = 0.05
    mailer = a_graph_mailer(graph)
    await asyncio.gather(*(mailer.send(MAIL) for _ in range(12)))
    assert (graph.busiest, len(graph.letters)) == (4, 12)


async def test_letters_of_a_mailbox_keep_its_pace_and_those_too_far_off_come_back_later(
    graph: FakeGraph, database: Database
) -> None:
    pace = SharedPace(database, per_second=10, patience=0.5)
    mailer = a_graph_mailer(graph, pace=pace)
    began = time.monotonic()

    results = await asyncio.gather(*(mailer.send(MAIL) for _ in range(30)), return_exceptions=True)

    late = [one for one in results if isinstance(one, DeliveryError)]
    assert {one.failure for one in late} == {Failure.THROTTLED}
    assert all(one.retry_after and one.retry_after > 0.4 for one in late)
    assert 5 <= len(graph.letters) == 30 - len(late) <= 12
    assert time.monotonic() - began >= (len(graph.letters) - 1) / 10 - 0.3


@pytest.mark.parametrize("to", ["alice@example.org\r\nBcc: eve@example.org", "alice", "a@b.example, c@d.example"])
async def test_an_address_that_is_not_exactly_one_mailbox_never_leaves_the_house(graph: FakeGraph, to: str) -> None:
    error = await failure_of(a_graph_mailer(graph), Mail(to, "Hello", "Hello", "1"))
    assert error.failure is Failure.REFUSED
    assert graph.letters == []
