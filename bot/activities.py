"""Activities as Teams sends them: plain dictionaries, in a thin coat that the SDK accepts.

The SDK's own models drop fields (a conversation's tenant, everything in an entity) and cost a millisecond each way,
so nothing is ever serialised through them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from botbuilder.schema import Activity, ChannelAccount, ConversationAccount

RawActivity = Mapping[str, object]

_UNSTORABLE_ESCAPE = re.compile(rb"\\u(?:0000|d[89a-f])", re.IGNORECASE)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class BadActivity(Exception):
    """The body is not an activity: not JSON, not an object, or without a type."""


def parse(body: bytes) -> dict[str, object]:
    """Read a request body. Raises `BadActivity`.

    JSON between machines is UTF-8 (RFC 8259, 8.1): another encoding is refused, and with it the bytes of half a
    character. Escapes that no database or UTF-8 writer can hold (NUL, half a surrogate pair) become U+FFFD here,
    once, so that no later step can fail on them.
    """
    try:
        activity = json.loads(body.decode("utf-8-sig"), parse_constant=_no_constant)
        if _UNSTORABLE_ESCAPE.search(body):
            activity = _storable(activity)
    except (ValueError, RecursionError):
        raise BadActivity from None
    if not isinstance(activity, dict) or not isinstance(activity.get("type"), str):
        raise BadActivity
    return activity


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    return value


def encoded(body: Mapping[str, object]) -> bytes:
    """Write a body as JSON. Read-only mappings are let through, which the json module does not know."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be sent")


def mapping(value: object) -> Mapping[str, object]:
    """Return `value` if it is a JSON object, else an empty one: activities come from outside and promise nothing."""
    return value if isinstance(value, dict) else {}


def words(value: object) -> str:
    """Return `value` if it is text, else ""."""
    return value if isinstance(value, str) else ""


class Inbound(Activity):
    """A received activity: the few fields a turn context reads, `raw`, which is the truth, and the verified tenant."""

    raw: RawActivity
    tenant_id: str

    def __init__(self, raw: RawActivity, tenant_id: str) -> None:
        kind = words(raw.get("type"))
        super().__init__(
            type=kind,
            id=words(raw.get("id")) or None,
            name=words(raw.get("name")) or None,
            channel_id=words(raw.get("channelId")),
            service_url=words(raw.get("serviceUrl")),
            # an invoke is always answered in the body of its response, whatever it asked for
            delivery_mode=None if kind == "invoke" else words(raw.get("deliveryMode")) or None,
            conversation=ConversationAccount(id=words(mapping(raw.get("conversation")).get("id"))),
            from_property=ChannelAccount(id=words(mapping(raw.get("from")).get("id"))),
            recipient=ChannelAccount(id=words(mapping(raw.get("recipient")).get("id"))),
        )
        self.raw = raw
        self.tenant_id = tenant_id


class Outbound(Activity):
    """An activity to send. The turn context copies and addresses it; `raw` goes out as it is."""

    raw: RawActivity

    def __init__(self, raw: RawActivity) -> None:
        super().__init__(type=words(raw.get("type")))
        self.raw = raw

    def __deepcopy__(self, memo: object) -> Outbound:
        return Outbound(self.raw)  # the turn context copies what it addresses; a card is never changed, so is shared
