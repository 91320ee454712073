"""The report `challenges`: counts by stage, agency and subject, and what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from dialogs.wording import say
from services import challenges
from services.challenges import Draft
from services.model import ChallengeOutcome
from services.reports import Report, report, to_csv
from services.rulebook import Rulebook
from services.work import Database
from tests.builders import add_person

RAISED = datetime(2026, 11, 25, 10, tzinfo=UTC)
DRAFT = Draft("secondary-school", "children-services", "A threshold decision", 1, date(2026, 11, 24), "1")


async def a_year_of_challenges(database: Database, rules: Rulebook) -> None:
    """One settled in time with its impact, one settled without, one that was late at stage 1, one that is late now."""
    async with database.work() as work:
        alice = await add_person(work, "Alice")
        logged = [
            (await challenges.log(work, alice, draft, now=RAISED, rules=rules))[0]
            for draft in (
                DRAFT,
                replace(DRAFT, form="2", subject="Sharing information"),
                replace(DRAFT, form="3", other_agency_id="met-police-nw"),
                replace(DRAFT, form="4"),
                replace(DRAFT, form="5", since=date(2026, 3, 1)),
            )
        ]
        for one in logged[:2]:
            await challenges.settle(work, alice, one.id, ChallengeOutcome.DECISION_CHANGED, now=RAISED, rules=rules)
        await challenges.record_impact(work, alice, logged[0].id, impact="It helped.", now=RAISED, rules=rules)
        late = datetime(2026, 12, 4, 10, tzinfo=UTC)
        await challenges.next_stage(work, alice, logged[2].id, from_stage=1, now=late, rules=rules)
        await work.commit()


async def made(database: Database, rules: Rulebook, year: str = "2026-27") -> Report:
    async with database.reading() as work:
        now = datetime(2026, 12, 7, 9, tzinfo=UTC)
        return await report(work, rules, "challenges", year=year, now=now, say=say)


async def test_challenges_are_counted_by_stage_agencies_and_subject(database: Database, harrow: Rulebook) -> None:
    await a_year_of_challenges(database, harrow)

    shown = await made(database, harrow)

    assert [tuple(row[1:]) for row in shown.rows] == [
        ("1. Practitioner to practitioner", 3, 1, 1, 2, 1),
        ("2. First-line managers", 1, 1, 1, 0, 0),
        ("Secondary school", 4, 2, 2, 2, 1),
        ("Children's Services", 3, 1, 1, 2, 1),
        ("Metropolitan Police, North West Basic Command Unit", 1, 1, 1, 0, 0),
        ("A threshold decision", 3, 2, 2, 1, 1),
        ("Sharing information", 1, 0, 0, 1, 0),
    ]
    assert list(shown.total().values())[2:] == [4, 2, 2, 2, 1]
    assert "The decision was changed: 2" in shown.notes
    assert "Settled, but nobody has recorded what difference it made: 1." in shown.notes


async def test_every_way_of_counting_adds_up_to_the_total(database: Database, harrow: Rulebook) -> None:
    await a_year_of_challenges(database, harrow)

    shown = await made(database, harrow)

    for way in {row[0] for row in shown.rows}:
        sums = [sum(int(str(row[index])) for row in shown.rows if row[0] == way) for index in range(2, 7)]
        assert sums == list(shown.total().values())[2:]


async def test_the_year_is_that_of_the_disagreement(database: Database, harrow: Rulebook) -> None:
    await a_year_of_challenges(database, harrow)

    assert (await made(database, harrow, "2025-26")).total()["challenges_raised"] == 1
    assert (await made(database, harrow, "2024-25")).rows == ()


async def test_no_note_and_no_person_is_in_it(database: Database, harrow: Rulebook) -> None:
    await a_year_of_challenges(database, harrow)

    text = str(to_csv(await made(database, harrow)))

    assert "A threshold decision" in text
    assert "Alice" not in text
    assert "It helped." not in text
