"""Chases of action items: to whom they climb, what makes them wait, and what follows from a request or a new owner."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from config.catalogue import Agency
from config.ladders import LadderKind
from services import action_office, actions, re_audits, snoozing
from services.action_office import NewOwner
from services.model import ActionItem, NoticeState, Person, Role
from services.rulebook import Rulebook, holidays_between
from services.work import Database
from tests.builders import a_ladder, a_pack, a_rulebook, a_step, add_item, confirm
from tests.services.notices.office import Office

DUE = date(2027, 1, 15)
NOON = datetime(2027, 1, 15, 12, tzinfo=UTC)
WEEK = timedelta(weeks=1)


async def give(
    office: Office, owner: Person, due_on: date | None = DUE, *, ref: str = "BO-01", **values: object
) -> ActionItem:
    async with office.database.work() as work:
        item = await add_item(work, ref, owner=owner, due_on=due_on)
        if values:
            await work.actions.change_open(item.id, **values)
        await work.commit()
    return item


async def become(office: Office, person: Person, **values: object) -> Person:
    """Change a person's entry in the directory."""
    async with office.database.work() as work:
        await work.people.change(person.id, **values)
        await work.commit()
        found = await work.people.by_id(person.id)
    assert found is not None
    return found


async def addressed(office: Office, step: str) -> set[int]:
    """Who is owed a step of any chase."""
    return {one.person_id for one in await office.notices() if one.step.partition(":")[0] == step}


@pytest.fixture
def to_lead(database: Database) -> Office:
    """An office whose late items are told to the agency's lead."""
    ladder = a_ladder(LadderKind.ACTION_ITEM, "due-date", a_step("late", "1 week", "agency-lead"))
    return Office(database, a_rulebook(ladders=[ladder]))


async def test_the_agencys_lead_is_who_leads_safeguarding_at_the_same_workplace(to_lead: Office) -> None:
    morgan = await to_lead.person("Morgan", roles=[Role.MANAGER])
    alice = await become(to_lead, await to_lead.person("Alice"), agency_id="primary-school", email="a@oak.example")
    lena = await become(
        to_lead, await to_lead.person("Lena", roles=[Role.DSL]), agency_id="primary-school", email="l@oak.example"
    )
    await become(
        to_lead, await to_lead.person("Otto", roles=[Role.DSL]), agency_id="primary-school", email="o@elm.example"
    )
    await give(to_lead, alice)
    await to_lead.plan(NOON + WEEK)
    assert await addressed(to_lead, "late") == {lena.id}
    assert morgan.id not in await addressed(to_lead, "late")
    assert (await to_lead.deliver(NOON + WEEK)).total() == 1


async def test_where_nobody_else_leads_the_manager_is_told(to_lead: Office) -> None:
    morgan = await to_lead.person("Morgan", roles=[Role.MANAGER])
    alice = await to_lead.person("Alice", roles=[Role.DSL])
    await give(to_lead, await become(to_lead, alice, agency_id="cnwl"))
    await to_lead.plan(NOON + WEEK)
    assert await addressed(to_lead, "late") == {morgan.id}


async def test_an_item_follows_its_post_when_the_person_changes(office: Office, alice: Person, morgan: Person) -> None:
    await become(office, alice, job_title="Named Nurse")
    item = await give(office, alice, owner_role="named nurse")
    await office.plan(NOON)
    bea = await office.person("Bea")
    await become(office, alice, job_title="Retired")
    await become(office, bea, job_title="Named nurse")
    await office.plan(NOON)
    async with office.database.reading() as work:
        found = await work.actions.by_id(item.id)
    assert found is not None
    assert found.owner_id == bea.id
    counts = await office.deliver(NOON)
    assert {one.person_id for one in await office.notices() if one.state is NoticeState.SENT} == {bea.id}
    assert counts["action-item", "cancelled"] == 1, "Alice is not chased for what is Bea's now"


async def test_a_post_that_nobody_holds_any_more_leaves_its_items_to_the_manager(
    office: Office, alice: Person, morgan: Person
) -> None:
    await become(office, alice, job_title="Named nurse")
    await give(office, alice, owner_role="Named nurse")
    await office.plan(NOON)
    await become(office, alice, job_title="Head of care")
    await office.plan(NOON + timedelta(days=4))
    assert "action-unowned" in {one.kind for one in await office.notices() if one.person_id == morgan.id}


async def test_of_two_holders_of_a_post_the_one_of_the_lead_agency_owns(office: Office, alice: Person) -> None:
    bea = await become(office, await office.person("Bea"), job_title="Named nurse", agency_id="rnoh")
    await become(office, alice, job_title="Named nurse", agency_id="cnwl")
    item = await give(office, alice, owner_role="Named nurse", lead_agency="rnoh")
    await office.plan(NOON)
    async with office.database.reading() as work:
        found = await work.actions.by_id(item.id)
    assert found is not None
    assert found.owner_id == bea.id


