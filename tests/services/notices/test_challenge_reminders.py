"""Both sides are reminded before a stage must be answered, then the manager; at the end its impact is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from dialogs.notices import Renderer
from services import challenges
from services.challenges import Draft
from services.model import Challenge, ChallengeOutcome, Person, Role
from services.notices.kinds.challenges import STAGE
from services.work import Database
from tests.services.harrow import harrow_rules
from tests.services.notices.office import Office

RAISED = datetime(2026, 11, 24, 10, tzinfo=UTC)
"""A Tuesday: stage 1 is to be answered by Tuesday 1 December."""
DAY_BEFORE = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)
LIMIT_DAY = DAY_BEFORE + timedelta(days=1)
LATE = DAY_BEFORE + timedelta(days=2)
DRAFT = Draft("secondary-school", "met-police-nw", "A threshold decision", 1, date(2026, 11, 24), "form-1")


@dataclass
class Scene:
    office: Office
    alice: Person
    bob: Person
    morgan: Person

    async def raise_one(self, *, stage: int = 1, other: str = "met-police-nw") -> Challenge:
        draft = replace(DRAFT, other_agency_id=other, stage=stage)
        async with self.office.database.work() as work:
            challenge, _ = await challenges.log(work, self.alice, draft, now=RAISED, rules=self.office.rules)
            await work.commit()
        return challenge

    async def told(self, now: datetime) -> dict[str, str]:
        """What each is told at that moment, by name; who is not there is told nothing."""
        names = ("Alice", "Bob", "Morgan", "Dana")
        before = {name: len(self.office.messenger.to(name)) for name in names}
        await self.office.plan_and_deliver(now)
        fresh = {name: self.office.messenger.to(name)[before[name] :] for name in names}
        return {name: "\n".join(one.text for one in messages) for name, messages in fresh.items() if messages}

    async def change(self, step: str, challenge: Challenge, now: datetime) -> Challenge:
        rules = self.office.rules
        async with self.office.database.work() as work:
            if step == "next":
                changed = await challenges.next_stage(
                    work, self.alice, challenge.id, from_stage=challenge.stage, now=now, rules=rules
                )
            elif step == "settle":
                changed = await challenges.settle(
                    work, self.alice, challenge.id, ChallengeOutcome.DECISION_CHANGED, now=now, rules=rules
                )
            else:
                changed = await challenges.record_impact(
                    work, self.alice, challenge.id, impact="A plan was made.", now=now, rules=rules
                )
            await work.commit()
        return changed


@pytest.fixture
async def scene(database: Database) -> Scene:
    rules = harrow_rules()
    office = Office(database, rules, render=Renderer(rules))
    alice = await office.person("Alice")
    bob = await office.person("Bob", roles=[Role.DSL])
    morgan = await office.person("Morgan", roles=[Role.MANAGER])
    async with database.work() as work:
        await work.people.change(alice.id, agency_id="secondary-school")
        await work.people.change(bob.id, agency_id="met-police-nw")
        await work.commit()
    return Scene(office, alice, bob, morgan)


async def test_both_sides_are_reminded_the_day_before_and_the_manager_on_the_day(scene: Scene) -> None:
    await scene.raise_one()

    assert await scene.told(DAY_BEFORE - timedelta(minutes=1)) == {}
    assert set(await scene.told(DAY_BEFORE)) == {"Alice", "Bob"}
    assert set(await scene.told(LIMIT_DAY)) == {"Alice", "Bob", "Morgan"}
    assert await scene.told(LIMIT_DAY + timedelta(hours=5)) == {}


async def test_each_reads_their_own_words(scene: Scene) -> None:
    await scene.raise_one()
    await scene.office.plan_and_deliver(DAY_BEFORE)

    told = await scene.told(LIMIT_DAY)

    assert "Your challenge to Metropolitan Police, North West Basic Command Unit" in told["Alice"]
    assert "record the outcome; if not, move it to the next stage" in told["Alice"]
    assert "Secondary school has challenged a decision of Metropolitan Police" in told["Bob"]
    assert "speaks to them" in told["Bob"]
    assert "Secondary school has challenged Metropolitan Police" in told["Morgan"]
    assert "pass it on" not in told["Morgan"], "for Bob was told"
    for text in told.values():
        assert "Tuesday 1 December 2026, today" in text
        assert "If anyone is in danger now, call 999 first" in text
        assert "to be confirmed by the partnership office" in text


async def test_only_who_may_change_it_gets_a_button(scene: Scene) -> None:
    await scene.raise_one()
    await scene.office.plan_and_deliver(LIMIT_DAY)

    opens = {
        name: "challenge.open" in str(scene.office.messenger.to(name)[0].card) for name in ("Alice", "Bob", "Morgan")
    }

    assert opens == {"Alice": True, "Bob": False, "Morgan": True}


async def test_a_late_challenge_goes_to_its_owner_and_the_manager_every_week(scene: Scene) -> None:
    await scene.raise_one()
    for moment in (DAY_BEFORE, LIMIT_DAY):
        await scene.told(moment)

    late = await scene.told(LATE)
    assert set(late) == {"Alice", "Morgan"}
    assert "was to be answered" in late["Alice"]
    assert set(await scene.told(LATE + timedelta(days=6))) == set()
    assert set(await scene.told(LATE + timedelta(days=7))) == {"Alice", "Morgan"}


async def test_reminders_are_urgent_so_a_weekend_does_not_swallow_them(scene: Scene) -> None:
    await scene.raise_one()
    await scene.office.plan(DAY_BEFORE)

    assert {one.urgent for one in await scene.office.notices()} == {True}


async def test_a_side_that_nobody_leads_is_the_managers_to_reach(scene: Scene) -> None:
    await scene.raise_one(other="children-services")

    told = await scene.told(DAY_BEFORE)
    assert set(told) == {"Alice", "Morgan"}
    assert (
        "I know nobody at Children's Services to tell, so they have not been told: please pass it on." in told["Morgan"]
    )
    assert "please pass it on" in (await scene.told(LATE))["Morgan"]


async def test_a_kind_of_agency_with_many_leads_is_not_told_of_a_dispute_that_is_none_of_theirs(scene: Scene) -> None:
    for number in range(4):
        lead = await scene.office.person(f"Lead{number}", roles=[Role.DSL])
        async with scene.office.database.work() as work:
            await work.people.change(lead.id, agency_id="primary-school")
            await work.commit()
    await scene.raise_one(other="primary-school")

    told = await scene.told(DAY_BEFORE)
    assert set(told) == {"Alice", "Morgan"}
    assert "please pass it on" in told["Morgan"]
    assert scene.office.messenger.to("Lead1") == []


async def test_what_moved_on_is_counted_anew_and_the_old_date_reminds_nobody(scene: Scene) -> None:
    challenge = await scene.raise_one()
    await scene.office.plan(DAY_BEFORE)
    await scene.change("next", challenge, DAY_BEFORE)

    assert await scene.told(DAY_BEFORE) == {}
    assert await scene.told(LATE) == {}
    assert await scene.told(DAY_BEFORE + timedelta(days=3)) == {}
    told = await scene.told(DAY_BEFORE + timedelta(days=4))
    assert set(told) == {"Alice", "Bob"}
    assert "stage 2" in told["Bob"]


async def test_what_was_settled_an_hour_ago_reminds_nobody(scene: Scene) -> None:
    challenge = await scene.raise_one()
    await scene.office.plan(DAY_BEFORE)
    await scene.change("settle", challenge, DAY_BEFORE)

    assert await scene.told(DAY_BEFORE) == {}
    assert {(one.state.value, one.reason) for one in await scene.office.notices()} == {("cancelled", "done")}


async def test_a_lead_who_changed_agency_meanwhile_hears_nothing_and_the_manager_does(scene: Scene) -> None:
    await scene.raise_one()
    await scene.office.plan(DAY_BEFORE)
    async with scene.office.database.work() as work:
        await work.people.change(scene.bob.id, agency_id="probation")
        await work.commit()

    assert set(await scene.told(DAY_BEFORE)) == {"Alice", "Morgan"}


async def test_the_impact_is_asked_for_until_somebody_records_it(scene: Scene) -> None:
    challenge = await scene.raise_one()
    settled_at = datetime(2026, 11, 26, 12, tzinfo=UTC)
    await scene.change("settle", challenge, settled_at)

    assert await scene.told(settled_at + timedelta(days=27)) == {}
    asked = await scene.told(datetime(2026, 12, 24, 9, tzinfo=UTC))
    assert set(asked) == {"Alice"}
    assert "What came of it" in asked["Alice"]
    assert "the decision was changed" in asked["Alice"]
    assert set(await scene.told(datetime(2027, 1, 7, 9, tzinfo=UTC))) == {"Alice"}
    again = await scene.told(datetime(2027, 1, 21, 9, tzinfo=UTC))
    assert set(again) == {"Alice", "Morgan"}
    assert "Nobody has recorded yet" in again["Morgan"]

    await scene.change("impact", challenge, datetime(2027, 1, 22, 9, tzinfo=UTC))
    assert await scene.told(datetime(2027, 2, 18, 9, tzinfo=UTC)) == {}


async def test_the_manager_takes_over_what_somebody_left_behind(scene: Scene) -> None:
    await scene.raise_one()
    async with scene.office.database.work() as work:
        await work.people.change(scene.alice.id, active=False)
        await work.commit()

    assert set(await scene.told(DAY_BEFORE)) == {"Bob", "Morgan"}


async def test_planning_asks_the_database_as_often_for_many_as_for_few(scene: Scene) -> None:
    engine = scene.office.database.engine.sync_engine
    asked: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    async def statements() -> int:
        asked.clear()
        async with scene.office.database.reading() as work:
            await STAGE.plan(work, scene.office.rules, LIMIT_DAY)
        return len([one for one in asked if one.startswith("SELECT")])

    await scene.raise_one()
    few = await statements()
    async with scene.office.database.work() as work:
        for number in range(30):
            draft = Draft(
                "secondary-school", "met-police-nw", "Something else", 1, date(2026, 11, 24), f"many-{number}"
            )
            await challenges.log(work, scene.alice, draft, now=RAISED, rules=scene.office.rules)
        await work.commit()

    assert await statements() == few > 0


async def test_a_stage_without_a_limit_is_asked_about_by_the_manager_now_and_then_until_it_is_settled(
    scene: Scene,
) -> None:
    challenge = await scene.raise_one(stage=4)
    fortnight = datetime(2026, 12, 8, 8, 30, tzinfo=UTC)

    assert await scene.told(fortnight - timedelta(minutes=1)) == {}
    told = await scene.told(fortnight)
    assert set(told) == {"Morgan"}
    assert "at stage 4, Independent scrutiny, since Tuesday 24 November 2026. No time limit is known" in told["Morgan"]
    assert await scene.told(fortnight + timedelta(weeks=3)) == {}
    assert set(await scene.told(fortnight + timedelta(weeks=4))) == {"Morgan"}

    await scene.change("settle", challenge, fortnight + timedelta(weeks=5))
    assert await scene.told(fortnight + timedelta(weeks=8)) == {}
