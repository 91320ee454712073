"""The place that was spoken of last, one's own or a colleague's: booked, changed, shown alone or given back.

What is said next of "it" is about this place, though help or an article came between. Only a number is remembered, and
it is looked at anew every time: it is never authority.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dialogs import button_titles
from dialogs.button_titles import BUTTONS, FRESH
from dialogs.training.cancelling import CANCEL_ASK, REFUSE
from dialogs.turn import LAST_PLACE, Answer, State, Turn
from services import bookings
from services.bookings import Placed
from services.errors import NotFound

CLOSE = 2
"""So many turns later "cancel it" still means this place, and nothing that was spoken of since."""


def remember(turn: Turn, answered: Answer) -> Answer:
    """The answer with the place that it is about, or else with the one before it, one turn further away."""
    if not turn.personal:
        return answered
    kept = {key: value for key, value in answered.state.items() if key != LAST_PLACE}
    named = answered.state.get(LAST_PLACE, "")
    shown = [named] if named.isdecimal() else _on_card(turn, answered)
    if len(shown) == 1:
        return replace(answered, state={**kept, LAST_PLACE: f"{shown[0]} 0 {turn.now.isoformat()}"})
    before = _read(turn) if not shown else None
    if before is None:
        return replace(answered, state=kept)
    booking, turns, at = before
    return replace(answered, state={**kept, LAST_PLACE: f"{booking} {turns + 1} {at.isoformat()}"})


def _on_card(turn: Turn, answered: Answer) -> list[str]:
    """The bookings on the card of this answer that the person speaking could give back."""
    if answered.state.get(BUTTONS) == turn.state.get(BUTTONS):
        return []
    then = replace(turn, state=answered.state)
    return sorted({one for verb in (CANCEL_ASK, REFUSE) for one in button_titles.ids_of(then, verb, "booking")})


def _read(turn: Turn) -> tuple[int, int, datetime] | None:
    parts = turn.state.get(LAST_PLACE, "").split(" ")
    if len(parts) != len(("booking", "turns", "at")):
        return None
    at = datetime.fromisoformat(parts[2])
    return (int(parts[0]), int(parts[1]), at) if turn.now - at <= FRESH else None


async def of(turn: Turn, *, within: int | None = None) -> Placed | None:
    """That place as it stands now, if it was spoken of at most `within` turns before this one; None where it is not
    the speaker's to see any more."""
    found = _read(turn) if turn.personal and turn.person is not None else None
    if found is None or (within is not None and found[1] > within):
        return None
    try:
        return await bookings.find_own(turn.work, turn.known(), found[0])
    except NotFound:
        return None


def as_state(state: State) -> dict[str, str]:
    """How it is kept when what was asked has lapsed."""
    return {LAST_PLACE: state[LAST_PLACE]} if LAST_PLACE in state else {}