async def test_snoozed_reminders_wait_and_the_line_managers_do_not(office: Office, alice: Person, bob: Person) -> None:
    item = await give(office, alice, DUE - WEEK)
    until = DUE + timedelta(days=10)
    async with office.database.work() as work:
        await snoozing.snooze(work, alice, "action-item", item.id, until=until, now=NOON, rules=office.rules)
        await work.commit()
    await office.plan_and_deliver(NOON)
    assert len(office.messenger.to("Alice")) == 0
    assert len(office.messenger.to("Bob")) == 1
    await office.plan_and_deliver(NOON + WEEK)
    assert len(office.messenger.to("Alice")) == 0, "a later step waits too"
    await office.plan_and_deliver(NOON + timedelta(days=11))
    assert len(office.messenger.to("Alice")) == 1


async def test_a_snooze_is_for_one_thing_and_an_urgent_notice_does_not_wait(office: Office, alice: Person) -> None:
    waits = await office.owe(alice, NOON)
    other = await office.owe(alice, NOON)
    urgent = await office.owe(alice, NOON, urgent=True)
    subject, urgent_subject = (await office.notice(waits)).subject_id, (await office.notice(urgent)).subject_id
    async with office.database.work() as work:
        for one in (subject, urgent_subject):
            await snoozing.snooze(
                work, alice, "action-item", one, until=DUE + timedelta(days=3), now=NOON, rules=office.rules
            )
        await work.commit()
    await office.deliver(NOON)
    states = [await office.state(one) for one in (waits, other, urgent)]
    assert states == [NoticeState.DUE, NoticeState.SENT, NoticeState.SENT]


async def test_a_request_is_asked_again_every_week_until_it_is_decided(
    office: Office, alice: Person, morgan: Person
) -> None:
    item = await give(office, alice, DUE + timedelta(days=60))
    async with office.database.work() as work:
        await actions.ask_more_time(
            work, alice, item.id, until=date(2027, 6, 1), reason="Illness", now=NOON, rules=office.rules
        )
        await work.commit()
    for days in (0, 3, 8):
        await office.plan_and_deliver(NOON + timedelta(days=days))
    assert await addressed(office, "asked") == {morgan.id}
    assert await addressed(office, "asked-1") == {morgan.id}
    async with office.database.work() as work:
        (request,) = await work.action_requests.open()
        at = NOON + timedelta(days=9)
        await action_office.decide(work, morgan, request.id, granted=True, answer="", now=at, rules=office.rules)
        await work.commit()
    await office.plan_and_deliver(NOON + timedelta(days=20))
    assert await addressed(office, "asked-2") == set()
    assert await addressed(office, "decided") == {alice.id}


async def test_a_new_owner_is_told_once_and_the_old_one_is_left_alone(
    office: Office, alice: Person, morgan: Person
) -> None:
    bea = await office.person("Bea")
    item = await give(office, alice)
    await office.plan(NOON)
    async with office.database.work() as work:
        await action_office.assign(work, morgan, item.id, owner=NewOwner(bea.id), now=NOON, rules=office.rules)
        await work.commit()
    await office.plan_and_deliver(NOON)
    assert len(office.messenger.to("Alice")) == 0
    assert "action-assigned" in office.messenger.to("Bea")[0].text


async def test_who_is_given_an_item_without_a_date_is_told_as_well(
    office: Office, alice: Person, morgan: Person
) -> None:
    item = await give(office, alice, due_on=None)
    bea = await become(office, await office.person("Bea"), job_title="Named nurse")
    async with office.database.work() as work:
        await action_office.assign(work, morgan, item.id, owner=NewOwner(bea.id), now=NOON, rules=office.rules)
        await work.commit()
    await office.plan_and_deliver(NOON)
    assert news_of_items(office, "Bea") == 1
    await give(office, alice, due_on=None, owner_role="named nurse", ref="BO-02")
    await office.plan_and_deliver(NOON + timedelta(days=3))
    assert news_of_items(office, "Bea") == 2


def news_of_items(office: Office, name: str) -> int:
    return sum("action-assigned" in message.text for message in office.messenger.to(name))


