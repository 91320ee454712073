"""Whether a question is about another authority's own rules, which are never shown as ours (issue 3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from services.screening.tags import Tagger


class Elsewhere:
    """Built once from lists; pure after that."""

    def __init__(self, authorities: Iterable[Sequence[str]], ties: Collection[str]) -> None:
        """`authorities` by their names, as words. With one of the `ties` a question is about people, or two places."""
        named = [form for name in authorities for form in (name, [*name[:-1], f"{name[-1]}s"])]
        self._named = Tagger({"authority": named})
        self._ties = frozenset(ties)

    def is_asked_of(self, words: Sequence[str]) -> bool:
        """True for `richmonds escalation timescales`; not for `is level 3 in brent the same`."""
        return self._ties.isdisjoint(words) and bool(self._named.found(words))
