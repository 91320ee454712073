"""What is wrong in a partnership's folder, said so that the person who keeps the folder can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong. `file` is relative to the folder, `line` counts from 1 (0: the file as a whole)."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        """`partnership.toml:12: booking.notice_working_days: must be a whole number`."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.key}: {self.message}" if self.key else f"{where}: {self.message}"


@dataclass(frozen=True, slots=True, order=True)
class Unconfirmed:
    """One value the partnership has still to confirm, and what to ask."""

    file: str
    line: int
    key: str
    note: str


class PackError(Exception):
    """A partnership's folder cannot be used. Carries every fault found, in the order of files and lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))
