"""What will be sent, if nobody does anything meanwhile: the planners and the checks themselves, asked about later.

It writes nothing, and the database refuses to write while it looks, in a chat too. The planners of a sweep and the
checks of a delivery are asked, so the forecast equals what is then sent; a test holds the two against each other. Only
what stands on something that a sweep has still to write, such as a certificate, is foreseen by a planner of its own and
cannot be checked before it is there. A kind that breaks is left out and named, as a sweep goes on without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count

from services.model import Notice, NoticeState, Owed
from services.notices.checking import check, dropped
from services.notices.kinds import KINDS
from services.notices.kinds.climbing import Kind
from services.notices.parts import foreseen_by_itself
from services.notices.subjects import Ended
from services.rulebook import Rulebook
from services.work import Work

Key = tuple[str, int, str, int]


@dataclass(frozen=True, slots=True)
class Coming:
    """A notice that will go out on `day` (the partnership's calendar)."""

    day: date
    kind: str
    subject_id: int
    step: str
    person_id: int


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What will be sent, and the names of the kinds of which nothing can be said because their part broke."""

    coming: tuple[Coming, ...]
    broken: tuple[str, ...] = ()


def moments_of(first: date, days: int, rules: Rulebook) -> Iterator[datetime]:
    """When to look on each of so many days: at the digest hour, and at the end of the hours in which is sent."""
    evening = rules.pack.partnership.calendar.quiet_hours.value.starts
    for day in (first + timedelta(days=n) for n in range(days)):
        yield rules.clockwork.digest_hour(day)
        yield rules.at(day, evening) - timedelta(minutes=1)


async def forecast(
    work: Work, rules: Rulebook, now: datetime, moments: Iterable[datetime], *, without: str = ""
) -> Foreseen:
    """What sweeps at these moments after `now` would send, in their order. `without` names a kind to leave out."""
    ahead = [one for one in moments if one > now]
    async with work.only_reading():
        outlook = await _Outlook.at(work, rules, now, without)
        planned = {kind: await _planned(work, rules, kind, ahead) for kind in KINDS if kind.name != without}
        outlook.broken |= {kind.name for kind, owed in planned.items() if owed is None}
        coming: list[Coming] = []
        for number, moment in enumerate(ahead):
            owed = {kind: found[number] for kind, found in planned.items() if found is not None}
            in_ledger = await work.notices.known([one for each in owed.values() for one in each])
            for kind, each in owed.items():
                outlook.expect(kind, each, in_ledger)
            coming += await outlook.send(work, rules, moment)
    sound = tuple(one for one in coming if one.kind not in outlook.broken)
    return Foreseen(sound, tuple(sorted(outlook.broken)))


async def _planned(work: Work, rules: Rulebook, kind: Kind, ahead: Sequence[datetime]) -> list[list[Owed]] | None:
    """What sweeps would plan of one kind, by moment; None when that breaks."""

    async def plan() -> list[list[Owed]]:
        return [await kind.plan(work, rules, moment) for moment in ahead]

    return await foreseen_by_itself(work, kind.name, plan)


@dataclass
class _Outlook:
    """The ledger as it will be: what waits, what is over, and who has had a digest on which day."""

    waiting: dict[Key, tuple[Notice, datetime]]
    """What is still to be sent, with the moment before which it is not."""
    over: set[Key] = field(default_factory=set)
    digests: set[tuple[int, date]] = field(default_factory=set)
    unwritten: set[Key] = field(default_factory=set)
    """What cannot be checked yet, because what it stands on is not there."""
    broken: set[str] = field(default_factory=set)
    """The kinds that could not be planned or checked."""
    _told: set[tuple[str, int, int]] = field(default_factory=set)
    _ids: Iterator[int] = field(default_factory=lambda: count(1_000_000_000))

    @classmethod
    async def at(cls, work: Work, rules: Rulebook, now: datetime, without: str) -> _Outlook:
        today = rules.today(now)
        waiting = {
            _key(notice): (notice, since) for notice, since in await work.notices.waiting() if notice.kind != without
        }
        return cls(waiting, digests={(person_id, today) for person_id in await work.claims.all_with_digest(today)})

    def expect(self, kind: Kind, owed: Sequence[Owed], in_ledger: set[Key]) -> None:
        """Take in what a sweep would plan of a kind that is neither in the ledger nor expected yet."""
        for one in owed:
            key = (one.kind, one.subject_id, one.step, one.person_id)
            if key in in_ledger or key in self.waiting or key in self.over or self._again(kind, one):
                continue
            if kind.write is not None:
                self.unwritten.add(key)
            if one.state is not NoticeState.DUE:
                self.over.add(key)
                continue
            # The ledger has no id for it yet. These only tell notices from each other, and grow as its own would.
            notice = Notice(next(self._ids), *key, NoticeState.DUE, one.urgent, one.due_at)
            self.waiting[key] = notice, one.due_at

    def _again(self, kind: Kind, owed: Owed) -> bool:
        """True if this person was told of it in this forecast, by a kind that tells once."""
        telling = owed.kind, owed.subject_id, owed.person_id
        told = kind.once and telling in self._told
        self._told.add(telling)
        return told

    async def send(self, work: Work, rules: Rulebook, moment: datetime) -> list[Coming]:
        """What the sweep at `moment` would send of what waits."""
        day, quiet = rules.today(moment), rules.quiet(moment)
        ripe = [notice for notice, since in self.waiting.values() if since <= moment]
        going = [one for one in ripe if one.urgent or not (quiet or (one.person_id, day) in self.digests)]
        ended = await self._ended(work, rules, going, moment) if going else set()
        coming = []
        for notice in sorted(going, key=lambda one: (one.due_at, one.id)):
            key = _key(notice)
            del self.waiting[key]
            self.over.add(key)
            if notice.id in ended:
                continue
            coming.append(Coming(day, notice.kind, notice.subject_id, notice.step, notice.person_id))
            if not notice.urgent:
                self.digests.add((notice.person_id, day))
        return coming

    async def _ended(self, work: Work, rules: Rulebook, going: Sequence[Notice], moment: datetime) -> set[int]:
        """Which of these would not go out after all when they are looked at again."""
        there = [one for one in going if _key(one) not in self.unwritten]
        ended: set[int] = set()
        for kind in sorted({one.kind for one in there}):
            theirs = [one for one in there if one.kind == kind]
            verdicts = await foreseen_by_itself(work, kind, partial(check, work, rules, theirs, moment))
            if verdicts is None:
                self.broken.add(kind)
                continue
            ended |= {one for one, verdict in verdicts.items() if isinstance(verdict, Ended)}
        return ended | (await dropped(work, going, ended)).keys()


def _key(notice: Notice) -> Key:
    return notice.kind, notice.subject_id, notice.step, notice.person_id
