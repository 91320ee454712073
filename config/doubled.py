"""Words that are said to mean two things: whoever types them would get either. Reads the lists, decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from config.articles import Article
from config.draft import Placed
from config.faults import Fault
from config.words import read_pairs

_WORD = re.compile(r"\w+")


def doubled_words(folder: Path, articles: Iterable[Placed[Article]]) -> Iterator[Fault]:
    """Each phrase of a list that means something else elsewhere: another topic, a command, or nothing of ours."""
    first: dict[tuple[str, ...], str] = {}
    for placed in articles:
        for phrase in (placed.value.title, *placed.value.asked):
            first.setdefault(_folded(phrase), placed.value.id)
    for name in ("phrases.csv", "commands.csv", "out-of-scope.csv"):
        for line, value, phrase in read_pairs(folder, name, []):
            meaning = "outside our guidance" if name == "out-of-scope.csv" else value
            other = first.setdefault(_folded(phrase), meaning)
            if other != meaning:
                yield Fault(name, line, "", f"means '{other}' too: '{phrase}'")


def _folded(phrase: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(phrase.casefold()))
