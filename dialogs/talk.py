"""What a person did and what is said back, free of any chat SDK."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from services.model import Place, Sender, Whereabouts

Card = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Said:
    """Typed words, or a pressed button with its inputs. A card carries an id and a verb, never authority."""

    text: str
    verb: str | None = None
    data: Mapping[str, str] = field(default_factory=dict)
    place: Place = Place.PERSONAL
    files: bool = False
    """A picture or another file came along. It is never fetched: all that is known of it is that it was there."""


@dataclass(frozen=True, slots=True)
class Reply:
    """`text` is complete in words: it is what a terminal, a screen reader and an old client show."""

    text: str
    card: Card | None = None
    suggestions: tuple[str, ...] = ()


class Core(Protocol):
    """What the bot room calls. Everything behind it is free of Bot Framework."""

    async def hear(
        self, sender: Sender, said: Said, *, where: Whereabouts, activity_id: str | None, now: datetime
    ) -> Sequence[Reply]:
        """Answer words or a press. For a press, the first reply replaces the card that was pressed.

        Raises `DuplicateActivity` if this activity was heard before, `StoreUnavailable` if the database is away.
        """
        ...

    def in_danger(self, said: Said) -> Reply | None:
        """Whom to call, for words that call for help. It needs no records: it is said also when `hear` fails."""
        ...

    async def met(
        self, sender: Sender | None, *, where: Whereabouts, activity_id: str | None, now: datetime
    ) -> Sequence[Reply]:
        """The bot was installed or added: remember the route and say what it is.

        Raises `DuplicateActivity` if this activity was heard before.
        """
        ...

    async def left(self, sender: Sender | None, *, where: Whereabouts, now: datetime) -> None:
        """The bot was removed: forget the route, so that nothing is sent into it again."""
        ...
