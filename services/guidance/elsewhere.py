"""Whether a question is about another authority's own rules, which are never shown as ours (issue 3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence


class Elsewhere:
    """Built once from lists; pure after that."""

    def __init__(self, authorities: Iterable[Sequence[str]], ties: Collection[str]) -> None:
        """`authorities` by their names, as words. With one of the `ties` a question is about people, or two places."""
        self._names: dict[str, list[tuple[str, ...]]] = {}
        for name in authorities:
            self._names.setdefault(name[0], []).append(tuple(name))
        self._ties = frozenset(ties)

    def is_asked_of(self, words: Sequence[str]) -> bool:
        """True for `richmonds escalation timescales`; not for `is level 3 in brent the same`."""
        return self._ties.isdisjoint(words) and any(self._names_one(words, place) for place in range(len(words)))

    def _names_one(self, words: Sequence[str], place: int) -> bool:
        first = words[place]
        return any(
            _stands(name, words[place : place + len(name)])
            for start in {first, first.removesuffix("s")}
            for name in self._names.get(start, ())
        )


def _stands(name: Sequence[str], words: Sequence[str]) -> bool:
    *before, last = words
    return [*before, last] == [*name] or [*before, last.removesuffix("s")] == [*name]
