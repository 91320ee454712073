"""What a refusal of the connector means for the message: the table of platform.md section 3. Sends nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from bot.activities import mapping
from services.outgoing import plain_code
from services.ports import DeliveryError, Failure


def failure_of(status: int, headers: Mapping[str, str], body: bytes) -> DeliveryError:
    """Judge an answer that is not a success."""
    code = _code_in(body)
    wait = _retry_after(headers) if status in (429, 412, 503) else None
    return DeliveryError(_kind(status, code), status=status, code=code, retry_after=wait)


def _kind(status: int, code: str | None) -> Failure:
    if status == 429:
        return Failure.THROTTLED
    if status == 412:
        return Failure.TRANSIENT
    if status == 401:
        return Failure.LOCKED_OUT
    if status == 403:
        # this one says that the address is wrong, not that the person does not want us
        return Failure.REFUSED if code == "InvalidBotApiHost" else Failure.BLOCKED
    if status == 404:
        # without a code it is not the connector speaking (a proxy, a wrong path): keep the reference
        return Failure.GONE if code is not None else Failure.REFUSED
    return Failure.AMBIGUOUS if status >= 500 or status == 408 else Failure.REFUSED


def _code_in(body: bytes) -> str | None:
    """Find the code in any of the shapes Teams uses."""
    document = _object(body)
    error = mapping(document.get("error"))
    return plain_code(
        error.get("code")
        or _object(document.get("message")).get("subCode")
        or _object(error.get("message")).get("subCode")
        or document.get("errorCode")
    )


def _object(text: object) -> Mapping[str, object]:
    if not isinstance(text, str | bytes):
        return {}
    try:
        return mapping(json.loads(text))
    except (ValueError, RecursionError):
        return {}


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Read `Retry-After` in seconds, or as a date measured against the answer's own `Date` (clocks differ)."""
    value = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,7}(\.\d+)?", value):
        return float(value)
    try:
        seconds = (parsedate_to_datetime(value) - parsedate_to_datetime(headers.get("Date", ""))).total_seconds()
    except (ValueError, TypeError):
        return None
    return max(0.0, seconds)
