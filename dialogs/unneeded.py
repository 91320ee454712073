"""`i no longer need it`, `undo that` and `has anyone answered`, which name nothing: a question to a person that was
just shown, or a place on the last card.

Of anything else it is asked what is meant: a course is never guessed.
"""

from __future__ import annotations

import re

from dialogs import button_titles
from dialogs.choosing import folded
from dialogs.questions import handing
from dialogs.questions.tickets import SHOW, TICKET, WITHDRAW, unneeded, withdrawn, withdraws_one
from dialogs.talk import Reply
from dialogs.training import it_words, swapping
from dialogs.training.cancelling import CANCEL, CANCEL_ASK, ask_cancel
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services.model import TicketState

_OOPS = r"(?:(?:oops|whoops|oh|no|wait|sorry|please|can you|could you) )*"
_UNDOES = re.compile(
    rf"{_OOPS}(?:undo|reverse|revert|take back)(?: (?:that|it|this|the last one|what i did))?(?: please)?"
    rf"|{_OOPS}(?:oops|whoops|my (?:mistake|bad)|that was a mistake|wrong (?:one|course|button|session))(?: sorry)?"
    rf"|{_OOPS}(?:oops|whoops) (?:cancel|scrap|drop|forget) (?:that|it|this)(?: (?:one|please))?"
)
_WRONG_DATE = re.compile(rf"{_OOPS}(?:that is |that's |thats |it's |its )?(?:the )?wrong (?:date|day|time)(?: sorry)?")
"""Said of a place that was just booked, it is to be on another day."""
_WHEN_ANSWERED = re.compile(
    r"(?:(?:ok|okay|and|so) )*"
    r"(?:when (?:will|do|would|can) (?:i|we) (?:hear(?: back)?|know|get (?:an?|my|the) (?:answer|reply))"
    r"|how long (?:will|does|do) (?:it|that|this|they|an answer) take)(?: (?:to answer|by|please))*"
)
_ANSWERED_YET = re.compile(
    r"(?:(?:ok|okay|and|so|hi|hello|please|just checking) )*"
    r"(?:(?:has|have|did|is) (?:anyone|anybody|someone|somebody|they|there)(?: been)?"
    r" (?:(?:an|any) (?:answer|reply|response)|answer(?:ed)?|repl(?:y|ied)|respond(?:ed)?|(?:get|got|come) back)"
    r"|(?:is there )?(?:any|an) (?:answer|reply|response))"
    r"(?: (?:to )?(?:me|us|it|this|that))?(?: (?:yet|already|so far|at all|please))*"
)
"""Of a question to a person, where one was asked; a challenge and a waiting list may be answered too."""
_QUESTION = re.compile(r"\b(?:answer|reply|response|question)\b", re.IGNORECASE)


async def heard(turn: Turn) -> Answer | None:
    """The answer to such words; `None` for words that name something, or that the last card gives a meaning."""
    if not turn.personal or turn.person is None:
        return None
    said, needless = folded(turn.said.text), unneeded(turn.said.text)
    called_off = needless or withdrawn(turn.said.text)
    if (asked := await _of_question(turn, said, called_off=called_off)) is not None:
        return asked
    if _ANSWERED_YET.fullmatch(said) and await _asked_somebody(turn):
        return await handing.mine(turn)
    if _UNDOES.fullmatch(said):
        return await _undone(turn)
    if _WRONG_DATE.fullmatch(said):
        return await _on_another_day(turn)
    if called_off and _QUESTION.search(turn.said.text):
        return await handing.mine(turn)
    if not needless or _shows_place(turn):
        return None
    return answer(Reply(say("unneeded-which"), suggestions=("my bookings", "my questions")), **dict(turn.state))


async def _of_question(turn: Turn, said: str, *, called_off: bool) -> Answer | None:
    """The same of the question to a person that was just shown, or of one in a list of them; `None` where there is
    none."""
    ticket = turn.state.get(TICKET)
    if ticket and _WHEN_ANSWERED.fullmatch(said):
        return await handing.mine(turn)
    if ticket and called_off:
        return await handing.withdraw(turn.saying(verb=WITHDRAW, question=ticket))
    which = withdraws_one(turn.said.text)
    listed = (called_off or which) and button_titles.shows(turn, SHOW)
    return await handing.withdraw_listed(turn, which) if listed else None


async def _asked_somebody(turn: Turn) -> bool:
    """True for whoever waits for an answer, or has one on which they have not spoken yet."""
    mine = await turn.work.tickets.asked_by(turn.known().id, limit=handing.SHOWN)
    return any(one.waiting or one.state is TicketState.ANSWERED for one in mine)


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
    if _shows_place(turn):
        return None
    return await it_words.undone(turn) or answer(Reply(say("undo-which"), suggestions=("my bookings", "my actions")))
