"""What people asked: handed to a person, not answered, proposed as a way of asking, and training that is wanted."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from statistics import median

from services.experts import group_called
from services.model import Suggestion, Ticket, TicketState
from services.questions import week_of
from services.related import without_training
from services.reports.asking import Asking
from services.reports.table import Kind, Report, Value


async def handed_over(asking: Asking) -> Report:
    """Questions to each expert group: how many were answered, how soon, and whether that helped."""
    found = await asking.work.tickets.asked_between(asking.year.first, asking.year.until)
    groups: defaultdict[str, list[Ticket]] = defaultdict(list)
    for ticket in found:
        if ticket.state is not TicketState.WITHDRAWN:
            groups[ticket.group_key].append(ticket)
    return asking.report(
        "questions",
        columns=(
            asking.column("group", Kind.TEXT),
            asking.column("asked"),
            asking.column("answered"),
            asking.column("waiting"),
            asking.column("helped"),
            asking.column("working_days"),
        ),
        rows=tuple(_group(asking, key, tickets) for key, tickets in sorted(groups.items())),
    )


def _group(asking: Asking, key: str, tickets: list[Ticket]) -> tuple[Value, ...]:
    group = group_called(asking.rules.pack, key)
    between = asking.rules.workdays.between
    days = [
        between(asking.rules.today(one.asked_at), asking.rules.today(one.answered_at))
        for one in tickets
        if one.answered_at is not None
    ]
    return (
        group.name if group else asking.say("report-group-office"),
        len(tickets),
        sum(1 for one in tickets if one.answer is not None),
        sum(1 for one in tickets if one.waiting),
        sum(1 for one in tickets if one.helped),
        median(days) if days else None,
    )


async def unanswered(asking: Asking) -> Report:
    """What the guidance did not answer, most often first. The week in which the year begins counts to it whole."""
    gaps = await asking.work.gaps.between(*_weeks(asking))
    rows = tuple(
        (
            gap.question or asking.say("report-gap-no-words"),
            gap.topic,
            asking.say(f"report-gap-{gap.reason.value}"),
            gap.how_many,
            asking.rules.today(gap.last_at),
        )
        for gap in gaps
    )
    return asking.report(
        "unanswered",
        columns=(
            asking.column("question_asked", Kind.TEXT),
            asking.column("topic", Kind.TEXT),
            asking.column("why", Kind.TEXT),
            asking.column("count"),
            asking.column("last", Kind.DAY),
        ),
        rows=rows,
        totals=(asking.say("report-total"), "", "", sum(gap.how_many for gap in gaps), None),
        notes=(asking.say("report-note-unanswered"),),
    )


async def suggested_phrases(asking: Asking) -> Report:
    """Ways of asking that experts propose, by topic: for the office to take over into the guidance."""
    found = await asking.work.gaps.suggestions(asking.year.first, asking.year.until)
    return asking.report(
        "suggested-phrases",
        columns=(
            asking.column("topic", Kind.TEXT),
            asking.column("phrase", Kind.TEXT),
            asking.column("title", Kind.TEXT),
            asking.column("ticket", Kind.TEXT),
            asking.column("date", Kind.DAY),
        ),
        rows=tuple(_suggestion(asking, one) for one in found),
        notes=(asking.say("report-note-suggested" if found else "report-note-none-suggested"),),
    )


async def demand(asking: Asking) -> Report:
    """Topics asked about in the year on which no open date has places now."""
    asks = await asking.work.gaps.asks(*_weeks(asking))
    found = await without_training(asking.work, asking.rules, asks, now=asking.now)
    return asking.report(
        "demand",
        columns=(
            asking.column("topic", Kind.TEXT),
            asking.column("title", Kind.TEXT),
            asking.column("asks"),
            asking.column("courses", Kind.TEXT),
        ),
        rows=tuple((one.topic, one.title, one.asks, "; ".join(c.title for c in one.courses)) for one in found),
        notes=(asking.say("report-note-demand", year=asking.year.label, at=asking.today),),
    )


def _suggestion(asking: Asking, one: Suggestion) -> tuple[Value, ...]:
    article = asking.rules.pack.article(one.topic)
    title = article.title if article else one.topic
    return one.topic, one.phrase, title, f"Q{one.ticket_id}", asking.rules.today(one.suggested_at)


def _weeks(asking: Asking) -> tuple[date, date]:
    """The Mondays from which and until which the year is counted."""
    first, until = (asking.rules.today(moment) for moment in (asking.year.first, asking.year.until))
    return week_of(first), week_of(until)
