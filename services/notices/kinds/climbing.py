"""How any ladder becomes notices, and whether a step still counts from the right date. Shared by the kinds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from config.ladders import Basis, Ladder, Recipient
from services.ladders import Rung, rungs
from services.model import Notice, NoticeState, Owed, Person
from services.notices.recipients import Circle, Resolves
from services.notices.subjects import SUPERSEDED, Ended, Subject
from services.rulebook import Rulebook
from services.work import Work

PAST_STEPS = timedelta(days=15)
"""How far back a step that never ran is still written down, as missed. Older ones tell nobody anything."""

Verdict = Subject | Ended
Planner = Callable[[Work, Rulebook, datetime], Awaitable[list[Owed]]]
"""Which notices of one kind ought to exist by a moment. It reads and never writes: the forecast asks it about days to
come, where the database refuses to write."""
Writer = Callable[[Work, Rulebook, datetime], Awaitable[list[Owed]]]
"""Writes what notices of one kind stand on, such as a certificate, and says which of them ought to exist then."""
Check = Callable[[Work, Rulebook, Sequence[Notice], datetime], Awaitable[dict[int, Verdict]]]
"""What each of these notices is about at the moment of sending, or how it ended. By notice id."""

Recipients = Callable[[tuple[Recipient, ...]], Sequence[int]]
"""The people that the roles of a step mean for one subject."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice: how it is planned, and how it is looked at again before it goes out.

    Where a notice stands on something that has to be written first, a sweep calls `write` and not `plan`. Then `plan`
    only foresees: what it names may not be there yet, and cannot be checked before it is. `once` says that whoever is
    told of a subject is told of it one time, so that foreseeing it again on the next day is the same notice.
    """

    name: str
    plan: Planner
    check: Check
    write: Writer | None = None
    once: bool = False


async def nothing_to_repair(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """The planner of what is owed in the very transaction of the deed, and never follows from how things stand."""
    return []


def midday(day: date, rules: Rulebook) -> datetime:
    """A moment that is surely on `day` on the wall clock, to count a ladder from a date."""
    return rules.at(day, time(12))


def moved(notice: Notice, basis: datetime, rules: Rulebook) -> bool:
    """True if the date that this step was counted from, as its key keeps it, is not the date any more."""
    return notice.counted_from != rules.today(basis).isoformat()


async def told_before(work: Work, notices: Sequence[Notice]) -> dict[int, frozenset[int]]:
    """For each of these notices of one kind, by its id, who has been sent an earlier step about the same date of its
    subject.

    A step that was missed, blocked or cancelled has told nobody: who is written to next must not read of it, nor of
    what was sent about a date that the subject had before.
    """
    told: dict[tuple[int, str], set[int]] = {}
    for kind in {one.kind for one in notices}:
        for one in await work.notices.about(kind, {notice.subject_id for notice in notices}):
            if one.state is NoticeState.SENT:
                told.setdefault((one.subject_id, one.counted_from), set()).add(one.person_id)
    return {one.id: frozenset(told.get((one.subject_id, one.counted_from), ())) for one in notices}


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
    return _owed(ladder, subject_id, _addressed(rules, ladder, circle, owner, basis, now), now)


def climb_to(
    rules: Rulebook, ladder: Ladder, recipients: Recipients, *, subject_id: int, basis: datetime, now: datetime
) -> list[Owed]:
    """What a ladder owes by `now` for one subject, to whoever `recipients` says that the roles of a step mean."""
    steps = rungs(ladder, basis, rules.clockwork, until=now)
    addressed = [(person_id, rung) for rung in steps for person_id in recipients(rung.to)]
    return _owed(ladder, subject_id, addressed, now)


def _owed(ladder: Ladder, subject_id: int, addressed: Iterable[tuple[int, Rung]], now: datetime) -> list[Owed]:
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


def _addressed(
    rules: Rulebook, ladder: Ladder, circle: Resolves, owner: Person, basis: datetime, now: datetime
) -> list[tuple[int, Rung]]:
    """Each step with each person it writes to. Where the owner works in a school, all but the partnership's own
    office climb by the school's calendar, and hear nothing that can wait while the school is closed."""
    steps = rungs(ladder, basis, rules.clockwork, until=now)
    addressed = [(person_id, rung) for rung in steps for person_id in circle.recipients(rung.to, owner)]
    clockwork = rules.clockwork_of(owner)
    told_when_it_is = ladder.basis is Basis.SESSION_START
    if clockwork is rules.clockwork or told_when_it_is or not isinstance(circle, Circle):
        # A session is when it is; and what resolves in its own way, such as a challenge about a child, cannot wait.
        return addressed
    office = {*circle.managers, *circle.scrutineers}
    closed = not clockwork.workdays.is_working(clockwork.day_of(now))
    for_office = [(person_id, rung) for person_id, rung in addressed if person_id in office]
    for_school = [
        (person_id, rung)
        for rung in rungs(ladder, basis, clockwork, until=now)
        for person_id in circle.recipients(rung.to, owner)
        if person_id not in office and (rung.urgent or not closed)
    ]
    return [*for_office, *for_school]
