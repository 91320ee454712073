"""People, their roles, and where their words were said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person may do, beyond what every practitioner may."""

    PRACTITIONER = "practitioner"
    DSL = "dsl"
    TRAINER = "trainer"
    MANAGER = "manager"
    ADMIN = "admin"


class Place(StrEnum):
    """Where words were said. Nothing personal is shown outside a personal chat."""

    PERSONAL = "personal"
    GROUP = "groupChat"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Sender:
    """The authenticated sender, taken from a verified activity and never from a card or a name."""

    tenant_id: str
    aad_object_id: str
    name: str
    channel_user_id: str = ""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What is needed to reach one conversation again."""

    conversation_id: str
    service_url: str
    place: Place
    tenant_id: str
    bot_id: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A professional known to the partnership. `roles` always holds at least practitioner."""

    id: int
    name: str
    email: str | None
    agency_id: str | None
    roles: frozenset[Role]
    tenant_id: str | None = None
    aad_object_id: str | None = None
    job_title: str | None = None
    line_manager_id: int | None = None
    active: bool = True

    def has(self, *roles: Role) -> bool:
        """True if the person holds one of `roles`, or is an administrator."""
        return Role.ADMIN in self.roles or not self.roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """Somebody with no open chat and no e-mail address. `chat` is the state of their last chat; None: never any."""

    person_id: int
    name: str
    agency_id: str | None
    chat: str | None
    next_session: datetime | None
    waiting: int
