"""Kinds of values a setting may have: each refuses what could not work, in words that say what would. Reads nothing."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, SecretStr

_POSTGRES = re.compile(r"^postgres(?:ql)?(?:\+\w+)?://")
_SQLITE = re.compile(r"^sqlite(?:\+\w+)?://")


def _with_async_driver(url: str) -> str:
    if _SQLITE.match(url):
        return _SQLITE.sub("sqlite+aiosqlite://", url)
    if _POSTGRES.match(url):
        return _POSTGRES.sub("postgresql+psycopg://", url)
    raise ValueError("must begin with sqlite:// or postgresql://")


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
    if not re.match(r"^smtps?://[^/\s]+$", url.get_secret_value().rstrip("/")):
        raise ValueError("must look like smtp://user:password@host:587 or smtps://host")
    return url


def _mailbox(value: str) -> str:
    if value and not re.match(r"^(?:[^<>@]+<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$", value):
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
