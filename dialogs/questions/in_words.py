"""Answering a colleague's question in words of one's own: `i'll take it`, then the answer, which is read back before it
goes, and `edit my answer` after that. The question is the one just shown."""

from __future__ import annotations

import re

from dialogs import button_titles, spoken
from dialogs.choosing import folded, said_stop, said_yes
from dialogs.corrections import instead
from dialogs.courtesies import courteous, nods
from dialogs.guidance import replies
from dialogs.meanwhile import asks, is_command, meanwhile
from dialogs.questions import answering, suggesting
from dialogs.questions.tickets import ANSWER, GIVE_BACK, HELD, SUGGEST, TAKE, name_of
from dialogs.talk import Reply
from dialogs.training.booking import BOOK
from dialogs.turn import EXPECT, Answer, Turn, answer, put_again
from dialogs.wording import say
from services import handover
from services.experts import waiting_for
from services.kept import kept_text
from services.model import Ticket, TicketState

DRAFT = "draft"
"""The answer as it was typed, screened, until a yes sends it."""
LONGEST_HEADING = 2
"""Words. "Private fostering" asks for a page, and answers nobody."""
_LEAD = (
    r"(?:(?:yes|yep|ok|okay|please|sure|right|well|i|i'll|ill|i'd|id|will|can|could|let me|let's|would|like|want|to"
    r"|happy|gladly|now) )*"
)
_IT = r"(?:it|this|that|(?:this|that) one|(?:the|this|that) question)"
_TAIL = r"(?: (?:on|up|then|now|please|thanks|for (?:him|her|them|you)))*"
_TAKES = re.compile(rf"{_LEAD}(?:take|pick up) {_IT}{_TAIL}")
_MINE = re.compile(
    rf"{_LEAD}(?:answer|deal with|reply to|do|have|handle) {_IT}{_TAIL}"
    rf"|{_LEAD}(?:(?:it's|its|that's|thats|it is|that is) )?mine{_TAIL}"
    rf"|{_LEAD}(?:you can )?leave (?:it|this|that) (?:to|with) me"
    rf"|{_LEAD}(?:(?:i'm|im|i am) on it|(?:i've|ive|i have|i) got (?:it|this|that)(?: one)?){_TAIL}"
)
"""Says as much of a question that was just shown; of nothing, it may mean a place or an action."""
_GOT_IT = re.compile(rf"{_LEAD}got (?:it|this|this one){_TAIL}")
"""Of a question that nobody has, "I have got it"; of any other, "understood"."""
_OF_GUIDANCE = re.compile(r"\b(?:guidance|guidelines?|article|page|policy|procedure)\b", re.IGNORECASE)
_MORE_THAN_ONE = re.compile(r"[.!?…]\s+\S")
_EDITS = re.compile(
    r"(?:(?:please|sorry|oh|no|wait|actually|i|can|could|want|need|would|like|to|let me) )*"
    r"(?:edit|change|correct|amend|fix|rewrite|reword|update) (?:my|the|that|this) (?:answer|reply|last answer)"
    r"(?: (?:please|again|now))*|(?:edit|correct|amend|rewrite|reword) (?:it|that)"
)
_GIVES_BACK = re.compile(
    r"(?:(?:please|sorry|no|actually|i|i'll|ill|want|need|to) )*(?:give|hand|put|pass) (?:it|this|that|the question)"
    r" back(?: (?:please|then))*|(?:sorry |no )*i (?:can't|cant|cannot) answer (?:it|this|that)"
)
_SUGGESTS = re.compile(
    rf"{_LEAD}(?:suggest|propose) {_IT}(?: as (?:a|one more) (?:phrase|way of asking))?(?: for (?P<topic>\w.*))?"
)


async def heard(turn: Turn) -> Answer | None:
    """The answer to words about the question just shown, or the only one that is free; None for anything else."""
    if not turn.personal or turn.person is None or EXPECT in turn.state:
        return None
    said = folded(turn.said.text)
    if HELD not in turn.state:
        return await _take_one(turn) if _TAKES.fullmatch(said) and not button_titles.shows(turn, BOOK) else None
    return await _of_this(turn, said)


