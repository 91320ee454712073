"""Takes the wrapping off a question: `tell me about neglect please` asks about neglect, and `define fgm` about FGM.

What the wrapping is made of says nothing about the topic, but a reader that learns from examples would take it for
evidence wherever the few examples with it happen to be of one topic.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

_MOST = 2
"""How many lead-ins may follow each other: `hi can you help, what does the guidance say about`."""


class LeadIns:
    """The openings and closings that wrap a question."""

    def __init__(
        self, openings: Iterable[Sequence[str]], closings: Iterable[Sequence[str]], little: Collection[str]
    ) -> None:
        """Each as its words. What is left when they are gone must hold more than `little` words, people among them."""
        self._openings = frozenset(map(tuple, openings))
        self._closings = frozenset(map(tuple, closings))
        self._longest = max(map(len, self._openings | self._closings), default=0)
        self._first = frozenset(opening[0] for opening in self._openings if opening)
        self._last = frozenset(closing[-1] for closing in self._closings if closing)
        self._little = frozenset(little)

    def without(self, words: Sequence[str]) -> Sequence[str]:
        """`words` without what wraps them, if a question is left."""
        if not words or (words[0] not in self._first and words[-1] not in self._last):
            return words
        rest = words
        for _ in range(_MOST):
            rest = rest[self._opening(rest) :]
        rest = rest[: len(rest) - self._closing(rest)]
        return rest if any(word not in self._little for word in rest) else words

    def _opening(self, words: Sequence[str]) -> int:
        if not words or words[0] not in self._first:
            return 0
        lengths = range(min(self._longest, len(words)), 0, -1)
        return next((length for length in lengths if tuple(words[:length]) in self._openings), 0)

    def _closing(self, words: Sequence[str]) -> int:
        if not words or words[-1] not in self._last:
            return 0
        lengths = range(min(self._longest, len(words)), 0, -1)
        return next((length for length in lengths if tuple(words[-length:]) in self._closings), 0)
