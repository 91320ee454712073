"""A name in an order ("cancel bob"): where it stands in the words, and which of some people it can mean.

It is only held against people whom the speaker may act for anyway, and never kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dialogs.training.courses import courses_meant, wanted_then
from dialogs.turn import Turn
from services.colleagues import by_name, is_called
from services.model import Booking, Person

NAME = r"[^\W\d_]+(?:[.-][^\W\d_]+|'(?!s\b)[^\W\d_]+)*(?: [^\W\d_]+(?:[.-][^\W\d_]+|'(?!s\b)[^\W\d_]+)*){0,2}?"

_AND = re.compile(r"\s+and\s+", re.IGNORECASE)


def as_typed(turn: Turn) -> str:
    """The words on one line, as the forms of an order are held against them."""
    return " ".join(turn.said.text.replace("’", "'").split()).rstrip(".!? ")


def names_in(said: str) -> list[str]:
    """The name as it was typed, each of `bob and carol`, and, of `bobs`, the one that it may be the place of."""
    several = _AND.split(said)
    names = [said, *several] if len(several) > 1 else [said]
    return [*names, *(one[:-1] for one in names if one[-1:].casefold() == "s")]


def means_otherwise(turn: Turn, name: str) -> bool:
    """True where a day, a month or a course is said, and no name: "and may", "the forum too"."""
    dated = wanted_then(turn, name).span is not None or wanted_then(turn, f"in {name}").span is not None
    return dated or bool(courses_meant(turn.rules.pack, name))


def places_of(name: str, found: Sequence[Booking], people: Mapping[int, Person]) -> list[Booking]:
    """Those of some bookings that are of somebody who is called so."""
    return [one for one in found if any(is_called(people[one.person_id], said) for said in names_in(name))]


async def colleagues_called(turn: Turn, name: str) -> list[Person]:
    """Whoever works with the speaker and is called so."""
    return [who for one in names_in(name) for who in await by_name(turn.work, turn.known(), one)]
