"""Asking a person: the form, in words or as a card, and what the asker sees of it until it is answered."""

from __future__ import annotations

import re
from collections.abc import Sequence

from config.ladders import LadderKind, Recipient
from dialogs import cards, dates, spoken
from dialogs.choosing import said_number, said_stop, said_yes
from dialogs.corrections import instead
from dialogs.courtesies import courteous, nods, plain
from dialogs.guidance import escalating, replies
from dialogs.guidance.articles import bulleted, contact_lines
from dialogs.questions.tickets import (
    HELPED,
    NOT_HELPED,
    SHOW,
    TICKET,
    WITHDRAW,
    group_name,
    name_of,
    quoted,
    standing,
    unneeded,
)
from dialogs.talk import Reply
from dialogs.turn import ASKED, EXPECT, TOPIC, Answer, Turn, answer
from dialogs.wording import say
from services import handover
from services.experts import group_for
from services.ladders import rungs
from services.model import Person, Ticket, TicketState
from services.understanding import Outcome

ASK, SEND, MINE = "question.ask", "question.send", "my-questions"
QUESTION = "question"
ANYBODY = "anybody"
SHOWN = 5
NEAR = 0.25
"""From this chance on a topic decides who is asked; below it the question goes to the partnership office."""
_THEY = r"(?:will|would|is going to|going to|gonna|can|does|do|is)(?: (?:they|it|this|that|i|someone|somebody|you))?"
_WHOM = r"(?:answer|reply|respond|get back|see|read|take|get|hear|be answered|know)"
_ABOUT_IT = re.compile(
    rf"(?:so |and |but |ok )*(?:who(?:'s|'ll)?|how (?:long|soon|quickly)|when|by when) (?:{_THEY} )?{_WHOM}\b"
    r"(?: (?:it|this|that|me|to (?:me|it|this)|back|my (?:question|name)|an? (?:answer|reply)|who i am))*\W*$"
    r"|how long will (?:it|that|this|they|an answer) take\W*$|(?:is|will) (?:it|this) (?:be )?"
    r"(?:anonymous|confidential)\W*$|(?:will|do|can) they (?:see|know|get) (?:my name|who i am)\W*$"
)
"""Of the asking itself: it is answered by the form, and is not the question."""
_HOW_SOON = re.compile(r"(?:so |and |but |ok )*(?:how|when|by when)\b")
NONE = frozenset({"none", "no", "neither", "nope", "not these", "something else", "other", "none of the above"})


async def ask(turn: Turn) -> Answer:
    """`ask a person`, typed or pressed: the form, filled with the question that was just asked."""
    if turn.person is None:
        people = contact_lines(turn.rules.pack, ("partnership-office", "mash", "edt"))
        return answer(Reply(f"{say('ask-stranger')}\n{bulleted(people)}"))
    question = turn.field("question") or turn.state.get(ASKED, "")
    shown = turn.state.get(TOPIC) or (turn.state.get(replies.TOPICS, "").split() or [""])[0]
    topic = turn.field("topic") or (_topic_of(turn, question) if turn.field("question") else shown)
    state = {EXPECT: QUESTION, **({TOPIC: topic} if topic else {}), **({ASKED: question} if question else {})}
    return answer(_form(turn, topic, question), **state)


def _topic_of(turn: Turn, question: str) -> str:
    """The topic of a question; in other words than the one that stands in the form, it is about the same as that."""
    kept = turn.state.get(TOPIC, "") if turn.state.get(EXPECT) == QUESTION else ""
    return _nearest(turn, question, kept) or kept


def _nearest(turn: Turn, question: str, kept: str = "") -> str:
    """The topic that comes closest to a question; empty when none does. It decides which experts are asked."""
    found = turn.guide.understand(question, topic=kept or None).candidates if question else ()
    return found[0].topic if found and found[0].score >= NEAR else ""


def _form(turn: Turn, topic: str, question: str) -> Reply:
    pack = turn.rules.pack
    group = group_for(pack, topic)
    lead = say("ask-lead", group=group_name(turn.rules, group.key if group else ""))
    phone = contact_lines(pack, ("mash", "edt"))
    yours = [say("ask-yours", question=question)] if question else []
    how = say("ask-words-known" if question else "ask-words")
    lines = [say("ask-title"), lead, say("ask-no-names"), *yours, how, say("ask-not-urgent")]
    plain = "\n".join([*lines, bulleted(phone)])
    choices = [(say("ask-anybody"), ANYBODY), *((one.name, one.key) for one in pack.partnership.expert_groups)]
    chosen = group.key if group and topic else ANYBODY
    body: list[cards.Element] = [
        cards.title(say("ask-title")),
        cards.words(lead),
        cards.panel([cards.words(say("ask-no-names"))], style="warning"),
        cards.required(
            cards.text_input("question", "Your question", lines=True, most=handover.LONGEST_QUESTION, value=question),
            say("field-needed"),
        ),
        *([cards.choice_input("group", "Who should answer it?", choices, value=chosen)] if group else []),
        cards.words(say("ask-not-urgent"), tone="attention"),
        cards.points(phone),
    ]
    buttons = [cards.button("Send my question", SEND, style="positive", **({"topic": topic} if topic else {}))]
    return Reply(plain, cards.card(body, buttons, fallback=plain))


