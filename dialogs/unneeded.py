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
from dialogs.training import swapping
from dialogs.training.cancelling import CANCEL, CANCEL_ASK, ask_cancel
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say

_OOPS = r"(?:(?:oops|whoops|oh|no|wait|sorry|please|can you|could you) )*"
_UNDOES = re.compile(
    rf"{_OOPS}(?:undo|reverse|revert|take back)(?: (?:that|it|this|the last one|what i did))?(?: please)?"
    rf"|{_OOPS}(?:oops|whoops|my (?:mistake|bad)|that was a mistake|wrong (?:one|course|button|session))(?: sorry)?"
    rf"|{_OOPS}(?:oops|whoops) (?:cancel|scrap|drop|forget) (?:that|it|this)(?: (?:one|please))?"
)
_WRONG_DATE = re.compile(rf"{_OOPS}(?:that is |that's |thats |it's |its )?(?:the )?wrong (?:date|day|time)(?: sorry)?")
"""Said of a place that was just booked, it is to be on another day."""
_QUESTION = re.compile(r"\b(?:answer|reply|response|question)\b", re.IGNORECASE)


async def heard(turn: Turn) -> Answer | None:
    """The answer to such words; `None` for words that name something, or that the last card gives a meaning."""
    if not turn.personal or turn.person is None:
        return None
    said, needless = folded(turn.said.text), unneeded(turn.said.text)
    called_off = needless or withdrawn(turn.said.text)
    ticket = turn.state.get(TICKET)
    if ticket and called_off:
        return await handing.withdraw(turn.saying(verb=WITHDRAW, question=ticket))
    if _UNDOES.fullmatch(said):
        return await _undone(turn)
    if _WRONG_DATE.fullmatch(said):
        return await _on_another_day(turn)
    if not called_off:
        return None
    if _QUESTION.search(turn.said.text):
        return await handing.mine(turn)
    if not needless or _shows_place(turn):
        return None
    return answer(Reply(say("unneeded-which"), suggestions=("my bookings", "my questions")), **dict(turn.state))


async def _on_another_day(turn: Turn) -> Answer | None:
    """`wrong date` beneath the place that was just booked: which other dates there are."""
    shown = button_titles.ids_of(turn, CANCEL_ASK, "booking")
    if len(shown) != 1:
        return None
    return await swapping.show_dates(turn.saying(verb=swapping.DATES, booking=shown[0]))


def _shows_place(turn: Turn) -> bool:
    return button_titles.shows(turn, CANCEL_ASK) or button_titles.shows(turn, CANCEL)


async def _undone(turn: Turn) -> Answer | None:
    """`undo that` beneath anything but a place: what was done last may be no booking, so none is asked about."""
    shown = button_titles.ids_of(turn, CANCEL_ASK, "booking")
    if len(shown) == 1:
        return await ask_cancel(turn.saying(verb=CANCEL_ASK, booking=shown[0]))
    return None if _shows_place(turn) else answer(Reply(say("undo-which"), suggestions=("my bookings", "my actions")))
