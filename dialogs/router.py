"""From what was said to the flow that answers it.

Order matters. Of words, and of the fields of a card, an emergency comes before anything else. A pressed button then
goes straight to its flow. Words go on in this order:

1. what has a name, an address or a number in it by its very form: the typed title of a button, the answer to "who is
   it for?", an order about a colleague, and the listeners `OF_A_FORM`;
2. identifiers, which are refused;
3. orders that name what they are about (`COMMANDED`), then the answer that a question of ours expects;
4. other words that mean one flow (`LISTENERS`), and at last what the words mean to the guide.

What stands before the refusal, or goes round it, keeps nothing that has not been screened: a title's words are dropped
and its button pressed; the forms match a whole message and lead to ids, or to the work address that was asked for; and
what a flow keeps of somebody's own words (evidence, a reason, an answer), from a message or a field, is screened once
more on its way into the records (`services.kept`).
"""

from __future__ import annotations

from dataclasses import replace

from dialogs import about, asides, button_titles, leaving, spoken, strangers
from dialogs.actions import flows as actions
from dialogs.actions import item_answers, item_commands, managing, own_items
from dialogs.challenges import challenge_impact, challenging
from dialogs.challenges import flows as challenges
from dialogs.danger import MOST_CHARACTERS, SOS, calls_for_help
from dialogs.guidance import articles, escalating, replies, walking
from dialogs.guidance import flows as guidance
from dialogs.listening import LISTENERS, OF_A_FORM, OrderRefused, listen, listen_to_orders
from dialogs.office import flows as office
from dialogs.office import reporting
from dialogs.questions import flows as questions
from dialogs.questions import handing
from dialogs.talk import Reply
from dialogs.training import (
    booking,
    colleague_again,
    colleague_answers,
    colleague_cancels,
    colleague_moves,
    colleague_orders,
    colleagues,
    evaluating,
    finding,
    last_place,
    offering,
)
from dialogs.training import flows as training
from dialogs.turn import EXPECT, Answer, AnswerCheck, AnswerReader, Flow, Turn, answer
from dialogs.wording import say
from services.errors import ServiceError
from services.understanding import Command, Outcome, Understanding

COMMANDS: dict[Command, Flow] = {
    Command.COURSES: finding.list_courses,
    Command.BOOK: finding.find_to_book,
    Command.CANCEL_BOOKING: colleague_cancels.find_to_cancel,
    Command.MY_BOOKINGS: booking.my_bookings,
    Command.WAITING_LIST: finding.waiting_list,
    Command.MY_ACTIONS: own_items.my_actions,
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
    "help": about.show_help,
    **guidance.FLOWS,
    **questions.FLOWS,
    **training.FLOWS,
    **actions.FLOWS,
    **challenges.FLOWS,
    **office.FLOWS,
}

VERBS_FOR_ANYWHERE = frozenset({"courses", "help", finding.MORE, articles.SHOW, articles.HELPFUL, articles.UNHELPFUL})

UNHEARD = frozenset({handing.ASK, escalating.LOG_ASK})
"""Verbs that show nothing about anybody, and yet are for our own chat: what is asked or logged is written there."""

EXPECTED: dict[str, AnswerReader] = {
    **guidance.EXPECTED,
    **questions.EXPECTED,
    **training.EXPECTED,
    **actions.EXPECTED,
    **challenges.EXPECTED,
    **office.EXPECTED,
}

SURELY_ANSWERED: dict[str, AnswerCheck] = {**training.SURELY_ANSWERED, **challenges.SURELY_ANSWERED}

VERBS_FOR_STRANGERS = (
    VERBS_FOR_ANYWHERE
    | {walking.START, walking.DOMAIN, walking.LEVEL}
    | {
        escalating.START,
        escalating.STAGE,
        escalating.DAY,
    }
)
"""What the partnership does for people it does not know: to read, and to count days."""


async def respond(turn: Turn) -> Answer:
    """Answer one turn. What a use case refuses comes back as a sentence, and nothing of what the flow had written by
    then is kept; where the conversation stood is.
    """
    try:
        async with turn.work.attempt():
            answered = await (_card(turn) if turn.said.verb is not None else _words(turn))
    except OrderRefused as error:
        # what was asked before is over: the next words would be taken for its answer
        answered = leaving.told(turn, answer(about.refused(turn.rules.pack, error), **button_titles.kept(turn)))
    except ServiceError as error:
        # a yes after "only leads book for others" would book the speaker on what was offered before; and whoever asked
        # for a list that is for others has left a question that any words answer
        left = error.code == "role-missing" and turn.state.get(EXPECT) == item_answers.LEFT_OUT
        kept = {} if error.code == "not-for-colleagues" or left else dict(turn.state)
        answered = answer(about.refused(turn.rules.pack, error), **kept)
    answered = strangers.shown(turn, walking.stands(turn, answered), VERBS_FOR_STRANGERS)
    if turn.said.files and turn.said.text:
        answered = replace(answered, replies=(*answered.replies, Reply(say("no-files"))))
    return last_place.remember(turn, button_titles.remember(turn, answered))


async def _card(turn: Turn) -> Answer:
    """A pressed button. What was typed into its card may say that somebody is in danger, as any words may."""
    if calls_for_help(turn.said, turn.rules.pack, turn.guide):
        return leaving.told_of_card(turn, replies.show_emergency(turn))
    return await _press(turn)


async def _press(turn: Turn) -> Answer:
    verb = turn.said.verb or ""
    flow = VERBS.get(verb)
    if flow is None:
        raise ServiceError("unknown-verb")
    if not turn.personal and verb not in VERBS_FOR_ANYWHERE:
        raise ServiceError("own-chat-only" if verb in UNHEARD else "personal-only")
    return await flow(turn)


