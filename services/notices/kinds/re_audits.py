"""Finished action items whose effect is to be tested by a re-audit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from config.ladders import LadderKind
from services.model import ActionState, Notice, Owed, Person
from services.notices.kinds.climbing import Kind, Verdict, climb, midday
from services.notices.recipients import circle_of
from services.notices.subjects import DONE, MOVED, NOT_THEIRS, ReAuditDue
from services.rulebook import Rulebook
from services.work import Work

_NOBODY = Person(0, "", None, None, frozenset(), active=False)
"""The owner of what nobody owns: its steps fall to the manager."""


async def _plan(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    ladder = rules.pack.partnership.ladder(LadderKind.RE_AUDIT)
    items = await work.actions.to_re_audit_by(rules.today(now + rules.look_ahead(ladder)))
    owners = await work.people.by_ids({item.owner_id for item in items})
    circle = await circle_of(work, owners.values())
    owed: list[Owed] = []
    for item in items:
        if item.re_audit_on is not None:
            owner = owners.get(item.owner_id or 0, _NOBODY)
            basis = midday(item.re_audit_on, rules)
            owed += climb(rules, ladder, circle, subject_id=item.id, owner=owner, basis=basis, now=now)
    return owed


async def _check(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    items = await work.actions.by_ids({one.subject_id for one in notices})
    owners = await work.people.by_ids({item.owner_id for item in items.values()})
    circle = await circle_of(work, owners.values())
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        item = items[notice.subject_id]
        owner = owners.get(item.owner_id or 0)
        if item.state is not ActionState.DONE or item.tested_on is not None:
            verdicts[notice.id] = DONE
        elif item.re_audit_on is None or item.re_audit_on.isoformat() != notice.counted_from:
            verdicts[notice.id] = MOVED
        elif not circle.concerns(notice.person_id, owner):
            verdicts[notice.id] = NOT_THEIRS
        else:
            verdicts[notice.id] = ReAuditDue(item, owner)
    return verdicts


RE_AUDIT = Kind(LadderKind.RE_AUDIT.value, _plan, _check)
