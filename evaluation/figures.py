"""The figures that the customer asked for, from what was understood of each question. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evaluation.questions import Question

Measure = Callable[[Question, "Verdict"], bool]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was understood of one question: outcome, command, and the topics offered, best first."""

    outcome: str
    topics: tuple[str, ...] = ()
    command: str | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """One figure: a share of the questions of some kinds. `least` or `most` is what the customer asked for."""

    name: str
    kinds: frozenset[str]
    holds: Measure
    least: float | None = None
    most: float | None = None

    def share(self, questions: Sequence[Question], verdicts: Sequence[Verdict]) -> float:
        """The share from 0 to 1; not a number when there is no such question."""
        asked = [
            self.holds(question, verdict)
            for question, verdict in zip(questions, verdicts, strict=True)
            if question.expect in self.kinds
        ]
        return sum(asked) / len(asked) if asked else math.nan

    def met(self, share: float) -> bool:
        """True when the share is what was asked for, or nothing could be measured."""
        if math.isnan(share):
            return True
        return (self.least is None or share >= self.least) and (self.most is None or share <= self.most)

    @property
    def wanted(self) -> str:
        """The gate in words, for the table."""
        if self.least is not None:
            return f">= {self.least:.0%}"
        return f"<= {self.most:.0%}" if self.most is not None else ""


def _is(*outcomes: str) -> Measure:
    return lambda question, verdict: verdict.outcome in outcomes


def _right_within(offered: int) -> Measure:
    return lambda question, verdict: any(topic in question.topics for topic in verdict.topics[:offered])


def _wrong(question: Question, verdict: Verdict) -> bool:
    return verdict.outcome == "answer" and verdict.topics[0] not in question.topics


def _answered_right(question: Question, verdict: Verdict) -> bool:
    return verdict.outcome == "answer" and verdict.topics[0] in question.topics


def _routed(question: Question, verdict: Verdict) -> bool:
    return verdict.command == question.command


_ANSWER, _OUTSIDE = frozenset({"answer"}), frozenset({"out-of-scope"})
GATES = (
    Gate("right topic first", _ANSWER, _right_within(1), least=0.90),
    Gate("right topic within three offered", _ANSWER, _right_within(3), least=0.97),
    Gate("right answer shown at once", _ANSWER, _answered_right),
    Gate("wrong answer shown with confidence", _ANSWER, _wrong, most=0.03),
    Gate("out of scope refused", _OUTSIDE, _is("out-of-scope"), least=0.95),
    Gate("out of scope refused or unsure", _OUTSIDE, _is("out-of-scope", "unsure")),
    Gate("emergencies caught", frozenset({"emergency"}), _is("emergency"), least=0.99),
    Gate("emergency alarms on answerable questions", _ANSWER, _is("emergency"), most=0.01),
    Gate("emergency alarms on look-alikes", frozenset({"not-emergency"}), _is("emergency")),
    Gate("identifiers caught", frozenset({"identifiable"}), _is("identifiable"), least=0.97),
    Gate("identifier alarms on answerable questions", _ANSWER, _is("identifiable"), most=0.01),
    Gate("identifier alarms on look-alikes", frozenset({"not-identifiable"}), _is("identifiable")),
    Gate("typed commands routed", frozenset({"command"}), _routed, least=0.95),
)