async def _words(turn: Turn) -> Answer:
    text = turn.said.text
    if SOS in text:
        return leaving.told(turn, replies.show_emergency(turn))
    if not any(character.isalnum() for character in text):
        return about.nothing_said(turn)
    screened = await item_commands.to_screen(turn, text[:MOST_CHARACTERS])
    understood = turn.guide.understand(screened, topic=turn.read_last)
    if understood.outcome is Outcome.EMERGENCY and not await _surely_answers(turn):
        return await _emergency(turn)
    if len(text) > MOST_CHARACTERS:
        return about.too_long(turn)
    answered = await _title(turn) or await _of_a_form_of_ours(turn, understood)
    if answered is not None:
        return leaving.told(turn, answered)
    if understood.outcome is Outcome.IDENTIFIABLE:
        meant = await colleague_again.ordered(turn, understood)
        meant = meant or await colleague_orders.how(turn, understood.identifiers)
        return meant or replies.refuse_identifiers(turn, understood)
    ordered = await offering.answered(turn) or await listen_to_orders(turn, understood)
    if ordered is None and (answered := asides.in_between(turn) or await _expected(turn)) is not None:
        return answered
    return leaving.told(turn, ordered or await _elsewhere(turn, understood, screened))


async def _emergency(turn: Turn) -> Answer:
    """999 before anything else. A line that was asked for waits beneath it, and is not lost."""
    shown, waits = replies.show_emergency(turn), await challenge_impact.beside_danger(turn)
    if waits is None:
        return leaving.told(turn, shown)
    return Answer((*shown.replies, *waits.replies), waits.state)


async def _elsewhere(turn: Turn, understood: Understanding, screened: str) -> Answer:
    """The answer to words on something else than what we asked. Where any words answer that, it is over."""
    try:
        return await _other(turn, understood, screened)
    except ServiceError as error:
        if turn.state.get(EXPECT) != item_answers.LEFT_OUT:
            raise
        raise OrderRefused(error.code, **error.params) from error


async def _other(turn: Turn, understood: Understanding, screened: str) -> Answer:
    other = await _spoken(turn) or await listen(LISTENERS, turn, understood)
    other = other or await _aside(turn, understood) or _form_on_card(turn, understood)
    other = other or colleague_answers.unknown(turn, understood)
    # what the guidance is asked is kept: only what was screened may be
    return other or await _meaning(turn.saying(screened), understood)


async def _title(turn: Turn) -> Answer | None:
    """The title of a button on the card last shown, typed: pressed under the same rules."""
    button = button_titles.meant(turn)
    if button is None or not button.verb:
        return None
    press = replace(turn, said=replace(turn.said, text="", verb=button.verb, data=button.data))
    flow = VERBS.get(button.verb)
    asked = await item_answers.of_title(press, flow) if flow is not None else None
    return asked or await _press(press)


def _form_on_card(turn: Turn, understood: Understanding) -> Answer | None:
    """The title of a button that opens a form, where the words mean nothing else to us."""
    if understood.outcome is Outcome.COMMAND or button_titles.meant(turn) is None:
        return None
    return answer(Reply(say("form-on-card")), **dict(turn.state))


async def _aside(turn: Turn, understood: Understanding) -> Answer | None:
    """Greetings and the like, unless the partnership's own words make a command of them. "That did not
    help" is no call for help."""
    return await (asides.judged(turn) if understood.outcome is Outcome.COMMAND else asides.heard(turn))


async def _of_a_form_of_ours(turn: Turn, understood: Understanding) -> Answer | None:
    """Words in which an address, a name or a number stands where we asked for one: it is nothing to be refused."""
    if colleagues.is_whom(turn):
        return await _expected(turn)
    named = await colleague_answers.heard(turn, understood) or await colleague_cancels.heard(turn, understood)
    named = named or await colleague_again.heard(turn, understood) or await colleague_moves.heard(turn, understood)
    return named or await listen(OF_A_FORM, turn, understood)


async def _surely_answers(turn: Turn) -> bool:
    """True for the very answer to the question of ours that is open: "ambulance" names an agency where one is asked
    for, and is a call for help anywhere else."""
    check = SURELY_ANSWERED.get(turn.state.get(EXPECT, "")) if turn.personal else None
    return check is not None and await check(turn)


async def _expected(turn: Turn) -> Answer | None:
    """The answer to a question of ours, if these words are one."""
    expected = EXPECTED.get(turn.state.get(EXPECT, "")) if turn.personal else None
    return await expected(turn) if expected is not None else None


async def _spoken(turn: Turn) -> Answer | None:
    """Words that do exactly what a button does, under the same rules."""
    press = spoken.read(turn.said.text)
    return await _press(turn.saying(verb=press[0], **press[1])) if press is not None else None


async def _meaning(turn: Turn, understood: Understanding) -> Answer:
    understood = escalating.about_escalation(turn.guide, turn.said.text, understood)
    if understood.outcome is Outcome.COMMAND and understood.command is not None:
        if not turn.personal and understood.command not in FOR_ANYWHERE:
            raise ServiceError("personal-only")
        return await COMMANDS[understood.command](turn)
    if (told := await challenge_impact.told_at_once(turn, page=understood.outcome is Outcome.ANSWER)) is not None:
        return told
    if understood.outcome is Outcome.ANSWER and understood.topic is not None:
        return escalating.with_clock(turn, understood.topic, await replies.answer_question(turn, understood.topic))
    if understood.outcome is Outcome.OUT_OF_SCOPE:
        return escalating.keep_clock(turn, await replies.out_of_scope(turn))
    offered = escalating.keep_day(turn, await replies.offer_topics(turn, understood.candidates))
    return escalating.keep_clock(turn, offered)
