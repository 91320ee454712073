"""What is said about an action item by its reference, form by form, and which button's flow each of them does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.actions import managing_item, own_items, passing_on
from dialogs.actions.action_refs import MARKED, USUAL
from dialogs.actions.item_answers import DAY, WHY
from dialogs.turn import Flow

REF = rf"(?P<ref>{USUAL}|{MARKED})"
"""Words that look so are references only where the records say so."""
LEAD = (
    r"(?:(?:please|can|could|may|might|i|we|i['’]d|i['’]ll|get|give me|have|need|want|would|like|to|ask for|a bit|some"
    r"|a little|an?|sorry|hi)\s+)*"
)
"""What stands before an order that is put politely."""
_UNTIL = rf"(?:until|till|to|by|for)\s+{DAY}"
_TO = r"(?:to|give(?: it)? to)\s+(?P<to>[^\s@]+@[^\s@,;]+|[^,;]+?)"
_WHY_AND_TO = (
    r"(?:\s*[,.:-]\s*|\s+)(?:because(?:\s+of)?|as|since)\s+(?P<why>.+?)\s*[,.;]\s*(?:and\s+)?(?:please\s+)?"
    r"(?:give|pass|hand)(?:\s+it)?(?:\s+on)?\s+to\s+(?P<to>[^\s@]+@[^\s@,;]*[^\s@,;.]|[^,;]+?)"
)
"""The reason before the colleague: `..., because I moved, give it to nora@example.org`."""


@dataclass(frozen=True)
class Spoken:
    """One way of saying something about an item, and which fields of the button's form its parts are."""

    pattern: re.Pattern[str]
    flow: Flow
    fields: Mapping[str, str]
    verb: str | None = None


def _spoken(pattern: str, flow: Flow, verb: str | None = None, **fields: str) -> Spoken:
    return Spoken(re.compile(rf"\s*(?:please\s+)?{pattern}\s*[.!]?\s*", re.IGNORECASE | re.DOTALL), flow, fields, verb)


_REST = r"[\s:,-]*(?:because\b\s*(?:of\b\s*)?)?(?P<rest>.*)"
_DAY = r"(?P<day>.+)"
_WHOM = r"(?P<to>[^\s@]+@[^\s@,;]+|.+?)"

