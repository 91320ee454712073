"""Answering questions of others: what waits, taking one, the answer, and words to propose for the guidance."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import cards, dates
from dialogs.questions import handing
from dialogs.questions.tickets import (
    ANSWER,
    ANSWERING,
    GIVE_BACK,
    HELD,
    OPEN,
    PASS_ON,
    SUGGEST,
    TAKE,
    asked_facts,
    group_name,
    name_of,
    on_day,
    quoted,
)
from dialogs.talk import Reply
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import say
from services import handover
from services.awake import when_awake
from services.experts import groups_of
from services.model import Role, Ticket, TicketState

INBOX = "questions"
SHOWN = 5


async def inbox(turn: Turn) -> Answer:
    """Questions that this person could answer, longest waiting first."""
    groups = await groups_of(turn.work, turn.known(), turn.rules)
    tickets = await turn.work.tickets.waiting(groups=groups) if groups else []
    if not tickets:
        return answer(Reply(say("inbox-none")))
    shown = tickets[:SHOWN]
    people = await turn.work.people.by_ids({one.taker_id for one in shown})
    more = [f"And {len(tickets) - SHOWN} more."] if len(tickets) > SHOWN else []
    title = f"Questions waiting ({len(tickets)})"
    lines, body = [], [cards.title(title)]
    for one in shown:
        taker = people.get(one.taker_id or 0)
        held = f"{name_of(taker)} has it" if one.taker_id is not None else "Free to take"
        since = dates.day(turn.rules.today(one.asked_at))
        lines.append(f"{one.ref}: {quoted(one)} Asked on {since}. {held}.")
        see = cards.button(f"Open {one.ref}", OPEN, question=one.id)
        small = cards.words(f"Asked on {since}. {held}.", quiet=True)
        body.append(cards.panel([cards.words(quoted(one)), small, cards.actions_row([see])]))
    plain = "\n".join([title, *lines, *more, say("inbox-words", ref=shown[0].ref)])
    body += [cards.words(line, quiet=True) for line in more]
    return answer(Reply(plain, cards.card(body, fallback=plain)))


async def show(turn: Turn) -> Answer:
    """`Q12`: to whoever asked it, as their question; to an expert, as one to answer."""
    ticket = await turn.work.tickets.by_id(turn.number("question"))
    if ticket is not None and ticket.asker_id == turn.known().id:
        return await handing.own(turn, ticket)
    return await open_one(turn)


async def open_one(turn: Turn) -> Answer:
    """One question as an expert sees it."""
    ticket = await handover.find_for_expert(turn.work, turn.known(), turn.number("question"), turn.rules)
    return await _view(turn, ticket)


async def take(turn: Turn) -> Answer:
    """Take the question, if nobody else has."""
    return await _view(
        turn,
        await handover.take(turn.work, turn.known(), turn.number("question"), now=turn.now, rules=turn.rules),
    )


async def give_back(turn: Turn) -> Answer:
    """Leave the question to somebody else."""
    ticket = await handover.give_back(turn.work, turn.known(), turn.number("question"), now=turn.now, rules=turn.rules)
    if ticket.state is TicketState.OPEN:
        return answer(Reply(say("expert-given-back", ref=ticket.ref), suggestions=("open questions",)))
    return await _view(turn, ticket)


async def pass_on(turn: Turn) -> Answer:
    """Give the question to the group that knows it better."""
    group = turn.field("group")
    ticket = await handover.pass_on(
        turn.work, turn.known(), turn.number("question"), group, now=turn.now, rules=turn.rules
    )
    if ticket.group_key != group:
        return await _view(turn, ticket)
    return answer(Reply(say("expert-passed-on", ref=ticket.ref, group=group_name(turn.rules, group))))


async def send(turn: Turn) -> Answer:
    """Answer the question; typed without an answer, show it, or ask for one's own answer in other words."""
    person = turn.known()
    if not turn.field("answer") and turn.field("shown"):
        ticket = await handover.find_for_expert(turn.work, person, turn.number("question"), turn.rules)
        again = ticket.state is TicketState.ANSWERED and ticket.taker_id == person.id
        return correct(ticket) if again else await _view(turn, ticket)
    ticket = await handover.answer(
        turn.work, person, turn.number("question"), turn.field("answer"), now=turn.now, rules=turn.rules
    )
    if ticket.state is not TicketState.ANSWERED or ticket.taker_id != person.id:
        return await _view(turn, ticket)
    return await _sent(turn, ticket)


def correct(ticket: Ticket) -> Answer:
    """One's own answer, to be typed in other words."""
    return answer(Reply(say("expert-correct", ref=ticket.ref, answer=ticket.answer)), **answering(ticket))


def answering(ticket: Ticket) -> dict[str, str]:
    """Where a talk stands in which the answer to this question is typed next."""
    return {EXPECT: ANSWERING, HELD: str(ticket.id)}


async def _sent(turn: Turn, ticket: Ticket) -> Answer:
    who = name_of(await turn.work.people.by_id(ticket.asker_id))
    at = when_awake(turn.rules, ticket.answered_at or turn.now)
    zone = turn.rules.pack.partnership.calendar.zone
    later = at > turn.now
    sent = say("expert-sent-later" if later else "expert-sent", ref=ticket.ref, who=who, when=dates.moment(at, zone))
    plain = "\n".join([sent, say("expert-correct-words", ref=ticket.ref), say("expert-suggest-words", ref=ticket.ref)])
    body = [
        cards.title(f"Question {ticket.ref} is answered"),
        cards.words(sent),
        cards.words(quoted(ticket, handover.LONGEST_QUESTION)),
        cards.panel([cards.words(ticket.answer or "")]),
        cards.actions_row(_after_answer(turn, ticket)),
    ]
    return answer(Reply(plain, cards.card(body, fallback=plain)), **{HELD: str(ticket.id)})


