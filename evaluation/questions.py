"""Questions with their known answers, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
DEVELOPMENT = ("questions-dev.jsonl", "commands-dev.jsonl")
"""The customer's sets. Never learned from, never tuned on."""
TUNING = ("own-tuning.jsonl",)
"""Our own questions on which thresholds were chosen."""
HELD_OUT = ("own-held-out.jsonl",)
"""The other half of them: scored for the first time when tuning seemed done. What was learned then, later sets test."""
FRESH = ("own-fresh.jsonl",)
"""Questions written after that, in the style of the development set, and scored before anything was changed."""
LAST = ("own-last.jsonl",)
"""Questions written at the end of the first round of work; what they showed was mended later."""
UNSEEN = ("own-unseen.jsonl",)
"""Questions written after all of those, from nothing but the list of topics, and scored before anything was changed."""
FINAL = ("own-final.jsonl",)
"""Questions written when the phrases and thresholds were final, and scored once: the honest estimate."""
SCREENING = ("own-screening.jsonl",)
"""Emergencies, identifiers, commands and their look-alikes, written before a look at the word lists; learned from."""
INDEPENDENT = ("own-independent.jsonl",)
"""Two for each topic by each of two writers who had seen no list of ours; learned from after the first score."""
INDEPENDENT_LATER = ("own-independent-later.jsonl",)
"""The same by two others, with more that is outside and more commands; scored after the first pair was learned from."""
INDEPENDENT_LATEST = ("own-independent-latest.jsonl",)
"""The same by one more, scored after those were learned from, with look-alikes of emergencies and identifiers."""
INDEPENDENT_NEWEST = ("own-independent-newest.jsonl",)
"""By two more, with four hundred things that are outside; scored after all of those were learned from."""
INDEPENDENT_PLAIN = ("own-independent-plain.jsonl",)
"""By the eighth, each topic in its plainest words and once as a hurried person would; scored after the others."""
INDEPENDENT_WIDE = ("own-independent-wide.jsonl",)
"""By a ninth, who had the development set as a model of style: eight for each topic, 375 things that are outside."""
INDEPENDENT_ALIKE = ("own-independent-alike.jsonl",)
"""By a tenth, asked for a second set of the development set's kind: its voices and its mix of things."""
INDEPENDENT_SECOND = ("own-independent-second.jsonl",)
"""By an eleventh, asked for the same, neither easier nor harder: two for each topic."""
INDEPENDENT_THIRD = ("own-independent-third.jsonl",)
"""By a twelfth, asked for the same, in the voices of many trades."""
INDEPENDENT_FOURTH = ("own-independent-fourth.jsonl",)
"""By a thirteenth: for each topic its name, a paraphrase that shares few words with it, and a hurried one."""
INDEPENDENT_SCREENED = ("own-independent-screened.jsonl",)
"""By a fourteenth, mostly emergencies, identifiers, and questions that look like either and are none."""
INDEPENDENT_FIFTH = ("own-independent-fifth.jsonl",)
"""By a fifteenth, asked for the development set's kind, neither easier nor harder; scored after those two."""
INDEPENDENT_SIXTH = ("own-independent-sixth.jsonl",)
"""By a sixteenth, asked for the same."""
INDEPENDENT_SOUNDING = ("own-independent-sounding.jsonl",)
"""By a seventeenth: emergencies, many without a word of alarm, identifiers, and as much that only sounds alike."""
INDEPENDENT_CALM = ("own-independent-calm.jsonl",)
"""By a nineteenth: of the development set's kind, with calmly told emergencies and things that sound near."""
SCREENING_UNSEEN = ("own-screening-unseen.jsonl",)
"""A random part of them that nobody read while the screens were mended: only its figures were looked at."""

LATER = {
    "fresh": FRESH,
    "last": LAST,
    "unseen": UNSEEN,
    "final": FINAL,
    "independent": INDEPENDENT,
    "independent-later": INDEPENDENT_LATER,
    "independent-latest": INDEPENDENT_LATEST,
    "independent-newest": INDEPENDENT_NEWEST,
    "independent-plain": INDEPENDENT_PLAIN,
    "independent-wide": INDEPENDENT_WIDE,
    "independent-alike": INDEPENDENT_ALIKE,
    "independent-second": INDEPENDENT_SECOND,
    "independent-third": INDEPENDENT_THIRD,
    "independent-fourth": INDEPENDENT_FOURTH,
    "independent-screened": INDEPENDENT_SCREENED,
    "independent-fifth": INDEPENDENT_FIFTH,
    "independent-sixth": INDEPENDENT_SIXTH,
    "independent-sounding": INDEPENDENT_SOUNDING,
    "independent-calm": INDEPENDENT_CALM,
    "screening": SCREENING,
    "screening-unseen": SCREENING_UNSEEN,
}
"""Sets written after the phrases that were learned from."""
SETS = {"development": DEVELOPMENT, "tuning": TUNING, "held-out": HELD_OUT, **LATER}


@dataclass(frozen=True, slots=True)
class Question:
    """What a person types, and what it is. `topics` are all that would be right; any of them will do."""

    text: str
    expect: str
    topics: tuple[str, ...] = ()
    command: str | None = None


def read_questions(names: Iterable[str], folder: Path = HERE) -> list[Question]:
    """The questions of some files, in order. Raises `OSError` or `ValueError` for a missing or broken file."""
    return [question for name in names for question in _read(folder / name)]


def _read(path: Path) -> Iterator[Question]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        expect = "command" if "command" in row else str(row["expect"])
        yield Question(str(row["q"]), expect, tuple(row.get("topics", ())), row.get("command"))
