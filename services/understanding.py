"""What a typed message is: an emergency, identifiable, a command, a question we can answer, or none of them.

Knows no chat, clock or database. Nothing of a message is kept or logged here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from config.words import Command
from services.commands import CommandBook
from services.guidance.elsewhere import Elsewhere
from services.guidance.follow_ups import FollowUps
from services.guidance.lines import Lines
from services.guidance.phone_book import PhoneBook
from services.guidance.search import Reading, Search
from services.guidance.verdicts import is_command, is_outside, is_sure
from services.language import LeadIns, Roles, Speller
from services.screening.emergencies import EmergencyScreen
from services.screening.identifiers import IdentifierScreen
from services.screening.kinds import IdentifierKind
from services.screening.manners import is_mere_manners
from services.screening.risk import risk

__all__ = ["Candidate", "Command", "Guide", "IdentifierKind", "Outcome", "Understanding", "Understands"]


class Outcome(StrEnum):
    """The six things a message can be (design.md section 7, `ask --json`)."""

    ANSWER = "answer"
    EMERGENCY = "emergency"
    IDENTIFIABLE = "identifiable"
    UNSURE = "unsure"
    OUT_OF_SCOPE = "out-of-scope"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic that may answer. `score` runs from 0 to 1; `matched_line` is the article's line that came closest."""

    topic: str
    score: float
    matched_line: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """The outcome of reading one message.

    `topic` is set for an answer, `command` for a command, `identifiers` whenever some were found.
    `candidates` come best first, at most three, for an answer or when unsure.
    """

    outcome: Outcome
    topic: str | None = None
    command: Command | None = None
    candidates: tuple[Candidate, ...] = ()
    identifiers: frozenset[IdentifierKind] = frozenset()

    @property
    def only_names(self) -> bool:
        """True for a message that is refused for a name in it and for nothing else."""
        return self.outcome is Outcome.IDENTIFIABLE and self.identifiers == {IdentifierKind.NAME}


class Understands(Protocol):
    """What the dialogs need: read one message. `topic` is the one just shown, for a follow-up question."""

    def understand(self, text: str, *, topic: str | None = None) -> Understanding:
        """Screen for emergencies and identifiers first, then recognise commands, then search the guidance."""
        ...

    def identifiers_in(self, text: str) -> frozenset[IdentifierKind]:
        """The kinds of identifier in free text (an evaluation answer, a hand-over question); empty when clean."""
        ...


# Weighed over all sets of questions, the development set among them: docs/guidance-search.md.
ALARMING = 0.12
"""From this risk on a message is an emergency. Low on purpose: a missed one costs more than a needless 999 card."""
CERTAIN = 0.9
"""The same for a message that also names somebody: below it the name comes first, and the card says 999 as well."""
ELSEWHERE, UNLIKE = 0.9, 0.05
"""So surely outside and so unlike any emergency, words of danger speak of a wrecked tyre or a lost password."""
_LONGEST_NUMBER = 4
"""Digits, as a year has. A longer number is a telephone's, or somebody's."""
OFFERED = 3
"""So many topics are offered at most."""


