"""Questions handed to a person: asked, taken by one, answered, and whether that helped.

Free text is screened before it is kept. Who may take a question is decided at the moment of the act.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from config.ladders import LadderKind
from services.awake import when_awake
from services.errors import NotFound, ServiceError
from services.experts import group_called, group_for, groups_of, panel_for
from services.kept import kept_text
from services.ladders import rungs
from services.model import STILL_TO_DO, Owed, Person, Role, Ticket, TicketState
from services.questions import DID_NOT_HELP, HELPED, fold
from services.rulebook import Rulebook
from services.work import Work

ANSWERED, TAKEN, UNHELPED = "question-answered", "question-taken", "question-unhelped"
LONGEST_QUESTION = 600
LONGEST_PHRASE = 200


@dataclass(frozen=True, slots=True)
class Opened:
    """A question that is with the experts. `repeated`: it was there already, and nothing has changed."""

    ticket: Ticket
    repeated: bool


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


async def ask(
    work: Work,
    person: Person,
    question: str,
    *,
    now: datetime,
    rules: Rulebook,
    topic: str | None = None,
    group: str | None = None,
) -> Opened:
    """Hand a question to the expert group called `group`, else to the one for its topic.

    The same words from the same person on the same day are the same question, unless it was withdrawn. Raises
    `ServiceError` for text that cannot be kept. The caller has looked for emergencies: this room knows no other way
    to answer one.
    """
    kept = kept_text(_on_one_line(question), rules, longest=LONGEST_QUESTION, missing="question-missing")
    known = topic if topic and rules.pack.article(topic) else None
    experts = group_called(rules.pack, group or "") or group_for(rules.pack, known)
    ticket, new = await work.tickets.open(
        fold(kept) or kept.casefold()[:200],
        rules.today(now),
        asker_id=person.id,
        group_key=experts.key if experts else "",
        topic=known,
        question=kept,
        asked_at=now,
    )
    if new:
        detail = {"group": ticket.group_key, "topic": known}
        await work.events.record("asked", ("question", ticket.id), at=now, actor_id=person.id, detail=detail)
        await work.notices.owe_all(await _first_notices(work, ticket, now, rules), now)
    return Opened(ticket, not new)


async def _first_notices(work: Work, ticket: Ticket, now: datetime, rules: Rulebook) -> list[Owed]:
    """What the ladder owes at once: written with the question, so that no sweep is needed for it to arrive."""
    ladder = rules.pack.partnership.ladder(LadderKind.QUESTION_TICKET)
    panel = await panel_for(work, [ticket], rules)
    return [
        Owed(
            ladder.kind.value,
            ticket.id,
            rung.key,
            person_id,
            due_at=when_awake(rules, rung.at) if rung.urgent else rung.at,
            urgent=rung.urgent,
        )
        for rung in rungs(ladder, ticket.asked_at, rules.clockwork, until=now)
        for person_id in panel.recipients(rung.to, ticket)
    ]


async def find_for_expert(work: Work, person: Person, ticket_id: int, rules: Rulebook) -> Ticket:
    """The question, if this person may answer it. Raises `NotFound` otherwise: foreign looks like absent."""
    ticket = await work.tickets.by_id(ticket_id)
    if ticket is None:
        raise NotFound("question-unknown")
    if ticket.taker_id == person.id or ticket.group_key in await groups_of(work, person, rules):
        return ticket
    raise NotFound("question-unknown")


async def find_own(work: Work, person: Person, ticket_id: int) -> Ticket:
    """The question, if this person asked it. Raises `NotFound` otherwise."""
    ticket = await work.tickets.by_id(ticket_id)
    if ticket is None or ticket.asker_id != person.id:
        raise NotFound("question-unknown")
    return ticket


async def _again(work: Work, ticket: Ticket) -> Ticket:
    found = await work.tickets.by_id(ticket.id)
    assert found is not None
    return found


async def take(work: Work, person: Person, ticket_id: int, *, now: datetime, rules: Rulebook) -> Ticket:
    """Take a question, so that nobody else answers it too. Returns it as it then stands: see `taker_id`.

    Raises `NotFound` for a question that is none of this person's.
    """
    ticket = await find_for_expert(work, person, ticket_id, rules)
    if ticket.state is TicketState.TAKEN and ticket.taker_id not in (None, person.id):
        await _free_from_who_left(work, ticket, now)
    if await work.tickets.take(ticket.id, person.id, now):
        await work.events.record("took", ("question", ticket.id), at=now, actor_id=person.id)
        await work.notices.owe(taken_notice(await _again(work, ticket)), now)
    return await _again(work, ticket)


async def _free_from_who_left(work: Work, ticket: Ticket, now: datetime) -> None:
    taker = await work.people.by_id(ticket.taker_id or 0)
    if taker is not None and not taker.active:
        await _release(work, ticket, now, None)


async def _release(work: Work, ticket: Ticket, now: datetime, actor_id: int | None) -> None:
    if ticket.taker_id is not None and await work.tickets.release(ticket.id, ticket.taker_id):
        await work.events.record("gave-back", ("question", ticket.id), at=now, actor_id=actor_id)


async def give_back(work: Work, person: Person, ticket_id: int, *, now: datetime, rules: Rulebook) -> Ticket:
    """Leave a question to the others of its group. The manager may free one that somebody else has."""
    ticket = await find_for_expert(work, person, ticket_id, rules)
    if ticket.taker_id == person.id or person.has(Role.MANAGER):
        await _release(work, ticket, now, person.id)
    return await _again(work, ticket)


async def pass_on(work: Work, person: Person, ticket_id: int, group: str, *, now: datetime, rules: Rulebook) -> Ticket:
    """Give a question to another expert group. The ladder asks that group from the next sweep on; whoever it
    has asked before is told at once that the question is back.

    Only while it is free or this person's own; returns it as it then stands. Raises `ServiceError` for a group that
    does not exist.
    """
    ticket = await find_for_expert(work, person, ticket_id, rules)
    if group_called(rules.pack, group) is None:
        raise ServiceError("group-unknown")
    if ticket.taker_id not in (None, person.id) or group == ticket.group_key:
        return ticket
    await _release(work, ticket, now, person.id)
    if await work.tickets.change_in(ticket.id, [TicketState.OPEN], group_key=group):
        detail = {"group": group}
        await work.events.record("passed-on", ("question", ticket.id), at=now, actor_id=person.id, detail=detail)
        await _tell_again(work, await _again(work, ticket), now, rules)
    return await _again(work, ticket)


async def _tell_again(work: Work, ticket: Ticket, now: datetime, rules: Rulebook) -> None:
    """The steps of the ladder that experts had before are spent: a question that came back has one of its own."""
    kind = LadderKind.QUESTION_TICKET.value
    earlier = await work.notices.about(kind, [ticket.id])
    asked_before = {one.person_id for one in earlier} - {one.person_id for one in earlier if one.state in STILL_TO_DO}
    experts = (await panel_for(work, [ticket], rules)).experts_on(ticket)
    step, at = f"passed-{now:%Y%m%dT%H%M%SZ}", when_awake(rules, now)
    owed = [Owed(kind, ticket.id, step, one, due_at=at, urgent=True) for one in experts if one in asked_before]
    await work.notices.owe_all(owed, now)


async def answer(work: Work, person: Person, ticket_id: int, text: str, *, now: datetime, rules: Rulebook) -> Ticket:
    """Answer a question, taking it first if nobody has. Other words later correct the answer; the same change nothing.

    Returns the question as it then stands: if somebody else has it, nothing was kept. Raises `NotFound` for a
    question that is none of this person's, `ServiceError` for text that cannot be kept.
    """
    ticket = await find_for_expert(work, person, ticket_id, rules)
    kept = kept_text(_on_one_line(text), rules, missing="answer-missing")
    ticket = await take(work, person, ticket.id, now=now, rules=rules)
    if await work.tickets.answer(ticket.id, person.id, kept, now):
        ticket = await _again(work, ticket)
        detail = {"answer": ticket.answers}
        await work.events.record("answered", ("question", ticket.id), at=now, actor_id=person.id, detail=detail)
        await work.notices.owe(answered_notice(ticket, rules), now)
    return await _again(work, ticket)


async def say_if_helped(
    work: Work, person: Person, ticket_id: int, *, helped: bool, now: datetime, rules: Rulebook
) -> Ticket:
    """What the asker says of the answer. One that did not help goes back to who gave it, and is chased again."""
    ticket = await find_own(work, person, ticket_id)
    state = TicketState.CLOSED if helped else TicketState.TAKEN
    if await work.tickets.change_in(ticket.id, [TicketState.ANSWERED], state=state, helped=helped):
        verb = HELPED if helped else DID_NOT_HELP
        await work.events.record(verb, ("question", ticket.id), at=now, actor_id=person.id)
        ticket = await _again(work, ticket)
        if not helped and ticket.taker_id is not None:
            await work.notices.owe(unhelped_notice(ticket, now, rules), now)
    return await _again(work, ticket)


async def withdraw(work: Work, person: Person, ticket_id: int, *, now: datetime) -> Ticket:
    """The asker needs no answer any more. Asking the same again, even that day, is a new question."""
    ticket = await find_own(work, person, ticket_id)
    if await work.tickets.withdraw(ticket.id):
        await work.events.record("withdrew", ("question", ticket.id), at=now, actor_id=person.id)
    return await _again(work, ticket)


async def suggest(
    work: Work, person: Person, ticket_id: int, *, topic: str, phrase: str, now: datetime, rules: Rulebook
) -> bool:
    """Propose words as one more way of asking for an article. Nothing changes until the office takes them over.

    False if this question was proposed for this article before. Raises `ServiceError` for an article that does not
    exist and for text that cannot be kept.
    """
    ticket = await find_for_expert(work, person, ticket_id, rules)
    if rules.pack.article(topic) is None:
        raise ServiceError("topic-unknown")
    kept = kept_text(_on_one_line(phrase or ticket.question), rules, longest=LONGEST_PHRASE, missing="question-missing")
    row = {"ticket_id": ticket.id, "topic": topic, "phrase": kept, "suggested_by_id": person.id, "suggested_at": now}
    new = await work.gaps.suggest(**row)
    if new:
        detail = {"topic": topic}
        await work.events.record("suggested", ("question", ticket.id), at=now, actor_id=person.id, detail=detail)
    return new


def taken_notice(ticket: Ticket) -> Owed:
    """The asker is told who has the question, with the day's digest, unless it is answered by then."""
    at = ticket.taken_at or ticket.asked_at
    return Owed(TAKEN, ticket.id, f"taken-{ticket.taker_id}", ticket.asker_id, due_at=at)


def answered_notice(ticket: Ticket, rules: Rulebook) -> Owed:
    """The asker gets the answer at once, but not at night. Each answer has a number, so a correction is told too."""
    at = when_awake(rules, ticket.answered_at or ticket.asked_at)
    return Owed(ANSWERED, ticket.id, f"answer-{ticket.answers}", ticket.asker_id, due_at=at, urgent=True)


def unhelped_notice(ticket: Ticket, now: datetime, rules: Rulebook) -> Owed:
    """Who answered is told that it did not answer the question."""
    at = when_awake(rules, now)
    return Owed(UNHELPED, ticket.id, f"unhelped-{ticket.answers}", ticket.taker_id or 0, due_at=at, urgent=True)
