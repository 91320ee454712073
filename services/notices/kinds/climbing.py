"""How any ladder becomes notices, and whether a step still counts from the right date. Shared by the kinds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from config.ladders import Ladder
from services.ladders import Rung, rungs
from services.model import Notice, NoticeState, Owed, Person
from services.notices.recipients import Resolves
from services.notices.subjects import SUPERSEDED, Ended, Subject
from services.rulebook import Rulebook
from services.work import Work
from services.workdays import wall_clock

PAST_STEPS = timedelta(days=15)
"""How far back a step that never ran is still written down, as missed. Older ones tell nobody anything."""

Verdict = Subject | Ended
Planner = Callable[[Work, Rulebook, datetime], Awaitable[list[Owed]]]
"""Which notices of one kind ought to exist by a moment."""
Check = Callable[[Work, Rulebook, Sequence[Notice], datetime], Awaitable[dict[int, Verdict]]]
"""What each of these notices is about at the moment of sending, or how it ended. By notice id."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice: how it is planned, and how it is looked at again before it goes out."""

    name: str
    plan: Planner
    check: Check


def midday(day: date, rules: Rulebook) -> datetime:
    """A moment that is surely on `day` on the wall clock, to count a ladder from a date."""
    return wall_clock(day, time(12), rules.pack.partnership.calendar.zone)


def moved(notice: Notice, basis: datetime, rules: Rulebook) -> bool:
    """True if the date that this step was counted from, as its key keeps it, is not the date any more."""
    return notice.step.partition(":")[2] != rules.today(basis).isoformat()


def newest_first(addressed: Iterable[tuple[int, Rung]], now: datetime) -> list[tuple[int, Rung, NoticeState]]:
    """For each person the newest step is due; older ones that never went out are missed, not sent late in a bunch."""
    by_person: dict[int, list[Rung]] = {}
    for person_id, rung in addressed:
        by_person.setdefault(person_id, []).append(rung)
    found = []
    for person_id, climbed in by_person.items():
        *older, newest = climbed
        found += [(person_id, rung, NoticeState.MISSED) for rung in older if rung.at >= now - PAST_STEPS]
        found.append((person_id, newest, NoticeState.DUE))
    return found


def climb(
    rules: Rulebook, ladder: Ladder, circle: Resolves, *, subject_id: int, owner: Person, basis: datetime, now: datetime
) -> list[Owed]:
    """What a ladder owes by `now` for one subject, counted from `basis`."""
    steps = rungs(ladder, basis, rules.clockwork, until=now)
    addressed = [(person_id, rung) for rung in steps for person_id in circle.recipients(rung.to, owner)]
    return [
        Owed(
            ladder.kind.value,
            subject_id,
            rung.key,
            person_id,
            due_at=rung.at,
            urgent=rung.urgent,
            state=state,
            reason=SUPERSEDED.reason if state is NoticeState.MISSED else None,
        )
        for person_id, rung, state in newest_first(addressed, now)
    ]
