"""What somebody typed into the fields of a card, as opposed to what the card carried or let them choose. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.cancelling import REASONS
from dialogs.turn import Turn

NAMES = frozenset({"name", "email", "to", "trainer", "venue", "link"})
"""Fields for what people and places are called: a seminar may well be held in Accident and Emergency."""
WRITTEN = frozenset({"answer", "evidence", "found", "impact", "note", "progress", "question", "text", "why"})
"""Fields that are there to write into: one word may say it all. A number is an id all the same."""


def typed(turn: Turn) -> Iterator[str]:
    """The free text of a press, field by field. A field that is new counts as one until it is named here."""
    chosen = {*REASONS, *_choices(turn)}
    for name, value in turn.said.data.items():
        if name in NAMES or value in chosen:
            continue
        # Ids, days, times and numbers are no two words: a card does not say which of its values somebody typed.
        if _words(value) >= (1 if name in WRITTEN else 2):
            yield value


def _words(value: str) -> int:
    return sum(any(character.isalpha() for character in part) for part in value.split())


def _choices(turn: Turn) -> Iterator[str]:
    for question in turn.rules.pack.partnership.evaluation.questions:
        yield from question.choices
