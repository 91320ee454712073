"""Recognises what a person types to make the bot do something. Pure; does nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from config.words import Command

_NUMBER = "#"


class CommandBook:
    """The phrases that are commands word for word. Others are weighed beside the questions, in the search."""

    def __init__(self, phrases: Iterable[tuple[Command, Sequence[str]]]) -> None:
        """Each phrase as its spelled-out words. Every command is known by its own name as well."""
        named = {tuple(command.value.split("-")): command for command in Command}
        self._known = {tuple(words): command for command, words in phrases} | named
        self._numbered: dict[tuple[str, ...], set[Command]] = {}
        for words, command in self._known.items():
            if (numbered := _whatever_number(words)) != words:
                self._numbered.setdefault(numbered, set()).add(command)

    def exactly(self, words: Sequence[str]) -> Command | None:
        """The command that these very words are, or `None`. Who writes `cancel 5` for `cancel 2` gives the same one."""
        if command := self._known.get(tuple(words)):
            return command
        numbered = self._numbered.get(_whatever_number(words), set())
        return next(iter(numbered)) if len(numbered) == 1 else None


def _whatever_number(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(_NUMBER if word.isdigit() else word for word in words)
