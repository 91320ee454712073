"""Several action items in one order: "close BO-01, BO-02 and BO-03". The first is done, or asked about, as if it stood
alone, and it is said that the others are as they were."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.actions.action_refs import COMMAND, USUAL
from dialogs.talk import Reply
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services.model import ActionItem

_LEAD = re.compile(
    rf"(?:{COMMAND.pattern}|\s*(?:please\s+)?give\s+)?(?:the\s+)?(?:(?:actions?|items?)\s+)?", re.IGNORECASE
)
_ONE = rf"(?:[a-z]{{2,6}} \d{{1,3}}(?![\w-])|(?:{USUAL})(?<![.,]))"
_AND = r"\s*(?:,\s*and\b|,|&|\band\b|\bas well as\b)\s*"
_LIST = re.compile(rf"(?:{_ONE}|[^\s,&]+)(?:{_AND}{_ONE})+", re.IGNORECASE)
"""The first may look like nothing but itself: what is no item at all is found out."""
_JOINED = re.compile(_AND, re.IGNORECASE)
_BY_AND = re.compile(r"&|\band\b|\bas well as\b", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\s*(?:$|[.!:;–-]|,?\s*(?:until|till|to|by|for|because|as|since|is|are|was|were|now|all|both|done|completed?|finished"
    r"|not|needs?|more time|extension)\b)",
    re.IGNORECASE,
)
_REF = re.compile(r"[a-z0-9]+-[a-z]*\d+", re.IGNORECASE)
_CHALLENGE = re.compile(r"c-\d+", re.IGNORECASE)
_NUMBERS = re.compile(
    rf"(?:please )?(?:close|re-?open|extend|assign|done|complete|finish|mark) \d{{1,3}}(?:{_AND}\d{{1,3}})+"
    r"(?: (?:as )?done)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Several:
    """An order about several items, as one about the first of them."""

    text: str
    first: str


async def in_one_order(turn: Turn, text: str) -> Several | None:
    """The order with its first reference alone; None where it is about one item, or where what is joined are no
    references. Behind a comma alone, only what ends the list makes it one: a reason or evidence may begin so, and one
    may begin with a challenge."""
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    found = _LIST.match(text, start)
    if found is None:
        return None
    parts = _JOINED.split(found[0])
    first = await _item(turn, parts[0], "")
    if first is None or not (_BY_AND.search(found[0]) or _GOES_ON.match(text, found.end())):
        return None
    ends = not text[found.end() :].strip(" .!")
    for part in parts[1:]:
        named = _REF.fullmatch(part) and (ends or not _CHALLENGE.fullmatch(part))
        if not named and await _item(turn, part, first.ref) is None:
            return None
    if not parts[-1][-1:].isalnum():
        return None
    return Several(f"{_without_plural(text[:start])}{first.ref}{text[found.end() :]}", first.ref)


def _without_plural(lead: str) -> str:
    return re.sub(r"\b(?:the\s+)?(?:actions?|items?)\s+$", "", lead, flags=re.IGNORECASE)


async def _item(turn: Turn, said: str, like: str) -> ActionItem | None:
    """The item that is called so, or by its number alone behind one of the same plan: "BO-01 and 2"."""
    begin, _, number = said.rpartition(" ")
    begun = begin or (like.rpartition("-")[0] if number.isdecimal() else "")
    tried = [said, *(f"{begun}-{one}" for one in (number, number.zfill(2)) if begun and number.isdecimal())]
    for one in tried:
        if (item := await turn.work.actions.by_ref(one)) is not None:
            return item
    return None


def told(answered: Answer, several: Several | None) -> Answer:
    """What came of the first, and that nothing has changed for the others."""
    if several is None:
        return answered
    return Answer((*answered.replies, Reply(say("actions-one-at-a-time", ref=several.first))), answered.state)


def only_numbers(turn: Turn) -> Answer | None:
    """`close 3, 4 and 5` where these are no references: how actions are named; None for anything else."""
    said = " ".join(turn.said.text.split()).rstrip(".! ")
    if not turn.personal or turn.person is None or _NUMBERS.fullmatch(said) is None:
        return None
    return answer(Reply(say("actions-by-reference"), suggestions=("my actions",)))
