"""Takes due notices for sending, one worker per person at a time, and gives back what a dead worker held."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.awake import wakes
from services.model import Notice
from services.rulebook import Rulebook
from services.work import Work

LEASE = timedelta(minutes=2)
"""How long a worker may hold a claim. It is renewed when the turn to send has come, and longer than any send may take
from then on (`services.notices.carrying.LONGEST`), short enough that a crash is noticed soon."""

STOPPED = "the worker stopped while sending"


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes to one person in one message: one urgent notice, or the day's digest of all the others."""

    person_id: int
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Claimed:
    """What one round took. `people` counts those looked at: none means that nothing is due any more."""

    people: int
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class _Sorted:
    urgent: list[int]
    digest: list[int]
    later: list[int]


def _sort(due: Sequence[Notice], had_digest: Collection[int], today: date, quiet: bool) -> _Sorted:
    """Urgent ones go now. The rest are today's digest, unless it went out already or the hour is quiet."""
    found = _Sorted([], [], [])
    for notice in due:
        part_of_today = notice.digest_on == today or notice.person_id not in had_digest
        if notice.urgent:
            found.urgent.append(notice.id)
        elif part_of_today and not quiet:
            found.digest.append(notice.id)
        else:
            found.later.append(notice.id)
    return found


def _letters(urgent: Sequence[Notice], digest: Sequence[Notice]) -> tuple[Letter, ...]:
    """Each urgent notice alone, and one digest for each person."""
    by_person: dict[int, list[Notice]] = {}
    for notice in digest:
        by_person.setdefault(notice.person_id, []).append(notice)
    alone = [Letter(notice.person_id, (notice,)) for notice in urgent]
    return (*alone, *(Letter(person_id, tuple(theirs)) for person_id, theirs in by_person.items()))


def next_digest(now: datetime, rules: Rulebook) -> datetime:
    """The next moment at which a digest may go out: the digest hour of the next working day after today."""
    return rules.clockwork.digest_hour(rules.workdays.add(rules.today(now), 1))


def _after_quiet(now: datetime, rules: Rulebook) -> datetime:
    """When the present quiet time ends: today's digest hour if it is still to come on a working day, else the next."""
    today = rules.today(now)
    at = max(wakes(today, rules), rules.clockwork.digest_hour(today))
    return at if rules.workdays.is_working(today) and at > now else next_digest(now, rules)


async def claim(
    work: Work,
    rules: Rulebook,
    *,
    worker: str,
    now: datetime,
    lease_until: datetime,
    limit: int,
    ignore_quiet: bool = False,
) -> Claimed:
    """Take what is due at `now` for up to `limit` people. The caller commits, and sends outside the transaction."""
    today = rules.today(now)
    quiet = rules.quiet(now) and not ignore_quiet
    people = await work.claims.lock_people_with_due(now, limit)
    # Read only now that the people are held: another worker may have written to them a moment ago.
    due = await work.claims.due_of(people, now)
    mine = _sort(due, await work.claims.had_digest(people, today), today, quiet)
    urgent = await work.claims.claim(mine.urgent, by=worker, lease_until=lease_until, digest_on=None)
    digest = await work.claims.claim(mine.digest, by=worker, lease_until=lease_until, digest_on=today)
    await work.claims.defer(mine.later, _after_quiet(now, rules) if quiet else next_digest(now, rules))
    letters = _letters([one for one in due if one.id in urgent], [one for one in due if one.id in digest])
    return Claimed(len(people), letters)


async def recover(work: Work, *, now: datetime) -> int:
    """Claims of workers that died: uncertain if the send may have started, due again if it had not. Counts both."""
    lapsed = await work.claims.lock_lapsed(now)
    maybe_sent = await work.attempts.give_up(lapsed, at=now, detail=STOPPED)
    await work.claims.doubt(maybe_sent, at=now, reason=STOPPED)
    await work.claims.release([one for one in lapsed if one not in maybe_sent])
    return len(lapsed)
