"""Questions handed to a person: the experts are chased until one answers, and both sides hear how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from config.ladders import LadderKind, Recipient
from services.awake import when_awake
from services.experts import Panel, panel_for
from services.handover import ANSWERED, TAKEN, UNHELPED, answered_notice, taken_notice, unhelped_notice
from services.model import Notice, Owed, Person, Ticket, TicketState
from services.notices.kinds.climbing import PAST_STEPS, Kind, Verdict, climb_to
from services.notices.subjects import (
    DONE,
    NOT_THEIRS,
    QuestionAnswered,
    QuestionTaken,
    QuestionUnhelped,
    QuestionWaiting,
)
from services.rulebook import Rulebook
from services.work import Work


async def _plan_waiting(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    ladder = rules.pack.partnership.ladder(LadderKind.QUESTION_TICKET)
    tickets = await work.tickets.waiting()
    panel = await panel_for(work, tickets, rules) if tickets else Panel({}, (), frozenset())
    owed: list[Owed] = []
    for ticket in tickets:

        def recipients(to: Iterable[Recipient], ticket: Ticket = ticket) -> list[int]:
            return panel.recipients(to, ticket)

        owed += climb_to(rules, ladder, recipients, subject_id=ticket.id, basis=ticket.asked_at, now=now)
    return [replace(one, due_at=when_awake(rules, one.due_at)) if one.urgent else one for one in owed]


async def _plan_taken(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """Owed in the transaction of the deed. This repairs what came in by another way."""
    taken = [one for one in await work.tickets.waiting() if one.taker_id is not None and one.helped is None]
    return [taken_notice(ticket) for ticket in taken]


async def _plan_answered(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    return [answered_notice(ticket, rules) for ticket in await work.tickets.answered_since(now - PAST_STEPS)]


async def _plan_unhelped(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    waiting = await work.tickets.waiting()
    return [unhelped_notice(one, now, rules) for one in waiting if one.taker_id is not None and one.helped is False]


async def _around(work: Work, notices: Sequence[Notice]) -> tuple[dict[int, Ticket], dict[int, Person]]:
    """The question behind each notice, by the question's id, and the people in it."""
    tickets = await work.tickets.by_ids({one.subject_id for one in notices})
    involved = {one for ticket in tickets.values() for one in (ticket.asker_id, ticket.taker_id)}
    return tickets, await work.people.by_ids(involved)


def _knows(notice: Notice, ticket: Ticket) -> bool:
    """Whoever took a question after this fell due has seen it."""
    return ticket.taker_id == notice.person_id and ticket.taken_at is not None and ticket.taken_at >= notice.due_at


async def _check_waiting(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    tickets, people = await _around(work, notices)
    panel = await panel_for(work, tickets.values(), rules)
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        ticket = tickets[notice.subject_id]
        if not ticket.waiting or _knows(notice, ticket):
            verdicts[notice.id] = DONE
        elif notice.person_id not in (*panel.experts_on(ticket), *panel.managers):
            verdicts[notice.id] = NOT_THEIRS
        else:
            taker = people.get(ticket.taker_id or 0)
            verdicts[notice.id] = QuestionWaiting(ticket, people[ticket.asker_id], taker)
    return verdicts


async def _check_taken(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    tickets, people = await _around(work, notices)
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        ticket = tickets[notice.subject_id]
        current = ticket.state is TicketState.TAKEN and notice.step == taken_notice(ticket).step
        taker = people.get(ticket.taker_id or 0)
        verdicts[notice.id] = QuestionTaken(ticket, taker) if current and taker else DONE
    return verdicts


async def _check_answered(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    tickets, people = await _around(work, notices)
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        ticket = tickets[notice.subject_id]
        current = ticket.state is TicketState.ANSWERED and notice.step == answered_notice(ticket, rules).step
        taker = people.get(ticket.taker_id or 0)
        verdicts[notice.id] = QuestionAnswered(ticket, taker) if current and taker else DONE
    return verdicts


async def _check_unhelped(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    tickets, people = await _around(work, notices)
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        ticket = tickets[notice.subject_id]
        current = ticket.state is TicketState.TAKEN and notice.step == unhelped_notice(ticket, now, rules).step
        if current and ticket.taker_id == notice.person_id:
            verdicts[notice.id] = QuestionUnhelped(ticket, people[ticket.asker_id])
        else:
            verdicts[notice.id] = NOT_THEIRS if current else DONE
    return verdicts


WAITING = Kind(LadderKind.QUESTION_TICKET.value, _plan_waiting, _check_waiting)
HELD = Kind(TAKEN, _plan_taken, _check_taken)
ANSWER = Kind(ANSWERED, _plan_answered, _check_answered)
NOT_ANSWERED = Kind(UNHELPED, _plan_unhelped, _check_unhelped)
