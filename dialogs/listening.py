"""Words that mean one flow of ours and nothing else, before the guidance is searched for what they might mean.

Each listener gets the turn and what the guide made of it, and answers, or returns None to let the next one listen.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from dialogs import challenging, charging, finding
from dialogs.turn import Answer, Flow, Turn
from services.model import Role
from services.understanding import Understanding

Listener = Callable[[Turn, Understanding], Awaitable[Answer | None]]

FOR_MANAGERS: Mapping[str, Flow] = {
    "charges": charging.list_due,
    "charges due": charging.list_due,
    "show charges": charging.list_due,
}


async def _challenges(turn: Turn, understood: Understanding) -> Answer | None:
    flow = challenging.flow_for(turn.said.text)
    return await flow(turn) if flow is not None else None


async def _managers(turn: Turn, understood: Understanding) -> Answer | None:
    flow = FOR_MANAGERS.get(" ".join(turn.said.text.lower().split()).rstrip(".!?"))
    may = turn.personal and turn.person is not None and turn.person.has(Role.MANAGER)
    return await flow(turn) if flow is not None and may else None


async def _training(turn: Turn, understood: Understanding) -> Answer | None:
    if turn.personal and finding.wants_to_book(turn, understood):
        return await finding.find_to_book(turn)
    return await finding.list_courses(turn) if finding.looks_for_training(turn, understood) else None


LISTENERS: tuple[Listener, ...] = (_challenges, _managers, _training)


async def listen(turn: Turn, understood: Understanding) -> Answer | None:
    """The answer of the first listener that has one."""
    for listener in LISTENERS:
        answered = await listener(turn, understood)
        if answered is not None:
            return answered
    return None
