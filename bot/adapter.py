"""botbuilder's adapter on our own connector. Takes verified activities only; its own checks never run.

Nothing of the SDK is patched. What is replaced by overriding, because it was measured to fail (platform.md section 0):
sending (no connection pool, an O(n^2) set-up per turn), the answer of an invoke and of expectReplies (HTTP 500), and
the user token client (two blocking calls to Entra per turn, for a feature we do not use).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from botbuilder.core import CloudAdapterBase, TurnContext
from botbuilder.schema import ResourceResponse
from botframework.connector.auth import BotFrameworkAuthentication, ClaimsIdentity, ConnectorFactory
from botframework.connector.auth.authenticate_request_result import AuthenticateRequestResult

from bot.activities import Inbound, Outbound, RawActivity
from bot.connector import Connector
from bot.security import Admitted
from services.errors import DuplicateActivity


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What the HTTP response to one activity is."""

    status: int
    body: Mapping[str, object] | None = None


class TeamsAdapter(CloudAdapterBase):
    """Runs one verified activity through a bot and says what to answer."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector
        self._factory = _OneConnector(connector)
        super().__init__(_CheckedBefore(self._factory))

    async def run(
        self, raw: RawActivity, admitted: Admitted, on_turn: Callable[[TurnContext], Awaitable[object]]
    ) -> HttpAnswer:
        """Let `on_turn` deal with an activity that the gate admitted. One seen before is answered and left alone."""
        verified = AuthenticateRequestResult()
        verified.claims_identity = ClaimsIdentity(dict(admitted.claims), True)
        verified.connector_factory = self._factory
        activity = Inbound(raw, admitted.tenant_id)
        try:
            answer: HttpAnswer = await self.process_activity(verified, activity, on_turn)
        except DuplicateActivity:
            return HttpAnswer(200, {"activities": []} if activity.delivery_mode == "expectReplies" else None)
        return answer

    async def send_activities(self, context: TurnContext, activities: Sequence[Outbound]) -> list[ResourceResponse]:
        """Post each activity. Raises `services.ports.DeliveryError`."""
        return [ResourceResponse(id=await self._send(context, activity)) for activity in activities]

    async def _send(self, context: TurnContext, activity: Outbound) -> str:
        if activity.type == "invokeResponse":
            context.turn_state[self._INVOKE_RESPONSE_KEY] = activity.raw
            return ""
        inbound: Inbound = context.activity
        service_url, conversation_id = inbound.service_url, inbound.conversation.id
        body = _addressed(activity.raw, inbound)
        if inbound.id and inbound.type in ("message", "invoke"):
            return await self._connector.reply(service_url, conversation_id, inbound.id, body)
        return await self._connector.send(service_url, conversation_id, body)

    async def update_activity(self, context: TurnContext, activity: Outbound) -> ResourceResponse:
        """Replace an activity that was sent before: the one named by `activity.id`."""
        inbound: Inbound = context.activity
        body = {**_addressed(activity.raw, inbound), "id": activity.id}
        await self._connector.update(inbound.service_url, inbound.conversation.id, activity.id, body)
        return ResourceResponse(id=activity.id)

    def _process_turn_results(self, context: TurnContext) -> HttpAnswer:
        """Say what to answer. The SDK's own version hands out a body that its caller cannot serialise."""
        inbound: Inbound = context.activity
        if inbound.delivery_mode == "expectReplies":
            replies = [_addressed(reply.raw, inbound) for reply in context.buffered_reply_activities]
            return HttpAnswer(200, {"activities": replies})
        if inbound.type != "invoke":
            return HttpAnswer(202)
        answered = context.turn_state.get(self._INVOKE_RESPONSE_KEY)
        return HttpAnswer(501) if answered is None else HttpAnswer(answered["status"], answered["body"])


class _OneConnector(ConnectorFactory):
    """There is one connector for all turns."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def create(self, service_url: str, audience: str) -> Connector:
        return self._connector


class _CheckedBefore(BotFrameworkAuthentication):
    """Stands where the SDK's authentication would be. The gate has done the work: being asked here is a mistake."""

    def __init__(self, factory: _OneConnector) -> None:
        self._factory = factory

    async def authenticate_request(self, activity: object, auth_header: str) -> NoReturn:
        raise PermissionError("activities are checked by the gate")

    async def authenticate_streaming_request(self, auth_header: str, channel_id_header: str) -> NoReturn:
        raise PermissionError("streaming is not offered")

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> _OneConnector:
        return self._factory

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:
        return None


def _addressed(raw: RawActivity, inbound: Inbound) -> dict[str, object]:
    """Turn the envelope round: from the bot, to the person, as an answer to what they sent."""
    source = inbound.raw
    envelope = {
        "from": source.get("recipient"),
        "recipient": source.get("from"),
        "conversation": source.get("conversation"),
        "replyToId": inbound.id if inbound.type in ("message", "invoke") else None,
    }
    return {**raw, **{key: value for key, value in envelope.items() if value is not None}}
