"""Cross-validation over the phrases that the guide learns from: each is asked of a guide that never saw it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from config.pack import Pack
from config.words import English, PackWords, read_english, read_pack_words
from evaluation.figures import Verdict
from evaluation.questions import Question
from evaluation.readers import directly
from services.guidance.build import build_guide, published_by

T = TypeVar("T")
_SEED = 7  # the same phrases always fall into the same fold


@dataclass(frozen=True, slots=True)
class Fold:
    """The word lists with one part taken out, and that part as questions with known answers."""

    words: PackWords
    english: English
    held_out: tuple[Question, ...]


def cross_validated(pack: Pack, count: int) -> tuple[list[Question], list[Verdict]]:
    """Every phrase of the lists as a question, answered by a guide built from the other folds.

    Phrases in the articles themselves stay: they are few, and they are the text that is served.
    """
    questions: list[Question] = []
    verdicts: list[Verdict] = []
    for fold in folds(read_pack_words(pack.folder), read_english(), count):
        guide = build_guide(pack.articles, fold.words, fold.english, published_by(pack.partnership))
        questions += fold.held_out
        verdicts += directly(guide, fold.held_out)
    return questions, verdicts


def folds(words: PackWords, english: English, count: int) -> Iterator[Fold]:
    """`count` ways to part the lists. Raises `ValueError` for fewer than two."""
    if count < 2:
        raise ValueError(f"cross-validation needs at least 2 folds, not {count}")
    phrases, commands = _dealt(words.phrases, count), _dealt(words.commands, count)
    outside, examples = _dealt(words.out_of_scope, count), _dealt(english.emergency_examples, count)
    for fold in range(count):
        asked = [Question(phrase, "answer", (topic,)) for topic, phrase in phrases[fold]]
        asked += [Question(phrase, "command", command=command) for command, phrase in commands[fold]]
        asked += [Question(phrase, "out-of-scope") for _, phrase in outside[fold]]
        asked += [
            Question(phrase, "emergency" if emergency else "not-emergency") for emergency, phrase in examples[fold]
        ]
        yield Fold(
            replace(
                words,
                phrases=_others(phrases, fold),
                commands=_others(commands, fold),
                out_of_scope=_others(outside, fold),
            ),
            replace(english, emergency_examples=_others(examples, fold)),
            tuple(asked),
        )


def _dealt(rows: Sequence[T], count: int) -> list[tuple[T, ...]]:
    shuffled = list(rows)
    random.Random(_SEED).shuffle(shuffled)  # noqa: S311  deals cards, keeps no secret
    return [tuple(shuffled[fold::count]) for fold in range(count)]


def _others(dealt: Sequence[tuple[T, ...]], fold: int) -> tuple[T, ...]:
    return tuple(row for place, rows in enumerate(dealt) if place != fold for row in rows)
