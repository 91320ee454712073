"""How long records are kept, as the partnership sets it: what could go, and letting it go.

What nobody has decided is kept. A length of time that the partnership office has still to confirm is counted and
shown, and purged only when the person who runs the purge says that it holds. Figures survive.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time

from config.actions import RecordKind
from config.spans import Span
from services.rulebook import Rulebook
from services.store.retention import RetentionRows
from services.work import Work

Step = Callable[[RetentionRows, datetime], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Purger:
    """How one kind of record is counted and purged. Both take the moment before which it may go."""

    count: Step
    purge: Step


PURGERS: dict[RecordKind, Purger] = {
    RecordKind.EVALUATION: Purger(RetentionRows.count_evaluations, RetentionRows.purge_evaluations),
    RecordKind.CERTIFICATE: Purger(RetentionRows.count_certificates, RetentionRows.purge_certificates),
    RecordKind.BOOKING: Purger(RetentionRows.count_bookings, RetentionRows.purge_bookings),
    RecordKind.ACTION_ITEM: Purger(RetentionRows.count_items, RetentionRows.purge_items),
    RecordKind.CHALLENGE: Purger(RetentionRows.count_challenges, RetentionRows.purge_challenges),
    RecordKind.QUESTION_TICKET: Purger(RetentionRows.count_tickets, RetentionRows.purge_tickets),
    RecordKind.UNANSWERED: Purger(RetentionRows.count_unanswered, RetentionRows.purge_unanswered),
    RecordKind.NOTICE: Purger(RetentionRows.count_notices, RetentionRows.purge_notices),
    RecordKind.CONVERSATION: Purger(RetentionRows.count_conversations, RetentionRows.purge_conversations),
    RecordKind.PERSON: Purger(RetentionRows.count_people, RetentionRows.purge_people),
}
"""In the order in which they go: people last, when nothing of theirs is left that could go on its own."""


@dataclass(frozen=True, slots=True)
class PurgeLine:
    """One kind of record: how long it is kept, how many are older, and how many of those have gone.

    `keep` is `None` while nobody has said how long.
    """

    record: RecordKind
    keep: Span | None
    confirmed: bool
    counted_from: str
    before: datetime | None
    older: int
    purged: int


async def purge(
    work: Work,
    rules: Rulebook,
    *,
    now: datetime,
    dry_run: bool,
    include_unconfirmed: bool = False,
) -> list[PurgeLine]:
    """Count what is older than it need be, and unless `dry_run` let it go. The caller commits.

    Without `include_unconfirmed` only kinds whose length of time the office has confirmed are purged.
    What went, by kind, is recorded; whose it was is not, nor by whom: it is done at the machine, where nobody signs in.
    """
    lines = []
    rows = {one.record: one for one in rules.pack.partnership.retention}
    for kind, purger in PURGERS.items():
        keep = rows[kind].keep
        before = _before(rules, keep.value, now) if keep.value else None
        older = await purger.count(work.retention, before) if before else 0
        may_go = not dry_run and (keep.confirmed or include_unconfirmed)
        gone = await purger.purge(work.retention, before) if before and older and may_go else 0
        lines.append(PurgeLine(kind, keep.value, keep.confirmed, rows[kind].counted_from, before, older, gone))
    if not dry_run:
        counts = {line.record.value: line.purged for line in lines if line.purged}
        await work.events.record("purged", ("retention", 0), at=now, actor_id=None, detail=counts)
    return lines


def _before(rules: Rulebook, keep: Span, now: datetime) -> datetime:
    """The start of the day that lies `keep` before today, in the partnership's time zone."""
    day = rules.clockwork.shift(rules.today(now), Span(-keep.amount, keep.unit))
    return rules.local(rules.at(day, time(0)))


async def overdue(work: Work, rules: Rulebook, now: datetime) -> tuple[tuple[str, int], ...]:
    """Kinds of record of which some are older than the office has confirmed they may be, with how many.

    What is still to be confirmed is asked about by `check`; nobody is told to purge by it.
    """
    lines = await purge(work, rules, now=now, dry_run=True)
    return tuple((line.record.value, line.older) for line in lines if line.older and line.confirmed)
