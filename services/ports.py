"""The ways out of the house: who can carry a message, and how a carrier says that it could not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from services.model import Whereabouts


@dataclass(frozen=True, slots=True)
class Route:
    """Where one person can be reached in Teams. Without a conversation id one is opened by `aad_object_id`."""

    tenant_id: str
    service_url: str
    conversation_id: str | None
    aad_object_id: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with an e-mail. `content_type` may have parameters, such as the method of a calendar file."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent. `text` is complete in words; `summary` is the line shown in the activity feed.

    One with files goes by e-mail to whoever has an address, since a bot in Teams cannot hand over a file;
    everybody else gets the words.
    """

    text: str
    card: Mapping[str, object] | None = None
    summary: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail to one person. `key` becomes part of the Message-ID, so that a repeat can be recognised."""

    to: str
    subject: str
    text: str
    key: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of acceptance: the carrier's id, and the conversation it went to (it may have just been opened)."""

    id: str
    conversation_id: str | None = None


class Failure(StrEnum):
    """How a send failed, which decides what may be done next (design.md section 5, rule 2)."""

    THROTTLED = "throttled"
    """Not delivered; obey `retry_after` and slow the whole tenant."""
    TRANSIENT = "transient"
    """Certainly not delivered; try again later."""
    LOCKED_OUT = "locked-out"
    """Certainly not delivered, because our own secret or permission is not taken: that is no letter's fault, so each
    waits, however long, until somebody has put it right."""
    BLOCKED = "blocked"
    """The person or an administrator blocked the bot: use another route."""
    GONE = "gone"
    """The conversation no longer exists: drop the reference."""
    AMBIGUOUS = "ambiguous"
    """It may have been delivered. Never repeat it blindly; a person must see it."""
    REFUSED = "refused"
    """The carrier will never take this message as it is."""


class DeliveryError(Exception):
    """A carrier could not, or may not have, delivered. `retry_after` is in seconds."""

    def __init__(
        self,
        failure: Failure,
        *,
        status: int | None = None,
        code: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(" ".join(str(part) for part in (failure.value, status, code) if part))
        self.failure = failure
        self.status = status
        self.code = code
        self.retry_after = retry_after


Begin = Callable[[], Awaitable[None]]
"""Called once the turn to send has come, before anything leaves the house. What it raises goes on to the caller, and
then nothing is sent."""


async def at_once() -> None:
    """The beginning of a send of which no record is kept."""


class Pace(Protocol):
    """Says when something may be sent into a tenant."""

    async def turn(self, tenant_id: str, conversation_id: str | None) -> None:
        """Return when it is our turn, or raise `DeliveryError`: then nothing was sent."""
        ...


class Messenger(Protocol):
    """Carries a message into Teams."""

    async def send(self, route: Route, message: Message, begin: Begin = at_once) -> Receipt:
        """Wait for our turn, `begin`, and deliver once, or raise `DeliveryError`.

        Must not retry by itself: the ledger decides.
        """
        ...


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a conversation, as the directory of their tenant describes them. What it does not say is empty."""

    tenant_id: str
    aad_object_id: str
    user_principal_name: str
    email: str
    guest: bool = False


class Roster(Protocol):
    """Knows who is in a conversation."""

    async def member(self, where: Whereabouts, user_id: str) -> Member:
        """The member with this id in the channel, asked for once. Raises `DeliveryError`."""
        ...


class Mailer(Protocol):
    """Carries a message by e-mail."""

    async def send(self, mail: Mail, begin: Begin = at_once) -> Receipt:
        """Wait for our turn, `begin`, and deliver once, or raise `DeliveryError`."""
        ...
