"""From what a file says to typed values, with the line of everything that is wrong. Knows no particular file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from config.faults import Fault

Loc = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Located:
    """The plain content of a file and where each part of it stands."""

    file: str
    data: Mapping[str, object]
    lines: Mapping[Loc, int]

    def line(self, loc: Loc) -> int:
        """The line of `loc`, or of the nearest thing around it that is in the file."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 0)

    def fault(self, loc: Loc, message: str) -> Fault:
        """A fault at `loc`."""
        return Fault(self.file, self.line(loc), written(loc), message)


def written(loc: Loc) -> str:
    """A place in a file as people write it: `ladders[2].steps[0].at`."""
    text = ""
    for part in loc:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        elif part.isidentifier() or "-" in part:
            text += f".{part}" if text else part
    return text


def build(model: type[M], located: Located, faults: list[Fault]) -> M | None:
    """The typed value, or `None` with every fault added to `faults`."""
    try:
        return model.model_validate(located.data)
    except ValidationError as error:
        faults.extend(located.fault(detail["loc"], sentence(detail)) for detail in error.errors())
        return None


def sentence(detail: ErrorDetails) -> str:
    """One validation error in words that say what to write instead."""
    say = _SENTENCES.get(detail["type"])
    return say(detail) if say else f"{_lower(detail['msg'])}, not '{detail['input']}'"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _must_be(what: str) -> Callable[[ErrorDetails], str]:
    return lambda detail: f"must be {what}, not '{detail['input']}'"


_NUMBER = _must_be("a whole number")
_DATE = _must_be("a date such as 2026-11-21")
_YES_NO = _must_be("yes or no")
_LIST = _must_be("a list")
_SENTENCES: dict[str, Callable[[ErrorDetails], str]] = {
    "missing": lambda detail: "is missing",
    "extra_forbidden": lambda detail: "is not a key that belongs here",
    "value_error": lambda detail: str(detail["ctx"]["error"]),
    "enum": lambda detail: f"must be one of {detail['ctx']['expected']}, not '{detail['input']}'",
    "string_type": _must_be("text"),
    "string_too_short": lambda detail: "is empty",
    "string_pattern_mismatch": lambda detail: f"must look like {detail['ctx']['pattern']}, not '{detail['input']}'",
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_from_float": _NUMBER,
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "model_type": _must_be("a table of keys and values"),
    "model_attributes_type": _must_be("a table of keys and values"),
}
