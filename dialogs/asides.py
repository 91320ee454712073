"""Words beside the point: a greeting, thanks, a yes nobody asked for, a number that is on no list.

They are neither questions nor gaps in the guidance: scolding for them, or counting them for the manager, helps nobody.
"""

from __future__ import annotations

import re

from dialogs import about
from dialogs.choosing import said_stop
from dialogs.courtesies import answers, approves, asks_again, asks_for_more, greets, nods, plain, thanks, waits
from dialogs.guidance import replies
from dialogs.judgements import displeased, pleased
from dialogs.questions import handing
from dialogs.questions.tickets import TICKET
from dialogs.talk import Reply
from dialogs.turn import EXPECT, TOPIC, Answer, Turn, answer
from dialogs.wording import say
from services.model import Ticket, TicketState

_NUMBER = re.compile(r"\d{1,2}[.)]?")


async def heard(turn: Turn) -> Answer | None:
    """The answer to such words; None for anything else. Where the conversation stood is kept, but for a stop."""
    said = plain(turn.said.text)
    if greets(said):
        shown = await about.show_help(turn)
        return Answer((Reply(f"{say('hello')}\n{shown.replies[0].text}", shown.replies[0].card),), dict(turn.state))
    answered = await judged(turn)
    if answered is not None:
        return answered
    if said_stop(said):
        under_way = EXPECT in turn.state
        return answer(Reply(say("kept-as-it-was" if under_way else "nothing-to-stop"), suggestions=("help",)))
    key = _key(turn, said)
    return answer(Reply(say(key), suggestions=("help",)), **dict(turn.state)) if key else None


def in_between(turn: Turn) -> Answer | None:
    """The answer to `hang on` and `what did you say?`, which answer nothing, not even a form that takes any words.

    `tell me more` after an article is another. The talk stands where it stood. None for anything else.
    """
    if waits(turn.said.text):
        key = "take-your-time"
    elif asks_again(turn.said.text):
        key = "said-above"
    elif asks_for_more(turn.said.text) and TOPIC in turn.state and EXPECT not in turn.state:
        return replies.show_more(turn)
    else:
        return None
    asked = [say("still-asked")] if EXPECT in turn.state else []
    return answer(Reply(" ".join([say(key), *asked]), suggestions=("help",)), **dict(turn.state))


async def judged(turn: Turn) -> Answer | None:
    """The answer to whether it helped: to the colleague's answer or the article it is said of; said of neither, that it
    did not is answered with other ways. None for anything else."""
    of_it = await _of_an_answer(turn, plain(turn.said.text))
    if of_it is not None or not displeased(plain(turn.said.text)):
        return of_it
    sorry = " ".join([say("sorry"), *replies.way_on(turn, "sorry-person")])
    return answer(Reply(f"{sorry}\n{say('danger-999')}", suggestions=("help",)), **dict(turn.state))


async def _of_an_answer(turn: Turn, said: str) -> Answer | None:
    """Whether it helped, said of a colleague's answer or of an article; None where there is neither."""
    helped, unhelped = pleased(said), displeased(said)
    bare = answers(said) and said != "please"
    ticket = await _ticket(turn) if helped or unhelped or bare else None
    if ticket is not None and (helped or unhelped or TICKET in turn.state):
        press = turn.saying(question=str(ticket.id))
        return await (handing.helped(press) if helped or said.startswith("y") else handing.not_helped(press))
    if TOPIC not in turn.state or not (helped or unhelped):
        return None
    article = turn.saying(topic=turn.state[TOPIC])
    return await (replies.was_helpful(article) if helped else replies.was_unhelpful(article))


async def _ticket(turn: Turn) -> Ticket | None:
    """The answered question of one's own that was just shown; with no article shown either, the only one there is."""
    if not turn.personal or turn.person is None or (TOPIC in turn.state and TICKET not in turn.state):
        return None
    mine = await turn.work.tickets.asked_by(turn.person.id, limit=handing.SHOWN)
    answered = [one for one in mine if one.state is TicketState.ANSWERED]
    if TICKET in turn.state:
        return next((one for one in answered if str(one.id) == turn.state[TICKET]), None)
    return answered[0] if len(answered) == 1 else None


def _key(turn: Turn, said: str) -> str | None:
    if thanks(said) or pleased(said):
        return "you-are-welcome"
    if _NUMBER.fullmatch(said):
        return "number-not-listed"
    if EXPECT in turn.state and nods(said):
        return "say-which"
    if approves(said):
        return "good"
    return "nothing-asked" if answers(said) else None
