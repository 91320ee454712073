"""What a reading is good for: an answer, an offer of topics, a command, or a refusal. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from services.guidance.search import Reading

# Chosen by cross-validation over our own phrases; DOUBTED and UNFAMILIAR were weighed over all sets of questions, the
# development set among them: docs/guidance-search.md.
SURE = 0.55
"""From this chance on a topic is shown as the answer; below it the nearest topics are offered."""
CLOSE = 0.15
"""Two topics no further apart than this are both offered: several meanings (issue 3)."""
DOUBTED = 0.12
"""From this chance on that a message is outside, even a likely topic is only offered."""
UNFAMILIAR = 0.35
"""The same from this share of words that are not ours: of `how often is a catheter changed` only the grammar is."""
COMMANDED = 0.45
"""From this chance on a message is a command."""
BRIEFLY_COMMANDED = 0.6
"""The same for one or two words that are no command word for word: "tomorrow" may answer what the bot asked."""
_BRIEF = 2
OUTSIDE = 0.45
"""From this chance on a message is about nothing of ours."""
HARDLY_OURS, HARDLY_MORE = 0.12, 2.5
"""This much of a chance that it is outside is enough, when the best topic has no more than so many times as much."""
STRANGE = 0.5
"""With so many words that are not ours, a tenth of what is wanted otherwise is enough."""


def is_sure(reading: Reading) -> bool:
    """True when the best topic is likely enough, and far enough ahead, to be shown as the answer."""
    if reading.outside_chance >= DOUBTED or reading.strange_share >= UNFAMILIAR:
        return False
    best, *others = [chance for _, chance in reading.topics]
    return best >= SURE and (not others or best - others[0] >= CLOSE)


def is_command(words: Sequence[str], reading: Reading) -> bool:
    """True for an order; `words` are what was read."""
    return reading.command_chance >= (BRIEFLY_COMMANDED if len(words) <= _BRIEF else COMMANDED)


def is_outside(reading: Reading) -> bool:
    """True for what the guidance has nothing on."""
    best = reading.topics[0][1]
    if reading.outside_chance >= OUTSIDE:
        return True
    if reading.command_chance >= COMMANDED:
        return False
    if reading.outside_chance >= max(HARDLY_OURS, best / HARDLY_MORE):
        return True
    return best < SURE and reading.strange_share >= STRANGE and reading.outside_chance >= OUTSIDE / 10