async def test_who_gets_an_item_back_or_opened_again_is_told_again(
    office: Office, alice: Person, morgan: Person
) -> None:
    bea = await office.person("Bea")
    item = await give(office, alice)
    monday, told = NOON + timedelta(days=3), []
    for days, to in enumerate((bea, alice, bea)):
        now = monday + timedelta(days=days)
        async with office.database.work() as work:
            await action_office.assign(work, morgan, item.id, owner=NewOwner(to.id), now=now, rules=office.rules)
            await work.commit()
        await office.plan_and_deliver(now)
        told.append([news_of_items(office, name) for name in ("Bea", "Alice")])
    now = monday + timedelta(days=3)
    async with office.database.work() as work:
        await action_office.close(work, morgan, item.id, impact="No longer needed", now=now, rules=office.rules)
        await action_office.reopen(work, morgan, item.id, reason="A mistake", now=now, rules=office.rules)
        await work.commit()
    await office.plan_and_deliver(now)

    assert told == [[1, 0], [1, 1], [2, 1]]
    assert news_of_items(office, "Bea") == 3


async def test_a_re_audit_is_announced_and_chased_until_it_is_reported(database: Database, now: datetime) -> None:
    ladder = a_ladder(
        LadderKind.RE_AUDIT,
        "due-date",
        a_step("due-day", "0 days", "owner manager"),
        a_step("overdue", "2 weeks", "manager", every="2 weeks"),
    )
    office = Office(database, a_rulebook(ladders=[ladder]))
    morgan, alice = await office.person("Morgan", roles=[Role.MANAGER]), await office.person("Alice")
    item = await give(office, alice, date(2027, 6, 1))
    async with database.work() as work:
        await actions.complete(work, alice, item.id, evidence="Audit", now=NOON, rules=office.rules)
        await re_audits.plan(work, morgan, item.id, on=date(2027, 3, 1), now=NOON, rules=office.rules)
        await work.commit()
    first = datetime(2027, 3, 1, 12, tzinfo=UTC)
    for at in (first, first + 2 * WEEK):
        await office.plan_and_deliver(at)
    assert await addressed(office, "due-day") == {alice.id, morgan.id}
    assert await addressed(office, "overdue-1") == {morgan.id}
    async with database.work() as work:
        at = first + 3 * WEEK
        await re_audits.report(work, morgan, item.id, found="9 of 10", changed=True, now=at, rules=office.rules)
        await work.commit()
    await office.plan_and_deliver(first + 5 * WEEK)
    assert await addressed(office, "overdue-2") == set()


TERMS = [
    {"name": "Spring", "starts": "2027-01-04", "ends": "2027-03-25"},
    {"name": "Summer", "starts": "2027-04-12", "ends": "2027-07-21"},
]


def school_rules(*, terms: object) -> Rulebook:
    rules = a_rulebook(calendar={"terms": confirm(terms)})
    school = Agency.model_validate({"id": "primary-school", "name": "Primary school", "sector": "education"})
    return replace(rules, pack=replace(rules.pack, agencies=(school,)))


async def test_people_in_schools_are_not_chased_in_the_holidays_and_the_office_is(database: Database) -> None:
    office = Office(database, school_rules(terms=TERMS))
    morgan = await office.person("Morgan", roles=[Role.MANAGER])
    alice = await become(office, await office.person("Alice"), agency_id="primary-school")
    await give(office, alice, date(2027, 3, 9))
    in_holidays = datetime(2027, 4, 6, 9, tzinfo=UTC)
    await office.plan_and_deliver(in_holidays)
    assert len(office.messenger.to("Alice")) == 0
    assert await addressed(office, "overdue-agency") == {morgan.id}
    await office.plan_and_deliver(datetime(2027, 4, 12, 9, tzinfo=UTC))
    assert len(office.messenger.to("Alice")) == 1


async def test_a_step_before_a_date_after_the_holidays_comes_before_them(database: Database) -> None:
    office = Office(database, school_rules(terms=TERMS))
    alice = await become(office, await office.person("Alice"), agency_id="primary-school")
    await give(office, alice, date(2027, 4, 15))
    await office.plan_and_deliver(datetime(2027, 3, 24, 9, tzinfo=UTC))
    assert len(office.messenger.to("Alice")) == 0
    await office.plan_and_deliver(datetime(2027, 3, 25, 9, tzinfo=UTC))
    assert await addressed(office, "fortnight-before") == {alice.id}
    assert len(office.messenger.to("Alice")) == 1


async def test_without_term_dates_nothing_is_skipped(database: Database) -> None:
    office = Office(database, school_rules(terms=None))
    alice = await become(office, await office.person("Alice"), agency_id="primary-school")
    await give(office, alice, date(2027, 3, 9))
    await office.plan_and_deliver(datetime(2027, 4, 6, 9, tzinfo=UTC))
    assert len(office.messenger.to("Alice")) == 1


def test_only_the_days_between_known_terms_are_holidays() -> None:
    calendar = a_pack(calendar={"terms": confirm(TERMS)}).partnership.calendar
    days = holidays_between(calendar.terms.value or ())
    assert (days[0], days[-1], len(days)) == (date(2027, 3, 26), date(2027, 4, 11), 17)
    assert holidays_between((calendar.terms.value or ())[:1]) == ()
