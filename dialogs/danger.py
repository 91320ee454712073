"""Whether what somebody says, typed or in a card, calls for help. It needs no records and nobody's name."""

from __future__ import annotations

from collections.abc import Iterator

from config.pack import Pack
from dialogs import fields
from dialogs.talk import Said
from services.understanding import Outcome, Understands

MOST_CHARACTERS = 2000
"""So much of a message is read."""
SOS = "\N{SQUARED SOS}"
"""The emoji, which has no letters for the guide to read."""


def calls_for_help(said: Said, pack: Pack, guide: Understands) -> bool:
    """True when the words, or what was typed into the card, say that somebody may be in danger."""
    if any(SOS in text for text in (said.text, *said.data.values())):
        return True
    texts = _texts(said, pack)
    return any(guide.understand(text[:MOST_CHARACTERS]).outcome is Outcome.EMERGENCY for text in texts)


def _texts(said: Said, pack: Pack) -> Iterator[str]:
    if said.verb is None:
        yield said.text
    else:
        yield from fields.typed(said, pack)
