"""What delegates are given in writing: calendar invitations, certificates, messages from the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Method(StrEnum):
    """What a calendar file asks a calendar to do (RFC 5546, 1.4)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Invitation:
    """The calendar entry of one booking as it was last sent out. `sequence` rises with every change (RFC 5545)."""

    booking_id: int
    sequence: int
    method: Method
    starts_at: datetime
    ends_at: datetime
    venue: str | None
    join_url: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Certificate:
    """Proof that somebody completed a course. One for each booking; `rule` is the rule it was issued under."""

    id: int
    booking_id: int
    person_id: int
    number: str
    rule: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class SessionMessage:
    """What the office wrote to the people of one session."""

    id: int
    session_id: int
    author_id: int
    text: str
    at: datetime
