"""From what was said to the flow that answers it.

Order matters: an emergency comes before anything else, in the fields of a card too, identifiers are refused before
anything is kept, then a pressed button, then the answer that a question of ours expects, then what the words mean.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from dialogs import (
    about,
    acting,
    action_answers,
    action_commands,
    answering,
    approving,
    articles,
    asides,
    assigning,
    booking,
    cancelling,
    certificates,
    challenge_impact,
    challenge_log,
    challenging,
    charging,
    colleague_cancels,
    colleague_dates,
    colleague_names,
    colleague_orders,
    colleagues,
    deciding,
    escalating,
    evaluating,
    finding,
    guidance,
    handing,
    interests,
    leaving,
    managing,
    managing_item,
    missing,
    offering,
    otherwise,
    overview,
    owners,
    series,
    spoken,
    swapping,
    tickets,
    typed,
    walking,
)
from dialogs.danger import MOST_CHARACTERS, SOS, calls_for_help
from dialogs.listening import COMMANDED, LISTENERS, OF_A_FORM, listen
from dialogs.office import flows as office
from dialogs.office import reporting
from dialogs.talk import Reply
from dialogs.turn import EXPECT, TOPIC, Answer, Flow, Turn, answer
from dialogs.wording import explain, say
from services.errors import ServiceError
from services.understanding import Command, Outcome, Understanding

COMMANDS: dict[Command, Flow] = {
    Command.COURSES: finding.list_courses,
    Command.BOOK: finding.find_to_book,
    Command.CANCEL_BOOKING: cancelling.find_to_cancel,
    Command.MY_BOOKINGS: booking.my_bookings,
    Command.WAITING_LIST: finding.waiting_list,
    Command.MY_ACTIONS: acting.my_actions,
    Command.OVERDUE: managing.overdue,
    Command.EVALUATE: evaluating.open_first,
    Command.HELP: about.show_help,
    Command.ESCALATE: challenging.escalate,
    Command.THRESHOLDS_WALKTHROUGH: walking.start,
    Command.REPORT: reporting.offer,
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
    booking.BOOK: finding.press_book,
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
    swapping.DATES: swapping.show_dates,
    swapping.ASK: swapping.ask,
    swapping.SWAP: swapping.swap,
    evaluating.OPEN: evaluating.open_one,
    evaluating.SEND: evaluating.send,
    evaluating.SNOOZE: evaluating.snooze,
    certificates.MINE: certificates.mine,
    certificates.SEND_AGAIN: certificates.send_again,
    **office.FLOWS,
    handing.ASK: handing.ask,
    handing.SEND: handing.send,
    handing.MINE: handing.mine,
    tickets.HELPED: handing.helped,
    tickets.NOT_HELPED: handing.not_helped,
    tickets.WITHDRAW: handing.withdraw,
    tickets.SHOW: answering.show,
    answering.INBOX: answering.inbox,
    tickets.OPEN: answering.open_one,
    tickets.TAKE: answering.take,
    tickets.ANSWER: answering.send,
    tickets.GIVE_BACK: answering.give_back,
    tickets.SUGGEST: answering.suggest,
    tickets.PASS_ON: answering.pass_on,
    missing.UNANSWERED: missing.unanswered,
    owners.OWNERS: owners.show,
    acting.OPEN: managing_item.open_one,
    acting.COMPLETE: acting.complete,
    acting.MORE_TIME: acting.more_time,
    acting.PROGRESS: acting.progress,
    acting.NOT_MINE: acting.not_mine,
    acting.SNOOZE: acting.snooze,
    assigning.BATCH_OPEN: assigning.open_batch,
    assigning.BATCH_SAVE: assigning.save_batch,
    assigning.BATCH_SKIP: assigning.open_batch,
    deciding.REQUESTS: deciding.show_requests,
    deciding.GRANT: deciding.grant,
    deciding.REFUSE: deciding.refuse,
    managing.OVERVIEW: managing.overview,
    managing.LIST: managing.show_list,
    managing.GROUPS: managing.show_groups,
    managing_item.OPEN_AS_MANAGER: managing_item.open_one,
    managing_item.ASSIGN: managing_item.assign,
    managing_item.EXTEND: managing_item.extend,
    managing_item.CLOSE: managing_item.close,
    managing_item.RE_AUDIT: managing_item.re_audit,
    managing_item.TESTED: managing_item.tested,
    managing_item.EVENT: managing_item.event,
    managing_item.REOPEN: managing_item.reopen,
    managing_item.HISTORY: managing_item.show_history,
    managing_item.PACK: managing_item.pack,
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
    challenging.IMPACT: challenge_impact.impact,
    overview.WEEK: overview.show_week,
    overview.AHEAD: overview.show_ahead,
    overview.REACH: overview.show_unreachable,
    overview.DOUBTS: overview.show_doubts,
    overview.TOLD: overview.told,
    overview.AGAIN: overview.again,
}

VERBS_FOR_ANYWHERE = frozenset({"courses", "help", finding.MORE, articles.SHOW, articles.HELPFUL, articles.UNHELPFUL})

EXPECTED: dict[str, Callable[[Turn], Awaitable[Answer | None]]] = {
    finding.SESSIONS: otherwise.choose_session,
    cancelling.BOOKINGS: cancelling.choose_to_cancel,
    swapping.HELD: swapping.choose_held,
    swapping.OTHERS: swapping.choose_date,
    swapping.SURE: swapping.sure,
    offering.OFFERS: offering.choose,
    approving.APPROVALS: approving.choose,
    cancelling.BOOKING: colleagues.said_after_cancel,
    colleagues.FOR_COLLEAGUE: colleague_dates.said_session,
    colleagues.FOR: colleagues.said_for,
    colleagues.INSTEAD: colleagues.said_instead,
    colleagues.NEWCOMER: colleagues.said_of_newcomer,
    interests.INTEREST: interests.said,
    interests.LISTED: interests.choose,
    evaluating.EVALUATION: evaluating.next_answer,
    guidance.TOPICS: handing.after_topics,
    handing.QUESTION: handing.typed_question,
    walking.WHICH_DOMAIN: walking.said_domain,
    walking.WHICH_LEVEL: walking.said_level,
    walking.READ: walking.after_level,
    escalating.WHICH_STAGE: escalating.said_stage,
    escalating.WHICH_DAY: escalating.said_day,
    escalating.AFTER: challenging.after_clock,
    challenge_log.LOGGING: challenge_log.next_answer,
    challenging.IDS: challenging.choose,
    challenging.ONE: challenging.said_of_one,
    challenging.MOVING: challenging.said_move,
    challenging.ENDING: challenging.said_outcome,
    challenging.DIFFERENCE: challenge_impact.said,
    acting.ITEMS: action_answers.choose,
    action_answers.LEFT_OUT: action_answers.said,
    **office.EXPECTED,
}


async def respond(turn: Turn) -> Answer:
    """Answer one turn. What a use case refuses comes back as a sentence, and nothing of what the flow had written by
    then is kept; where the conversation stood is.
    """
    try:
        async with turn.work.attempt():
            answered = await (_card(turn) if turn.said.verb is not None else _words(turn))
    except ServiceError as error:
        # a yes after "only leads book for others" would book the speaker on what was offered before
        kept = {} if error.code == "not-for-colleagues" else dict(turn.state)
        answered = answer(Reply(explain(error)), **kept)
    return typed.remember(turn, answered)


async def _card(turn: Turn) -> Answer:
    """A pressed button. What was typed into its card may say that somebody is in danger, as any words may."""
    if calls_for_help(turn.said, turn.rules.pack, turn.guide):
        return leaving.told_of_card(turn, guidance.show_emergency(turn))
    return await _press(turn)


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
    if SOS in text:
        return leaving.told(turn, guidance.show_emergency(turn))
    if not any(character.isalnum() for character in text):
        return about.nothing_said(turn)
    screened = await action_commands.to_screen(turn, text[:MOST_CHARACTERS])
    understood = turn.guide.understand(screened, topic=turn.state.get(TOPIC))
    if understood.outcome is Outcome.EMERGENCY and not challenge_log.names_agency(turn):
        return leaving.told(turn, guidance.show_emergency(turn))
    if len(text) > MOST_CHARACTERS:
        return about.too_long(turn)
    answered = await _title(turn) or await _of_a_form_of_ours(turn, understood)
    if answered is not None:
        return leaving.told(turn, answered)
    if understood.outcome is Outcome.IDENTIFIABLE:
        meant = colleagues.how_to_name_one(turn, understood.identifiers)
        meant = meant or colleague_orders.how(turn, understood.identifiers)
        return meant or guidance.refuse_identifiers(turn, understood)
    ordered = await offering.answered(turn) or await listen(COMMANDED, turn, understood)
    if ordered is None and (answered := await _expected(turn)) is not None:
        return answered
    other = ordered or await _spoken(turn) or await listen(LISTENERS, turn, understood)
    other = other or await _aside(turn, understood) or _form_on_card(turn, understood)
    other = other or colleague_names.unknown(turn, understood)
    # what the guidance is asked is kept: only what was screened may be
    return leaving.told(turn, other or await _meaning(turn.saying(screened), understood))


async def _title(turn: Turn) -> Answer | None:
    """The title of a button on the card last shown, typed: pressed under the same rules."""
    button = typed.meant(turn)
    if button is None or not button.verb:
        return None
    press = replace(turn, said=replace(turn.said, text="", verb=button.verb, data=button.data))
    flow = VERBS.get(button.verb)
    asked = await action_answers.of_title(press, flow) if flow is not None else None
    return asked or await _press(press)


def _form_on_card(turn: Turn, understood: Understanding) -> Answer | None:
    """The title of a button that opens a form, where the words mean nothing else to us."""
    if understood.outcome is Outcome.COMMAND or typed.meant(turn) is None:
        return None
    return answer(Reply(say("form-on-card")), **dict(turn.state))


async def _aside(turn: Turn, understood: Understanding) -> Answer | None:
    """Greetings and the like, unless the partnership's own words make a command of them."""
    return None if understood.outcome is Outcome.COMMAND else await asides.heard(turn)