async def after_topics(turn: Turn) -> Answer | None:
    """The words after several topics were offered: a number, none of them, or something else (None)."""
    if turn.said.text.strip().casefold().rstrip(".!") in NONE:
        return await ask(turn)
    return await escalating.chosen_topic(turn)


async def typed_question(turn: Turn) -> Answer | None:
    """The words that follow the form: yes, stop, or the question, which is shown once more before it goes.

    None for a command. Nothing is sent without a yes: somebody may type the next thing on their mind.
    """
    said = turn.said.text.strip()
    known = turn.state.get(ASKED, "")
    if said_stop(said) or said_yes(said, "send") is False or unneeded(said):
        return answer(Reply(say("ask-stopped")))
    if said_yes(said, "send"):
        return await _send(turn, known, turn.state.get(TOPIC, "")) if known else await ask(turn)
    if courteous(said):
        return None
    if nods(said) or _ABOUT_IT.match(plain(said)):
        form = await ask(turn.saying())
        soon = [Reply(say("asked-promise"))] if _HOW_SOON.match(plain(said)) else []
        return Answer((*soon, *form.replies), form.state)
    if spoken.read(said) is not None or turn.guide.understand(said).outcome is Outcome.COMMAND:
        return None
    return await ask(turn.saying(question=instead(said)))


async def send(turn: Turn) -> Answer:
    """The form came back. An emergency is answered as one, and what identifies somebody is not kept."""
    question = turn.field("question")
    understood = turn.guide.understand(question) if question else None
    if understood is not None and understood.outcome is Outcome.EMERGENCY:
        return replies.show_emergency(turn)
    if understood is not None and understood.outcome is Outcome.IDENTIFIABLE:
        return replies.refuse_identifiers(turn, understood)
    return await _send(turn, question, turn.field("topic"), turn.field("group"))


async def _send(turn: Turn, question: str, topic: str, group: str = "") -> Answer:
    topic = topic or _nearest(turn, question)
    opened = await handover.ask(
        turn.work, turn.known(), question, topic=topic or None, group=group or None, now=turn.now, rules=turn.rules
    )
    ticket = opened.ticket
    if opened.repeated:
        state = standing(turn, ticket, await _taker(turn, ticket))
        lines = [say("asked-again", ref=ticket.ref, standing=state)]
        return answer(_told(turn, ticket, lines), **{TICKET: str(ticket.id)})
    lines = [say("asked", ref=ticket.ref, group=group_name(turn.rules, ticket.group_key)), *_when_chased(turn, ticket)]
    return answer(_told(turn, ticket, lines), **{TICKET: str(ticket.id)})


def _when_chased(turn: Turn, ticket: Ticket) -> list[str]:
    """The days on which the ladder climbs, as dates, and what the partnership has still to promise."""
    ladder = turn.rules.pack.partnership.ladder(LadderKind.QUESTION_TICKET)
    clockwork = turn.rules.clockwork
    later = [clockwork.moment(ticket.asked_at, step.at) for step in ladder.steps]
    coming = [
        rung
        for rung in rungs(ladder, ticket.asked_at, clockwork, until=max(later, default=turn.now))
        if rung.at > turn.now
    ]
    manager = next((rung for rung in coming if Recipient.MANAGER in rung.to), None)
    lines = []
    if coming and manager is not None:
        first, second = (dates.day(turn.rules.today(rung.at)) for rung in (coming[0], manager))
        lines = [say("asked-chase", reminder=first, manager=second)]
    return [*lines, *([] if ladder.confirmed else [say("asked-promise")])]


def _told(turn: Turn, ticket: Ticket, lines: Sequence[str]) -> Reply:
    phone = contact_lines(turn.rules.pack, ("mash", "edt"))
    plain = "\n".join([*lines, say("ask-not-urgent"), bulleted(phone)])
    body = [
        cards.title(f"Your question {ticket.ref}"),
        cards.words(quoted(ticket, handover.LONGEST_QUESTION)),
        *(cards.words(line) for line in lines),
        cards.words(say("ask-not-urgent"), tone="attention"),
        cards.points(phone),
    ]
    withdraw = [cards.button("I no longer need an answer", WITHDRAW, question=ticket.id)] if ticket.waiting else []
    return Reply(plain, cards.card(body, [cards.button("My questions", MINE), *withdraw], fallback=plain))


