"""The keys that sign what Teams sends us, fetched from the OpenID metadata and kept fresh. Judges no token."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import aiohttp
import jwt
import structlog
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from yarl import URL

METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
"""Where the Bot Framework publishes the keys of its channels (public cloud)."""

log = structlog.get_logger(__name__)


class KeysUnavailable(Exception):
    """The keys could not be fetched, so nothing can be checked: neither a yes nor a no is honest."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One published key, parsed once. `endorsements` are the channels it may speak for."""

    public_key: RSAPublicKey
    endorsements: frozenset[str]


class SigningKeys:
    """The published keys by id.

    They are fetched again every `refresh_after` seconds, and at once when an unknown id appears (a rotation), but
    never twice within `min_interval`: a storm of forged ids must not become a storm of requests. Concurrent callers
    share one fetch. Keys not confirmed for `trust_for` seconds are no longer believed (the vendor asks for a fresh
    list at least every 24 hours). All times are seconds of `clock`.
    """

    def __init__(
        self,
        metadata_url: str = METADATA_URL,
        *,
        timeout: float = 10.0,
        refresh_after: float = 12 * 3600,
        trust_for: float = 24 * 3600,
        min_interval: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = URL(metadata_url)
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._refresh_after = refresh_after
        self._trust_for = trust_for
        self._min_interval = min_interval
        self._clock = clock
        self._keys: Mapping[str, SigningKey] = {}
        self._fetched_at: float | None = None
        self._tried_at: float | None = None
        self._fetching: asyncio.Task[None] | None = None

    async def find(self, key_id: str) -> SigningKey | None:
        """Return the key called `key_id`, or None if the list is fresh and does not have it.

        Raises `KeysUnavailable` if that cannot be known, because the list could not be fetched.
        """
        key = self._keys.get(key_id)
        if self._age() >= self._refresh_after or key is None:
            fetch = self._fetch_if_allowed()
            # a key still trusted need not wait for its own confirmation
            if fetch is not None and (key is None or self._age() >= self._trust_for):
                await asyncio.shield(fetch)  # a caller who goes away does not end it for the others
                key = self._keys.get(key_id)
        if self._age() >= self._trust_for or (key is None and self._last_try_failed()):
            raise KeysUnavailable
        return key

    async def close(self) -> None:
        """Stop a fetch under way."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    def _age(self) -> float:
        return float("inf") if self._fetched_at is None else self._clock() - self._fetched_at

    def _fetch_if_allowed(self) -> asyncio.Task[None] | None:
        """Return the one fetch under way, starting it unless the last began too recently."""
        if self._fetching is not None and not self._fetching.done():
            return self._fetching
        if self._tried_at is not None and self._clock() - self._tried_at < self._min_interval:
            return None
        self._tried_at = self._clock()
        self._fetching = asyncio.create_task(self._fetch(), name="signing-keys")
        return self._fetching

    def _last_try_failed(self) -> bool:
        return self._tried_at is not None and (self._fetched_at is None or self._fetched_at < self._tried_at)

    async def _fetch(self) -> None:
        try:
            async with aiohttp.ClientSession(timeout=self._timeout, raise_for_status=True) as session:
                document = await _get_json(session, self._url)
                jwks_uri = URL(str(document["jwks_uri"]))
                if jwks_uri.scheme != self._url.scheme:
                    raise ValueError("the keys are published over another scheme than the metadata")
                keys = parse_keys(await _get_json(session, jwks_uri))
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, KeyError, RecursionError) as error:
            log.warning("the signing keys could not be fetched", action="keys_unavailable", error=type(error).__name__)
            return
        self._keys, self._fetched_at = keys, self._clock()
        log.info("the signing keys were fetched", action="keys_fetched", count=len(keys))


async def _get_json(session: aiohttp.ClientSession, url: URL) -> Mapping[str, object]:
    async with session.get(url, allow_redirects=False) as response:
        document = await response.json(content_type=None)
    if not isinstance(document, dict):
        raise ValueError("not a JSON object")
    return document


def parse_keys(document: Mapping[str, object]) -> dict[str, SigningKey]:
    """Read a JWKS. A key we cannot read or use is left out: one odd entry must not disable the others.

    Raises `ValueError` if no usable key is left, for then the document is not what we think it is.
    """
    listed = document.get("keys")
    found = {}
    for entry in listed if isinstance(listed, list) else ():
        if not isinstance(entry, dict) or not isinstance(entry.get("kid"), str):
            continue
        try:
            key = jwt.PyJWK.from_dict(entry, algorithm="RS256").key
        except (jwt.PyJWTError, ValueError, TypeError):
            continue
        endorsements = entry.get("endorsements")
        if isinstance(key, RSAPublicKey) and isinstance(endorsements, list):
            found[entry["kid"]] = SigningKey(key, frozenset(str(name) for name in endorsements))
    if not found:
        raise ValueError("no usable signing key")
    return found
