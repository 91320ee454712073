"""What is to be done is said ("accept", "approve"); of which of several places is asked, and a number does it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dialogs.choosing import said_number
from dialogs.turn import EXPECT, Answer, AnswerReader, Flow, Turn

WHICH, DEED = "which-place", "deed"


def asked(deed: str, places: Iterable[int]) -> dict[str, str]:
    """The state after the question. `deed` is the verb of the button that each place could have."""
    return {EXPECT: WHICH, WHICH: " ".join(map(str, places)), DEED: deed}


def choose(flows: Mapping[str, Flow]) -> AnswerReader:
    """Reads the number and presses that button; None for words on something else."""

    async def read(turn: Turn) -> Answer | None:
        chosen, deed = said_number(turn.said.text, turn.state.get(WHICH, "").split()), turn.state.get(DEED, "")
        flow = flows.get(deed)
        return await flow(turn.saying(verb=deed, booking=chosen)) if chosen and flow is not None else None

    return read
