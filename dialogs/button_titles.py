"""Titles of buttons, typed: what the card last shown would do when pressed. Pure.

With a conversation's state stand the titles of its last card's buttons, and what each sends. A title that is typed
presses its button, with the same checks: what is remembered is what the card carries, and that is never authority.
What somebody wrote stays on the card: it may say who it is about, and nobody has screened it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from dialogs import cards
from dialogs.guidance.escalating import LOG_ASK
from dialogs.office.verbs import SESSION
from dialogs.talk import Card
from dialogs.training.booking import ACCEPT, BOOK, COLLEAGUE_ASK, DECLINE
from dialogs.training.cancelling import SUBSTITUTE_ASK
from dialogs.turn import EXPECT, Answer, Turn

BUTTONS = "buttons"
MOST, MOST_CHARACTERS = 20, 4000
"""Buttons, and characters of all that is kept of them. What is beyond is not remembered."""
LONGEST = 80
"""Characters of a title."""
FRESH = timedelta(hours=8)
"""A working day: a title typed later than that is no longer meant for the card."""
OFFER = frozenset({ACCEPT, DECLINE})
"""Told apart by what is offered, which may have come unasked after the card; by the card only with a number before."""
_BOOKS = frozenset(
    {"book it", "book that", "book this", "book me on it", "book me on that", "book me on", "book a place", "book one"}
)
"""Words for the one date that a card offers, whatever its button is called."""
_LOGS = re.compile(
    r"(?:(?:yes|ok|okay|right|so|then|now|can|could|you|we|i|want|need|to|lets) )*"
    r"log (?:it|this|that|this one|that one|(?:the|this|that|my) (?:challenge|escalation|disagreement))"
    r"(?: as (?:a|an|my) (?:challenge|escalation|disagreement))?(?: (?:for me|now|then|thanks))*"
)
"""Words for the challenge that a card offers to log, whatever its button is called."""
LISTS: Mapping[str, str] = {
    **dict.fromkeys(("mark as done", "keep this note", "ask for more time", "tell the manager"), "my-actions"),
    "remind me later": "my-actions",
    **dict.fromkeys(("more dates", "all dates", "other dates", "tell me when there is a date"), "courses"),
    **dict.fromkeys(("take this question", "pass it on", "send my answer"), "questions"),
    "i no longer need an answer": "my-questions",
    "send my question": "question.ask",
    "count from this date": "escalate",
    **dict.fromkeys(("the whole article", "the levels in short"), "walk"),
}
"""What a title leads to where its card is not the last of the talk, as when I wrote unasked: what it could be about."""
KEPT = frozenset(
    {"after", "booking", "by", "certificate", "challenge", "change", "charge", "colleague", "course", "domain"}
    | {"due", "evaluation", "follows", "form", "item", "items", "key", "last", "level", "more", "notice", "page"}
    | {"question", "request", "search", "session", "since", "stage", "start", "topic", "view", "when", "whom"}
)
"""What a button sends that may be remembered: ids, numbers, days and fixed keys, and what a search took from our own
list of courses. A button that sends anything else is not."""
_SHAPE = re.compile(r"[\w.:|+-]*|[\d ,]*")
"""An id, a number, a day, a fixed key, or several ids: no sentence."""
_FIXED = frozenset({"Input.ChoiceSet", "Input.Date", "Input.Time", "Input.Toggle"})
"""Fields in which nobody can write words of their own."""
ASK_AGAIN = frozenset({COLLEAGUE_ASK, SUBSTITUTE_ASK, SESSION})
"""Buttons back to an empty form, or out of one: they need nothing of what had been written into it."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Button:
    """What a title means. Without a verb it only opens a form on the card."""

    title: str
    verb: str
    data: Mapping[str, str]


def remember(turn: Turn, answered: Answer) -> Answer:
    """The answer, with the buttons of its last card in its state; without a card it stays what its flow left."""
    card = next((reply.card for reply in reversed(answered.replies) if reply.card is not None), None)
    if card is None or not turn.personal:
        return answered
    kept = {key: value for key, value in answered.state.items() if key != BUTTONS}
    found = buttons_of(card, forms=EXPECT not in kept)
    written = _written([one for one in found if one.verb not in OFFER or one.title[:1].isdigit()], turn.now)
    return replace(answered, state={**kept, BUTTONS: written} if written else kept)


