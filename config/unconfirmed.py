"""The list of what a partnership has still to confirm, drawn from the marks in its folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from config.data import Marked, Status
from config.draft import Draft, Placed
from config.faults import Unconfirmed
from config.reading import Loc, written

_NAMED_BY = ("key", "id", "kind", "record", "state", "name", "number", "level")
_NOT_APPROVED = "The partnership has not approved this text."


def list_unconfirmed(draft: Draft) -> tuple[Unconfirmed, ...]:
    """Every mark `confirm`, by file and line."""
    found: list[Unconfirmed] = []
    for placed in (draft.partnership, draft.walkthrough):
        found += _of_file(placed) if placed else []
    found += [
        Unconfirmed("courses.csv", row.line, row.value.id, row.value.note)
        for row in draft.courses
        if not row.value.confirmed
    ]
    found += [
        Unconfirmed(article.located.file, article.located.line(("status",)), article.value.id, _NOT_APPROVED)
        for article in draft.articles
        if article.value.status is Status.CONFIRM
    ]
    return tuple(sorted(found))


def _of_file(placed: Placed[Any]) -> Iterator[Unconfirmed]:
    located = placed.located
    for loc, key, mark in marks(placed.value):
        if not mark.confirmed:
            yield Unconfirmed(located.file, located.line(loc), key, mark.note)


def marks(value: object, loc: Loc = (), key: str = "") -> Iterator[tuple[Loc, str, Marked]]:
    """Every marked value inside `value`: where it stands, how people would call the place, and the mark."""
    if isinstance(value, Marked):
        yield loc, key, value
    if isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from marks(getattr(value, field), (*loc, field), f"{key}.{field}" if key else field)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from marks(item, (*loc, index), f"{key}[{_name(item) or written((index,))}]")


def _name(item: object) -> str:
    return next((str(getattr(item, field)) for field in _NAMED_BY if hasattr(item, field)), "")
