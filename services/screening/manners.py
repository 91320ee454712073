"""Words that only put something off, ask pardon, name a month or tell an age. Pure.

They have in common with a cry for help how short they are, and the word "now": a number before it is a sign of danger
("mum has taken 20 now"). So they are told apart as whole messages only; one word more, and they are weighed as ever.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.screening.grammar import NUMBER, plain_numbers


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_PUT_OFF = _words("not sorry later maybe")
_BESIDE = _words(
    "no yes ok okay oh please thanks thank you right now just yet today tomorrow then but this that one the for me at "
    "moment january february march april may june july august september october november december"
)
_AGE = re.compile(
    r"(?:he|she|they|i|hes|shes|theyre|im)"
    rf"(?: (?:is|are|am|was|both|just|only|already|turned|nearly|almost|about|all))* {NUMBER}"
    r"(?: years? old)?(?: (?:now|today|already|this year|next week|next month|please))*"
)


def is_mere_manners(words: Sequence[str]) -> bool:
    """True for "not right now", "sorry, may please" and "he is 17 now", and for nothing that says more than these."""
    said = set(words)
    if said & _PUT_OFF and said <= _PUT_OFF | _BESIDE:
        return True
    return _AGE.fullmatch(" ".join(plain_numbers(words))) is not None