def kept(turn: Turn) -> dict[str, str]:
    """What stands of the last card's buttons, where the answer brings none and what was asked is over."""
    return {BUTTONS: turn.state[BUTTONS]} if BUTTONS in turn.state else {}


def meant(turn: Turn) -> Button | None:
    """The button of the last card whose title was typed; `None` when there is none, or several that differ.

    A title that only our cards have leads to its list when its own card is not the last.
    """
    if not turn.personal or len(turn.said.text) > LONGEST:
        return None
    said = folded(turn.said.text)
    known = _remembered(turn)
    found = [one for one in known if one.title == said and said]
    if not found and said in _BOOKS:
        found = [one for one in known if one.verb == BOOK]
    if not found and _LOGS.fullmatch(said):
        found = [one for one in known if one.verb == LOG_ASK]
    pressed = [one for one in found if one.verb] or found
    if not pressed and said in LISTS and EXPECT not in turn.state:
        return Button(said, LISTS[said], {})
    return pressed[0] if pressed and all(one == pressed[0] for one in pressed) else None


def shows(turn: Turn, verb: str) -> bool:
    """True where the last card has a button that does this."""
    return any(one.verb == verb for one in _remembered(turn))


def ids_of(turn: Turn, verb: str, key: str) -> list[str]:
    """The sessions, bookings and so on (`key`) for which the last card has a button that does this."""
    found = {one.data.get(key, "") for one in _remembered(turn) if one.verb == verb}
    return sorted(found - {""})


def folded(title: str) -> str:
    """A title without capitals, punctuation and courtesy."""
    words = _WORD.findall(title.casefold().replace("’", "").replace("'", ""))
    return " ".join(word for word in words if word not in ("please", "pls"))


def _written(buttons: list[Button], now: datetime) -> str:
    rows = [[one.title, one.verb, one.data] for one in buttons[:MOST]]
    while rows and len(written := _dumped(rows, now)) > MOST_CHARACTERS:
        rows.pop()
    return written if rows else ""


def _dumped(rows: Sequence[Sequence[object]], now: datetime) -> str:
    return json.dumps({"at": now.isoformat(), "rows": rows}, separators=(",", ":"))


def _remembered(turn: Turn) -> list[Button]:
    """The buttons of the last card, unless it was shown too long ago."""
    kept = json.loads(turn.state.get(BUTTONS, "null"))
    if not isinstance(kept, dict) or turn.now - datetime.fromisoformat(kept["at"]) > FRESH:
        return []
    return [Button(*one) for one in kept["rows"]]


def buttons_of(
    card: Card, filled: Mapping[str, str] = MappingProxyType({}), *, free: bool = False, forms: bool = True
) -> Iterator[Button]:
    """Every button of a card, with what its form holds to begin with. With words of somebody's own in the form (`free`)
    or in what it sends, a button is remembered only as what its title leads to anyhow. Without `forms`, those of the
    forms that open on the card are left out, but for titles that only our cards have: a question of ours is open, and
    asks in words for what they hold."""
    nodes = list(cards.parts_of(card))
    fields = [one for one in nodes if "value" in one and "id" in one]
    filled = {**filled, **{str(one["id"]): str(one["value"]) for one in fields if one.get("type") in _FIXED}}
    free = free or any(one.get("type") not in _FIXED for one in fields)
    for node in nodes:
        title = folded(str(node.get("title", "")))
        data, form = node.get("data"), node.get("card")
        if node.get("type") == "Action.Execute" and isinstance(data, Mapping):
            sent = {str(key): str(value) for key, value in data.items()}
            yield from _of_execute(title, str(node["verb"]), sent, filled, free=free)
        elif isinstance(form, Mapping):
            yield Button(title, "", {})
            yield from (one for one in buttons_of(form, filled, free=free) if forms or one.title in LISTS)


def _of_execute(
    title: str, verb: str, sent: Mapping[str, str], filled: Mapping[str, str], *, free: bool
) -> Iterator[Button]:
    if verb in ASK_AGAIN:
        yield Button(title, verb, {key: value for key, value in sent.items() if _may_be_kept(key, value)})
    elif not free and all(_may_be_kept(key, value) for key, value in sent.items()):
        yield Button(title, verb, {**filled, **sent})
    elif title in LISTS:
        yield Button(title, LISTS[title], {})


def _may_be_kept(key: str, value: str) -> bool:
    return key in KEPT and (key == "search" or _SHAPE.fullmatch(value) is not None)
