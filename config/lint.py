"""What a reader of the guidance would stumble over: hard words, long sentences, numbers in the text, old reviews."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from config.articles import Article, heading_field
from config.draft import Draft, Placed
from config.faults import Fault

READING_AGE_LIMIT = 15
"""Readers are professionals in a hurry: the aim is 13, and names of services push it up."""
SENTENCE_LIMIT = 28
PHRASES_WANTED = 8

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_PHONE = re.compile(r"(?<!\d)0\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_LINK = re.compile(r"https?://|www\.|\]\(")


@dataclass(frozen=True, slots=True)
class ReadingAge:
    """The age at which most people read an article with ease (Automated Readability Index, plus five)."""

    article: str
    age: float


def reading_ages(draft: Draft) -> tuple[ReadingAge, ...]:
    """Every article, the hardest first."""
    # Imported here: it takes seconds, and only a check needs it. Its Flesch measures would fetch a word list.
    from textstat import automated_readability_index

    ages = [
        ReadingAge(placed.value.id, round(float(automated_readability_index(_prose(placed.value))) + 5, 1))
        for placed in draft.articles
    ]
    return tuple(sorted(ages, key=lambda reading: -reading.age))


def lint(draft: Draft, ages: tuple[ReadingAge, ...]) -> Iterator[Fault]:
    """Everything that is allowed but should not be published."""
    age_of = {reading.article: reading.age for reading in ages}
    for placed in draft.articles:
        yield from _article(placed, age_of[placed.value.id])
        yield from _sentences(placed)
    for row in draft.sources:
        if row.value.url and not re.match(r"^https?://[^\s/]+\.[^\s]+$", row.value.url):
            yield Fault("sources.csv", row.line, "url", f"is not a web address: '{row.value.url}'")
    covered = {placed.value.id for placed in draft.articles}
    for topic in draft.topics:
        if topic.value.id not in covered and f"guidance/{topic.value.id}.md" not in draft.unread:
            yield Fault("topics.csv", topic.line, "id", f"has no article: '{topic.value.id}'")


def review_notes(draft: Draft, today: date) -> Iterator[Fault]:
    """Articles whose review date is behind us or whose review lies ahead of us. The bot says so; it still answers."""
    for placed in draft.articles:
        article, located = placed.value, placed.located
        if article.reviewed_on > today:
            yield located.fault(("reviewed_on",), f"is in the future: {article.reviewed_on}")
        if article.past_review(today):
            yield located.fault(("reviewed_on",), f"review was due on {article.review_due}")


def _article(placed: Placed[Article], age: float) -> Iterator[Fault]:
    article, located = placed.value, placed.located
    if age > READING_AGE_LIMIT:
        yield located.fault(("in_short",), f"has a reading age of {age}; at most {READING_AGE_LIMIT} is wanted")
    if len(article.asked) < PHRASES_WANTED:
        yield located.fault(("asked",), f"has {len(article.asked)} phrases; search needs at least {PHRASES_WANTED}")


def _sentences(placed: Placed[Article]) -> Iterator[Fault]:
    for heading, points in placed.value.sections.items():
        loc = (heading_field(heading),)
        for sentence in (sentence for point in points for sentence in _SENTENCE_END.split(point)):
            if len(sentence.split()) > SENTENCE_LIMIT:
                yield placed.located.fault(
                    loc, f"has a sentence of {len(sentence.split())} words: '{sentence[:60]}...'"
                )
            if _PHONE.search(sentence) or _EMAIL.search(sentence):
                yield placed.located.fault(loc, "has a number or address in its text; name a contact instead")
            if _LINK.search(sentence):
                yield placed.located.fault(loc, "has a link in its text; name a source instead")


def _prose(article: Article) -> str:
    points = (point for points in article.sections.values() for point in points)
    # A point without a full stop would run into the next one and count as one long sentence.
    return "\n".join(point if point.endswith((".", "?", "!")) else f"{point}." for point in points)
