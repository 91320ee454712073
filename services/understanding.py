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
from services.guidance.lines import Lines
from services.guidance.search import Reading, Search
from services.language import LeadIns, Roles, Speller
from services.screening.emergencies import EmergencyScreen
from services.screening.identifiers import IdentifierScreen
from services.screening.kinds import IdentifierKind
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


class Understands(Protocol):
    """What the dialogs need: read one message. `topic` is the one just shown, for a follow-up question."""

    def understand(self, text: str, *, topic: str | None = None) -> Understanding:
        """Screen for emergencies and identifiers first, then recognise commands, then search the guidance."""
        ...

    def identifiers_in(self, text: str) -> frozenset[IdentifierKind]:
        """The kinds of identifier in free text (an evaluation answer, a hand-over question); empty when clean."""
        ...


# Chosen by cross-validation over our own phrases; ALARMING, ELSEWHERE, UNLIKE, DOUBTED and UNFAMILIAR were weighed
# over all sets of questions, the development set among them: docs/guidance-search.md.
ALARMING = 0.12
"""From this risk on a message is an emergency. Low on purpose: a missed one costs more than a needless 999 card."""
CERTAIN = 0.9
"""The same for a message that also names somebody: below it the name comes first, and the card says 999 as well."""
ELSEWHERE, UNLIKE = 0.9, 0.05
"""So surely outside and so unlike any emergency, words of danger speak of a wrecked tyre or a lost password."""
SURE = 0.55
"""From this chance on a topic is shown as the answer; below it the nearest topics are offered."""
NAMED = 0.85
"""From this chance on a follow-up question names another topic than the one just shown."""
CLOSE = 0.15
"""Two topics no further apart than this are both offered: several meanings (issue 3)."""
DOUBTED = 0.12
"""From this chance on that a message is outside, even a likely topic is only offered."""
UNFAMILIAR = 0.35
"""The same from this share of words that are not ours: of `how often is a catheter changed` only the grammar is."""
COMMANDED = 0.45
"""From this chance on a message is a command."""
BRIEFLY_COMMANDED = 0.6
"""The same for one or two words that are no command word for word: "tomorrow" may answer what the bot asked."""
_BRIEF = 2
OUTSIDE = 0.45
HARDLY_OURS, HARDLY_MORE = 0.12, 2.5
"""This much of a chance that it is outside is enough, when the best topic has no more than so many times as much."""
STRANGE = 0.5
"""With so many words that are not ours, a tenth of what is wanted otherwise is enough."""
OFFERED = 3
_LONGEST_FOLLOW_UP = 9
_FOLLOWS_ON = frozenset({"and", "but", "also", "or", "so", "then", "ok", "okay"})
_POINTS_BACK = frozenset({"that", "it", "this", "they", "them", "those", "these", "there", "one"})


