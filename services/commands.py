"""Recognises what a person types to make the bot do something. Pure; does nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from config.words import Command


class CommandBook:
    """The phrases that are commands word for word. Others are weighed beside the questions, in the search."""

    def __init__(self, phrases: Iterable[tuple[Command, Sequence[str]]]) -> None:
        """Each phrase as its spelled-out words. Every command is known by its own name as well."""
        named = {tuple(command.value.split("-")): command for command in Command}
        self._known = {tuple(words): command for command, words in phrases} | named

    def exactly(self, words: Sequence[str]) -> Command | None:
        """The command that these very words are, or `None`."""
        return self._known.get(tuple(words))
