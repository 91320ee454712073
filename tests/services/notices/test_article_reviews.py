"""Guidance past its review date is chased with its owner: once for all that falls due together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from config.articles import Article
from dialogs.notices import Renderer
from services.model import NoticeState, Person
from services.work import Database
from tests.services.harrow import harrow_rules
from tests.services.notices.office import Office

DUE = date(2027, 11, 21)
"""A Sunday: what was checked on 21 November 2026 for a year."""


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=UTC)


def an_office(database: Database, *articles: Article) -> Office:
    rules = harrow_rules()
    some = replace(rules, pack=replace(rules.pack, articles=articles or rules.pack.articles))
    return Office(database, some, render=Renderer(some))


@pytest.fixture
def office(database: Database) -> Office:
    """The office with all of Harrow's guidance."""
    return an_office(database)


async def owns(office: Office, person: Person, *keys: str) -> None:
    async with office.database.work() as work:
        await work.holders.set_keys(person.id, keys)
        await work.commit()


async def test_the_owner_hears_a_month_before_on_the_day_and_then_every_two_weeks_with_the_manager(
    database: Database, office: Office, alice: Person, morgan: Person
) -> None:
    await owns(office, alice, "lado")
    pack = harrow_rules().pack
    only = an_office(database, *(one for one in pack.articles if one.owner == "lado"))
    counts = []
    for day in ("2027-10-20", "2027-10-21", "2027-11-19", "2027-12-06", "2027-12-20"):
        await only.plan_and_deliver(at(day))
        counts.append((len(only.messenger.to("Alice")), len(only.messenger.to("Morgan"))))

    assert counts == [(0, 0), (1, 0), (2, 0), (3, 1), (4, 2)]


async def test_many_articles_of_one_owner_are_one_line_and_not_forty(
    office: Office, alice: Person, morgan: Person
) -> None:
    await owns(office, alice, "partnership-manager")
    await office.plan_and_deliver(at("2027-11-19"))

    mine = [one for one in await office.notices() if one.person_id == alice.id and one.state is NoticeState.SENT]
    assert len(mine) == 1
    (message,) = office.messenger.to("Alice")
    assert "18 articles to look at again" in message.text
    assert "and 14 more" in message.text
    assert "Sunday 21 November 2027" in message.text


async def test_a_role_that_nobody_holds_falls_to_the_manager(office: Office, morgan: Person) -> None:
    await office.plan_and_deliver(at("2027-11-19"))

    (message,) = office.messenger.to("Morgan")
    assert message.text.count("look at again\n") == 4


async def test_what_was_reviewed_in_the_meantime_is_not_chased(database: Database, alice: Person) -> None:
    due = (one for one in harrow_rules().pack.articles if (one.owner, one.review_due) == ("mash-manager", DUE))
    first, second, *_ = due
    before = an_office(database, first, second)
    await owns(before, alice, "mash-manager")
    await before.plan(at("2027-11-19"))
    reviewed = [article.model_copy(update={"reviewed_on": date(2027, 11, 18)}) for article in (first, second)]

    half = an_office(database, reviewed[0], second)
    await half.deliver(at("2027-11-19"))
    assert second.title in half.messenger.to("Alice")[0].text
    assert first.title not in half.messenger.to("Alice")[0].text
    done = an_office(database, *reviewed)
    await half.plan(at("2027-12-06"))
    await done.deliver(at("2027-12-06"))
    assert done.messenger.to("Alice") == []


async def test_the_same_review_keeps_its_number_whoever_plans_it_and_in_whatever_order(
    database: Database, alice: Person, morgan: Person
) -> None:
    articles = harrow_rules().pack.articles
    first = an_office(database, *articles)
    await first.plan(at("2027-11-19"))
    ledger = await first.ledger()

    assert await an_office(database, *articles[::-1]).plan(at("2027-11-19")) == 0
    assert await first.ledger() == ledger


async def test_an_owner_who_handed_over_is_not_told_any_more(office: Office, alice: Person, bob: Person) -> None:
    await owns(office, alice, "lado")
    await office.plan(at("2027-11-19"))
    await owns(office, alice)
    await owns(office, bob, "lado")

    await office.plan_and_deliver(at("2027-11-19"))

    assert office.messenger.to("Alice") == []
    assert len(office.messenger.to("Bob")) == 1
