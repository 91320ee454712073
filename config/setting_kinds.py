"""Kinds of values a setting may have: each refuses what could not work, in words that say what would. Reads nothing."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, SecretStr

_POSTGRES = re.compile(r"^postgres(?:ql)?(?:\+\w+)?://")
_SQLITE = re.compile(r"^sqlite(?:\+\w+)?://")
_SMTP = re.compile(r"^smtp(?:s|\+starttls)?://[^/\s]+$")
_PLAIN_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_SENDER = re.compile(r"(?P<name>[^<>@]*)<(?P<named>[^<>\s]+)>|(?P<bare>[^<>\s]+)")
_LONGEST_MAILBOX = 254


def _with_async_driver(url: str) -> str:
    if _SQLITE.match(url):
        if urlsplit(url).path.strip("/") in {"", ":memory:"}:
            raise ValueError("must name a file: without one everything is gone when the process ends")
        return _SQLITE.sub("sqlite+aiosqlite://", url)
    if _POSTGRES.match(url):
        _check_server(url)
        return _POSTGRES.sub("postgresql+psycopg://", url)
    raise ValueError("must begin with sqlite:// or postgresql://")


def _check_server(url: str) -> None:
    """Raises `ValueError`, which never repeats the URL: it holds a password."""
    if urlsplit(url).netloc.count("@") > 1 or _PLAIN_PERCENT.search(urlsplit(url).netloc):
        raise ValueError("holds an @ or a % in its user or password: write @ as %40 and % as %25")
    if not _has_good_port(url):
        raise ValueError("has a port that is no whole number from 1 to 65535")


def _has_good_port(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def is_mailbox(text: str) -> bool:
    """True for exactly one plain address: no name, no list, no line break, ASCII only."""
    return len(text) <= _LONGEST_MAILBOX and _MAILBOX.fullmatch(text) is not None


def sender_of(text: str) -> tuple[str, str] | None:
    """The name, perhaps empty, and the mailbox of `a@b` or `Name <a@b>`; None when it is not one mailbox."""
    parts = _SENDER.fullmatch(text)
    if parts is None:
        return None
    name, mailbox = parts["name"] or "", parts["named"] or parts["bare"]
    return (name.strip().strip('"'), mailbox) if is_mailbox(mailbox) else None


def _identifier(value: str) -> str:
    try:
        return str(UUID(value)) if value else value
    except ValueError:
        raise ValueError("must be an id such as 00000000-0000-0000-0000-000000000000") from None


def _directory_id(value: str) -> str:
    # The local Teams client's own ids are a digit too long to be an id.
    if not re.match(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12,13}$", value.lower()):
        raise ValueError("must hold ids such as 00000000-0000-0000-0000-000000000000")
    return value.lower()


def _split(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _smtp(url: SecretStr) -> SecretStr:
    given = url.get_secret_value().rstrip("/")
    if not _SMTP.match(given) or not urlsplit(given).hostname or not _has_good_port(given):
        raise ValueError("must look like smtp://user:password@host:587 or smtps://host")
    return url


def _mailbox(value: str) -> str:
    if value and sender_of(value) is None:
        raise ValueError("must be an e-mail address")
    return value


DatabaseUrl = Annotated[str, AfterValidator(_with_async_driver)]
"""With whatever driver it was written, it comes out with the one the product uses."""
Identifier = Annotated[str, AfterValidator(_identifier)]
DirectoryId = Annotated[str, AfterValidator(_directory_id)]
Tenants = Annotated[tuple[DirectoryId, ...], BeforeValidator(_split)]
"""Separated by commas."""
LogLevel = Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)]
Mailbox = Annotated[str, AfterValidator(_mailbox)]
SmtpUrl = Annotated[SecretStr, AfterValidator(_smtp)]
