"""Who holds a post today is one answer, whoever asks: action items, guidance, questions."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from services import action_office, experts, handover, owners
from services.action_office import NewOwner
from services.errors import NotFound
from services.model import ActionItem, Person, Role
from services.work import Database, Work
from tests.builders import add_item, add_person
from tests.services.harrow import harrow_rules

POST, TITLE = "mash-manager", "MASH Manager"
RULES = harrow_rules()


async def titled(work: Work, name: str, title: str = TITLE) -> Person:
    person = await add_person(work, name)
    await work.people.change(person.id, job_title=title)
    found = await work.people.by_id(person.id)
    assert found is not None
    return found


async def assigned(work: Work, post: str, now: datetime) -> ActionItem:
    morgan = await add_person(work, "Morgan", roles=[Role.MANAGER])
    item = await add_item(work, "BO-01", due_on=date(2027, 6, 1))
    return await action_office.assign(work, morgan, item.id, owner=NewOwner(post=post), now=now, rules=RULES)


@pytest.mark.parametrize("post", [POST, TITLE, TITLE.lower()])
async def test_whoever_answers_for_a_post_owns_its_items_its_guidance_and_its_questions(
    database: Database, now: datetime, post: str
) -> None:
    async with database.work() as work:
        eddie, tina = await add_person(work, "Eddie"), await titled(work, "Tina")
        await work.holders.set_keys(eddie.id, [POST])
        assert (await assigned(work, post, now)).owner_id == eddie.id
        assert await experts.holders_of(work, RULES.pack, [POST]) == {POST: (eddie.id,)}
        assert await owners.posts_of(work, RULES.pack, eddie) == {POST}
        assert await owners.posts_of(work, RULES.pack, tina) == frozenset()


async def test_where_nobody_answers_for_a_post_it_goes_by_the_job_title_for_all_of_them(
    database: Database, now: datetime
) -> None:
    async with database.work() as work:
        alice, tina = await add_person(work, "Alice"), await titled(work, "Tina", TITLE.upper())
        assert (await assigned(work, POST, now)).owner_id == tina.id
        assert await experts.holders_of(work, RULES.pack, [POST]) == {POST: (tina.id,)}
        asked = await handover.ask(work, alice, "Who signs it?", topic="consent-to-refer", now=now, rules=RULES)
        assert (await handover.take(work, tina, asked.ticket.id, now=now, rules=RULES)).taker_id == tina.id


async def test_an_item_follows_its_post_to_whoever_answers_for_it_next(database: Database, now: datetime) -> None:
    async with database.work() as work:
        tina, eddie = await titled(work, "Tina"), await add_person(work, "Eddie")
        item = await assigned(work, POST, now)
        await work.holders.set_keys(eddie.id, [POST])
        assert await owners.follow_posts(work, RULES, now) == 1
        moved = await work.actions.by_id(item.id)
        assert moved is not None
        assert (item.owner_id, moved.owner_id) == (tina.id, eddie.id)


async def test_a_post_of_a_plans_own_words_goes_by_the_job_title_alone(database: Database, now: datetime) -> None:
    async with database.work() as work:
        gwen = await titled(work, "Gwen", "Named Nurse")
        assert (await assigned(work, "named nurse", now)).owner_id == gwen.id
    async with database.work() as work:
        with pytest.raises(NotFound, match="post-vacant"):
            await assigned(work, "Named Nurse", now)