async def _of_this(turn: Turn, said: str) -> Answer | None:
    question = turn.state[HELD]
    if _TAKES.fullmatch(said) or _MINE.fullmatch(said):
        return await answering.take(turn.saying(verb=TAKE, question=question))
    if _GOT_IT.fullmatch(said) and (await _held(turn)).state is TicketState.OPEN:
        return await answering.take(turn.saying(verb=TAKE, question=question))
    if _EDITS.fullmatch(said):
        return await answering.send(turn.saying(verb=ANSWER, question=question, shown="yes"))
    if found := _SUGGESTS.fullmatch(said):
        return await suggesting.suggest(turn.saying(verb=SUGGEST, question=question, topic=found["topic"] or ""))
    if _GIVES_BACK.fullmatch(said):
        return await answering.give_back(turn.saying(verb=GIVE_BACK, question=question))
    return None


async def _take_one(turn: Turn) -> Answer | None:
    """`take it`, as a notice of a question invites: the one that waits for the person speaking, else which of them."""
    free = [one for one in await waiting_for(turn.work, turn.known(), turn.rules) if one.taker_id is None]
    if len(free) == 1:
        return await answering.take(turn.saying(verb=TAKE, question=str(free[0].id)))
    return await answering.inbox(turn) if free else None


async def typed_answer(turn: Turn) -> Answer | None:
    """What is typed where an answer is expected: the answer, which is read back, a yes to it, or something else.

    None for a command. Nothing goes without a yes: somebody may type the next thing on their mind.
    """
    said, draft = turn.said.text.strip(), turn.state.get(DRAFT, "")
    agreed = said_yes(said, "send")
    if draft and agreed:
        return await answering.send(turn.saying(verb=ANSWER, question=turn.state[HELD], answer=draft))
    if spoken.read(said) is not None or courteous(said):
        return None
    ticket = await _held(turn)
    if said_stop(said):
        return answer(Reply(say("expert-not-sent", ref=ticket.ref)), **{HELD: turn.state[HELD]})
    if draft and agreed is False:
        return answer(Reply(say("expert-not-so", ref=ticket.ref)), **answering.answering(ticket))
    if agreed is not None or nods(said):
        return answer(Reply(say("expert-awaited", ref=ticket.ref)), **answering.answering(ticket))
    return await _of_this(turn, folded(said)) or await _answered(turn, ticket)


async def _answered(turn: Turn, ticket: Ticket) -> Answer | None:
    """The answer read back; or the answer to what was asked in its place, and None for a command."""
    sentence = len(turn.said.text.split()) > LONGEST_HEADING
    if asked := await meanwhile(turn, say("expert-awaited", ref=ticket.ref), fits=sentence, lessons=True):
        return asked
    if is_command(turn):
        return None
    return await _asked_of_us(turn, ticket) or await _read_back(turn, ticket)


async def _asked_of_us(turn: Turn, ticket: Ticket) -> Answer | None:
    """A question is nobody's answer, though the guidance does not know it: the page nearest to the colleague's
    question where it is about that, and how to leave the answer to somebody else."""
    if not asks(turn.said.text, lessons=True) or _MORE_THAN_ONE.search(turn.said.text):
        return None
    told = Reply(say("expert-asks", ref=ticket.ref))
    if _OF_GUIDANCE.search(turn.said.text) and turn.rules.pack.article(ticket.topic or ""):
        shown = await replies.show_article(turn, ticket.topic or "")
        return Answer((*shown.replies, told), {**put_again(turn.state)})
    return answer(told, **put_again(turn.state))


async def _held(turn: Turn) -> Ticket:
    held = turn.saying(question=turn.state[HELD]).number("question")
    return await handover.find_for_expert(turn.work, turn.known(), held, turn.rules)


async def _read_back(turn: Turn, ticket: Ticket) -> Answer:
    words = kept_text(instead(" ".join(turn.said.text.split())), turn.rules)
    who = name_of(await turn.work.people.by_id(ticket.asker_id))
    shown = Reply(say("expert-draft", ref=ticket.ref, who=who, answer=words))
    return answer(shown, **answering.answering(ticket), **{DRAFT: words})
