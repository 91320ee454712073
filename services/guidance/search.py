"""Which topic a question is about, learned from the phrases people ask. Knows the phrases, not the articles' facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np

from config.words import Command
from services.guidance.features import Features
from services.guidance.gathering import gather
from services.language import stem
from services.language.classifier import Classifier

_TOPIC, _COMMAND, _OUTSIDE, _URGENT, _LOOKALIKE = "topic", "command", "outside", "urgent", "lookalike"
# What is outside has no end, so its examples are many; they count less, or they would crowd out the topics.
_COUNTS = {_TOPIC: 1.0, _COMMAND: 0.6, _OUTSIDE: 1.0, _URGENT: 0.8, _LOOKALIKE: 0.8}


class Phrase(NamedTuple):
    """Something people type, as spelled-out words, and what it is: a topic's id, a command, or a kind of outside."""

    words: tuple[str, ...]
    kind: str
    value: str

    @property
    def label(self) -> str:
        """One name for both, as the classifier wants it."""
        return f"{self.kind}:{self.value}"

    @property
    def topic(self) -> str | None:
        """The topic it asks about, if it asks about one."""
        return self.value if self.kind == _TOPIC else None

    @property
    def inside(self) -> bool:
        """True for a topic or a command."""
        return self.kind in {_TOPIC, _COMMAND}


def about(topic: str, words: Sequence[str]) -> Phrase:
    """A phrase that asks about a topic."""
    return Phrase(tuple(words), _TOPIC, topic)


def commanding(command: Command, words: Sequence[str]) -> Phrase:
    """A phrase that is a command."""
    return Phrase(tuple(words), _COMMAND, command.value)


def outside(theme: str, words: Sequence[str]) -> Phrase:
    """A phrase that the guidance has nothing on, by theme (weather, computers, another borough)."""
    return Phrase(tuple(words), _OUTSIDE, theme)


def urgent(words: Sequence[str], *, emergency: bool) -> Phrase:
    """An example of an emergency, or of a message that only sounds like one."""
    return Phrase(tuple(words), _URGENT if emergency else _LOOKALIKE, "")


@dataclass(frozen=True, slots=True)
class Reading:
    """How likely a message is about each thing. Topics, commands and what is outside together make 1."""

    topics: tuple[tuple[str, float], ...]
    """Topics with their chances, best first."""
    command: Command
    """The likeliest command."""
    command_chance: float
    """How likely it is that the message is a command at all."""
    outside_chance: float
    strange_share: float
    """How many of the telling words, from 0 to 1, stand in no phrase or line of ours."""
    telling_words: int
    """How many words carry meaning."""
    urgent_chance: float
    """How much it reads like the examples of emergencies, out of everything."""


class Search:
    """Reads messages. Built once from phrases, when a process starts; the same phrases always read the same."""

    def __init__(self, phrases: Sequence[Phrase], features: Features, lines: Iterable[Sequence[str]] = ()) -> None:
        """Learn from `phrases`; there must be some of each kind. The words of `lines` of articles are ours too."""
        self._features = features
        ours = chain((phrase.words for phrase in phrases if phrase.inside), lines)
        self._ours = frozenset(stem(word) for word in set(chain.from_iterable(ours)) | features.means_something())
        self._model = Classifier(
            gather([phrase.words for phrase in phrases], features),
            [phrase.label for phrase in phrases],
            weights=[_COUNTS[phrase.kind] for phrase in phrases],
        )
        split = [label.partition(":") for label in self._model.labels]
        kinds = (_TOPIC, _COMMAND, _OUTSIDE, _URGENT, _LOOKALIKE)
        self._places = {kind: np.flatnonzero([of == kind for of, _, _ in split]) for kind in kinds}
        self._topics = [value for kind, _, value in split if kind == _TOPIC]
        self._commands = [Command(value) for kind, _, value in split if kind == _COMMAND]

    def rarity(self, stem: str) -> float:
        """How telling a stem is among the phrases: 1 for one that stands everywhere, higher for a rare one."""
        return self._model.rarity(f"s {stem}")

    def named_by(self, words: Sequence[str]) -> tuple[str, float]:
        """The topic that so few words name by themselves, and how surely."""
        return self.read(words).topics[0]

    def read(self, words: Sequence[str], context: Sequence[str] = ()) -> Reading:
        """What `words` are about. `context` are words of the topic just shown; they count half."""
        telling = self._features.content(words)
        evidence = self._features.of(words)
        for name, weight in (self._features.of(context) if context else {}).items():
            evidence.setdefault(name, weight / 2)
        chances = self._model.probabilities(evidence)
        of = {kind: chances[places] for kind, places in self._places.items()}
        urgent_chance = float(of[_URGENT].sum())
        rest = max(1.0 - urgent_chance - float(of[_LOOKALIKE].sum()), 1e-6)
        topics = zip(self._topics, (of[_TOPIC] / rest).tolist(), strict=True)
        return Reading(
            topics=tuple(sorted(topics, key=lambda one: -one[1])),
            command=self._commands[int(of[_COMMAND].argmax())],
            command_chance=float(of[_COMMAND].sum() / rest),
            outside_chance=float(of[_OUTSIDE].sum() / rest),
            strange_share=self._strange_share(telling),
            telling_words=len(telling),
            urgent_chance=urgent_chance,
        )

    def _strange_share(self, telling: Sequence[str]) -> float:
        return sum(stem(word) not in self._ours for word in telling) / len(telling) if telling else 0.0
