"""Action plans item by item, in the columns that real plans have and `import actions` reads: out and in again."""

from __future__ import annotations

from collections.abc import Mapping

from config.pack import Pack
from services.errors import ServiceError
from services.imports.layouts import ACTIONS
from services.model import ActionItem, Person
from services.rag import rag_of
from services.reports.asking import Asking
from services.reports.table import Column, Kind, Report, Value

_DAYS = frozenset({"due", "period_ends", "anchored_on", "completed_on", "re_audit_on", "tested_on"})
_COLUMNS = tuple(column.key for column in ACTIONS.columns)
_STATUS = "rag"
"""Derived, for people who read the plan. The import does not read it."""


async def action_plan(asking: Asking) -> Report:
    """Every item of one plan, or of all plans, as it stands."""
    plan_id = plan_called(asking.rules.pack, asking.plan) if asking.plan else None
    items = await asking.work.actions.of_plan(plan_id)
    if asking.plan and not items:
        raise ServiceError("report-no-such-plan", plan=asking.plan[:60])
    people = await asking.work.people.by_ids({item.owner_id for item in items})
    keys = (*_COLUMNS, _STATUS)
    title = plan_title(asking.rules.pack, items[0].plan_id) if plan_id else asking.say("report-title-actions")
    return asking.report(
        "action-plan",
        title=title,
        columns=tuple(Column(key, _head(asking, key), Kind.DAY if key in _DAYS else Kind.TEXT) for key in keys),
        rows=tuple(tuple(cells_of(asking, item, people)[key] for key in keys) for item in items),
        notes=(
            asking.say("report-note-as-it-stands", at=asking.today),
            asking.say("report-note-rag-unconfirmed"),
        ),
        notes_apart=True,
    )


def _head(asking: Asking, key: str) -> str:
    """The heading that the import recommends, with a capital."""
    return asking.say("report-column-rag") if key == _STATUS else ACTIONS.head(key).capitalize()


def cells_of(asking: Asking, item: ActionItem, people: Mapping[int, Person]) -> dict[str, Value]:
    """The cells of one item by the import's column keys."""
    rules = asking.rules.pack.partnership.actions
    state = rag_of(item, asking.rules.today(asking.now), rules.due_soon_days.value)
    band = next((one for one in rules.rag if one.state is state), None)
    owner = people.get(item.owner_id or 0)
    day = asking.rules.today(item.completed_at) if item.completed_at else None
    return {
        "ref": item.ref,
        "plan": plan_title(asking.rules.pack, item.plan_id),
        "owner": owner.email if owner else None,
        "agency": item.lead_agency,
        "due": item.due_on,
        "state": item.state.value,
        "completed_on": day,
        "due_text": item.due_text or None,
        _STATUS: f"{band.meaning} ({band.colour})" if band else None,
        **{
            key: getattr(item, key) or None
            for key in _COLUMNS
            if key not in {"ref", "plan", "owner", "agency", "due", "state", "completed_on", "due_text"}
        },
    }


def plan_title(pack: Pack, plan_id: str) -> str:
    """A plan's title; for one that the pack does not know, the name under which it came."""
    plan = pack.plan(plan_id)
    return plan.title if plan else plan_id


def plan_called(pack: Pack, words: str) -> str:
    """The id of the plan with this id or title; the words themselves when the pack does not know it."""
    same = words.strip().casefold()
    return next((plan.id for plan in pack.plans if same in (plan.id, plan.title.casefold())), words.strip())
