"""Markdown with a YAML head: the head with line numbers, and the body with the line on which it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from yaml import CBaseLoader, MappingNode, Node, ScalarNode, SequenceNode, YAMLError
from yaml.error import MarkedYAMLError

from config.faults import Fault
from config.reading import Loc, Located, written

_DEEP = 6
"""No head is nested deeper; an alias that contains itself would be without end."""


@dataclass(frozen=True, slots=True)
class Document:
    """One Markdown file taken apart."""

    head: Located
    body: str
    body_line: int


def read_document(path: Path, file: str, faults: list[Fault]) -> Document | None:
    """Read a file, or add what is wrong with its head and return `None`."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        faults.append(Fault(file, 0, "", "is not UTF-8 text"))
        return None
    lines = text.splitlines()
    closing = next((n for n, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"), None)
    if not lines or lines[0].rstrip() != "---" or closing is None:
        faults.append(Fault(file, 1, "", "must begin with a head between two lines of '---'"))
        return None
    head = _read_head("\n".join(lines[1:closing]), file, faults)
    return Document(head, "\n".join(lines[closing + 1 :]), closing + 2) if head else None


def _read_head(text: str, file: str, faults: list[Fault]) -> Located | None:
    # The base loader leaves every value as text: `no` is a word here and a wrong date is reported, not raised.
    loader = CBaseLoader(text)
    try:
        node = loader.get_single_node()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults.append(Fault(file, mark.line + 2 if mark else 1, "", f"is not YAML: {error.problem}"))
        return None
    except YAMLError as error:
        faults.append(Fault(file, 1, "", f"is not YAML: {error}"))
        return None
    finally:
        loader.dispose()
    if not isinstance(node, MappingNode):
        faults.append(Fault(file, 1, "", "must have keys and values in its head"))
        return None
    walker = _Walker(file, faults)
    data = walker.mapping(node, ())
    return Located(file, data, walker.lines)


class _Walker:
    """Turns nodes into plain values, and notes the line of each."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        self.lines: dict[Loc, int] = {(): 1}
        self._file = file
        self._faults = faults

    def mapping(self, node: MappingNode, loc: Loc) -> dict[str, object]:
        """The keys and values of one mapping; a key given twice is a fault, since the first would be lost."""
        data: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 2
            if key in data:
                self._faults.append(Fault(self._file, line, written((*loc, key)), "is given twice"))
            data[key] = self._value(value_node, (*loc, key))
            self.lines[(*loc, key)] = line
        return data

    def _value(self, node: Node, loc: Loc) -> object:
        self.lines[loc] = node.start_mark.line + 2
        if len(loc) > _DEEP:
            self._faults.append(Fault(self._file, self.lines[loc], written(loc), "is nested too deeply"))
            return ""
        if isinstance(node, MappingNode):
            return self.mapping(node, loc)
        if isinstance(node, SequenceNode):
            return [self._value(child, (*loc, index)) for index, child in enumerate(node.value)]
        assert isinstance(node, ScalarNode)
        return str(node.value)
