"""TOML with line numbers. The standard reader gives the values; this finds the line on which each key stands."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from config.faults import Fault
from config.reading import Loc, Located

_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")
_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"^\s*([\w.\"'-]+)\s*=")
_STRING = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'")


def read_toml(path: Path, faults: list[Fault]) -> Located | None:
    """Read a TOML file, or add one fault and return `None`: TOML cannot be read past its first mistake."""
    try:
        text = path.read_text(encoding="utf-8")
        return Located(path.name, tomllib.loads(text), _lines(text))
    except FileNotFoundError:
        faults.append(Fault(path.name, 0, "", "is missing"))
    except UnicodeDecodeError:
        faults.append(Fault(path.name, 0, "", "is not UTF-8 text"))
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found and found[1] else 0
        message = _AT_LINE.sub("", str(error)).strip()
        faults.append(Fault(path.name, line, "", f"is not TOML: {message}"))
    return None


class _Scanner:
    """Walks the lines of a document that is known to be good TOML."""

    def __init__(self) -> None:
        self.lines: dict[Loc, int] = {}
        self._prefix: Loc = ()
        self._counts: dict[Loc, int] = {}
        self._open_brackets = 0
        self._open_quotes = ""

    def take(self, number: int, line: str) -> None:
        """Note what starts on this line."""
        if self._open_quotes:
            if self._open_quotes in line:
                self._open_quotes = ""
            return
        if not self._open_brackets:
            if header := _HEADER.match(line):
                self._enter(header[2], many=header[1] == "[[", number=number)
                return
            if key := _KEY.match(line):
                self._note((*self._prefix, *_parts(key[1])), number)
        self._count_open(line)

    def _enter(self, name: str, *, many: bool, number: int) -> None:
        loc: Loc = ()
        parts = _parts(name)
        for depth, part in enumerate(parts, start=1):
            loc = (*loc, part)
            if many and depth == len(parts):
                self._counts[loc] = self._counts.get(loc, -1) + 1
            if loc in self._counts:
                loc = (*loc, self._counts[loc])
        self._prefix = loc
        self._note(loc, number)

    def _note(self, loc: Loc, number: int) -> None:
        # A parent that has no line of its own stands where its first child does.
        for length in range(1, len(loc) + 1):
            self.lines.setdefault(loc[:length], number)

    def _count_open(self, line: str) -> None:
        for quotes in ('"""', "'''"):
            if line.count(quotes) % 2:
                self._open_quotes = quotes
                return
        bare = _STRING.sub("", line).partition("#")[0]
        self._open_brackets += sum(bare.count(mark) for mark in "[{") - sum(bare.count(mark) for mark in "]}")


def _parts(name: str) -> list[str]:
    return [part.strip().strip("\"'") for part in name.split(".")]


def _lines(text: str) -> dict[Loc, int]:
    scanner = _Scanner()
    for number, line in enumerate(text.splitlines(), start=1):
        scanner.take(number, line)
    return scanner.lines
