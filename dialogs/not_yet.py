"""Words that put a question of ours off: "not yet", "too early to tell", "i don't know". Pure. They are no answer that
could be kept, however freely one may be written."""

from __future__ import annotations

import re

from dialogs.courtesies import plain

_LEAD = (
    r"(?:(?:i|i'm|im|i am|we|we're|we are|it|it's|its|it is|is|that's|that is|there's|there is|far|still|really|sorry"
    r"|ok|okay|well|um|hm|no|please|honestly|just),? )*"
)
_TAIL = (
    r"(?:,? (?:yet|now|right now|just now|at the moment|at present|please|thanks|thank you|sorry|so far|really|for me"
    r"|i'm afraid|to (?:say|tell|know|judge|report|record|see)(?: anything)?))*"
)
_LATER = re.compile(
    rf"{_LEAD}(?:later|later on|not yet|not now|too (?:early|soon)|(?:ask|remind|try) (?:me )?(?:again )?(?:later|again"
    r"|another (?:time|day)|(?:next|in a|in a few|in some) \w+)|(?:don't|dont|do not) know|not (?:yet )?(?:sure|known"
    r"|certain|clear|decided)|unsure|uncertain|no (?:idea|clue)|unknown|(?:nothing|none|nowhere)(?= (?:yet|so far|to ))"
    r"|no (?:impact|difference|change|news)(?= (?:yet|so far))|(?:can't|cant|cannot|couldn't) (?:say|tell)"
    rf"|(?:we'll|we will|i'll|let's) see|wait and see|time will tell|idk|dunno|tbc|tbd|skip|pass){_TAIL}"
)


def not_yet(text: str) -> bool:
    """True for words that say nothing but that there is nothing to say yet."""
    return _LATER.fullmatch(plain(text).strip(" .?!")) is not None
