"""The challenges' part of the router: which flow answers which verb, and who reads the answer to a question."""

from __future__ import annotations

from dialogs.challenges import challenge_impact, challenge_log, challenging, moving
from dialogs.guidance import escalating
from dialogs.turn import AnswerCheck, AnswerReader, Flow

FLOWS: dict[str, Flow] = {
    challenge_log.LOG_ASK: challenge_log.ask_log,
    challenge_log.LOG: challenge_log.log,
    challenging.LIST: challenging.show_list,
    challenging.OPEN: challenging.open_one,
    challenging.NEXT: moving.move,
    challenging.SETTLE: challenging.settle,
    challenging.IMPACT: challenge_impact.impact,
}

EXPECTED: dict[str, AnswerReader] = {
    escalating.AFTER: challenging.after_clock,
    challenge_log.LOGGING: challenge_log.next_answer,
    challenging.IDS: moving.choose,
    challenging.ONE: moving.said_of_one,
    challenging.MOVING: moving.said_move,
    challenging.ENDING: challenging.said_outcome,
    challenging.DIFFERENCE: challenge_impact.said,
    challenge_impact.IN_DANGER: challenge_impact.said_after_danger,
}
"""Who takes the answer to what was asked last."""

SURELY_ANSWERED: dict[str, AnswerCheck] = {challenge_log.LOGGING: challenge_log.names_agency}
"""By which words it is surely answered, though they may read as a call for help."""
