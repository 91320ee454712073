"""Words beside the point: a greeting, thanks, a yes nobody asked for, a number that is on no list.

They are neither questions nor gaps in the guidance: scolding for them, or counting them for the manager, helps nobody.
"""

from __future__ import annotations

import re

from dialogs import about
from dialogs.choosing import said_stop
from dialogs.courtesies import answers, approves, asks_again, asks_for_more, greets, nods, plain, thanks, waits
from dialogs.guidance import replies
from dialogs.questions import handing
from dialogs.questions.tickets import TICKET
from dialogs.talk import Reply
from dialogs.turn import EXPECT, TOPIC, Answer, Turn, answer
from dialogs.wording import say
from services.model import Ticket, TicketState

_IT = r"(?:this|that|it|the answer|(?:his|her|their) answer)"
_BEFORE = (
    r"(?:(?:no|yes|yep|yeah|ok|okay|ah|oh|hm+|well|but|great|sorry|thanks|thank you|thankyou|ta|cheers|actually"
    r"|unfortunately|im afraid)[,.!]? )*"
)
_AFTER = (
    r"(?:[,.!]? (?:at all|a lot|lots|loads|so much|very much|much|me|us|though|either|thanks|thank you|ta|cheers"
    r"|sorry))*"
)
_QUITE = r"(?:(?:really|very|so|quite|actually|particularly|all that|that) )*"
_HELPED = re.compile(
    rf"{_BEFORE}(?:{_IT}(?:s| has| have)? {_QUITE}helped|(?:{_IT}(?:s| is| was)? )?{_QUITE}helpful){_AFTER}"
)
_NOT = r"(?:did not|didnt|does not|doesnt|has not|hasnt)"
_WANTED = r"what i (?:asked|meant|wanted|needed|was (?:after|(?:asking|looking)(?: for)?))"
_UNHELPED = re.compile(
    rf"{_BEFORE}(?:(?:{_IT} )?{_NOT} {_QUITE}(?:help(?:ed)?|answer(?:ed)? (?:it|me|that|my question|the question))"
    rf"|(?:{_IT}(?:s| is| was)? )?(?:not (?:{_QUITE}helpful|{_WANTED})|unhelpful|no help)"
    rf"|{_IT} (?:isnt|wasnt) (?:{_QUITE}helpful|{_WANTED})|wrong answer){_AFTER}"
)
_VERY = r"(?:(?:so|just|really|very|all|totally|completely|absolutely|bloody|fucking|complete|total|utter|a load of) )*"
_BAD = (
    r"(?:useless|rubbish|crap|bollocks|nonsense|rubbish answer|pointless|hopeless|stupid|terrible|awful|annoying"
    r"|frustrating|ridiculous|a joke|a waste of time|no use|no good|not (?:useful|any use|much help|good enough)"
    r"|wrong|incorrect|not (?:right|true|correct)|(?:out of date|outdated))"
)
_THEY = rf"(?:{_IT}|you|(?:this|the) bot|(?:that|this) answer)"
_ANGRY = re.compile(
    rf"(?:no,? |but |well,? |i think )*(?:{_THEY}(?:s|re| is| are| was)? )?"
    rf"{_VERY}{_BAD}(?: (?:answer|bot|thing|about (?:that|this|it)|there|again|too))*"
    r"|wtf|ffs|omg|argh+|for (?:god|goodness|fuck|pete)s? ?sake|what the (?:hell|heck|fuck)|(?:stupid|useless) bot"
    r"|you (?:dont|do not|didnt|did not) (?:understand|get it|get me|help|listen)(?: me| at all)?"
    r"|(?:this|it|that) (?:doesnt|does not|isnt|is not) (?:make sense|work|working)"
)
"""Said of an answer it did not help; said of nothing, it is a plea for something that does. Apostrophes, which few
people type, are left out of all three before they are read."""
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
    if of_it is not None or not _displeased(plain(turn.said.text)):
        return of_it
    sorry = " ".join([say("sorry"), *replies.way_on(turn, "sorry-person")])
    return answer(Reply(f"{sorry}\n{say('danger-999')}", suggestions=("help",)), **dict(turn.state))


async def _of_an_answer(turn: Turn, said: str) -> Answer | None:
    """Whether it helped, said of a colleague's answer or of an article; None where there is neither."""
    helped, unhelped = _pleased(said), _displeased(said)
    bare = answers(said) and said != "please"
    ticket = await _ticket(turn) if helped or unhelped or bare else None
    if ticket is not None and (helped or unhelped or TICKET in turn.state):
        press = turn.saying(question=str(ticket.id))
        return await (handing.helped(press) if helped or said.startswith("y") else handing.not_helped(press))
    if TOPIC not in turn.state or not (helped or unhelped):
        return None
    article = turn.saying(topic=turn.state[TOPIC])
    return await (replies.was_helpful(article) if helped else replies.was_unhelpful(article))


def _pleased(said: str) -> bool:
    return _HELPED.fullmatch(said.replace("'", "")) is not None


def _displeased(said: str) -> bool:
    bare = said.replace("'", "")
    return (_UNHELPED.fullmatch(bare) or _ANGRY.fullmatch(bare)) is not None


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
    if thanks(said) or _pleased(said):
        return "you-are-welcome"
    if _NUMBER.fullmatch(said):
        return "number-not-listed"
    if EXPECT in turn.state and nods(said):
        return "say-which"
    if approves(said):
        return "good"
    return "nothing-asked" if answers(said) else None
