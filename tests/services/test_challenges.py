"""A challenge from logging to impact, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from services import challenges
from services.challenges import Draft
from services.errors import NotAllowed, NotFound, ServiceError
from services.model import Challenge, ChallengeOutcome, ChallengeState, Person, Role
from services.rulebook import Rulebook
from services.work import Database
from tests.builders import IDENTIFYING, add_person
from tests.services.harrow import harrow_rules

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
TUESDAY = date(2026, 11, 24)
DRAFT = Draft("secondary-school", "children-services", "A threshold decision", 1, TUESDAY, "form-1")


class Log:
    """Each use case in a unit of work of its own, committed."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.rules: Rulebook = harrow_rules()

    async def person(self, name: str, *roles: Role) -> Person:
        async with self.database.work() as work:
            person = await add_person(work, name, roles=roles)
            await work.commit()
        return person

    async def add(self, person: Person, draft: Draft = DRAFT, now: datetime = NOW) -> tuple[Challenge, bool]:
        async with self.database.work() as work:
            logged = await challenges.log(work, person, draft, now=now, rules=self.rules)
            await work.commit()
        return logged

    async def next_stage(
        self, person: Person, challenge: Challenge, *, on: date | None = None, now: datetime = NOW
    ) -> Challenge:
        async with self.database.work() as work:
            moved = await challenges.next_stage(
                work, person, challenge.id, from_stage=challenge.stage, on=on, now=now, rules=self.rules
            )
            await work.commit()
        return moved

    async def settle(
        self, person: Person, challenge: Challenge, outcome: ChallengeOutcome, note: str = ""
    ) -> Challenge:
        async with self.database.work() as work:
            settled = await challenges.settle(work, person, challenge.id, outcome, note=note, now=NOW, rules=self.rules)
            await work.commit()
        return settled

    async def impact(self, person: Person, challenge: Challenge, impact: str) -> Challenge:
        async with self.database.work() as work:
            closed = await challenges.record_impact(
                work, person, challenge.id, impact=impact, now=NOW, rules=self.rules
            )
            await work.commit()
        return closed

    async def late(self) -> set[int]:
        async with self.database.reading() as work:
            return await work.challenges.late_stages_between(date(2026, 1, 1), date(2027, 12, 31))


@pytest.fixture
def log(database: Database) -> Log:
    return Log(database)


@pytest.fixture
async def alice(log: Log) -> Person:
    return await log.person("Alice")


async def test_from_logging_to_impact(log: Log, alice: Person) -> None:
    challenge, new = await log.add(alice)
    assert new
    assert (challenge.state, challenge.stage, challenge.limit_on) == (ChallengeState.OPEN, 1, date(2026, 12, 1))

    challenge = await log.next_stage(alice, challenge)
    assert (challenge.stage, challenge.stage_since) == (2, date(2026, 11, 25))
    assert challenge.limit_on == date(2026, 12, 2)
    assert challenge.raised_on == TUESDAY

    challenge = await log.settle(alice, challenge, ChallengeOutcome.DECISION_CHANGED, "They looked again.")
    assert (challenge.state, challenge.settled_on) == (ChallengeState.SETTLED, date(2026, 11, 25))
    assert challenge.outcome_note == "They looked again."

    challenge = await log.impact(alice, challenge, "A strategy meeting was held.")
    assert (challenge.state, challenge.impact) == (ChallengeState.CLOSED, "A strategy meeting was held.")


async def test_one_form_is_one_challenge_and_two_forms_are_two(log: Log, alice: Person) -> None:
    first, _ = await log.add(alice)
    again, new = await log.add(alice, replace(DRAFT, subject="Sharing information"))
    other, _ = await log.add(alice, replace(DRAFT, form="form-2"))

    assert not new
    assert again == first
    assert other.id != first.id