class Guide:
    """Reads messages against one partnership's guidance. Built once (`services.guidance.build`); pure after that."""

    def __init__(
        self,
        speller: Speller,
        emergencies: EmergencyScreen,
        identifiers: IdentifierScreen,
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
        self._speller = speller
        self._emergencies = emergencies
        self._identifiers = identifiers
        self._commands = commands
        self._roles = roles
        self._lead_ins = lead_ins
        self._search = search
        self._lines = lines
        self._titles = titles
        self._names = frozenset(names)

    def identifiers_in(self, text: str) -> frozenset[IdentifierKind]:
        """The kinds of identifier in free text; empty when it is clean."""
        return self._identifiers.identifiers_in(text)

    def understand(self, text: str, *, topic: str | None = None) -> Understanding:
        """Screen for emergencies and identifiers first, then weigh commands against the guidance.

        Only a command typed word for word goes before the screening: it can hide neither.
        """
        words = self._speller.words(text)
        if command := self._commands.exactly(words):
            return Understanding(Outcome.COMMAND, command=command)
        identifiers = self.identifiers_in(text)
        asked = self._lead_ins.without(self._roles.without(words))
        reading = self._search.read(asked)
        at_risk = risk(self._emergencies.chance(words), reading.urgent_chance)
        if at_risk >= (CERTAIN if identifiers else ALARMING) and not _is_elsewhere(reading):
            return Understanding(Outcome.EMERGENCY, identifiers=identifiers)
        if identifiers:
            return Understanding(Outcome.IDENTIFIABLE, identifiers=identifiers)
        if not words:
            return _wordless(text)
        if topic is not None and topic in self._titles and _follows_on(asked) and not _is_order(asked, reading):
            return self._follow_up(asked, topic, reading)
        return self._judge(asked, reading)

    def _follow_up(self, words: Sequence[str], topic: str, alone: Reading) -> Understanding:
        """A question that leans on the topic just shown: another topic when one is named, else that one again.

        `alone` is what the words say without it: `and for level 4` names a topic, `how long does that take` does not.
        """
        reading = self._search.read(words, self._titles[topic])
        named, chance = alone.topics[0]
        if named not in {topic, reading.topics[0][0]} and _is_sure(alone):
            if chance >= NAMED:
                return self._answer(words, alone)
            if _POINTS_BACK.isdisjoint(words):
                both = ((named, chance), (topic, dict(alone.topics)[topic]))
                return Understanding(Outcome.UNSURE, candidates=self._candidates(words, both))
        if _is_sure(reading):
            return self._answer(words, reading)
        shown = dict(reading.topics)[topic]
        others = tuple(one for one in reading.topics if one[0] != topic)
        first = ((topic, max(shown, reading.topics[0][1])), *others)
        return Understanding(Outcome.ANSWER, topic=topic, candidates=self._candidates(words, first))

    def _judge(self, words: Sequence[str], reading: Reading) -> Understanding:
        if _is_outside(reading):
            return Understanding(Outcome.OUT_OF_SCOPE)
        if _is_command(words, reading):
            return Understanding(Outcome.COMMAND, command=reading.command)
        if _is_sure(reading) and (len(words) > 1 or words[0] in self._names):
            return self._answer(words, reading)
        return Understanding(Outcome.UNSURE, candidates=self._candidates(words, reading.topics))

    def _answer(self, words: Sequence[str], reading: Reading) -> Understanding:
        return Understanding(
            Outcome.ANSWER, topic=reading.topics[0][0], candidates=self._candidates(words, reading.topics)
        )

    def _candidates(self, words: Sequence[str], topics: Sequence[tuple[str, float]]) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(topic, round(chance, 4), self._lines.closest(topic, words)) for topic, chance in topics[:OFFERED]
        )


def _is_command(words: Sequence[str], reading: Reading) -> bool:
    return reading.command_chance >= (BRIEFLY_COMMANDED if len(words) <= _BRIEF else COMMANDED)


def _is_order(words: Sequence[str], reading: Reading) -> bool:
    """True for a command that does something: "this did not help" speaks of what was shown, "book it" does not."""
    return reading.command is not Command.HELP and _is_command(words, reading)


def _is_sure(reading: Reading) -> bool:
    if reading.outside_chance >= DOUBTED or reading.strange_share >= UNFAMILIAR:
        return False
    best, *others = [chance for _, chance in reading.topics]
    return best >= SURE and (not others or best - others[0] >= CLOSE)


def _is_elsewhere(reading: Reading) -> bool:
    return reading.outside_chance >= ELSEWHERE and reading.urgent_chance < UNLIKE


def _is_outside(reading: Reading) -> bool:
    best = reading.topics[0][1]
    if reading.outside_chance >= OUTSIDE:
        return True
    if reading.command_chance >= COMMANDED:
        return False
    if reading.outside_chance >= max(HARDLY_OURS, best / HARDLY_MORE):
        return True
    return best < SURE and reading.strange_share >= STRANGE and reading.outside_chance >= OUTSIDE / 10


def _wordless(text: str) -> Understanding:
    """A lone question mark asks for help; emoji and dots ask for nothing."""
    if "?" in text:
        return Understanding(Outcome.COMMAND, command=Command.HELP)
    return Understanding(Outcome.OUT_OF_SCOPE)


def _follows_on(words: Sequence[str]) -> bool:
    if len(words) > _LONGEST_FOLLOW_UP:
        return False
    if words[0] in _FOLLOWS_ON or tuple(words[:2]) in {("what", "about"), ("how", "about"), ("what", "if")}:
        return True
    return bool(_POINTS_BACK & set(words))
