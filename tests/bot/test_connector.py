from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from types import MappingProxyType

import pytest

from bot.connector import Connector
from bot.service_urls import ServiceUrls
from services.entra import TokenRefused
from services.ports import DeliveryError, Failure
from tests import fakes_teams as fakes
from tests.fakes_teams import Behaviour, FakeConnector

CONVERSATION = "19:meeting/with?odd#marks@thread.v2;messageid=1"
HELLO = {"type": "message", "text": "hello"}
LOCAL = ServiceUrls(loopback_only=True)


class OneToken:
    """A token source that counts, and can refuse."""

    def __init__(self, token: str = "a-token", refusal: TokenRefused | None = None) -> None:
        self.token = token
        self.refusal = refusal
        self.asked = 0
        self.distrusted: list[str] = []

    async def bearer(self) -> str:
        self.asked += 1
        if self.refusal is not None:
            raise self.refusal
        return self.token

    def distrust(self, token: str) -> None:
        self.distrusted.append(token)


@pytest.fixture
async def secured() -> AsyncIterator[tuple[FakeConnector, Connector, OneToken]]:
    token = OneToken()
    async with FakeConnector(bearer="a-token") as fake, Connector(token=token, service_urls=LOCAL) as ours:
        yield fake, ours, token


async def failure(teams: FakeConnector, connector: Connector, behaviour: Behaviour) -> DeliveryError:
    teams.script = [behaviour]
    with pytest.raises(DeliveryError) as raised:
        await connector.send(teams.url, CONVERSATION, HELLO)
    assert len(teams.requests) == 1, "a send is made once and never repeated here"
    return raised.value


async def test_a_message_is_posted_with_the_token(secured: tuple[FakeConnector, Connector, OneToken]) -> None:
    fake, ours, _ = secured
    assert (await ours.send(fake.url, CONVERSATION, HELLO)).startswith("sent-")
    assert fake.said == ["hello"]
    assert fake.faults == []


async def test_replies_and_updates_name_the_activity(teams: FakeConnector, connector: Connector) -> None:
    await connector.reply(teams.url, CONVERSATION, "1/2", HELLO)
    await connector.update(teams.url, CONVERSATION, "1/2", {**HELLO, "id": "1/2"})
    assert [(sent.method, sent.path.rsplit("/activities/")[1]) for sent in teams.requests] == [
        ("POST", "1/2"),
        ("PUT", "1/2"),
    ]


async def test_one_connection_serves_many_messages(teams: FakeConnector, connector: Connector) -> None:
    for _ in range(20):
        await connector.send(teams.url, CONVERSATION, HELLO)
    assert len(teams.connections) == 1


async def test_raw_fields_and_read_only_cards_arrive_whole(teams: FakeConnector, connector: Connector) -> None:
    entity = {"type": "https://schema.org/Message", "@type": "Message", "citation": [{"position": 1}]}
    card = MappingProxyType({"type": "AdaptiveCard", "body": ()})
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    await connector.send(
        teams.url, CONVERSATION, {"type": "message", "entities": [entity], "attachments": [attachment]}
    )
    assert teams.messages[0]["entities"] == [entity]
    assert teams.messages[0]["attachments"][0]["content"] == {"type": "AdaptiveCard", "body": []}


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (fakes.THROTTLED, Failure.THROTTLED),
        (fakes.NOT_READY, Failure.TRANSIENT),
        (fakes.BLOCKED_BY_PERSON, Failure.BLOCKED),
        (Behaviour(403, "BotDisabledByAdmin"), Failure.BLOCKED),
        (Behaviour(403, "BotNotInConversationRoster"), Failure.BLOCKED),
        (Behaviour(403, "ForbiddenOperationException"), Failure.BLOCKED),
        (Behaviour(403, "NotEnoughPermissions"), Failure.BLOCKED),
        (fakes.WRONG_API_HOST, Failure.REFUSED),
        (fakes.GONE, Failure.GONE),
        (Behaviour(404, "ActivityNotFoundInConversation"), Failure.GONE),
        (Behaviour(404, body={"page": "not found"}), Failure.REFUSED),
        (Behaviour(400, "BadArgument"), Failure.REFUSED),
        (Behaviour(401, "BotNotRegistered"), Failure.LOCKED_OUT),
        (Behaviour(413, "MessageSizeTooBig"), Failure.REFUSED),
        (Behaviour(302), Failure.REFUSED),
        (fakes.BROKEN, Failure.AMBIGUOUS),
        (Behaviour(502), Failure.AMBIGUOUS),
        (Behaviour(503), Failure.AMBIGUOUS),
        (Behaviour(504), Failure.AMBIGUOUS),
        (fakes.ACCEPTED_THEN_500, Failure.AMBIGUOUS),
    ],
)
async def test_every_refusal_has_its_meaning(
    teams: FakeConnector, connector: Connector, behaviour: Behaviour, expected: Failure
) -> None:
    error = await failure(teams, connector, behaviour)
    assert (error.failure, error.status, error.code) == (expected, behaviour.status, behaviour.code)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("17", 17.0), ("0.5", 0.5), ("Fri, 31 Dec 2100 23:59:59 GMT", None), ("soon", None), ("-3", None), (None, None)],
)
async def test_the_wait_asked_for_is_read(
    teams: FakeConnector, connector: Connector, header: str | None, seconds: float | None
) -> None:
    error = await failure(teams, connector, Behaviour(429, "Throttled", retry_after=header))
    if header and "2100" in header:
        assert error.retry_after is not None
        assert error.retry_after > 365 * 86400
    else:
        assert error.retry_after == seconds


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"errorCode": 209, "message": '{"subCode":"MessageWritesBlocked"}'}, "MessageWritesBlocked"),
        ({"errorCode": 209, "message": "blocked"}, "209"),
        ({"error": {"message": '{"subCode":"MessageWritesBlocked"}'}}, "MessageWritesBlocked"),
        ({"error": {"code": "a sentence about Alice"}}, None),
        ({"error": "BotDisabled"}, None),
        (["odd"], None),
    ],
)
async def test_the_code_is_found_in_every_shape_and_is_only_ever_a_word(
    teams: FakeConnector, connector: Connector, body: object, code: str | None
) -> None:
    error = await failure(teams, connector, Behaviour(403, body=body))
    assert (error.failure, error.code) == (Failure.BLOCKED, code)


