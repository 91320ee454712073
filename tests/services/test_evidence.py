"""The evidence pack holds what happened, in a PDF and in tables, and says who was told what with what result."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest

from dialogs.wording import say
from services import action_office, actions, evidence
from services.errors import NotFound
from services.model import ActionState, Role
from services.work import Database
from tests.builders import a_rulebook, add_item
from tests.fakes import transient
from tests.services.notices.office import Office

NOON = datetime(2027, 1, 15, 12, tzinfo=UTC)


async def pack(office: Office, **which: str) -> dict[str, bytes]:
    async with office.database.reading() as work:
        found = await evidence.gather(work, office.rules, now=NOON + timedelta(days=30), say=say, **which)
    data = evidence.to_zip(found, office.rules, say)
    assert evidence.to_zip(found, office.rules, say) == data, "the same evidence, the same bytes"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def table(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[name].decode("utf-8-sig"))))


@pytest.fixture
async def chased(database: Database) -> Office:
    """Alice was reminded at the second try, got more time from Morgan, and finished; Morgan recorded the impact."""
    office = Office(database, a_rulebook())
    alice, morgan = await office.person("Alice"), await office.person("Morgan", roles=[Role.MANAGER])
    async with database.work() as work:
        item = await add_item(work, owner=alice, due_on=date(2027, 1, 15))
        await work.commit()
    office.messenger.fail_next(transient())
    await office.plan_and_deliver(NOON)
    await office.deliver(NOON + timedelta(hours=2))
    later = NOON + timedelta(days=3)
    async with database.work() as work:
        await actions.ask_more_time(
            work, alice, item.id, until=date(2027, 2, 1), reason="Łucja is ill", now=later, rules=office.rules
        )
        (request,) = await work.action_requests.open()
        await action_office.decide(work, morgan, request.id, granted=True, answer="", now=later, rules=office.rules)
        await work.commit()
    await office.plan_and_deliver(later)
    done = NOON + timedelta(days=10)
    async with database.work() as work:
        await actions.complete(work, alice, item.id, evidence="=Audit of May", now=done, rules=office.rules)
        await action_office.close(work, morgan, item.id, impact="Forms are complete", now=done, rules=office.rules)
        await work.commit()
    return office


async def test_it_holds_every_notice_with_each_try_its_route_and_its_result(chased: Office) -> None:
    rows = table(await pack(chased, item_ref="BO-01"), "notices.csv")
    tried = [(row["To"], row["About"], row["Route"], row["What came of it"]) for row in rows if row["Route"]]
    assert tried[:2] == [
        ("Alice", "Reminder of the due date", "teams", "retry"),
        ("Alice", "Reminder of the due date", "teams", "sent"),
    ]
    assert ("Alice", "Request, or what came of it", "teams", "sent") in tried
    assert {row["Result"] for row in rows if row["To"] == "Morgan"} == {"Not needed any more"}


async def test_it_holds_every_change_with_who_made_it_and_why(chased: Office) -> None:
    rows = table(await pack(chased, item_ref="bo-01"), "history.csv")
    told = [(row["Who"], row["What"].partition(":")[0], row["In their words"]) for row in rows]
    assert told == [
        ("Alice", "Asked for more time, until Monday 1 February 2027", "Łucja is ill"),
        ("Morgan", "More time granted", ""),
        ("Alice", "Marked as done, with evidence", "'=Audit of May"),
        ("Morgan", "Impact recorded", "Forms are complete"),
    ]


async def test_it_holds_evidence_and_impact_and_a_pdf(chased: Office) -> None:
    files = await pack(chased, item_ref="BO-01")
    (item,) = table(files, "items.csv")
    assert (item["State"], item["Impact"], item["Completed"]) == ("done", "Forms are complete", "25/01/2027")
    assert files["evidence.pdf"].startswith(b"%PDF")
    assert len(files["evidence.pdf"]) > 5000


async def test_a_plan_has_all_its_items_in_one_pack(chased: Office) -> None:
    async with chased.database.work() as work:
        await add_item(work, "BO-02")
        await work.commit()
    rows = table(await pack(chased, plan="plan"), "items.csv")
    assert [(row["Reference"], row["State"]) for row in rows] == [
        ("BO-01", ActionState.DONE.value),
        ("BO-02", ActionState.OPEN.value),
    ]


async def test_an_unknown_item_or_plan_is_refused(chased: Office) -> None:
    with pytest.raises(NotFound, match="evidence-no-item"):
        await pack(chased, item_ref="XX-99")
    with pytest.raises(NotFound, match="report-no-such-plan"):
        await pack(chased, plan="nothing")
