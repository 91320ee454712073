"""What a notice is about that gathers many things in one: looked up at the moment of sending, like all of them."""

from __future__ import annotations

from dataclasses import dataclass

from services.model import ActionItem, Session


@dataclass(frozen=True, slots=True)
class ActionsGiven:
    """The items that a file gave to somebody, or gave another date; the soonest first."""

    items: tuple[ActionItem, ...]


@dataclass(frozen=True, slots=True)
class PurgeDue:
    """How many records have been kept longer than the partnership's rules allow, by kind."""

    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PlacesUnconfirmed:
    """The people of a session whose places are still held shortly before it."""

    session: Session
    names: tuple[str, ...]
