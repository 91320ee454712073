"""Carries notices into Teams, to people who are not waiting for them. Decides neither whether nor when."""

from __future__ import annotations

from aiolimiter import AsyncLimiter

from bot import writing
from bot.connector import Connector
from services.ports import Begin, DeliveryError, Failure, Message, Pace, Receipt, Route, at_once

GLOBAL_SERVICE_URL = "https://smba.trafficmanager.net/teams/"
"""Where Teams takes messages for a person of whom no address is stored yet."""


class TeamsMessenger:
    """`services.ports.Messenger` over the connector. Each message is sent once: the ledger decides on repeats.

    Each waits for its turn at `pace`, which all processes share (`services.notices.pacing`). Without one, at most
    `per_second` messages leave this process for one tenant (Teams allows 50 a second, platform.md section 3).
    `bot_id` is the bot's id in Teams, `28:` and the app id.
    """

    def __init__(
        self,
        connector: Connector,
        *,
        bot_id: str,
        default_service_url: str = GLOBAL_SERVICE_URL,
        per_second: float = 25.0,
        pace: Pace | None = None,
    ) -> None:
        self._connector = connector
        self._bot_id = bot_id
        self._default_service_url = default_service_url
        self._pace = pace or _OwnPace(per_second)

    async def send(self, route: Route, message: Message, begin: Begin = at_once) -> Receipt:
        """Deliver `message`, opening a personal conversation if there is none. Raises `DeliveryError`."""
        await self._pace.turn(route.tenant_id, route.conversation_id)
        await begin()
        service_url = route.service_url or self._default_service_url
        conversation_id = route.conversation_id or await self._open(service_url, route)
        activity_id = await self._connector.send(service_url, conversation_id, _activity(message))
        return Receipt(activity_id, conversation_id)

    async def _open(self, service_url: str, route: Route) -> str:
        if not route.aad_object_id:
            raise DeliveryError(Failure.GONE, code="no-route")
        parameters = {
            "isGroup": False,
            "bot": {"id": self._bot_id},
            "members": [{"id": route.aad_object_id}],
            "tenantId": route.tenant_id,
            "channelData": {"tenant": {"id": route.tenant_id}},
        }
        try:
            return await self._connector.create_conversation(service_url, parameters)
        except DeliveryError as error:
            if error.failure is not Failure.AMBIGUOUS:
                raise
            # Opening says nothing to anybody, and opening twice finds the same conversation: it may be repeated.
            raise DeliveryError(Failure.TRANSIENT, status=error.status, code=error.code) from error


class _OwnPace:
    """The pace of a process that shares its tenants with no other."""

    def __init__(self, per_second: float) -> None:
        self._per_second = per_second
        self._limits: dict[str, AsyncLimiter] = {}

    async def turn(self, tenant_id: str, conversation_id: str | None) -> None:
        """Return when this tenant can take another message."""
        limit = self._limits.get(tenant_id)
        if limit is None:
            limit = self._limits[tenant_id] = AsyncLimiter(self._per_second, 1.0)
        await limit.acquire()


def _activity(message: Message) -> dict[str, object]:
    summary = message.summary or message.text
    if message.card is None:
        activity = {**writing.text_message(message.text), "summary": writing.shortened(summary)}
    else:
        activity = writing.card_message(message.card, summary)
    return {**activity, "channelData": {"notification": {"alert": True}}}
