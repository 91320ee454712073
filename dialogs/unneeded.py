"""`i no longer need it`, which names nothing: a question to a person that was just shown, or a place on the last card.

Of anything else it is asked what is meant: a course is never guessed.
"""

from __future__ import annotations

import re

from dialogs import button_titles
from dialogs.questions import handing
from dialogs.questions.tickets import TICKET, WITHDRAW, unneeded, withdrawn
from dialogs.talk import Reply
from dialogs.training.cancelling import CANCEL, CANCEL_ASK
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say

_QUESTION = re.compile(r"\b(?:answer|reply|response|question)\b", re.IGNORECASE)


async def heard(turn: Turn) -> Answer | None:
    """The answer to such words; `None` for words that name something, or that the last card gives a meaning."""
    needless = unneeded(turn.said.text)
    if not turn.personal or turn.person is None or not (needless or withdrawn(turn.said.text)):
        return None
    if ticket := turn.state.get(TICKET):
        return await handing.withdraw(turn.saying(verb=WITHDRAW, question=ticket))
    if _QUESTION.search(turn.said.text):
        return await handing.mine(turn)
    if not needless or button_titles.shows(turn, CANCEL_ASK) or button_titles.shows(turn, CANCEL):
        return None
    return answer(Reply(say("unneeded-which"), suggestions=("my bookings", "my questions")), **dict(turn.state))
