"""A plan written out and read in again is the same plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dialogs.wording import say
from services.errors import ServiceError
from services.imports import ImportKind, import_file
from services.migrations import migrate
from services.model import ActionItem, ActionState
from services.plans import load_plans
from services.reports import report, to_csv, to_xlsx
from services.reports.table import Report
from services.rulebook import Rulebook
from services.work import Database
from tests.builders import add_person

NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)


async def exported(database: Database, rules: Rulebook, plan: str | None = None) -> Report:
    async with database.reading() as work:
        return await report(work, rules, "action-plan", year=None, now=NOW, say=say, plan=plan)


async def items(database: Database) -> dict[str, ActionItem]:
    """Every item by reference, without the number that a database gave it."""
    async with database.reading() as work:
        return {item.ref: replace(item, id=0) for item in await work.actions.of_plan(None)}


async def fill(database: Database, rules: Rulebook) -> None:
    """The published plans, and what people have made of some of them since."""
    async with database.work() as work:
        await load_plans(work, rules.pack, NOW)
        alice = await add_person(work, "Alice")
        found = {item.ref: item.id for item in await work.actions.of_plan(None)}
        done = {"state": "done", "evidence": "Minutes, “final”", "completed_at": datetime(2027, 1, 4, 12, tzinfo=UTC)}
        changes: dict[str, dict[str, object]] = {
            "S23-01": {"owner_id": alice.id, "due_on": date(2027, 6, 1), "progress": "Zoë has begun", "scope": "local"},
            "S23-02": {**done, "impact": "Chairs changed", "re_audit_on": date(2027, 7, 1), "owner_id": alice.id},
            "S23-03": {"milestones": "Draft; consult; agree", "measure": "A planner is used", "owner_role": "Chair"},
            "WNB-02": {"anchored_on": date(2026, 3, 3), "due_on": date(2027, 3, 3)},
        }
        for ref, values in changes.items():
            assert await work.actions.change_in(found[ref], ActionState.OPEN, **values)
        await work.commit()


@pytest.mark.parametrize("layout", ["xlsx", "csv"])
async def test_a_plan_goes_out_and_comes_in_again_unchanged(
    database: Database, empty_database_url: str, harrow: Rulebook, tmp_path: Path, layout: str
) -> None:
    await fill(database, harrow)
    before = await items(database)
    written = await exported(database, harrow)
    path = tmp_path / f"plan.{layout}"
    path.write_bytes(to_xlsx(written) if layout == "xlsx" else to_csv(written).encode("utf-8-sig"))

    again = await import_file(database, harrow, ImportKind.ACTIONS, path, now=NOW)
    assert await items(database) == before
    assert (again.faults, again.added, again.changed, again.unchanged) == ((), 0, 0, 192)

    other = Database.open(empty_database_url)
    try:
        await migrate(other.engine)
        async with other.work() as work:
            await add_person(work, "Alice")
            await work.commit()
        new = await import_file(other, harrow, ImportKind.ACTIONS, path, now=NOW)
        assert (new.faults, new.added) == ((), 192)
        after = await items(other)
    finally:
        await other.close()
    assert after == before


async def test_one_plan_can_be_written_by_id_or_title(database: Database, harrow: Rulebook) -> None:
    await fill(database, harrow)
    plan = harrow.pack.plans[0]
    by_id, by_title = await exported(database, harrow, plan.id), await exported(database, harrow, plan.title.upper())
    assert len(by_id.rows) == len(plan.items) == len(by_title.rows)
    with pytest.raises(ServiceError, match="report-no-such-plan"):
        await exported(database, harrow, "No such plan")


async def test_the_derived_status_is_marked_as_unconfirmed(database: Database, harrow: Rulebook) -> None:
    await fill(database, harrow)
    written = await exported(database, harrow)
    row = next(row for row in written.records() if row["ref"] == "S23-01")
    assert row["rag"] == "On track (green)"
    assert any("to be confirmed" in note for note in written.notes)
    assert "to be confirmed" in written.columns[-1].title


async def test_a_plan_from_a_file_is_found_in_whichever_letters_it_is_typed(
    database: Database, harrow: Rulebook
) -> None:
    async with database.work() as work:
        await work.actions.add(ref="X-1", plan_id="Winter Plan", action="Do it")
        await work.commit()
    assert (await exported(database, harrow, "winter plan")).title == "Winter Plan"
