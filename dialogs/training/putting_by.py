"""Evaluations that were left half answered, for something else or until their question lapsed: each is kept until it
is gone on with, or in. Nothing of them is sent before."""

from __future__ import annotations

import json
from collections.abc import Mapping

from dialogs.turn import EXPECT, State

EVALUATION, ANSWERS = "evaluation", "answers"
PUT_BY = "put-by"

Forms = dict[str, dict[str, str]]
"""The answers so far by the number of the form. The one that was left last stands last."""


def half_answered(state: State) -> Forms:
    """The form that is being answered; none where nothing was answered yet."""
    answers: dict[str, str] = json.loads(state.get(ANSWERS, "{}")) if state.get(EXPECT) == EVALUATION else {}
    return {state.get(EVALUATION, ""): answers} if answers else {}


def put_by(state: State) -> Forms:
    """What was put by before."""
    kept = state.get(PUT_BY, "")
    if kept.startswith("{"):
        return dict(json.loads(kept))
    # before each form was kept there was one, with its number before the answers
    number, _, answers = kept.partition(" ")
    return {number: json.loads(answers)} if number else {}


def to_put_by(state: State) -> Forms:
    """The same with the form that is being answered, should it be left now."""
    half = half_answered(state)
    return {number: given for number, given in put_by(state).items() if number not in half} | half


def as_state(forms: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """How they are remembered."""
    return {PUT_BY: json.dumps(forms)} if forms else {}