_IS = r"(?:(?:is|was|has been|are|now|all)\s+)*"
SAYINGS = (
    _spoken(
        rf"(?:i(?:['’]ve| have)?\s+)?(?:just\s+)?(?:done|completed?|finished|mark as done)\s+{REF}{_REST}",
        own_items.complete,
        evidence="rest",
    ),
    _spoken(rf"mark\s+{REF}\s+(?:as\s+)?(?:done|complete(?:d)?|finished){_REST}", own_items.complete, evidence="rest"),
    _spoken(rf"{REF}\s+{_IS}(?:done|completed?|finished)\b{_REST}", own_items.complete, evidence="rest"),
    _spoken(
        rf"{REF}\s+(?:needs\s+)?(?:more time|extension)\s+{_UNTIL}{WHY}",
        own_items.more_time,
        until="day",
        reason="why",
    ),
    _spoken(rf"{REF}\s+(?:is\s+)?not mine{_WHY_AND_TO}", own_items.not_mine, to="to", why="why"),
    _spoken(rf"not mine\s+{REF}{_WHY_AND_TO}", own_items.not_mine, to="to", why="why"),
    _spoken(rf"{REF}\s+(?:is\s+)?not mine(?:\s*[,:-]?\s*{_TO})?{WHY}", own_items.not_mine, to="to", why="why"),
    _spoken(rf"{REF}\s+(?:progress|update|note)\b{_REST}", own_items.progress, progress="rest"),
    _spoken(rf"(?:progress|update|note)\s+(?:on\s+)?{REF}{_REST}", own_items.progress, progress="rest"),
    _spoken(
        rf"(?:more time|extension)\s+(?:for\s+|on\s+)?{REF}\s+{_UNTIL}{WHY}",
        own_items.more_time,
        until="day",
        reason="why",
    ),
    _spoken(
        rf"{LEAD}(?:more time|extension|longer)\s+(?:for|on|with)\s+(?:the\s+)?{REF}\s+{_UNTIL}{WHY}",
        own_items.more_time,
        until="day",
        reason="why",
    ),
    _spoken(
        rf"{LEAD}(?:until|till)\s+{DAY}\s+(?:for|on|with|to\s+(?:do|finish))\s+(?:the\s+)?(?:action\s+)?{REF}{WHY}",
        own_items.more_time,
        until="day",
        reason="why",
    ),
    _spoken(
        rf"{REF}\W+(?:(?:i|we)\s+)?needs?\s+(?:it\s+)?(?:until|till)\s+{DAY}{WHY}",
        own_items.more_time,
        until="day",
        reason="why",
    ),
    _spoken(rf"not mine\s+{REF}(?:\s*[,:-]?\s*{_TO})?{WHY}", own_items.not_mine, to="to", why="why"),
    _spoken(
        rf"(?:snooze|later|remind me)\s+{REF}(?:\s+(?:until|till|in|for|on))?\s+{_DAY}", own_items.snooze, until="day"
    ),
    _spoken(rf"(?:snooze|later)\s+{REF}", own_items.snooze),
    _spoken(rf"history\s+(?:of\s+)?{REF}", managing_item.show_history),
    _spoken(rf"{REF}\s+history", managing_item.show_history),
    _spoken(rf"{REF}\s+evidence pack", managing_item.pack),
    _spoken(rf"evidence pack\s+(?:of\s+|for\s+)?{REF}", managing_item.pack),
    _spoken(
        rf"(?:give|transfer|pass|hand)\s+(?:over\s+)?{REF}\s+(?:(?:on|over|back)\s+)*to\s+(?!some(?:one|body)\b){_WHOM}"
        rf"(?:\s*,?\s+(?:by|due|until)\s+{_DAY}|{WHY})",
        passing_on.pass_on,
        to="to",
        due="day",
        why="why",
    ),
    _spoken(
        rf"{REF}\s+(?:should\s+(?:be\s+with|go\s+(?:back\s+)?to|be\s+for|belong\s+to)|belongs\s+to|goes\s+to)\s+"
        rf"{_WHOM}{WHY}",
        passing_on.pass_on,
        to="to",
        why="why",
    ),
    _spoken(
        rf"(?:remind|chase|nudge)\s+(?!me\b){_WHOM}\s+(?:about|of|on|for|to\s+do)\s+(?:the\s+)?(?:action\s+)?{REF}",
        passing_on.remind,
        to="to",
    ),
    _spoken(rf"(?:chase|nudge)\s+{REF}", passing_on.remind),
    _spoken(
        rf"(?:re-?)?assign\s+{REF}\s+to\s+(?!some(?:one|body)\b){_WHOM}(?:\s*,?\s+(?:by|due|until)\s+{_DAY})?",
        managing_item.assign,
        email="to",
        due="day",
    ),
    _spoken(rf"(?:re-?)?assign\s+{REF}\s+(?:by|due|until)\s+{_DAY}", managing_item.assign, due="day"),
    _spoken(rf"extend\s+{REF}\s+{_UNTIL}{WHY}", managing_item.extend, until="day", reason="why"),
    _spoken(rf"(?:close|impact(?: of)?)\s+{REF}{_REST}", managing_item.close, impact="rest"),
    _spoken(rf"re-?open\s+{REF}{_REST}", managing_item.reopen, reason="rest"),
    _spoken(rf"re-?audit\s+{REF}\s+(?:on\s+)?{_DAY}", managing_item.re_audit, on="day"),
    _spoken(
        rf"re-?audited\s+{REF}\s+(?P<changed>(?:not )?changed){_REST}",
        managing_item.tested,
        changed="changed",
        found="rest",
    ),
    _spoken(rf"event\s+(?:of\s+|for\s+)?{REF}\s+(?:on\s+|was\s+(?:on\s+)?)?{_DAY}", managing_item.event, on="day"),
    _spoken(rf"manage\s+{REF}", managing_item.open_one, managing_item.OPEN_AS_MANAGER),
    _spoken(rf"(?:open|show|action|my action)\s+{REF}", managing_item.open_one),
    # A number alone answers a question; it is no reference.
    _spoken(rf"(?=[\d\W]*[a-z]){REF}", managing_item.open_one),
)
_NO_NUMBER = r"(?!\s+(?:the\s+)?(?:requests?\s+)?\d+\b(?![./-]))"
"""Places on courses are approved by a number, and called requests too."""
DECISION = re.compile(
    rf"\s*(?P<verb>grant|agree|refuse|(?:approve|accept|agree\s+to|reject|decline){_NO_NUMBER})"
    rf"\s+(?:the\s+)?(?:(?P<what>more time|transfer|request)\s+(?:for\s+|of\s+|on\s+)?)?{REF}{_REST}",
    re.IGNORECASE | re.DOTALL,
)
REFUSES = frozenset({"refuse", "reject", "decline"})
