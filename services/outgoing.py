"""What the ways out over HTTP share: the token that a call carries, and what a line that broke means for a message."""

from __future__ import annotations

import re

import aiohttp

from services.entra import TokenRefused, TokenSource
from services.ports import DeliveryError, Failure

_NEVER_SENT = (
    aiohttp.ClientConnectorError,  # refused, no such host, a certificate that does not hold
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
)
"""Errors raised before a byte of the request left. Every other one may have come after."""

_CODE = re.compile(r"[A-Za-z0-9_.-]{1,80}")


async def bearer_of(token: TokenSource) -> str:
    """A token that is still good. Raises `DeliveryError`: without one nothing was sent."""
    try:
        return await token.bearer()
    except TokenRefused as error:
        failure = Failure.LOCKED_OUT if error.permanent else Failure.TRANSIENT
        raise DeliveryError(failure, code=error.code) from error


def from_exception(error: Exception) -> DeliveryError:
    """Judge a line that broke. Unless it certainly broke before the request left, it is ambiguous."""
    code = type(error).__name__
    if isinstance(error, _NEVER_SENT):
        return DeliveryError(Failure.TRANSIENT, code=code)
    if isinstance(error, aiohttp.InvalidURL):
        return DeliveryError(Failure.REFUSED, code=code)
    return DeliveryError(Failure.AMBIGUOUS, code=code)


async def body_of(response: aiohttp.ClientResponse) -> bytes:
    """Read the body. The status has already settled what happened: a broken body only costs the details."""
    try:
        return await response.read()
    except (aiohttp.ClientError, TimeoutError, OSError):
        return b""


def plain_code(found: object) -> str | None:
    """A code out of an answer. Anything that is not a plain word is dropped, for it is logged."""
    return str(found) if found is not None and _CODE.fullmatch(str(found)) else None
