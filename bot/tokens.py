"""Whether a bearer token is one that the Bot Framework signed for us. Knows nothing of the activity it came with."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

import jwt

from bot.signing_keys import KeysUnavailable, SigningKey, SigningKeys

ISSUER = "https://api.botframework.com"

Claims = Mapping[str, object]


class Refused(Exception):
    """This request does not come in. `reason` is a stable code for the log; the caller learns only `status`."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status} {reason}")
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Known:
    """A token that passed, the key it passed with, and the moment (of the monotonic clock) to look again."""

    claims: Claims
    key_id: str
    key: SigningKey
    until: float


class TokenCheck:
    """Checks signature, issuer, audience and validity, with `leeway` seconds for clocks that differ.

    Teams sends the same token with many requests, so one that passed is known again by its hash for `remember_for`
    seconds, though never beyond its expiry nor beyond the next fetch of its key (0.14 ms a request becomes 0.01).
    """

    def __init__(
        self, *, app_id: str, keys: SigningKeys, leeway: float, remember_for: float, most_known: int = 256
    ) -> None:
        self._app_id = app_id
        self._keys = keys
        self._leeway = leeway
        self._remember_for = remember_for
        self._most_known = most_known
        self._known: dict[bytes, _Known] = {}

    async def claims(self, token: str, channel: str) -> Claims:
        """Return the claims of `token`, signed by a key that may speak for `channel`. Raises `Refused`."""
        digest = sha256(token.encode("utf-8", "replace")).digest()
        known = self._known.get(digest)
        key_id = _key_id(token) if known is None else known.key_id
        key = await self._key(key_id)
        if channel not in key.endorsements:
            raise Refused(401, "not-endorsed")
        if known is not None and known.key is key and time.monotonic() < known.until:
            return known.claims
        claims = self._checked(token, key)
        self._remember(digest, claims, key_id, key)
        return claims

    async def _key(self, key_id: str) -> SigningKey:
        try:
            key = await self._keys.find(key_id)
        except KeysUnavailable:
            raise Refused(503, "keys-unavailable") from None
        if key is None:
            raise Refused(401, "unknown-key")
        return key

    def _checked(self, token: str, key: SigningKey) -> Claims:
        try:
            return jwt.decode(
                token,
                key.public_key,
                algorithms=["RS256"],
                issuer=ISSUER,
                audience=self._app_id,
                leeway=self._leeway,
                options={"require": ["iss", "aud", "exp", "nbf"], "strict_aud": True},
            )
        except Exception as error:
            # not only PyJWT's own errors: a claim of the wrong kind must be a refusal too, never a 500
            raise Refused(401, type(error).__name__) from None

    def _remember(self, digest: bytes, claims: Claims, key_id: str, key: SigningKey) -> None:
        left = float(str(claims["exp"])) + self._leeway - time.time()
        if len(self._known) >= self._most_known:
            self._known.clear()  # there are a handful of tokens at a time: no need for a cleverer order
        self._known[digest] = _Known(claims, key_id, key, time.monotonic() + min(left, self._remember_for))


def _key_id(token: str) -> str:
    try:
        key_id = jwt.get_unverified_header(token).get("kid")
    except Exception as error:  # an unreadable header can fail in many ways; each of them is a refusal
        raise Refused(401, type(error).__name__) from None
    if not isinstance(key_id, str) or not key_id:
        raise Refused(401, "no-key-id")
    return key_id
