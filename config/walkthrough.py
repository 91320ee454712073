"""The guided walk-through of the levels of need as a partnership sets it: descriptions, the way on, what to write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from pydantic import model_validator

from config.data import Citations, Data, Marked, Slug, Text


class Description(Marked):
    """What one document describes at one level, in one part of a child's life. No signs: no document we hold does."""

    level: int
    signs: tuple[Text, ...]
    taken_from: Citations = ()
    """The document whose words these are. It may be another area's: then it is said to be."""

    @model_validator(mode="after")
    def _says_whose_words(self) -> Self:
        if self.signs and not self.taken_from:
            raise ValueError("has signs, so 'taken_from' must name the document they are from")
        return self


class Domain(Data):
    """One part of a child's life."""

    key: Slug
    name: Text
    about: Text
    levels: tuple[Description, ...]

    def at(self, level: int) -> tuple[Description, ...]:
        """The descriptions of one level, in the order of the file."""
        return tuple(one for one in self.levels if one.level == level)


class Pathway(Marked):
    """The usual way from one level, and the articles to read next. `referral`: say what to write in one."""

    level: int
    steps: tuple[Text, ...]
    topics: tuple[Slug, ...]
    referral: bool
    taken_from: Citations


class Referral(Marked):
    """What belongs in a referral."""

    write: tuple[Text, ...]
    topic: Slug
    taken_from: Citations


class Walkthrough(Data):
    """Everything in `walkthrough.toml`."""

    domains: tuple[Domain, ...]
    pathways: tuple[Pathway, ...]
    referral: Referral

    @model_validator(mode="after")
    def _keys_once(self) -> Self:
        keys: Sequence[object] = [*(one.key for one in self.domains), *(one.level for one in self.pathways)]
        doubled = [key for key in keys if keys.count(key) > 1]
        if doubled:
            raise ValueError(f"has '{doubled[0]}' twice")
        if not self.domains:
            raise ValueError("has no domains")
        return self

    def domain(self, key: str) -> Domain | None:
        """The domain called `key`."""
        return next((domain for domain in self.domains if domain.key == key), None)

    def pathway(self, level: int) -> Pathway | None:
        """The usual way from `level`."""
        return next((pathway for pathway in self.pathways if pathway.level == level), None)