async def _of_a_form_of_ours(turn: Turn, understood: Understanding) -> Answer | None:
    """Words in which an address, a name or a number stands where we asked for one: it is nothing to be refused."""
    if colleagues.is_whom(turn):
        return await _expected(turn)
    named = await colleague_names.heard(turn, understood) or await colleague_cancels.heard(turn, understood)
    return named or await listen(OF_A_FORM, turn, understood)


async def _expected(turn: Turn) -> Answer | None:
    """The answer to a question of ours, if these words are one."""
    expected = EXPECTED.get(turn.state.get(EXPECT, "")) if turn.personal else None
    return await expected(turn) if expected is not None else None


async def _spoken(turn: Turn) -> Answer | None:
    """Words that do exactly what a button does, under the same rules."""
    press = spoken.read(turn.said.text)
    return await _press(turn.saying(verb=press[0], **press[1])) if press is not None else None


async def _meaning(turn: Turn, understood: Understanding) -> Answer:
    if understood.outcome is Outcome.COMMAND and understood.command is not None:
        if not turn.personal and understood.command not in FOR_ANYWHERE:
            raise ServiceError("personal-only")
        return await COMMANDS[understood.command](turn)
    if understood.outcome is Outcome.ANSWER and understood.topic is not None:
        return escalating.with_clock(turn, understood.topic, await guidance.answer_question(turn, understood.topic))
    if understood.outcome is Outcome.OUT_OF_SCOPE:
        return await guidance.out_of_scope(turn)
    return escalating.keep_day(turn, await guidance.offer_topics(turn, understood.candidates))
