"""What is said about an action less exactly than by a command: half an order, how it stands, a question about it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dialogs.actions import item_answers, managing_item, own_items
from dialogs.actions.action_refs import named
from dialogs.actions.item_answers import DRAFT
from dialogs.actions.own_items import PROGRESS
from dialogs.actions.sayings import LEAD, REF
from dialogs.choosing import folded, said_stop, said_yes
from dialogs.meanwhile import asks
from dialogs.talk import Reply
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import say
from services import actions
from services.errors import ServiceError
from services.kept import kept_text
from services.model import ActionItem, ActionState, Role

NOTE = "action-note"
MOST_NAMED = 3
"""How many words that may be a reference are looked up."""
LONGEST_NOTE = 30
"""Words of what stands behind a reference. What is longer is no short word on how it goes."""
_ABOUT_ONE = re.compile(
    r"\s*(?:please\s+)?(?:more time|extension|extend|snooze|later|remind me|not mine|re-?assign|assign|give|grant|"
    r"agree|refuse|re-?audit(?:ed)?|re-?open|event|done|close|progress|update)\b",
    re.IGNORECASE,
)
"""Words that do something with one item, though not in a way that we can read."""
_ANY_REF = re.compile(rf"(?<!\w)(?!\d+\b(?!-)){REF}", re.IGNORECASE)
"""What may name that item: not a number alone, which counts something."""
_WANTS_TIME = re.compile(
    r"(?:(?:please|can|could|may|i|i'd|id|we|have|get|need|want|like|to|ask for|a bit|some|sorry|hi) )+"
    r"(?:more time|(?:an )?extension)"
    r"(?: (?:on|for|with|to (?:do|finish)) (?:it|this|that|(?:my|the|this|that) actions?"
    r"|(?:my|the) \w+(?: \w+)? (?:one|action)))?"
    r"(?: please| thanks)*"
)
"""Names no action, so only who has a single one can mean it."""
_AGES = re.compile(r"\b(?:age[ds]? (?:of )?\d+-\d+|\d+-\d+[ -]?(?:years?|yrs?|y/?os?)\b)", re.IGNORECASE)
"""17-26 may be an action, and is none in "17-26 year olds"."""
_TIME = r"(?:more time|(?:an? )?extension|longer)"
_NO_DAY = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\s*{LEAD}{_TIME}\s+(?:for\s+|on\s+|with\s+|to\s+(?:do|finish)\s+)?(?:the\s+)?(?:action\s+)?{REF}\W*",
        rf"\s*{REF}\W+(?:(?:i|we)\s+)?(?:needs?\s+)?(?:some\s+|a bit\s+|a little\s+)?{_TIME}\W*",
        rf"\s*extend\s+{REF}\W*",
    )
)
_LATE = re.compile(
    rf"\s*(?:the\s+)?(?:action\s+)?{REF}['’]?s?\W+"
    r"(?:(?:is|will|be|going|to|might|may|was|has|been|now|still|a bit|running)\s+)*"
    r"(?:delayed|late|behind(?: schedule)?|slipping|slipped|overrunning|not be ready|not be done"
    r"|not (?:going to )?make it|won['’]?t (?:be (?:done|ready|finished)|make it))"
    r"(?:\s+(?:in|on)\s+time|\s+by then)?\W*",
    re.IGNORECASE,
)
_TELLS = re.compile(
    rf"\s*(?:the\s+)?(?:action\s+)?{REF}(?:\s*[,:;–]\s*|\s+(?:-\s+)?)(?P<told>\S.*)", re.IGNORECASE | re.DOTALL
)
_DOES = re.compile(
    r"(?:evidence|history|open|show|manage|assign|event|re-?audit(?:ed)?|requests?|grant|agree|refuse|approve|close|extend|to)\b",
    re.IGNORECASE,
)
"""Behind a reference these do something with it, though not in a way that we can read."""


_TITLES: Mapping[str, str] = {
    **dict.fromkeys(("more time", "extension", "i need more time", "need more time", "extend"), "more-time"),
    **dict.fromkeys(("done", "its done", "it's done", "it is done", "mark it as done", "finished"), "done"),
    **dict.fromkeys(("progress", "update", "note", "progress note"), "progress"),
    **dict.fromkeys(("not mine", "its not mine", "it's not mine", "it is not mine"), "not-mine"),
    **dict.fromkeys(("close", "close it", "impact"), "close"),
    **dict.fromkeys(("reopen", "reopen it", "open it again"), "reopen"),
}
"""Titles of the forms on an action's card, and what they are called in words."""


async def heard(turn: Turn) -> Answer | None:
    """The answer to such words; None where they are about nothing of ours."""
    return (
        await _of_shown(turn)
        or await _of_listed(turn)
        or await _wants_time(turn)
        or await _half_said(turn)
        or await _asked_about(turn)
        or await _told(turn)
    )


def needs_time(text: str) -> str | None:
    """The reference in `more time BO-01` and `BO-01 is delayed`, which name no day; None for other words."""
    found = next((one for form in (*_NO_DAY, _LATE) if (one := form.fullmatch(text))), None)
    return found["ref"] if found else None


