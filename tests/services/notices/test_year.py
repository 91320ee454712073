"""A season of Harrow sends what its ladders say and nothing else. The whole year runs with `make faults`."""

from __future__ import annotations

from datetime import date

import pytest

from services.work import Database
from tests.services.harrow import harrow_rules
from tests.services.notices import oracle
from tests.services.notices.office import Office
from tests.services.notices.oracle import Oracle, Sent
from tests.services.notices.year import Year

SPRING = (date(2027, 3, 8), date(2027, 5, 4))
AUTUMN = (date(2027, 10, 18), date(2027, 11, 12))


async def compare(year: Year) -> tuple[set[Sent], int]:
    """Live through the year. Returns what was sent; fails at the first sweep that sent anything else."""
    paper = Oracle(year.chases)
    sent: set[Sent] = set()
    for moment in year.sweeps():
        await year.live(moment)
        ought, did = paper.at(moment), await year.sweep(moment)
        assert did == ought, f"{moment}: too much {sorted(did - ought)}, missing {sorted(ought - did)}"
        assert not did & sent
        sent |= did
    return sent, len(paper.told)


@pytest.fixture(params=["sqlite_url", "postgres_url"])
def url(request: pytest.FixtureRequest) -> str:
    """A database of each kind, for a season each: together they hold both clock changes."""
    found: str = request.getfixturevalue(request.param)
    return found


async def test_a_season_with_its_clock_change_sends_what_the_ladders_say_and_nothing_else(url: str) -> None:
    season, least = (SPRING, 60) if url.startswith("sqlite") else (AUTUMN, 20)
    database = Database.open(url)
    year = Year(Office(database, harrow_rules(manager_digest=True)), *season)
    await year.fill(sessions=4, items=8)

    sent, told = await compare(year)

    assert len(sent) == told > least
    assert {kind for kind, *_ in sent} >= {"session-reminder", "course-evaluation", "attendance", "action-item"}
    await database.close()


@pytest.mark.faults
async def test_a_whole_year_sends_what_the_ladders_say_and_nothing_else(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    year = Year(Office(database, harrow_rules(manager_digest=True)), date(2027, 1, 4), date(2027, 12, 31))
    await year.fill(sessions=16, items=32)

    sent, told = await compare(year)

    assert len(sent) == told > 250
    assert len({kind for kind, *_ in sent}) == 10
    print(f"\na year: {len(sent)} notices as the ladders say, and no other")
    await database.close()


def test_the_paper_calendar_knows_easter_and_substitute_days() -> None:
    assert oracle.forwards(date(2027, 3, 26)) == date(2027, 3, 30)
    assert oracle.backwards(date(2027, 12, 28)) == date(2027, 12, 24)
    assert oracle.working_days_after(date(2027, 3, 25), 2) == date(2027, 3, 31)
