"""Whether a message says that somebody is at risk now. When in doubt it says so: 999 comes first.

Words behind each sign are data. Rules name what stands together; a small learned weighing decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, combinations

from services.language.classifier import Classifier
from services.language.examples import examples_of
from services.language.words import stem
from services.screening.grammar import plain_numbers, tenses
from services.screening.rules import reasons
from services.screening.tags import Span, Tagger

_YES, _NO = "emergency", "ordinary"
_PEOPLE = frozenset({"child", "adult", "they", "self"})
_SAYS_LITTLE_ALONE = _PEOPLE | {
    "asking",
    "subject",
    "past",
    "calm",
    "holding",
    "will",
    "took",
    "now",
    "plenty",
    "driving",
    "doing",
    "just_done",
    "generic",
    "witness",
    "found",
    "says",
}
_DAMPERS = frozenset({"asking", "subject", "past", "generic", "calm"})
"""What tells a question, a memory or a rule from a report of danger."""
_PLACE_AND_TIME = frozenset({"now", "near", "past", "will", "going_home", "alone", "missing", "captive"})
_AS_TAG = _PEOPLE | _PLACE_AND_TIME | {"weapon", "hurting", "harm", "poison", "took", "afraid"}
_WORD, _STEM, _SEQUENCE, _SIGN, _SIGNS, _RULE = 0.5, 0.5, 0.8, 1.5, 0.7, 2.0
_WEIGHT_OF_EMERGENCY, _WEIGHT_OF_LOOKALIKE, _WEIGHT_OF_ORDINARY = 3.0, 1.0, 1.0
_PRIOR = 0.5
_SHORTEST_ORDINARY = 4
_CALL = ("999",)
"""The emergency number, typed alone: to whoever does so we are the nearest telephone."""


class EmergencyScreen:
    """Built once from the word lists and examples; keeps nothing of what it reads."""

    def __init__(
        self,
        signs: Mapping[str, Iterable[Sequence[str]]],
        emergencies: Iterable[Sequence[str]],
        lookalikes: Iterable[Sequence[str]],
        ordinary: Iterable[Sequence[str]],
    ) -> None:
        """All as words: `signs` by tag; example messages; messages that only sound alike; ordinary questions."""
        self._tagger = Tagger({tag: [plain_numbers(phrase) for phrase in listed] for tag, listed in signs.items()})
        examples: list[dict[str, float]] = []
        labels: list[str] = []
        weights: list[float] = []

        def learn(words: Sequence[str], spans: Sequence[Span], label: str, weight: float) -> None:
            examples.append(self._evidence(words, spans))
            labels.append(label)
            weights.append(weight)

        urgent, alike = list(map(plain_numbers, emergencies)), list(map(plain_numbers, lookalikes))
        # Worked out once for the words of our examples; what people type is never kept, not even one word of it.
        self._own = {word: _said(word) for word in set(chain.from_iterable([*urgent, *alike]))}
        for words in urgent:
            learn(words, self._spans(words), _YES, _WEIGHT_OF_EMERGENCY)
        for words in alike:
            learn(words, self._spans(words), _NO, _WEIGHT_OF_LOOKALIKE)
        for words in (plain_numbers(said) for said in ordinary if len(said) >= _SHORTEST_ORDINARY):
            if self._tagger.may_hold(words, _SAYS_LITTLE_ALONE) and _alarming(spans := self._spans(words)):
                learn(words, spans, _NO, _WEIGHT_OF_ORDINARY)
        self._model = Classifier(examples_of(examples), labels, prior=_PRIOR, weights=weights)
        self._yes = self._model.labels.index(_YES)

    def chance(self, words: Sequence[str]) -> float:
        """From 0 to 1. 0 when no sign of danger stands in the message at all."""
        if tuple(words) == _CALL:
            return 1.0
        words = plain_numbers(words)
        spans = self._spans(words)
        if not _alarming(spans):
            return 0.0
        return float(self._model.probabilities(self._evidence(words, spans))[self._yes])

    def _spans(self, words: Sequence[str]) -> list[Span]:
        """A tense alone is no danger, so it is looked for only where a sign of danger stands."""
        spans = self._tagger.found(words)
        return [*spans, *tenses(words)] if _alarming(spans) else spans

    def _evidence(self, words: Sequence[str], spans: Sequence[Span]) -> dict[str, float]:
        tags = frozenset(tag for _, _, tag in spans)
        in_order = sorted(tags)  # a set has another order in every process
        found: dict[str, float] = {}
        for word in words:
            found |= self._own.get(word) or _said(word)
        shape = _shape(words, spans)
        for before, after in zip(["^", *shape], [*shape, "$"], strict=True):
            found[f"b {before} {after}"] = _SEQUENCE
        for tag in in_order:
            found[f"t {tag}"] = _SIGN
        for first, second in combinations(in_order, 2):
            found[f"b {first}+{second}"] = _SIGNS
        manner = "told" if tags.isdisjoint(_DAMPERS) else "asked"
        for reason in reasons(tags):
            found[f"r {reason}"] = _RULE
            found[f"r {reason}, {manner}"] = _RULE
        return found


def _said(word: str) -> dict[str, float]:
    return {f"w {word}": _WORD, f"s {stem(word)}": _STEM}


def _alarming(spans: Iterable[Span]) -> bool:
    return any(tag not in _SAYS_LITTLE_ALONE for _, _, tag in spans)


def _shape(words: Sequence[str], spans: Iterable[Span]) -> list[str]:
    """The words with people, weapons, times and the like as their tags: `he has a <weapon>`."""
    longest: dict[int, tuple[int, str]] = {}
    for start, end, tag in spans:
        if tag in _AS_TAG and end - start >= longest.get(start, (0, ""))[0]:
            longest[start] = (end - start, tag)
    shape: list[str] = []
    place = 0
    while place < len(words):
        length, tag = longest.get(place, (1, ""))
        shape.append(f"<{tag}>" if tag else words[place])
        place += length
    return shape
