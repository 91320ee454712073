"""Reads the word lists: English ones shared by every partnership, and those of one partnership's folder."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ENGLISH = Path(__file__).parent / "english"


@dataclass(frozen=True, slots=True)
class English:
    """What every partnership shares: names, everyday words, texting, and the words of an emergency."""

    given_names: frozenset[str]
    everyday: frozenset[str]
    little: frozenset[str]
    """Words that carry little meaning by themselves: `the`, `do`, `my`."""
    not_people: tuple[str, ...]
    """Places, organisations, laws and published reviews: they name nobody."""
    identifier_words: Mapping[str, frozenset[str]]
    """Words by which identifiers are told from ordinary language, by their key in `identifier-words.toml`."""
    roles: tuple[str, ...]
    """Who people say they are before they ask: `housing officer`."""
    lead_ins: Mapping[str, tuple[str, ...]]
    """What people wrap a question in: its `openings` and its `closings`."""
    texting: Mapping[str, str]
    emergency_words: Mapping[str, tuple[str, ...]]
    """Phrases by tag (`child`, `weapon`, `now`, ...)."""
    command_words: Mapping[str, tuple[str, ...]]
    """Phrases by the family of words they belong to in what the bot is told to do (`join`, `leave`, `place`, ...)."""
    emergency_examples: tuple[tuple[bool, str], ...]
    """Phrases to learn from: True for an emergency, False for a message that only sounds like one."""


def read_english(folder: Path = ENGLISH) -> English:
    """The English lists. Raises `OSError` or `ValueError` when one is missing or broken: they ship with the product."""
    return English(
        given_names=frozenset(_lines(folder / "given-names.txt")),
        everyday=frozenset(_lines(folder / "everyday-words.txt")),
        little=frozenset(_lines(folder / "little-words.txt")),
        not_people=tuple(_lines(folder / "not-people.txt")),
        identifier_words={
            key: frozenset(words) for key, words in _phrases_by_tag(folder / "identifier-words.toml").items()
        },
        roles=tuple(_lines(folder / "roles.txt")),
        lead_ins=_phrases_by_tag(folder / "lead-ins.toml"),
        texting={row["typed"]: row["meant"] for row in _rows(folder / "texting.csv")},
        emergency_words=_phrases_by_tag(folder / "emergency-words.toml"),
        command_words=_phrases_by_tag(folder / "command-words.toml"),
        emergency_examples=tuple(
            (row["emergency"] == "yes", row["phrase"]) for row in _rows(folder / "emergencies.csv")
        ),
    )


@dataclass(frozen=True, slots=True)
class PackWords:
    """What one partnership's people say, beside the `asked` phrases of its articles."""

    thesaurus: tuple[tuple[str, str], ...]
    """Words said, and the words they mean."""
    phrases: tuple[tuple[str, str], ...]
    """Topic and a phrase that asks about it."""
    commands: tuple[tuple[str, str], ...]
    """Command and a phrase that gives it."""
    out_of_scope: tuple[tuple[str, str], ...]
    """Theme and a phrase that the guidance has nothing on."""


def read_pack_words(folder: Path) -> PackWords:
    """A partnership's own lists. Raises `OSError` when one is missing and `KeyError` when a column is."""
    return PackWords(
        thesaurus=tuple(
            (said.strip(), row["means"])
            for row in _rows(folder / "thesaurus.csv")
            for said in row["said"].split(";")
            if said.strip()
        ),
        phrases=tuple((row["topic"], row["phrase"]) for row in _rows(folder / "phrases.csv")),
        commands=tuple((row["command"], row["phrase"]) for row in _rows(folder / "commands.csv")),
        out_of_scope=tuple((row["kind"], row["phrase"]) for row in _rows(folder / "out-of-scope.csv")),
    )


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _phrases_by_tag(path: Path) -> dict[str, tuple[str, ...]]:
    tags = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        tag: tuple(part.strip() for part in said.replace("\n", ",").split(",") if part.strip())
        for tag, said in tags.items()
    }
