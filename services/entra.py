"""The bot's own token from Entra: one, cached, fetched by msal off the event loop. Knows nothing of what it is for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import msal
import structlog

CONNECTOR_SCOPE = "https://api.botframework.com/.default"
LOGIN = "https://login.microsoftonline.com"

log = structlog.get_logger(__name__)


class TokenRefused(Exception):
    """No token was given. `permanent` if asking again cannot help (a wrong secret, an unknown app)."""

    def __init__(self, code: str, *, permanent: bool) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent


class TokenSource(Protocol):
    """Gives the bearer token for outbound calls."""

    async def bearer(self) -> str:
        """Return a token that is still good. Raises `TokenRefused`."""
        ...

    def distrust(self, token: str) -> None:
        """Say that the connector did not take `token`, so that a new one is asked for next time."""
        ...


@dataclass(frozen=True, slots=True)
class _Held:
    token: str
    fetched_at: float
    expires_at: float


class EntraToken:
    """A client-credentials token of the bot's home tenant, shared by everything that sends.

    The SDK builds an msal application per turn and so asks Entra twice per message, on the event loop. Here one
    application lives as long as the process; at most one request is under way; and a token is renewed `renew_before`
    seconds before its end, the old one serving on if Entra is away. After a failure nobody asks again for
    `retry_pause`, and a distrusted token is replaced only if it is older than `min_age`: neither an outage nor a
    lasting 401 becomes a storm on Entra. Times are seconds of `clock`.
    """

    def __init__(
        self,
        *,
        app_id: str,
        credential: str | Mapping[str, str],
        tenant_id: str,
        scope: str = CONNECTOR_SCOPE,
        login: str = LOGIN,
        timeout: float = 10.0,
        renew_before: float = 300.0,
        min_age: float = 60.0,
        retry_pause: float = 5.0,
        http_client: object | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app_id = app_id
        self._credential = credential
        self._authority = f"{login}/{tenant_id}"
        self._scope = scope
        self._timeout = timeout
        self._renew_before = renew_before
        self._min_age = min_age
        self._retry_pause = retry_pause
        self._http_client = http_client
        self._clock = clock
        self._lock = asyncio.Lock()
        self._application: msal.ConfidentialClientApplication | None = None
        self._held: _Held | None = None
        self._failure: tuple[float, TokenRefused] | None = None

    async def bearer(self) -> str:
        """Return a token that is still good, waiting for Entra only if none is held. Raises `TokenRefused`."""
        held = self._held
        if held is not None and self._clock() < held.expires_at - self._renew_before:
            return held.token
        async with self._lock:
            return await self._renewed()

    def distrust(self, token: str) -> None:
        """Forget `token` unless it is brand new: then asking again would bring the same answer."""
        held = self._held
        if held is not None and held.token == token and self._clock() - held.fetched_at >= self._min_age:
            self._held = None
            self._application = None  # its cache would hand the same token out again

    async def _renewed(self) -> str:
        held, now = self._held, self._clock()
        if held is not None and now < held.expires_at - self._renew_before:
            return held.token  # somebody else renewed it while we waited for the lock
        usable = held is not None and now < held.expires_at
        if self._failure is None or now - self._failure[0] >= self._retry_pause:
            answer = await self._ask_in_thread()
            fresh = _read(answer, now)
            self._failure = None if fresh else (self._clock(), _refusal(answer))
            self._held = held = fresh or (held if usable else None)
        if held is None or self._clock() >= held.expires_at:
            raise self._failure[1] if self._failure else TokenRefused("expired", permanent=False)
        return held.token

    async def _ask_in_thread(self) -> Mapping[str, object]:
        try:
            # msal has its own time-out; the outer one only guards against a thread that never comes back
            return await asyncio.wait_for(asyncio.to_thread(self._ask), self._timeout * 2)
        except Exception as error:
            # msal lets the errors of its http library out: each means that Entra could not be asked
            return {"error": type(error).__name__, "temporary": True}

    def _ask(self) -> Mapping[str, object]:
        """Ask Entra, in a thread. Building the application asks too (for the tenant's endpoints)."""
        if self._application is None:
            self._application = msal.ConfidentialClientApplication(
                self._app_id,
                client_credential=self._credential,
                authority=self._authority,
                instance_discovery=False,  # the login host is ours to know: one network call less, also after errors
                timeout=self._timeout,
                http_client=self._http_client,
            )
        answer: Mapping[str, object] = self._application.acquire_token_for_client([self._scope])
        return answer


def _read(answer: Mapping[str, object], now: float) -> _Held | None:
    token, seconds = answer.get("access_token"), answer.get("expires_in")
    if not isinstance(token, str) or not isinstance(seconds, int | float):
        log.error("Entra gave no token", action="token_refused", code=str(answer.get("error"))[:80])
        return None
    log.info("Entra gave a token", action="token_fetched", seconds=int(seconds))
    return _Held(token, now, now + seconds)


def _refusal(answer: Mapping[str, object]) -> TokenRefused:
    code = str(answer.get("error") or "no-token")[:80]
    temporary = bool(answer.get("temporary")) or code in ("temporarily_unavailable", "server_error")
    return TokenRefused(code, permanent=not temporary)
