"""What will be sent, if nobody does anything meanwhile: the planners and the checks themselves, asked about later.

It writes nothing. Because the very code that will send is asked, the forecast equals what is then sent; a test holds
the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from services.model import Notice, NoticeState, Owed
from services.notices.checking import check
from services.notices.kinds import KINDS
from services.notices.subjects import Ended
from services.rulebook import Rulebook
from services.work import Work
from services.workdays import wall_clock

Key = tuple[str, int, str, int]


@dataclass(frozen=True, slots=True)
class Coming:
    """A notice that will go out on `day` (the partnership's calendar)."""

    day: date
    kind: str
    subject_id: int
    step: str
    person_id: int


def moments_of(first: date, days: int, rules: Rulebook) -> Iterator[datetime]:
    """When to look on each of so many days: at the digest hour, and at the end of the hours in which is sent."""
    calendar = rules.pack.partnership.calendar
    evening = calendar.quiet_hours.value.starts
    for day in (first + timedelta(days=n) for n in range(days)):
        yield wall_clock(day, calendar.digest_at.value, calendar.zone)
        yield wall_clock(day, evening, calendar.zone) - timedelta(minutes=1)


async def forecast(
    work: Work, rules: Rulebook, now: datetime, moments: Iterable[datetime], *, without: str = ""
) -> list[Coming]:
    """What sweeps at these moments after `now` would send, in their order. `without` names a kind to leave out."""
    outlook = await _Outlook.at(work, rules, now, without)
    kinds = [kind for kind in KINDS if kind.name != without]
    coming: list[Coming] = []
    for moment in (one for one in moments if one > now):
        owed = [one for kind in kinds for one in await kind.plan(work, rules, moment)]
        outlook.expect(owed, await work.notices.known(owed))
        coming += await outlook.send(work, rules, moment)
    return coming


@dataclass
class _Outlook:
    """The ledger as it will be: what waits, what is over, and who has had a digest on which day."""

    waiting: dict[Key, tuple[Notice, datetime]]
    """What is still to be sent, with the moment before which it is not."""
    over: set[Key] = field(default_factory=set)
    digests: set[tuple[int, date]] = field(default_factory=set)
    _ids: Iterator[int] = field(default_factory=lambda: count(1_000_000_000))

    @classmethod
    async def at(cls, work: Work, rules: Rulebook, now: datetime, without: str) -> _Outlook:
        today = rules.today(now)
        waiting = {
            _key(notice): (notice, since) for notice, since in await work.notices.waiting() if notice.kind != without
        }
        return cls(waiting, digests={(person_id, today) for person_id in await work.claims.all_with_digest(today)})

    def expect(self, owed: Sequence[Owed], in_ledger: set[Key]) -> None:
        """Take in what a planner would write that is neither in the ledger nor expected yet."""
        for one in owed:
            key = (one.kind, one.subject_id, one.step, one.person_id)
            if key in in_ledger or key in self.waiting or key in self.over:
                continue
            if one.state is not NoticeState.DUE:
                self.over.add(key)
                continue
            # The ledger has no id for it yet. These only tell notices from each other, and grow as its own would.
            notice = Notice(next(self._ids), *key, NoticeState.DUE, one.urgent, one.due_at)
            self.waiting[key] = notice, one.due_at

    async def send(self, work: Work, rules: Rulebook, moment: datetime) -> list[Coming]:
        """What the sweep at `moment` would send of what waits."""
        day, quiet = rules.today(moment), rules.quiet(moment)
        ripe = [notice for notice, since in self.waiting.values() if since <= moment]
        going = [one for one in ripe if one.urgent or not (quiet or (one.person_id, day) in self.digests)]
        verdicts = await check(work, rules, going, moment) if going else {}
        coming = []
        for notice in sorted(going, key=lambda one: (one.due_at, one.id)):
            key = _key(notice)
            del self.waiting[key]
            self.over.add(key)
            if isinstance(verdicts[notice.id], Ended):
                continue
            coming.append(Coming(day, notice.kind, notice.subject_id, notice.step, notice.person_id))
            if not notice.urgent:
                self.digests.add((notice.person_id, day))
        return coming


def _key(notice: Notice) -> Key:
    return notice.kind, notice.subject_id, notice.step, notice.person_id
