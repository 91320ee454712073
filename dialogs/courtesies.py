"""Words that ask for nothing: a greeting, thanks, a goodbye, a bare yes or ok, and whether something helped. Pure."""

from __future__ import annotations

import re

_HELLO = re.compile(
    r"(?:hello|hi|hey|hiya|good (?:morning|afternoon|evening|day)|morning|afternoon)(?: (?:there|bot|all))?"
)
_THANKS = re.compile(
    r"(?:(?:ok(?:ay)?|great|brilliant|lovely|perfect|super|cool|no),? )?"
    r"(?:thanks|thank you|many thanks|cheers|ta|thx)(?: (?:very much|so much|a lot|again|for (?:that|your help)))?"
    r"|(?:good)?bye|see you"
)
_ANSWER = re.compile(r"yes|yes please|yep|yeah|y|no|nope|n|please")
_GOOD = re.compile(r"ok(?:ay)?|k|all right|alright|sure|fine|great|good|perfect|lovely|got it|understood|will do")


def plain(text: str) -> str:
    """A text without capitals, doubled spaces and the stop at its end."""
    return " ".join(text.casefold().replace("’", "'").split()).rstrip(".!")


def greets(text: str) -> bool:
    """True for a greeting and nothing more."""
    return _HELLO.fullmatch(plain(text)) is not None


def thanks(text: str) -> bool:
    """True for thanks or a goodbye and nothing more."""
    return _THANKS.fullmatch(plain(text)) is not None


def answers(text: str) -> bool:
    """True for a bare yes or no."""
    return _ANSWER.fullmatch(plain(text)) is not None


def approves(text: str) -> bool:
    """True for a bare "ok", "great" or the like."""
    return _GOOD.fullmatch(plain(text)) is not None


def courteous(text: str) -> bool:
    """True for a greeting, thanks or a goodbye."""
    return greets(text) or thanks(text)


def nods(text: str) -> bool:
    """True for a bare yes, no, ok or the like."""
    return answers(text) or approves(text)
