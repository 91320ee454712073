"""A challenge that was left half logged: what was chosen so far is kept until it is gone on with, or logged.

Only what is chosen from our own lists stands here, and a day, and that there is to be no note. A note is free text, and
is asked for once more.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from config.pack import Pack
from dialogs import dates
from dialogs.choosing import folded
from dialogs.turn import EXPECT, State, Turn
from services.spoken_days import day_meant

LOGGING = "challenge-log"
OWN, OTHER, STAGE, SINCE, SUBJECT, NOTE, FORM = "own", "other", "stage", "since", "subject", "note", "form"
ASKED = (OWN, OTHER, STAGE, SINCE, SUBJECT, NOTE)
FOLLOWS = "follows"
"""The id of a challenge that has ended, which the new one refers to."""
LEFT = "challenge-left"
_CHOSEN = (FORM, OWN, OTHER, STAGE, SINCE, SUBJECT, FOLLOWS)
_NAMED = re.compile(
    r"(?:(?:ok|okay|right|so|now|lets|please|can i|can we|i want to|i would like to|i'd like to) )*"
    r"(?:carry on|go on|go back|get back|back|continue|finish|complete|resume|pick up|return)"
    r"(?: (?:with|to|off|on|up))*"
    r" (?:my|the|that|logging(?: my| the| that)?)(?: half)?(?: (?:logged|left|done|finished|unfinished|started))?"
    r" (?:challenge|escalation|disagreement)(?: log)?(?: (?:again|now|please|then))*"
)
"""Goes on with it, and says with what."""
_ANEW = re.compile(r"\b(?:new|another|second|different|separate|one more)\b")
_BEGINS = re.compile(
    r"(?:(?:please|pls|ok|now|can|could|may|i|we|want|need|would|i'd|like|have|to|and|then) )*"
    r"(?:log|start|begin|raise|record|add|make) (?:a |an |one )?(?:new|another|second|different|separate|more)"
    r"(?: new)? (?:challenge|escalation|disagreement|one)(?: (?:please|now|too|instead|as well))*"
)


def half_logged(state: State) -> dict[str, str]:
    """What was chosen of the challenge that is being logged; empty where the person has chosen nothing yet."""
    if state.get(EXPECT) != LOGGING or OTHER not in state:
        return {}
    none = {NOTE: ""} if state.get(NOTE) == "" else {}
    return {name: state[name] for name in _CHOSEN if name in state} | none


def left(state: State) -> dict[str, str]:
    """What was chosen of the one that is being logged, or of the one that was left."""
    return half_logged(state) or dict(json.loads(state.get(LEFT, "{}")))


def is_named(text: str) -> bool:
    """True for "carry on with my challenge": the one that was left, if one was."""
    return _NAMED.fullmatch(folded(text)) is not None


def begins_anew(text: str) -> bool:
    """True for "log another challenge": one more, whatever is being logged."""
    return _BEGINS.fullmatch(folded(text)) is not None


def as_state(chosen: dict[str, str]) -> dict[str, str]:
    """How it is remembered."""
    return {LEFT: json.dumps(chosen)} if chosen else {}


def to_go_on_with(turn: Turn, known: dict[str, str]) -> dict[str, str]:
    """What was left, as far as it can still be chosen; empty where a new one is begun: in so many words, or because
    a stage or a day is `known` now that is not the one of before, or it follows another challenge."""
    before = standing(turn.rules.pack, left(turn.state))
    other = any(name in known and before.get(name, known[name]) != known[name] for name in (STAGE, SINCE))
    other = other or (FOLLOWS in known and before.get(FOLLOWS) != known[FOLLOWS])
    return {} if other or OTHER not in before or _ANEW.search(folded(turn.said.text)) else before


def standing(pack: Pack, chosen: Mapping[str, str]) -> dict[str, str]:
    """What of this can still be chosen."""
    return {name: value for name, value in chosen.items() if _stands(pack, name, value)}


def _stands(pack: Pack, name: str, value: str) -> bool:
    escalation = pack.partnership.escalation
    if name in (OWN, OTHER):
        return pack.agency(value) is not None
    if name == STAGE:
        return value.isdecimal() and escalation.stage(int(value)) is not None
    return name != SUBJECT or value in escalation.subjects.value


def as_read(turn: Turn, chosen: State) -> str:
    """What was chosen, in words."""
    pack = turn.rules.pack
    agencies = [found.name for name in (OWN, OTHER) if (found := pack.agency(chosen.get(name, "")))]
    number = chosen.get(STAGE, "")
    stage = pack.partnership.escalation.stage(int(number)) if number.isdecimal() else None
    day = day_meant(chosen.get(SINCE, ""), turn.today, turn.rules.workdays)
    parts = [*agencies, f"stage {number}, {stage.name}" if stage else "", dates.day(day) if day else ""]
    return "; ".join(part for part in [*parts, chosen.get(SUBJECT, "")] if part)


async def still_left(turn: Turn, state: State) -> dict[str, str]:
    """What was left, now or before, unless it is gone on with, or begun anew, or logged. A button of something else
    leaves what was being logged; words that end it do not."""
    if state.get(EXPECT) == LOGGING:
        return {}
    if turn.said.verb is not None and LEFT not in state:
        chosen = left(turn.state)
    else:
        chosen = dict(json.loads(state.get(LEFT) or turn.state.get(LEFT, "{}")))
    logged = chosen and turn.person and await turn.work.challenges.form_sent(turn.person.id, chosen[FORM])
    return {} if logged else chosen
