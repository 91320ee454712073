"""Whether a message says that somebody is at risk now. When in doubt it says so: 999 comes first.

Words behind each sign are data. Rules name what stands together; a small learned weighing decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from services.language.classifier import Classifier
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
}
_PLACE_AND_TIME = frozenset({"now", "near", "past", "will", "going_home", "alone", "missing", "captive"})
_AS_TAG = _PEOPLE | _PLACE_AND_TIME | {"weapon", "hurting", "harm", "poison", "took", "afraid"}
_WORD, _SEQUENCE, _SIGN, _SIGNS, _RULE = 0.5, 1.0, 1.5, 0.7, 2.0
_WEIGHT_OF_EMERGENCY, _WEIGHT_OF_LOOKALIKE, _PRIOR = 3.0, 2.0, 1.0
_SHORTEST_ORDINARY = 4


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
        self._tagger = Tagger(signs)
        examples: list[dict[str, float]] = []
        labels: list[str] = []
        weights: list[float] = []
        for words in emergencies:
            examples.append(self._evidence(words, list(self._tagger.found(words))))
            labels.append(_YES)
            weights.append(_WEIGHT_OF_EMERGENCY)
        for words in lookalikes:
            examples.append(self._evidence(words, list(self._tagger.found(words))))
            labels.append(_NO)
            weights.append(_WEIGHT_OF_LOOKALIKE)
        for words in ordinary:
            if (
                len(words) >= _SHORTEST_ORDINARY
                and self._tagger.may_hold(words, _SAYS_LITTLE_ALONE)
                and _alarming(spans := list(self._tagger.found(words)))
            ):
                examples.append(self._evidence(words, spans))
                labels.append(_NO)
                weights.append(1.0)
        self._model = Classifier(examples, labels, prior=_PRIOR, weights=weights)
        self._yes = self._model.labels.index(_YES)

    def chance(self, words: Sequence[str]) -> float:
        """From 0 to 1. 0 when no sign of danger stands in the message at all."""
        spans = list(self._tagger.found(words))
        if not _alarming(spans):
            return 0.0
        return float(self._model.probabilities(self._evidence(words, spans))[self._yes])

    def _evidence(self, words: Sequence[str], spans: Sequence[Span]) -> dict[str, float]:
        tags = frozenset(tag for _, _, tag in spans)
        found = {f"w {word}": _WORD for word in words}
        shape = _shape(words, spans)
        for before, after in zip(["^", *shape], [*shape, "$"], strict=True):
            found[f"b {before} {after}"] = _SEQUENCE
        for tag in tags:
            found[f"t {tag}"] = _SIGN
        for first, second in combinations(sorted(tags), 2):
            found[f"b {first}+{second}"] = _SIGNS
        for reason in reasons(tags):
            found[f"r {reason}"] = _RULE
        return found


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
