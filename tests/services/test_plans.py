"""The partnership's published plans: every row comes in as what it says."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from services.model import ActionItem, ActionState
from services.plans import load_plans
from services.work import Database
from tests.services.harrow import harrow_rules


async def loaded(database: Database, now: datetime) -> dict[str, ActionItem]:
    async with database.work() as work:
        found = await load_plans(work, harrow_rules().pack, now)
        await work.commit()
        assert (found.rows, found.added) == (192, 192)
        return {item.ref: item for item in await work.actions.of_plan(None)}


async def test_every_published_row_comes_in_as_what_it_says(database: Database, now: datetime) -> None:
    items = await loaded(database, now)
    rows = {row.id: row for plan in harrow_rules().pack.plans for row in plan.items}
    assert items.keys() == rows.keys()
    for ref, row in rows.items():
        item = items[ref]
        said = (item.action, item.kind, item.due_text, item.due_kind, item.lead_agency, item.heading, item.source)
        assert said == (
            row.action,
            row.kind.value,
            row.due_text,
            row.due_kind.value,
            row.lead_agency,
            row.heading,
            row.source,
        )
        assert item.owner_id is None
        assert item.after_event == row.after_event
        assert item.period_ends == row.period_ends or row.period_ends is None
    kinds = Counter((item.due_kind, item.state.value) for item in items.values())
    assert kinds == {
        ("unknown", "open"): 120,
        ("period", "open"): 33,
        ("recurring", "open"): 15,
        ("relative", "open"): 6,
        ("done", "done"): 18,
    }


async def test_only_one_formal_recommendation_says_anything_about_time(database: Database, now: datetime) -> None:
    formal = [item for item in (await loaded(database, now)).values() if item.kind == "R"]
    assert len(formal) == 43
    assert [item.ref for item in formal if item.due_kind != "unknown"] == ["S23-11"]
    assert all(item.recommendation == item.action and item.due_on is None for item in formal)


async def test_periods_end_where_the_plan_or_the_configured_year_ends(database: Database, now: datetime) -> None:
    items = await loaded(database, now)
    assert items["D24-01"].due_on == date(2024, 3, 31)
    assert items["D24-01"].from_period
    assert items["21-33"].due_on == date(2021, 3, 31), "2020-2021, as configured"
    assert items["17-28"].due_on is None, "2017-2019 is no year"
    assert items["AG-09"].due_on == date(2024, 1, 17)
    assert items["AG-09"].every == "3 months"
    assert items["WNB-02"].after == "12 months"


async def test_a_lead_as_above_is_the_lead_above(database: Database, now: datetime) -> None:
    items = await loaded(database, now)
    assert items["CM-02"].lead_named == items["CM-01"].lead_named
    assert not [item.ref for item in items.values() if item.lead_named == "as above"]


async def test_what_was_reported_as_done_has_the_report_as_its_evidence(database: Database, now: datetime) -> None:
    done = [item for item in (await loaded(database, now)).values() if item.state is ActionState.DONE]
    assert all((item.evidence or "").startswith("Reported as done: Harrow") for item in done)


async def test_loading_again_leaves_what_people_have_changed(database: Database, now: datetime) -> None:
    items = await loaded(database, now)
    async with database.work() as work:
        await work.actions.change_open(items["S23-01"].id, progress="Begun", due_on=date(2027, 6, 1))
        again = await load_plans(work, harrow_rules().pack, now)
        await work.commit()
        kept = await work.actions.by_ref("S23-01")
    assert again.added == 0
    assert kept is not None
    assert (kept.progress, kept.due_on) == ("Begun", date(2027, 6, 1))


async def test_the_manager_is_asked_about_formal_ones_first_and_not_about_mere_learning(
    database: Database, now: datetime
) -> None:
    await loaded(database, now)
    async with database.reading() as work:
        asked = await work.actions.without_owner_or_date()
    assert [item.kind for item in asked] == ["R"] * 43 + ["A"] * (len(asked) - 43)
    assert len(asked) == 43 + 80
