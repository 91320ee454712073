"""References that look like none: with a space in them (`LO 12`), or without a figure (`A`, `plan`), as offices have
them in their files. They count after a word of command only, and where there is such an item: all else people type has
such words in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.turn import Turn
from services.model import ActionItem

USUAL = r"[a-z0-9]+-[a-z0-9][a-z0-9-]*|(?=\S*\d)[a-z0-9]+(?:[./][a-z0-9]+)*"
"""BO-01, and what offices call theirs: A3, 1.1, 12."""
_MARK = "\N{WHITE SQUARE}"
MARKED = rf"{_MARK}\d+"
"""An item by its id, which stands for an unusual reference while the words are read."""
_USUAL = re.compile(USUAL, re.IGNORECASE)
COMMAND = re.compile(
    r"\s*(?:please\s+)?(?:(?:i(?:['’]ve| have)?\s+)?(?:just\s+)?(?:done|completed?|finished|mark as done)|mark"
    r"|(?:progress|update|note)(?:\s+on)?|(?:more time|extension)(?:\s+(?:for|on))?|not mine|snooze|later|remind me"
    r"|history(?:\s+of)?|evidence pack(?:\s+(?:of|for))?|(?:re-?)?assign|extend|close|impact(?:\s+of)?|re-?open"
    r"|re-?audit(?:ed)?|event(?:\s+(?:of|for))?|manage|open|show|my action|action"
    r"|(?:grant|approve|accept|agree(?: to)?|refuse|reject|decline)(?:\s+(?:more time|transfer)(?:\s+(?:for|of))?)?"
    r")\s+",
    re.IGNORECASE,
)
_CALLED = re.compile(r"(?:the\s+)?(?:action|item)\s+", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_GOES_ON = re.compile(
    r"\s*(?:$|[.!,:;–-]|(?:until|till|to|by|for|on|because|as|since|is|was|done|completed?|finished|due|changed"
    r"|not|give|give it)\b)",
    re.IGNORECASE,
)
MOST_WORDS = 4


@dataclass(frozen=True)
class _Place:
    """Where a reference may stand in the words."""

    start: int
    end: int
    said: str


async def marked(turn: Turn, text: str) -> str:
    """The words with an unusual reference behind a command replaced by a mark; as they were where there is none.

    The mark is ours: one that somebody typed goes, or any number behind it would be the id of an item.
    """
    text = text.replace(_MARK, "")
    command = COMMAND.match(text)
    if command is None:
        return text
    starts = [command.end()]
    if called := _CALLED.match(text, command.end()):
        starts.append(called.end())
    # "action lo 12" may be all of the reference, and no command
    whole = [_Place(0, len(text), text.strip(" .!?\n\t"))] if text.strip().casefold().startswith("action ") else []
    places = [*whole, *(one for start in starts for one in _places(text, start))]
    if not places:
        return text
    known = {item.ref.upper(): item for item in await turn.work.actions.with_refs({one.said for one in places})}
    for one in places:
        item = known.get(one.said.upper())
        if item is not None and _is_meant(item, one.said, text[one.end :]):
            # "the action" before it goes as well
            lead = "open " if one in whole else text[: command.end()]
            return f"{lead}{_MARK}{item.id}{text[one.end :]}"
    return text


def _places(text: str, start: int) -> Iterator[_Place]:
    """The next words, the longest first; not what is a reference by its looks."""
    words = list(_WORD.finditer(text, start))[:MOST_WORDS]
    for last in reversed(words):
        said = text[start : last.end()].rstrip(".,:;!?")
        if said and not _USUAL.fullmatch(said):
            yield _Place(start, start + len(said), " ".join(said.split()))


def _is_meant(item: ActionItem, said: str, after: str) -> bool:
    """A word alone may be any word ("close a case"): it is the item's where it ends there, or stands as it is written
    with its capitals."""
    written = said == item.ref and said != said.lower()
    return " " in said or written or _GOES_ON.match(after) is not None


async def named(turn: Turn, ref: str) -> ActionItem | None:
    """The item of a reference as it was read, marked or not."""
    if ref.startswith(_MARK):
        return await turn.work.actions.by_id(int(ref.removeprefix(_MARK)))
    return await turn.work.actions.by_ref(ref)