async def _taker(turn: Turn, ticket: Ticket) -> Person | None:
    return await turn.work.people.by_id(ticket.taker_id) if ticket.taker_id is not None else None


async def mine(turn: Turn) -> Answer:
    """What the person asked, newest first, and how it stands."""
    tickets = await turn.work.tickets.asked_by(turn.known().id, limit=SHOWN)
    if not tickets:
        return answer(Reply(say("my-questions-none"), suggestions=("ask a person",)))
    takers = await turn.work.people.by_ids({one.taker_id for one in tickets})
    states = [standing(turn, one, takers.get(one.taker_id or 0)) for one in tickets]
    lines = [f"{one.ref}: {quoted(one)} {state}" for one, state in zip(tickets, states, strict=True)]
    plain = "\n".join(["Your questions", *lines, say("my-questions-words", ref=tickets[0].ref)])
    body: list[cards.Element] = [cards.title("Your questions")]
    for one, state in zip(tickets, states, strict=True):
        see = cards.button(f"See {one.ref}", SHOW, question=one.id)
        body.append(cards.panel([cards.words(quoted(one)), cards.words(state, quiet=True), cards.actions_row([see])]))
    return answer(Reply(plain, cards.card(body, fallback=plain)))


async def own(turn: Turn, ticket: Ticket) -> Answer:
    """One question as its asker sees it, with the answer."""
    taker = await _taker(turn, ticket)
    state = standing(turn, ticket, taker)
    lines = [quoted(ticket, handover.LONGEST_QUESTION), state]
    body = [cards.title(f"Your question {ticket.ref}"), cards.words(lines[0]), cards.words(state)]
    if ticket.answer is not None:
        lines += [ticket.answer, say("question-answer-standing")]
        body += [cards.panel([cards.words(ticket.answer)]), cards.words(say("question-answer-standing"), quiet=True)]
    if ticket.state is TicketState.ANSWERED:
        lines.append(say("helped-words", ref=ticket.ref))
    plain = "\n".join([f"Your question {ticket.ref}", *lines])
    return answer(Reply(plain, cards.card(body, own_buttons(ticket), fallback=plain)), **{TICKET: str(ticket.id)})


def own_buttons(ticket: Ticket) -> tuple[cards.Element, ...]:
    """What the asker can do with a question as it stands."""
    if ticket.state is TicketState.ANSWERED:
        return (
            cards.button("It answered my question", HELPED, style="positive", question=ticket.id),
            cards.button("It did not", NOT_HELPED, question=ticket.id),
        )
    return (cards.button("I no longer need an answer", WITHDRAW, question=ticket.id),) if ticket.waiting else ()


async def helped(turn: Turn) -> Answer:
    """The answer answered the question."""
    return await _said_if_helped(turn, helped=True)


async def not_helped(turn: Turn) -> Answer:
    """It did not: the question goes back to whoever answered it."""
    return await _said_if_helped(turn, helped=False)


async def _said_if_helped(turn: Turn, *, helped: bool) -> Answer:
    ticket = await handover.say_if_helped(
        turn.work, turn.known(), turn.number("question"), helped=helped, now=turn.now, rules=turn.rules
    )
    if helped and ticket.state is TicketState.CLOSED:
        return answer(Reply(say("question-thanks")))
    if not helped and ticket.state is TicketState.TAKEN and ticket.helped is False:
        who = name_of(await _taker(turn, ticket))
        return answer(Reply(say("question-reopened", who=who, ref=ticket.ref)))
    return await own(turn, ticket)


async def withdraw(turn: Turn) -> Answer:
    """The person needs no answer any more."""
    ticket = await handover.withdraw(turn.work, turn.known(), turn.number("question"), now=turn.now)
    if ticket.state is TicketState.WITHDRAWN:
        return answer(Reply(say("question-withdrawn", ref=ticket.ref)))
    return await own(turn, ticket)


async def withdraw_listed(turn: Turn, which: str) -> Answer:
    """`withdraw it`, `withdraw the first`, beneath the list of one's questions: the one that is meant, where it is
    sure; else they are shown again, with how to say which."""
    asked = await turn.work.tickets.asked_by(turn.known().id, limit=SHOWN)
    waiting = [one for one in asked if one.waiting]
    listed = [str(one.id) for one in asked]
    meant = said_number(which, listed) if which else None
    if meant is None and len(waiting) == 1 and not which:
        meant = str(waiting[0].id)
    if meant is not None:
        return await withdraw(turn.saying(verb=WITHDRAW, question=meant))
    shown = await mine(turn)
    told = [Reply(say("withdraw-which", ref=waiting[0].ref))] if waiting else []
    return Answer((*told, *shown.replies), shown.state)