def does_with(text: str) -> bool:
    """True for "BO-01 close" and the like: an order that begins with what it is about."""
    found = _TELLS.fullmatch(text)
    return found is not None and _DOES.match(found["told"]) is not None and not asks(text)


def note_on(text: str) -> tuple[str, str] | None:
    """A reference, and what is told of it: "BO-01 on hold". None for a question, an order or a long story."""
    found = _TELLS.fullmatch(text)
    if found is None or _AGES.search(text) or asks(text) or asks(found["told"]) or _DOES.match(found["told"]):
        return None
    return (found["ref"], found["told"].strip()) if len(found["told"].split()) <= LONGEST_NOTE else None


async def _of_shown(turn: Turn) -> Answer | None:
    """`more time` or `not mine` beneath one action: what the form of that title would have held is asked for."""
    number = turn.state.get(own_items.ONE_SHOWN, "")
    deed = _TITLES.get(folded(turn.said.text)) if number and EXPECT not in turn.state else None
    if deed is None or turn.person is None:
        return None
    item = await actions.find_own(turn.work, turn.person, int(number))
    if deed == "more-time":
        return item_answers.ask_day(item, deed if item.owner_id == turn.person.id else "extend")
    return await item_answers.carry_out(turn, item_answers.DEEDS[deed][0], item, {})


async def _of_listed(turn: Turn) -> Answer | None:
    """The same beneath a list: of which of them? A number still opens one."""
    numbers = turn.state.get(own_items.ITEMS, "").split()
    if turn.state.get(EXPECT) != own_items.ITEMS or not numbers or folded(turn.said.text) not in _TITLES:
        return None
    first = await turn.work.actions.by_id(int(numbers[0]))
    if first is None:
        return None
    words = turn.said.text.strip(" .!?").lower()
    return answer(Reply(say("action-of-which", words=words, ref=first.ref)), **dict(turn.state))


async def _wants_time(turn: Turn) -> Answer | None:
    """`i need more time`, of who has one open action: until when is asked. With several these are listed as ever."""
    if not turn.personal or turn.person is None or _WANTS_TIME.fullmatch(folded(turn.said.text)) is None:
        return None
    mine = await turn.work.actions.open_of(turn.person.id)
    return item_answers.ask_day(mine[0]) if len(mine) == 1 else None


async def _half_said(turn: Turn) -> Answer | None:
    """`more time BO-01` without a day: its owner is asked for it. Anything else half said shows the item with what can
    be done, rather than guidance on something else."""
    ref = needs_time(turn.said.text)
    half = ref is None and (_ABOUT_ONE.match(turn.said.text) or does_with(turn.said.text))
    item = await named(turn, ref) if ref else await _named_in(turn, turn.said.text) if half else None
    if item is None:
        return None
    if not turn.personal:
        raise ServiceError("personal-only")
    if ref and item.state is ActionState.OPEN and item.owner_id == turn.known().id:
        return item_answers.ask_day(item)
    return await _shown(turn, item)


async def _shown(turn: Turn, item: ActionItem) -> Answer:
    shown = await managing_item.open_one(turn.saying(item=str(item.id)))
    first, *others = shown.replies
    lead = say("action-say-more", ref=item.ref)
    return Answer((Reply(f"{lead}\n{first.text}", first.card), *others), shown.state)


async def _asked_about(turn: Turn) -> Answer | None:
    """`how is BO-01 going`: what is known of it; None where no item is named that the person may see."""
    person = turn.person
    item = await _named_in(turn, turn.said.text) if turn.personal and person and asks(turn.said.text) else None
    if item is None or person is None or not (item.owner_id == person.id or person.has(Role.MANAGER)):
        return None
    return None if _AGES.search(turn.said.text) else await managing_item.open_one(turn.saying(item=str(item.id)))


async def _named_in(turn: Turn, text: str) -> ActionItem | None:
    """The first item that is named anywhere in these words."""
    for found in list(_ANY_REF.finditer(text))[:MOST_NAMED]:
        if (item := await named(turn, found["ref"])) is not None:
            return item
    return None


async def _told(turn: Turn) -> Answer | None:
    """`BO-01 on hold` of its owner: kept as a note on progress after a yes. The manager is shown the item."""
    told = note_on(turn.said.text)
    item = await named(turn, told[0]) if told and turn.personal and turn.person is not None else None
    if told is None or item is None or turn.person is None or item.state is not ActionState.OPEN:
        return None
    if item.owner_id != turn.person.id:
        return await _shown(turn, item) if turn.person.has(Role.MANAGER) else None
    words = kept_text(told[1], turn.rules)
    state = {EXPECT: NOTE, "item": str(item.id), DRAFT: words}
    return answer(Reply(say("action-note-sure", ref=item.ref, note=words)), **state)


async def said_of_note(turn: Turn) -> Answer | None:
    """A yes keeps the note; None for anything but a yes or a no: it is said of something else."""
    agreed = said_yes(turn.said.text, "save")
    if agreed is None and not said_stop(turn.said.text):
        return None
    if not agreed:
        return answer(Reply(say("kept-as-it-was")))
    kept = {"item": turn.state.get("item", ""), "progress": turn.state.get(DRAFT, "")}
    return await own_items.progress(turn.saying(verb=PROGRESS, **kept))