async def test_silence_after_the_request_is_ambiguous(teams: FakeConnector, connector: Connector) -> None:
    error = await failure(teams, connector, fakes.ACCEPTED_THEN_SILENCE)
    assert (error.failure, error.status) == (Failure.AMBIGUOUS, None)
    assert teams.said == ["hello"]


async def test_a_slow_answer_is_waited_for(teams: FakeConnector, connector: Connector) -> None:
    teams.script = [Behaviour(delay=0.1)]
    assert await connector.send(teams.url, CONVERSATION, HELLO)


async def test_an_answer_that_drips_for_ever_ends_at_the_total_limit(teams: FakeConnector) -> None:
    async with Connector(token=None, service_urls=LOCAL, read_timeout=5, total_timeout=0.2) as ours:
        teams.script = [Behaviour(delay=1)]
        with pytest.raises(DeliveryError) as raised:
            await ours.send(teams.url, CONVERSATION, HELLO)
    assert raised.value.failure is Failure.AMBIGUOUS


async def test_a_refused_connection_is_certainly_not_delivered(teams: FakeConnector, connector: Connector) -> None:
    await teams.stop()
    with pytest.raises(DeliveryError) as raised:
        await connector.send(teams.url, CONVERSATION, HELLO)
    assert raised.value.failure is Failure.TRANSIENT


async def test_a_connection_cut_in_the_middle_is_ambiguous(connector: Connector) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(DeliveryError) as raised:
            await connector.send(f"http://127.0.0.1:{port}", CONVERSATION, HELLO)
    assert raised.value.failure is Failure.AMBIGUOUS


async def test_the_token_goes_to_no_address_that_is_not_permitted() -> None:
    token = OneToken()
    async with FakeConnector(bearer="a-token") as fake, Connector(token=token) as ours:
        for url in (fake.url, "https://evil.example/", ""):
            with pytest.raises(DeliveryError) as raised:
                await ours.send(url, CONVERSATION, HELLO)
            assert (raised.value.failure, raised.value.code) == (Failure.REFUSED, "service-url-not-allowed")
        assert (token.asked, fake.requests, fake.faults) == (0, [], [])


async def test_a_redirect_does_not_carry_the_token_away(secured: tuple[FakeConnector, Connector, OneToken]) -> None:
    fake, ours, _ = secured
    error = await failure(fake, ours, Behaviour(307, "Elsewhere"))
    assert error.failure is Failure.REFUSED


async def test_a_token_that_teams_does_not_take_is_distrusted(
    secured: tuple[FakeConnector, Connector, OneToken],
) -> None:
    fake, ours, token = secured
    await failure(fake, ours, Behaviour(401, "BotNotRegistered"))
    assert token.distrusted == ["a-token"]


@pytest.mark.parametrize(("permanent", "expected"), [(True, Failure.LOCKED_OUT), (False, Failure.TRANSIENT)])
async def test_without_a_token_nothing_is_sent(permanent: bool, expected: Failure) -> None:
    token = OneToken(refusal=TokenRefused("invalid_client", permanent=permanent))
    async with FakeConnector() as fake, Connector(token=token, service_urls=LOCAL) as ours:
        with pytest.raises(DeliveryError) as raised:
            await ours.send(fake.url, CONVERSATION, HELLO)
        assert (raised.value.failure, raised.value.code, fake.requests) == (expected, "invalid_client", [])


async def test_an_activity_that_is_too_large_never_leaves(teams: FakeConnector, connector: Connector) -> None:
    with pytest.raises(DeliveryError) as raised:
        await connector.send(teams.url, CONVERSATION, {"type": "message", "text": "x" * 80_000})
    assert (raised.value.failure, raised.value.status) == (Failure.REFUSED, 413)
    assert teams.requests == []


@pytest.mark.parametrize("odd", ["", ".", ".."])
async def test_an_id_that_would_change_the_path_is_refused(
    teams: FakeConnector, connector: Connector, odd: str
) -> None:
    with pytest.raises(DeliveryError):
        await connector.send(teams.url, odd, HELLO)
    assert teams.requests == []


async def test_members_are_read_page_by_page(teams: FakeConnector, connector: Connector) -> None:
    teams.members = [{"id": f"29:{number}", "name": str(number)} for number in range(5)]
    names = [member["name"] async for member in connector.members(teams.url, CONVERSATION, page_size=2)]
    assert names == ["0", "1", "2", "3", "4"]
    assert (await connector.member(teams.url, CONVERSATION, "29:3"))["name"] == "3"
    with pytest.raises(DeliveryError) as raised:
        await connector.member(teams.url, CONVERSATION, "29:nobody")
    assert raised.value.failure is Failure.GONE


async def test_a_connector_that_is_not_open_says_so() -> None:
    with pytest.raises(RuntimeError, match="not open"):
        await Connector(token=None).send(fakes.TEAMS_URL, CONVERSATION, HELLO)
