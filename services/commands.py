"""Recognises what a person types to make the bot do something. Pure; does nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum


class Command(StrEnum):
    """What a person can ask the bot to do (design.md section 7)."""

    COURSES = "courses"
    BOOK = "book"
    CANCEL_BOOKING = "cancel-booking"
    MY_BOOKINGS = "my-bookings"
    WAITING_LIST = "waiting-list"
    MY_ACTIONS = "my-actions"
    EVALUATE = "evaluate"
    ESCALATE = "escalate"
    THRESHOLDS_WALKTHROUGH = "thresholds-walkthrough"
    HELP = "help"
    REPORT = "report"
    OVERDUE = "overdue"


class CommandBook:
    """The phrases that are commands word for word. Others are weighed beside the questions, in the search."""

    def __init__(self, phrases: Iterable[tuple[Command, Sequence[str]]]) -> None:
        """Each phrase as its spelled-out words. Every command is known by its own name as well."""
        named = {tuple(command.value.split("-")): command for command in Command}
        self._known = {tuple(words): command for command, words in phrases} | named

    def exactly(self, words: Sequence[str]) -> Command | None:
        """The command that these very words are, or `None`."""
        return self._known.get(tuple(words))
