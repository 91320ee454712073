"""What owners of action items ask for, what came of it, and items that changed hands.

Each of these was owed in the transaction of the deed. The planners repair what is missing, and ask again every week.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.actions import ASSIGNED, REQUEST
from services.model import ActionState, Notice, Owed, Person, RequestKind, RequestState
from services.notices.kinds.climbing import PAST_STEPS, Kind, Verdict, nothing_to_repair
from services.notices.recipients import Circle, circle_of
from services.notices.subjects import DONE, MOVED, NOT_THEIRS, ActionAsked, ActionDecided, ActionYours
from services.rulebook import Rulebook
from services.work import Work

_AGAIN = timedelta(weeks=1)
"""How long a request waits before who decides is asked again. Our own default."""


async def _plan(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    waiting = await work.action_requests.open()
    askers = await work.people.by_ids({one.asked_by for one in waiting})
    circle = await circle_of(work, askers.values())
    owed: list[Owed] = []
    for one in waiting:
        weeks = (now - one.asked_at) // _AGAIN
        step = f"asked-{weeks}" if weeks > 0 else "asked"
        for person_id in _deciders(circle, askers[one.asked_by], transfer=one.to_person_id is not None):
            owed.append(Owed(REQUEST, one.id, step, person_id, due_at=one.asked_at + weeks * _AGAIN))
    for one in await work.action_requests.decided_since(now - PAST_STEPS):
        if one.decided_by != one.asked_by:
            owed.append(Owed(REQUEST, one.id, "decided", one.asked_by, due_at=one.decided_at or now))
    return owed


def _deciders(circle: Circle, asker: Person, *, transfer: bool) -> list[int]:
    """The managers; and, to pass an item on within an agency, those who lead safeguarding there."""
    leads = circle.leads.get(asker.id, ()) if transfer else ()
    return list(dict.fromkeys([*circle.managers, *leads]))


async def _check(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    requests = await work.action_requests.by_ids({one.subject_id for one in notices})
    items = await work.actions.by_ids({one.item_id for one in requests.values()})
    concerned = {i for one in requests.values() for i in (one.asked_by, one.to_person_id, one.decided_by)}
    people = await work.people.by_ids(concerned)
    circle = await circle_of(work, [people[one.asked_by] for one in requests.values()])
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        request = requests[notice.subject_id]
        item, asker = items[request.item_id], people[request.asked_by]
        is_transfer = request.kind is RequestKind.TRANSFER and request.to_person_id is not None
        if notice.step == "decided":
            decided = request.state in (RequestState.GRANTED, RequestState.REFUSED)
            decider = people.get(request.decided_by or 0)
            verdicts[notice.id] = ActionDecided(request, item, decider) if decided else DONE
        elif request.state is not RequestState.ASKED or item.state is not ActionState.OPEN:
            verdicts[notice.id] = DONE
        elif notice.person_id not in _deciders(circle, asker, transfer=is_transfer):
            verdicts[notice.id] = NOT_THEIRS
        else:
            weeks = (now - request.asked_at) // _AGAIN
            verdicts[notice.id] = ActionAsked(request, item, asker, people.get(request.to_person_id or 0), weeks)
    return verdicts


async def _check_yours(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    items = await work.actions.by_ids({one.subject_id for one in notices})
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        item = items[notice.subject_id]
        if item.state is not ActionState.OPEN:
            verdicts[notice.id] = DONE
        elif item.owner_id != notice.person_id:
            verdicts[notice.id] = NOT_THEIRS
        elif str(item.due_on) != notice.counted_from:
            verdicts[notice.id] = MOVED
        else:
            verdicts[notice.id] = ActionYours(item)
    return verdicts


REQUESTS = Kind(REQUEST, _plan, _check)
YOURS = Kind(ASSIGNED, nothing_to_repair, _check_yours)
