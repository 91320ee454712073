"""What a reading is good for: an answer, an offer of topics, a command, or a refusal. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from services.guidance.search import Reading

# Chosen by cross-validation over our own phrases; the two bars against which a message's distance is held were weighed
# over all sets of questions, the development set among them: docs/guidance-search.md.
SURE = 0.55
"""From this chance on a topic is shown as the answer; below it the nearest topics are offered."""
CLOSE = 0.15
"""Two topics no further apart than this are both offered: several meanings (issue 3)."""
COMMANDED = 0.45
"""From this chance on a message is a command."""
BRIEFLY_COMMANDED = 0.6
"""The same for one or two words that are no command word for word: "tomorrow" may answer what the bot asked."""
_BRIEF = 2
_LEAST = 1e-6  # a chance of nought has no logarithm
OUTSIDE = -2.33
"""From this distance on a message is about nothing of ours."""
DOUBTFUL = -2.9
"""From this distance on even a likely topic is only offered."""
LIKELY = 0.65
"""A topic as likely as this, asked for in words that are all ours, is offered at least."""
LIKELIER, AT_LEAST = 1.5, 0.2
"""So many times as likely to be outside as to be about any topic is enough, from this chance on: `could you draft an
email to my team` is long, and near to no topic."""
STRANGENESS, TELLING, LONG = 6.5, 0.24, 10
"""What words that are not ours add to the distance, if they are all, and what each telling word takes off, up to so
many. Found by logistic regression over phrases of ours that the model had not seen: who tells a long story of their
work mostly asks us, who asks in three words of which one is unknown mostly does not."""


def is_sure(reading: Reading) -> bool:
    """True when the best topic is likely enough, and far enough ahead, to be shown as the answer."""
    if distance(reading) >= DOUBTFUL:
        return False
    best, *others = [chance for _, chance in reading.topics]
    return best >= SURE and (not others or best - others[0] >= CLOSE)


def is_command(words: Sequence[str], reading: Reading) -> bool:
    """True for an order; `words` are what was read."""
    return reading.command_chance >= (BRIEFLY_COMMANDED if len(words) <= _BRIEF else COMMANDED)


def is_outside(reading: Reading) -> bool:
    """True for what the guidance has nothing on."""
    if reading.command_chance >= max(COMMANDED, reading.outside_chance):
        return False
    best = reading.topics[0][1]
    if best >= LIKELY and not reading.strange_share:
        return False
    return distance(reading) >= OUTSIDE or reading.outside_chance >= max(AT_LEAST, LIKELIER * best)


def distance(reading: Reading) -> float:
    """How far a message is from all that is ours: log-odds, without bounds."""
    chance = min(max(reading.outside_chance, _LEAST), 1.0 - _LEAST)
    return (
        log(chance / (1.0 - chance)) + STRANGENESS * reading.strange_share - TELLING * min(reading.telling_words, LONG)
    )
