"""Reads the word lists: English ones shared by every partnership, and those of one partnership's folder."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from spellchecker import SpellChecker

from config.csvfile import read_records
from config.faults import Fault, PackError
from config.first_names import first_names

ENGLISH = Path(__file__).parent / "english"
_PACK_LISTS = {
    "thesaurus.csv": ("said", "means"),
    "phrases.csv": ("topic", "phrase"),
    "commands.csv": ("command", "phrase"),
    "out-of-scope.csv": ("kind", "phrase"),
}
"""What a partnership's people say: its lists, with their columns."""
_LISTS = {**_PACK_LISTS, "texting.csv": ("typed", "meant"), "emergencies.csv": ("emergency", "phrase")}
_COMMON = 300
"""How often a word must stand in the spelling library's count of 1,600 million words; 32,000 do."""
PairRow = tuple[int, str, str]
"""The line of a row, and its two cells."""


class Command(StrEnum):
    """What a person can ask the bot to do (design.md section 7)."""

    COURSES = "courses"
    BOOK = "book"
    CANCEL_BOOKING = "cancel-booking"
    MY_BOOKINGS = "my-bookings"
    WAITING_LIST = "waiting-list"
    MY_ACTIONS = "my-actions"
    EVALUATE = "evaluate"
    ESCALATE = "escalate"
    THRESHOLDS_WALKTHROUGH = "thresholds-walkthrough"
    HELP = "help"
    REPORT = "report"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class English:
    """What every partnership shares: names, everyday words, texting, and the words of an emergency."""

    given_names: frozenset[str]
    """Given names that stay names though a partnership's lists use the word."""
    first_names: frozenset[str]
    """First names at large, of which an ordinary word is none."""
    surnames: frozenset[str]
    """Surnames that are no ordinary words; those that are stand in `identifier_words`."""
    everyday: frozenset[str]
    common: frozenset[str]
    """Words common in English at large, names among them: who types one means it, however near one of ours is."""
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
    elsewhere_words: Mapping[str, tuple[str, ...]]
    """Names of `authorities`, and the `ties` with which a question that names one is not about its rules."""
    emergency_examples: tuple[tuple[bool, str], ...]
    """Phrases to learn from: True for an emergency, False for a message that only sounds like one."""


def read_english(folder: Path = ENGLISH) -> English:
    """The English lists. Raises `OSError` or `ValueError` when one is missing or broken: they ship with the product."""
    return English(
        given_names=frozenset(_lines(folder / "given-names.txt")),
        first_names=first_names(),
        surnames=frozenset(_lines(folder / "surnames.txt")),
        everyday=frozenset(_lines(folder / "everyday-words.txt")),
        common=_common_words(),
        little=frozenset(_lines(folder / "little-words.txt")),
        not_people=tuple(_lines(folder / "not-people.txt")),
        identifier_words={
            key: frozenset(words) for key, words in _phrases_by_tag(folder / "identifier-words.toml").items()
        },
        roles=tuple(_lines(folder / "roles.txt")),
        lead_ins=_phrases_by_tag(folder / "lead-ins.toml"),
        texting=dict(_pairs(folder, "texting.csv")),
        emergency_words=_phrases_by_tag(folder / "emergency-words.toml"),
        command_words=_phrases_by_tag(folder / "command-words.toml"),
        elsewhere_words=_phrases_by_tag(folder / "elsewhere-words.toml"),
        emergency_examples=tuple(
            (emergency == "yes", phrase) for emergency, phrase in _pairs(folder, "emergencies.csv")
        ),
    )


def _common_words() -> frozenset[str]:
    used = SpellChecker(language="en").word_frequency
    return frozenset(word for word, times in used.items() if times >= _COMMON)


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
    """A partnership's own lists. Raises `PackError` with every bad row: one would be learned from as it stands."""
    faults: list[Fault] = []
    listed = read_pack_lists(folder, faults)
    if faults:
        raise PackError(faults)
    thesaurus, phrases, commands, outside = ([(one, two) for _, one, two in rows] for rows in listed.values())
    return PackWords(
        thesaurus=tuple((one.strip(), means) for said, means in thesaurus for one in said.split(";") if one.strip()),
        phrases=tuple(phrases),
        commands=tuple(commands),
        out_of_scope=tuple(outside),
    )


def read_pack_lists(folder: Path, faults: list[Fault]) -> dict[str, list[PairRow]]:
    """The same, by file and with the line of each row. What is wrong is left out, and added to `faults`."""
    listed = {name: _read_pairs(folder, name, faults) for name in _PACK_LISTS}
    topics = {path.stem for path in (folder / "guidance").glob("*.md")}
    faults += _unknown("phrases.csv", listed["phrases.csv"], topics, "a topic that has no article")
    faults += _unknown("commands.csv", listed["commands.csv"], {*Command}, "a command that does not exist")
    return listed


def _unknown(file: str, rows: Iterable[PairRow], known: Collection[str], what: str) -> Iterator[Fault]:
    for line, name, _ in rows:
        if name not in known:
            yield Fault(file, line, "", f"names {what}: '{name}'")


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _read_pairs(folder: Path, name: str, faults: list[Fault]) -> list[PairRow]:
    # Not `read_rows`: a typed model for each of twenty thousand rows would be felt at every start.
    records = read_records(folder, name, faults)
    if not records:
        return []
    (_, header), *rows = records
    columns = _LISTS[name]
    if tuple(header) != columns:
        faults.append(Fault(name, 1, "", f"must name the columns {' and '.join(columns)}, not '{','.join(header)}'"))
        return []
    read: list[PairRow] = []
    for line, cells in rows:
        if len(cells) == len(columns) and all(cells):
            read.append((line, cells[0], cells[1]))
        else:
            faults.append(Fault(name, line, "", f"needs {' and '.join(columns)}; quote commas"))
    return read


def _pairs(folder: Path, name: str) -> Iterator[tuple[str, str]]:
    faults: list[Fault] = []
    yield from ((one, two) for _, one, two in _read_pairs(folder, name, faults))
    if faults:
        raise PackError(faults)


def _phrases_by_tag(path: Path) -> dict[str, tuple[str, ...]]:
    tags = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        tag: tuple(part.strip() for part in said.replace("\n", ",").split(",") if part.strip())
        for tag, said in tags.items()
    }
