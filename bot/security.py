"""Who may talk to the bot at all. Fails closed: whatever is missing, odd or uncheckable is refused, never let in.

Judges the request only; what the sender may do is decided behind it, at the moment of the act.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.activities import mapping
from bot.faults import CannotStart
from bot.service_urls import ServiceUrls, is_loopback
from bot.signing_keys import SigningKeys
from bot.tokens import Refused, TokenCheck

CHANNEL = "msteams"
LOCAL_HOST = "127.0.0.1"

Activity = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Admitted:
    """What is known for certain about an activity that was let in."""

    tenant_id: str
    service_url: str
    claims: Mapping[str, object]


class Gate(Protocol):
    """Decides whether one request comes in. `label` is shown by the health page."""

    label: str

    async def admit(self, activity: Activity, headers: Mapping[str, str], peer: str | None) -> Admitted:
        """Return what was verified, or raise `Refused` (401, 403; 503 if it cannot be checked just now)."""
        ...


class TokenGate:
    """The gate of every real installation: a Bot Framework token, checked wholly here (platform.md section 2).

    The emulator and skill issuers that the SDK also accepts are not accepted. Times are in seconds, see `TokenCheck`.
    """

    label = "on"

    def __init__(
        self,
        *,
        app_id: str,
        allowed_tenants: Collection[str],
        keys: SigningKeys,
        service_urls: ServiceUrls | None = None,
        leeway: float = 300.0,
        remember_for: float = 300.0,
    ) -> None:
        if not app_id.strip():
            raise CannotStart("the app id is empty: no token could be checked against it")
        if not any(tenant.strip() for tenant in allowed_tenants):
            raise CannotStart("the list of allowed tenants is empty: nobody could use the bot")
        self._tokens = TokenCheck(app_id=app_id, keys=keys, leeway=leeway, remember_for=remember_for)
        self._tenants = frozenset(tenant.strip().lower() for tenant in allowed_tenants if tenant.strip())
        self._service_urls = service_urls or ServiceUrls()

    async def admit(self, activity: Activity, headers: Mapping[str, str], peer: str | None) -> Admitted:
        """Check channel, service address, token and tenant, in this order. See `Gate.admit`."""
        service_url = _service_url(activity, self._service_urls)
        claims = await self._tokens.claims(_bearer(headers), CHANNEL)
        if claims.get("serviceurl") != service_url:
            raise Refused(401, "service-url-claim")
        tenant_id = tenant_of(activity)
        if tenant_id not in self._tenants:
            raise Refused(403, "tenant")
        return Admitted(tenant_id, service_url, claims)


class LocalGate:
    """No token is asked for. Only for a bot that listens on 127.0.0.1 and talks to a client on this machine.

    Three things keep strangers out: the listening address, the peer's address, and that no proxy or tunnel stands
    in front. A web page open on this machine is kept out by the `Host` check (a name that was rebound to
    127.0.0.1) and by the JSON content type that the application insists on (a browser asks first, and gets no).
    """

    label = "OFF: dangerously_allow_unauthenticated_local_requests"

    def __init__(self, *, listening_host: str, allowed_tenants: Collection[str] = ()) -> None:
        if listening_host != LOCAL_HOST:
            raise CannotStart(
                f"dangerously_allow_unauthenticated_local_requests needs host {LOCAL_HOST}, not {listening_host!r}: "
                "anybody who reaches that address could speak as anybody"
            )
        self._tenants = frozenset(tenant.strip().lower() for tenant in allowed_tenants if tenant.strip())
        self._service_urls = ServiceUrls(loopback_only=True)

    async def admit(self, activity: Activity, headers: Mapping[str, str], peer: str | None) -> Admitted:
        """Check that everything about the request is of this machine. See `Gate.admit`."""
        if not is_loopback(peer):
            raise Refused(401, "peer-not-local")
        if any(name in headers for name in ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "Via")):
            raise Refused(401, "came-through-a-proxy")
        if not is_loopback(_host_only(headers.get("Host"))):
            raise Refused(401, "host-not-local")
        service_url = _service_url(activity, self._service_urls)
        tenant_id = tenant_of(activity)
        if self._tenants and tenant_id not in self._tenants:
            raise Refused(403, "tenant")
        return Admitted(tenant_id, service_url, {})


def tenant_of(activity: Activity) -> str:
    """Read the tenant in lower case, or "" if none is named. The channel's token does not carry it (platform.md 2)."""
    tenant = mapping(mapping(activity.get("channelData")).get("tenant")).get("id")
    tenant = tenant or mapping(activity.get("conversation")).get("tenantId")
    return tenant.lower() if isinstance(tenant, str) else ""


def _service_url(activity: Activity, allowed: ServiceUrls) -> str:
    if activity.get("channelId") != CHANNEL:
        raise Refused(401, "channel")
    url = activity.get("serviceUrl")
    if not isinstance(url, str) or not allowed.permits(url):
        raise Refused(401, "service-url")
    return url


def _bearer(headers: Mapping[str, str]) -> str:
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Refused(401, "no-token")
    return token.strip()


def _host_only(header: str | None) -> str | None:
    """Take the port off a Host header: `127.0.0.1:3978`, `localhost`, `[::1]:80`."""
    if header is None:
        return None
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.partition(":")[0]
