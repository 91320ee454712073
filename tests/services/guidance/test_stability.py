"""Somebody who adds a phrase must be able to foresee what it changes: its own topic, and next to nothing else."""

from __future__ import annotations

from dataclasses import replace

from config.pack import Pack
from config.words import English, read_pack_words
from evaluation.questions import TUNING, read_questions
from services.guidance.build import build_guide, published_by
from services.understanding import Guide


def test_one_phrase_more_or_less_leaves_other_messages_as_they_were_read(
    harrow: Pack, english: English, guide: Guide
) -> None:
    words = read_pack_words(harrow.folder)
    middle = len(words.phrases) // 2
    fewer = replace(words, phrases=words.phrases[:middle] + words.phrases[middle + 1 :])
    other = build_guide(harrow.articles, fewer, english, published_by(harrow.partnership))

    asked = [question.text for question in read_questions(TUNING)]
    read = [(guide.understand(text), other.understand(text)) for text in asked]
    changed = [text for text, (one, two) in zip(asked, read, strict=True) if one.topic != two.topic]
    assert len(changed) <= 0.003 * len(asked), changed
