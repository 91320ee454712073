"""The partnership's own numbers, read as whose they are: `is 020 8424 0999 still right` asks about a team."""

from __future__ import annotations

import re
from collections.abc import Mapping

from services.screening.numbers import digits_of

_SHORTEST = 7
"""Digits. 999 and 101 are words of the guidance themselves."""


class PhoneBook:
    """Built once from what is published; pure after that."""

    def __init__(self, phones: Mapping[str, str]) -> None:
        """`phones` by their number as published, with the name of whom one reaches there."""
        self._names = {digits: name for number, name in phones.items() if len(digits := digits_of(number)) >= _SHORTEST}
        spaced = "|".join(r"[ -]?".join(digits) for digits in self._names)
        self._number = re.compile(rf"(?<!\d)(?:{spaced})(?!\d)") if self._names else None

    def read(self, text: str) -> str:
        """The text with `<name> number` for each number of ours, however it is spaced."""
        if self._number is None:
            return text
        return self._number.sub(lambda found: f"{self._names[digits_of(found[0])]} number", text)
