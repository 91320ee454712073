"""The action plans of the partnership's folder, as published: every row is kept as what it says, and no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from config.pack import Pack
from config.plans import DueKind, ItemKind, PlanRow
from services.due import period_end, recurrence
from services.model import ActionState
from services.store.events import Deed
from services.store.rows import Values
from services.work import Work


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows there are, and how many of them were new."""

    rows: int
    added: int


async def load_plans(work: Work, pack: Pack, now: datetime) -> Loaded:
    """Bring in every published item that is not there yet. What is there is left as people have made it since."""
    await work.one_at_a_time()
    taken = await work.actions.refs()
    rows = [row for plan in pack.plans for row in _with_leads(plan.items)]
    new = [values_of(row, pack) for row in rows if row.id not in taken]
    ids = await work.imports.add_actions(new)
    deeds: list[Deed] = [("imported", "action", one, {"by": "published-plans"}) for one in ids]
    await work.events.record_all(deeds, at=now, actor_id=None)
    return Loaded(len(rows), len(new))


def _with_leads(rows: Sequence[PlanRow]) -> list[PlanRow]:
    """The rows of a plan; where the lead is "as above", with the lead that stands above."""
    found: list[PlanRow] = []
    for row in rows:
        above = found[-1].lead_named if found and row.lead_named.casefold() == "as above" else row.lead_named
        found.append(row.model_copy(update={"lead_named": above}))
    return found


def values_of(row: PlanRow, pack: Pack) -> Values:
    """A published row as columns of an item.

    What was reported as done is done, and its evidence is the report. What has neither a date nor a period is undated.
    """
    done = row.due_kind is DueKind.DONE
    period = _period_end(row, pack)
    every = row.every or (recurrence(row.due_text) if row.due_kind is DueKind.RECURRING else None)
    return {
        "ref": row.id,
        "plan_id": row.plan,
        "action": row.action,
        "recommendation": row.action if row.kind is ItemKind.RECOMMENDATION else None,
        "kind": row.kind.value,
        "lead_agency": row.lead_agency,
        "lead_named": row.lead_named,
        "owner_role": row.owner,
        "due_on": row.due_on or period,
        "due_text": row.due_text,
        "due_kind": row.due_kind.value,
        "period_ends": period,
        "every": str(every) if every else None,
        "after": str(row.after) if row.after else None,
        "after_event": row.after_event,
        "state": (ActionState.DONE if done else ActionState.OPEN).value,
        "evidence": reported_as_done(pack, {"source": row.source, "heading": row.heading}) if done else None,
        # The reports do not say on which day.
        "completed_at": None,
        "source": row.source,
        "heading": row.heading,
    }


def _period_end(row: PlanRow, pack: Pack) -> date | None:
    """The day that the plan gives; where it names a plain year, that year's last day as configured (unconfirmed)."""
    if row.period_ends is not None or row.due_kind is not DueKind.PERIOD:
        return row.period_ends
    return period_end(row.due_text, pack.partnership.actions.period_year.value)


def reported_as_done(pack: Pack, values: Mapping[str, object]) -> str:
    """The evidence of what a published report says is done: the report itself."""
    parts = (source_words(pack, str(values.get("source") or "")), str(values.get("heading") or ""))
    where = ", ".join(part for part in parts if part)
    return f"Reported as done: {where}" if where else "Reported as done"


def source_words(pack: Pack, ref: str) -> str:
    """A document of the pack by its title; the reference itself when the pack does not know it."""
    source = pack.source(ref)
    return source.title if source else ref
