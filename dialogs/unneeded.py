"""`i no longer need it` and `undo that`, which name nothing: a question to a person that was just shown, or a place on
the last card.

Of anything else it is asked what is meant: a course is never guessed.
"""

from __future__ import annotations

import re

from dialogs import button_titles
from dialogs.choosing import folded
from dialogs.questions import handing
from dialogs.questions.tickets import TICKET, WITHDRAW, unneeded, withdrawn
from dialogs.talk import Reply
from dialogs.training.cancelling import CANCEL, CANCEL_ASK, ask_cancel
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say

_UNDOES = re.compile(
    r"(?:(?:oops|oh|no|wait|sorry|please|can you|could you) )*(?:undo|reverse|revert|take back)"
    r"(?: (?:that|it|this|the last one|what i did))?(?: please)?"
)
_QUESTION = re.compile(r"\b(?:answer|reply|response|question)\b", re.IGNORECASE)


async def heard(turn: Turn) -> Answer | None:
    """The answer to such words; `None` for words that name something, or that the last card gives a meaning."""
    needless = unneeded(turn.said.text)
    if turn.personal and turn.person is not None and _UNDOES.fullmatch(folded(turn.said.text)):
        return await _undone(turn)
    if not turn.personal or turn.person is None or not (needless or withdrawn(turn.said.text)):
        return None
    if ticket := turn.state.get(TICKET):
        return await handing.withdraw(turn.saying(verb=WITHDRAW, question=ticket))
    if _QUESTION.search(turn.said.text):
        return await handing.mine(turn)
    if not needless or _shows_place(turn):
        return None
    return answer(Reply(say("unneeded-which"), suggestions=("my bookings", "my questions")), **dict(turn.state))


def _shows_place(turn: Turn) -> bool:
    return button_titles.shows(turn, CANCEL_ASK) or button_titles.shows(turn, CANCEL)


async def _undone(turn: Turn) -> Answer | None:
    """`undo that` beneath anything but a place: what was done last may be no booking, so none is asked about."""
    shown = button_titles.ids_of(turn, CANCEL_ASK, "booking")
    if len(shown) == 1:
        return await ask_cancel(turn.saying(verb=CANCEL_ASK, booking=shown[0]))
    return None if _shows_place(turn) else answer(Reply(say("undo-which"), suggestions=("my bookings", "my actions")))
