"""Words that mean one flow of ours and nothing else, before the guidance is searched for what they might mean.

Each listener gets the turn and what the guide made of it, and answers, or returns None to let the next one listen.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from dialogs import leaving, unneeded
from dialogs.actions import filtering, giving, item_commands, passing_on
from dialogs.challenges import challenge_commands, challenge_impact, challenge_log, challenging, moving
from dialogs.guidance import escalating, phoning, recounting, the_form
from dialogs.meanwhile import asks
from dialogs.named_lists import manager_list
from dialogs.office import flows as office
from dialogs.office import overview
from dialogs.questions import in_words
from dialogs.training import (
    approvals_by_name,
    approving,
    bare_days,
    calendar_words,
    charging,
    colleague_orders,
    course_questions,
    evaluating,
    finding,
    interests,
    it_words,
    offering,
    record,
    session_questions,
    swapping,
    wishes,
)
from dialogs.turn import Answer, Turn
from services.errors import NotAllowed, ServiceError
from services.model import Role
from services.understanding import Outcome, Understanding


class OrderRefused(ServiceError):
    """An order that names what it is about was refused. Whoever gave it has left what was asked of them before."""


Listener = Callable[[Turn, Understanding], Awaitable[Answer | None]]

NO_QUESTION = (overview.show_week, overview.show_ahead, overview.show_unreachable)
"""What nobody else means by these words either. "Charges" is a question about charges from anybody but a manager."""


async def _challenges(turn: Turn, understood: Understanding) -> Answer | None:
    if (moved := await moving.heard(turn)) is not None:
        return moved
    flow = challenging.flow_for(turn.said.text)
    if flow is None and challenging.orders_escalation(turn.said.text):
        flow = challenging.escalate
    if flow is None and turn.personal and _tells_that_a_stage_ended(turn, understood):
        flow = escalating.start
    return await flow(turn) if flow is not None else None


def _tells_that_a_stage_ended(turn: Turn, understood: Understanding) -> bool:
    """True for "stage 1 ended without agreement", unless it is part of a question that an article answers."""
    if understood.outcome is Outcome.COMMAND:
        return False
    answered = understood.outcome is Outcome.ANSWER
    return escalating.stage_ended(turn.said.text) and not (answered and asks(turn.said.text))


async def _managers(turn: Turn, understood: Understanding) -> Answer | None:
    flow = manager_list(turn.said.text)
    if flow in NO_QUESTION and not turn.personal:
        raise ServiceError("personal-only")
    if flow is None or not turn.personal or turn.person is None:
        return None
    if turn.person.has(Role.MANAGER):
        return await flow(turn)
    if flow in NO_QUESTION:
        raise NotAllowed("role-missing")
    return None


async def _training(turn: Turn, understood: Understanding) -> Answer | None:
    if turn.personal and wishes.wants_to_book(turn, understood):
        return await finding.find_to_book(turn)
    told = await calendar_words.heard(turn) or await record.heard(turn) or await course_questions.heard(turn)
    told = told or await session_questions.of_bookings(turn, understood)
    if told is not None:
        return told
    return await finding.list_courses(turn) if wishes.looks_for_training(turn, understood) else None


async def _offers(turn: Turn, understood: Understanding) -> Answer | None:
    return await offering.heard(turn) or await offering.refused(turn)


async def _hands_on(turn: Turn, understood: Understanding) -> Answer | None:
    return await colleague_orders.heard(turn) or await colleague_orders.booked(turn)


async def _actions(turn: Turn, understood: Understanding) -> Answer | None:
    return await item_commands.heard(turn)


async def _named_challenge(turn: Turn, understood: Understanding) -> Answer | None:
    return await challenge_commands.heard(turn)


async def _office(turn: Turn, understood: Understanding) -> Answer | None:
    return await office.by_words(turn)


async def _unneeded(turn: Turn, understood: Understanding) -> Answer | None:
    return await unneeded.heard(turn)


async def _another_date(turn: Turn, understood: Understanding) -> Answer | None:
    return await it_words.heard(turn) or await swapping.heard(turn)


async def _interests(turn: Turn, understood: Understanding) -> Answer | None:
    return await interests.heard(turn)


async def _left_half_done(turn: Turn, understood: Understanding) -> Answer | None:
    asked = leaving.both_left(turn) or await evaluating.gone_on_with(turn) or await evaluating.changed(turn)
    return asked or await challenge_log.gone_on_with(turn)


async def _charges(turn: Turn, understood: Understanding) -> Answer | None:
    return await charging.heard(turn)


async def _approvals(turn: Turn, understood: Understanding) -> Answer | None:
    return await approving.heard(turn)


async def _named_approval(turn: Turn, understood: Understanding) -> Answer | None:
    return await approvals_by_name.heard(turn)


async def _impact_told(turn: Turn, understood: Understanding) -> Answer | None:
    return await challenge_impact.told(turn)


async def _day_put_right(turn: Turn, understood: Understanding) -> Answer | None:
    return await recounting.heard(turn)


async def _held_question(turn: Turn, understood: Understanding) -> Answer | None:
    return await in_words.heard(turn)


async def _form_of_topic(turn: Turn, understood: Understanding) -> Answer | None:
    return await the_form.heard(turn)


OF_A_FORM: tuple[Listener, ...] = (
    _office,
    _named_approval,
    filtering.heard,
    passing_on.heard,
    giving.heard,
    item_commands.unknown_colleague,
)
"""Listeners for words of a fixed form, in which an address, a name or a certificate's number may stand. They are asked
before identifiers are refused, so each must take its own form and nothing else."""

COMMANDED: tuple[Listener, ...] = (_actions, _named_challenge)
"""Listeners for words that name what they are about ("done BO-01", "settle C-2"): they answer no question of ours."""

LISTENERS: tuple[Listener, ...] = (
    _day_put_right,
    _impact_told,
    _form_of_topic,
    phoning.heard,
    _held_question,
    _left_half_done,
    _approvals,
    _charges,
    _interests,
    _another_date,
    _hands_on,
    _offers,
    _unneeded,
    _challenges,
    _managers,
    _training,
    bare_days.heard,
)
"""Listeners for words that name nobody."""


async def listen(listeners: Sequence[Listener], turn: Turn, understood: Understanding) -> Answer | None:
    """The answer of the first listener that has one."""
    for listener in listeners:
        answered = await listener(turn, understood)
        if answered is not None:
            return answered
    return None


async def listen_to_orders(turn: Turn, understood: Understanding) -> Answer | None:
    """The answer to an order that names what it is about. Raises `OrderRefused` for one that cannot be done."""
    try:
        return await listen(COMMANDED, turn, understood)
    except ServiceError as error:
        raise OrderRefused(error.code, **error.params) from error