def _after_answer(turn: Turn, ticket: Ticket) -> Sequence[cards.Element]:
    """Correcting one's own answer, and proposing the question as a way of asking for an article."""
    given = cards.text_input("answer", "Your answer", lines=True, value=ticket.answer or "")
    answer_field = cards.required(given, say("field-needed"))
    again = cards.button("Send this instead", ANSWER, question=ticket.id)
    titles = sorted((one.title, one.id) for one in turn.rules.pack.articles)
    near = ticket.topic if ticket.topic and turn.rules.pack.article(ticket.topic) else ""
    phrase = cards.text_input(
        "phrase", "In these words", most=handover.LONGEST_PHRASE, value=ticket.question[: handover.LONGEST_PHRASE]
    )
    topics = cards.choice_input("topic", "For this guidance", titles, value=near)
    propose = cards.button("Propose it", SUGGEST, question=ticket.id)
    return [
        cards.reveal("Correct my answer", [answer_field], [again]),
        *([cards.reveal("Others may ask this", [phrase, topics], [propose])] if titles else []),
        cards.button("Open questions", INBOX),
    ]


async def _view(turn: Turn, ticket: Ticket) -> Answer:
    people = await turn.work.people.by_ids({ticket.asker_id, ticket.taker_id or ticket.asker_id})
    who = name_of(people.get(ticket.taker_id or 0))
    lines, actions = _standing(turn, ticket, who)
    asker = people.get(ticket.asker_id)
    title = f"Question {ticket.ref}"
    question = quoted(ticket, handover.LONGEST_QUESTION)
    article = turn.rules.pack.article(ticket.topic or "")
    near = [say("expert-near", title=article.title)] if article else []
    plain = "\n".join([title, f"{name_of(asker)} asks: {question}", *near, *lines])
    body = [
        cards.title(title),
        cards.words(question),
        asked_facts(turn, ticket, asker),
        *(cards.words(line) for line in lines),
        *_answer_form(ticket, mine=ticket.taker_id == turn.known().id),
    ]
    return answer(Reply(plain, cards.card(body, actions, fallback=plain)), **_in_hand(turn, ticket))


def _in_hand(turn: Turn, ticket: Ticket) -> dict[str, str]:
    """Whoever has a question types its answer next; whoever may take it, or has answered it, can say so without its
    number."""
    mine = ticket.taker_id == turn.known().id
    if ticket.state is TicketState.TAKEN and mine:
        return answering(ticket)
    free = ticket.state is TicketState.OPEN
    return {HELD: str(ticket.id)} if free or (ticket.state is TicketState.ANSWERED and mine) else {}


def _answer_form(ticket: Ticket, *, mine: bool) -> list[cards.Element]:
    if not (mine and ticket.state is TicketState.TAKEN):
        return []
    field = cards.text_input("answer", "Your answer", placeholder=say("expert-reply-hint"), lines=True)
    return [cards.words(say("expert-reply-hint"), quiet=True), field]


def _others(turn: Turn, ticket: Ticket) -> list[cards.Element]:
    """The way to pass a question on, where there is another group."""
    groups = turn.rules.pack.partnership.expert_groups
    choices = [(group.name, group.key) for group in groups if group.key != ticket.group_key]
    field = cards.required(cards.choice_input("group", "Who knows this better?", choices), say("field-choice-needed"))
    button = cards.button("Pass it on", PASS_ON, question=ticket.id)
    return [cards.reveal("For another group", [field], [button])] if choices else []


def _standing(turn: Turn, ticket: Ticket, who: str) -> tuple[list[str], list[cards.Element]]:
    """How a question stands to an expert, and what they can do about it."""
    ref, me = ticket.ref, turn.known()
    free = cards.button("Give it back", GIVE_BACK, question=ticket.id)
    if ticket.state is TicketState.OPEN:
        take_it = cards.button("Take this question", TAKE, style="positive", question=ticket.id)
        return [say("expert-open", ref=ref)], [take_it, *_others(turn, ticket)]
    if ticket.state is TicketState.WITHDRAWN:
        return [say("expert-withdrawn")], []
    if ticket.state is TicketState.TAKEN and ticket.taker_id == me.id:
        again = [say("expert-unhelped")] if ticket.helped is False else []
        send_it = cards.button("Send my answer", ANSWER, style="positive", question=ticket.id)
        return [*again, say("expert-mine", ref=ref)], [send_it, free, *_others(turn, ticket)]
    if ticket.state is TicketState.TAKEN:
        manager = me.has(Role.MANAGER)
        more = [say("expert-other-free", ref=ref)] if manager else []
        return [say("expert-other", who=who), *more], [free] if manager else []
    helped = [say("expert-helped")] if ticket.helped else []
    lines = [say("expert-answered", who=who, day=on_day(turn, ticket)), ticket.answer or "", *helped]
    return lines, list(_after_answer(turn, ticket)) if ticket.taker_id == me.id else []