async def test_the_same_form_sent_at_the_same_moment_is_one_challenge(log: Log, alice: Person) -> None:
    logged = await asyncio.gather(*(log.add(alice) for _ in range(5)))

    assert sorted(new for _, new in logged) == [False, False, False, False, True]
    assert len({challenge.id for challenge, _ in logged}) == 1


async def test_two_presses_of_next_stage_move_once(log: Log, alice: Person) -> None:
    challenge, _ = await log.add(alice)

    moved = await asyncio.gather(*(log.next_stage(alice, challenge) for _ in range(4)))

    assert {one.stage for one in moved} == {2}


async def test_the_first_outcome_and_the_first_impact_stand(log: Log, alice: Person) -> None:
    challenge, _ = await log.add(alice)
    await log.settle(alice, challenge, ChallengeOutcome.DECISION_STANDS)

    settled = await log.settle(alice, challenge, ChallengeOutcome.WITHDRAWN)
    assert settled.outcome is ChallengeOutcome.DECISION_STANDS
    assert (await log.next_stage(alice, challenge)).stage == 1

    await log.impact(alice, challenge, "We know why now.")
    assert (await log.impact(alice, challenge, "Something else.")).impact == "We know why now."


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (replace(DRAFT, other_agency_id="nobody"), "challenge-agency-unknown"),
        (replace(DRAFT, agency_id=""), "challenge-agency-unknown"),
        (replace(DRAFT, subject="My neighbour"), "challenge-subject-unknown"),
        (replace(DRAFT, stage=9), "challenge-stage-unknown"),
        (replace(DRAFT, stage=0), "challenge-stage-unknown"),
        (replace(DRAFT, since=date(2026, 11, 26)), "challenge-day-wrong"),
        (replace(DRAFT, since=date(2025, 1, 1)), "challenge-day-wrong"),
        (replace(DRAFT, note=IDENTIFYING), "answer-identifies"),
        (replace(DRAFT, note="a" * 501), "answer-too-long"),
        (replace(DRAFT, form=""), "stale-card"),
        (replace(DRAFT, form="f" * 65), "stale-card"),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_is_kept(log: Log, alice: Person, draft: Draft, code: str) -> None:
    with pytest.raises(ServiceError) as refused:
        await log.add(alice, draft)

    assert refused.value.code == code
    async with log.database.reading() as work:
        assert await work.challenges.unfinished_of(alice.id) == []


@pytest.mark.parametrize("text", [IDENTIFYING, "  ", "a" * 501])
async def test_an_impact_must_say_something_and_name_nobody(log: Log, alice: Person, text: str) -> None:
    challenge, _ = await log.add(alice)
    await log.settle(alice, challenge, ChallengeOutcome.WITHDRAWN)

    with pytest.raises(ServiceError) as refused:
        await log.impact(alice, challenge, text)

    assert refused.value.code in {"answer-identifies", "impact-missing", "answer-too-long"}
    async with log.database.reading() as work:
        assert [one.impact for one in await work.challenges.unfinished_of(alice.id)] == [None]


async def test_an_outcome_that_names_somebody_changes_nothing(log: Log, alice: Person) -> None:
    challenge, _ = await log.add(alice)

    with pytest.raises(ServiceError):
        await log.settle(alice, challenge, ChallengeOutcome.WITHDRAWN, IDENTIFYING)

    async with log.database.reading() as work:
        assert await challenges.find(work, alice, challenge.id) == challenge


async def test_impact_comes_after_the_outcome(log: Log, alice: Person) -> None:
    challenge, _ = await log.add(alice)

    with pytest.raises(ServiceError) as refused:
        await log.impact(alice, challenge, "Much.")

    assert refused.value.code == "challenge-no-outcome"


async def test_after_the_last_stage_there_is_none_and_its_limit_is_not_known(log: Log, alice: Person) -> None:
    challenge, _ = await log.add(alice, replace(DRAFT, stage=4))
    assert challenge.limit_on is None
    assert not challenge.late(date(2030, 1, 1))

    with pytest.raises(ServiceError) as refused:
        await log.next_stage(alice, challenge)

    assert refused.value.code == "challenge-last-stage"


