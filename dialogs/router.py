"""From what was said to the flow that answers it.

Order matters: an emergency comes before anything else, identifiers are refused before anything is kept, then
a pressed button, then the answer that a question of ours expects, then what the words mean.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from dialogs import (
    about,
    acting,
    approving,
    articles,
    booking,
    cancelling,
    challenge_log,
    challenging,
    charging,
    colleagues,
    escalating,
    evaluating,
    finding,
    guidance,
    interests,
    series,
    walking,
)
from dialogs.listening import listen
from dialogs.talk import Reply
from dialogs.turn import EXPECT, TOPIC, Answer, Flow, Turn, answer
from dialogs.wording import explain
from services.errors import ServiceError
from services.understanding import Command, Outcome, Understanding

MOST_CHARACTERS = 2000

COMMANDS: dict[Command, Flow] = {
    Command.COURSES: finding.list_courses,
    Command.BOOK: finding.find_to_book,
    Command.CANCEL_BOOKING: cancelling.find_to_cancel,
    Command.MY_BOOKINGS: booking.my_bookings,
    Command.WAITING_LIST: booking.waiting_list,
    Command.MY_ACTIONS: acting.my_actions,
    Command.OVERDUE: acting.overdue,
    Command.EVALUATE: evaluating.open_first,
    Command.HELP: about.show_help,
    Command.ESCALATE: challenging.escalate,
    Command.THRESHOLDS_WALKTHROUGH: walking.start,
    Command.REPORT: about.reports,
}

FOR_ANYWHERE = frozenset({Command.COURSES, Command.HELP, Command.ESCALATE, Command.THRESHOLDS_WALKTHROUGH})
"""Commands that show nothing personal, so that a channel may see them."""

VERBS: dict[str, Flow] = {
    "courses": finding.list_courses,
    "my-bookings": booking.my_bookings,
    "my-actions": acting.my_actions,
    "help": about.show_help,
    articles.SHOW: escalating.show_topic,
    articles.HELPFUL: guidance.was_helpful,
    articles.UNHELPFUL: guidance.was_unhelpful,
    booking.BOOK: booking.book,
    booking.ACCEPT: booking.accept,
    booking.DECLINE: booking.decline,
    finding.MORE: finding.more_dates,
    series.SERIES_BOOK: series.press,
    interests.ADD: interests.add,
    interests.DROP: interests.drop,
    colleagues.BOOK_COLLEAGUE: colleagues.ask,
    colleagues.SEND_COLLEAGUE: colleagues.send,
    colleagues.OVERBOOK: colleagues.overbook,
    colleagues.SUBSTITUTE: colleagues.substitute,
    cancelling.SUBSTITUTE_ASK: colleagues.ask_substitute,
    cancelling.REFUSE: cancelling.refuse,
    approving.APPROVE: approving.approve,
    approving.REFUSE_APPROVAL: approving.refuse,
    charging.LIST: charging.list_due,
    charging.WAIVE: charging.waive,
    cancelling.CANCEL_ASK: cancelling.ask_cancel,
    cancelling.CANCEL: cancelling.cancel,
    cancelling.KEEP: cancelling.keep,
    evaluating.OPEN: evaluating.open_one,
    evaluating.SEND: evaluating.send,
    acting.OPEN: acting.open_one,
    acting.COMPLETE: acting.complete,
    acting.MORE_TIME: acting.more_time,
    acting.PROGRESS: acting.progress,
    walking.START: walking.start,
    walking.DOMAIN: walking.pick_domain,
    walking.LEVEL: walking.pick_level,
    escalating.START: escalating.start,
    escalating.STAGE: escalating.pick_stage,
    escalating.DAY: escalating.pick_day,
    challenge_log.LOG_ASK: challenge_log.ask_log,
    challenge_log.LOG: challenge_log.log,
    challenging.LIST: challenging.show_list,
    challenging.OPEN: challenging.open_one,
    challenging.NEXT: challenging.move,
    challenging.SETTLE: challenging.settle,
    challenging.IMPACT: challenging.impact,
}

VERBS_FOR_ANYWHERE = frozenset({"courses", "help", finding.MORE, articles.SHOW, articles.HELPFUL, articles.UNHELPFUL})

EXPECTED: dict[str, Callable[[Turn], Awaitable[Answer | None]]] = {
    finding.SESSIONS: finding.choose_session,
    cancelling.BOOKINGS: cancelling.choose_to_cancel,
    cancelling.BOOKING: colleagues.said_after_cancel,
    finding.FOR_COLLEAGUE: colleagues.said_session,
    colleagues.FOR: colleagues.said_for,
    colleagues.INSTEAD: colleagues.said_instead,
    interests.INTEREST: interests.said,
    evaluating.EVALUATION: evaluating.next_answer,
    guidance.TOPICS: escalating.chosen_topic,
    walking.WHICH_DOMAIN: walking.said_domain,
    walking.WHICH_LEVEL: walking.said_level,
    walking.READ: walking.after_level,
    escalating.WHICH_STAGE: escalating.said_stage,
    escalating.WHICH_DAY: escalating.said_day,
    escalating.AFTER: challenging.after_clock,
    challenge_log.LOGGING: challenge_log.next_answer,
    challenging.IDS: challenging.choose,
    challenging.ONE: challenging.said_of_one,
    challenging.ENDING: challenging.said_outcome,
    challenging.DIFFERENCE: challenging.said_impact,
}


async def respond(turn: Turn) -> Answer:
    """Answer one turn. Errors of the use cases come back as a sentence; where the conversation stood is kept."""
    try:
        return await (_press(turn) if turn.said.verb is not None else _words(turn))
    except ServiceError as error:
        return answer(Reply(explain(error)), **dict(turn.state))


async def _press(turn: Turn) -> Answer:
    verb = turn.said.verb or ""
    flow = VERBS.get(verb)
    if flow is None:
        raise ServiceError("unknown-verb")
    if not turn.personal and verb not in VERBS_FOR_ANYWHERE:
        raise ServiceError("personal-only")
    return await flow(turn)


async def _words(turn: Turn) -> Answer:
    text = turn.said.text
    if not any(character.isalnum() for character in text):
        return about.nothing_said(turn)
    # An address that we asked for is no identifier to be refused; nothing but an address is answered here.
    answered = await _expected(turn) if colleagues.is_whom(turn) else None
    if answered is not None:
        return answered
    understood = turn.guide.understand(text[:MOST_CHARACTERS], topic=turn.state.get(TOPIC))
    if understood.outcome is Outcome.EMERGENCY:
        return guidance.show_emergency(turn)
    if len(text) > MOST_CHARACTERS:
        return about.too_long(turn)
    if understood.outcome is Outcome.IDENTIFIABLE:
        return guidance.refuse_identifiers(turn, understood)
    return await _expected(turn) or await listen(turn, understood) or await _meaning(turn, understood)


async def _expected(turn: Turn) -> Answer | None:
    """The answer to a question of ours, if these words are one."""
    expected = EXPECTED.get(turn.state.get(EXPECT, "")) if turn.personal else None
    return await expected(turn) if expected is not None else None


async def _meaning(turn: Turn, understood: Understanding) -> Answer:
    if understood.outcome is Outcome.COMMAND and understood.command is not None:
        if not turn.personal and understood.command not in FOR_ANYWHERE:
            raise ServiceError("personal-only")
        return await COMMANDS[understood.command](turn)
    if understood.outcome is Outcome.ANSWER and understood.topic is not None:
        return escalating.with_clock(turn, understood.topic, guidance.show_article(turn, understood.topic))
    if understood.outcome is Outcome.OUT_OF_SCOPE:
        return about.out_of_scope(turn)
    return escalating.keep_day(turn, guidance.offer_topics(turn, understood.candidates))
