"""The Teams side in one piece: a gate, a connector and a messenger that belong together. Reads no settings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from types import TracebackType

import structlog

from bot.connector import Connector
from bot.faults import CannotStart
from bot.messenger import TeamsMessenger
from bot.roster import TeamsRoster
from bot.security import Gate, LocalGate, TokenGate
from bot.service_urls import ServiceUrls
from bot.signing_keys import METADATA_URL, SigningKeys
from services.entra import EntraToken
from services.ports import Pace

log = structlog.get_logger(__name__)

LOCAL_SERVICE_URL = "http://127.0.0.1:56150/_connector"
"""The local client's connector on its usual port, for a person of whom no address is stored yet."""


@dataclass(frozen=True, slots=True)
class Registration:
    """The bot's registration in Entra: its app id, its secret, and its home tenant."""

    app_id: str
    app_password: str
    tenant_id: str

    def __repr__(self) -> str:
        return f"Registration(app_id={self.app_id!r}, tenant_id={self.tenant_id!r})"


class Seam:
    """What the product needs of Teams. Use it as an async context manager; `host` is where the bot may listen.

    `roster` is None in local mode: the local client's people stand in no directory.
    """

    def __init__(
        self,
        *,
        host: str,
        gate: Gate,
        connector: Connector,
        messenger: TeamsMessenger,
        roster: TeamsRoster | None = None,
        keys: SigningKeys | None = None,
    ) -> None:
        self.host = host
        self.gate = gate
        self.connector = connector
        self.messenger = messenger
        self.roster = roster
        self._keys = keys

    async def __aenter__(self) -> Seam:
        await self.connector.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.connector.__aexit__(kind, error, trace)
        if self._keys is not None:
            await self._keys.close()


def teams(
    registration: Registration,
    *,
    host: str,
    allowed_tenants: Collection[str],
    service_urls: ServiceUrls | None = None,
    metadata_url: str = METADATA_URL,
    entra_http: object | None = None,
    pace: Pace | None = None,
) -> Seam:
    """The seam of a real installation. What is sent unasked waits for its turn at `pace`.

    Raises `CannotStart` if anything that guards it is missing.
    """
    if not (registration.app_id.strip() and registration.app_password.strip() and registration.tenant_id.strip()):
        raise CannotStart(
            "PARTNERSHIP_BOT_APP_ID, PARTNERSHIP_BOT_APP_PASSWORD and PARTNERSHIP_BOT_APP_TENANT_ID are all needed: "
            "without them no request can be checked. To try the bot on one machine, run `python -m bot demo`."
        )
    urls = service_urls or ServiceUrls()
    keys = SigningKeys(metadata_url)
    gate = TokenGate(app_id=registration.app_id, allowed_tenants=allowed_tenants, keys=keys, service_urls=urls)
    token = EntraToken(
        app_id=registration.app_id,
        credential=registration.app_password,
        tenant_id=registration.tenant_id,
        http_client=entra_http,
    )
    connector = Connector(token=token, service_urls=urls)
    messenger = TeamsMessenger(connector, bot_id=f"28:{registration.app_id}", pace=pace)
    roster = TeamsRoster(connector)
    return Seam(host=host, gate=gate, connector=connector, messenger=messenger, roster=roster, keys=keys)


def dangerously_local(
    *,
    host: str,
    allowed_tenants: Collection[str] = (),
    service_url: str = LOCAL_SERVICE_URL,
    bot_id: str = "bot",
    listens: bool = True,
) -> Seam:
    """The seam for one machine, without any token. Raises `CannotStart` for any host but 127.0.0.1.

    Who only sends does not `listens`: no door is open then, and nobody is warned of one.
    """
    gate = LocalGate(listening_host=host, allowed_tenants=allowed_tenants)
    if listens:
        log.warning("anybody on this machine can speak to the bot as anybody", action="local_mode", host=host)
    connector = Connector(token=None, service_urls=ServiceUrls(loopback_only=True))
    messenger = TeamsMessenger(connector, bot_id=bot_id, default_service_url=service_url)
    return Seam(host=host, gate=gate, connector=connector, messenger=messenger)