async def test_a_stage_cannot_end_before_it_began_nor_tomorrow(log: Log, alice: Person) -> None:
    challenge, _ = await log.add(alice)

    for day in (TUESDAY - timedelta(days=1), date(2026, 11, 26)):
        with pytest.raises(ServiceError) as refused:
            await log.next_stage(alice, challenge, on=day)
        assert refused.value.code == "challenge-day-wrong"

    assert (await log.next_stage(alice, challenge, on=TUESDAY)).limit_on == date(2026, 12, 1)


async def test_whether_a_stage_was_late_is_kept_after_it_ended(log: Log, alice: Person) -> None:
    in_time, _ = await log.add(alice)
    late, _ = await log.add(alice, replace(DRAFT, form="form-2"))
    await log.next_stage(alice, in_time)

    await log.next_stage(alice, late, now=datetime(2026, 12, 2, 10, tzinfo=UTC))

    assert await log.late() == {late.id}


async def test_somebody_elses_challenge_looks_like_none(log: Log, alice: Person) -> None:
    challenge, _ = await log.add(alice)
    charlie = await log.person("Charlie", Role.DSL)

    for deed in (
        log.next_stage(charlie, challenge),
        log.settle(charlie, challenge, ChallengeOutcome.WITHDRAWN),
        log.impact(charlie, challenge, "Nothing."),
    ):
        with pytest.raises(NotFound):
            await deed


async def test_the_manager_sees_all_and_may_end_them_and_others_may_not_ask(log: Log, alice: Person) -> None:
    morgan = await log.person("Morgan", Role.MANAGER)
    first, _ = await log.add(alice)
    second, _ = await log.add(alice, replace(DRAFT, form="form-2", stage=4))
    third, _ = await log.add(alice, replace(DRAFT, form="form-3"))
    await log.settle(morgan, first, ChallengeOutcome.AGREED_OTHERWISE)

    async with log.database.reading() as work:
        found = await challenges.all_unfinished(work, morgan)
        assert [one.id for one in found] == [third.id, second.id, first.id]
        with pytest.raises(NotAllowed):
            await challenges.all_unfinished(work, alice)


async def test_challenges_are_counted_by_stage_agency_and_subject(log: Log, alice: Person) -> None:
    drafts = [
        DRAFT,
        replace(DRAFT, form="2", other_agency_id="met-police-nw", stage=2),
        replace(DRAFT, form="3", subject="Sharing information"),
    ]
    counted = challenges.tally([(await log.add(alice, draft))[0] for draft in drafts])

    assert counted.by_stage == ((1, 2), (2, 1))
    assert counted.by_agency == (("secondary-school", 3),)
    assert counted.by_other_agency == (("children-services", 2), ("met-police-nw", 1))
    assert counted.by_subject == (("A threshold decision", 2), ("Sharing information", 1))


async def test_every_deed_is_on_the_audit_trail_and_a_repeat_is_not(log: Log, alice: Person) -> None:
    challenge, _ = await log.add(alice)
    await log.add(alice)
    await log.next_stage(alice, challenge)
    await log.next_stage(alice, challenge)
    moved = replace(challenge, stage=2)
    await log.settle(alice, moved, ChallengeOutcome.WITHDRAWN)
    await log.impact(alice, moved, "None yet.")
    await log.impact(alice, moved, "None yet.")

    async with log.database.engine.connect() as connection:
        told = await connection.exec_driver_sql("SELECT verb FROM events WHERE subject_kind = 'challenge' ORDER BY id")
    assert [row.verb for row in told] == ["raised", "moved-stage", "settled", "impact-recorded"]


def test_there_is_no_place_for_a_child() -> None:
    named = set(Challenge.__dataclass_fields__)

    assert not {name for name in named if any(word in name for word in ("child", "name", "birth", "address"))}
