"""Takes personal data, secrets and control characters out of what is about to be logged. Pure; knows no logger."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

REMOVED: Final = "[removed]"

PLAIN_KEYS = frozenset(
    {
        "action",
        "level",
        "timestamp",
        "logger",
        "request_id",
        "activity_id",
        "code",
        "count",
        "counts",
        "status",
        "port",
        "seconds",
    }
)
"""Keys the product fills itself, with nothing a person wrote. Their values are left as they are."""

_SECRET_PARTS = ("password", "passwd", "secret", "token", "authorization", "cookie", "credential", "api_key", "apikey")
# fmt: off
_PERSONAL_KEYS = frozenset(
    {
        "address", "aad_object_id", "answers", "attachments", "body", "card", "choices", "comment", "content",
        "data", "dob", "email", "emails", "evidence", "first_name", "from", "full_name", "headers", "impact",
        "join_url", "last_name", "mail", "message", "mobile", "name", "names", "nhs_number", "note", "params",
        "parameters", "payload", "person", "phone", "postcode", "progress", "question", "recipient", "said",
        "sender", "sql", "subject", "summary", "surname", "text", "title", "to", "upn", "user", "user_name",
        "username", "value", "words",
    }
)
# fmt: on

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_LINE_BREAKS = re.compile(r"[\t\n]")
_UUID = re.compile(r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12,13}\b")
_PATTERNS = (
    re.compile(r"(?i)\b(?:bearer|basic)\s+[\w.~+/=-]{8,}"),
    re.compile(r"\beyJ[\w-]{5,}(?:\.[\w-]+){1,2}"),
    re.compile(r"(?i)\b(?:password|pwd|secret|token|client_secret|api[_-]?key|sig)\s*[=:]\s*[^\s,;&]+"),
    re.compile(r"(?<=://)[^/\s@]+(?=@)"),
    # What a database driver adds to its errors: the values of a row.
    re.compile(r"(?s)\[parameters: .*?\](?=\s*\n|\s*\(Background|\s*$)"),
    re.compile(r"(?m)^DETAIL:.*$"),
    re.compile(r"[\w.%+'-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"(?<![\w.])(?:\+44[\s(]*0?\)?\s*|\(?0)[1-9](?:[\s().-]*\d){8,9}(?!\d)"),
    re.compile(r"(?<!\d)\d{3}[ -]\d{3}[ -]\d{4}(?!\d)"),
    re.compile(r"\d{9,}"),
)


def is_personal(key: str) -> bool:
    """True for a key whose value may be a secret or about a person, whatever it looks like."""
    folded = key.casefold()
    return folded in _PERSONAL_KEYS or any(part in folded for part in _SECRET_PARTS)


def one_line(text: str) -> str:
    """`text` without control characters and line breaks: nobody outside may forge a line or colour a terminal."""
    return _LINE_BREAKS.sub(" ", _CONTROLS.sub(" ", text))


def clean_text(text: str, *, keep_lines: bool = False) -> str:
    """`text` without what looks like a secret, an address of a person or a long number, on one line."""
    text = _CONTROLS.sub(" ", text) if keep_lines else one_line(text)
    parts: list[str] = []
    end = 0
    # Ids of our own are digits too, and are needed to follow a fault.
    for id in _UUID.finditer(text):
        parts += [_without_patterns(text[end : id.start()]), id[0]]
        end = id.end()
    return "".join([*parts, _without_patterns(text[end:])])


def clean_value(value: object) -> object:
    """The same for anything a log line may carry; numbers long enough to be an identifier are removed too."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, int):
        return REMOVED if abs(value) >= 10**8 else value
    if isinstance(value, float):
        return value
    if isinstance(value, Mapping):
        return clean_event(value)
    if isinstance(value, (Sequence, frozenset, set)) and not isinstance(value, (bytes, bytearray)):
        return [clean_value(item) for item in value]
    return clean_text(str(value))


def clean_event(event: Mapping[str, object]) -> dict[str, object]:
    """A whole log line: personal keys lose their values, our own keep them, everything else is looked through."""
    clean: dict[str, object] = {}
    for raw, value in event.items():
        key = clean_text(str(raw))
        if key in PLAIN_KEYS:
            clean[key] = one_line(value) if isinstance(value, str) else value
        elif is_personal(key):
            clean[key] = REMOVED
        elif key in ("exception", "stack"):
            clean[key] = clean_text(str(value), keep_lines=True)
        else:
            clean[key] = clean_value(value)
    return clean


def _without_patterns(text: str) -> str:
    for pattern in _PATTERNS:
        text = pattern.sub(REMOVED, text)
    return text
