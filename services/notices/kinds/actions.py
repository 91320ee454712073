"""Action items with an owner and a date, and the weekly line about those that have none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from config.ladders import LadderKind
from services.model import ActionState, Notice, Owed
from services.notices.kinds.climbing import Kind, Verdict, climb, midday, told_before
from services.notices.kinds.weekly import for_managers, once_a_week
from services.notices.recipients import circle_of
from services.notices.subjects import DONE, MOVED, NOT_THEIRS, ActionDue, ActionsUnowned
from services.owner_choices import choices_for
from services.rulebook import Rulebook
from services.work import Work

BATCH = 5
"""How many items stand in one card: with their fields they stay well below the size that Teams takes."""


async def _action_items(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    ladder = rules.pack.partnership.ladder(LadderKind.ACTION_ITEM)
    items = await work.actions.owned_and_due_by(rules.today(now + rules.look_ahead(ladder)))
    owners = await work.people.by_ids({item.owner_id for item in items})
    circle = await circle_of(work, owners.values())
    owed: list[Owed] = []
    for item in items:
        if item.owner_id is None or item.due_on is None:
            continue
        basis = midday(item.due_on, rules)
        owner = owners[item.owner_id]
        owed += climb(rules, ladder, circle, subject_id=item.id, owner=owner, basis=basis, now=now)
    return owed


async def _plan_unowned(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """One line a week to the manager while anything cannot be chased, whatever the number of items."""
    if not await work.actions.count_without_owner_or_date():
        return []
    return await once_a_week(LadderKind.ACTION_UNOWNED.value, work, rules, now)


async def _actions(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    items = await work.actions.by_ids({one.subject_id for one in notices})
    owners = await work.people.by_ids({one.owner_id for one in items.values()})
    circle = await circle_of(work, owners.values())
    told = await told_before(work, notices)
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        item = items[notice.subject_id]
        owner = owners.get(item.owner_id or 0)
        if item.state is not ActionState.OPEN:
            verdicts[notice.id] = DONE
        elif item.due_on is None or item.due_on.isoformat() != notice.counted_from:
            verdicts[notice.id] = MOVED
        elif not circle.concerns(notice.person_id, owner):
            verdicts[notice.id] = NOT_THEIRS
        else:
            verdicts[notice.id] = ActionDue(item, owner, told[notice.id])
    return verdicts


async def _check_unowned(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    count = await work.actions.count_without_owner_or_date()
    first = tuple(await work.actions.without_owner_or_date(limit=BATCH)) if count else ()
    choices = tuple(await choices_for(work, rules.pack, first))
    return await for_managers(work, notices, ActionsUnowned(count, first, choices) if count else DONE)


ITEM = Kind(LadderKind.ACTION_ITEM.value, _action_items, _actions)
UNOWNED = Kind(LadderKind.ACTION_UNOWNED.value, _plan_unowned, _check_unowned)
