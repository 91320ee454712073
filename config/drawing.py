"""Draws a ladder as the dates on which it would speak, so that the office can see what it has set. Sends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from config.dates import AddWorkingDays, shift
from config.ladders import Basis, Ladder, LadderKind, Recipient, Step
from config.spans import Span, Unit

_REPEATS = 2
"""How many times a step that repeats for ever is drawn again."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One reminder on one day. `again` is true for the repeats of a step."""

    on: date
    step: str
    to: tuple[Recipient, ...]
    urgent: bool
    again: bool = False


@dataclass(frozen=True, slots=True)
class DrawnLadder:
    """A ladder counted from one example day."""

    kind: LadderKind
    title: str
    basis: Basis
    counted_from: date
    rungs: tuple[Rung, ...]

    def __str__(self) -> str:
        """`impact-evaluation (session-end 1 Sep 2026): 13 Oct invite -> owner · ...`."""
        said = " · ".join(
            f"{_written(rung.on)} {rung.step}{' again' if rung.again else ''} -> {', '.join(rung.to)}"
            for rung in self.rungs
        )
        return f"{self.kind} ({self.basis} {_written(self.counted_from)}): {said}"


def draw_ladder(ladder: Ladder, example: date, add_working_days: AddWorkingDays) -> DrawnLadder:
    """The dates of `ladder` if its basis falls on `example`, in the order in which they come."""
    rungs = [rung for step in ladder.steps for rung in _rungs(step, example, add_working_days)]
    rungs.sort(key=lambda rung: rung.on)
    return DrawnLadder(ladder.kind, ladder.title, ladder.basis, example, tuple(rungs))


def _rungs(step: Step, example: date, add_working_days: AddWorkingDays) -> list[Rung]:
    on = _counted(example, step.at, add_working_days)
    rungs = [Rung(on, step.name, step.to, step.urgent)]
    for _ in range(_REPEATS if step.every else 0):
        assert step.every is not None
        on = _counted(on, step.every, add_working_days)
        rungs.append(Rung(on, step.name, step.to, step.urgent, again=True))
    return rungs


def _counted(day: date, span: Span, add_working_days: AddWorkingDays) -> date:
    # Hours are counted from noon: a line of dates can only show on which day they end.
    if span.unit is Unit.HOURS:
        return (datetime.combine(day, time(12)) + timedelta(hours=span.amount)).date()
    return shift(day, span, add_working_days)


def _written(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"
