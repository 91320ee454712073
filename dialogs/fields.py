"""What somebody typed into the fields of a card, as opposed to what the card carried or let them choose. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from config.pack import Pack
from dialogs.talk import Said
from dialogs.training.cancelling import REASONS

NAMES = frozenset({"name", "email", "to", "trainer", "venue", "link"})
"""Fields for what people and places are called: a seminar may well be held in Accident and Emergency."""
WRITTEN = frozenset({"answer", "evidence", "found", "impact", "note", "progress", "question", "text", "why"})
"""Fields that are there to write into: one word may say it all. A number is an id all the same."""


def typed(said: Said, pack: Pack) -> Iterator[str]:
    """The free text of a press, field by field. A field that is new counts as one until it is named here."""
    chosen = {*REASONS, *_choices(pack)}
    for name, value in said.data.items():
        if name in NAMES or value in chosen:
            continue
        # Ids, days, times and numbers are no two words: a card does not say which of its values somebody typed.
        if _words(value) >= (1 if name in WRITTEN else 2):
            yield value


def _words(value: str) -> int:
    return sum(any(character.isalpha() for character in part) for part in value.split())


def _choices(pack: Pack) -> Iterator[str]:
    for question in pack.partnership.evaluation.questions:
        yield from question.choices