class Guide:
    """Reads messages against one partnership's guidance. Built once (`services.guidance.build`); pure after that."""

    def __init__(
        self,
        phone_book: PhoneBook,
        speller: Speller,
        emergencies: EmergencyScreen,
        identifiers: IdentifierScreen,
        elsewhere: Elsewhere,
        commands: CommandBook,
        roles: Roles,
        lead_ins: LeadIns,
        search: Search,
        lines: Lines,
        titles: Mapping[str, Sequence[str]],
        names: Collection[str],
    ) -> None:
        """`titles` are the words of each topic's title, for questions that follow on from it.

        `names` are words that name a topic by themselves: `fgm` does, `outcome` and `done` do not.
        """
        self._phone_book = phone_book
        self._speller = speller
        self._emergencies = emergencies
        self._identifiers = identifiers
        self._elsewhere = elsewhere
        self._commands = commands
        self._roles = roles
        self._lead_ins = lead_ins
        self._search = search
        self._lines = lines
        self._follow_ups = FollowUps(search, titles)
        self._names = frozenset(names)

    def identifiers_in(self, text: str) -> frozenset[IdentifierKind]:
        """The kinds of identifier in free text; empty when it is clean."""
        return self._identifiers.identifiers_in(text)

    def understand(self, text: str, *, topic: str | None = None) -> Understanding:
        """Screen for emergencies and identifiers first, then weigh commands against the guidance.

        Only a command typed word for word goes before the screening: it can hide neither.
        """
        words = self._speller.words(self._phone_book.read(text))
        if command := self._commands.exactly(words):
            return Understanding(Outcome.COMMAND, command=command)
        identifiers = self.identifiers_in(text)
        asked = self._lead_ins.without(self._roles.without(_without_long_numbers(words)))
        reading = self._search.read(asked)
        at_risk = self._at_risk(words, reading)
        if at_risk >= (CERTAIN if identifiers else ALARMING) and not _is_elsewhere(reading):
            return Understanding(Outcome.EMERGENCY, identifiers=identifiers)
        if identifiers:
            return Understanding(Outcome.IDENTIFIABLE, identifiers=identifiers)
        if not words:
            return _wordless(text)
        if not _is_order(asked, reading) and (leaning := self._follow_ups.leaning(asked, topic, reading)):
            return self._topics(asked, leaning.topics, sure=leaning.sure)
        judged = self._judge(asked, reading)
        if judged.outcome is not Outcome.COMMAND and self._elsewhere.is_asked_of(words):
            return Understanding(Outcome.OUT_OF_SCOPE)
        return judged

    def _at_risk(self, words: Sequence[str], reading: Reading) -> float:
        return 0.0 if is_mere_manners(words) else risk(self._emergencies.chance(words), reading.urgent_chance)

    def _judge(self, words: Sequence[str], reading: Reading) -> Understanding:
        if is_outside(reading):
            return Understanding(Outcome.OUT_OF_SCOPE)
        if is_command(words, reading):
            return Understanding(Outcome.COMMAND, command=reading.command)
        sure = is_sure(reading) and (len(words) > 1 or words[0] in self._names)
        return self._topics(words, reading.topics, sure=sure)

    def _topics(self, words: Sequence[str], topics: Sequence[tuple[str, float]], *, sure: bool) -> Understanding:
        candidates = self._candidates(words, topics)
        if not sure:
            return Understanding(Outcome.UNSURE, candidates=candidates)
        return Understanding(Outcome.ANSWER, topic=topics[0][0], candidates=candidates)

    def _candidates(self, words: Sequence[str], topics: Sequence[tuple[str, float]]) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(topic, round(chance, 4), self._lines.closest(topic, words)) for topic, chance in topics[:OFFERED]
        )


def _without_long_numbers(words: Sequence[str]) -> Sequence[str]:
    """A telephone number says nothing of what a message is about, and must not make danger look like something else."""
    if not any(len(word) > _LONGEST_NUMBER and word.isdigit() for word in words):
        return words
    return [word for word in words if len(word) <= _LONGEST_NUMBER or not word.isdigit()] or words


def _is_order(words: Sequence[str], reading: Reading) -> bool:
    """True for a command that does something: "this did not help" speaks of what was shown, "book it" does not."""
    return reading.command is not Command.HELP and is_command(words, reading)


def _is_elsewhere(reading: Reading) -> bool:
    return reading.outside_chance >= ELSEWHERE and reading.urgent_chance < UNLIKE


def _wordless(text: str) -> Understanding:
    """A lone question mark asks for help; emoji and dots ask for nothing."""
    if "?" in text:
        return Understanding(Outcome.COMMAND, command=Command.HELP)
    return Understanding(Outcome.OUT_OF_SCOPE)
