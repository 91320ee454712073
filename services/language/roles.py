"""Takes the role off the front of a message: `im a housing officer the family has debts` asks about the family."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_OPENINGS = (("im",), ("i", "am"), ("we", "are"), ("as",), ("i", "work", "as"), ("speaking", "as"))
_ARTICLES = frozenset({"a", "an", "the", "your"})
_LEFT = 3  # a shorter rest is no question: "im a care leaver" is about care leavers


class Roles:
    """The roles people give before they ask."""

    def __init__(self, roles: Iterable[Sequence[str]]) -> None:
        """Each role as its words."""
        self._roles = frozenset(tuple(role) for role in roles)
        self._longest = max((len(role) for role in self._roles), default=0)

    def without(self, words: Sequence[str]) -> Sequence[str]:
        """`words` without an opening such as `im a teacher` or `teacher here`, if a question is left."""
        for opening in _OPENINGS:
            start = len(opening) + 1
            if tuple(words[: start - 1]) == opening and words[start - 1 : start] and words[start - 1] in _ARTICLES:
                end = self._role_end(words, start)
                return self._rest(words, end) if end > start else words
        end = self._role_end(words, 0)
        if end and end < len(words) and words[end] in {"here", "asking"}:
            return self._rest(words, end + 1)
        return words

    def _role_end(self, words: Sequence[str], start: int) -> int:
        for length in range(self._longest, 0, -1):
            if tuple(words[start : start + length]) in self._roles:
                return start + length
        return start

    def _rest(self, words: Sequence[str], end: int) -> Sequence[str]:
        if end < len(words) and words[end] in {"here", "and"}:
            end += 1
        rest = words[end:]
        return rest if len(rest) >= _LEFT else words
